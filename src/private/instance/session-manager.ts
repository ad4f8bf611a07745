import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PASSWORD_FINDING } from './code-server';
import { acknowledge } from '../checks/acknowledge';

/**
 * What the SSM agent needs for Session Manager, and no more.
 *
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
export function sessionManagerStatements(): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['ssm:UpdateInstanceInformation'], resources: [`arn:${Aws.PARTITION}:ec2:*:*:instance/*`] }),
    new iam.PolicyStatement({
      actions: [
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      resources: ['*'],
    }),
  ];
}

/** Acknowledges the wildcards in these statements, and in no other policy that the role gets. */
export function acknowledgeSessionManager(role: iam.Role, statements: iam.PolicyStatement[]): void {
  const resource = role.node.defaultChild;
  if (resource === undefined) {
    return; // iam.Role.customizeRoles: someone else makes the role.
  }
  acknowledge(resource,
    { id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ec2:*:*:instance/*]', reason: 'An instance has its id only after it was started with the role' },
    ...statements.some(({ actions }) => actions.includes('ssm:PutParameter')) ? [PASSWORD_FINDING] : [],
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'The channels of Session Manager are no resources that a policy could name' });
}
