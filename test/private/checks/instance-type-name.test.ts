import { Annotations, Stack } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AmiSelector, WorkshopInstance } from '../../../src';
import { AL2_PARAMETER, stackIn, template, warnings } from '../../app';

const ID = 'cdk-workshop-instance:instanceTypeMisspelled';
const X86 = AmiSelector.fromSsmParameter(AL2_PARAMETER);

function launched(instanceType: string): Stack {
  const stack = stackIn();
  new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { imageId: X86.getImage(stack).imageId, instanceType } });
  return stack;
}

const misspelled = (stack: Stack) => warnings(stack).filter(each => `${each}`.includes(ID));

test('bare CDK: a word that is no instance type synthesizes', () => {
  const stack = stackIn();
  new ec2.LaunchTemplate(stack, 'Template', { machineImage: ec2.MachineImage.latestAmazonLinux2023(), instanceType: new ec2.InstanceType('t3.mirco') });
  expect(template(stack).Resources).toBeDefined();
});

test.each([
  ['t3.mirco', 't3.micro'], ['t3micro', 't3.micro'], ['T3.Micro', 't3.micro'], ['m5-large', 'm5.large'], ['c7i.2xlrage', 'c7i.2xlarge'], ['t3.micro ', 't3.micro'],
  ['zz9.lagre', 'zz9.large'],
])('%j is warned of, and %s is named', (word, near) => expect(misspelled(launched(word))).toEqual([
  `"${word}" is no name of an instance type, and EC2 would refuse it; the nearest is "${near}". [ack: ${ID}]`,
]));

test('what is near to none is warned of, with what names are like', () =>
  expect(misspelled(launched('small machine'))).toEqual([expect.stringContaining('"small machine" is no name of an instance type, and EC2 would refuse it; names are like "t3.micro".')]));

test.each(['t3.micro', 'u-6tb1.112xlarge', 'u7in-16tb.224xlarge', 'm7i.metal-48xl', 'zz9.large', 'm12abc.7xlarge', 't3.huge'])(
  '%s may be a type, or become one', word => expect(misspelled(launched(word))).toEqual([]));

test('a WorkshopInstance is warned of it once, on an image of CDK too', () => {
  const stack = stackIn();
  new WorkshopInstance(stack, 'Workshop', { instanceType: new ec2.InstanceType('t3.mirco'), machineImage: ec2.MachineImage.latestAmazonLinux2023() });
  expect(misspelled(stack)).toHaveLength(1);
});

test('a family in AWS Batch is no misspelled type', () => {
  const stack = stackIn();
  const computeResources = { type: 'EC2', maxvCpus: 1, subnets: [], instanceTypes: ['c7i', 'optimal'], imageId: X86.getImage(stack).imageId };
  new batch.CfnComputeEnvironment(stack, 'Batch', { type: 'MANAGED', computeResources });
  expect(misspelled(stack)).toEqual([]);
});

test('the warning can be acknowledged', () => {
  const stack = launched('t3.mirco');
  Annotations.of(stack).acknowledgeWarning(ID, 'a test');
  expect(misspelled(stack)).toEqual([]);
});
