import { App, CfnParameter, Duration, Fn, Size, Stack, TimeZone, Token } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as fc from 'fast-check';
import * as library from '../src';

// Whatever somebody writes gives a template that keeps the promises, or a sentence of this library: npm run properties tries 10000.
const numRuns = Number(process.env.PROPERTY_RUNS ?? 200);
const seed = Number(process.env.PROPERTY_SEED ?? 18);

const { AmiFamily, AmiSelector, AmiUpdates, AutoStart, AutoStop, AutoStopAction, RootDevice }: any = library;
const { WorkshopAccess, WorkshopFleet, WorkshopInstance }: any = library;
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

const ARCHITECTURE = just(ec2.InstanceArchitecture.X86_64, ec2.InstanceArchitecture.ARM_64, 'amd64');
const ROOT = just(RootDevice.EBS, RootDevice.INSTANCE_STORE);
const PARAMETER: Make = stack => new CfnParameter(stack, `Parameter${stack.node.children.length}`).valueAsString;
const USER_DATA = made(
  () => ec2.UserData.forLinux(), () => ec2.UserData.forWindows(), () => ec2.UserData.custom('#cloud-config\n{}'), () => ec2.UserData.custom('x = 1'),
  () => new ec2.MultipartUserData(), () => ec2.UserData.custom('AKIAABCDEFGHIJKLMNOP'), stack => ec2.UserData.custom(PARAMETER(stack)),
);
const FAMILY = fc.oneof(
  fc.constantFrom(...AmiFamily.all()).map(family => () => family),
  struct({
    name: just('Mine', ''),
    publisher: just('me'),
    owners: just({}, { aws: ['099720109477'] }, { aws: ['nobody'] }),
    images: list(struct({ architecture: ARCHITECTURE, rootDevice: ROOT, imageName: just('mine-*', '*'), parameterName: just('/mine') })),
  }).map(props => (stack: Stack) => AmiFamily.custom(props(stack))),
);
const SELECTOR = {
  architecture: ARCHITECTURE, rootDevice: ROOT, userData: USER_DATA, updates: just(...Object.values(AmiUpdates)), cacheKey: just('mine'), parameterVersion: just(1, 3),
};
const KNOWN = { ...SELECTOR, family: FAMILY, rootDeviceName: just('/dev/xvda', '/dev/sda1') };
const call = (method: string, ...parameters: fc.Arbitrary<Make>[]): fc.Arbitrary<Make> =>
  fc.tuple(...parameters).map(makes => (stack: Stack) => AmiSelector[method](...makes.map(make => make(stack))));

const IMAGE = fc.oneof(
  call('latest', mostly(FAMILY), struct(SELECTOR)),
  call('genericLinux', mostly(fc.oneof(
    just({}, { 'eu-west-3': ID }, { 'us-east-1': ID }, { 'eu-west-3': ID, 'cn-north-1': ID }, { 'eu-west-3': 'ami-1' }, { [ID]: 'eu-west-3' }),
    made(stack => ({ 'eu-west-3': PARAMETER(stack) })),
  )), struct(KNOWN)),
  call('fromSsmParameter', mostly(fc.oneof(just('/my/ami', '/my/ami:3', ID, '/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-arm64-gp2'), made(PARAMETER))), struct(KNOWN)),
  call('lookup', struct({
    ...KNOWN,
    name: fc.oneof(just('al2023-ami-*-arm64', '*', 'mine-*'), made(PARAMETER)),
    owners: list(just('amazon', '099720109477', 'self', 'ubuntu'), 2),
    filters: just({ 'tag:Stage': ['prod'] }, { name: ['x'] }, { x: 'y' }),
  }, ['name', 'owners'])),
  call('fromLockFile', mostly(just('web')), struct({ file: just('examples/python/pinned/ami.lock.json', 'nowhere.json') })),
  made(
    () => ec2.MachineImage.latestAmazonLinux2023(), () => ec2.MachineImage.genericLinux({ 'eu-west-3': ID, 'cn-north-1': ID }),
    () => ec2.MachineImage.fromSsmParameter('/my/ami'), () => ec2.MachineImage.latestWindows(ec2.WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE),
  ),
);

const PEERS = list(made(
  () => ec2.Peer.ipv4('203.0.113.7/32'), () => ec2.Peer.anyIpv4(), () => ec2.Peer.ipv6('::/0'), () => ec2.Peer.prefixList('pl-123'),
  stack => ec2.Peer.ipv4(PARAMETER(stack)), stack => new ec2.SecurityGroup(stack, `Group${stack.node.children.length}`, { vpc: vpcOf(stack) }),
));
const KEY_PAIR = made(
  stack => ec2.KeyPair.fromKeyPairName(stack, `Key${stack.node.children.length}`, 'mine'), stack => new ec2.KeyPair(stack, `Key${stack.node.children.length}`),
);
const ACCESS = list(fc.oneof(
  made(() => WorkshopAccess.sessionManager()),
  struct({ keyPair: KEY_PAIR, user: just('me') }).map(options => (stack: Stack) => WorkshopAccess.instanceConnectEndpoint(options(stack))),
  struct({ keyPair: KEY_PAIR, allowFrom: PEERS, allowFromAnywhere: just(true) }, ['keyPair', 'allowFrom']).map(options => (stack: Stack) => WorkshopAccess.ssh(options(stack))),
  struct({ keyPair: KEY_PAIR, allowFrom: PEERS, allowFromAnywhere: just(true) }, ['allowFrom'])
    .map(options => (stack: Stack) => WorkshopAccess.rdp(options(stack))),
  fc.tuple(fc.constantFrom('http', 'https', 'tcp'), mostly(just(80, 443, 0, 65536)),
    struct({ allowFrom: PEERS, allowFromAnywhere: just(true) }, ['allowFrom']))
    .map(([method, port, options]) => (stack: Stack) => WorkshopAccess[method](port(stack), options(stack))),
  mostly(just(80, 3000, 0)).map(port => (stack: Stack) => WorkshopAccess.portForwarding(port(stack))),
), 2);
const SCHEDULE = made(
  () => scheduler.ScheduleExpression.cron({ hour: '18', minute: '0' }), () => scheduler.ScheduleExpression.rate(Duration.days(1)),
  () => scheduler.ScheduleExpression.expression('at(2027-03-05T18:00:00)', TimeZone.EUROPE_PARIS),
);
const ACTION = just(...Object.values(AutoStopAction));
const AUTO_STOP = list(fc.oneof(
  struct({
    action: ACTION, cpuBelowPercent: just(5, 0, 100), idleFor: made(() => Duration.hours(2), () => Duration.minutes(7), () => Duration.days(9)),
  })
    .map(options => (stack: Stack) => AutoStop.whenIdle(options(stack))),
  fc.tuple(mostly(SCHEDULE), struct({ action: ACTION })).map(([schedule, options]) => (stack: Stack) => AutoStop.at(schedule(stack), options(stack))),
  fc.tuple(mostly(just('18:00', '25:00', '6pm')), mostly(just(TimeZone.ETC_UTC))).map(([time, zone]) => (stack: Stack) => AutoStop.daily(time(stack), zone(stack))),
), 2);
const vpcOf = (stack: Stack) => stack.node.tryFindChild('Vpc') as ec2.Vpc ?? new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const VPC = made(
  vpcOf,
  stack => ec2.Vpc.fromVpcAttributes(stack, `Imported${stack.node.children.length}`, {
    vpcId: 'vpc-123', availabilityZones: ['eu-west-3a'], publicSubnetIds: ['subnet-1'], publicSubnetRouteTableIds: ['rtb-1'],
  }),
  stack => ec2.Vpc.fromVpcAttributes(stack, `Private${stack.node.children.length}`, {
    vpcId: 'vpc-123', availabilityZones: ['eu-west-3a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'],
  }),
  stack => ec2.Vpc.fromVpcAttributes(stack, `Empty${stack.node.children.length}`, { vpcId: 'vpc-123', availabilityZones: ['eu-west-3a'] }),
);
const INSTANCE_TYPE = fc.oneof(
  fc.constantFrom('t3.micro', 't4g.micro', 'm7g.large', 'd2.xlarge', 'mac2.metal', 'u7i-6tb.112xlarge', 'p6-b200.48xlarge', 't3-micro', 'x', '')
    .map(name => () => new ec2.InstanceType(name)),
  made(stack => new ec2.InstanceType(PARAMETER(stack)), () => new ec2.InstanceType(Fn.select(0, Fn.split(',', 't3.micro,t3.small')))),
);
const MACHINE = {
  vpc: VPC,
  vpcSubnets: made(() => ({ subnetType: ec2.SubnetType.PUBLIC }), () => ({ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }), () => ({ subnetGroupName: 'nowhere' })),
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
  keepUpToDateInterval: made(() => Duration.minutes(1), () => Duration.seconds(5), stack => Duration.minutes(Token.asNumber(PARAMETER(stack)))),
  rootVolumeSize: made(() => Size.gibibytes(20), () => Size.gibibytes(0), () => Size.mebibytes(20)),
  blockDevices: list(made(
    () => ({ deviceName: '/dev/sdb', volume: ec2.BlockDeviceVolume.ebs(10) }), () => ({ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(10) }),
  ), 2),
  access: ACCESS,
  role: made(
    stack => new iam.Role(stack, `Role${stack.node.children.length}`, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
    stack => iam.Role.fromRoleArn(stack, `Role${stack.node.children.length}`, 'arn:aws:iam::123456789012:role/mine'),
  ),
  securityGroup: made(
    stack => new ec2.SecurityGroup(stack, `Group${stack.node.children.length}`, { vpc: vpcOf(stack), allowAllOutbound: false }),
    stack => ec2.SecurityGroup.fromSecurityGroupId(stack, `Group${stack.node.children.length}`, 'sg-123', { mutable: false }),
  ),
  autoStop: AUTO_STOP,
  autoStart: list(made(() => AutoStart.daily('08:00', TimeZone.ETC_UTC)), 1),
  hardened: just(true, false),
  disableApiTermination: just(true, false),
  flowLogs: just(true, false),
  outputs: just(true, false),
  availabilityZones: list(just('eu-west-3a', 'eu-west-3b', 'us-east-1a'), 2),
};
const WRITTEN = fc.oneof(
  { weight: 4, arbitrary: struct({ ...MACHINE, instanceName: just('mine', '') }).map(props => (stack: Stack) => new WorkshopInstance(stack, 'Made', props(stack))) },
  {
    weight: 4,
    arbitrary: struct({
      ...MACHINE,
      seats: just(1, 3, 0, 2.5),
      seatInit: made(() => ({ 'seat-1': ec2.CloudFormationInit.fromElements(ec2.InitPackage.apt('nginx')) }), () => ({ pink: ec2.CloudFormationInit.fromElements() })),
      seatAvailabilityZones: just({ 'seat-1': 'eu-west-3a' }, { pink: 'eu-west-3a' }),
    }).map(props => (stack: Stack) => new WorkshopFleet(stack, 'Made', { seats: 2, ...props(stack) })),
  },
  {
    weight: 1,
    arbitrary: fc.array(just('red', 'green', 'blue', 'a/b', 5), { maxLength: 3 }).map(names => (stack: Stack) =>
      new WorkshopFleet(stack, 'Made', { seatNames: names.map(name => name(stack)) })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(IMAGE, INSTANCE_TYPE).map(([machineImage, instanceType]) => (stack: Stack) =>
      new ec2.Instance(stack, 'Made', { vpc: vpcOf(stack), machineImage: machineImage(stack), instanceType: instanceType(stack) })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(IMAGE, INSTANCE_TYPE).map(([machineImage, instanceType]) => (stack: Stack) =>
      new ec2.LaunchTemplate(stack, 'Made', { machineImage: machineImage(stack), instanceType: instanceType(stack) })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(IMAGE, INSTANCE_TYPE).map(([machineImage, instanceType]) => (stack: Stack) => new autoscaling.AutoScalingGroup(stack, 'Made', {
      vpc: vpcOf(stack), vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, machineImage: machineImage(stack), instanceType: instanceType(stack),
    })),
  },
);
const ENVIRONMENT = fc.constantFrom({}, { region: 'eu-west-3' }, { account: '123456789012', region: 'eu-west-3' }, { account: '123456789012', region: 'cn-north-1' });

/** A sentence of ours: where, what, and after a semicolon what to do. */
const SENTENCE = /^(Stack\/Made\S*|AmiSelector\.\w+|AmiFamily\.\w+|AutoSt(op|art)\.\w+|WorkshopAccess\.\w+)[^]*(; |: give the stack)[^]*\.( \[ack: cdk-workshop-instance:\w+\])?$|has no \w+ image with an [\w-]+ root device; it has/;

function isOurs(error: Error): boolean {
  const reported = /^Validation failed with the following errors:\n([^]*)$/.exec(error.message)?.[1];
  return error.name !== 'TypeError' && (reported === undefined
    ? SENTENCE.test(error.message)
    : reported.split('\n').filter(line => /^ {2}\[/.test(line)).every(line => /; |: give the stack/.test(line) && /^ {2}\[Stack/.test(line)));
}

function keepsPromises(app: App): string | undefined {
  const resources: any[] = Object.values(app.synth().getStackByName('Stack').template.Resources ?? {});
  const instances = resources.filter(({ Type }) => Type === 'AWS::EC2::Instance').map(({ Properties }) => Properties);
  const ours = (app.node.findChild('Stack') as Stack).node.tryFindChild('Made');
  if (!(ours instanceof WorkshopInstance || ours instanceof WorkshopFleet)) {
    return undefined;
  }
  const expected = ours instanceof WorkshopFleet ? (ours as any).seatNames.length : 1;
  return instances.length !== expected ? `${instances.length} instances, not ${expected}`
    : instances.find(each => each.MetadataOptions?.HttpTokens !== 'required') ? 'IMDSv1 answers'
      : instances.find(each => each.ImageId === undefined) ? 'an instance without an image' : undefined;
}

test(`${numRuns} random apps give a template that keeps the promises, or a sentence of ours`, () => {
  const outcomes = { templates: 0, sentences: 0 };
  const wrong = new Map<string, number>();
  fc.assert(fc.property(WRITTEN, ENVIRONMENT, (write, env) => {
    const app = new App({ analyticsReporting: false });
    try {
      write(new Stack(app, 'Stack', { env }));
      const broken = keepsPromises(app);
      outcomes.templates += 1;
      if (broken !== undefined) {
        wrong.set(broken, (wrong.get(broken) ?? 0) + 1);
      }
    } catch (error) {
      outcomes.sentences += 1;
      if (!isOurs(error as Error)) {
        const { name, message, stack } = error as Error;
        const at = stack?.split('\n').find(line => line.includes('/src/'))?.trim() ?? '';
        const key = `${name}: ${message.slice(0, 300)} ${at}`;
        wrong.set(key, (wrong.get(key) ?? 0) + 1);
      }
    }
  }), { numRuns, seed });
  if (process.env.PROPERTY_RUNS) {
    process.stdout.write(`${JSON.stringify(outcomes)}\n`);
  }
  expect(Object.fromEntries(wrong)).toEqual({});
  expect(outcomes.templates).toBeGreaterThan(numRuns / 20);
}, 60 * 60 * 1000);
