// A stack for each row of the table, as it is before the change, and where CHANGED is set after it.
const { App, CfnOutput, Duration, Size, Stack, Tags } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { AmiFamily, AmiSelector, AmiUpdates, AutoStop, WorkshopAccess, WorkshopBudget, WorkshopFleet } = require('cdk-workshop-instance');
const { ROWS } = require('./table.cjs');

const CLASSROOM = [ec2.Peer.ipv4('203.0.113.0/24')];
const BASE = { seatNames: ['red', 'green', 'blue'], availabilityZones: ['eu-west-3a', 'eu-west-3b'] };

function accessOf(stack, { access, keyPair = 'first' }) {
  const ways = {
    endpoint: () => WorkshopAccess.instanceConnectEndpoint(),
    port: () => WorkshopAccess.http(8080, { allowFrom: CLASSROOM }),
    ssh: () => WorkshopAccess.ssh({ keyPair: ec2.KeyPair.fromKeyPairName(stack, 'KeyPair', keyPair), allowFrom: CLASSROOM }),
  };
  return access && [WorkshopAccess.sessionManager(), ...access.map(way => ways[way]())];
}

function imageOf({ family = 'AMAZON_LINUX_2023', updates }) {
  return family === 'AMAZON_LINUX_2023' && updates === undefined ? undefined : AmiSelector.latest(AmiFamily[family], { updates: AmiUpdates[updates] });
}

function initOf(text) {
  return ec2.CloudFormationInit.fromElements(ec2.InitFile.fromString('/etc/motd', text));
}

function fleet(stack, row) {
  const { seatNames, availabilityZones, outputs, hardened, instanceType, keepUpToDate } = row;
  const made = new WorkshopFleet(stack, 'Fleet', {
    seatNames,
    outputs,
    hardened,
    keepUpToDate,
    ...row.vpc
      ? { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false }) }
      : { availabilityZones },
    machineImage: imageOf(row),
    access: accessOf(stack, row),
    autoStop: row.autoStop && [AutoStop.whenIdle({ idleFor: Duration.hours(1) })],
    instanceType: instanceType && new ec2.InstanceType(instanceType),
    creditSpecification: row.credits,
    rootVolumeSize: row.rootVolumeSize && Size.gibibytes(row.rootVolumeSize),
    init: row.init && initOf(row.init),
    seatInit: row.seatInit && Object.fromEntries(Object.entries(row.seatInit).map(([seat, text]) => [seat, initOf(text)])),
    budget: row.budget && WorkshopBudget.monthly({ limit: row.budget, emailAddresses: ['organiser@example.com'] }),
  });
  if (row.open !== undefined) {
    made.connections.allowFrom(CLASSROOM[0], ec2.Port.tcp(row.open));
  }
  if (row.tag !== undefined) {
    Tags.of(made).add('Course', row.tag);
  }
}

const app = new App();
ROWS.forEach(({ from, to }, index) => {
  const stack = new Stack(app, `Row${index}`, { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: 'eu-west-3' } });
  // Something is always there to deploy.
  new CfnOutput(stack, 'Changed', { value: `${process.env.CHANGED === 'true'}` });
  fleet(stack, { ...BASE, ...from, ...process.env.CHANGED === 'true' ? to : {} });
});
