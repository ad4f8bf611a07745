import { Annotations, Stack, TimeZone, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { code, message } from '../language';

interface ScheduledCall {
  readonly by: 'AutoStart' | 'AutoStop';
  /** The factory that the user calls. */
  readonly call: string;
  /** What is called of EC2, as EventBridge Scheduler names it. */
  readonly action: string;
  readonly description: string;
  readonly schedule: scheduler.ScheduleExpression;
  /** What comes of a call in each minute. */
  readonly againAndAgain: string;
}

/** The policies of a role hold 10,240 characters, and the ARN of an instance has up to 90. */
const INSTANCES_PER_ROLE = 100;

/**
 * A schedule for each instance, and a role for these instances alone.
 *
 * Not one schedule for all: EC2 refuses a call as a whole when one of its instances is gone, and the others would be left out.
 */
export function scheduleCall(scope: Construct, id: string, instances: ec2.Instance[], scheduled: ScheduledCall): void {
  warnOfEachMinute(scope, scheduled);
  const { partition } = Stack.of(scope);
  const { action, description, schedule } = scheduled;
  for (let first = 0; first < instances.length; first += INSTANCES_PER_ROLE) {
    const group = instances.slice(first, first + INSTANCES_PER_ROLE);
    const role = roleFor(scope, `${id}Role${first || ''}`, group, scheduled);
    for (const instance of group) {
      new scheduler.Schedule(instance, id, {
        description,
        schedule,
        target: {
          bind: () => ({
            arn: `arn:${partition}:scheduler:::aws-sdk:ec2:${action}`,
            role,
            input: scheduler.ScheduleTargetInput.fromObject({ InstanceIds: [instance.instanceId] }),
          }),
        },
      });
    }
  }
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html */
function roleFor(scope: Construct, id: string, instances: ec2.Instance[], { by, action }: ScheduledCall): iam.Role {
  const stack = Stack.of(scope);
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
      [by]: new iam.PolicyDocument({
        statements: [new iam.PolicyStatement({
          actions: [`ec2:${action[0].toUpperCase()}${action.slice(1)}`],
          resources: instances.map(({ instanceId }) => stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: instanceId })),
        })],
      }),
    },
  });
}

/** `cron({ hour: '18' })` is each minute from 18:00 to 18:59. */
function warnOfEachMinute(scope: Construct, { by, call, schedule: { expressionString }, againAndAgain }: ScheduledCall): void {
  if (!Token.isUnresolved(expressionString) && /^cron\(\s*\*/.test(expressionString)) {
    Annotations.of(scope).addWarningV2('cdk-workshop-instance:scheduleFiresEachMinute',
      `the schedule ${expressionString} of ${call} fires in each minute of its hours, so that ${againAndAgain}; `
      + message`say minute: "0", or write ${code(`${by}.daily`)}.`);
  }
}

/**
 * The schedule for a time of each day.
 *
 * @throws where it is none
 */
export function eachDayAt(call: string, time: string, timeZone: TimeZone): scheduler.ScheduleExpression {
  const [, hour, minute] = (Token.isUnresolved(time) ? null : /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time)) ?? [];
  if (hour === undefined) {
    throw new Error(message`${call}: ${JSON.stringify(time)} is no time of day; write its hours and minutes, such as "18:00".`);
  }
  return scheduler.ScheduleExpression.cron({ hour: String(Number(hour)), minute: String(Number(minute)), timeZone });
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
const EXPRESSION = /^(at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)|rate\(\d+ (minute|hour|day)s?\)|cron\(\s*\S+ +\S+ +(\? +\S+ +\S+|\S+ +\S+ +\?) +\S+\s*\))$/;

/**
 * Refuses what EventBridge Scheduler would refuse at deployment, such as the five fields of a crontab.
 */
export function checkSchedule(call: string, { expressionString }: scheduler.ScheduleExpression): void {
  if (!Token.isUnresolved(expressionString) && !EXPRESSION.test(expressionString)) {
    throw new Error(message`${call}: ${JSON.stringify(expressionString)} is no schedule of EventBridge Scheduler, whose cron has six fields (minute, hour, day of the month, month, `
      + 'day of the week, year) with ? for one of the days; write one such as "cron(0 18 * * ? *)", "rate(1 day)" or "at(2027-03-05T18:00:00)".');
  }
}
