// Instances in the VPC of their stack, with a map of 30 regions: with the library, and the same resources by hand.
import { connectCommand, ec2, inStacks, instanceByHand, roleByHand, vpcByHand } from './by-hand.mjs';
import { require } from './installed.mjs';

const { Aws, CfnCondition, CfnMapping, CfnOutput, Fn } = require('aws-cdk-lib');
const { Construct } = require('constructs');

const AMIS = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`xx-bench-${i}`, `ami-${String(i).padStart(17, '0')}`]));
const HOSTS = { 'aws-cn': 'console.amazonaws.cn', 'aws-us-gov': 'console.amazonaws-us-gov.com', 'aws-eusc': 'console.amazonaws-eusc.eu' };

export function withLibrary(instances, outdir) {
  const { AmiSelector, WorkshopInstance } = require('cdk-workshop-instance');
  const machineImage = AmiSelector.genericLinux(AMIS, { rootDeviceName: '/dev/xvda' });
  return inStacks(instances, outdir, (stack, numbers) => {
    let vpc;
    for (const i of numbers) {
      ({ vpc } = new WorkshopInstance(stack, `Instance${i}`, { vpc, machineImage }));
    }
  });
}

/** All of it in the stack itself. */
export function byHand(instances, outdir) {
  return handWritten(instances, outdir, (stack, i) => ({ scope: stack, suffix: i }));
}

/** A construct for each instance and what is its own, as one that is used in several stacks. */
export function byHandInConstructs(instances, outdir) {
  return handWritten(instances, outdir, (stack, i) => ({ scope: new Construct(stack, `Instance${i}`), suffix: '' }));
}

function handWritten(instances, outdir, place) {
  return inStacks(instances, outdir, (stack, numbers) => {
    const vpc = vpcByHand(stack, 24);
    const mapping = new CfnMapping(stack, 'Amis', { mapping: Object.fromEntries(Object.entries(AMIS).map(([region, ami]) => [region, { ami }])) });
    const machineImage = {
      getImage: () => ({ imageId: mapping.findInMap(Aws.REGION, 'ami'), osType: ec2.OperatingSystemType.LINUX, userData: ec2.UserData.forLinux() }),
    };
    const host = Object.entries(HOSTS).reduce((otherwise, [partition, host]) => {
      const condition = new CfnCondition(stack, partition, { expression: Fn.conditionEquals(Aws.PARTITION, partition) });
      return Fn.conditionIf(condition.logicalId, host, otherwise).toString();
    }, 'console.aws.amazon.com');
    for (const i of numbers) {
      const { scope, suffix } = place(stack, i);
      const instance = instanceByHand(scope, `Instance${suffix}`, { vpc, machineImage, role: roleByHand(scope, `Role${suffix}`) });
      new CfnOutput(scope, `InstanceId${suffix}`, { value: instance.instanceId, description: 'The id of the instance' });
      new CfnOutput(scope, `ConnectCommand${suffix}`, { value: connectCommand(instance), description: 'Opens a shell through Session Manager' });
      new CfnOutput(scope, `ConsoleUrl${suffix}`, {
        value: `https://${stack.region}.${host}/systems-manager/session-manager/${instance.instanceId}?region=${stack.region}`,
        description: 'Opens a shell on the instance in a browser',
      });
    }
  });
}
