import { App, Duration, Lazy, Stack, TimeZone, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import { AL1_S3_PARAMETER, PARIS, stackIn, template, warnings } from './app';
import { AmiSelector, AutoStart, AutoStop, AutoStopAction, WorkshopInstance } from '../src';

const EVENING = scheduler.ScheduleExpression.cron({ hour: '18', minute: '0', timeZone: TimeZone.EUROPE_PARIS });

function stopped(...autoStop: AutoStop[]) {
  const stack = stackIn(PARIS);
  const { instance } = new WorkshopInstance(stack, 'Workshop', { autoStop });
  return { instanceId: stack.resolve(instance.instanceId), template: Template.fromStack(stack), partition: { Ref: 'AWS::Partition' } };
}

test('nothing stops an instance by default', () => {
  const { template: rendered } = stopped();
  rendered.resourceCountIs('AWS::CloudWatch::Alarm', 0);
  rendered.resourceCountIs('AWS::Scheduler::Schedule', 0);
});

describe('whenIdle', () => {
  test('stops the instance, with the action of EC2, when its CPU was below 5 percent in each 5 minutes of 2 hours', () => {
    const { instanceId, partition, template: rendered } = stopped(AutoStop.whenIdle());
    rendered.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'InstanceId', Value: instanceId }],
      Statistic: 'Average',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 5,
      Period: 300,
      EvaluationPeriods: 24,
      DatapointsToAlarm: Match.absent(),
      AlarmActions: [{ 'Fn::Join': ['', ['arn:', partition, ':automate:eu-west-3:ec2:stop']] }],
    });
    rendered.resourceCountIs('AWS::IAM::Role', 1);
  });

  test('counts what is not measured as busy, so that an instance that was just started goes on', () => {
    stopped(AutoStop.whenIdle()).template.hasResourceProperties('AWS::CloudWatch::Alarm', { TreatMissingData: 'notBreaching' });
  });

  test.each([
    [Duration.minutes(5), 300, 1], [Duration.minutes(90), 300, 18], [Duration.hours(24), 300, 288],
    [Duration.hours(25), 3600, 25], [Duration.days(7), 3600, 168],
  ])('counts %s in periods of %d seconds', (idleFor, period, count) => {
    stopped(AutoStop.whenIdle({ idleFor })).template.hasResourceProperties('AWS::CloudWatch::Alarm', { Period: period, EvaluationPeriods: count });
  });

  test.each([
    [Duration.seconds(0), '0 seconds'], [Duration.minutes(1), '1 minute'], [Duration.minutes(7), '7 minutes'], [Duration.millis(300_001), '5 minutes'],
    [Duration.minutes(1445), '1 day 5 minutes'], [Duration.days(8), '8 days'],
  ])('fails for %s, which is no number of periods that CloudWatch takes', (idleFor, human) => {
    expect(() => AutoStop.whenIdle({ idleFor })).toThrow(`AutoStop.whenIdle: idleFor is ${human}`);
    expect(() => AutoStop.whenIdle({ idleFor })).toThrow('choose whole multiples of 5 minutes up to a day, or of an hour up to 7 days.');
  });

  test('fails for a time that is a token', () => {
    expect(() => AutoStop.whenIdle({ idleFor: Duration.minutes(Lazy.number({ produce: () => 5 })) })).toThrow('AutoStop.whenIdle: idleFor is a token');
  });

  test('takes another utilization', () => {
    stopped(AutoStop.whenIdle({ cpuBelowPercent: 0.5 })).template.hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 0.5 });
    stopped(AutoStop.whenIdle({ cpuBelowPercent: Token.asNumber({ Ref: 'AWS::NoValue' }) }));
  });

  test.each([0, -1, 101, NaN])('fails for a utilization of %d percent', cpuBelowPercent => {
    expect(() => AutoStop.whenIdle({ cpuBelowPercent })).toThrow(
      `AutoStop.whenIdle: cpuBelowPercent is ${cpuBelowPercent}; choose more than 0, and at most 100.`);
  });
});

describe('at', () => {
  test('bare CDK: the role of a schedule may stop every instance', () => {
    const stack = stackIn();
    new scheduler.Schedule(stack, 'Schedule', { schedule: EVENING, target: new targets.Universal({ service: 'ec2', action: 'stopInstances' }) });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: 'ec2:StopInstances', Resource: '*' }] },
    });
  });

  test('calls StopInstances for the instance, in the time zone of the schedule', () => {
    const { instanceId, partition, template: rendered } = stopped(AutoStop.at(EVENING));
    rendered.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0 18 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Paris',
      State: 'ENABLED',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::Join': ['', ['arn:', partition, ':scheduler:::aws-sdk:ec2:stopInstances']] },
        Input: { 'Fn::Join': ['', ['{"InstanceIds":["', instanceId, '"]}']] },
      },
    });
  });

  test('with a role that may stop this instance alone, and that no schedule of another account can use', () => {
    const { instanceId, partition, template: rendered } = stopped(AutoStop.at(EVENING));
    rendered.hasResource('AWS::IAM::Role', {
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: {
              StringEquals: {
                'aws:SourceAccount': PARIS.account,
                'aws:SourceArn': { 'Fn::Join': ['', ['arn:', partition, `:scheduler:eu-west-3:${PARIS.account}:schedule-group/default`]] },
              },
            },
          }],
        },
        Policies: [{
          PolicyDocument: {
            Statement: [{
              Effect: 'Allow',
              Action: 'ec2:StopInstances',
              Resource: { 'Fn::Join': ['', ['arn:', partition, `:ec2:eu-west-3:${PARIS.account}:instance/`, instanceId]] },
            }],
          },
        }],
        ManagedPolicyArns: Match.absent(),
      },
    });
    rendered.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('stops once, at the end of the workshop', () => {
    const schedule = scheduler.ScheduleExpression.at(new Date('2027-03-05T17:00:00Z'), TimeZone.EUROPE_PARIS);
    stopped(AutoStop.at(schedule)).template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'at(2027-03-05T17:00:00)', ScheduleExpressionTimezone: 'Europe/Paris',
    });
  });

  test('works for many instances: a schedule each, and a role for a hundred, as the policies of a role hold 10,240 characters', () => {
    const stack = stackIn(PARIS, { context: { '@aws-cdk/core:stackResourceLimit': 0 } });
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false });
    const instances = Array.from({ length: 101 }, (_, i) => new WorkshopInstance(stack, `W${i}`, { vpc, outputs: false }).instance);
    AutoStop.at(EVENING)._bind(stack, 'AutoStop', instances);
    const { Resources } = template(stack);
    const roles = Object.entries<any>(Resources).filter(([id]) => id.startsWith('AutoStopRole')).map(([, role]) => role);
    expect(roles.map(role => [role.Properties.Policies[0].PolicyDocument.Statement[0].Resource].flat().length)).toEqual([100, 1]);
    expect(100 * '"arn:aws-iso-b:ec2:us-isob-west-1:123456789012:instance/i-0123456789abcdef0",'.length).toBeLessThan(10_000);
    expect(Object.values<any>(Resources).filter(resource => resource.Type === 'AWS::Scheduler::Schedule')).toHaveLength(101);
  });
});

test('terminates where that is asked for', () => {
  const { partition, template: rendered } = stopped(
    AutoStop.whenIdle({ action: AutoStopAction.TERMINATE }), AutoStop.at(EVENING, { action: AutoStopAction.TERMINATE }));
  rendered.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: [{ 'Fn::Join': ['', ['arn:', partition, ':automate:eu-west-3:ec2:terminate']] }] });
  rendered.hasResourceProperties('AWS::Scheduler::Schedule', {
    Target: { Arn: { 'Fn::Join': ['', ['arn:', partition, ':scheduler:::aws-sdk:ec2:terminateInstances']] } },
  });
  rendered.hasResourceProperties('AWS::IAM::Role', {
    Policies: [{ PolicyDocument: { Statement: [Match.objectLike({ Action: 'ec2:TerminateInstances' })] } }],
  });
});

describe('daily', () => {
  test.each([['18:00', 'cron(0 18 * * ? *)'], ['8:05', 'cron(5 8 * * ? *)'], ['00:00', 'cron(0 0 * * ? *)'], ['23:59', 'cron(59 23 * * ? *)']])(
    'stops at %s, in the time zone, as a schedule of its own does', (time, expression) => {
      const { template: rendered } = stopped(AutoStop.daily(time, TimeZone.EUROPE_PARIS));
      rendered.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: expression, ScheduleExpressionTimezone: 'Europe/Paris' });
      rendered.hasResourceProperties('AWS::IAM::Role', { Policies: [{ PolicyName: 'AutoStop' }] });
    });

  test.each(['24:00', '18', '18:60', '6 pm', '', '18:00:00', Token.asString({ Ref: 'Time' })])('fails for %j, which is no time of a day', time => {
    expect(() => AutoStop.daily(time, TimeZone.EUROPE_PARIS)).toThrow(
      `AutoStop.daily: ${JSON.stringify(time)} is no time of day; write its hours and minutes, such as "18:00".`);
  });

  test('terminates where that is asked for', () => {
    stopped(AutoStop.daily('18:00', TimeZone.EUROPE_PARIS, { action: AutoStopAction.TERMINATE })).template.hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: { Arn: { 'Fn::Join': ['', Match.arrayWith([':scheduler:::aws-sdk:ec2:terminateInstances'])] } },
    });
  });
});

describe('a schedule that fires in each minute of its hours', () => {
  const found = (expression: scheduler.ScheduleExpression) => {
    const stack = stackIn(PARIS);
    new WorkshopInstance(stack, 'Workshop', { autoStop: [AutoStop.at(expression)], autoStart: [AutoStart.at(expression)] });
    return warnings(stack).filter(each => each.includes('scheduleFiresEachMinute'));
  };

  test('bare CDK: an hour alone is sixty times', () => {
    expect(scheduler.ScheduleExpression.cron({ hour: '18' }).expressionString).toBe('cron(* 18 * * ? *)');
  });

  test('is warned of, with what comes of it', () => {
    expect(found(scheduler.ScheduleExpression.cron({ hour: '18' }))).toEqual([
      expect.stringContaining('the schedule cron(* 18 * * ? *) of AutoStop.at fires in each minute of its hours, so that an instance that somebody starts meanwhile '
        + 'stops at once; say minute: "0", or write AutoStop.daily.'),
      expect.stringContaining('the schedule cron(* 18 * * ? *) of AutoStart.at fires in each minute of its hours, so that an instance that somebody stops meanwhile '
        + 'starts at once; say minute: "0", or write AutoStart.daily.'),
    ]);
  });

  test('is another one than those with a minute, a rate, a single time, or a value known only at deployment', () => {
    for (const expression of [
      EVENING, scheduler.ScheduleExpression.rate(Duration.minutes(5)), scheduler.ScheduleExpression.expression('at(2027-03-05T18:00:00)'),
      scheduler.ScheduleExpression.expression(Token.asString({ Ref: 'Schedule' })),
    ]) {
      expect(found(expression)).toEqual([]);
    }
  });
});

test('several stop the same instance, and one object stops several instances', () => {
  const stack = stackIn();
  const autoStop = [AutoStop.whenIdle(), AutoStop.at(EVENING), AutoStop.at(scheduler.ScheduleExpression.rate(Duration.days(1)))];
  const { vpc } = new WorkshopInstance(stack, 'One', { autoStop });
  new WorkshopInstance(stack, 'Two', { autoStop, vpc });
  const rendered = Template.fromStack(stack);
  rendered.resourceCountIs('AWS::CloudWatch::Alarm', 2);
  rendered.resourceCountIs('AWS::Scheduler::Schedule', 4);
});

describe('an instance-store root device', () => {
  const machineImage = AmiSelector.fromSsmParameter(AL1_S3_PARAMETER);
  const instanceType = new ec2.InstanceType('d2.xlarge');

  test.each([['AutoStop.whenIdle', AutoStop.whenIdle()], ['AutoStop.at', AutoStop.at(EVENING)]])('fails with %s, as it cannot be stopped', (call, autoStop) => {
    expect(() => new WorkshopInstance(stackIn(), 'Workshop', { machineImage, instanceType, autoStop: [autoStop] })).toThrow(
      `Stack/Workshop: ${call} cannot stop an instance with an instance-store root device, as EC2 only terminates these; say `
      + 'action: AutoStopAction.TERMINATE, after which its data is gone, or choose an EBS image.');
  });

  test('can be terminated', () => {
    const stack = stackIn();
    new WorkshopInstance(stack, 'Workshop', { machineImage, instanceType, autoStop: [AutoStop.whenIdle({ action: AutoStopAction.TERMINATE })] });
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 1);
  });
});

test('renders the same template with no feature flags and with all those of cdk init', () => {
  const [none, all] = [{}, jest.requireActual('aws-cdk-lib/recommended-feature-flags.json')].map(context => {
    const stack = new Stack(new App({ context }), 'Stack');
    new WorkshopInstance(stack, 'Workshop', { autoStop: [AutoStop.whenIdle(), AutoStop.at(EVENING)] });
    return template(stack);
  });
  expect(all).toEqual(none);
});
