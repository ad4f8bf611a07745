// Instances in one VPC with a map of 30 regions: with the library, and the same resources by hand.
import { createRequire } from 'node:module';
import { connectCommand, instanceByHand, roleByHand, vpcByHand } from './by-hand.mjs';

const require = createRequire(import.meta.url);
const { App, Aws, CfnCondition, CfnMapping, CfnOutput, Fn, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { AmiSelector, WorkshopInstance } = require('..');

const AMIS = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`xx-bench-${i}`, `ami-${String(i).padStart(17, '0')}`]));

export function withLibrary(instances, outdir) {
  const app = new App({ analyticsReporting: false, outdir });
  const stack = new Stack(app, 'Stack');
  const machineImage = AmiSelector.genericLinux(AMIS, { rootDeviceName: '/dev/xvda' });
  let vpc;
  for (let i = 0; i < instances; i++) {
    ({ vpc } = new WorkshopInstance(stack, `Instance${i}`, { vpc, machineImage }));
  }
  return app.synth();
}

export function byHand(instances, outdir) {
  const app = new App({ analyticsReporting: false, outdir });
  const stack = new Stack(app, 'Stack');
  const vpc = vpcByHand(stack, 24);
  const mapping = new CfnMapping(stack, 'Amis', { mapping: Object.fromEntries(Object.entries(AMIS).map(([region, ami]) => [region, { ami }])) });
  const machineImage = {
    getImage: () => ({ imageId: mapping.findInMap(Aws.REGION, 'ami'), osType: ec2.OperatingSystemType.LINUX, userData: ec2.UserData.forLinux() }),
  };
  const inChina = new CfnCondition(stack, 'China', { expression: Fn.conditionEquals(Aws.PARTITION, 'aws-cn') });
  const inGovCloud = new CfnCondition(stack, 'GovCloud', { expression: Fn.conditionEquals(Aws.PARTITION, 'aws-us-gov') });
  const elsewhere = Fn.conditionIf(inChina.logicalId, 'console.amazonaws.cn', 'console.aws.amazon.com').toString();
  const host = Fn.conditionIf(inGovCloud.logicalId, 'console.amazonaws-us-gov.com', elsewhere).toString();
  for (let i = 0; i < instances; i++) {
    const instance = instanceByHand(stack, `Instance${i}`, { vpc, machineImage, role: roleByHand(stack, `Role${i}`) });
    new CfnOutput(stack, `InstanceId${i}`, { value: instance.instanceId, description: 'The id of the instance' });
    new CfnOutput(stack, `ConnectCommand${i}`, { value: connectCommand(instance), description: 'Opens a shell through Session Manager' });
    new CfnOutput(stack, `ConsoleUrl${i}`, {
      value: `https://${stack.region}.${host}/systems-manager/session-manager/${instance.instanceId}?region=${stack.region}`,
      description: 'Opens a shell on the instance in a browser',
    });
  }
  return app.synth();
}
