import { TimeZone } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { RootDevice } from './ami-types';
import { expect, SCHEDULE, TEXT, TIME_ZONE } from './private/expected';
import { checkSchedule, eachDayAt, scheduleCall } from './private/instance/schedule';
import { message } from './private/language';

/**
 * Starts an instance by itself, so that it runs when its workshop goes on. It has another public address after each stop.
 *
 * What starts it is AWS's own: a schedule of EventBridge Scheduler. No Lambda function.
 *
 * @example
 * new WorkshopFleet(stack, 'Fleet', {
 *   seats: 12,
 *   autoStart: [AutoStart.daily('08:30', TimeZone.EUROPE_PARIS)],
 *   autoStop: [AutoStop.daily('18:00', TimeZone.EUROPE_PARIS)],
 * });
 */
export class AutoStart {
  /**
   * Starts the instance at the times of a schedule: EventBridge Scheduler calls EC2, with a role that may do this to this instance and nothing
   * else. One that runs goes on, and one that was terminated stays away.
   *
   * @param schedule again and again (`scheduler.ScheduleExpression.cron`) or once (`scheduler.ScheduleExpression.at`, which takes
   * what the date says in UTC for the time in the zone), in the time zone that it names, else in UTC
   */
  public static at(schedule: scheduler.ScheduleExpression): AutoStart {
    expect(message`AutoStart.at`, { schedule }, { schedule: SCHEDULE }, ['schedule']);
    checkSchedule(message`AutoStart.at`, schedule);
    return new AutoStart(message`AutoStart.at`, schedule);
  }

  /**
   * Starts the instance each day at this time, as `AutoStart.at` does.
   *
   * @param time hours and minutes of a day, such as `08:30`
   * @param timeZone the zone of that time, which also says when it changes between summer and winter
   */
  public static daily(time: string, timeZone: TimeZone): AutoStart {
    const call = message`AutoStart.daily`;
    expect(call, { time, timeZone }, { time: TEXT, timeZone: TIME_ZONE }, ['time', 'timeZone']);
    return new AutoStart(call, eachDayAt(call, time, timeZone));
  }

  private constructor(private readonly call: string, private readonly schedule: scheduler.ScheduleExpression) {}

  /**
   * Adds to a scope, and to each instance, what starts these instances.
   *
   * @internal
   */
  public _bind(scope: Construct, id: string, instances: ec2.Instance[], rootDevice?: RootDevice): void {
    if (rootDevice === RootDevice.INSTANCE_STORE) {
      throw new Error(message`${scope.node.path}: ${this.call} cannot start an instance with an instance-store root device, as EC2 never stops one; leave `
        + message`autoStart out, or choose an EBS image.`);
    }
    scheduleCall(scope, id, instances, {
      by: 'AutoStart',
      call: this.call,
      action: 'startInstances',
      description: 'AutoStart: start the instance',
      schedule: this.schedule,
      againAndAgain: 'an instance that somebody stops meanwhile starts at once',
    });
  }
}
