import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AmiSelector, RootDevice } from '../../src';
import { code, message } from '../../src/private/language';

/** What jsii's runtimes leave in JSII_AGENT. */
const AGENTS = { python: 'Python/3.13.1', java: 'Java/17.0.2', dotnet: 'DotNet/8.0.1', go: 'go1.26.8/linux/amd64' };

afterEach(() => delete process.env.JSII_AGENT);

test.each([
  ['allowFromAnywhere: true', 'allow_from_anywhere=True', '.allowFromAnywhere(true)', 'AllowFromAnywhere = true', 'AllowFromAnywhere: jsii.Bool(true)'],
  ['parameterVersion: 3', 'parameter_version=3', '.parameterVersion(3)', 'ParameterVersion = 3', 'ParameterVersion: jsii.Number(3)'],
  ['updates: AmiUpdates.ON_REQUEST', 'updates=AmiUpdates.ON_REQUEST', '.updates(AmiUpdates.ON_REQUEST)', 'Updates = AmiUpdates.ON_REQUEST', 'Updates: AmiUpdates_ON_REQUEST'],
  ['AmiSelector.fromSsmParameter', 'AmiSelector.from_ssm_parameter', 'AmiSelector.fromSsmParameter', 'AmiSelector.FromSsmParameter', 'AmiSelector_FromSsmParameter'],
  ['ec2.InstanceArchitecture.ARM_64', 'ec2.InstanceArchitecture.ARM_64', 'InstanceArchitecture.ARM_64', 'InstanceArchitecture.ARM_64', 'awsec2.InstanceArchitecture_ARM_64'],
  ['ec2.Peer.ipv4("203.0.113.7/32")', 'ec2.Peer.ipv4("203.0.113.7/32")', 'Peer.ipv4("203.0.113.7/32")', 'Peer.Ipv4("203.0.113.7/32")', 'awsec2.Peer_Ipv4(jsii.String("203.0.113.7/32"))'],
  ['AmiFamily.UBUNTU_24_04', 'AmiFamily.UBUNTU_24_04', 'AmiFamily.UBUNTU_24_04', 'AmiFamily.UBUNTU_24_04', 'AmiFamily_UBUNTU_24_04()'],
  ['Duration.minutes(1)', 'Duration.minutes(1)', 'Duration.minutes(1)', 'Duration.Minutes(1)', 'Duration_Minutes(jsii.Number(1))'],
  ['{ "eu-west-3": "ami-…" }', '{"eu-west-3": "ami-…"}', 'Map.of("eu-west-3", "ami-…")', 'new Dictionary<string, string> { ["eu-west-3"] = "ami-…" }', '&map[string]*string{"eu-west-3": jsii.String("ami-…")}'],
  [
    'env: { account: "123456789012", region: "eu-west-3" }',
    'env=Environment(account="123456789012", region="eu-west-3")',
    '.env(Environment.builder().account("123456789012").region("eu-west-3").build())',
    'Env = new Environment { Account = "123456789012", Region = "eu-west-3" }',
    'Env: &awscdk.Environment{Account: jsii.String("123456789012"), Region: jsii.String("eu-west-3")}',
  ],
  ['initOptions.embedFingerprint', 'init_options.embed_fingerprint', 'initOptions.embedFingerprint', 'InitOptions.EmbedFingerprint', 'InitOptions.EmbedFingerprint'],
])('%s is written as in each language', (typescript, ...others) => {
  expect(code(typescript)).toBe(typescript);
  expect(Object.values(AGENTS).map(agent => {
    process.env.JSII_AGENT = agent;
    return code(typescript);
  })).toEqual(others);
});

test.each([
  'name who may: 12-digit account ids or amazon',
  'searches while the app is synthesized: give the stack an account',
  'RootDeviceName in "aws ec2 describe-images"',
  'the data type aws:ec2:image, and iam:CreateServiceLinkedRole',
  'npx cdk-ami pin web --family UBUNTU_24_04 --region eu-west-3',
])('words that are no code stay: %s', words => {
  for (const agent of Object.values(AGENTS)) {
    process.env.JSII_AGENT = agent;
    expect(code(words)).toBe(words);
  }
});

test('the pip launcher of cdk-ami names Python without its version', () => {
  process.env.JSII_AGENT = 'Python';
  expect(code('fromLockFile')).toBe('from_lock_file');
});

test('what the user wrote stays as it is in a message', () => {
  process.env.JSII_AGENT = AGENTS.python;
  expect(message`${'my: true, myImage'} has no rootDevice`).toBe('my: true, myImage has no root_device');
  const { ARM_64: architecture } = ec2.InstanceArchitecture;
  expect(() => AmiSelector.lookup({ name: 'myImage-*', owners: ['self'], architecture, rootDevice: RootDevice.INSTANCE_STORE }))
    .toThrow('AmiSelector.lookup("myImage-*"): there is no arm64 image');
});
