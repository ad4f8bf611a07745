// The ways to use the library that differ in what they deploy: as the scanners see them, and with every release of aws-cdk-lib.
const { TimeZone } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { ScheduleExpression } = require('aws-cdk-lib/aws-scheduler');
const { AmiFamily, AmiSelector, AutoStart, AutoStop, WorkshopAccess, WorkshopBudget, WorkshopFleet, WorkshopInstance } = require('cdk-workshop-instance');

const PARIS = { account: '123456789012', region: 'eu-west-3' };
const IMAGE = AmiSelector.genericLinux({ 'eu-west-3': 'ami-01fde5e5b31e98551' }, { rootDeviceName: '/dev/xvda' });

const PROFILES = {
  'default': { env: PARIS, make: stack => new WorkshopInstance(stack, 'Workshop') },
  'default, any region': { make: stack => new WorkshopInstance(stack, 'Workshop') },
  'access': { env: PARIS, make: makeWithEveryAccess },
  'access to Windows': {
    env: PARIS,
    make: stack => new WorkshopFleet(stack, 'Fleet', {
      seats: 2, access: [WorkshopAccess.rdp({ allowFrom: [ec2.Peer.ipv4('203.0.113.7/32')] })], instanceType: new ec2.InstanceType('t3.large'),
      machineImage: AmiSelector.latest(AmiFamily.WINDOWS_SERVER_2022),
    }),
  },
  'an editor in the browser': { env: PARIS, make: stack => new WorkshopFleet(stack, 'Fleet', { seats: 2, access: [WorkshopAccess.browserIde()] }) },
  'autoStop': {
    env: PARIS,
    make: stack => new WorkshopInstance(stack, 'Workshop', {
      autoStop: [AutoStop.whenIdle(), AutoStop.at(ScheduleExpression.cron({ hour: '18', minute: '0', timeZone: TimeZone.EUROPE_PARIS }))],
    }),
  },
  'autoStart, budget': {
    env: PARIS,
    make: stack => new WorkshopFleet(stack, 'Fleet', {
      seats: 2, autoStart: [AutoStart.daily('08:30', TimeZone.EUROPE_PARIS)], autoStop: [AutoStop.daily('18:00', TimeZone.EUROPE_PARIS)],
      budget: WorkshopBudget.monthly({ limit: 50, emailAddresses: ['organiser@example.com'] }),
    }),
  },
  'init': {
    env: PARIS,
    make: stack => new WorkshopInstance(stack, 'Workshop', {
      init: ec2.CloudFormationInit.fromElements(ec2.InitPackage.yum('nginx'), ec2.InitFile.fromString('/etc/motd', 'Welcome')), keepUpToDate: true,
    }),
  },
  'fleet': { env: PARIS, make: stack => new WorkshopFleet(stack, 'Fleet', { seats: 3, autoStop: [AutoStop.whenIdle()] }) },
  'fleet, hardened': { env: PARIS, make: stack => new WorkshopFleet(stack, 'Fleet', { seats: 3, hardened: true }) },
  'hardened': { env: PARIS, make: stack => new WorkshopInstance(stack, 'Workshop', { hardened: true }) },
  'hardened, any region': { make: stack => new WorkshopInstance(stack, 'Workshop', { hardened: true, machineImage: IMAGE }) },
};

function makeWithEveryAccess(stack) {
  const allowFrom = [ec2.Peer.ipv4('203.0.113.7/32')];
  new WorkshopInstance(stack, 'Workshop', {
    access: [
      WorkshopAccess.sessionManager(),
      WorkshopAccess.instanceConnectEndpoint(),
      WorkshopAccess.ssh({ keyPair: new ec2.KeyPair(stack, 'KeyPair'), allowFrom }),
      WorkshopAccess.http(8080, { allowFrom }),
      WorkshopAccess.https(8443, { allowFrom }),
      WorkshopAccess.tcp(5900, { allowFrom, toPort: 5910 }),
      WorkshopAccess.portForwarding(3000),
    ],
  });
}

module.exports = { PARIS, PROFILES };
