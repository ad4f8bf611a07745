// Stacks with all ways in whose lines the AWS CLI reads.
const { App, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { AmiFamily, AmiSelector, WorkshopAccess, WorkshopFleet, WorkshopInstance } = require('cdk-workshop-instance');

const allowFrom = [ec2.Peer.ipv4('203.0.113.7/32')];
const app = new App();
const stack = id => new Stack(app, id, { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: 'eu-west-3' } });

new WorkshopFleet(stack('Linux'), 'Fleet', {
  seatNames: ['red', 'green'],
  access: [
    WorkshopAccess.ssh({ allowFrom }), WorkshopAccess.sessionManager(), WorkshopAccess.portForwarding(80, { localPort: 3000 }), WorkshopAccess.browserIde(),
    WorkshopAccess.http(8080, { allowFrom }), WorkshopAccess.tcp(5900, { allowFrom, toPort: 5910 }),
  ],
});
new WorkshopInstance(stack('Windows'), 'Instance', {
  access: [WorkshopAccess.rdp({ allowFrom })], machineImage: AmiSelector.latest(AmiFamily.WINDOWS_SERVER_2022), instanceType: new ec2.InstanceType('t3.large'),
});
