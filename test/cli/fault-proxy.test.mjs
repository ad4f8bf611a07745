import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { DescribeImagesCommand, DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { FAULTS, startFaultProxy } from '../../scripts/fault-proxy.mjs';
import { startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';

const NAME = '/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2';
const EXPECTED = {
  throttle: ['RequestLimitExceeded', 'ThrottlingException'],
  error: ['InternalError', 'InternalServerError'],
  unavailable: ['Unavailable', 'ServiceUnavailable'],
  deny: ['UnauthorizedOperation', 'AccessDeniedException'],
  notEnabled: ['AuthFailure', 'UnrecognizedClientException'],
  notSubscribed: ['OptInRequired', 'OptInRequired'],
  expired: ['RequestExpired', 'ExpiredTokenException'],
  cut: ['ECONNRESET', 'ECONNRESET'],
  half: ['ECONNRESET', 'ECONNRESET'],
};

let local;
let proxy;

const clientOf = (Client, region, maxAttempts) => new Client({
  region, maxAttempts, endpoint: proxy.url, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
});
const describeImages = (region = 'eu-west-3', maxAttempts = 1) => clientOf(EC2Client, region, maxAttempts).send(new DescribeImagesCommand({ Owners: ['self'] }));
const getParameter = (region = 'eu-west-3') => clientOf(SSMClient, region, 1).send(new GetParameterCommand({ Name: NAME }));
const codeOf = promise => promise.then(() => 'none', error => error.code ?? error.name);

before(async () => {
  local = await startLocalAws(await localAwsEnvironment());
  proxy = await startFaultProxy(local.url);
});

beforeEach(() => proxy.reset());

after(async () => {
  await proxy.stop();
  await local.stop();
});

test('without a rule everything reaches the local AWS, and is counted', async () => {
  assert.equal((await describeImages()).Images[0].Name, 'golden-image-2026-06');
  assert.match((await getParameter('us-east-1')).Parameter.Value, /^ami-/);
  assert.deepEqual(proxy.calls, [
    { region: 'eu-west-3', service: 'ec2', action: 'DescribeImages', fault: undefined },
    { region: 'us-east-1', service: 'ssm', action: 'GetParameter', fault: undefined },
  ]);
});

for (const fault of FAULTS) {
  test(`"${fault}" reads as ${EXPECTED[fault].join(' of EC2 and ')} of SSM`, async () => {
    proxy.reset([{ fault }]);
    assert.deepEqual([await codeOf(describeImages()), await codeOf(getParameter())], EXPECTED[fault]);
  });
}

test('a rule holds for its region, service and action only, and so many times', async () => {
  proxy.reset([{ region: 'eu-west-3', service: 'ec2', action: 'DescribeImages', fault: 'throttle', times: 1 }]);
  assert.equal(await codeOf(describeImages('us-east-1')), 'none');
  assert.equal(await codeOf(getParameter()), 'none');
  assert.equal(await codeOf(clientOf(EC2Client, 'eu-west-3', 1).send(new DescribeRegionsCommand())), 'none');
  assert.equal(await codeOf(describeImages()), 'RequestLimitExceeded');
  assert.equal(await codeOf(describeImages()), 'none');
});

test('the SDK repeats what is throttled once', async () => {
  proxy.reset([{ fault: 'throttle', times: 1 }]);
  assert.equal(await codeOf(describeImages('eu-west-3', 2)), 'none');
  assert.deepEqual(proxy.calls.map(({ fault }) => fault), ['throttle', undefined]);
});

test('a denied call names its action', async () => {
  proxy.reset([{ fault: 'deny' }]);
  await assert.rejects(describeImages(), /ec2:DescribeImages/);
  await assert.rejects(getParameter(), /ssm:GetParameter/);
});

test('delays make calls meet, which is seen', async () => {
  proxy.reset([{ delay: 200 }, { region: 'eu-west-3', delay: 100 }]);
  await Promise.all(['eu-west-3', 'us-east-1', 'us-east-2'].map(region => describeImages(region)));
  assert.equal(proxy.mostAtOnce, 3);
});
