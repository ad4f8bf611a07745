import { Duration, TimeZone, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Ec2Action, Ec2InstanceAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { RootDevice } from './ami-types';
import { ACTION, DURATION, expect, NUMBER, SCHEDULE, TEXT, TIME_ZONE } from './private/expected';
import { checkSchedule, eachDayAt, scheduleCall } from './private/instance/schedule';
import { message } from './private/language';

/**
 * What becomes of an instance whose time is over.
 */
export enum AutoStopAction {
  /**
   * Keeps the instance and its disks, which cost on, and starts again with `aws ec2 start-instances`; EBS root devices only.
   *
   * A public address that the subnet assigned is another one after the start.
   */
  STOP = 'stop',

  /**
   * Deletes the instance and its root volume for good. No deployment brings it back: CloudFormation does not see that it is gone.
   */
  TERMINATE = 'terminate',
}

/**
 * What can be said of any way to stop by itself.
 */
export interface AutoStopOptions {
  /**
   * What becomes of the instance.
   *
   * @default AutoStopAction.STOP
   */
  readonly action?: AutoStopAction;
}

/**
 * Options of `AutoStop.whenIdle`.
 */
export interface AutoStopWhenIdleOptions extends AutoStopOptions {
  /**
   * Below which utilization of its CPU, in percent, the instance is idle. More than 0, and at most 100.
   *
   * @default 5
   */
  readonly cpuBelowPercent?: number;

  /**
   * For how long the instance must be idle without a break: whole multiples of 5 minutes up to a day, of an hour up to 7 days.
   *
   * A participant who reads or talks is idle too: choose longer than the longest break.
   *
   * @default Duration.hours(2)
   */
  readonly idleFor?: Duration;
}

/**
 * Options of `AutoStop.at` and `AutoStop.daily`.
 */
export interface AutoStopAtOptions extends AutoStopOptions {}

/**
 * Stops an instance by itself, so that it does not run, and cost, for longer than its workshop.
 *
 * What stops it is AWS's own: an alarm of CloudWatch or a schedule of EventBridge Scheduler. No Lambda function.
 *
 * @example
 * new WorkshopInstance(stack, 'Workshop', { autoStop: [AutoStop.whenIdle()] });
 */
export abstract class AutoStop {
  /**
   * Stops the instance when its CPU had nothing to do for a while: a CloudWatch alarm with EC2's own action.
   *
   * The time counts anew after each start, and whatever is not measured counts as busy: an instance that was just started
   * is not stopped. The first alarm of this kind in an account makes CloudWatch create the service-linked role
   * `AWSServiceRoleForCloudWatchEvents`, so whoever deploys needs `iam:CreateServiceLinkedRole`.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/UsingAlarmActions.html
   */
  public static whenIdle(options: AutoStopWhenIdleOptions = {}): AutoStop {
    expect(message`AutoStop.whenIdle`, options, { idleFor: DURATION, cpuBelowPercent: NUMBER, action: ACTION });
    return new WhenIdle(options);
  }

  /**
   * Stops the instance at the times of a schedule: EventBridge Scheduler calls EC2, with a role that may do this to this
   * instance and nothing else.
   *
   * @param schedule again and again (`scheduler.ScheduleExpression.cron`) or once (`scheduler.ScheduleExpression.at`, which takes
   * what the date says in UTC for the time in the zone), in the time zone that it names, else in UTC
   */
  public static at(schedule: scheduler.ScheduleExpression, options: AutoStopAtOptions = {}): AutoStop {
    expect(message`AutoStop.at`, { schedule }, { schedule: SCHEDULE }, ['schedule']);
    checkSchedule(message`AutoStop.at`, schedule);
    return new At(message`AutoStop.at`, schedule, options);
  }

  /**
   * Stops the instance each day at this time, as `AutoStop.at` does.
   *
   * @param time hours and minutes of a day, such as `18:00`
   * @param timeZone the zone of that time, which also says when it changes between summer and winter
   */
  public static daily(time: string, timeZone: TimeZone, options: AutoStopAtOptions = {}): AutoStop {
    const call = message`AutoStop.daily`;
    expect(call, { time, timeZone }, { time: TEXT, timeZone: TIME_ZONE }, ['time', 'timeZone']);
    return new At(call, eachDayAt(call, time, timeZone), options);
  }

  /**
   * Adds to a scope, and to each instance, what stops these instances.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, id: string, instances: ec2.Instance[], rootDevice?: RootDevice): void;
}

/** @throws where EC2 refuses the action for one of the instances */
function checkAction(scope: Construct, call: string, action: AutoStopAction, instances: ec2.Instance[], rootDevice?: RootDevice): void {
  if (action === AutoStopAction.STOP && rootDevice === RootDevice.INSTANCE_STORE) {
    throw new Error(`${scope.node.path}: ${call} cannot stop an instance with an instance-store root device, as EC2 only terminates these; say `
      + message`action: AutoStopAction.TERMINATE, after which its data is gone, or choose an EBS image.`);
  }
  if (action === AutoStopAction.TERMINATE && instances.some(({ instance }) => instance.disableApiTermination === true)) {
    throw new Error(message`${scope.node.path}: ${call} cannot terminate an instance that is protected from it, as disableApiTermination and hardened do; leave `
      + message`out action: AutoStopAction.TERMINATE, so that it stops, or say disableApiTermination: false.`);
  }
}

/** Alarms that act on their instance once the CPU was idle in each of the last periods. */
class WhenIdle extends AutoStop {
  private static readonly ACTIONS: Record<AutoStopAction, Ec2InstanceAction> = {
    [AutoStopAction.STOP]: Ec2InstanceAction.STOP,
    [AutoStopAction.TERMINATE]: Ec2InstanceAction.TERMINATE,
  };

  private readonly action: AutoStopAction;
  private readonly threshold: number;
  private readonly periods: { period: number; count: number };

  constructor({ action = AutoStopAction.STOP, cpuBelowPercent = 5, idleFor = Duration.hours(2) }: AutoStopWhenIdleOptions) {
    super();
    if (!Token.isUnresolved(cpuBelowPercent) && !(cpuBelowPercent > 0 && cpuBelowPercent <= 100)) {
      throw new Error(message`AutoStop.whenIdle: cpuBelowPercent is ${cpuBelowPercent}; choose more than 0, and at most 100.`);
    }
    this.action = action;
    this.threshold = cpuBelowPercent;
    this.periods = periodsOf(idleFor);
  }

  public _bind(scope: Construct, id: string, instances: ec2.Instance[], rootDevice?: RootDevice): void {
    checkAction(scope, message`AutoStop.whenIdle`, this.action, instances, rootDevice);
    for (const instance of instances) {
      const alarm = new cloudwatch.Alarm(instance, id, {
        alarmDescription: `AutoStop: ${this.action} the instance when it is idle`,
        metric: new cloudwatch.Metric({
          namespace: 'AWS/EC2',
          metricName: 'CPUUtilization',
          dimensionsMap: { InstanceId: instance.instanceId },
          statistic: cloudwatch.Stats.AVERAGE,
          period: Duration.seconds(this.periods.period),
        }),
        threshold: this.threshold,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: this.periods.count,
        // Otherwise a few idle periods after a start would do: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new Ec2Action(WhenIdle.ACTIONS[this.action]));
    }
  }
}

const DAY = 24 * 60 * 60;

/**
 * The periods that a time is made of, in seconds: basic monitoring measures every 5 minutes, and an alarm may look back
 * a day, or 7 days in periods of an hour.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
function periodsOf(idleFor: Duration): { period: number; count: number } {
  if (idleFor.isUnresolved()) {
    throw new Error(message`AutoStop.whenIdle: idleFor is a token, and its periods are counted when the app is synthesized; say it as a number.`);
  }
  const seconds = idleFor.toMilliseconds() / 1000;
  const period = seconds <= DAY ? 300 : 3600;
  if (seconds < period || seconds > 7 * DAY || seconds % period !== 0) {
    throw new Error(message`AutoStop.whenIdle: idleFor is ${idleFor.toHumanString()}, and CloudWatch counts in periods; choose whole multiples of 5 minutes up to a `
      + 'day, or of an hour up to 7 days.');
  }
  return { period, count: seconds / period };
}

/** A schedule that calls EC2 for each instance. */
class At extends AutoStop {
  constructor(private readonly call: string, private readonly schedule: scheduler.ScheduleExpression, private readonly options: AutoStopAtOptions) {
    super();
    expect(call, options, { action: ACTION });
  }

  public _bind(scope: Construct, id: string, instances: ec2.Instance[], rootDevice?: RootDevice): void {
    const { action = AutoStopAction.STOP } = this.options;
    checkAction(scope, this.call, action, instances, rootDevice);
    scheduleCall(scope, id, instances, {
      by: 'AutoStop',
      call: this.call,
      action: `${action}Instances`,
      description: `AutoStop: ${action} the instance`,
      schedule: this.schedule,
      againAndAgain: 'an instance that somebody starts meanwhile stops at once',
    });
  }
}
