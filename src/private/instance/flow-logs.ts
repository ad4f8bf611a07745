import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { acknowledgeForCheckov } from '../checks/acknowledge';

/** Records which addresses talk to a VPC, for three months, and also once the stack is gone: whoever asks may ask late. */
export function recordFlows(vpc: ec2.IVpc): void {
  const stack = Stack.of(vpc);
  const logGroup = new logs.LogGroup(vpc, 'FlowLogGroup', { retention: logs.RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.RETAIN });
  acknowledgeForCheckov(logGroup.node.defaultChild as CfnResource, {
    id: 'CKV_AWS_158',
    reason: 'CloudWatch Logs encrypts the group with a key of its own; a KMS key for addresses and ports would cost more than the logs',
  });
  // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
  const role = new iam.Role(vpc, 'FlowLogRole', {
    assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'ec2', resource: 'vpc-flow-log', resourceName: '*' }) },
      },
    }),
  });
  vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup, role) });
}
