import { Aws, Fn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AmiFamily, AmiSelector, WorkshopInstance } from '../../../src';
import { AL2_PARAMETER, PARIS, stackIn, synthError, template } from '../../app';

const LIMIT = 16_384;
const TOO_LONG = /the user data has (\d+) bytes or more, and EC2 takes 16384, counted before base64; keep what is long in an asset/;

function script(...commands: string[]): ec2.UserData {
  const userData = ec2.UserData.forLinux();
  userData.addCommands(...commands);
  return userData;
}

/** A script of this many bytes, with the line that CDK puts first. */
const scriptOf = (bytes: number) => script('#'.repeat(bytes - '#!/bin/bash\n'.length));

function launched(userData: ec2.UserData): Stack {
  const stack = stackIn();
  new ec2.LaunchTemplate(stack, 'Template', { machineImage: AmiSelector.fromSsmParameter(AL2_PARAMETER), userData });
  return stack;
}

test('bare CDK: user data of more bytes than EC2 takes synthesizes', () => {
  const stack = stackIn();
  new ec2.LaunchTemplate(stack, 'Template', { machineImage: ec2.MachineImage.fromSsmParameter(AL2_PARAMETER), userData: scriptOf(LIMIT + 1) });
  expect(template(stack).Resources).toBeDefined();
});

test('user data of one byte more than EC2 takes fails synth, with the way out', () => {
  expect(synthError(launched(scriptOf(LIMIT + 1)))).toContain(
    '[Stack/Template] the user data has 16385 bytes or more, and EC2 takes 16384, counted before base64; keep what is long in an asset that the user data fetches '
    + '(userData.addS3DownloadCommand and addExecuteFileCommand), or write the files with init (ec2.InitFile), which are no part of the user data. '
    + '[ack: cdk-workshop-instance:userDataTooLong]');
});

test('as many bytes as EC2 takes synthesize', () => expect(template(launched(scriptOf(LIMIT))).Resources).toBeDefined());

test.each<[string, ec2.UserData, number]>([
  ['letters of several bytes', script('ü'.repeat(LIMIT / 2)), LIMIT + 12],
  ['a text beside what CloudFormation fills in', script(`echo ${Aws.STACK_NAME}${'x'.repeat(LIMIT)}`), LIMIT + 17],
  ['what joins texts', ec2.UserData.custom(Fn.join('\n\n', ['#!/bin/bash', Aws.STACK_NAME, 'x'.repeat(LIMIT)])), LIMIT + 15],
  ['a text that CloudFormation substitutes in', ec2.UserData.custom(Fn.sub(`#!/bin/bash\n\${AWS::StackName}${'x'.repeat(LIMIT)}`)), LIMIT + 12],
])('%s is counted', (_, userData, bytes) => expect(TOO_LONG.exec(synthError(launched(userData)))?.[1]).toBe(`${bytes}`));

test('parts in base64 are counted as they are sent', () => {
  const userData = new ec2.MultipartUserData();
  userData.addUserDataPart(scriptOf(12_500));
  const bytes = Number(TOO_LONG.exec(synthError(launched(userData)))?.[1]);
  expect(bytes).toBeGreaterThan(12_500 * 4 / 3);
  expect(bytes).toBeLessThan(12_500 * 4 / 3 + 500);
});

test('user data that a template has in base64 is counted as EC2 reads it', () => {
  const launch = (bytes: number) => {
    const stack = stackIn();
    const { imageId } = AmiSelector.fromSsmParameter(AL2_PARAMETER).getImage(stack);
    new ec2.CfnInstance(stack, 'Instance', { imageId, userData: Buffer.alloc(bytes, '#').toString('base64') });
    return stack;
  };
  expect(template(launch(LIMIT)).Resources).toBeDefined();
  expect(synthError(launch(LIMIT + 3))).toMatch(TOO_LONG);
});

test('the commands of init are counted', () => {
  const stack = stackIn(PARIS);
  const init = ec2.CloudFormationInit.fromElements(ec2.InitFile.fromString('/etc/motd', 'hello'));
  new WorkshopInstance(stack, 'Workshop', { machineImage: AmiSelector.latest(AmiFamily.UBUNTU_24_04), init, userData: scriptOf(LIMIT - 100) });
  expect(Number(TOO_LONG.exec(synthError(stack))?.[1])).toBeGreaterThan(LIMIT + 100);
});

test('a WorkshopInstance on an image of CDK is told of it too', () => {
  const stack = stackIn();
  new WorkshopInstance(stack, 'Workshop', { machineImage: ec2.MachineImage.latestAmazonLinux2023(), userData: scriptOf(LIMIT + 1) });
  expect(synthError(stack)).toMatch(TOO_LONG);
});
