import { TimeZone } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { AL1_S3_PARAMETER, PARIS, stackIn } from './app';
import { AmiSelector, AutoStart, AutoStop, WorkshopFleet, WorkshopInstance } from '../src';

const MORNING = scheduler.ScheduleExpression.cron({ hour: '8', minute: '30', weekDay: 'MON-FRI', timeZone: TimeZone.EUROPE_PARIS });

test('calls StartInstances for the instance, in the time zone of the schedule, with a role that may do this alone', () => {
  const stack = stackIn(PARIS);
  const { instance } = new WorkshopInstance(stack, 'Workshop', { autoStart: [AutoStart.at(MORNING)] });
  const template = Template.fromStack(stack);
  const instanceId = stack.resolve(instance.instanceId);
  const partition = { Ref: 'AWS::Partition' };
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(30 8 ? * MON-FRI *)',
    ScheduleExpressionTimezone: 'Europe/Paris',
    Target: {
      Arn: { 'Fn::Join': ['', ['arn:', partition, ':scheduler:::aws-sdk:ec2:startInstances']] },
      Input: { 'Fn::Join': ['', ['{"InstanceIds":["', instanceId, '"]}']] },
    },
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'scheduler.amazonaws.com' } })] },
    Policies: [{
      PolicyName: 'AutoStart',
      PolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: 'ec2:StartInstances',
          Resource: { 'Fn::Join': ['', ['arn:', partition, `:ec2:eu-west-3:${PARIS.account}:instance/`, instanceId]] },
        }],
      },
    }],
  });
});

test('starts each seat of a fleet that is stopped in the evening, with a schedule each and one role for each way', () => {
  const stack = stackIn(PARIS);
  new WorkshopFleet(stack, 'Fleet', {
    seats: 3,
    autoStart: [AutoStart.daily('08:30', TimeZone.EUROPE_PARIS)],
    autoStop: [AutoStop.daily('18:00', TimeZone.EUROPE_PARIS)],
  });
  const template = Template.fromStack(stack);
  const expressions = Object.values(template.findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => Properties.ScheduleExpression);
  expect(expressions.sort()).toEqual([...Array(3).fill('cron(0 18 * * ? *)'), ...Array(3).fill('cron(30 8 * * ? *)')]);
  template.resourceCountIs('AWS::IAM::Role', 3);
});

test('fails for a time that is none', () => {
  expect(() => AutoStart.daily('8h30', TimeZone.EUROPE_PARIS)).toThrow('AutoStart.daily: "8h30" is no time of day; write its hours and minutes, such as "18:00".');
});

test('fails with an instance-store root device, which is never stopped', () => {
  expect(() => new WorkshopInstance(stackIn(), 'Workshop', {
    machineImage: AmiSelector.fromSsmParameter(AL1_S3_PARAMETER), instanceType: new ec2.InstanceType('d2.xlarge'), autoStart: [AutoStart.at(MORNING)],
  })).toThrow('Stack/Workshop: AutoStart.at cannot start an instance with an instance-store root device, as EC2 never stops one; leave autoStart out, or choose an '
    + 'EBS image.');
});
