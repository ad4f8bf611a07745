import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { imageIds, PARIS, stackIn, warnings } from './app';
import { AutoStop, AutoStopAction, WorkshopInstance, WorkshopInstanceProps } from '../src';

function hardened(props: WorkshopInstanceProps = {}, env = PARIS) {
  const stack = stackIn(env);
  new WorkshopInstance(stack, 'Workshop', { hardened: true, ...props });
  return { stack, template: Template.fromStack(stack) };
}

test('is monitored in detail and protected from termination', () => {
  hardened().template.hasResourceProperties('AWS::EC2::Instance', { Monitoring: true, DisableApiTermination: true });
});

test('records what talks to its VPC, for three months and also once the stack is gone', () => {
  const { template } = hardened();
  template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL', LogDestinationType: 'cloud-watch-logs' });
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 90 }, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});

test('lets flow logs, of this account alone, write into their own log group and nothing else', () => {
  const { template } = hardened();
  const [logGroup] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
  const arn = ['arn:', { Ref: 'AWS::Partition' }, ':ec2:eu-west-3:123456789012:vpc-flow-log/*'];
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [Match.objectLike({
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' }, ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', arn] } } },
      })],
    },
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [{
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        Resource: { 'Fn::GetAtt': [logGroup, 'Arn'] },
      }],
    },
  });
});

test.each<['detailedMonitoring' | 'disableApiTermination', string]>([
  ['detailedMonitoring', 'Monitoring'], ['disableApiTermination', 'DisableApiTermination'],
])('%s stands alone, and can be left out of the rest', (option, property) => {
  const neither = { Monitoring: Match.absent(), DisableApiTermination: Match.absent() };
  const alone = hardened({ hardened: undefined, [option]: true }).template;
  alone.hasResourceProperties('AWS::EC2::Instance', { ...neither, [property]: true });
  alone.resourceCountIs('AWS::EC2::FlowLog', 0);
  hardened({ [option]: false }).template.hasResourceProperties('AWS::EC2::Instance', { Monitoring: true, DisableApiTermination: true, [property]: false });
});

test('flow logs stand alone, can be left out, and fail with a VPC of the user', () => {
  hardened({ hardened: false, flowLogs: true }).template.resourceCountIs('AWS::EC2::FlowLog', 1);
  hardened({ flowLogs: false }).template.resourceCountIs('AWS::EC2::FlowLog', 0);
  const stack = stackIn(PARIS);
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false });
  expect(() => new WorkshopInstance(stack, 'Workshop', { flowLogs: true, vpc })).toThrow(
    'Stack/Workshop: flowLogs is for a VPC that is made here, and vpc brings one; leave flowLogs out, and call addFlowLog on that VPC.');
});

test('has no Lambda function', () => {
  hardened().template.resourceCountIs('AWS::Lambda::Function', 0);
});

test('leaves the VPC of a user as it is', () => {
  const stack = stackIn(PARIS);
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false });
  new WorkshopInstance(stack, 'Workshop', { hardened: true, vpc });
  Template.fromStack(stack).resourceCountIs('AWS::EC2::FlowLog', 0);
});

test('keeps the default image, so that no deployment replaces what is protected', () => {
  for (const env of [PARIS, {}]) {
    const { stack } = hardened({}, env);
    expect(imageIds(stack)).toEqual([expect.stringMatching(/^resolve:ssm:/)]);
    expect(warnings(stack)).toEqual([]);
  }
});

test('says so in the template where it is switched off, so that a deployment lifts the protection', () => {
  hardened({ hardened: false }).template.hasResourceProperties('AWS::EC2::Instance', { Monitoring: false, DisableApiTermination: false });
});

test.each([['AutoStop.whenIdle', AutoStop.whenIdle], ['AutoStop.at', (options: any) => AutoStop.at(ScheduleExpression.rate(Duration.days(1)), options)]])(
  'stops by %s, and fails where that would terminate it', (call, autoStop) => {
    expect(hardened({ autoStop: [autoStop({})] }).template).toBeDefined();
    expect(() => hardened({ autoStop: [autoStop({ action: AutoStopAction.TERMINATE })] })).toThrow(
      `Stack/Workshop: ${call} cannot terminate an instance that is protected from it, as disableApiTermination and hardened do; leave out action: `
      + 'AutoStopAction.TERMINATE, so that it stops, or say disableApiTermination: false.');
  });
