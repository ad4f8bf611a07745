import { App, AppProps, CfnParameter, Duration, Environment, Fn, Lazy, NestedStack, Size, Stack, Stage, TimeZone, Token } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as fc from 'fast-check';
import * as library from '../src';

// Apps as anybody may write them: all constructs, selectors and options, with tokens and imported things, and with what is not meant.
const { AllowedAmis, AmazonLinuxRelease, AmiChecks, AmiFamily, AmiSelector, AmiUpdates, AutoStart, AutoStop, AutoStopAction }: any = library;
const { RootDevice, UserDataFormat, WorkshopAccess, WorkshopBudget, WorkshopFleet, WorkshopInstance }: any = library;
const ID = 'ami-01fde5e5b31e98551';

/** Values are made for a stack, and again for each run: what CDK makes belongs to one app. */
type Make<T = any> = (stack: Stack) => T;
const just = (...values: unknown[]): fc.Arbitrary<Make> => fc.constantFrom(...values.map(value => () => value));
const made = (...makes: Make[]): fc.Arbitrary<Make> => fc.constantFrom(...makes);
const JUNK = just(null, 5, -1, 0.5, '', 'x', {}, [], ['x'], [null], true, () => 1, NaN, ec2.InstanceType);

/** Mostly what is meant, sometimes anything. */
const mostly = (arbitrary: fc.Arbitrary<Make>): fc.Arbitrary<Make> => fc.oneof({ weight: 60, arbitrary }, { weight: 1, arbitrary: JUNK });

/** Some of the properties, and those that are required. */
function struct(properties: Record<string, fc.Arbitrary<Make>>, requiredKeys: string[] = []): fc.Arbitrary<Make> {
  const optional = Object.keys(properties).filter(key => !requiredKeys.includes(key));
  return fc.subarray(optional, { maxLength: Math.min(optional.length, 4) })
    .chain(keys => fc.record(Object.fromEntries([...requiredKeys, ...keys].map(key => [key, mostly(properties[key])]))))
    .map(makes => stack => Object.fromEntries(Object.entries(makes).map(([key, make]) => [key, make(stack)])));
}

const list = (of: fc.Arbitrary<Make>, maxLength = 3): fc.Arbitrary<Make> =>
  fc.array(of, { maxLength }).map(makes => (stack: Stack) => makes.map(make => make(stack)));

/** A method of a class, with its parameters. */
const call = (type: any, method: string, ...parameters: fc.Arbitrary<Make>[]): fc.Arbitrary<Make> =>
  fc.tuple(...parameters).map(makes => (stack: Stack) => type[method](...makes.map(make => make(stack))));

/** A construct of the user, beside that of the library. */
const named = (name: string, make: (stack: Stack, id: string) => unknown): Make => stack => make(stack, `${name}${stack.node.children.length}`);

const TEXT: Make = named('Parameter', (stack, id) => new CfnParameter(stack, id).valueAsString);
const NUMBER: Make = named('Number', (stack, id) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber);
const TEXTS: Make = named('Texts', (stack, id) => new CfnParameter(stack, id, { type: 'CommaDelimitedList' }).valueAsList);
const LATER: Make = () => Lazy.string({ produce: () => 'later' });

const ARCHITECTURE = just(ec2.InstanceArchitecture.X86_64, ec2.InstanceArchitecture.ARM_64, 'amd64');
const ROOT = just(RootDevice.EBS, RootDevice.INSTANCE_STORE);
const USER_DATA = made(
  () => ec2.UserData.forLinux(), () => ec2.UserData.forWindows(), () => ec2.UserData.custom('#cloud-config\n{}'), () => ec2.UserData.custom('x = 1'),
  () => new ec2.MultipartUserData(), () => ec2.UserData.custom('AKIAABCDEFGHIJKLMNOP'), stack => ec2.UserData.custom(TEXT(stack)),
);
const FAMILY = fc.oneof(
  fc.constantFrom(...AmiFamily.all()).map(family => () => family),
  call(AmiFamily, 'custom', struct({
    name: just('Mine', ''),
    publisher: just('me'),
    owners: just({}, { aws: ['099720109477'] }, { aws: ['nobody'] }),
    images: list(struct({ architecture: ARCHITECTURE, rootDevice: ROOT, imageName: just('mine-*', '*'), parameterName: just('/mine') })),
    rootDeviceName: just('/dev/xvda'),
    osType: just(ec2.OperatingSystemType.LINUX, ec2.OperatingSystemType.WINDOWS),
    userDataFormat: just(...Object.values(UserDataFormat)),
    defaultUser: just('me'),
    endOfSupport: just('2020-01-01', '2030-01-01', 'soon'),
    successor: just(AmiFamily.UBUNTU_24_04),
  }, ['name', 'owners', 'images'])),
  call(AmiFamily, 'amazonLinux', struct({
    release: just(...Object.values(AmazonLinuxRelease)),
    edition: just(ec2.AmazonLinuxEdition.MINIMAL),
    kernel: just('6.1', '6.18', '5'),
    virtualization: just(ec2.AmazonLinuxVirt.PV),
    storage: just(ec2.AmazonLinuxStorage.GENERAL_PURPOSE, ec2.AmazonLinuxStorage.S3),
  }, ['release'])),
);
const SELECTOR = {
  architecture: ARCHITECTURE, rootDevice: ROOT, userData: USER_DATA, updates: just(...Object.values(AmiUpdates)), cacheKey: just('mine'), parameterVersion: just(1, 3),
};
const KNOWN = { ...SELECTOR, family: FAMILY, rootDeviceName: just('/dev/xvda', '/dev/sda1') };

/** What CDK itself offers, of which the library knows nothing. */
const BARE = made(
  () => ec2.MachineImage.latestAmazonLinux2023(), () => ec2.MachineImage.genericLinux({ 'eu-west-3': ID, 'cn-north-1': ID }),
  () => ec2.MachineImage.fromSsmParameter('/my/ami'), () => ec2.MachineImage.latestWindows(ec2.WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE),
);
const IMAGE = fc.oneof(
  { weight: 3, arbitrary: call(AmiSelector, 'latest', mostly(FAMILY), struct(SELECTOR)) },
  {
    weight: 3,
    arbitrary: call(AmiSelector, 'genericLinux', mostly(fc.oneof(
      just({}, { 'eu-west-3': ID }, { 'us-east-1': ID }, { 'eu-west-3': ID, 'cn-north-1': ID }, { 'eu-west-3': 'ami-1' }, { [ID]: 'eu-west-3' }),
      made(stack => ({ 'eu-west-3': TEXT(stack) }), stack => ({ 'eu-west-3': ec2.MachineImage.latestAmazonLinux2023().getImage(stack).imageId })),
    )), struct(KNOWN)),
  },
  {
    weight: 3,
    arbitrary: call(AmiSelector, 'fromSsmParameter', mostly(fc.oneof(
      just('/my/ami', '/my/ami:3', ID, '/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-arm64-gp2'), made(TEXT, LATER),
    )), struct(KNOWN)),
  },
  {
    weight: 3,
    arbitrary: call(AmiSelector, 'lookup', struct({
      ...KNOWN,
      name: fc.oneof(just('al2023-ami-*-arm64', '*', 'mine-*'), made(TEXT, LATER)),
      owners: fc.oneof(list(fc.oneof(just('amazon', '099720109477', 'self', 'ubuntu'), made(TEXT)), 2), made(TEXTS)),
      filters: just({ 'tag:Stage': ['prod'] }, { name: ['x'] }, { x: 'y' }),
    }, ['name', 'owners'])),
  },
  {
    weight: 1,
    arbitrary: call(AmiSelector, 'fromLockFile', mostly(fc.oneof(just('web'), made(TEXT))), struct({
      file: just('examples/python/pinned/ami.lock.json', 'nowhere.json'), userData: USER_DATA,
    })),
  },
  { weight: 1, arbitrary: BARE },
);

const vpcOf = (stack: Stack): ec2.IVpc => stack.node.tryFindChild('Vpc') as ec2.Vpc ?? new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const hasEnvironment = ({ account, region }: Stack) => !Token.isUnresolved(account) && !Token.isUnresolved(region);
const attributes = { vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['eu-west-3a'] };
const VPC = made(
  vpcOf,
  named('Imported', (stack, id) => ec2.Vpc.fromVpcAttributes(stack, id, { ...attributes, publicSubnetIds: ['subnet-0123456789abcdef0'], publicSubnetRouteTableIds: ['rtb-0123456789abcdef0'] })),
  named('Private', (stack, id) => ec2.Vpc.fromVpcAttributes(stack, id, { ...attributes, privateSubnetIds: ['subnet-0123456789abcdef0'], privateSubnetRouteTableIds: ['rtb-0123456789abcdef0'] })),
  named('Isolated', (stack, id) => ec2.Vpc.fromVpcAttributes(stack, id, { ...attributes, isolatedSubnetIds: ['subnet-0123456789abcdef0'] })),
  named('Empty', (stack, id) => ec2.Vpc.fromVpcAttributes(stack, id, attributes)),
  named('Later', (stack, id) => ec2.Vpc.fromVpcAttributes(stack, id, { vpcId: TEXT(stack), availabilityZones: TEXTS(stack), publicSubnetIds: TEXTS(stack) })),
  named('Found', (stack, id) => hasEnvironment(stack) ? ec2.Vpc.fromLookup(stack, id, { isDefault: true }) : vpcOf(stack)),
);
const SECURITY_GROUP = made(
  named('Group', (stack, id) => new ec2.SecurityGroup(stack, id, { vpc: vpcOf(stack), allowAllOutbound: false })),
  named('Group', (stack, id) => ec2.SecurityGroup.fromSecurityGroupId(stack, id, 'sg-0123456789abcdef0', { mutable: false })),
  named('Group', (stack, id) => ec2.SecurityGroup.fromSecurityGroupId(stack, id, TEXT(stack))),
  named('Group', (stack, id) => hasEnvironment(stack) ? ec2.SecurityGroup.fromLookupById(stack, id, 'sg-0123456789abcdef0') : ec2.SecurityGroup.fromSecurityGroupId(stack, id, 'sg-0123456789abcdef0')),
);
const ROLE = made(
  named('Role', (stack, id) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') })),
  named('Role', (stack, id) => iam.Role.fromRoleArn(stack, id, 'arn:aws:iam::123456789012:role/mine', { mutable: false })),
  named('Role', (stack, id) => iam.Role.fromRoleName(stack, id, TEXT(stack))),
);
const KEY_PAIR = made(
  named('Key', (stack, id) => ec2.KeyPair.fromKeyPairName(stack, id, 'mine')), named('Key', (stack, id) => new ec2.KeyPair(stack, id)),
  named('Key', (stack, id) => ec2.KeyPair.fromKeyPairName(stack, id, TEXT(stack))),
);
const PEERS = list(made(
  () => ec2.Peer.ipv4('203.0.113.7/32'), () => ec2.Peer.anyIpv4(), () => ec2.Peer.ipv6('::/0'), () => ec2.Peer.prefixList('pl-0123456789abcdef0'),
  stack => ec2.Peer.ipv4(TEXT(stack)), named('Peer', (stack, id) => new ec2.SecurityGroup(stack, id, { vpc: vpcOf(stack) })),
));
const PORT = fc.oneof(just(80, 443, 3000, 0, 65536), made(NUMBER));
const USER = fc.oneof(just('me'), made(TEXT));

/** The stacks whose ports somebody has said to be open to all. */
export const OPENED = new WeakSet<Stack>();
const ALLOW = {
  allowFrom: PEERS,
  allowFromAnywhere: made(stack => {
    OPENED.add(stack);
    return true;
  }),
};
const ACCESS = list(fc.oneof(
  call(WorkshopAccess, 'sessionManager'),
  call(WorkshopAccess, 'instanceConnectEndpoint', struct({ keyPair: KEY_PAIR, user: USER, endpointSecurityGroup: SECURITY_GROUP })),
  call(WorkshopAccess, 'portForwarding', mostly(PORT), struct({ localPort: PORT })),
  call(WorkshopAccess, 'browserIde', struct({ localPort: PORT, user: USER })),
  call(WorkshopAccess, 'ssh', struct({ ...ALLOW, keyPair: KEY_PAIR, user: USER }, ['allowFrom'])),
  call(WorkshopAccess, 'rdp', struct({ ...ALLOW, keyPair: KEY_PAIR }, ['allowFrom'])),
  call(WorkshopAccess, 'http', mostly(PORT), struct(ALLOW, ['allowFrom'])),
  call(WorkshopAccess, 'https', mostly(PORT), struct(ALLOW, ['allowFrom'])),
  call(WorkshopAccess, 'tcp', mostly(PORT), struct({ ...ALLOW, toPort: PORT }, ['allowFrom'])),
), 2);

const SCHEDULE = made(
  () => scheduler.ScheduleExpression.cron({ hour: '18', minute: '0' }), () => scheduler.ScheduleExpression.cron({ hour: '18' }),
  () => scheduler.ScheduleExpression.rate(Duration.days(1)), stack => scheduler.ScheduleExpression.expression(TEXT(stack)),
  () => scheduler.ScheduleExpression.expression('at(2027-03-05T18:00:00)', TimeZone.EUROPE_PARIS),
);
const TIME = fc.oneof(just('18:00', '25:00', '6pm'), made(TEXT));
const ZONE = made(() => TimeZone.ETC_UTC, () => TimeZone.of('Europe/Nowhere'), stack => TimeZone.of(TEXT(stack)));
const ACTION = just(...Object.values(AutoStopAction));
const AUTO_STOP = list(fc.oneof(
  call(AutoStop, 'whenIdle', struct({
    action: ACTION,
    cpuBelowPercent: fc.oneof(just(5, 0, 100), made(NUMBER)),
    idleFor: made(() => Duration.hours(2), () => Duration.minutes(7), () => Duration.days(9), stack => Duration.minutes(NUMBER(stack))),
  })),
  call(AutoStop, 'at', mostly(SCHEDULE), struct({ action: ACTION })),
  call(AutoStop, 'daily', mostly(TIME), mostly(ZONE), struct({ action: ACTION })),
), 2);
const AUTO_START = list(fc.oneof(call(AutoStart, 'at', mostly(SCHEDULE)), call(AutoStart, 'daily', mostly(TIME), mostly(ZONE))), 2);

const INSTANCE_TYPE = fc.oneof(
  fc.constantFrom('t3.micro', 't4g.micro', 'm7g.large', 'd2.xlarge', 'mac2.metal', 'u7i-6tb.112xlarge', 'p6-b200.48xlarge', 't3-micro', 'x', '')
    .map(name => () => new ec2.InstanceType(name)),
  made(stack => new ec2.InstanceType(TEXT(stack)), () => new ec2.InstanceType(Fn.select(0, Fn.split(',', 't3.micro,t3.small')))),
);
const AVAILABILITY_ZONES = fc.oneof(list(just('eu-west-3a', 'eu-west-3b', 'us-east-1a'), 2), made(TEXTS, stack => [TEXT(stack)], stack => [Fn.select(0, Fn.getAzs(stack.region))]));
const MACHINE = {
  vpc: VPC,
  vpcSubnets: made(
    () => ({ subnetType: ec2.SubnetType.PUBLIC }), () => ({ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }), () => ({ subnetGroupName: 'nowhere' }),
    () => ({ availabilityZones: ['eu-west-3a'] }),
  ),
  instanceType: INSTANCE_TYPE,
  creditSpecification: just(ec2.CpuCredits.STANDARD, ec2.CpuCredits.UNLIMITED),
  machineImage: IMAGE,
  userData: USER_DATA,
  userDataCausesReplacement: just(true, false),
  init: made(
    () => ec2.CloudFormationInit.fromElements(ec2.InitPackage.apt('nginx')), () => ec2.CloudFormationInit.fromElements(),
    () => ec2.CloudFormationInit.fromElements(ec2.InitFile.fromString('/etc/motd', 'hello')),
  ),
  initOptions: struct({ timeout: made(() => Duration.minutes(5)), embedFingerprint: just(true, false), includeUrl: just(true), configSets: just(['default']) }),
  keepUpToDate: just(true, false),
  keepUpToDateInterval: made(() => Duration.minutes(1), () => Duration.seconds(5), stack => Duration.minutes(NUMBER(stack))),
  rootVolumeSize: made(() => Size.gibibytes(20), () => Size.gibibytes(0), () => Size.mebibytes(20), stack => Size.gibibytes(NUMBER(stack))),
  encryptionKey: made(named('Kms', (stack, id) => new kms.Key(stack, id)), named('Kms', (stack, id) => kms.Key.fromKeyArn(stack, id, 'arn:aws:kms:eu-west-3:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab'))),
  blockDevices: list(made(
    () => ({ deviceName: '/dev/sdb', volume: ec2.BlockDeviceVolume.ebs(10) }), () => ({ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(10) }),
    stack => ({ deviceName: TEXT(stack), volume: ec2.BlockDeviceVolume.ephemeral(0) }),
  ), 2),
  access: ACCESS,
  role: ROLE,
  securityGroup: SECURITY_GROUP,
  autoStop: AUTO_STOP,
  autoStart: AUTO_START,
  budget: call(WorkshopBudget, 'monthly', mostly(struct({
    limit: fc.oneof(just(50, 0, '50 EUR'), made(NUMBER)),
    emailAddresses: fc.oneof(list(fc.oneof(just('ada@example.com', 'ada'), made(TEXT)), 2), made(TEXTS)),
  }, ['limit', 'emailAddresses']))),
  hardened: just(true, false),
  detailedMonitoring: just(true, false),
  disableApiTermination: just(true, false),
  flowLogs: just(true, false),
  httpPutResponseHopLimit: fc.oneof(just(1, 2, 0, 65), made(NUMBER)),
  instanceMetadataTags: just(true, false),
  associatePublicIpAddress: just(true, false),
  outputs: just(true, false),
  availabilityZones: AVAILABILITY_ZONES,
};
const ZONES_OF_SEATS = just({ 'seat-1': 'eu-west-3a' }, { red: 'eu-west-3b' }, { pink: 'eu-west-3a' });
const FLEET = {
  ...MACHINE,
  seatAvailabilityZones: ZONES_OF_SEATS,
  seatGenerations: just({ 'seat-1': 2 }, { red: 1.5 }, { pink: 2 }),
  seatInit: made(
    () => ({ 'seat-1': ec2.CloudFormationInit.fromElements(ec2.InitPackage.apt('nginx')) }), () => ({ pink: ec2.CloudFormationInit.fromElements() }),
  ),
};
const SEATS = fc.oneof(
  fc.oneof(just(1, 2, 3, 0, 2.5), made(NUMBER)).map(make => (stack: Stack) => ({ seats: make(stack) })),
  list(fc.oneof({ weight: 9, arbitrary: just('red', 'green', 'blue') }, { weight: 1, arbitrary: fc.oneof(just('a/b', 5), made(TEXT)) }))
    .map(names => (stack: Stack) => ({ seatNames: names(stack) })),
);

/** What an app launches, and with which properties. */
type Write = (stack: Stack) => any;
const launching = (launch: (stack: Stack, machineImage: ec2.IMachineImage, instanceType: ec2.InstanceType) => unknown): fc.Arbitrary<Write> =>
  fc.tuple(IMAGE, INSTANCE_TYPE).map(([makeImage, makeType]) => (stack: Stack) => {
    const machineImage = makeImage(stack);
    launch(stack, machineImage, makeType(stack));
    return { machineImage };
  });
const WRITTEN: fc.Arbitrary<Write> = fc.oneof(
  {
    weight: 5,
    arbitrary: struct({ ...MACHINE, instanceName: fc.oneof(just('mine', ''), made(TEXT)) }).map(make => (stack: Stack) => {
      const props = make(stack);
      new WorkshopInstance(stack, 'Made', props);
      return props;
    }),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(SEATS, struct(FLEET), fc.constantFrom('seat-1', 'red', 'pink', 0)).map(([seats, make, seat]) => (stack: Stack) => {
      const props = { ...seats(stack), ...make(stack) };
      const fleet = new WorkshopFleet(stack, 'Made', props);
      fleet.connectCommands(fleet.seatNames.includes(seat) ? seat : fleet.seatNames[0]);
      return props;
    }),
  },
  { weight: 1, arbitrary: launching((stack, machineImage, instanceType) => new ec2.Instance(stack, 'Made', { vpc: vpcOf(stack), machineImage, instanceType })) },
  { weight: 1, arbitrary: launching((stack, machineImage, instanceType) => new ec2.LaunchTemplate(stack, 'Made', { machineImage, instanceType })) },
  {
    weight: 1,
    arbitrary: launching((stack, machineImage, instanceType) => new ec2.CfnInstance(stack, 'Made', {
      imageId: machineImage.getImage(stack).imageId, instanceType: instanceType.toString(),
    })),
  },
  {
    weight: 1,
    arbitrary: launching((stack, machineImage, instanceType) => new autoscaling.AutoScalingGroup(stack, 'Made', {
      vpc: vpcOf(stack), vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, machineImage, instanceType,
    })),
  },
);

/** An app as it can be written again, for the same properties. */
export interface RandomApp {
  readonly app: App;
  readonly stack: Stack;
  readonly props: any;
}

/** Where the construct stands. */
const PLACES: ((app: App, env: Environment) => Stack)[] = [
  (app, env) => new Stack(app, 'Stack', { env }),
  (app, env) => new Stack(app, 'Stack', { env }),
  (app, env) => new Stack(new Stage(app, 'Stage', { env }), 'Stack'),
  (app, env) => new NestedStack(new Stack(app, 'Stack', { env }), 'Nested'),
];
const ENVIRONMENTS: Environment[] = [{}, { region: 'eu-west-3' }, { account: '123456789012', region: 'eu-west-3' }, { account: '123456789012', region: 'cn-north-1' }];

/** What is asked of the whole app. */
const QUESTIONS: ((app: App) => unknown)[] = [
  () => undefined, () => undefined, () => undefined,
  app => AmiChecks.add(app), app => AllowedAmis.of(app).toImageCriteria(), app => AllowedAmis.of(app).toDeclarativePolicy(),
];

/** Makes an app, again for each context. */
export const RANDOM_APP: fc.Arbitrary<(props: AppProps) => RandomApp> =
  fc.tuple(WRITTEN, fc.constantFrom(...ENVIRONMENTS), fc.constantFrom(...PLACES), fc.constantFrom(...QUESTIONS))
    .map(([write, env, place, ask]) => appProps => {
      const app = new App({ analyticsReporting: false, ...appProps });
      const stack = place(app, env);
      const props = write(stack);
      ask(app);
      return { app, stack, props };
    });
