// A fleet in one stack: with the library, and the same resources by hand.
import { connectCommand, ec2, instanceByHand, roleByHand, vpcByHand } from './by-hand.mjs';
import { require } from './installed.mjs';

const { App, CfnOutput, Stack } = require('aws-cdk-lib');
const iam = require('aws-cdk-lib/aws-iam');
const { Construct } = require('constructs');

const PARAMETER = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

export function withLibrary(seats, outdir) {
  const { WorkshopFleet } = require('cdk-workshop-instance');
  const app = new App({ analyticsReporting: false, outdir });
  new WorkshopFleet(new Stack(app, 'Stack'), 'Fleet', { seats });
  return app.synth();
}

/** All of it in the stack itself. */
export function byHand(seats, outdir) {
  return handWritten(seats, outdir, stack => stack, stack => stack);
}

/** A construct for the fleet, as one that is used in several stacks, and in it one for each seat. */
export function byHandInConstructs(seats, outdir) {
  return handWritten(seats, outdir, stack => new Construct(stack, 'Fleet'), (fleet, name) => new Construct(fleet, `Seat-${name}`));
}

function handWritten(seats, outdir, fleetIn, seatIn) {
  const app = new App({ analyticsReporting: false, outdir });
  const stack = new Stack(app, 'Stack');
  const fleet = fleetIn(stack);
  const vpc = vpcByHand(fleet, 22);
  const securityGroup = new ec2.SecurityGroup(fleet, 'SecurityGroup', { vpc });
  const instanceProfile = new iam.InstanceProfile(fleet, 'InstanceProfile', { role: roleByHand(fleet, 'Role') });
  const machineImage = ec2.MachineImage.resolveSsmParameterAtLaunch(PARAMETER);
  const list = {};
  for (let i = 1; i <= seats; i++) {
    const instanceName = `seat-${i}`;
    const instance = instanceByHand(seatIn(fleet, instanceName), `Instance-${i}`, { vpc, machineImage, instanceName, instanceProfile, securityGroup, instanceMetadataTags: true });
    instance.instance.tags.setTag('Seat', instanceName);
    instance.instance.addMetadata('cfn-lint', { config: { ignore_checks: ['E1152'] } }); // Else it takes the parameter for a malformed id.
    list[instanceName] = { instanceId: instance.instanceId, connectCommands: [connectCommand(instance)] };
  }
  new CfnOutput(fleet, 'SeatList', { value: stack.toJsonString(list), description: 'Seat, instance id and how to connect' });
  return app.synth();
}
