import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Size, Stack, TimeZone, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as library from '../src';

// What people write in their first hour, also those whose language has no types: each ends in a sentence of this library with what to write.
const { AllowedAmis, AmiChecks, AmiFamily, AmiSelector, AmiUpdates, AutoStart, AutoStop, RootDevice }: any = library;
const { WorkshopAccess, WorkshopFleet, WorkshopInstance }: any = library;
const ID = 'ami-01fde5e5b31e98551';
const PEERS = [ec2.Peer.ipv4('203.0.113.7/32')];
const UBUNTU = AmiFamily.UBUNTU_24_04;

function starts(props: any, env: any = { region: 'eu-west-3' }) {
  const app = new App();
  new WorkshopInstance(new Stack(app, 'Stack', { env }), 'Workshop', props);
  app.synth();
}

function fleet(...props: any[]) {
  const app = new App();
  const made = new WorkshopFleet(new Stack(app, 'Stack', { env: { region: 'eu-west-3' } }), 'Fleet', ...props);
  app.synth();
  return made;
}

/** Synthesizes after the CLI has looked the image up in vain. */
function found(name: string) {
  const app = (context: any) => {
    const made = new App({ context });
    const machineImage = AmiSelector.lookup({ name, owners: ['099720109477'] });
    new WorkshopInstance(new Stack(made, 'Stack', { env: { account: '123456789012', region: 'eu-west-3' } }), 'Workshop', { machineImage });
    return made.synth();
  };
  const missing = app({}).manifest.missing!.filter(({ provider }) => provider === 'ami');
  app(Object.fromEntries(missing.map(({ key }) => [key, { $providerError: 'No AMI found that matched the search criteria', $dontSaveContext: true }])));
}

/** Says what CloudFormation does where a rule of the template does not hold. */
function deployed(region: string, props: any) {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  new WorkshopInstance(stack, 'Workshop', props);
  const rules = Object.values<any>(app.synth().getStackByName('Stack').template.Rules ?? {}).flatMap(({ Assertions }) => Assertions);
  const broken = rules.find(({ Assert }) => Assert['Fn::Contains'] && !Assert['Fn::Contains'][0].includes(region));
  throw new Error(broken?.AssertDescription);
}

const MISTAKES: [string, () => unknown, string | RegExp][] = [
  ['a family as the image', () => starts({ machineImage: UBUNTU }),
    'Stack/Workshop: machineImage is AmiFamily.UBUNTU_24_04; write AmiSelector.latest(AmiFamily.UBUNTU_24_04).'],
  ['an id as the image', () => starts({ machineImage: ID }), `Stack/Workshop: machineImage is "${ID}"; write AmiSelector.latest`],
  ['a map as the image', () => starts({ machineImage: { 'eu-west-3': ID } }), 'Stack/Workshop: machineImage is {"eu-west-3":'],
  ['nothing as the image', () => starts({ machineImage: null }), 'Stack/Workshop: machineImage is null; write'],
  ['the class of the selectors as the image', () => starts({ machineImage: AmiSelector }), 'machineImage is AmiSelector, a class or a method that is not called; write'],
  ['a method that is not called', () => starts({ machineImage: AmiSelector.latest }), 'machineImage is latest, a class or a method that is not called; write'],
  ['the class of the families', () => AmiSelector.latest(AmiFamily), 'AmiSelector.latest: family is AmiFamily, a class or a method that is not called; write AmiFamily.UBUNTU_24_04.'],
  ['the name of a family', () => AmiSelector.latest('UBUNTU_24_04'), 'AmiSelector.latest: family is "UBUNTU_24_04"; write AmiFamily.UBUNTU_24_04.'],
  ['a family that there is not', () => AmiSelector.latest(AmiFamily.UBUNTU_2404), 'AmiSelector.latest: family is missing; write AmiFamily.UBUNTU_24_04.'],
  ['options that are a word', () => AmiSelector.latest(UBUNTU, 'arm64'), /AmiSelector\.latest\(.*\): the properties are "arm64"; write them as an object, such as \{ architecture/],
  ['an architecture of another vocabulary', () => AmiSelector.latest(UBUNTU, { architecture: 'amd64' }), 'architecture is "amd64"; write ec2.InstanceArchitecture.ARM_64.'],
  ['an architecture of another vocabulary, of an id', () => AmiSelector.genericLinux({ 'eu-west-3': ID }, { architecture: 'amd64' }),
    'AmiSelector.genericLinux: architecture is "amd64"; write'],
  ['a root device in capitals', () => AmiSelector.genericLinux({ 'eu-west-3': ID }, { rootDevice: 'EBS' }), 'rootDevice is "EBS"; write RootDevice.EBS.'],
  ['a root device that a family does not have', () => AmiSelector.latest(UBUNTU, { rootDevice: RootDevice.INSTANCE_STORE }), 'it has x86_64 ebs, arm64 ebs.'],
  ['updates in words', () => AmiSelector.latest(UBUNTU, { updates: 'on launch' }), 'updates is "on launch"; write AmiUpdates.ON_LAUNCH.'],
  ['the name of a family as an option', () => AmiSelector.fromSsmParameter('/my/ami', { family: 'UBUNTU_24_04' }), 'family is "UBUNTU_24_04"; write AmiFamily.UBUNTU_24_04.'],
  ['an owner that is no list', () => AmiSelector.lookup({ name: 'al2023-*', owners: 'amazon' }), 'AmiSelector.lookup: owners is "amazon"; write ["099720109477"].'],
  ['updates of a search', () => AmiSelector.lookup({ name: 'al2023-*', owners: ['amazon'], updates: AmiUpdates.ON_DEPLOY }), 'AmiSelector.lookup: updates says when'],
  ['no owners', () => AmiSelector.lookup({ name: 'al2023-*' }), 'AmiSelector.lookup: owners is missing; write ["099720109477"].'],
  ['owners that are none', () => AmiSelector.lookup({ name: 'al2023-*', owners: [] }), 'anyone can publish a newer image under this name'],
  ['an owner as a number', () => AmiSelector.lookup({ name: 'al2023-*', owners: [99720109477] }), 'owners is [99720109477]; write ["099720109477"].'],
  ['an owner that is not set', () => AmiSelector.lookup({ name: 'al2023-*', owners: [undefined] }), 'owners is [null]; write'],
  ['a company as the owner', () => AmiSelector.lookup({ name: 'ubuntu-*', owners: ['canonical'] }), '"canonical" is not an owner; write a 12-digit account id'],
  ['a search without a name', () => AmiSelector.lookup({ owners: ['amazon'] }), 'AmiSelector.lookup: name is missing; write it as text.'],
  ['a search for everything', () => AmiSelector.lookup({ name: '*', owners: ['amazon'] }), 'a name made of wildcards only'],
  ['a name in place of a search', () => AmiSelector.lookup('al2023-*'), 'AmiSelector.lookup: the properties are "al2023-*"; write them as an object'],
  ['a search for nothing', () => AmiSelector.lookup(), 'AmiSelector.lookup: the properties are missing; write'],
  ['a filter without a list', () => AmiSelector.lookup({ name: 'al2023-*', owners: ['amazon'], filters: { 'tag:Stage': 'prod' } }),
    'filters is {"tag:Stage":"prod"}; write { "tag:Stage": ["prod"] }.'],
  ['a search in a stack without an account', () => starts({ machineImage: AmiSelector.lookup({ name: 'al2023-*', owners: ['amazon'] }) }), 'give the stack an account and a region'],
  ['a search that finds nothing', () => found('ubuntu/images/ubuntu-noble-24.4-*'),
    'AmiSelector.lookup("ubuntu/images/ubuntu-noble-24.4-*"): 099720109477 has no x86_64 image on ebs of this name in eu-west-3, or only deprecated ones; '
    + '"npx --package cdk-workshop-instance cdk-ami search --name \'ubuntu/images/ubuntu-noble-24.*\' --owner 099720109477 --region eu-west-3" shows'],
  ['an id in place of a map', () => AmiSelector.genericLinux(ID), `AmiSelector.genericLinux: amiMap is "${ID}"; write { "eu-west-3": "${ID}" }.`],
  ['a list in place of a map', () => AmiSelector.genericLinux([ID]), 'AmiSelector.genericLinux: amiMap is ['],
  ['no map', () => AmiSelector.genericLinux(), 'AmiSelector.genericLinux: amiMap is missing; write'],
  ['an empty map', () => AmiSelector.genericLinux({}), 'the map is empty; give at least one region'],
  ['a region without an id', () => AmiSelector.genericLinux({ 'eu-west-3': undefined }), 'undefined, given for eu-west-3, is not an AMI id; write'],
  ['an id that is cut off', () => AmiSelector.genericLinux({ 'eu-west-3': 'ami-01fde5e5b31e9855' }), '"ami-01fde5e5b31e9855", given for eu-west-3, is not an AMI id; write'],
  ['key and value the other way round', () => AmiSelector.genericLinux({ [ID]: 'eu-west-3' }), `"${ID}" is not the name of a region`],
  ['a zone in place of a region', () => AmiSelector.genericLinux({ 'eu-west-3a': ID }), '"eu-west-3a" is not the name of a region'],
  ['updates of a map', () => AmiSelector.genericLinux({ 'eu-west-3': ID }, { updates: AmiUpdates.ON_LAUNCH }),
    'AmiSelector.genericLinux: updates says when an image that a parameter names may change, and no parameter names this one; leave updates out.'],
  ['a map without the region of the stack', () => starts({ machineImage: AmiSelector.genericLinux({ 'us-east-1': ID }) }), 'the map has no AMI id for eu-west-3'],
  ['a map without the region that an agnostic stack is deployed to', () => deployed('eu-west-3', { machineImage: AmiSelector.genericLinux({ 'us-east-1': ID }) }),
    'Stack/Workshop: there is no AMI id for the region of this stack, only for us-east-1; add one to the map of AmiSelector, or deploy to one of these.'],
  ['a pinned image without the region that an agnostic stack is deployed to',
    () => deployed('ap-south-1', { machineImage: AmiSelector.fromLockFile('web', { file: 'examples/python/pinned/ami.lock.json' }) }),
    /Stack\/Workshop: there is no AMI id for the region of this stack, only for .*; pin one with "cdk-ami pin web --region REGION", or deploy to one of these\./],
  ['no parameter', () => AmiSelector.fromSsmParameter(), 'AmiSelector.fromSsmParameter: parameterName is missing; write it as text.'],
  ['an id in place of a parameter', () => AmiSelector.fromSsmParameter(ID), 'this is an AMI id: use AmiSelector.genericLinux'],
  ['a version as text', () => AmiSelector.fromSsmParameter('/my/ami', { parameterVersion: '3' }), 'parameterVersion 3 is not a version; versions are whole numbers'],
  ['a version in the name', () => AmiSelector.fromSsmParameter('/my/ami:3'), 'parameterVersion: 3'],
  ['the syntax of CloudFormation', () => AmiSelector.fromSsmParameter('{{resolve:ssm:/my/ami}}'), 'write the name alone'],
  ['a file that is not there', () => AmiSelector.fromLockFile('web', { file: '/nowhere/ami.lock.json' }), 'there is no file /nowhere/ami.lock.json; make it with'],
  ['a file that is a number', () => AmiSelector.fromLockFile('web', { file: 5 }), 'AmiSelector.fromLockFile: file is 5; write it as text.'],
  ['a pinned image without a name', () => AmiSelector.fromLockFile(), 'AmiSelector.fromLockFile: name is missing; write it as text.'],
  ['a family of nothing', () => AmiFamily.custom(), 'AmiFamily.custom: the properties are missing; write them as an object'],
  ['a family with an owner in place of owners', () => AmiFamily.custom({ name: 'X', owners: 'amazon', images: [] }), 'AmiFamily.custom: owners is "amazon"; write { aws: ["099720109477"] }.'],
  ['a family with owners of no partition', () => AmiFamily.custom({ name: 'X', owners: ['amazon'], images: [] }), 'AmiFamily.custom: owners is ["amazon"]; write { aws:'],
  ['a family without images', () => AmiFamily.custom({ name: 'X', owners: {} }), 'AmiFamily.custom: images is missing; write [{ architecture:'],
  ['a family with one image in place of a list', () => AmiFamily.custom({ name: 'X', owners: {}, images: { parameterName: '/x' } }), 'AmiFamily.custom: images is {'],
  ['a release of Amazon Linux as text', () => AmiFamily.amazonLinux({ release: '2023' }),
    'AmiFamily.amazonLinux: release is "2023"; write AmazonLinuxRelease.AMAZON_LINUX_2023.'],
  ['Amazon Linux without a release', () => AmiFamily.amazonLinux(), 'AmiFamily.amazonLinux: the properties are missing; write them as an object, such as { release:'],
  ['an instance type as text', () => starts({ instanceType: 't3.micro' }), 'Stack/Workshop: instanceType is "t3.micro"; write new ec2.InstanceType("t3.micro").'],
  ['an instance class', () => starts({ instanceType: ec2.InstanceClass.T3 }), 'Stack/Workshop: instanceType is "t3"; write new ec2.InstanceType("t3.micro").'],
  ['an arm64 type with an x86_64 image', () => starts({
    instanceType: new ec2.InstanceType('t4g.micro'), machineImage: AmiSelector.genericLinux({ 'eu-west-3': ID }, { architecture: ec2.InstanceArchitecture.X86_64 }),
  }), 't4g.micro is arm64 and cannot boot'],
  ['a size without a unit', () => starts({ rootVolumeSize: 20 }), 'Stack/Workshop: rootVolumeSize is 20; write Size.gibibytes(20).'],
  ['a size of part of a gibibyte', () => starts({ rootVolumeSize: Size.mebibytes(20) }), /rootVolumeSize is .*; write Size\.gibibytes\(20\)\./],
  ['no size', () => starts({ rootVolumeSize: Size.gibibytes(0) }), /rootVolumeSize is .*; write Size\.gibibytes\(20\)\./],
  ['one access in place of a list', () => starts({ access: WorkshopAccess.sessionManager() }), 'Stack/Workshop: access is an object of WorkshopAccess; write [WorkshopAccess.sessionManager()].'],
  ['an access as text', () => starts({ access: ['ssh'] }), 'Stack/Workshop: access is ["ssh"]; write [WorkshopAccess.sessionManager()].'],
  ['an access that is not called', () => starts({ access: [WorkshopAccess.sessionManager] }), 'Stack/Workshop: access is [null]; write [WorkshopAccess.sessionManager()].'],
  ['no access', () => starts({ access: [] }), 'access is empty, so that nobody can get in'],
  ['an address as text', () => WorkshopAccess.http(80, { allowFrom: ['203.0.113.7/32'] }), 'WorkshopAccess.http: allowFrom is ["203.0.113.7/32"]; write [ec2.Peer.ipv4("203.0.113.7/32")].'],
  ['one peer in place of a list', () => WorkshopAccess.http(80, { allowFrom: PEERS[0] }), 'WorkshopAccess.http: allowFrom is'],
  ['nobody who may connect', () => WorkshopAccess.http(80), 'WorkshopAccess.http: the properties are missing; write them as an object, such as { allowFrom: [ec2.Peer.ipv4("203.0.113.7/32")] }.'],
  ['everybody who may connect', () => WorkshopAccess.http(80, { allowFrom: [ec2.Peer.anyIpv4()] }), 'lets strangers on the internet connect'],
  ['a word for everybody', () => WorkshopAccess.http(80, { allowFrom: [ec2.Peer.anyIpv4()], allowFromAnywhere: 'false' }),
    'WorkshopAccess.http: allowFromAnywhere is "false"; write true or false.'],
  ['SSH by nobody', () => WorkshopAccess.ssh({}), 'WorkshopAccess.ssh: allowFrom is missing; write [ec2.Peer.ipv4("203.0.113.7/32")].'],
  ['a key by its name', () => WorkshopAccess.ssh({ keyPair: 'my-key', allowFrom: PEERS }), 'WorkshopAccess.ssh: keyPair is "my-key"; write ec2.KeyPair.fromKeyPairName('],
  ['a port as text', () => WorkshopAccess.http('80', { allowFrom: PEERS }), '"80" is not a port; write a whole number'],
  ['one way to stop in place of a list', () => starts({ autoStop: AutoStop.whenIdle() }), 'Stack/Workshop: autoStop is an object of WhenIdle; write [AutoStop.whenIdle()].'],
  ['stop as a switch', () => starts({ autoStop: true }), 'Stack/Workshop: autoStop is true; write [AutoStop.whenIdle()].'],
  ['a time to stop as text', () => starts({ autoStop: ['18:00'] }), 'Stack/Workshop: autoStop is ["18:00"]; write'],
  ['start as text', () => starts({ autoStart: '08:00' }), 'Stack/Workshop: autoStart is "08:00"; write [AutoStart.daily("08:00", TimeZone.ETC_UTC)].'],
  ['a time without a unit', () => AutoStop.whenIdle({ idleFor: 30 }), 'AutoStop.whenIdle: idleFor is 30; write Duration.minutes(30).'],
  ['a schedule as text', () => AutoStop.at('cron(0 18 * * ? *)'), 'AutoStop.at: schedule is "cron(0 18 * * ? *)"; write ScheduleExpression.expression("cron(0 18 * * ? *)").'],
  ['a zone as text', () => AutoStart.daily('08:00', 'Europe/Paris'), 'AutoStart.daily: timeZone is "Europe/Paris"; write TimeZone.EUROPE_PARIS.'],
  ['user data as text', () => starts({ userData: '#!/bin/bash' }), 'Stack/Workshop: userData is "#!/bin/bash"; write ec2.UserData.custom(script).'],
  ['init as a list', () => starts({ init: [ec2.InitPackage.apt('nginx')] }), 'write ec2.CloudFormationInit.fromElements(…).'],
  ['an element of init', () => starts({ init: ec2.InitPackage.apt('nginx') }), 'Stack/Workshop: init is an object of InitPackage; write ec2.CloudFormationInit.fromElements(…).'],
  ['packages of Linux on Windows', () => starts({
    machineImage: AmiSelector.latest(AmiFamily.WINDOWS_SERVER_2022), init: ec2.CloudFormationInit.fromElements(ec2.InitPackage.apt('nginx')),
  }), 'Stack/Workshop: init does not fit AmiFamily.WINDOWS_SERVER_2022 (Windows only supports the MSI package type); write elements that this operating system has.'],
  ['a VPC by its id', () => starts({ vpc: 'vpc-123' }), 'Stack/Workshop: vpc is "vpc-123"; write ec2.Vpc.fromLookup('],
  ['a role by its name', () => starts({ role: 'admin' }), 'Stack/Workshop: role is "admin"; write Role.fromRoleName('],
  ['a security group by its id', () => starts({ securityGroup: 'sg-123' }), 'Stack/Workshop: securityGroup is "sg-123"; write ec2.SecurityGroup.fromSecurityGroupId('],
  ['a zone in place of zones', () => starts({ availabilityZones: 'eu-west-3a' }), 'Stack/Workshop: availabilityZones is "eu-west-3a"; write ["eu-west-3a"].'],
  ['no hops', () => starts({ httpPutResponseHopLimit: 0 }), 'Stack/Workshop: httpPutResponseHopLimit is 0; write a whole number from 1 to 64.'],
  ['hops that only the deployment knows', () => starts({ httpPutResponseHopLimit: Token.asNumber({ Ref: 'Hops' }) }),
    'Stack/Workshop: httpPutResponseHopLimit is known only at deployment; write a whole number from 1 to 64.'],
  ['a public address in a private subnet', () => {
    const stack = new Stack(new App(), 'Stack');
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
    new WorkshopInstance(stack, 'Workshop', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, associatePublicIpAddress: true });
  }, 'Stack/Workshop: associatePublicIpAddress gives an address of the internet, and Stack/Vpc/IsolatedSubnet1 is not a public subnet; leave it out, or choose public subnets'],
  ['one device in place of a list', () => starts({ blockDevices: { deviceName: '/dev/sdb' } }), 'Stack/Workshop: blockDevices is {"deviceName":"/dev/sdb"}; write'],
  ['credits in words', () => starts({ creditSpecification: 'no limit' }), 'Stack/Workshop: creditSpecification is "no limit"; write ec2.CpuCredits.STANDARD.'],
  ['no scope', () => new WorkshopInstance('Workshop'), 'WorkshopInstance: scope is "Workshop"; write the Stack that it belongs to.'],
  ['this, where there is none', () => new WorkshopInstance(undefined, 'Workshop'), 'WorkshopInstance: scope is missing; write the Stack that it belongs to.'],
  ['the app as the scope', () => new WorkshopInstance(new App(), 'Workshop'), 'WorkshopInstance: scope is <root>; write the Stack that it belongs to.'],
  ['the class of stacks as the scope', () => new WorkshopFleet(Stack, 'Fleet', { seats: 2 }), /WorkshopFleet: scope is Stack2?, a class or a method that is not called; write the Stack/],
  ['no id', () => new WorkshopInstance(new Stack(new App(), 'Stack')), 'WorkshopInstance: id is missing; write "Workshop".'],
  ['properties in place of the id', () => new WorkshopInstance(new Stack(new App(), 'Stack'), { hardened: true }), 'WorkshopInstance: id is {"hardened":true}; write "Workshop".'],
  ['ids in a list', () => AmiSelector.genericLinux({ 'eu-west-3': [ID] }), `["${ID}"], given for eu-west-3, is not an AMI id; write`],
  ['an id in capitals', () => AmiSelector.genericLinux({ 'eu-west-3': ID.toUpperCase() }), '"AMI-01FDE5E5B31E98551", given for eu-west-3, is not an AMI id; write'],
  ['an id with a blank', () => AmiSelector.genericLinux({ 'eu-west-3': `${ID} ` }), `"${ID} ", given for eu-west-3, is not an AMI id; write`],
  ['a region without its second hyphen', () => AmiSelector.genericLinux({ 'eu-west3': ID }), '"eu-west3" is not the name of a region'],
  ['an image that is resolved', () => starts({ machineImage: AmiSelector.latest(UBUNTU).getImage(new Stack()) }), /machineImage is \{"imageId":.*; write AmiSelector\.latest/],
  ['an image that is awaited', () => starts({ machineImage: Promise.resolve() }), 'machineImage is an object of Promise; write AmiSelector.latest'],
  ['subnets in a word', () => starts({ vpcSubnets: 'public' }), 'Stack/Workshop: vpcSubnets is "public"; write { subnetType: ec2.SubnetType.PUBLIC }.'],
  ['a kind of subnet as text', () => starts({ vpcSubnets: { subnetType: 'public' } }), 'vpcSubnets is {"subnetType":"public"}; write'],
  ['the size of a device', () => starts({ blockDevices: [{ deviceName: '/dev/sdb', volume: 20 }] }), 'Stack/Workshop: blockDevices is [{"deviceName":"/dev/sdb","volume":20}]; write'],
  ['zones that only the deployment knows', () => starts({ availabilityZones: Token.asList({ Ref: 'Zones' }) }),
    'Stack/Workshop: availabilityZones is a list that only the deployment knows; write names such as "eu-west-3a", or leave it out.'],
  ['a time in place of a schedule', () => AutoStop.at(ScheduleExpression.expression('18:00')), 'AutoStop.at: "18:00" is no schedule of EventBridge Scheduler'],
  ['a line of a crontab', () => AutoStart.at(ScheduleExpression.expression('0 8 * * 1-5')), 'AutoStart.at: "0 8 * * 1-5" is no schedule of EventBridge Scheduler'],
  ['cron with five fields', () => AutoStop.at(ScheduleExpression.expression('cron(0 18 * * *)')), 'cron has six fields'],
  ['cron without a question mark', () => AutoStop.at(ScheduleExpression.expression('cron(0 18 * * * *)')), 'with ? for one of the days; write one such as "cron(0 18 * * ? *)"'],
  ['a time without a zone', () => AutoStop.daily('18:00'), 'AutoStop.daily: timeZone is missing; write TimeZone.EUROPE_PARIS.'],
  ['an hour as a number', () => AutoStop.daily(18, TimeZone.EUROPE_PARIS), 'AutoStop.daily: time is 18; write it as text.'],
  ['a time with pm', () => AutoStop.daily('6:00 pm', TimeZone.EUROPE_PARIS), 'AutoStop.daily: "6:00 pm" is no time of day; write its hours and minutes'],
  ['an action that there is not', () => AutoStop.daily('18:00', TimeZone.EUROPE_PARIS, { action: 'hibernate' }), 'AutoStop.daily: action is "hibernate"; write AutoStopAction.STOP.'],
  ['a stack to check', () => AmiChecks.add(new Stack()), 'AmiChecks.add: stage is Default; write the App.'],
  ['nothing to check', () => AmiChecks.add(), 'AmiChecks.add: stage is missing; write the App.'],
  ['one lock file in place of a list', () => AmiChecks.add(new App(), { lockFiles: 'ami.lock.json' }), 'AmiChecks: lockFiles is "ami.lock.json"; write ["ami.lock.json"].'],
  ['the images of nothing', () => AllowedAmis.of(), 'AllowedAmis.of: scope is missing; write the App.'],
  ['a state in words', () => AllowedAmis.of(new App()).toDeclarativePolicy('on'), 'AllowedAmis.toDeclarativePolicy: state is "on"; write AllowedAmisState.ENABLED.'],
  ['a generation without its seat', () => fleet({ seats: 1, seatGenerations: 2 }), 'Stack/Fleet: seatGenerations is 2; write { "seat-1": 2 }.'],
  ['zones without their seats', () => fleet({ seats: 1, seatAvailabilityZones: ['eu-west-3a'] }), 'Stack/Fleet: seatAvailabilityZones is ["eu-west-3a"]; write { "seat-1": "eu-west-3a" }.'],
  ['a name with a blank', () => fleet({ seatNames: ['Mary Jane'] }), 'seatNames has "Mary Jane"; a name has 1 to 64 letters'],
  ['a seat without its hyphen', () => fleet({ seats: 2 }).connectCommands('seat1'), 'connectCommands has no seat "seat1"; name one of seat-1, seat-2.'],
  ['a fleet of nothing', () => fleet(), 'Stack/Fleet: the properties are missing; write them as an object'],
  ['a fleet without seats', () => fleet({}), 'takes either seats, their number, or seatNames; write one of the two'],
  ['seats and names', () => fleet({ seats: 2, seatNames: ['a', 'b'] }), 'takes either seats, their number, or seatNames; write one of the two'],
  ['a number of seats as text', () => fleet({ seats: '3' }), 'seats is 3; write a whole number from 1'],
  ['no seats', () => fleet({ seats: 0 }), 'seats is 0; write a whole number from 1'],
  ['names as one text', () => fleet({ seatNames: 'red,green' }), 'Stack/Fleet: seatNames is "red,green"; write ["red", "green"].'],
  ['names as numbers', () => fleet({ seatNames: [1, 2] }), 'Stack/Fleet: seatNames is [1,2]; write ["red", "green"].'],
  ['the same name twice', () => fleet({ seatNames: ['red', 'red'] }), 'seatNames has "red" twice'],
  ['elements as the init of a seat', () => fleet({ seats: 2, seatInit: { 'seat-1': [ec2.InitPackage.apt('nginx')] } }),
    'write { "red": ec2.CloudFormationInit.fromElements(…) }.'],
  ['init without its seat', () => fleet({ seats: 2, seatInit: ec2.CloudFormationInit.fromElements() }), 'Stack/Fleet: seatInit is'],
  ['a seat by its number', () => fleet({ seats: 2 }).connectCommands(0), 'connectCommands has no seat 0; name one of seat-1, seat-2.'],
];

test.each(MISTAKES)('%s', (_, mistake, sentence) => {
  expect(mistake).toThrow(sentence);
});

test.each([
  ['t3-micro', 'eu-west-3', '"t3-micro" is no name of an instance type, and EC2 would refuse it; the nearest is "t3.micro".'],
  ['t3.micro', 'eu-west3', '"eu-west3", the region of the stack, is no name of a region, and nothing can be deployed to it; name one such as "eu-west-3" in the env of the stack.'],
  ['t3.micro', 'eu-west-3a', '"eu-west-3a", the region of the stack, is no name of a region'],
])('the type %s in %s is warned of, as names that are newer may be right', (type, region, sentence) => {
  const stack = new Stack(new App(), 'Stack', { env: { region } });
  new WorkshopInstance(stack, 'Workshop', { instanceType: new ec2.InstanceType(type) });
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp(`^${sentence.replace(/[.?]/g, '\\$&')}`));
});

/** What nothing of ours can say first. */
const OTHERS: [string, () => unknown, string][] = [
  ['a construct without new', () => WorkshopInstance(new Stack(), 'Workshop'), "Class constructor WorkshopInstance cannot be invoked without 'new'"],
  ['a seat by its number', () => fleet({ seats: 2 }).instances[0].instanceId, "Cannot read properties of undefined (reading 'instanceId')"],
  ['an account as a number', () => starts({}, { account: 123456789012 }), "Account id of stack environment must be a 'string' but received 'number'"],
  ['a city as the region', () => starts({}, { region: 'Paris' }), 'Unable to parse environment specification "aws://unknown-account/Paris"'],
  ['an address without a mask', () => ec2.Peer.ipv4('203.0.113.7'), 'CIDR mask is missing in IPv4: "203.0.113.7"'],
  ['more seats than a stack holds', () => fleet({ seats: 500 }), 'is greater than allowed maximum of 500'],
];

test.each(OTHERS)('%s: docs/errors.md has the words', (_, mistake, words) => {
  expect(mistake).toThrow(words);
  expect(readFileSync(join(__dirname, '..', 'docs', 'errors.md'), 'utf8')).toContain(words);
});

test('there are more than sixty of them', () => {
  expect(MISTAKES.length).toBeGreaterThan(80);
});
