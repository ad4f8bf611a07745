// A fleet in one stack: with the library, and the same resources by hand.
import { createRequire } from 'node:module';
import { connectCommand, instanceByHand, roleByHand, vpcByHand } from './by-hand.mjs';

const require = createRequire(import.meta.url);
const { App, CfnOutput, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const iam = require('aws-cdk-lib/aws-iam');
const { WorkshopFleet } = require('..');

export function withLibrary(seats, outdir) {
  const app = new App({ analyticsReporting: false, outdir });
  new WorkshopFleet(new Stack(app, 'Stack'), 'Fleet', { seats });
  return app.synth();
}

export function byHand(seats, outdir) {
  const app = new App({ analyticsReporting: false, outdir });
  const stack = new Stack(app, 'Stack');
  const vpc = vpcByHand(stack, 22);
  const securityGroup = new ec2.SecurityGroup(stack, 'SecurityGroup', { vpc });
  const instanceProfile = new iam.InstanceProfile(stack, 'InstanceProfile', { role: roleByHand(stack, 'Role') });
  const machineImage = ec2.MachineImage.latestAmazonLinux2023();
  const list = {};
  for (let i = 1; i <= seats; i++) {
    const instanceName = `seat-${i}`;
    const instance = instanceByHand(stack, instanceName, { vpc, machineImage, instanceName, instanceProfile, securityGroup });
    instance.instance.tags.setTag('Seat', instanceName);
    list[instanceName] = { instanceId: instance.instanceId, connectCommands: [connectCommand(instance)] };
  }
  new CfnOutput(stack, 'SeatList', { value: stack.toJsonString(list), description: 'Seat, instance id and how to connect' });
  return app.synth();
}
