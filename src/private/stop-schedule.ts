import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { AutoStopAction } from '../auto-stop';

/** The policies of a role hold 10,240 characters, and the ARN of an instance has up to 90. */
const INSTANCES_PER_ROLE = 100;

const CALLS: Record<AutoStopAction, string> = {
  [AutoStopAction.STOP]: 'stopInstances',
  [AutoStopAction.TERMINATE]: 'terminateInstances',
};

/**
 * A schedule for each instance, and a role for these instances alone.
 *
 * Not one schedule for all: EC2 refuses a call as a whole when one of its instances is gone, and the others would run on.
 */
export function stopSchedules(
  scope: Construct, id: string, instances: ec2.Instance[], action: AutoStopAction, schedule: scheduler.ScheduleExpression,
): void {
  const { partition } = Stack.of(scope);
  for (let first = 0; first < instances.length; first += INSTANCES_PER_ROLE) {
    const group = instances.slice(first, first + INSTANCES_PER_ROLE);
    const role = roleFor(scope, `${id}Role${first || ''}`, action, group);
    for (const instance of group) {
      new scheduler.Schedule(instance, id, {
        description: `AutoStop: ${action} the instance`,
        schedule,
        target: {
          bind: () => ({
            arn: `arn:${partition}:scheduler:::aws-sdk:ec2:${CALLS[action]}`,
            role,
            input: scheduler.ScheduleTargetInput.fromObject({ InstanceIds: [instance.instanceId] }),
          }),
        },
      });
    }
  }
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html */
function roleFor(scope: Construct, id: string, action: AutoStopAction, instances: ec2.Instance[]): iam.Role {
  const stack = Stack.of(scope);
  const call = CALLS[action];
  return new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: {
          'aws:SourceAccount': stack.account,
          'aws:SourceArn': stack.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: 'default' }),
        },
      },
    }),
    inlinePolicies: {
      AutoStop: new iam.PolicyDocument({
        statements: [new iam.PolicyStatement({
          actions: [`ec2:${call[0].toUpperCase()}${call.slice(1)}`],
          resources: instances.map(({ instanceId }) => stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: instanceId })),
        })],
      }),
    },
  });
}
