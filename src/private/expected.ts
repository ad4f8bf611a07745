import { code } from './language';
import { AmazonLinuxRelease } from '../ami-family-props';
import { AmiUpdates, RootDevice } from '../ami-types';
import { shown } from './lock-file/printable';

// Nothing here may import aws-cdk-lib: AmiFamily is part of the command, which runs without it.

// jsii and the compiler of TypeScript refuse most of what is not meant, but not all: an interface is any object for jsii, a text is a list for
// Python, and JavaScript has no types. What gets through would fail somewhere in aws-cdk-lib.

/** What a property takes. */
interface Expected {
  readonly accepts: (value: any) => boolean;
  /** What to write instead, as in TypeScript. */
  readonly example: string;
}

type Expectations<T> = { readonly [key in keyof T]?: Expected };

const anything = (member: string) => (value: any) => typeof value === 'object' && value !== null && member in value;
const text = (value: any) => typeof value === 'string';
const list = (of: (value: any) => boolean) => (value: any) => Array.isArray(value) && value.every(of);
const record = (value: any) => typeof value === 'object' && value !== null && !Array.isArray(value);
const maps = (of: (value: any) => boolean) => (value: any) => record(value) && Object.values(value).every(of);
const member = (of: object) => (value: any) => Object.values(of).includes(value);

const SUBNET_TYPE = /^(Deprecated_)?(Public|Private|Isolated)/;

export const ACTION: Expected = { accepts: (value: any) => ['stop', 'terminate'].includes(value), example: 'AutoStopAction.STOP' };
export const ARCHITECTURE: Expected = { accepts: (value: any) => ['x86_64', 'arm64'].includes(value), example: 'ec2.InstanceArchitecture.ARM_64' };
const BOOLEAN: Expected = { accepts: (value: any) => typeof value === 'boolean', example: 'true or false' };
export const DOLLARS: Expected = { accepts: (value: any) => typeof value === 'number', example: 'a number such as 50, which means US dollars' };
export const DURATION: Expected = { accepts: anything('toMilliseconds'), example: 'Duration.minutes(30)' };
export const FAMILY: Expected = { accepts: anything('variants'), example: 'AmiFamily.UBUNTU_24_04' };
export const KEY_PAIR: Expected = { accepts: anything('keyPairName'), example: 'ec2.KeyPair.fromKeyPairName(stack, "Key", "my-key")' };
export const MAIL_ADDRESSES: Expected = { accepts: list(text), example: '["organiser@example.com"]' };
export const NUMBER: Expected = { accepts: (value: any) => typeof value === 'number', example: '5' };
const PEERS: Expected = { accepts: list(anything('toIngressRuleConfig')), example: '[ec2.Peer.ipv4("203.0.113.7/32")]' };
/** Who may connect. A text would say yes, "false" as well. */
export const ALLOWED = { allowFrom: PEERS, allowFromAnywhere: BOOLEAN };
export const ROOT_DEVICE: Expected = { accepts: member(RootDevice), example: 'RootDevice.EBS' };
export const SCHEDULE: Expected = { accepts: anything('expressionString'), example: 'ScheduleExpression.expression("cron(0 18 * * ? *)")' };
export const SECURITY_GROUP: Expected = {
  accepts: anything('connections'), example: 'ec2.SecurityGroup.fromSecurityGroupId(stack, "Group", "sg-…")',
};
export const TIME_ZONE: Expected = { accepts: anything('timezoneName'), example: 'TimeZone.EUROPE_PARIS' };
export const TEXT: Expected = { accepts: text, example: 'text' };
const USER_DATA: Expected = { accepts: anything('render'), example: 'ec2.UserData.custom(script)' };

export const AMI_MAP: Expected = { accepts: record, example: '{ "eu-west-3": "ami-01fde5e5b31e98551" }' };

/** What a construct takes before its properties. Only a Stack has options of its template. */
export const PLACE = {
  scope: { accepts: (value: any) => value?.node?.scopes?.some(anything('templateOptions')) ?? false, example: 'the Stack that it belongs to' },
  id: { accepts: (value: any) => text(value) && value !== '', example: '"Workshop"' },
};

/** What is asked of a whole app. */
export const APP = {
  stage: { accepts: anything('synth'), example: 'the App' },
  scope: { accepts: anything('node'), example: 'the App' },
  lockFiles: { accepts: list(text), example: '["ami.lock.json"]' },
  state: { accepts: (value: any) => ['audit_mode', 'enabled'].includes(value), example: 'AllowedAmisState.ENABLED' },
};

/** What the options of all selectors take. */
export const SELECTOR = {
  architecture: ARCHITECTURE,
  rootDevice: ROOT_DEVICE,
  rootDeviceName: { accepts: text, example: '"/dev/xvda"' },
  updates: { accepts: member(AmiUpdates), example: 'AmiUpdates.ON_LAUNCH' },
  family: FAMILY,
  userData: USER_DATA,
};

export const SEARCH = {
  name: TEXT,
  owners: { accepts: list(text), example: '["099720109477"]' },
  filters: { accepts: maps(list(text)), example: '{ "tag:Stage": ["prod"] }' },
};

export const LOCK_FILE_OPTIONS = { file: TEXT, userData: USER_DATA };

/** What a family of one's own takes. */
export const CUSTOM_FAMILY = {
  name: TEXT,
  owners: { accepts: maps(list(text)), example: '{ aws: ["099720109477"] }' },
  images: {
    accepts: list(image => ARCHITECTURE.accepts(image?.architecture) && ROOT_DEVICE.accepts(image?.rootDevice)),
    example: '[{ architecture: ec2.InstanceArchitecture.X86_64, rootDevice: RootDevice.EBS, imageName: "…" }]',
  },
};

/** What Amazon Linux by the words of its parameter takes; which go together, is told with those that there are. */
export const AMAZON_LINUX = {
  release: { accepts: member(AmazonLinuxRelease), example: 'AmazonLinuxRelease.AMAZON_LINUX_2023' },
};

/** What the properties of machines take. */
export const MACHINE = {
  vpc: { accepts: anything('selectSubnets'), example: 'ec2.Vpc.fromLookup(stack, "Vpc", …)' },
  vpcSubnets: {
    accepts: (value: any) => record(value) && (value.subnetType === undefined || SUBNET_TYPE.test(value.subnetType)),
    example: '{ subnetType: ec2.SubnetType.PUBLIC }',
  },
  instanceType: { accepts: anything('isBurstable'), example: 'new ec2.InstanceType("t3.micro")' },
  creditSpecification: { accepts: (value: any) => ['standard', 'unlimited'].includes(value), example: 'ec2.CpuCredits.STANDARD' },
  machineImage: { accepts: anything('getImage'), example: 'AmiSelector.latest(AmiFamily.UBUNTU_24_04)' },
  userData: USER_DATA,
  userDataCausesReplacement: BOOLEAN,
  init: { accepts: anything('attach'), example: 'ec2.CloudFormationInit.fromElements(…)' },
  keepUpToDate: BOOLEAN,
  keepUpToDateInterval: DURATION,
  rootVolumeSize: {
    accepts: (value: any) => anything('toGibibytes')(value) && (value.isUnresolved() || (value.toBytes() > 0 && value.toBytes() % 2 ** 30 === 0)),
    example: 'Size.gibibytes(20)',
  },
  encryptionKey: { accepts: anything('keyArn'), example: 'Key.fromKeyArn(…)' },
  blockDevices: { accepts: list(value => anything('deviceName')(value) && record(value.volume)), example: '[{ deviceName: …, volume: … }]' },
  access: { accepts: list(anything('method')), example: '[WorkshopAccess.sessionManager()]' },
  role: { accepts: anything('addToPrincipalPolicy'), example: 'Role.fromRoleName(stack, "Role", "my-role")' },
  securityGroup: SECURITY_GROUP,
  autoStop: { accepts: list(anything('_bind')), example: '[AutoStop.whenIdle()]' },
  autoStart: { accepts: list(anything('_bind')), example: '[AutoStart.daily("08:00", TimeZone.ETC_UTC)]' },
  budget: { accepts: anything('_bind'), example: 'WorkshopBudget.monthly({ limit: 50, emailAddresses: ["organiser@example.com"] })' },
  hardened: BOOLEAN,
  detailedMonitoring: BOOLEAN,
  disableApiTermination: BOOLEAN,
  flowLogs: BOOLEAN,
  httpPutResponseHopLimit: { accepts: (value: any) => Number.isInteger(value) && value >= 1 && value <= 64, example: 'a whole number from 1 to 64' },
  instanceMetadataTags: BOOLEAN,
  associatePublicIpAddress: BOOLEAN,
  outputs: BOOLEAN,
  instanceName: TEXT,
  availabilityZones: { accepts: list(text), example: '["eu-west-3a"]' },
  seatInit: { accepts: maps(anything('attach')), example: '{ "red": ec2.CloudFormationInit.fromElements(…) }' },
  seatAvailabilityZones: { accepts: record, example: '{ "seat-1": "eu-west-3a" }' },
  seatGenerations: { accepts: record, example: '{ "seat-1": 2 }' },
  seatNames: { accepts: list(text), example: '["red", "green"]' },
};

/**
 * @param where the path or the call that the user wrote, in the language of the app
 * @param required what cannot be left out
 * @throws where a value is nothing that its property takes
 */
export function expect<T extends object>(where: string, values: T, expectations: Expectations<T>, required: (keyof T)[] = []): void {
  if (typeof values !== 'object' || values === null) {
    throw new Error(`${where}: the properties are ${description(values)}; write them as an object, such as ${code(example(expectations))}.`);
  }
  for (const [name, { accepts, example: instead }] of Object.entries<Expected>(expectations as any)) {
    const value = values[name as keyof T];
    if (value === undefined ? required.includes(name as keyof T) : !accepts(value)) {
      throw new Error(`${where}: ${code(name)} is ${description(value)}; write ${instead === 'text' ? 'it as text' : code(instead)}.`);
    }
  }
}

function example(expectations: Expectations<any>): string {
  const [name, { example: instead }] = Object.entries<Expected>(expectations as any)[0];
  return `{ ${name}: ${instead} }`;
}

/** CDK stands for numbers that are known only at deployment by numbers that nobody writes. */
const LEAST_NUMBER = -1e200;

/** A value that is not what it should be. */
function description(value: any): string {
  if (value === undefined) {
    return 'missing';
  }
  if (typeof value === 'function') {
    return `${value.name}, a class or a method that is not called`;
  }
  if (value < LEAST_NUMBER) {
    return 'known only at deployment';
  }
  const words = typeof value === 'object' && value !== null && !Array.isArray(value) && value.constructor !== Object ? String(value) : '';
  return words === '' ? shown(value, 60) : /^\[object /.test(words) ? `an object of ${value.constructor?.name}` : words;
}
