// An app of plain instances, with AmiChecks and without.
import { ec2, inStacks } from './by-hand.mjs';
import { require } from './installed.mjs';

export function withLibrary(instances, outdir) {
  return synthesized(instances, outdir, app => require('cdk-workshop-instance').AmiChecks.add(app));
}

export function byHand(instances, outdir) {
  return synthesized(instances, outdir, () => undefined);
}

function synthesized(instances, outdir, add) {
  return inStacks(instances, outdir, (stack, seats) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 });
    const machineImage = ec2.MachineImage.latestAmazonLinux2023();
    for (const seat of seats) {
      new ec2.Instance(stack, `Instance${seat}`, {
        vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, machineImage, instanceType: new ec2.InstanceType('t3.micro'),
      });
    }
  }, add);
}
