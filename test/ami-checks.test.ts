import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { App, Annotations, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { AL2_ARM_PARAMETER, AL2_ID, AL2_PARAMETER, PARIS } from './app';
import { AllowedAmis, AllowedAmisState, AmiChecks, AmiFamily, AmiSelector, WorkshopFleet, WorkshopInstance } from '../src';
import { APP_RULES } from '../src/private/checks/app-rules';

const T3 = 't3.micro';
const AL2023_PARAMETER = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64';
const UBUNTU_PARAMETER = '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id';
const MACOS_PARAMETER = '/aws/service/ec2-macos/sequoia/arm64_mac/latest/image_id';
const AL2023 = ec2.MachineImage.fromSsmParameter(AL2023_PARAMETER);
const PINNED_ID = 'ami-0000000000000000a';
const OPEN = 'ami:account=123456789012:filters.image-type.0=machine:filters.name.0=web-*:filters.state.0=available:region=eu-west-3';
const OWNED = OPEN.replace(':region', ':owners.0=099720109477:region');

/** An instance as users of aws-cdk-lib make it. */
function instance(scope: IConstruct, id: string, machineImage: ec2.IMachineImage, instanceType = T3, props: any = {}): ec2.Instance {
  const vpc = ec2.Vpc.fromVpcAttributes(scope as Stack, `${id}Vpc`, { vpcId: 'vpc-1', availabilityZones: ['a'], publicSubnetIds: ['subnet-1'] });
  return new ec2.Instance(scope as Stack, id, { vpc, machineImage, instanceType: new ec2.InstanceType(instanceType), requireImdsv2: true, ...props });
}

function violationsOf(build: (stack: Stack) => void, context: Record<string, string> = {}, lockFiles?: string[]): any[] {
  const app = new App({ context });
  build(new Stack(app, 'Stack', { env: PARIS }));
  const templatePaths = app.synth().stacksRecursively.map(({ templateFullPath }) => templateFullPath);
  const { violations, success } = new AmiChecks({ lockFiles }).validate({ templatePaths, appConstruct: app } as any);
  expect(success).toBe(violations.every(({ severity }) => severity === 'warning'));
  return violations;
}

/** Rule and resources of all that is found. */
function found(...app: Parameters<typeof violationsOf>): string[] {
  return violationsOf(...app).map(({ ruleName, violatingResources }) =>
    `${ruleName} ${violatingResources.map((each: any) => each.constructPath.replace('/Resource', '')).join(' ')}`);
}

function lockFile(family = 'UBUNTU_24_04'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'ami-checks-')), 'ami.lock.json');
  writeFileSync(file, JSON.stringify({
    version: 1,
    images: {
      web: {
        query: { family, owners: ['099720109477'], architecture: 'x86_64', rootDevice: 'ebs' },
        regions: {
          'eu-west-3': {
            imageId: PINNED_ID,
            name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260301',
            owner: '099720109477',
            creationDate: '2026-03-01T00:00:00.000Z',
          },
        },
      },
    },
  }));
  return file;
}

const WEB = ec2.MachineImage.lookup({ name: 'web-*' });
const OWNED_WEB = ec2.MachineImage.lookup({ name: 'web-*', owners: ['099720109477'] });
const searchKey = (name: string, owner: string, ...filters: string[]) =>
  ['ami:account=123456789012', ...filters, `filters.name.0=${name}`, `owners.0=${owner}`, 'region=eu-west-3'].join(':');
const FOCAL = 'ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-*';
const literal = (imageId: string) => ec2.MachineImage.genericLinux({ 'eu-west-3': imageId });
const ssmParameter = (stack: Stack, id: string, props = {}) => new cdk.CfnParameter(stack, id, { type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', ...props });
const withVolume = (stack: Stack, imageId: string) => new ec2.CfnInstance(stack, 'I', {
  imageId, instanceType: T3, metadataOptions: { httpTokens: 'required' }, blockDeviceMappings: [{ deviceName: '/dev/sdf', ebs: { volumeSize: 8 } }],
});
const otherStack = (stack: Stack, id: string, env?: cdk.Environment) => new Stack(stack.node.root as App, id, { env });
const volumes = { blockDevices: [{ deviceName: '/dev/sdf', volume: ec2.BlockDeviceVolume.ebs(8) }] };

/** Plain constructs, and what each rule finds in them. */
const BROKEN: [string, string[], (stack: Stack) => void, Record<string, string>?][] = [
  ['a search without owners that was made', ['AMI1 Stack/I'], stack => instance(stack, 'I', WEB), { [OPEN]: AL2_ID }],
  ['a search without owners that is to be made', ['AMI1 Stack/I'], stack => instance(stack, 'I', WEB)],
  ['a CPU that the name of the parameter denies', ['AMI2 Stack/I'], stack => instance(stack, 'I', AL2023, 't4g.micro')],
  ['a CPU that the search denies', ['AMI2 Stack/I'], stack => instance(stack, 'I', ec2.MachineImage.lookup({
    name: 'web-*', owners: ['099720109477'], filters: { architecture: ['arm64'] },
  })), { [OWNED.replace(':filters.image', ':filters.architecture.0=arm64:filters.image')]: AL2_ID }],
  ['a CPU that the name of the search denies', ['AMI2 Stack/I'], stack => instance(stack, 'I', literal(AL2_ID)), { [searchKey('web-arm64-*', '123456789012')]: AL2_ID }],
  ['a root device that the search says', ['AMI2 Stack/I'], stack => instance(stack, 'I', literal(AL2_ID)),
    { [searchKey('web-*', '123456789012', 'filters.root-device-type.0=instance-store')]: AL2_ID }],
  ['an image of macOS for another type', ['AMI2 Stack/I'], stack => instance(stack, 'I', ec2.MachineImage.fromSsmParameter(MACOS_PARAMETER), 't4g.micro')],
  ['an arm64 image that a search found for an x86_64 type', ['AMI2 Stack/I', 'AMI3 Stack/I'], stack => instance(stack, 'I', ec2.MachineImage.fromSsmParameter(AL2_ARM_PARAMETER))],
  ['a root device that the type cannot boot from', ['AMI2 Stack/I', 'AMI3 Stack/I'], stack => instance(stack, 'I', ec2.MachineImage.fromSsmParameter(
    '/aws/service/ami-amazon-linux-latest/amzn-ami-hvm-x86_64-s3',
  ))],
  ['an operating system past its end of support', ['AMI3 Stack/I'], stack => instance(stack, 'I', ec2.MachineImage.fromSsmParameter(AL2_PARAMETER))],
  ['an operating system past its end of support that was searched with others', ['AMI3 Stack/I'], stack => instance(stack, 'I', literal(AL2_ID)),
    { [searchKey(FOCAL, '099720109477', 'owners.1=123456789012')]: AL2_ID }],
  ['an older image of an operating system past its end of support', ['AMI3 Stack/I'], stack => instance(stack, 'I', literal(AL2_ID)),
    { [searchKey('amzn2-ami-hvm-2.0.2019*-x86_64-ebs', 'amazon')]: AL2_ID }],
  ['an image that moves under data', ['AMI4 Stack/I'], stack => instance(stack, 'I', AL2023, T3, volumes)],
  ['an image that moves under data by a dynamic reference', ['AMI4 Stack/I'], stack => withVolume(stack, `{{resolve:ssm:${AL2023_PARAMETER}}}`)],
  ['an id of unknown origin', ['AMI5 Stack/I'], stack => instance(stack, 'I', literal(AL2_ID))],
  ['an id of unknown origin in a map', ['AMI5 Stack/I'], stack => instance(stack, 'I', AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }))],
  ['an id of unknown origin in a map, for the region of the stack or for all', ['AMI5 Stack/I All/I', 'AMI5 All/I'], stack => {
    const machineImage = AmiSelector.genericLinux({ 'eu-west-1': PINNED_ID, 'eu-west-3': AL2_ID });
    instance(stack, 'I', machineImage);
    instance(otherStack(stack, 'All'), 'I', machineImage);
  }],
  ['IMDSv1 in an instance', ['AMI6 Stack/I'], stack => instance(stack, 'I', ec2.MachineImage.fromSsmParameter(UBUNTU_PARAMETER), T3, { requireImdsv2: false })],
  ['IMDSv1 that an instance allows against its image', ['AMI6 Stack/I'], stack => new ec2.CfnLaunchTemplate(stack, 'I', {
    launchTemplateData: { imageId: AL2023.getImage(stack).imageId, instanceType: T3, metadataOptions: { httpTokens: 'optional' } },
  })],
  ['IMDSv1 where one of several images that were searched allows it', ['AMI6 Stack/I'], stack => instance(stack, 'I', literal(AL2_ID), T3, { requireImdsv2: false }),
    { [searchKey('al2023-*', '123456789012', 'filters.name.1=web-*')]: AL2_ID }],
  ['a parameter where an id is taken only', ['AMI7 Stack/I'], stack => {
    const { launchTemplateId } = new ec2.LaunchTemplate(stack, 'I', { machineImage: ec2.MachineImage.resolveSsmParameterAtLaunch(AL2023_PARAMETER) });
    new ec2.CfnEC2Fleet(stack, 'Fleet', {
      launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId, version: '1' } }], targetCapacitySpecification: { totalTargetCapacity: 1 },
    });
  }],
  ['an instance of a nested stack', ['AMI5 Stack/Nested/I'], stack => instance(new NestedStack(stack, 'Nested'), 'I', literal(AL2_ID))],
];

const twoSearches = (env: cdk.Environment): [string, string[], (stack: Stack) => void] => [
  `a search without owners in ${env.account} and ${env.region} alone, before it and another are made`, ['AMI1 Other/I'], stack => {
    instance(stack, 'I', OWNED_WEB);
    instance(otherStack(stack, 'Other', env), 'I', WEB);
  },
];
BROKEN.push(twoSearches({ ...PARIS, region: 'us-east-1' }), twoSearches({ ...PARIS, account: '210987654321' }));

test.each(BROKEN)('finds %s', (_, rules, build, ...[context]) => expect(found(build, context)).toEqual(rules));

/** What deploys, or what nothing is known of. */
const FINE: [string, (stack: Stack) => void, Record<string, string>?][] = [
  ['a parameter', stack => instance(stack, 'I', AL2023)],
  ['a parameter that the context holds', stack => instance(stack, 'I', ec2.MachineImage.fromSsmParameter(AL2023_PARAMETER, { cachedInContext: true }), T3, volumes),
    { [`ssm:account=123456789012:parameterName=${AL2023_PARAMETER}:region=eu-west-3`]: AL2_ID }],
  ['a parameter before it is looked up', stack => instance(stack, 'I', ec2.MachineImage.fromSsmParameter(AL2023_PARAMETER, { cachedInContext: true }))],
  ['a search with owners', stack => instance(stack, 'I', OWNED_WEB), { [OWNED]: AL2_ID }],
  ['a search with owners before it is made', stack => instance(stack, 'I', OWNED_WEB)],
  ['a search and a parameter before they are looked up', stack => {
    instance(stack, 'I', OWNED_WEB);
    instance(stack, 'J', ec2.MachineImage.fromSsmParameter(AL2023_PARAMETER, { cachedInContext: true }));
  }],
  ['an id in a map before it is looked up', stack =>
    instance(stack, 'I', AmiSelector.genericLinux({ 'eu-west-3': OWNED_WEB.getImage(stack).imageId }))],
  ['two searches before they are made', stack => {
    instance(stack, 'I', OWNED_WEB, T3, { requireImdsv2: false });
    instance(stack, 'Arm', ec2.MachineImage.lookup({ name: 'ubuntu-focal-20.04-arm64-*', owners: ['099720109477'] }), 't4g.micro');
  }],
  ['a selector before its images are searched', stack => instance(stack, 'I', AmiSelector.lookup({ name: 'web-*', owners: ['self'] }))],
  ['a search that two make, one of them without owners', stack => instance(stack, 'I', OWNED_WEB), { [OPEN]: AL2_ID, [OWNED]: AL2_ID }],
  ['an id that a search without owners found, and a parameter holds', stack => instance(stack, 'I', literal(AL2_ID)),
    { [OPEN]: AL2_ID, [`ssm:account=123456789012:parameterName=${AL2023_PARAMETER}:region=eu-west-3`]: AL2_ID }],
  ['a search for several names', stack => instance(stack, 'I', literal(AL2_ID)), { [searchKey('web-*', '123456789012', 'filters.name.1=web-arm64-*')]: AL2_ID }],
  ['the name of an operating system past its end of support, of another owner', stack => instance(stack, 'I', literal(AL2_ID)), { [searchKey(FOCAL, '123456789012')]: AL2_ID }],
  ['another image of the owner of an operating system past its end of support', stack => instance(stack, 'I', literal(AL2_ID)), { [searchKey('web-*', 'amazon')]: AL2_ID }],
  ['an image of macOS on a Mac', stack => instance(stack, 'I', ec2.MachineImage.fromSsmParameter(MACOS_PARAMETER), 'mac2.metal')],
  ['a version of a parameter under data', stack => withVolume(stack, `{{resolve:ssm:${AL2023_PARAMETER}:83}}`)],
  ['a parameter that EC2 reads at launch, under data', stack => withVolume(stack, `resolve:ssm:${AL2023_PARAMETER}`)],
  ['a group that follows a parameter, whose instances come and go', stack => new autoscaling.CfnLaunchConfiguration(stack, 'I', {
    imageId: ssmParameter(stack, 'Id', { default: AL2023_PARAMETER }).valueAsString, instanceType: T3, blockDeviceMappings: [{ deviceName: '/dev/sdf', ebs: { volumeSize: 8 } }],
  })],
  ['an id that the user of the template gives, with a default', stack => withVolume(stack, new cdk.CfnParameter(stack, 'Id', { default: AL2_ID }).valueAsString)],
  ['a parameter whose name the user of the template gives', stack => withVolume(stack, ssmParameter(stack, 'Id').valueAsString)],
  ['a parameter of the stack that is called as one of a nested stack', stack => {
    const { valueAsString } = new cdk.CfnParameter(stack, 'Id');
    ssmParameter(new NestedStack(stack, 'Nested'), 'Id', { default: AL2023_PARAMETER });
    withVolume(stack, valueAsString);
  }],
  ['an image that a resource of the stack gives', stack => withVolume(stack, new cdk.CfnResource(stack, 'Image', { type: 'Custom::Image' }).ref)],
  ['a parameter of the stack', stack => new ec2.CfnInstance(stack, 'I', { imageId: new cdk.CfnParameter(stack, 'Id').valueAsString, instanceType: T3 })],
  ['a parameter of their own, whatever its name', stack => instance(stack, 'I', ec2.MachineImage.fromSsmParameter('/my/arm64/image'))],
  ['an image by import', stack => new ec2.CfnInstance(stack, 'I', { imageId: cdk.Fn.importValue('image'), instanceType: T3 })],
  ['IMDSv1 where nothing tells what the image requires', stack => instance(stack, 'I', ec2.MachineImage.fromSsmParameter('/my/image'), T3, { requireImdsv2: false })],
  ['IMDSv1 that is allowed on an image of which nothing is known', stack => new ec2.CfnInstance(stack, 'I', {
    imageId: ec2.MachineImage.fromSsmParameter('/my/image').getImage(stack).imageId, instanceType: T3, metadataOptions: { httpTokens: 'optional' },
  })],
  ['an instance that requires version 2 by itself', stack => new ec2.CfnInstance(stack, 'I', {
    imageId: ec2.MachineImage.fromSsmParameter(UBUNTU_PARAMETER).getImage(stack).imageId, instanceType: T3, metadataOptions: { httpTokens: 'required' },
  })],
  ['an instance whose launch template requires version 2', stack => {
    const launchTemplate = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: { metadataOptions: { httpTokens: 'required' } } });
    new ec2.CfnInstance(stack, 'I', {
      imageId: ec2.MachineImage.fromSsmParameter(UBUNTU_PARAMETER).getImage(stack).imageId, instanceType: T3, launchTemplate: { launchTemplateId: launchTemplate.ref, version: '1' },
    });
  }],
  ['an instance without the metadata service', stack => new ec2.CfnInstance(stack, 'I', {
    imageId: AL2023.getImage(stack).imageId, instanceType: T3, metadataOptions: { httpEndpoint: 'disabled', httpTokens: 'optional' },
  })],
  ['a compute environment of Batch, which has no such options', stack => new batch.CfnComputeEnvironment(stack, 'I', {
    type: 'MANAGED',
    computeResources: { type: 'EC2', maxvCpus: 1, subnets: ['subnet-1'], ec2Configuration: [{ imageType: 'ECS_AL2023', imageIdOverride: `{{resolve:ssm:${UBUNTU_PARAMETER}}}` }] },
  })],
  ['IMDSv1 where the image requires version 2', stack => instance(stack, 'I', AL2023, T3, { requireImdsv2: false })],
  ['an Auto Scaling group of Amazon Linux', stack => new autoscaling.AutoScalingGroup(stack, 'I', {
    vpc: new ec2.Vpc(stack, 'Vpc'), machineImage: ec2.MachineImage.latestAmazonLinux2023(), instanceType: new ec2.InstanceType(T3),
  })],
  ['the default instance', stack => new WorkshopInstance(stack, 'I')],
  ['a hardened fleet', stack => new WorkshopFleet(stack, 'I', { seats: 2, hardened: true })],
  ['a selector in a plain instance', stack => instance(stack, 'I', AmiSelector.latest(AmiFamily.UBUNTU_24_04))],
  ['what a selector warns of itself', stack => instance(stack, 'I', AmiSelector.latest(AmiFamily.AMAZON_LINUX_2), T3, volumes)],
];

test.each(FINE)('finds nothing in %s', (_, build, ...[context]) => expect(found(build, context)).toEqual([]));

test('knows the images of a lock file', () => {
  const build = (stack: Stack) => instance(stack, 'I', literal(PINNED_ID), 't4g.micro');
  expect(found(build)).toEqual(['AMI5 Stack/I']);
  expect(found(build, {}, [lockFile()])).toEqual(['AMI2 Stack/I']);
  expect(found(stack => instance(stack, 'I', literal(PINNED_ID)), {}, [lockFile()])).toEqual([]);
});

test('knows the images of ami.lock.json in the folder, where no lock file is named', () => {
  const start = process.cwd();
  process.chdir(dirname(lockFile()));
  try {
    expect(found(stack => instance(stack, 'I', literal(PINNED_ID)))).toEqual([]);
  } finally {
    process.chdir(start);
  }
});

test('a lock file that is named must be there', () =>
  expect(() => new AmiChecks({ lockFiles: ['no.json'] })).toThrow(/^AmiChecks: there is no file .*no\.json; name a file that is there, or leave lockFiles out\.$/));

test('says which image it is, and what property to change', () => {
  const told = (...app: Parameters<typeof violationsOf>) =>
    violationsOf(...app).map(({ description, violatingResources: [{ locations }] }) => `${locations.join()}: ${description}`);
  expect(told(stack => instance(stack, 'I', WEB), { [OPEN]: AL2_ID })).toEqual([
    `Properties/ImageId: ${AL2_ID} (searched as "web-*") was searched without an owner, and anyone can publish a newer image under its name.`,
  ]);
  expect(told(stack => instance(stack, 'I', literal(PINNED_ID), 't4g.micro'), {}, [lockFile()])).toEqual([
    `Properties/InstanceType: t4g.micro is arm64 and cannot boot ${PINNED_ID} (pinned as "web"), an image for x86_64; choose an arm64 image, or an x86_64 instance type such as t3.micro.`,
  ]);
  expect(told(stack => new autoscaling.CfnLaunchConfiguration(stack, 'I', { imageId: `resolve:ssm:${AL2023_PARAMETER}`, instanceType: T3 }))).toEqual([
    `Properties/ImageId: EC2 is to read the image of the parameter "${AL2023_PARAMETER}" when it launches, and Stack/I is a launch configuration, which takes the id of an image only.`,
  ]);
});

test('what several launch is told once, with each of them', () =>
  expect(found(stack => ['A', 'B'].forEach(id => instance(stack, id, literal(AL2_ID))))).toEqual(['AMI5 Stack/A Stack/B']));

test('a finding is acknowledged for a construct, and for no other', () => {
  const acknowledge = (scope: IConstruct, id: string) => {
    const { Validations } = cdk as any;
    if (Validations?.of(scope).acknowledge) {
      Validations.of(scope).acknowledge({ id, reason: 'the image is ours' });
    } else {
      Annotations.of(scope).acknowledgeWarning(id, 'the image is ours');
    }
  };
  expect(found(stack => {
    acknowledge(instance(stack, 'A', literal(AL2_ID)), 'AmiChecks::AMI5');
    acknowledge(instance(stack, 'B', literal(AL2_ID)), 'AmiChecks::AMI4');
  })).toEqual(['AMI5 Stack/B']);
});

describe('in an app', () => {
  /** Whether synth fails, and what it tells. */
  function synthesized(build: (app: App) => void): { failed: boolean; told: string } {
    jest.spyOn(console, 'log').mockReturnValue();
    const error = jest.spyOn(console, 'error').mockReturnValue();
    const { exitCode } = process;
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'ami-checks-')) });
    AmiChecks.add(app);
    build(app);
    try {
      app.synth();
      const file = join(app.outdir, 'validation-report.json');
      return { failed: process.exitCode === 1, told: [...error.mock.calls.flat(), existsSync(file) ? readFileSync(file) : ''].join('\n') };
    } catch (failure) {
      return { failed: true, told: (failure as Error).message };
    } finally {
      process.exitCode = exitCode;
      jest.restoreAllMocks();
    }
  }

  test('an error fails synth, in a stage too', () => {
    const { failed, told } = synthesized(app => instance(new Stack(new Stage(app, 'Stage'), 'Stack'), 'I', AL2023, 't4g.micro'));
    expect(failed).toBe(true);
    expect(told).toContain('t4g.micro is arm64 and cannot boot the image of the parameter');
  });

  test('a warning does not', () => {
    const { failed, told } = synthesized(app => instance(new Stack(app, 'Stack', { env: PARIS }), 'I', literal(AL2_ID)));
    expect(failed).toBe(false);
    expect(told).toContain('AMI5');
  });
});

describe('allowed AMIs', () => {
  const allowed = (build: (stack: Stack) => void, context = {}) => {
    const stack = new Stack(new App({ context }), 'Stack', { env: PARIS });
    build(stack);
    return AllowedAmis.of(stack, { lockFiles: [lockFile()] });
  };

  test('are those of families, searches and lock files, by owner', () => {
    const criteria = allowed(stack => {
      instance(stack, 'Family', AmiSelector.latest(AmiFamily.UBUNTU_24_04));
      instance(stack, 'Search', OWNED_WEB);
      instance(stack, 'Pinned', literal(PINNED_ID));
      instance(stack, 'Amazon', AL2023);
    }, { [OWNED]: AL2_ID }).toImageCriteria();
    expect(criteria).toEqual([
      {
        ImageProviders: ['099720109477'],
        ImageNames: [AmiFamily.UBUNTU_24_04.imageName(), 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260301', 'web-*'].sort(),
      },
      { ImageProviders: ['amazon'], ImageNames: [AmiFamily.AMAZON_LINUX_2023_KERNEL_6_1.imageName()] },
    ]);
  });

  test('are of all names of an owner where one has a name that is not known', () =>
    expect(allowed(stack => ['A', 'B'].forEach((id, i) => instance(stack, id, AmiSelector.latest(
      [AmiFamily.AMAZON_LINUX_2023, AmiFamily.AMAZON_LINUX_2023_KERNEL_6_1][i],
    )))).toImageCriteria()).toEqual([{ ImageProviders: ['amazon'] }]));

  test('are none but the own of an app that launches nothing', () => expect(allowed(() => undefined).toImageCriteria()).toEqual([{ ImageProviders: ['none'] }]));

  test('are a policy that forbids nothing at first', () => {
    const images = allowed(stack => instance(stack, 'I', AL2023));
    expect(images.toDeclarativePolicy().ec2_attributes.allowed_images_settings.state).toEqual({ '@@assign': 'audit_mode' });
    expect(images.toDeclarativePolicy(AllowedAmisState.ENABLED)).toEqual({
      ec2_attributes: {
        allowed_images_settings: {
          state: { '@@assign': 'enabled' },
          image_criteria: {
            criteria_1: {
              allowed_image_providers: { '@@assign': ['amazon'] }, image_names: { '@@assign': [AmiFamily.AMAZON_LINUX_2023_KERNEL_6_1.imageName()] },
            },
          },
        },
      },
    });
  });

  test.each([
    ['an id of unknown origin', literal(AL2_ID), AL2_ID],
    ['a parameter of their own', ec2.MachineImage.fromSsmParameter('/my/image'), 'the image of the parameter "/my/image"'],
  ])('cannot be told of %s', (_, image, call) => expect(() => allowed(stack => instance(stack, 'I', image)))
    .toThrow(`AllowedAmis.of: Stack/I/Resource launches ${call} and nothing tells whose image it is; pin it with "cdk-ami pin", or search it with owners.`));
});

test('docs/ami-checks.md has each rule, with its severity', () => {
  const page = readFileSync(join(__dirname, '..', 'docs', 'ami-checks.md'), 'utf8');
  const rules = [...page.matchAll(/^\| \[(AMI\d)\]\(#ami\d\) \| (\w+) \|/gm)].map(([, id, severity]) => ({ id, severity }));
  expect(rules).toEqual(APP_RULES.map(({ id, severity }) => ({ id, severity })));
  expect(new AmiChecks().ruleIds).toEqual(rules.map(({ id }) => id));
  rules.forEach(({ id }) => expect(page).toContain(`\n## ${id}\n`));
});
