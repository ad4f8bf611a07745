import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AutoStop, WorkshopAccess, WorkshopBudget, WorkshopFleet, WorkshopInstance } from 'cdk-workshop-instance';

const app = new App();
const env = { region: 'eu-west-3' };
const classroom = [ec2.Peer.ipv4('203.0.113.0/24')];

// Every way in; the instances share a network.
const access = new Stack(app, 'Access', { env });
const { vpc } = new WorkshopInstance(access, 'SessionManager', { access: [WorkshopAccess.sessionManager()] });
new WorkshopInstance(access, 'Endpoint', { vpc, access: [WorkshopAccess.instanceConnectEndpoint()] });
new WorkshopInstance(access, 'Ssh', {
  vpc,
  access: [WorkshopAccess.ssh({ keyPair: new ec2.KeyPair(access, 'KeyPair'), allowFrom: classroom })],
});
new WorkshopInstance(access, 'Web', {
  vpc,
  access: [WorkshopAccess.sessionManager(), WorkshopAccess.http(8080, { allowFrom: classroom })],
});

// Set up, and kept as the app says.
new WorkshopInstance(new Stack(app, 'SetUp', { env }), 'Instance', {
  init: ec2.CloudFormationInit.fromElements(
    ec2.InitPackage.yum('git'),
    ec2.InitFile.fromString('/home/ec2-user/welcome.txt', 'Welcome to the workshop.\n'),
  ),
  keepUpToDate: true,
});

// Stopped when nobody works on them, and in the evening of every weekday.
const autoStop = new Stack(app, 'AutoStop', { env });
const idle = new WorkshopInstance(autoStop, 'WhenIdle', { autoStop: [AutoStop.whenIdle({ idleFor: Duration.hours(1) })] });
new WorkshopInstance(autoStop, 'AtSix', {
  vpc: idle.vpc,
  autoStop: [AutoStop.at(ScheduleExpression.cron({ hour: '18', minute: '0', weekDay: 'MON-FRI', timeZone: TimeZone.EUROPE_PARIS }))],
});

// A seat for everyone, and a mail when they have cost too much.
new WorkshopFleet(new Stack(app, 'Fleet', { env }), 'Fleet', {
  seats: 30,
  budget: WorkshopBudget.monthly({ limit: 50, emailAddresses: ['organiser@example.com'] }),
});
