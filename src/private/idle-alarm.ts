import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Ec2Action, Ec2InstanceAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AutoStopAction } from '../auto-stop';

const ACTIONS: Record<AutoStopAction, Ec2InstanceAction> = {
  [AutoStopAction.STOP]: Ec2InstanceAction.STOP,
  [AutoStopAction.TERMINATE]: Ec2InstanceAction.TERMINATE,
};

/** An alarm that acts on its instance once the CPU was idle in each of the last periods. */
export function idleAlarm(
  instance: ec2.Instance, id: string, action: AutoStopAction, cpuBelowPercent: number, periods: { period: number; count: number },
): void {
  const alarm = new cloudwatch.Alarm(instance, id, {
    alarmDescription: `AutoStop: ${action} the instance when it is idle`,
    metric: new cloudwatch.Metric({
      namespace: 'AWS/EC2',
      metricName: 'CPUUtilization',
      dimensionsMap: { InstanceId: instance.instanceId },
      statistic: cloudwatch.Stats.AVERAGE,
      period: Duration.seconds(periods.period),
    }),
    threshold: cpuBelowPercent,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: periods.count,
    // Otherwise a few idle periods after a start would do: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new Ec2Action(ACTIONS[action]));
}
