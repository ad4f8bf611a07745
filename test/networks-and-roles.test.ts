import { App, Aspects, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AL2_ID, errors, PARIS, template, warnings } from './app';
import { AmiFamily, AmiSelector, WorkshopAccess, WorkshopFleet, WorkshopFleetProps, WorkshopInstance, WorkshopInstanceProps } from '../src';

const OFFICE = { allowFrom: [ec2.Peer.ipv4('203.0.113.0/24')] };
const PERMISSIONS = 'ssm:UpdateInstanceInformation, ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel, '
  + 'ssmmessages:OpenDataChannel';

const lookedUp = (stack: Stack) => ec2.Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-1' });
const imported = (stack: Stack, subnets: Partial<ec2.VpcAttributes>) =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-3a'], ...subnets });
const inApp = (stack: Stack, subnet: Partial<ec2.SubnetConfiguration>, props: ec2.VpcProps = { natGateways: 0 }) => new ec2.Vpc(stack, 'Vpc', {
  ...props,
  availabilityZones: ['eu-west-3a'],
  restrictDefaultSecurityGroup: false,
  subnetConfiguration: [
    ...props.natGateways === undefined ? [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }] : [],
    { name: 'mine', subnetType: ec2.SubnetType.PUBLIC, ...subnet },
  ],
});
const isolated = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
const imageOf = (family: AmiFamily) => AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }, { family, rootDeviceName: '/dev/xvda' });
const privately = (stack: Stack) => {
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  return { vpc: inApp(stack, vpcSubnets, {}), vpcSubnets };
};
const MINIMAL = AmiFamily.AMAZON_LINUX_2023_MINIMAL;
const { SSM, SSM_MESSAGES, CLOUDFORMATION } = ec2.InterfaceVpcEndpointAwsService;
const reach = (vpc: ec2.IVpc, ...services: ec2.InterfaceVpcEndpointAwsService[]) =>
  services.forEach(service => vpc.addInterfaceEndpoint(service.shortName, { service }));
const reachS3 = (vpc: ec2.IVpc, subnets?: ec2.SubnetSelection[]) => vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3, subnets });
const role = (stack: Stack, options?: iam.FromRoleArnOptions) => iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${PARIS.account}:role/theirs`, options);
const group = (stack: Stack, options?: ec2.SecurityGroupImportOptions) => ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1', options);
const init = () => ec2.CloudFormationInit.fromElements(ec2.InitCommand.shellCommand('true'));

interface Surroundings {
  readonly title: string;
  readonly props: (stack: Stack) => WorkshopInstanceProps | WorkshopFleetProps;
  /** More of the app, once the construct is there. */
  readonly and?: (made: WorkshopInstance | WorkshopFleet, stack: Stack) => void;
  readonly before?: (app: App) => void;
  readonly throws?: string;
  readonly errors?: string[];
  /** Id → text. */
  readonly warnings?: Record<string, string>;
}

const FROM_THE_INTERNET = {
  publicPeerOfPrivateSubnet: '203.0.113.0/24 on the internet cannot reach an instance in a subnet that is private, so that WorkshopAccess.http(80) lets nobody in; choose a '
    + 'public subnet, or name the private addresses that peers have when they come by VPN or peering.',
};

const WORKS: Surroundings[] = [
  { title: 'a VPC that is looked up', props: stack => ({ vpc: lookedUp(stack) }) },
  {
    title: 'an isolated subnet with the endpoints of Systems Manager',
    props: stack => ({ vpc: inApp(stack, isolated) }),
    and: ({ vpc }) => reach(vpc, SSM, SSM_MESSAGES),
  },
  {
    title: 'an isolated subnet with the endpoints of Systems Manager, and of S3 for the agent and the helper scripts of Amazon Linux',
    props: stack => ({ vpc: inApp(stack, isolated), machineImage: AmiSelector.latest(MINIMAL), init: init() }),
    and: ({ vpc }) => {
      reach(vpc, SSM, SSM_MESSAGES, CLOUDFORMATION);
      reachS3(vpc);
    },
  },
  {
    title: 'the same of S3, made before the instance, for the agent of Debian',
    props: stack => {
      const vpc = inApp(stack, isolated);
      reach(vpc, SSM, SSM_MESSAGES);
      reachS3(vpc, [{ subnetGroupName: 'mine' }]);
      return { seats: 2, vpc, machineImage: imageOf(AmiFamily.DEBIAN_13) };
    },
  },
  {
    title: 'an interface endpoint of S3 with the names of S3',
    props: stack => ({ vpc: inApp(stack, isolated), machineImage: AmiSelector.latest(MINIMAL) }),
    and: ({ vpc }) => {
      reach(vpc, SSM, SSM_MESSAGES);
      vpc.addInterfaceEndpoint('S3', { service: ec2.InterfaceVpcEndpointAwsService.S3, privateDnsEnabled: true });
    },
  },
  {
    title: 'an isolated subnet that is imported, for what is in S3',
    props: stack => ({
      vpc: imported(stack, { isolatedSubnetIds: ['subnet-1'], isolatedSubnetRouteTableIds: ['rtb-1'] }), machineImage: AmiSelector.latest(MINIMAL), init: init(),
    }),
  },
  {
    title: 'a port of an isolated subnet, for peers of the VPC',
    props: stack => ({ vpc: inApp(stack, isolated), access: [WorkshopAccess.http(80, { allowFrom: [ec2.Peer.ipv4('10.0.0.0/8')] })] }),
  },
  {
    title: 'peers of whom some can connect',
    props: () => ({ access: [WorkshopAccess.http(80, { allowFrom: [ec2.Peer.ipv4('203.0.113.0/24'), ec2.Peer.ipv4('192.168.1.0/24')] })] }),
  },
  {
    title: 'a subnet of which nothing is known',
    props: stack => ({
      vpc: imported(stack, { publicSubnetIds: ['subnet-1'], publicSubnetRouteTableIds: ['rtb-1'] }),
      vpcSubnets: {
        subnets: [ec2.Subnet.fromSubnetAttributes(stack, 'Subnet', { subnetId: 'subnet-2', availabilityZone: 'eu-west-3a', routeTableId: 'rtb-2' })],
      },
      access: [WorkshopAccess.http(80, OFFICE)],
    }),
  },
  {
    title: 'addresses that an aspect of the app has the subnet give',
    props: stack => ({ vpc: inApp(stack, { mapPublicIpOnLaunch: false }) }),
    and: made => Aspects.of((made as WorkshopInstance).instance.instance).add({
      visit: () => {
        (made.vpc.publicSubnets[0].node.defaultChild as ec2.CfnSubnet).mapPublicIpOnLaunch = true;
      },
    }),
  },
  { title: 'an isolated subnet that is imported', props: stack => ({ vpc: imported(stack, { isolatedSubnetIds: ['subnet-1'], isolatedSubnetRouteTableIds: ['rtb-1'] }) }) },
  {
    title: 'a private subnet with a NAT gateway',
    props: privately,
  },
  {
    title: 'ids that only the deployment knows',
    props: stack => ({
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: Fn.importValue('vpc'),
        availabilityZones: ['eu-west-3a'],
        publicSubnetIds: [new CfnParameter(stack, 'Subnet').valueAsString],
        publicSubnetRouteTableIds: ['rtb-1'],
      }),
      access: [WorkshopAccess.instanceConnectEndpoint()],
    }),
  },
  {
    title: 'a public subnet without addresses, and an Elastic IP address',
    props: stack => ({ vpc: inApp(stack, { mapPublicIpOnLaunch: false }) }),
    and: (made, stack) => {
      new ec2.CfnEIP(stack, 'Address', { instanceId: (made as WorkshopInstance).instance.instanceId });
    },
  },
  {
    title: 'an Elastic IP address that others made',
    props: () => ({}),
    and: (made, stack) => {
      new ec2.CfnEIPAssociation(stack, 'Association', { allocationId: 'eipalloc-1', instanceId: (made as WorkshopInstance).instance.instanceId });
    },
  },
  {
    title: 'a public subnet without addresses, and associatePublicIpAddress',
    props: stack => ({
      vpc: inApp(stack, { mapPublicIpOnLaunch: false }),
      associatePublicIpAddress: true,
    }),
  },
  {
    title: 'a security group that is given its rule later',
    props: stack => {
      const vpc = inApp(stack, {});
      return { vpc, securityGroup: new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false }) };
    },
    and: ({ connections }) => connections.allowToAnyIpv4(ec2.Port.HTTPS),
  },
  {
    title: 'a security group that may reach a proxy alone',
    props: stack => {
      const vpc = inApp(stack, {});
      return { vpc, securityGroup: new ec2.SecurityGroup(stack, 'Mine', { vpc, allowAllOutbound: false }) };
    },
    and: ({ connections }, stack) => connections.allowTo(group(stack), ec2.Port.HTTPS),
  },
  {
    title: 'a security group that lets nothing out, by a port alone',
    props: stack => {
      const vpc = inApp(stack, {});
      return { vpc, securityGroup: new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false }), access: [WorkshopAccess.http(80, OFFICE)] };
    },
  },
  { title: 'an imported security group of which others say what it lets out', props: stack => ({ securityGroup: group(stack, { allowAllOutbound: false }) }) },
  {
    title: 'machines of the VPC as peers of a private subnet, by their security group',
    props: stack => ({ ...privately(stack), access: [WorkshopAccess.http(80, { allowFrom: [group(stack)] })] }),
  },
  { title: 'an imported role', props: stack => ({ role: role(stack) }) },
  { title: 'an imported security group', props: stack => ({ securityGroup: group(stack), access: [WorkshopAccess.http(80, OFFICE)] }) },
  { title: 'an imported security group that is not mutable, where no port is to be open', props: stack => ({ securityGroup: group(stack, { mutable: false }) }) },
  { title: 'the endpoint that the VPC has', props: stack => ({ vpc: lookedUp(stack), access: [WorkshopAccess.instanceConnectEndpoint({ endpointSecurityGroup: group(stack) })] }) },
  { title: 'roles that others make', props: () => ({}), before: app => iam.Role.customizeRoles(app, { usePrecreatedRoles: { 'Stack/Workshop/Role': 'theirs' } }) },
  {
    title: 'a permissions boundary',
    props: () => ({}),
    and: made =>
      iam.PermissionsBoundary.of(made).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess')),
  },
];

const NO_ADDRESS = 'the instance is in a public subnet and gets no public address, so that it does not reach the internet, nor the internet the instance: ';
const GIVE_ONE = ' cannot work; say associatePublicIpAddress: true, choose a subnet that gives addresses, or attach an Elastic IP address.';

const MUST_DOWNLOAD = ' must download what the image lacks, and the subnet is isolated; choose an image that has it, or a subnet with a way to the internet';
const NOT_IN_S3 = `${MUST_DOWNLOAD}.`;
const OR_S3 = `${MUST_DOWNLOAD}, or add the gateway endpoint of S3, where it is, with vpc.addGatewayEndpoint.`;

const FALLS_SHORT: Surroundings[] = [
  {
    title: 'a zone of a VPC before it is looked up',
    props: stack => ({ vpc: lookedUp(stack), availabilityZones: ['eu-west-3b'] }),
    errors: ['the VPC has no subnet that {"subnetType":"Public","availabilityZones":["eu-west-3b"]} selects; choose others.'],
  },
  {
    title: 'zones of a fleet in a VPC before it is looked up',
    props: stack => ({ seats: 2, vpc: lookedUp(stack), availabilityZones: ['eu-west-3a', 'eu-west-3b'] }),
    errors: ['the VPC has no subnet that {"subnetType":"Public","availabilityZones":["eu-west-3a","eu-west-3b"]} selects; choose others.'],
  },
  {
    title: 'the zone of a seat in a VPC before it is looked up',
    props: stack => ({ seatNames: ['red'], vpc: lookedUp(stack), seatAvailabilityZones: { red: 'eu-west-3b' } }),
    errors: ['seatAvailabilityZones puts "red" into "eu-west-3b", where the fleet has no subnet, only in dummy1a, dummy1b; add it to availabilityZones, or name one of these.'],
  },
  {
    title: 'a filter of a VPC before it is looked up',
    props: stack => ({
      vpc: lookedUp(stack),
      associatePublicIpAddress: true,
      vpcSubnets: { subnetFilters: [ec2.SubnetFilter.byIds(['subnet-9'])] },
      access: [WorkshopAccess.instanceConnectEndpoint()],
    }),
    errors: ['the VPC has no subnet that {"subnetFilters":[{"subnetIds":["subnet-9"]}]} selects; choose others.'],
  },
  {
    title: 'no subnet for the endpoint',
    props: stack => ({ vpc: inApp(stack, {}), vpcSubnets: { subnets: [] }, access: [WorkshopAccess.instanceConnectEndpoint()] }),
    errors: ['the VPC has no subnet that {"subnets":[]} selects; choose others.'],
  },
  {
    title: 'a list of subnets of unknown length',
    props: stack => ({ vpc: imported(stack, { privateSubnetIds: Fn.split(',', Fn.importValue('subnets')) }) }),
    throws: 'Stack/Workshop: the subnets of the VPC are a list whose length only the deployment knows; import it with one id for each subnet, such as Fn.importValue or '
      + 'Fn.select give it.',
  },
  {
    title: 'a list of subnets of unknown length, of which none is selected',
    props: stack => ({
      vpc: imported(stack, { privateSubnetIds: Fn.split(',', Fn.importValue('subnets')) }),
      availabilityZones: ['eu-west-3z'],
    }),
    throws: 'Stack/Workshop: the subnets of the VPC are a list whose length only the deployment knows; import it with one id for each subnet, such as Fn.importValue or '
      + 'Fn.select give it.',
  },
  {
    title: 'a public subnet without addresses, by Session Manager and init',
    props: stack => ({
      vpc: inApp(stack, { mapPublicIpOnLaunch: false }),
      machineImage: AmiSelector.latest(AmiFamily.UBUNTU_24_04),
      init: init(),
    }),
    warnings: { noPublicAddress: `${NO_ADDRESS}WorkshopAccess.sessionManager() and init${GIVE_ONE}` },
  },
  {
    title: 'a public subnet without addresses, by a port',
    props: stack => ({ vpc: inApp(stack, { mapPublicIpOnLaunch: false }), access: [WorkshopAccess.http(80, OFFICE)] }),
    warnings: { noPublicAddress: `${NO_ADDRESS}WorkshopAccess.http(80)${GIVE_ONE}` },
  },
  {
    title: 'no public address by the instance itself',
    props: () => ({ associatePublicIpAddress: false }),
    warnings: { noPublicAddress: `${NO_ADDRESS}WorkshopAccess.sessionManager()${GIVE_ONE}` },
  },
  {
    title: 'an isolated subnet',
    props: stack => ({ vpc: inApp(stack, isolated), machineImage: AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023_MINIMAL) }),
    warnings: {
      noSystemsManagerEndpoint: 'the subnet is isolated, and the VPC has no endpoints for Systems Manager, so that WorkshopAccess.sessionManager() cannot work; add the '
        + 'interface endpoints ssm and ssmmessages with vpc.addInterfaceEndpoint, or choose a subnet with a way to the internet.',
      noDownload: `WorkshopAccess.sessionManager()${OR_S3}`,
    },
  },
  {
    title: 'an isolated subnet with one of the endpoints of Systems Manager, and the other in another VPC',
    props: stack => ({ vpc: inApp(stack, isolated) }),
    and: ({ vpc }, stack) => {
      reach(vpc, SSM);
      reach(new ec2.Vpc(stack, 'Other', { natGateways: 0, restrictDefaultSecurityGroup: false }), SSM_MESSAGES);
    },
    warnings: {
      noSystemsManagerEndpoint: 'the subnet is isolated, and the VPC has no endpoints for Systems Manager, so that WorkshopAccess.sessionManager() cannot work; add the '
        + 'interface endpoints ssm and ssmmessages with vpc.addInterfaceEndpoint, or choose a subnet with a way to the internet.',
    },
  },
  {
    title: 'init in an isolated subnet',
    props: stack => ({ vpc: inApp(stack, isolated), init: init() }),
    and: ({ vpc }) => reach(vpc, SSM, SSM_MESSAGES),
    warnings: {
      noCloudFormationEndpoint: 'the subnet is isolated, and the VPC has no endpoint for CloudFormation, so that init is not read and the stack waits for its signal in vain; '
        + 'add the interface endpoint cloudformation with vpc.addInterfaceEndpoint, or choose a subnet with a way to the internet.',
    },
  },
  {
    title: 'init of one seat in a public subnet without addresses',
    props: stack => ({ seatNames: ['red', 'green'], vpc: inApp(stack, { mapPublicIpOnLaunch: false }), seatInit: { red: init() } }),
    and: ({ vpc }) => reach(vpc, SSM, SSM_MESSAGES),
    warnings: { noPublicAddress: `${NO_ADDRESS}init${GIVE_ONE}` },
  },
  ...([
    ['the helper scripts of Ubuntu, which take PyPI', AmiFamily.UBUNTU_24_04, 'init'],
    ['the agent of Rocky Linux, as dnf asks its own repositories first', AmiFamily.ROCKY_9, 'WorkshopAccess.sessionManager() and init'],
  ] as const).map(([what, family, calls]): Surroundings => ({
    title: `an endpoint of S3 for ${what}`,
    props: stack => ({ vpc: inApp(stack, isolated), machineImage: imageOf(family), init: init() }),
    and: ({ vpc }) => {
      reach(vpc, SSM, SSM_MESSAGES, CLOUDFORMATION);
      reachS3(vpc);
    },
    warnings: { noDownload: `${calls}${NOT_IN_S3}` },
  })),
  {
    title: 'no endpoint of S3, for what is there and what is elsewhere',
    props: stack => ({ vpc: inApp(stack, isolated), machineImage: imageOf(AmiFamily.DEBIAN_13), init: init() }),
    and: ({ vpc }) => reach(vpc, SSM, SSM_MESSAGES, CLOUDFORMATION),
    warnings: { noDownload: `WorkshopAccess.sessionManager() and init${NOT_IN_S3}` },
  },
  {
    title: 'a public subnet without addresses, by peers of the VPC and init',
    props: stack => ({
      vpc: inApp(stack, { mapPublicIpOnLaunch: false }),
      machineImage: AmiSelector.latest(AmiFamily.UBUNTU_24_04),
      init: init(),
      access: [WorkshopAccess.http(80, { allowFrom: [ec2.Peer.ipv4('10.0.0.0/8')] })],
    }),
    warnings: { noPublicAddress: `${NO_ADDRESS}init${GIVE_ONE}` },
  },
  {
    title: 'an endpoint of S3 for an editor in the browser, which is on GitHub',
    props: stack => ({ vpc: inApp(stack, isolated), access: [WorkshopAccess.browserIde()] }),
    and: ({ vpc }) => {
      reach(vpc, SSM, SSM_MESSAGES);
      reachS3(vpc);
    },
    warnings: { noDownload: `WorkshopAccess.browserIde()${NOT_IN_S3}` },
  },
  {
    title: 'an endpoint of S3 for other subnets',
    props: stack => ({ vpc: inApp(stack, isolated, {}), vpcSubnets: isolated, machineImage: AmiSelector.latest(MINIMAL) }),
    and: ({ vpc }) => {
      reach(vpc, SSM, SSM_MESSAGES);
      reachS3(vpc, [{ subnetType: ec2.SubnetType.PUBLIC }]);
    },
    warnings: { noDownload: `WorkshopAccess.sessionManager()${OR_S3}` },
  },
  {
    title: 'an endpoint of S3 in another VPC, and one of DynamoDB',
    props: stack => ({ vpc: inApp(stack, isolated), machineImage: AmiSelector.latest(MINIMAL) }),
    and: ({ vpc }, stack) => {
      reach(vpc, SSM, SSM_MESSAGES);
      vpc.addGatewayEndpoint('DynamoDB', { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB });
      reachS3(new ec2.Vpc(stack, 'Other', { natGateways: 0, restrictDefaultSecurityGroup: false }));
    },
    warnings: { noDownload: `WorkshopAccess.sessionManager()${OR_S3}` },
  },
  {
    title: 'a security group that lets nothing out',
    props: stack => {
      const vpc = inApp(stack, {});
      return { vpc, securityGroup: new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false }) };
    },
    warnings: {
      noEgress: 'the security group lets nothing out, so that WorkshopAccess.sessionManager() cannot work; allow at least ec2.Port.HTTPS with addEgressRule, or '
    + 'leave allowAllOutbound: false out.',
    },
  },
  {
    title: 'a security group that lets nothing out, for what is downloaded',
    props: stack => {
      const vpc = inApp(stack, {});
      const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
      return { vpc, securityGroup, machineImage: AmiSelector.latest(AmiFamily.UBUNTU_24_04), init: init() };
    },
    warnings: {
      noEgress: 'the security group lets nothing out, so that WorkshopAccess.sessionManager() and init cannot work; allow at least ec2.Port.HTTPS with addEgressRule, or '
    + 'leave allowAllOutbound: false out.',
    },
  },
  {
    title: 'the internet as peer of a private subnet, in spite of an Elastic IP address',
    props: stack => ({ ...privately(stack), access: [WorkshopAccess.http(80, OFFICE)] }),
    and: (made, stack) => {
      new ec2.CfnEIP(stack, 'Address', { instanceId: (made as WorkshopInstance).instance.instanceId });
    },
    warnings: FROM_THE_INTERNET,
  },
  {
    title: 'the internet as peer of a private subnet',
    props: stack => ({ ...privately(stack), access: [WorkshopAccess.http(80, OFFICE)] }),
    warnings: FROM_THE_INTERNET,
  },
  {
    title: 'a private address as peer of a public one',
    props: () => ({ access: [WorkshopAccess.http(80, { allowFrom: [ec2.Peer.ipv4('192.168.1.0/24')] })] }),
    warnings: {
      privatePeerOfPublicAddress: 'the line of WorkshopAccess.http(80) names the public address of the instance, which nobody reaches from a private address such as '
      + '192.168.1.0/24; name the public addresses that peers have on the internet, or have them connect to the private address of the instance.',
    },
  },
  {
    title: 'a role that is not mutable',
    props: stack => ({ role: role(stack, { mutable: false }) }),
    warnings: {
      roleNotMutable: `role takes no permissions from this app, and nobody can connect unless it has ${PERMISSIONS}, most of which are in the managed policy `
      + 'AmazonSSMManagedInstanceCore; add to it what it lacks, or import it without mutable: false.',
    },
  },
  {
    title: 'a security group that is not mutable',
    props: stack => ({ securityGroup: group(stack, { mutable: false }), access: [WorkshopAccess.http(80, OFFICE)] }),
    warnings: {
      securityGroupNotMutable: 'WorkshopAccess.http(80) cannot open a port, as the security group Stack/Group takes no rules from this app; see that it has '
      + 'TCP 80 from 203.0.113.0/24, or import it without mutable: false.',
    },
  },
];

function stackWith({ props, and, before }: Surroundings): Stack {
  const app = new App({ analyticsReporting: false });
  before?.(app);
  const stack = new Stack(app, 'Stack', { env: PARIS });
  const given = props(stack);
  const made = 'seats' in given || 'seatNames' in given ? new WorkshopFleet(stack, 'Workshop', given) : new WorkshopInstance(stack, 'Workshop', given);
  and?.(made, stack);
  return stack;
}

test.each(WORKS.map(each => [each.title, each] as const))('works, without a word: %s', (_, each) => {
  const stack = stackWith(each);
  expect([...errors(stack), ...warnings(stack)]).toEqual([]);
  expect(Object.values<any>(template(stack).Resources).some(({ Type }) => Type === 'AWS::EC2::Instance')).toBe(true);
});

test.each(FALLS_SHORT.map(each => [each.title, each] as const))('falls short, and says how: %s', (_, each) => {
  if (each.throws) {
    expect(() => stackWith(each)).toThrow(each.throws);
    return;
  }
  const stack = stackWith(each);
  expect(errors(stack)).toEqual(each.errors ?? []);
  expect(warnings(stack)).toEqual(Object.entries(each.warnings ?? {}).map(([id, text]) => `${text} [ack: cdk-workshop-instance:${id}]`));
});

test('an Elastic IP address is in the lines, however it is attached', () => {
  for (const attach of [
    (stack: Stack, instanceId: string) => new ec2.CfnEIP(stack, 'Address', { instanceId }),
    (stack: Stack, instanceId: string) => {
      const address = new ec2.CfnEIP(stack, 'Address');
      new ec2.CfnEIPAssociation(stack, 'Association', { allocationId: address.attrAllocationId, instanceId });
    },
  ]) {
    const stack = stackWith({
      title: '',
      props: () => ({ access: [WorkshopAccess.http(80, OFFICE)] }),
      and: (made, scope) =>
        void attach(scope, (made as WorkshopInstance).instance.instanceId),
    });
    expect(Object.values<any>(template(stack).Outputs).map(({ Value }) => Value)).toContainEqual({ 'Fn::Join': ['', ['http://', { Ref: 'Address' }]] });
  }
});

test('an Elastic IP address of a nested stack is not in the lines', () => {
  const stack = stackWith({
    title: '',
    props: () => ({ access: [WorkshopAccess.http(80, OFFICE)] }),
    and: (made, scope) => {
      new ec2.CfnEIP(new NestedStack(scope, 'Nested'), 'Address', { instanceId: (made as WorkshopInstance).instance.instanceId });
    },
  });
  expect(JSON.stringify(template(stack).Outputs)).not.toContain('Nested');
});
