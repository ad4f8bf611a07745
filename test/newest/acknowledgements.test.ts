import * as cdk from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { AmiSelector, AmiUpdates, WorkshopInstance } from '../../src';
import { acknowledge } from '../../src/private/checks/acknowledge';
import { AL2_ID, AL2_PARAMETER, PARIS, stackIn, synthError, template } from '../app';

// The oldest release of aws-cdk-lib, whose types these are, has none.
const { Validations } = cdk as any;

function allAcknowledgedFor(construct: IConstruct): string[] {
  return construct.node.scopes
    .flatMap(scope => scope.node.metadata)
    .filter(entry => entry.type === 'aws:cdk:acknowledged-rules')
    .flatMap(entry => Object.keys(entry.data).map(id => id.replace(/^Annotation::/, '')));
}

/** The rules of scanners that are acknowledged for a construct, by itself or by what it is in; CDK acknowledges some of its own. */
function acknowledgedFor(construct: IConstruct): string[] {
  return allAcknowledgedFor(construct)
    .filter(id => !id.startsWith('CloudFormation-Validate::') && id !== 'cfn-lint::E1152')
    .sort();
}

const T3 = new ec2.InstanceType('t3.micro');
const INSTANCE_RULES = ['AwsSolutions-EC28', 'AwsSolutions-EC29'];
const ROLE_RULES = ['AwsSolutions-IAM5[Resource::*]', 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ec2:*:*:instance/*]'];

test('the default profile acknowledges what it does without', () => {
  const { vpc, instance } = new WorkshopInstance(stackIn(PARIS), 'Workshop');
  expect(acknowledgedFor(instance.instance)).toEqual(INSTANCE_RULES);
  expect(acknowledgedFor(vpc.node.defaultChild!)).toEqual(['AwsSolutions-VPC7']);
  expect(acknowledgedFor(vpc.publicSubnets[0].node.defaultChild!)).toContain('cfn-lint::W3010');
});

test('the hardened profile does without nothing, and acknowledges nothing of its instance', () => {
  const { instance } = new WorkshopInstance(stackIn(PARIS), 'Workshop', { hardened: true });
  expect(acknowledgedFor(instance.instance)).toEqual([]);
});

test('what is acknowledged is what is left out', () => {
  const { vpc, instance } = new WorkshopInstance(stackIn(PARIS), 'Workshop', { detailedMonitoring: true, flowLogs: true });
  expect(acknowledgedFor(instance.instance)).toEqual(['AwsSolutions-EC29']);
  expect(acknowledgedFor(vpc.node.defaultChild!)).toEqual([]);
});

test('nothing is acknowledged of what a user puts beside the resources of the construct', () => {
  const workshop = new WorkshopInstance(stackIn(PARIS), 'Workshop');
  const own = new ec2.Instance(workshop, 'Own', { vpc: workshop.vpc, machineImage: AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }), instanceType: T3 });
  expect(acknowledgedFor(own.instance)).toEqual([]);
});

test('the wildcards of Session Manager are acknowledged in the role, and those that a user grants are not', () => {
  const { role } = new WorkshopInstance(stackIn(PARIS), 'Workshop', { hardened: true });
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
  expect(acknowledgedFor(role.node.defaultChild!)).toEqual(ROLE_RULES);
  expect(acknowledgedFor(role.node.findChild('DefaultPolicy').node.defaultChild!)).toEqual([]);
});

test('nothing is acknowledged of what a user brings', () => {
  const stack = stackIn(PARIS);
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false });
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const { instance } = new WorkshopInstance(stack, 'Workshop', { vpc, role });
  expect([vpc, ...vpc.publicSubnets, role].flatMap(construct => acknowledgedFor(construct.node.defaultChild!))).toEqual([]);
  expect(acknowledgedFor(instance.instance)).toEqual(INSTANCE_RULES);
});

test.each([
  ['that is held in a map', AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }), ['CloudFormation-Validate::W9010']],
  ['that is read at launch', AmiSelector.fromSsmParameter(AL2_PARAMETER, { updates: AmiUpdates.ON_LAUNCH }), ['CloudFormation-Validate::E1152', 'cfn-lint::E1152']],
  ['that follows a parameter', AmiSelector.fromSsmParameter(AL2_PARAMETER), []],
])('of the id of an image %s, what CDK and cfn-lint find is acknowledged', (_, machineImage, rules) => {
  const stack = stackIn(PARIS);
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false });
  const { instance } = new ec2.Instance(stack, 'Instance', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, machineImage, instanceType: T3 });
  expect(template(stack).Resources).toBeDefined();
  expect(allAcknowledgedFor(instance).filter(id => /W9010|E1152/.test(id)).sort()).toEqual(rules);
});

test('what checkov finds in the logs of the network is acknowledged, in the template too', () => {
  const stack = stackIn(PARIS);
  new WorkshopInstance(stack, 'Workshop', { flowLogs: true });
  const { Metadata: { checkov: { skip: [{ id, comment }] } } } = Object.values<any>(template(stack).Resources).find(({ Type }) => Type === 'AWS::Logs::LogGroup');
  const logs = stack.node.findAll().find(each => CfnResource.isCfnResource(each) && each.cfnResourceType === 'AWS::Logs::LogGroup')!;
  expect(allAcknowledgedFor(logs)).toContain(`checkov::${id}`);
  expect(comment).not.toBe('');
});

test('a judgement of this library is acknowledged through Validations as well', () => {
  const stack = stackIn(PARIS);
  const userData = ec2.UserData.custom('#!/bin/bash\necho AKIAI2345678ABCDEFGH');
  const { instance } = new WorkshopInstance(stack, 'Workshop', { userData });
  expect(synthError(stack)).toContain('[ack: cdk-workshop-instance:secretInUserData]');
  Validations.of(instance).acknowledge({ id: 'cdk-workshop-instance:secretInUserData', reason: 'A key that was never valid' });
  expect(template(stack).Resources).toBeDefined();
});

test('an id that CDK refuses is acknowledged all the same, and so are those after it', () => {
  const stack = stackIn(PARIS);
  const reason = 'A scanner calls its finding so';
  acknowledge(stack, { id: 'Rule::of::scanner', reason }, { id: 'Another', reason });
  expect(acknowledgedFor(stack)).toEqual(['Another', 'Rule::of::scanner']);
});

test('a finding is acknowledged in the place where Validations.acknowledge puts it', () => {
  const [ours, theirs] = [stackIn(PARIS), stackIn(PARIS)];
  const finding = { id: 'CloudFormation-Validate::W9010', reason: 'The id is kept in a map' };
  acknowledge(ours, finding);
  Validations.of(theirs).acknowledge(finding);
  const [one, other] = [ours, theirs].map(({ node }) => node.metadata.map(({ type, data }) => ({ type, data })).pop());
  expect(one).toEqual(other);
  expect(other).toMatchObject({ data: { [finding.id]: finding.reason } });
});
