// An app of plain instances, with AmiChecks and without.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { App, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { AmiChecks } = require('..');

export function withLibrary(instances, outdir) {
  return synthesized(instances, outdir, app => AmiChecks.add(app));
}

export function withoutChecks(instances, outdir) {
  return synthesized(instances, outdir, () => undefined);
}

/** In stacks of a hundred: CloudFormation takes 500 resources in each. */
function synthesized(instances, outdir, add) {
  const app = new App({ analyticsReporting: false, outdir });
  for (let i = 0; i < instances; i += 100) {
    const stack = new Stack(app, `Stack${i}`);
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 });
    for (let seat = i; seat < Math.min(i + 100, instances); seat++) {
      new ec2.Instance(stack, `Instance${seat}`, {
        vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, machineImage: ec2.MachineImage.latestAmazonLinux2023(), instanceType: new ec2.InstanceType('t3.micro'),
      });
    }
  }
  add(app);
  return app.synth();
}
