import { Annotations, Aws, Fn, Lazy, SecretValue, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { WorkshopFleet, WorkshopInstance } from '../../../src';
import { stackIn, synthError, template, warnings } from '../../app';

// Of the form of a key, and made up; in parts, so that no scanner takes this file for a leak.
const ACCESS_KEY = `AKIA${'ABCDEFGH23456789'}`;
const SESSION_KEY = `ASIA${'ABCDEFGH23456789'}`;
const SECRET_KEY = 'abcdefghij/KLMNOPQRST+0123456789abcdefgh';
const PRIVATE_KEY = ['-----BEGIN RSA PRIVATE', 'KEY-----\nMIIEow==\n-----END RSA PRIVATE', 'KEY-----'].join(' ');

function withUserData(...commands: string[]): Stack {
  const stack = stackIn();
  const userData = ec2.UserData.forLinux();
  userData.addCommands(...commands);
  new WorkshopInstance(stack, 'Workshop', { userData });
  return stack;
}

function withInit(...elements: ec2.InitElement[]): Stack {
  const stack = stackIn();
  const { instance } = new WorkshopInstance(stack, 'Workshop');
  ec2.CloudFormationInit.fromElements(...elements).attach(instance.instance, {
    instanceRole: instance.role, platform: ec2.OperatingSystemType.LINUX, userData: instance.userData,
  });
  return stack;
}

test('bare CDK: an access key in user data goes into the template', () => {
  const stack = stackIn();
  const userData = ec2.UserData.forLinux();
  userData.addCommands(`export AWS_ACCESS_KEY_ID=${ACCESS_KEY}`);
  new ec2.Instance(stack, 'Instance', {
    vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 0, restrictDefaultSecurityGroup: false }),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    instanceType: new ec2.InstanceType('t3.micro'),
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    userData,
  });
  expect(JSON.stringify(template(stack))).toContain(ACCESS_KEY);
});

test('an access key in user data fails synth, with one message that says the line and what to do', () => {
  expect(synthError(withUserData('dnf install -y git', `export AWS_ACCESS_KEY_ID=${ACCESS_KEY}`))).toContain(
    '[Stack/Workshop] the user data holds what looks like an AWS access key, in line 3, for everyone to read who may read the template or describe the '
    + 'instance; grant the role of the instance what the key is for (grantPrincipal), and the AWS CLI and SDKs on the instance use it by themselves.');
});

test('a private key in user data fails synth, with what to do instead', () => {
  expect(synthError(withUserData(`echo "${PRIVATE_KEY}" > key.pem`))).toContain('looks like a private key, in line 2, for everyone to read who may read the template '
    + 'or describe the instance; keep it in Secrets Manager or in a SecureString parameter, and let the instance read it there with its role');
});

test.each([
  ['the access key of a session', [`export AWS_ACCESS_KEY_ID='${SESSION_KEY}'`], 'an AWS access key'],
  ['an access key beside a token', [Fn.join('', ['echo ', Aws.REGION, ` ${ACCESS_KEY} `, Aws.STACK_NAME])], 'an AWS access key'],
  ['an access key that is written late', [Lazy.string({ produce: () => ACCESS_KEY })], 'an AWS access key'],
  ['a secret access key', [`aws configure set aws_secret_access_key ${SECRET_KEY}`], 'an AWS secret access key'],
  ['a secret access key in JSON', [`echo '{"SecretAccessKey": "${SECRET_KEY}"}'`], 'an AWS secret access key'],
  ['the key of OpenSSH', [PRIVATE_KEY.replaceAll('RSA', 'OPENSSH')], 'a private key'],
  ['a key without an algorithm', [PRIVATE_KEY.replaceAll('RSA ', '')], 'a private key'],
  ['a secret of Secrets Manager', [`echo ${SecretValue.secretsManager('my-secret').unsafeUnwrap()}`], 'a secret that CloudFormation fills in'],
  ['a SecureString parameter', [`echo ${SecretValue.ssmSecure('my-parameter', '1').unsafeUnwrap()}`], 'a secret that CloudFormation fills in'],
])('%s fails synth, with one message', (_, commands, what) => {
  const message = synthError(withUserData(...commands));
  expect(message).toContain(`the user data holds what looks like ${what}, in line 2`);
  expect(message.match(/holds what looks like/g)).toHaveLength(1);
});

test('user data of several parts is read as well', () => {
  const stack = stackIn();
  const part = ec2.UserData.forLinux();
  part.addCommands(`echo ${ACCESS_KEY}`);
  const userData = new ec2.MultipartUserData();
  userData.addUserDataPart(part);
  new WorkshopInstance(stack, 'Workshop', { userData });
  expect(synthError(stack)).toContain('the user data holds what looks like an AWS access key');
});

test.each<[string, ec2.InitElement, string]>([
  ['a file', ec2.InitFile.fromString('/root/key.pem', PRIVATE_KEY), 'config › files › /root/key.pem › content holds what looks like a private key'],
  ['an encoded file', ec2.InitFile.fromString('/root/key.pem', Buffer.from(PRIVATE_KEY).toString('base64'), { base64Encoded: true }),
    'config › files › /root/key.pem › content holds what looks like a private key'],
  ['an object', ec2.InitFile.fromObject('/root/keys.json', { key: ACCESS_KEY }), 'config › files › /root/keys.json › content › key holds what looks like an AWS access key'],
  ['a command', ec2.InitCommand.shellCommand(`echo ${ACCESS_KEY}`), 'config › commands › 000 › command holds what looks like an AWS access key'],
  ['an argument', ec2.InitCommand.argvCommand(['echo', ACCESS_KEY]), 'config › commands › 000 › command › 1 holds what looks like an AWS access key'],
  ['a variable', ec2.InitCommand.shellCommand('env', { env: { KEY: ACCESS_KEY } }), 'config › commands › 000 › env › KEY holds what looks like an AWS access key'],
])('a secret in %s of init fails synth', (_, element, message) => {
  expect(synthError(withInit(element))).toContain(`the init › ${message}`);
});

test('a secret in a fleet is told once, and with its seat where it is in one only', () => {
  const everywhere = stackIn();
  new WorkshopFleet(everywhere, 'Fleet', { seats: 3, userData: ec2.UserData.custom(`#!/bin/bash\necho ${ACCESS_KEY}`) });
  expect(synthError(everywhere).match(/holds what looks like/g)).toHaveLength(1);
  expect(synthError(everywhere)).toContain('[Stack/Fleet] the user data holds what looks like an AWS access key');

  const inOne = stackIn();
  new WorkshopFleet(inOne, 'Fleet', { seats: 3 }).instances['seat-2'].addUserData(`echo ${ACCESS_KEY}`);
  expect(synthError(inOne)).toContain('[Stack/Fleet] Stack/Fleet/Seat-seat-2/Instance/Resource: the user data holds what looks like an AWS access key');
});

test('what only looks like a secret is acknowledged, as any warning of CDK is, and nothing else with it', () => {
  const stack = stackIn();
  const fleet = new WorkshopFleet(stack, 'Fleet', { seats: 2, userData: ec2.UserData.custom(`#!/bin/bash\necho ${ACCESS_KEY}`) });
  expect(synthError(stack)).toContain('[ack: cdk-workshop-instance:secretInUserData]');
  Annotations.of(fleet.instances['seat-1']).acknowledgeWarning('cdk-workshop-instance:secretInUserData', 'A key that was never valid');
  expect(synthError(stack)).toContain('Stack/Fleet/Seat-seat-2/Instance/Resource: the user data holds what looks like an AWS access key');
  expect(synthError(stack)).not.toContain('Seat-seat-1');
  Annotations.of(stack).acknowledgeWarning('cdk-workshop-instance:secretInUserData', 'A key that was never valid');
  expect(template(stack).Resources).toBeDefined();
  expect(warnings(stack).filter(warning => `${warning}`.includes('secretInUserData'))).toEqual([]);
});

test('no message prints the secret', () => {
  const message = synthError(withUserData(`AWS_ACCESS_KEY_ID=${ACCESS_KEY} AWS_SECRET_ACCESS_KEY=${SECRET_KEY}`, PRIVATE_KEY));
  expect(message.match(/holds what looks like/g)).toHaveLength(3);
  expect(message).not.toContain(ACCESS_KEY.slice(4));
  expect(message).not.toContain(SECRET_KEY.slice(0, 10));
  expect(message).not.toContain('MIIEow');
});

test.each([
  'AWS_SECRET_ACCESS_KEY=$(aws secretsmanager get-secret-value --secret-id my-secret --query SecretString --output text)',
  'aws ssm get-parameter --name /my/key --with-decryption > ~/.ssh/id_rsa',
  'openssl genrsa -out key.pem 2048',
  'echo "-----BEGIN CERTIFICATE-----"',
  'ssh-keygen -t ed25519 && cat ~/.ssh/id_ed25519.pub',
  `echo ${'Q'.repeat(30)}${ACCESS_KEY}${'Q'.repeat(30)} | base64 -d`,
  'echo {{resolve:ssm:/my/parameter}}',
  'aws configure set aws_access_key_id AKIAIOSFODNN7EXAMPLE && aws configure set aws_secret_access_key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
])('%s synthesizes', command => {
  expect(template(withUserData(command)).Resources).toBeDefined();
});

test.each<[string, ec2.InitElement]>([
  ['a null', ec2.InitFile.fromObject('/etc/app.json', { key: null })],
  ['an encoded file that CloudFormation fills in', ec2.InitFile.fromString('/etc/app.json', Fn.importValue('Encoded'), { base64Encoded: true })],
])('%s in init synthesizes', (_, element) => {
  expect(template(withInit(element)).Resources).toBeDefined();
});

test('user data that is a token as a whole synthesizes', () => {
  const stack = stackIn();
  new WorkshopInstance(stack, 'Workshop', { userData: ec2.UserData.custom(Fn.importValue('UserData')) });
  expect(template(stack).Resources).toBeDefined();
});
