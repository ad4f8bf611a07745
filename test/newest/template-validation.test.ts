import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AmiFamily, AmiSelector, AmiUpdates, WorkshopInstance } from '../../src';
import { AL2_ID, AL2_PARAMETER, contextOf, PARIS, stackIn } from '../app';

process.env.CDK_VALIDATION = 'true';

/** The rules that CDK's own validation of the template finds broken and nobody acknowledged; strict errors fail synth instead. */
function brokenRules(stack: Stack): string[] {
  const file = join((stack.node.root as App).synth().directory, 'validation-report.json');
  const reports: any[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).pluginReports : [];
  return reports.flatMap(report => report.violations.map((violation: any) => violation.ruleName));
}

function stackWith(machineImage: ec2.IMachineImage | undefined, strict: boolean, env = PARIS): Stack {
  const stack = stackIn(env, { context: { '@aws-cdk/core:validateAgainstDefaultRules': strict } });
  new WorkshopInstance(stack, 'Workshop', { machineImage });
  return stack;
}

test('bare CDK: an id in a stack with a region is reported as hardcoded', () => {
  expect(brokenRules(stackWith(ec2.MachineImage.genericLinux({ 'eu-west-3': AL2_ID }), false))).toContain('W9010');
});

test('bare CDK: the first synth of a lookup fails strict validation', () => {
  expect(() => brokenRules(stackWith(ec2.MachineImage.lookup({ name: 'al2023-*', owners: ['amazon'] }), true))).toThrow();
});

test('genericLinux in a stack of the user acknowledges the resource that launches it, and no other id', () => {
  const selector = AmiSelector.genericLinux({ 'eu-west-3': AL2_ID });
  const stack = stackIn(PARIS);
  new ec2.CfnInstance(stack, 'Selected', { imageId: selector.getImage(stack).imageId, instanceType: 't3.micro' });
  expect(brokenRules(stack)).not.toContain('W9010');
  const other = stackIn(PARIS);
  new ec2.CfnInstance(other, 'Selected', { imageId: selector.getImage(other).imageId, instanceType: 't3.micro' });
  new ec2.CfnInstance(other, 'Own', { imageId: AL2_ID, instanceType: 't3.micro' });
  expect(brokenRules(other).filter(rule => rule === 'W9010')).toHaveLength(1);
});

const OPTIONS = { rootDeviceName: '/dev/xvda' };

test.each<[string, AmiSelector | undefined]>([
  ['the default image', undefined],
  ['genericLinux', AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }, OPTIONS)],
  ['fromSsmParameter', AmiSelector.fromSsmParameter(AL2_PARAMETER)],
  ['fromSsmParameter with a version', AmiSelector.fromSsmParameter(AL2_PARAMETER, { parameterVersion: 83 })],
  ['fromSsmParameter on request', AmiSelector.fromSsmParameter(AL2_PARAMETER, { updates: AmiUpdates.ON_REQUEST })],
  ['lookup', AmiSelector.lookup({ name: 'al2023-ami-2023.*', owners: ['amazon'] })],
])('the very first synth with %s passes strict validation without a finding', (_, machineImage) => {
  expect(brokenRules(stackWith(machineImage, true))).toEqual([]);
});

test('with the id in the context fromSsmParameter on request passes strict validation without a finding', () => {
  const machineImage = AmiSelector.fromSsmParameter(AL2_PARAMETER, { updates: AmiUpdates.ON_REQUEST });
  const context = contextOf(stackWith(machineImage, true), 'ssm', AL2_ID);
  const stack = stackIn(PARIS, { context: { ...context, '@aws-cdk/core:validateAgainstDefaultRules': true } });
  new WorkshopInstance(stack, 'Workshop', { machineImage });
  expect(brokenRules(stack)).toEqual([]);
});

test('a launch template that resolves the image at launch passes strict validation without a finding', () => {
  const stack = stackIn(undefined, { context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  new ec2.LaunchTemplate(stack, 'Template', { machineImage: AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023, { updates: AmiUpdates.ON_LAUNCH }) });
  expect(brokenRules(stack)).toEqual([]);
});

test('an instance that is set up and kept up to date passes strict validation without a finding', () => {
  const stack = stackIn(PARIS, { context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  const init = ec2.CloudFormationInit.fromElements(ec2.InitFile.fromString('/etc/motd', 'hello'));
  new WorkshopInstance(stack, 'Workshop', { machineImage: AmiSelector.latest(AmiFamily.UBUNTU_24_04), init, keepUpToDate: true });
  expect(brokenRules(stack)).toEqual([]);
});

test('a rule for the regions of a map passes strict validation without a finding', () => {
  const stack = stackIn(undefined, { context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  new WorkshopInstance(stack, 'Workshop', { machineImage: AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }, OPTIONS) });
  expect(brokenRules(stack)).toEqual([]);
});
