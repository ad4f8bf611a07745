import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Aws, BootstraplessSynthesizer, CfnParameter, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AL1_S3_PARAMETER, AL2_ID, imageIds, PARIS, stackIn, template, warnings } from './app';
import { AmiFamily, AmiSelector, RootDevice, WorkshopAccess, WorkshopInstance, WorkshopInstanceProps } from '../src';

function workshop(props?: WorkshopInstanceProps, env = PARIS) {
  const stack = stackIn(env);
  const instance = new WorkshopInstance(stack, 'Workshop', props);
  return { stack, instance, template: Template.fromStack(stack) };
}

describe('by default', () => {
  test('has at most 12 resources, none of them a Lambda function, a NAT gateway or an asset', () => {
    const { template: rendered, stack } = workshop();
    expect(Object.keys(rendered.toJSON().Resources).length).toBeLessThanOrEqual(12);
    rendered.resourceCountIs('AWS::Lambda::Function', 0);
    rendered.resourceCountIs('AWS::EC2::NatGateway', 0);
    const { assets } = (stack.node.root as App).synth().getStackArtifact(stack.artifactId);
    expect(assets.filter(asset => asset.type !== 'file' || !asset.path.endsWith('.template.json'))).toEqual([]);
  });

  test('has a VPC of one Availability Zone with one public /24 subnet', () => {
    const { template: rendered } = workshop();
    rendered.resourceCountIs('AWS::EC2::VPC', 1);
    rendered.resourceCountIs('AWS::EC2::Subnet', 1);
    rendered.hasResourceProperties('AWS::EC2::Subnet', {
      CidrBlock: '10.0.0.0/24',
      MapPublicIpOnLaunch: true,
      Tags: Match.arrayWith([{ Key: 'aws-cdk:subnet-name', Value: 'public' }, { Key: 'aws-cdk:subnet-type', Value: 'Public' }]),
    });
  });

  test('starts Amazon Linux 2023 on t3.micro, with IMDSv2 and an encrypted gp3 root volume', () => {
    const { template: rendered } = workshop();
    rendered.hasResourceProperties('AWS::EC2::Instance', {
      ImageId: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      InstanceType: 't3.micro',
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeType: 'gp3', VolumeSize: Match.absent() } }],
      KeyName: Match.absent(),
    });
  });

  test('lets nothing in', () => {
    const { template: rendered } = workshop();
    rendered.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
    rendered.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('is reached through Session Manager, with no other permission', () => {
    const { template: rendered } = workshop();
    rendered.resourceCountIs('AWS::IAM::Policy', 0);
    rendered.hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: Match.absent(),
      Policies: [{
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'ssm:UpdateInstanceInformation',
              Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:*:*:instance/*']] },
            },
            {
              Effect: 'Allow',
              Action: [
                'ssmmessages:CreateControlChannel',
                'ssmmessages:CreateDataChannel',
                'ssmmessages:OpenControlChannel',
                'ssmmessages:OpenDataChannel',
              ],
              Resource: '*',
            },
          ],
        },
      }],
    });
  });

  test('prints the instance id and the command that connects to it', () => {
    const { stack, instance, template: rendered } = workshop();
    rendered.hasOutput('*', { Value: stack.resolve(instance.instance.instanceId) });
    rendered.hasOutput('*', { Value: stack.resolve(instance.connectCommand) });
    expect(stack.resolve(instance.connectCommand)).toEqual({
      'Fn::Join': ['', ['aws ssm start-session --target ', stack.resolve(instance.instance.instanceId), ' --region eu-west-3']],
    });
  });

  test('works in an agnostic stack and without bootstrapping', () => {
    expect(Object.keys(template(stackIn()))).toContain('Rules');
    const stack = stackIn(undefined, { defaultStackSynthesizer: new BootstraplessSynthesizer() });
    new WorkshopInstance(stack, 'Workshop');
    expect(template(stack).Rules).toBeUndefined();
  });

  test('gives no warning', () => {
    expect(warnings(workshop().stack)).toEqual([]);
  });
});

describe('what scanners that read only the template are told', () => {
  const metadata = (stack: Stack) => Object.values<any>(template(stack).Resources).map(resource => resource.Metadata).filter(Boolean);
  const ignoring = (id: string) => ({ 'cfn-lint': { config: { ignore_checks: [id] } } });

  test('is that the zone of the subnet holds, in a stack with a region', () => {
    expect(metadata(workshop().stack)).toEqual([ignoring('W3010'), ignoring('E1152')]);
  });

  test('is that the image is read at launch, and nothing of the VPC of a user', () => {
    expect(metadata(workshop({}, {}).stack)).toEqual([ignoring('E1152')]);
    const stack = stackIn(PARIS);
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false });
    new WorkshopInstance(stack, 'Workshop', { vpc });
    expect(metadata(stack)).toEqual([ignoring('E1152')]);
  });
});

test('renders the same template with no feature flags and with all those of cdk init', () => {
  const [none, all] = [{}, jest.requireActual('aws-cdk-lib/recommended-feature-flags.json')].map(context => {
    const stack = stackIn(undefined, { context });
    new WorkshopInstance(stack, 'Workshop');
    return template(stack);
  });
  expect(all).toEqual(none);
});

test('two synths of one app give equal templates', () => {
  const [one, two] = [1, 2].map(() => {
    const stack = stackIn();
    new WorkshopInstance(stack, 'Workshop', { machineImage: AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }) });
    return JSON.stringify(template(stack));
  });
  expect(two).toBe(one);
});

test('the article: a t2.micro with an Amazon Linux 2 image of eu-west-3', () => {
  const { template: rendered } = workshop({
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.T2, ec2.InstanceSize.MICRO),
    machineImage: AmiSelector.genericLinux({ 'eu-west-3': 'ami-01fde5e5b31e98551' }, { rootDeviceName: '/dev/xvda' }),
  });
  const [mapping] = Object.keys(rendered.toJSON().Mappings);
  rendered.hasMapping(mapping, { 'eu-west-3': { ami: 'ami-01fde5e5b31e98551' } });
  rendered.hasResourceProperties('AWS::EC2::Instance', {
    InstanceType: 't2.micro',
    ImageId: { 'Fn::FindInMap': [mapping, { Ref: 'AWS::Region' }, 'ami'] },
    BlockDeviceMappings: [Match.objectLike({ DeviceName: '/dev/xvda' })],
  });
  rendered.resourceCountIs('AWS::EC2::Subnet', 1);
});

test('t4g.micro alone gets the arm64 image', () => {
  const { stack } = workshop({ instanceType: new ec2.InstanceType('t4g.micro') });
  expect(imageIds(stack)).toEqual(['resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64']);
});

test('takes any machine image of aws-cdk-lib', () => {
  const { stack } = workshop({ machineImage: ec2.MachineImage.genericLinux({ 'eu-west-3': AL2_ID }) });
  expect(imageIds(stack)).toEqual([AL2_ID]);
});

describe('root volume', () => {
  const GENERIC = AmiSelector.genericLinux({ 'eu-west-3': AL2_ID });

  test('has the size that is asked for, on the device that the image boots from', () => {
    const { template: rendered } = workshop({
      rootVolumeSize: Size.gibibytes(20),
      machineImage: AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }, { rootDeviceName: '/dev/sda1' }),
    });
    rendered.hasResourceProperties('AWS::EC2::Instance', {
      BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { Encrypted: true, VolumeType: 'gp3', VolumeSize: 20 } }],
    });
  });

  test.each([['an AmiSelector', GENERIC], ['another machine image', ec2.MachineImage.genericLinux({ 'eu-west-3': AL2_ID })]])(
    'stays as it is in %s whose root device name is not known, with one warning that can be acknowledged', (_, machineImage) => {
      const { stack, template: rendered } = workshop({ machineImage });
      rendered.hasResourceProperties('AWS::EC2::Instance', { BlockDeviceMappings: Match.absent() });
      expect(warnings(stack)).toEqual([expect.stringMatching(/say its rootDeviceName.*\[ack: cdk-workshop-instance:rootVolumeAsInImage\]/)]);
    });

  test('fails for a size where the root device name is not known', () => {
    expect(() => workshop({ machineImage: GENERIC, rootVolumeSize: Size.gibibytes(20) })).toThrow(
      'Stack/Workshop: rootVolumeSize cannot be applied, as the device that the image boots from is not known; '
      + 'choose the image with an AmiSelector and say its rootDeviceName');
  });

  test('does not exist for an instance-store image', () => {
    const props = { instanceType: new ec2.InstanceType('d2.xlarge'), machineImage: AmiSelector.fromSsmParameter(AL1_S3_PARAMETER) };
    expect(props.machineImage.rootDevice).toBe(RootDevice.INSTANCE_STORE);
    const { stack, template: rendered } = workshop(props);
    rendered.hasResourceProperties('AWS::EC2::Instance', { BlockDeviceMappings: Match.absent() });
    expect(warnings(stack)).toEqual([expect.stringContaining('The standard support of Amazon Linux 1 ended')]);
    expect(() => workshop({ ...props, rootVolumeSize: Size.gibibytes(20) })).toThrow(
      'Stack/Workshop: rootVolumeSize is for EBS volumes, and the root device of this image is instance-store; leave rootVolumeSize out, or choose an EBS image.');
  });
});

describe('an instance type that is a parameter', () => {
  const ARCHITECTURE = 'the image is one for x86_64, which no type of another architecture boots (say architecture of the image)';
  const CREDITS = 'the CPU credits are as AWS has them, unlimited for t3, t3a and t4g (say creditSpecification if only burstable types are passed)';
  const ARM = { architecture: ec2.InstanceArchitecture.ARM_64 };

  test.each<[string, string[], Partial<WorkshopInstanceProps>]>([
    ['of the architecture and the credits', [ARCHITECTURE, CREDITS], {}],
    ['of the architecture alone', [ARCHITECTURE], { creditSpecification: ec2.CpuCredits.STANDARD }],
    ['of the credits alone', [CREDITS], { machineImage: AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023, ARM) }],
    ['of nothing, where nothing is taken for granted', [], {
      creditSpecification: ec2.CpuCredits.STANDARD, machineImage: AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023, ARM),
    }],
  ])('is warned of once: %s', (_, taken, props) => {
    const stack = stackIn();
    const instanceType = new ec2.InstanceType(new CfnParameter(stack, 'Type', { default: 't4g.micro' }).valueAsString);
    new WorkshopInstance(stack, 'Workshop', { instanceType, ...props });
    expect(warnings(stack)).toEqual(taken.length === 0 ? [] : [
      `instanceType is known only at deployment, so ${taken.join(', and ')}. [ack: cdk-workshop-instance:instanceTypeNotKnown]`,
    ]);
  });
});

describe('CPU credits', () => {
  function creditsOf(instanceType: string, creditSpecification?: ec2.CpuCredits): unknown {
    const stack = stackIn();
    new WorkshopInstance(stack, 'Workshop', { instanceType: new ec2.InstanceType(instanceType), creditSpecification });
    return Object.values<any>(template(stack).Resources).find(resource => resource.Type === 'AWS::EC2::Instance').Properties.CreditSpecification;
  }

  test('bare CDK: t3.micro is left to AWS, which makes it unlimited', () => {
    const stack = stackIn();
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, restrictDefaultSecurityGroup: false });
    new ec2.Instance(stack, 'Instance', {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      instanceType: new ec2.InstanceType('t3.micro'),
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::Instance', { CreditSpecification: Match.absent() });
  });

  test.each(['t2.micro', 't3.micro', 't3a.small', 't4g.micro'])('are standard for %s, so that none are charged for', type => {
    expect(creditsOf(type)).toEqual({ CPUCredits: 'standard' });
  });

  test('are unlimited where asked for', () => {
    expect(creditsOf('t4g.micro', ec2.CpuCredits.UNLIMITED)).toEqual({ CPUCredits: 'unlimited' });
  });

  test.each(['m5.large', 't8i.micro', 'odd'])('are not given to %s', type => {
    expect(creditsOf(type)).toBeUndefined();
  });

  test('fail for a type that has none', () => {
    expect(() => creditsOf('m5.large', ec2.CpuCredits.STANDARD)).toThrow(
      'Stack/Workshop: creditSpecification is for the burstable instance types t2, t3, t3a, t4g, and m5.large has no CPU credits; leave '
      + 'creditSpecification out, or choose one of these types.');
  });

  test('are taken as given for a type that is a token, and else left out', () => {
    expect(creditsOf(Aws.STACK_NAME, ec2.CpuCredits.UNLIMITED)).toEqual({ CPUCredits: 'unlimited' });
    expect(creditsOf(Aws.STACK_NAME)).toBeUndefined();
  });
});

test('starts in a VPC of the user, in a public subnet', () => {
  const stack = stackIn();
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, restrictDefaultSecurityGroup: false });
  new WorkshopInstance(stack, 'Workshop', { vpc });
  const rendered = Template.fromStack(stack);
  rendered.resourceCountIs('AWS::EC2::VPC', 1);
  rendered.hasResourceProperties('AWS::EC2::Instance', { SubnetId: stack.resolve(vpc.publicSubnets[0].subnetId) });
});

test('starts in a private subnet of a VPC that has no public one', () => {
  const stack = stackIn();
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['eu-west-3a'], privateSubnetIds: ['subnet-1'],
  });
  new WorkshopInstance(stack, 'Workshop', { vpc });
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::Instance', { SubnetId: 'subnet-1' });
});

test('passes user data, name, security group and role on', () => {
  const stack = stackIn();
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false });
  const userData = ec2.UserData.forLinux();
  userData.addCommands('dnf install -y nginx');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
  const instance = new WorkshopInstance(stack, 'Workshop', {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    userData,
    userDataCausesReplacement: true,
    instanceName: 'seat-1',
    securityGroup,
    role,
    outputs: false,
  });
  instance.connections.allowFrom(ec2.Peer.ipv4('192.0.2.1/32'), ec2.Port.tcp(22));

  const rendered = Template.fromStack(stack);
  rendered.hasResourceProperties('AWS::EC2::Instance', {
    Tags: Match.arrayWith([{ Key: 'Name', Value: 'seat-1' }]),
    SecurityGroupIds: [stack.resolve(securityGroup.securityGroupId)],
    UserData: { 'Fn::Base64': '#!/bin/bash\ndnf install -y nginx' },
  });
  rendered.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [Match.objectLike({ FromPort: 22, CidrIp: '192.0.2.1/32' })] });
  rendered.resourceCountIs('AWS::IAM::Role', 1);
  rendered.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['ssmmessages:OpenDataChannel']) })]) },
  });
  expect(rendered.toJSON().Outputs).toBeUndefined();
  expect(instance.role).toBe(role);
});

test('passes on what ec2.Instance takes of the metadata service and the public address', () => {
  const stack = stackIn();
  const { connectCommand } = new WorkshopInstance(stack, 'Workshop', {
    httpPutResponseHopLimit: 2,
    instanceMetadataTags: true,
    associatePublicIpAddress: false,
    access: [WorkshopAccess.http(80, { allowFrom: [ec2.Peer.ipv4('10.0.0.0/8')] })],
  });
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::Instance', {
    MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2, InstanceMetadataTags: 'enabled' },
    NetworkInterfaces: [Match.objectLike({ AssociatePublicIpAddress: false })],
  });
  expect(JSON.stringify(stack.resolve(connectCommand))).toContain('PrivateIp');
});

test('starts in the first of the zones that the VPC has', () => {
  const stack = stackIn(PARIS);
  const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-3a', 'eu-west-3b'], natGateways: 0, restrictDefaultSecurityGroup: false });
  new WorkshopInstance(stack, 'Workshop', { vpc, availabilityZones: ['eu-west-3b'] });
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::Instance', { SubnetId: stack.resolve(vpc.publicSubnets[1].subnetId) });
  expect(() => new WorkshopInstance(stack, 'Nowhere', { availabilityZones: [] })).toThrow('Stack/Nowhere: availabilityZones is empty');
});

describe('more volumes', () => {
  const ebs = (size: number, options?: ec2.EbsDeviceOptions) => ec2.BlockDeviceVolume.ebs(size, options);

  test('stand beside the root volume, which is encrypted with the key', () => {
    const stack = stackIn();
    const encryptionKey = new kms.Key(stack, 'Key');
    new WorkshopInstance(stack, 'Workshop', { encryptionKey, blockDevices: [{ deviceName: '/dev/sdf', volume: ebs(10) }] });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::Instance', {
      BlockDeviceMappings: [
        { DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeType: 'gp3', KmsKeyId: stack.resolve(encryptionKey.keyArn) } },
        { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 10 } },
      ],
    });
  });

  test('take the place of the root volume by its name', () => {
    const volume = ebs(10, { volumeType: ec2.EbsDeviceVolumeType.IO2, iops: 100 });
    workshop({ blockDevices: [{ deviceName: '/dev/xvda', volume }] }).template.hasResourceProperties('AWS::EC2::Instance', {
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeType: 'io2', Iops: 100 } }],
    });
    expect(() => workshop({ blockDevices: [{ deviceName: '/dev/xvda', volume }], rootVolumeSize: Size.gibibytes(20) }))
      .toThrow('Stack/Workshop: rootVolumeSize is about the root volume, and blockDevices has it too, as /dev/xvda; say all of it in blockDevices.');
  });
});

test('can be granted permissions', () => {
  const { stack, instance } = (() => {
    const agnostic = stackIn();
    return { stack: agnostic, instance: new WorkshopInstance(agnostic, 'Workshop') };
  })();
  iam.Grant.addToPrincipal({ grantee: instance, actions: ['s3:GetObject'], resourceArns: ['*'] });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', { Roles: [stack.resolve((instance.role as iam.Role).roleName)] });
});

test('takes roles that someone else makes, and reports what Session Manager needs of them', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Workshop/Role': 'made-by-others', 'Workshop/Vpc/FlowLogRole': 'made-by-others-too' } });
  new WorkshopInstance(stack, 'Workshop', { hardened: true });
  const rendered = Template.fromStack(stack);
  rendered.resourceCountIs('AWS::IAM::Role', 0);
  rendered.hasResourceProperties('AWS::IAM::InstanceProfile', { Roles: ['made-by-others'] });
  const report = readFileSync(join(app.outdir, 'iam-policy-report.json'), 'utf8');
  const role = JSON.parse(report).roles.find(({ roleConstructPath }: any) => roleConstructPath === 'Stack/Workshop/Role');
  expect(JSON.stringify(role.identityPolicyStatements)).toContain('ssm:UpdateInstanceInformation');
});

test('fifty instances in one VPC with a map of 30 regions share one mapping', () => {
  const stack = stackIn();
  const regions = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`xx-test-${i}`, `ami-${String(i).padStart(17, '0')}`]));
  const machineImage = AmiSelector.genericLinux(regions, { rootDeviceName: '/dev/xvda' });
  const first = new WorkshopInstance(stack, 'W0', { machineImage });
  for (let i = 1; i < 50; i++) {
    new WorkshopInstance(stack, `W${i}`, { machineImage: AmiSelector.genericLinux({ ...regions }), vpc: first.vpc });
  }
  const rendered = Template.fromStack(stack);
  expect(Object.keys(rendered.toJSON().Mappings)).toHaveLength(1);
  rendered.resourceCountIs('AWS::EC2::VPC', 1);
  rendered.resourceCountIs('AWS::EC2::Instance', 50);
});

