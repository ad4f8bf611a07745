import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AL2_ID, errors, PARIS, stackIn, synthError, template, warnings } from './app';
import { AmiFamily, AmiSelector, RootDevice, WorkshopAccess, WorkshopFleet, WorkshopInstance, WorkshopInstanceProps } from '../src';

const OFFICE = ec2.Peer.ipv4('203.0.113.0/24');

function workshop(props: (stack: Stack) => WorkshopInstanceProps = () => ({}), env = PARIS) {
  const stack = stackIn(env);
  const instance = new WorkshopInstance(stack, 'Workshop', props(stack));
  const reference = stack.resolve(instance.instance.instanceId);
  return { stack, instance, template: Template.fromStack(stack), id: reference.Ref };
}

function keyPair(stack: Stack, name = 'my-key'): ec2.IKeyPair {
  return ec2.KeyPair.fromKeyPairName(stack, `Key-${name}`, name);
}

/** A text in which references to the instance are written as `<Attribute>`. */
function text(stack: Stack, value?: string): string {
  const resolved = stack.resolve(value);
  const parts: any[] = resolved['Fn::Join']?.[1] ?? [resolved];
  return parts.map(part => typeof part === 'string' ? part : `<${part['Fn::GetAtt']?.[1] ?? (part.Ref.startsWith('AWS::') ? part.Ref : 'Id')}>`).join('');
}

function imported(stack: Stack, id: string): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, id, { vpcId: 'vpc-1', availabilityZones: ['eu-west-3a'], publicSubnetIds: ['subnet-1'], publicSubnetRouteTableIds: ['rtb-1'] });
}

function ingress(rendered: Template): any[] {
  return Object.values<any>(rendered.findResources('AWS::EC2::SecurityGroup')).flatMap(group => group.Properties.SecurityGroupIngress ?? []);
}

test('bare CDK: a security group takes the whole internet on port 22 without a word', () => {
  const stack = stackIn();
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  new ec2.SecurityGroup(stack, 'Group', { vpc }).addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.SSH);
  expect(ingress(Template.fromStack(stack))).toMatchObject([{ CidrIp: '0.0.0.0/0', FromPort: 22 }]);
  expect(warnings(stack)).toEqual([]);
});

describe('Session Manager', () => {
  test('is the way in by default: the same template with and without access', () => {
    const one = workshop();
    const other = workshop(() => ({ access: [WorkshopAccess.sessionManager()] }));
    expect(other.template.toJSON()).toEqual(one.template.toJSON());
    expect(text(one.stack, one.instance.connectCommand)).toBe('aws ssm start-session --target <Id> --region eu-west-3');
  });

  test('is allowed to a role of the user', () => {
    const { template: rendered } = workshop(stack => ({
      role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
    }));
    rendered.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: 'ssm:UpdateInstanceInformation' }),
          Match.objectLike({ Action: Match.arrayWith(['ssmmessages:OpenDataChannel']), Resource: '*' }),
        ],
      },
    });
  });

  test('is allowed to nobody where another way in is named alone', () => {
    const { template: rendered } = workshop(stack => ({ access: [WorkshopAccess.ssh({ keyPair: keyPair(stack), allowFrom: [OFFICE] })] }));
    rendered.hasResourceProperties('AWS::IAM::Role', { Policies: Match.absent() });
    rendered.resourceCountIs('AWS::IAM::Policy', 0);
  });
});

describe('the SSM agent', () => {
  const BUCKET = 'https://s3.eu-west-3.<AWS::URLSuffix>/amazon-ssm-eu-west-3/latest';

  function userData(family: AmiFamily, props?: WorkshopInstanceProps): string {
    const [{ architecture, rootDevice }] = family.variants().filter(variant => variant.rootDevice === RootDevice.EBS).slice(-1);
    const { stack, instance } = workshop(() => ({
      instanceType: new ec2.InstanceType(architecture === ec2.InstanceArchitecture.ARM_64 ? 't4g.micro' : 't3.micro'),
      machineImage: AmiSelector.latest(family, { architecture, rootDevice }),
      ...props,
    }));
    return text(stack, stack.resolve(instance.instance.instance.userData)['Fn::Base64']);
  }

  test.each([
    [AmiFamily.AMAZON_LINUX_2023_MINIMAL, 'dnf install -y amazon-ssm-agent &&'],
    [AmiFamily.AMAZON_LINUX_2_MINIMAL, `yum install -y ${BUCKET}/linux_arm64/amazon-ssm-agent.rpm &&`],
    [AmiFamily.RHEL_9, `dnf install -y ${BUCKET}/linux_arm64/amazon-ssm-agent.rpm &&`],
    [AmiFamily.DEBIAN_13, `wget -q -O /tmp/amazon-ssm-agent.deb ${BUCKET}/debian_arm64/amazon-ssm-agent.deb\n`],
  ])('is installed and started by user data on %s', (family, line) => {
    expect(userData(family)).toContain(line);
    expect(userData(family)).toMatch(/\nsystemctl enable --now amazon-ssm-agent\n/);
  });

  test.each(AmiFamily.all().filter(family => family._software.ssmAgentPackage !== undefined).map(family => [family]))('is installed on %s', family => {
    expect(userData(family)).toContain('amazon-ssm-agent');
  });

  test.each(AmiFamily.all().filter(family => family.ssmAgent && !family._isMac).map(family => [family]))('is left alone on %s', family => {
    expect(userData(family)).not.toContain('amazon-ssm-agent');
  });

  test('is for the architecture of the image, and installed before the script of the user', () => {
    const script = ec2.UserData.forLinux();
    script.addCommands('echo mine');
    const rendered = userData(AmiFamily.ROCKY_9, {
      instanceType: new ec2.InstanceType('t3.micro'), machineImage: AmiSelector.latest(AmiFamily.ROCKY_9), userData: script,
    });
    expect(rendered).toMatch(/^#!\/bin\/bash\n[^]*\/linux_amd64\/amazon-ssm-agent\.rpm[^]*\necho mine$/);
    expect(script.render()).toBe('#!/bin/bash\necho mine');
  });

  test('is not installed for another way in', () => {
    const access = [WorkshopAccess.http(80, { allowFrom: [OFFICE] })];
    expect(userData(AmiFamily.DEBIAN_13, { access })).toBe('#!/bin/bash');
  });

  test('fails where the user data is nothing to install it with', () => {
    const stack = stackIn(PARIS);
    new WorkshopInstance(stack, 'Workshop', {
      machineImage: AmiSelector.latest(AmiFamily.DEBIAN_13), userData: ec2.UserData.custom('echo hello\n'),
    });
    expect(synthError(stack)).toContain(
      'the commands of WorkshopAccess.sessionManager() go into the user data, which starts with "echo hello"; write it as a shell script');
  });
});

describe('EC2 Instance Connect Endpoint', () => {
  test('is in a small subnet of its own, and may reach port 22 of the instance and nothing else', () => {
    const { stack, instance, template: rendered } = workshop(() => ({ access: [WorkshopAccess.instanceConnectEndpoint()] }));
    const [group] = instance.connections.securityGroups;
    const [endpoint] = Object.values<any>(rendered.findResources('AWS::EC2::InstanceConnectEndpoint'));
    const [endpointGroupId] = endpoint.Properties.SecurityGroupIds;
    rendered.hasResourceProperties('AWS::EC2::Subnet', { CidrBlock: '10.0.255.240/28', AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } });
    expect(rendered.findResources('AWS::EC2::Subnet')[endpoint.Properties.SubnetId.Ref].Properties.CidrBlock).toBe('10.0.255.240/28');
    rendered.hasResource('AWS::EC2::SecurityGroup', { Properties: { SecurityGroupEgress: Match.absent(), SecurityGroupIngress: Match.absent() } });
    const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
    rendered.allResourcesProperties('AWS::EC2::SecurityGroupEgress',
      { ...rule, GroupId: endpointGroupId, DestinationSecurityGroupId: stack.resolve(group.securityGroupId) });
    rendered.allResourcesProperties('AWS::EC2::SecurityGroupIngress',
      { ...rule, GroupId: stack.resolve(group.securityGroupId), SourceSecurityGroupId: endpointGroupId });
    rendered.resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
    rendered.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    expect(ingress(rendered)).toEqual([]);
  });

  test('is one for all instances of a VPC', () => {
    const stack = stackIn();
    const access = [WorkshopAccess.instanceConnectEndpoint()];
    const { vpc } = new WorkshopInstance(stack, 'One', { access });
    new WorkshopInstance(stack, 'Two', { access, vpc });
    const rendered = Template.fromStack(stack);
    rendered.resourceCountIs('AWS::EC2::InstanceConnectEndpoint', 1);
    rendered.resourceCountIs('AWS::EC2::SecurityGroupEgress', 2);
    rendered.resourceCountIs('AWS::EC2::SecurityGroupIngress', 2);
  });

  test('stands in the first subnet of a VPC of the user, wherever the instances are', () => {
    const stack = stackIn(PARIS);
    const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-3a', 'eu-west-3b'], natGateways: 0, restrictDefaultSecurityGroup: false });
    new WorkshopInstance(stack, 'Workshop', { access: [WorkshopAccess.instanceConnectEndpoint()], vpc, availabilityZones: ['eu-west-3b'] });
    const rendered = Template.fromStack(stack);
    const [first, second] = vpc.publicSubnets.map(({ subnetId }) => ({ SubnetId: stack.resolve(subnetId) }));
    rendered.hasResourceProperties('AWS::EC2::Instance', second);
    rendered.hasResourceProperties('AWS::EC2::InstanceConnectEndpoint', first);
  });

  test('and its subnet stay as they are, whatever zones are added and removed', () => {
    const [alone, ...others] = [undefined, ['eu-west-3c', 'eu-west-3a'], ['eu-west-3b'], ['eu-west-3a', 'eu-west-3b', 'eu-west-3c']].map(availabilityZones => {
      const stack = stackIn(PARIS);
      new WorkshopFleet(stack, 'Fleet', { seats: 2, availabilityZones, access: [WorkshopAccess.instanceConnectEndpoint()] });
      const { Resources } = template(stack);
      return Object.entries<any>(Resources).filter(([id, { Type }]) => Type === 'AWS::EC2::InstanceConnectEndpoint' || id.includes('endpointSubnet'));
    });
    expect(alone).toHaveLength(2);
    others.forEach(each => expect(each).toEqual(alone));
  });

  test('is one for a VPC that is imported twice', () => {
    const stack = stackIn(PARIS);
    for (const id of ['One', 'Two']) {
      new WorkshopInstance(stack, id, { vpc: imported(stack, `Vpc${id}`), access: [WorkshopAccess.instanceConnectEndpoint()] });
    }
    Template.fromStack(stack).resourceCountIs('AWS::EC2::InstanceConnectEndpoint', 1);
  });

  test('is refused to the second of two stacks that import a VPC', () => {
    const stack = stackIn(PARIS);
    const other = new Stack(stack.node.root as any, 'Other', { env: PARIS });
    const elsewhere = new Stack(stack.node.root as any, 'Elsewhere', { env: { ...PARIS, region: 'eu-west-1' } });
    for (const each of [stack, other, elsewhere]) {
      new WorkshopInstance(each, 'Workshop', { vpc: imported(each, 'Vpc'), access: [WorkshopAccess.instanceConnectEndpoint()] });
    }
    expect(errors(stack)).toEqual([]);
    expect(errors(elsewhere)).toEqual([]);
    expect(errors(other)).toEqual([
      'a VPC takes one EC2 Instance Connect Endpoint, and Stack makes that of vpc-1 already; import the VPC once and pass it to both, or give here the security group of '
      + 'the endpoint, as endpointSecurityGroup of WorkshopAccess.instanceConnectEndpoint.',
    ]);
  });

  test('that the VPC already has is used by its security group', () => {
    const { stack, template: rendered, instance } = workshop(scope => ({
      access: [WorkshopAccess.instanceConnectEndpoint({ endpointSecurityGroup: ec2.SecurityGroup.fromSecurityGroupId(scope, 'Endpoint', 'sg-endpoint') })],
    }));
    rendered.resourceCountIs('AWS::EC2::InstanceConnectEndpoint', 0);
    rendered.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { SourceSecurityGroupId: 'sg-endpoint', FromPort: 22, ToPort: 22 });
    expect(text(stack, instance.connectCommand)).toMatch(/^aws ec2-instance-connect ssh --connection-type eice /);
  });

  test('serves the instances of another stack, without a cycle', () => {
    const stack = stackIn();
    const { vpc } = new WorkshopInstance(stack, 'One', { access: [WorkshopAccess.instanceConnectEndpoint()] });
    const other = new Stack(stack.node.root as any, 'Other');
    new WorkshopInstance(other, 'Two', { access: [WorkshopAccess.instanceConnectEndpoint()], vpc });
    Template.fromStack(stack).resourceCountIs('AWS::EC2::InstanceConnectEndpoint', 1);
    Template.fromStack(other).resourceCountIs('AWS::EC2::InstanceConnectEndpoint', 0);
    Template.fromStack(other).resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
  });

  test('is reached as the default user of the family', () => {
    const { stack, instance } = workshop(() => ({
      machineImage: AmiSelector.latest(AmiFamily.UBUNTU_24_04), access: [WorkshopAccess.instanceConnectEndpoint()],
    }));
    expect(text(stack, instance.connectCommand)).toBe(
      'aws ec2-instance-connect ssh --connection-type eice --instance-id <Id> --os-user ubuntu --region eu-west-3');
    expect(text(stack, instance.consoleUrl)).toBe(
      'https://eu-west-3.console.aws.amazon.com/ec2-instance-connect/ssh?region=eu-west-3&connType=eice&instanceId=<Id>&osUser=ubuntu&sshPort=22');
  });

  test('serves an operating system without EC2 Instance Connect where a key pair is given, though not in the console', () => {
    const { stack, instance, template: rendered } = workshop(scope => ({
      machineImage: AmiSelector.latest(AmiFamily.DEBIAN_13), access: [WorkshopAccess.instanceConnectEndpoint({ keyPair: keyPair(scope) })],
    }));
    rendered.hasResourceProperties('AWS::EC2::Instance', { KeyName: 'my-key' });
    expect(text(stack, instance.connectCommand)).toBe(
      'aws ec2-instance-connect ssh --connection-type eice --instance-id <Id> --os-user admin --private-key-file my-key.pem --region eu-west-3');
    expect(instance.consoleUrl).toBeUndefined();
  });
});

describe('SSH', () => {
  test('opens port 22 to the peers that are named, and prints the command', () => {
    const { stack, instance, template: rendered } = workshop(scope => ({
      access: [WorkshopAccess.ssh({ keyPair: keyPair(scope), allowFrom: [OFFICE, ec2.Peer.ipv6('2001:db8::/32')] })],
    }));
    expect(ingress(rendered)).toMatchObject([
      { CidrIp: '203.0.113.0/24', FromPort: 22, ToPort: 22 },
      { CidrIpv6: '2001:db8::/32', FromPort: 22, ToPort: 22 },
    ]);
    rendered.hasResourceProperties('AWS::EC2::Instance', { KeyName: 'my-key' });
    expect(text(stack, instance.connectCommand)).toBe('ssh -i my-key.pem ec2-user@<PublicIp>');
    expect(instance.consoleUrl).toBeUndefined();
  });

  test('goes to the private address of an instance in a private subnet, as another user', () => {
    const { stack, instance } = workshop(scope => ({
      vpc: ec2.Vpc.fromVpcAttributes(scope, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-3a'], privateSubnetIds: ['subnet-1'] }),
      access: [WorkshopAccess.ssh({ keyPair: keyPair(scope), allowFrom: [ec2.Peer.ipv4('10.0.0.0/8')], user: 'student' })],
    }));
    expect(text(stack, instance.connectCommand)).toBe('ssh -i my-key.pem student@<PrivateIp>');
  });

  test('takes a security group, a prefix list and a token as peer', () => {
    const { template: rendered } = workshop(scope => ({
      access: [WorkshopAccess.ssh({
        keyPair: keyPair(scope),
        allowFrom: [
          ec2.SecurityGroup.fromSecurityGroupId(scope, 'Group', 'sg-1'), ec2.Peer.prefixList('pl-1'), ec2.Peer.ipv4(new CfnParameter(scope, 'Office').valueAsString),
        ],
      })],
    }));
    rendered.resourceCountIs('AWS::EC2::SecurityGroupIngress', 2);
    expect(ingress(rendered)).toMatchObject([{ CidrIp: { Ref: 'Office' } }]);
  });

  test.each([
    ['0.0.0.0/0', ec2.Peer.anyIpv4()], ['0.0.0.0/1', ec2.Peer.ipv4('0.0.0.0/1')], ['128.0.0.0/1', ec2.Peer.ipv4('128.0.0.0/1')],
    ['::/0', ec2.Peer.anyIpv6()], ['2000::/3', ec2.Peer.ipv6('2000::/3')],
  ])('fails for %s, unless the app says that it may', (cidr, peer) => {
    const options = (stack: Stack) => ({ keyPair: keyPair(stack), allowFrom: [OFFICE, peer] });
    expect(() => WorkshopAccess.ssh(options(stackIn()))).toThrow(
      `WorkshopAccess.ssh(): allowFrom has ${cidr}, which lets strangers on the internet connect; name the addresses that may connect, `
      + 'such as ec2.Peer.ipv4("203.0.113.7/32"), or say allowFromAnywhere: true.');
    const { template: rendered } = workshop(stack => ({ access: [WorkshopAccess.ssh({ ...options(stack), allowFromAnywhere: true })] }));
    expect(ingress(rendered)).toHaveLength(2);
  });

  test.each(['10.0.0.0/8', '172.16.0.0/12'])('takes the private network %s', cidr => {
    expect(() => WorkshopAccess.http(80, { allowFrom: [ec2.Peer.ipv4(cidr)] })).not.toThrow();
  });

  test('takes the unique local addresses fc00::/7', () => {
    expect(() => WorkshopAccess.http(80, { allowFrom: [ec2.Peer.ipv6('fc00::/7')] })).not.toThrow();
  });

  test('fails without a peer', () => {
    expect(() => WorkshopAccess.ssh({ keyPair: keyPair(stackIn()), allowFrom: [] })).toThrow(
      'WorkshopAccess.ssh(): allowFrom is empty, so that nobody can connect; name the addresses that may connect, such as');
  });

  test('fails with two key pairs, and takes one that is given twice', () => {
    const props = (stack: Stack, ...names: string[]) => ({
      access: names.map(name => WorkshopAccess.ssh({ keyPair: keyPair(stack, name), allowFrom: [OFFICE] })),
    });
    expect(() => workshop(stack => props(stack, 'one', 'two'))).toThrow(
      'Stack/Workshop: access has several key pairs, and EC2 gives an instance one; use the same key pair everywhere.');
    workshop(stack => {
      const access = WorkshopAccess.ssh({ keyPair: keyPair(stack, 'one'), allowFrom: [OFFICE] });
      return { access: [access, access] };
    });
  });
});

describe('a new key pair', () => {
  const KEY_FILE = new RegExp('^aws ssm get-parameter --name /ec2/keypair/<KeyPairId> --with-decryption --query Parameter\\.Value --output text '
    + '--region eu-west-3 > (<Id>\\.pem) && chmod 400 \\1$');

  test('is each instance\'s own where none is given, and a line writes the file that the others name', () => {
    const { stack, instance, template: rendered } = workshop(() => ({ access: [WorkshopAccess.ssh({ allowFrom: [OFFICE] })] }));
    const [id] = Object.keys(rendered.findResources('AWS::EC2::KeyPair'));
    rendered.hasResourceProperties('AWS::EC2::Instance', { KeyName: { Ref: id } });
    const lines = instance.connectCommands.map(line => text(stack, line));
    expect(lines[0]).toMatch(KEY_FILE);
    expect(lines[1]).toBe('ssh -i <Id>.pem ec2-user@<PublicIp>');
    expect(text(stack, instance.connectCommand)).toBe(lines[1]);
  });

  test('is each seat\'s own', () => {
    const stack = stackIn(PARIS);
    const { instances } = new WorkshopFleet(stack, 'Fleet', { seatNames: ['red', 'green'], access: [WorkshopAccess.ssh({ allowFrom: [OFFICE] })] });
    const { Resources } = template(stack);
    const keys = Object.values(instances).map(({ instanceId }) => Resources[stack.resolve(instanceId).Ref].Properties.KeyName.Ref);
    expect(new Set(keys).size).toBe(2);
    keys.forEach(key => expect(Resources[key].Type).toBe('AWS::EC2::KeyPair'));
  });

  test('of the app, which it gives, is written into its file, too', () => {
    const { stack, instance } = workshop(scope => ({ access: [WorkshopAccess.instanceConnectEndpoint({ keyPair: new ec2.KeyPair(scope, 'Key') })] }));
    expect(text(stack, instance.connectCommands[0])).toMatch(KEY_FILE);
  });

  test('is not made beside one that another access gives', () => {
    const { template: rendered } = workshop(scope => ({
      access: [WorkshopAccess.ssh({ allowFrom: [OFFICE] }), WorkshopAccess.instanceConnectEndpoint({ keyPair: keyPair(scope) })],
    }));
    rendered.resourceCountIs('AWS::EC2::KeyPair', 0);
  });

  test.each<[string, (stack: Stack) => ec2.IKeyPair]>([
    ['imported', stack => keyPair(stack)],
    ['with a public key of the user', stack => new ec2.KeyPair(stack, 'Key', { publicKeyMaterial: 'ssh-ed25519 AAAA' })],
  ])('%s has no private key in Parameter Store', (_, make) => {
    const { instance } = workshop(stack => ({ access: [WorkshopAccess.ssh({ keyPair: make(stack), allowFrom: [OFFICE] })] }));
    expect(instance.connectCommands).toHaveLength(1);
  });
});

describe('Remote Desktop', () => {
  const windows = { machineImage: AmiSelector.latest(AmiFamily.WINDOWS_SERVER_2022), instanceType: new ec2.InstanceType('t3.large') };

  test('opens port 3389 to the peers that are named, and prints what reads the password with the key file', () => {
    const { stack, instance, template: rendered } = workshop(() => ({ ...windows, access: [WorkshopAccess.rdp({ allowFrom: [OFFICE] })] }));
    expect(ingress(rendered)).toMatchObject([{ CidrIp: '203.0.113.0/24', FromPort: 3389, ToPort: 3389 }]);
    const lines = instance.connectCommands.map(line => text(stack, line));
    expect(lines[0]).toContain('> <Id>.pem && chmod 400 <Id>.pem');
    expect(lines.slice(1)).toEqual([
      'aws ec2 get-password-data --instance-id <Id> --priv-launch-key <Id>.pem --query PasswordData --output text --region eu-west-3',
      'mstsc /v:<PublicIp>',
    ]);
    expect(text(stack, instance.connectCommand)).toBe('mstsc /v:<PublicIp>');
  });

  test('is none of a Linux', () => {
    const machineImage = AmiSelector.latest(AmiFamily.UBUNTU_24_04);
    expect(() => workshop(() => ({ machineImage, access: [WorkshopAccess.rdp({ allowFrom: [OFFICE] })] }))).toThrow(
      'WorkshopAccess.rdp() needs Remote Desktop, which AmiFamily.UBUNTU_24_04 does not have; use WorkshopAccess.sessionManager() or');
  });
});

describe('a forwarded port', () => {
  test('opens none, and is allowed what Session Manager needs', () => {
    const { stack, instance, template: rendered } = workshop(() => ({ access: [WorkshopAccess.portForwarding(80, { localPort: 8080 })] }));
    expect(ingress(rendered)).toEqual([]);
    rendered.hasResourceProperties('AWS::IAM::Role', { Policies: [Match.objectLike({ PolicyName: 'SessionManager' })] });
    expect(text(stack, instance.connectCommand)).toBe('aws ssm start-session --target <Id> --document-name AWS-StartPortForwardingSession '
      + '--parameters portNumber=80,localPortNumber=8080 --region eu-west-3');
  });

  test('is the same on both sides by default, and a port on both', () => {
    const { stack, instance } = workshop(() => ({ access: [WorkshopAccess.portForwarding(8080)] }));
    expect(text(stack, instance.connectCommand)).toContain('portNumber=8080,localPortNumber=8080');
    expect(() => WorkshopAccess.portForwarding(80, { localPort: 0 })).toThrow('WorkshopAccess.portForwarding(80): 0 is not a port');
  });

  test('needs the permissions of Session Manager once, however often', () => {
    const policies = (access: WorkshopAccess[]) => workshop(() => ({ access })).template.findResources('AWS::IAM::Role');
    expect(policies([WorkshopAccess.sessionManager(), WorkshopAccess.portForwarding(80)])).toEqual(policies([WorkshopAccess.sessionManager()]));
  });
});

describe('an editor in the browser', () => {
  const browserIde = () => ({ access: [WorkshopAccess.browserIde()] });
  const userDataOf = ({ stack, instance }: ReturnType<typeof workshop>) => text(stack, stack.resolve(instance.instance.instance.userData)['Fn::Base64']);

  test('opens no port, and its password is in the template of no stack', () => {
    const { template: rendered } = workshop(browserIde);
    expect(ingress(rendered)).toEqual([]);
    rendered.hasResourceProperties('AWS::IAM::Role', {
      Policies: [{ PolicyName: 'SessionManager', PolicyDocument: Match.objectLike({ Statement: Match.arrayWith([Match.objectLike({ Action: 'ssm:PutParameter' })]) }) }],
    });
    expect(JSON.stringify(rendered.toJSON().Outputs)).not.toMatch(/password: /);
  });

  test.each([['t3.small', 'amd64'], ['t4g.small', 'arm64']])('is for the architecture of %s, at a pinned release with its checksum', (type, architecture) => {
    const script = userDataOf(workshop(() => ({ ...browserIde(), instanceType: new ec2.InstanceType(type) })));
    expect(script).toContain(`/v4.139.1/code-server-4.139.1-linux-${architecture}.tar.gz\n`);
    expect(script).toMatch(/echo "[0-9a-f]{64} {2}\$file" \| sha256sum -c -\n/);
  });

  test('has a password for each seat, under a name of its own', () => {
    const stack = stackIn(PARIS);
    const fleet = new WorkshopFleet(stack, 'Fleet', { seatNames: ['a-b', 'ab', 'me@example.com'], ...browserIde() });
    const names = fleet.seatNames.map(seat => /--name (\S+)/.exec(text(stack, fleet.connectCommands(seat)[0]))![1]);
    expect(new Set(names).size).toBe(3);
    names.forEach(name => expect(name).toMatch(/^\/cdk-workshop-instance\/<AWS::StackName>\/[A-Za-z0-9]+$/));
  });

  test('is of the default user of the family, or of another', () => {
    const machineImage = AmiSelector.latest(AmiFamily.UBUNTU_24_04);
    expect(userDataOf(workshop(() => ({ machineImage, ...browserIde() })))).toContain('User=ubuntu');
    expect(userDataOf(workshop(() => ({ machineImage, access: [WorkshopAccess.browserIde({ user: 'student' })] })))).toContain('User=student');
  });

  test.each([AmiFamily.AMAZON_LINUX_2, AmiFamily.WINDOWS_SERVER_2022, AmiFamily.FREEBSD_15])('is refused on %s, which it does not run on', family => {
    expect(() => workshop(() => ({ machineImage: AmiSelector.latest(family), ...browserIde() }))).toThrow(
      `WorkshopAccess.browserIde() needs a Linux with systemd and glibc 2.28, known to the catalog, which ${family} does not have`);
  });

  test.each<[string, ec2.IMachineImage]>([
    ['of an AmiSelector', AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }, { rootDeviceName: '/dev/xvda' })],
    ['of aws-cdk-lib', ec2.MachineImage.latestAmazonLinux2023()],
  ])('is refused for an image %s of which no family is known', (_, machineImage) => {
    expect(() => workshop(() => ({ machineImage, ...browserIde() }))).toThrow('known to the catalog, which this image does not have');
  });
});

describe('a port of the workshop', () => {
  test.each([
    [WorkshopAccess.http(80, { allowFrom: [OFFICE] }), 80, 80, 'http://<PublicIp>'],
    [WorkshopAccess.http(8080, { allowFrom: [OFFICE] }), 8080, 8080, 'http://<PublicIp>:8080'],
    [WorkshopAccess.https(443, { allowFrom: [OFFICE] }), 443, 443, 'https://<PublicIp>'],
    [WorkshopAccess.https(8443, { allowFrom: [OFFICE] }), 8443, 8443, 'https://<PublicIp>:8443'],
    [WorkshopAccess.tcp(5432, { allowFrom: [OFFICE] }), 5432, 5432, '<PublicIp>:5432'],
    [WorkshopAccess.tcp(5900, { allowFrom: [OFFICE], toPort: 5910 }), 5900, 5910, '<PublicIp>:5900-5910'],
  ])('is open to the peers that are named, and an address for a browser is printed of a page only (%#)', (access, from, to, line) => {
    const { stack, instance, template: rendered } = workshop(() => ({ access: [access] }));
    expect(ingress(rendered)).toMatchObject([{ CidrIp: '203.0.113.0/24', IpProtocol: 'tcp', FromPort: from, ToPort: to }]);
    expect(text(stack, instance.connectCommand)).toBe(line);
  });

  test('fails where a range ends before it begins', () => {
    expect(() => WorkshopAccess.tcp(5910, { allowFrom: [OFFICE], toPort: 5900 })).toThrow(
      'WorkshopAccess.tcp(5910): toPort 5900 comes before 5910; write the lower port first.');
  });

  test.each([0, 65536, 80.5, -1])('fails for %d, which is none', port => {
    expect(() => WorkshopAccess.http(port, { allowFrom: [OFFICE] })).toThrow(
      `WorkshopAccess.http(${port}): ${port} is not a port; write a whole number from 1 to 65535.`);
  });

  test('fails for the whole internet', () => {
    expect(() => WorkshopAccess.http(80, { allowFrom: [ec2.Peer.anyIpv4()] })).toThrow('WorkshopAccess.http(80): allowFrom has 0.0.0.0/0');
  });
});

describe('several at once', () => {
  test('print a line for each, in their order, and one page of the console', () => {
    const { stack, instance, template: rendered } = workshop(scope => ({
      access: [
        WorkshopAccess.http(80, { allowFrom: [OFFICE] }),
        WorkshopAccess.ssh({ keyPair: keyPair(scope), allowFrom: [OFFICE] }),
        WorkshopAccess.instanceConnectEndpoint(),
        WorkshopAccess.sessionManager(),
      ],
    }));
    expect(instance.connectCommands.map(command => text(stack, command).split(' ')[0])).toEqual(['http://<PublicIp>', 'ssh', 'aws', 'aws']);
    expect(instance.connectCommand).toBe(instance.connectCommands[0]);
    for (const value of [...instance.connectCommands, instance.consoleUrl, instance.instance.instanceId]) {
      rendered.hasOutput('*', { Value: stack.resolve(value) });
    }
    expect(Object.keys(rendered.toJSON().Outputs)).toHaveLength(6);
  });

  test('are the same as one where they repeat', () => {
    const access = () => WorkshopAccess.http(80, { allowFrom: [OFFICE] });
    expect(workshop(() => ({ access: [access(), access()] })).template.toJSON()).toEqual(workshop(() => ({ access: [access()] })).template.toJSON());
  });

  test('fail where there is none', () => {
    expect(() => workshop(() => ({ access: [] }))).toThrow(
      'Stack/Workshop: access is empty, so that nobody can get in; leave it out for WorkshopAccess.sessionManager().');
  });
});

describe('the page of the console', () => {
  test.each([
    ['eu-west-3', 'console.aws.amazon.com'], ['cn-north-1', 'console.amazonaws.cn'], ['us-gov-west-1', 'console.amazonaws-us-gov.com'],
    ['eusc-de-east-1', 'console.amazonaws-eusc.eu'],
  ])('of %s is in the partition of the region', (region, host) => {
    const { stack, instance } = workshop(undefined, { account: '123456789012', region });
    expect(text(stack, instance.consoleUrl)).toBe(`https://${region}.${host}/systems-manager/session-manager/<Id>?region=${region}`);
  });

  test('of an agnostic stack is chosen at deployment, and falls back on the partition aws', () => {
    const { stack, instance, template: rendered } = workshop(undefined, {});
    const conditions = rendered.toJSON().Conditions;
    const [china, gov, sovereign] = ['aws-cn', 'aws-us-gov', 'aws-eusc'].map(partition =>
      Object.keys(conditions).find(id => JSON.stringify(conditions[id]) === JSON.stringify({ 'Fn::Equals': [{ Ref: 'AWS::Partition' }, partition] })));
    const host = stack.resolve(instance.consoleUrl)['Fn::Join'][1].find((part: any) => part['Fn::If']);
    const inChina = { 'Fn::If': [china, 'console.amazonaws.cn', 'console.aws.amazon.com'] };
    const inGov = { 'Fn::If': [gov, 'console.amazonaws-us-gov.com', inChina] };
    expect(host).toEqual({ 'Fn::If': [sovereign, 'console.amazonaws-eusc.eu', inGov] });
  });

  test('is there without outputs, and to read it adds nothing to the stack', () => {
    const stack = stackIn({});
    const { consoleUrl } = new WorkshopInstance(stack, 'Workshop', { outputs: false });
    const before = stack.node.findAll().length;
    expect(JSON.stringify(stack.resolve(consoleUrl))).toContain('/systems-manager/session-manager/');
    expect(stack.node.findAll()).toHaveLength(before);
  });
});

describe('an operating system that cannot serve the way in', () => {
  const SSH = 'WorkshopAccess.ssh with allowFrom';
  const RDP = 'WorkshopAccess.rdp with allowFrom';
  const WITH_KEY = 'WorkshopAccess.instanceConnectEndpoint with keyPair';
  const ssh = (stack: Stack) => [WorkshopAccess.ssh({ keyPair: keyPair(stack), allowFrom: [OFFICE] })];
  const endpoint = () => [WorkshopAccess.instanceConnectEndpoint()];

  test.each<[AmiFamily, (stack: Stack) => WorkshopAccess[], string]>([
    [AmiFamily.ROCKY_9, endpoint,
      'WorkshopAccess.instanceConnectEndpoint() needs EC2 Instance Connect, which AmiFamily.ROCKY_9 does not have; use '
      + `WorkshopAccess.sessionManager() or ${WITH_KEY} or ${SSH}.`],
    [AmiFamily.WINDOWS_SERVER_2022, ssh,
      'WorkshopAccess.ssh() needs an SSH server, which AmiFamily.WINDOWS_SERVER_2022 does not have; use '
      + `WorkshopAccess.sessionManager() or ${RDP}.`],
    [AmiFamily.WINDOWS_SERVER_2022, endpoint,
      'WorkshopAccess.instanceConnectEndpoint() needs an SSH server, which AmiFamily.WINDOWS_SERVER_2022 does not have; use '
      + `WorkshopAccess.sessionManager() or ${RDP}.`],
    [AmiFamily.BOTTLEROCKET_ECS_2, ssh,
      'WorkshopAccess.ssh() needs an SSH server, which AmiFamily.BOTTLEROCKET_ECS_2 does not have; use WorkshopAccess.sessionManager().'],
  ])('fails: %s', (family, access, message) => {
    expect(() => workshop(stack => ({ machineImage: AmiSelector.latest(family), access: access(stack) }))).toThrow(`Stack/Workshop: ${message}`);
  });

  test('fails for a Windows image of aws-cdk-lib', () => {
    const machineImage = ec2.MachineImage.latestWindows(ec2.WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE);
    expect(() => workshop(stack => ({ machineImage, access: ssh(stack) }))).toThrow('which this image does not have; use WorkshopAccess.rdp with allowFrom.');
  });

  test.each([
    AmiFamily.ALPINE_3_24,
    AmiFamily.custom({
      name: 'Golden',
      publisher: 'Us',
      owners: {},
      ssmAgent: false,
      images: [{ architecture: ec2.InstanceArchitecture.X86_64, rootDevice: RootDevice.EBS, parameterName: '/golden' }],
    }),
  ])('fails where %s has no agent, and none is packaged', family => {
    expect(() => workshop(() => ({ machineImage: AmiSelector.latest(family) }))).toThrow(
      `Stack/Workshop: WorkshopAccess.sessionManager() needs the SSM agent, which ${family} does not have; use ${WITH_KEY} or ${SSH}.`);
  });

  test('is only warned of where it is not known', () => {
    const { stack } = workshop(() => ({ machineImage: AmiSelector.latest(AmiFamily.FREEBSD_15) }));
    expect(warnings(stack)).toContainEqual(expect.stringMatching(
      /needs the SSM agent, and it is not known whether AmiFamily.FREEBSD_15 has it; .* works\..*\[ack: cdk-workshop-instance:accessNotKnownToWork\]/));
  });

  test.each([['an AmiSelector', AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }, { rootDeviceName: '/dev/xvda' })]])(
    'is no matter for %s without a family', (_, machineImage) => {
      expect(warnings(workshop(() => ({ machineImage })).stack)).toEqual([]);
      workshop(stack => ({ machineImage, access: [...ssh(stack), ...endpoint()] }));
    });
});

test('works in an agnostic stack, with the same template whatever feature flags there are', () => {
  const [none, all] = [{}, jest.requireActual('aws-cdk-lib/recommended-feature-flags.json')].map(context => {
    const stack = stackIn(undefined, { context });
    const access = [
      WorkshopAccess.sessionManager(), WorkshopAccess.instanceConnectEndpoint(),
      WorkshopAccess.ssh({ keyPair: keyPair(stack), allowFrom: [OFFICE] }), WorkshopAccess.http(80, { allowFrom: [OFFICE] }),
    ];
    new WorkshopInstance(stack, 'Workshop', { access });
    return template(stack);
  });
  expect(all).toEqual(none);
});
