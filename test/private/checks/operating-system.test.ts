import { Fn, Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AmazonLinuxRelease, AmiFamily, AmiSelector, RootDevice, WorkshopInstance } from '../../../src';
import { PARIS, stackIn, synthError, warnings } from '../../app';

const { AMAZON_LINUX_1, AMAZON_LINUX_2, AMAZON_LINUX_2023, DEBIAN_13, ECS_OPTIMIZED_AMAZON_LINUX_2023, SLES_16, UBUNTU_24_04 } = AmiFamily;
const { apt, yum } = ec2.InitPackage;
const { SYSTEMD } = ec2.ServiceManager;

function vpcIn(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-3a'], privateSubnetIds: ['subnet-1'] });
}

const common = (stack: Stack, family: AmiFamily) =>
  ({ vpc: vpcIn(stack), instanceType: new ec2.InstanceType('t3.micro'), machineImage: AmiSelector.latest(family) });

type Starting = (family: AmiFamily, ...elements: ec2.InitElement[]) => Stack;

const instance: Starting = (family, ...elements) => {
  const stack = stackIn(PARIS);
  new ec2.Instance(stack, 'Instance', { ...common(stack, family), init: ec2.CloudFormationInit.fromElements(...elements) });
  return stack;
};

const group = (launchTemplate: boolean): Starting => (family, ...elements) => {
  const stack = stackIn(PARIS);
  stack.node.setContext('@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig', launchTemplate);
  new autoscaling.AutoScalingGroup(stack, 'Group', {
    ...common(stack, family), init: ec2.CloudFormationInit.fromElements(...elements), signals: autoscaling.Signals.waitForAll(),
  });
  return stack;
};

const workshop: Starting = (family, ...elements) => {
  const stack = stackIn(PARIS);
  new WorkshopInstance(stack, 'Workshop', { machineImage: AmiSelector.latest(family), init: ec2.CloudFormationInit.fromElements(...elements) });
  return stack;
};

const STARTING: [string, Starting][] = [
  ['an instance', instance], ['a group with a launch configuration', group(false)], ['a group with a launch template', group(true)], ['a WorkshopInstance', workshop],
];

/** The ids of ours that are warned of. */
const ids = (stack: Stack) => warnings(stack).flatMap(each => /\[ack: cdk-workshop-instance:(\w+)\]/.exec(`${each}`)?.[1] ?? []);

describe.each(STARTING)('init of %s', (_, start) => {
  test.each<[string, AmiFamily, ec2.InitElement, string, string]>([
    ['DEBIAN_13', DEBIAN_13, yum('git'), 'yum', 'ec2.InitPackage.apt'],
    ['AMAZON_LINUX_2023', AMAZON_LINUX_2023, apt('git'), 'apt', 'ec2.InitPackage.yum'],
    ['SLES_16', SLES_16, yum('git'), 'yum', 'ec2.InitCommand.shellCommand with zypper'],
  ])('fails with packages that %s does not take', (name, family, element, way, advice) =>
    expect(synthError(start(family, element))).toContain(`init installs packages with ${way}, which AmiFamily.${name} does not have; write ${advice}. `
      + '[ack: cdk-workshop-instance:initPackageOfOtherSystem]'));

  test('is warned of a service that is taken for one of sysvinit, and not where it is said to be one of systemd', () => {
    const stack = start(AMAZON_LINUX_2023, ec2.InitService.enable('nginx'), ec2.InitService.enable('sshd', { serviceManager: SYSTEMD }));
    expect(warnings(stack)).toContainEqual('init takes nginx for services of sysvinit, as aws-cdk-lib does where nothing is said, and AmiFamily.AMAZON_LINUX_2023 has systemd, '
      + 'so that they may not start; say serviceManager: ec2.ServiceManager.SYSTEMD. [ack: cdk-workshop-instance:initServiceOfOtherSystem]');
    expect(ids(start(AMAZON_LINUX_2023, ec2.InitService.enable('nginx', { serviceManager: SYSTEMD })))).toEqual([]);
  });

  test('passes with what its system takes', () => {
    expect(ids(start(AMAZON_LINUX_2023, yum('git')))).toEqual([]);
    expect(ids(start(AMAZON_LINUX_2, yum('git'), ec2.InitService.enable('nginx')))).not.toContain('initServiceOfOtherSystem');
    expect(ids(start(AMAZON_LINUX_1, ec2.InitService.enable('nginx', { serviceManager: SYSTEMD })))).toContain('initServiceOfOtherSystem');
  });
});

test('packages of a set that is not run are not checked', () => {
  const sets = ec2.CloudFormationInit.fromConfigSets({
    configSets: { default: ['mine'], others: ['theirs'] },
    configs: { mine: new ec2.InitConfig([apt('git')]), theirs: new ec2.InitConfig([yum('git')]) },
  });
  const launched = (configSets?: string[]) => {
    const stack = stackIn(PARIS);
    new WorkshopInstance(stack, 'Workshop', { machineImage: AmiSelector.latest(UBUNTU_24_04), init: sets, initOptions: { configSets } });
    return stack;
  };
  expect(ids(launched())).toEqual([]);
  expect(synthError(launched(['others']))).toContain('init installs packages with yum');
});

test('packages that another edition of Amazon Linux does not take fail', () => {
  const minimal = AmiFamily.amazonLinux({ release: AmazonLinuxRelease.AMAZON_LINUX_2023, edition: ec2.AmazonLinuxEdition.MINIMAL });
  expect(synthError(instance(minimal, apt('git')))).toContain('init installs packages with apt, which AmiFamily.amazonLinux("Amazon Linux 2023 minimal") does not have');
});

test('packages of a system whose packages the catalog does not know are not checked', () => {
  const family = AmiFamily.custom({
    name: 'Ours', publisher: 'Us', owners: {}, images: [{ architecture: ec2.InstanceArchitecture.X86_64, rootDevice: RootDevice.EBS, parameterName: '/ours' }],
  });
  expect(ids(instance(family, apt('git'), ec2.InitService.enable('nginx')))).toEqual([]);
});

test('what no system brings is not taken for its packages', () => {
  expect(ids(instance(AMAZON_LINUX_2023, ec2.InitPackage.python('boto3')))).toEqual([]);
});

test.each([
  ['without sets', { config: { packages: { yum: { git: [] } } } }],
  ['with a set of sets, of which a part is missing', { configSets: { default: [{ ConfigSet: 'all' }], all: ['gone', 'mine'] }, mine: { packages: { yum: { git: [] } } } }],
])('the packages of init that a user writes into the template %s are checked', (_, init) => {
  const stack = stackIn(PARIS);
  const { imageId } = AmiSelector.latest(DEBIAN_13).getImage(stack);
  const resource = new ec2.CfnInstance(stack, 'Instance', { imageId, userData: Fn.base64('#!/bin/bash\ncfn-init -s Stack -r Instance\n') });
  resource.addMetadata('AWS::CloudFormation::Init', init);
  expect(synthError(stack)).toContain('init installs packages with yum, which AmiFamily.DEBIAN_13 does not have');
});

test('init of another instance of the stack is not taken for that of an image', () => {
  const stack = stackIn(PARIS);
  const [debian, amazon] = [DEBIAN_13, AMAZON_LINUX_2023].map(family => {
    const { imageId } = AmiSelector.latest(family).getImage(stack);
    return new ec2.CfnInstance(stack, family.id, { imageId, userData: Fn.base64('#!/bin/bash\ncfn-init -s Stack -r Instance\n') });
  });
  amazon.addMetadata('AWS::CloudFormation::Init', { config: { packages: { yum: { git: [] } } } });
  expect(ids(debian.stack)).toEqual([]);
});

describe('helper scripts', () => {
  test('that a family does not have are warned of in an instance of CDK', () =>
    expect(warnings(instance(UBUNTU_24_04, apt('git')))).toContainEqual('init runs cfn-init, which AmiFamily.UBUNTU_24_04 does not have, so that the stack waits for its signal in vain; '
      + 'install aws-cfn-bootstrap in the user data, as a WorkshopInstance does, or choose AmiFamily.AMAZON_LINUX_2023. [ack: cdk-workshop-instance:helperScriptsMissing]'));

  test('that the user data installs are not', () => {
    const stack = stackIn(PARIS);
    const userData = ec2.UserData.forLinux();
    userData.addCommands('pip install https://s3.amazonaws.com/cloudformation-examples/aws-cfn-bootstrap-py3-latest.tar.gz');
    new ec2.Instance(stack, 'Instance', { ...common(stack, UBUNTU_24_04), userData, init: ec2.CloudFormationInit.fromElements(apt('git')) });
    expect(ids(stack)).toEqual([]);
  });

  test('of a WorkshopInstance are not', () => expect(ids(workshop(UBUNTU_24_04, apt('git')))).toEqual([]));
});

describe('ssmSessionPermissions', () => {
  const permitted = (family: AmiFamily, ...commands: string[]) => {
    const stack = stackIn(PARIS);
    const userData = ec2.UserData.forLinux();
    userData.addCommands(...commands);
    new ec2.Instance(stack, 'Instance', { ...common(stack, family), userData, ssmSessionPermissions: true });
    return stack;
  };

  test('without the agent are warned of', () => expect(warnings(permitted(DEBIAN_13))).toContainEqual('the role is one for Session Manager (ssmSessionPermissions), and '
    + 'AmiFamily.DEBIAN_13 does not have the SSM agent; install amazon-ssm-agent in the user data, as a WorkshopInstance does, or choose AmiFamily.AMAZON_LINUX_2023. '
    + '[ack: cdk-workshop-instance:ssmAgentMissing]'));

  test('are not, where there is init beside an agent', () => {
    const stack = stackIn(PARIS);
    new ec2.Instance(stack, 'Instance', { ...common(stack, AMAZON_LINUX_2023), ssmSessionPermissions: true, init: ec2.CloudFormationInit.fromElements(yum('git')) });
    expect(ids(stack)).toEqual([]);
  });

  test('of another role are no matter', () => {
    const stack = stackIn(PARIS);
    new ec2.Instance(stack, 'Instance', common(stack, DEBIAN_13));
    const other = stackIn(PARIS);
    new ec2.Instance(other, 'Instance', { ...common(other, DEBIAN_13), role: iam.Role.fromRoleName(other, 'Role', 'ours') });
    expect([...ids(stack), ...ids(other)]).toEqual([]);
  });

  test('are not where the agent is there, or is installed', () => {
    expect(ids(permitted(AMAZON_LINUX_2023))).toEqual([]);
    expect(ids(permitted(ECS_OPTIMIZED_AMAZON_LINUX_2023))).toEqual([]);
    expect(ids(permitted(DEBIAN_13, 'apt-get install -y /tmp/amazon-ssm-agent.deb'))).toEqual([]);
  });
});
