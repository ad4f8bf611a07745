import { Aws, CfnCondition, Fn, IResolvable, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { partitionOf } from '../ec2/region';

/** The hosts of the AWS console that are not those of the partition aws. */
const HOSTS: Record<string, string> = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  // The one that https://github.com/ByteNess/aws-vault/pull/285 and other tools open.
  'aws-eusc': 'console.amazonaws-eusc.eu',
};
const HOST = 'console.aws.amazon.com';

/** The URL of a page of the AWS console in the region and partition of a stack. */
export function consoleUrl(scope: Construct, page: string): string {
  const stack = Stack.of(scope);
  const host = Token.isUnresolved(stack.region) ? hostAtDeployment(stack) : HOSTS[partitionOf(stack.region)] ?? HOST;
  return `https://${stack.region}.${host}/${page}`;
}

/** Conditions and not a mapping, which would fail in a partition that it lacks. */
function hostAtDeployment(stack: Stack): string {
  return Token.asString(Object.entries(HOSTS).reduce<string | IResolvable>((otherwise, [partition, host]) => {
    const id = `Partition-${partition}`;
    const condition = stack.node.tryFindChild(id) as CfnCondition | undefined
      ?? new CfnCondition(stack, id, { expression: Fn.conditionEquals(Aws.PARTITION, partition) });
    return Fn.conditionIf(condition.logicalId, host, otherwise);
  }, HOST));
}
