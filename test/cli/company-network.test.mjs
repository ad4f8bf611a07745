// Behind the proxy and the authority of a company the command works as the AWS CLI does.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { ended, userEnvironment, workingFolder } from '../../scripts/command.mjs';
import { localAwsEnvironment, ROOT } from '../../scripts/project.mjs';
import { idIn, startRegionalAws } from '../../scripts/regional-aws.mjs';
import { start } from '../../scripts/steps.mjs';
import { startCompanyNetwork } from './company-network.mjs';
import { problemsOf } from './harmless.mjs';
import { AMAZON_LINUX, UBUNTU } from './pinned-images.mjs';

const REGIONS = ['eu-west-3', 'us-east-1'];
const NAMES = [
  ...REGIONS.flatMap(region => ['ec2', 'ssm', 'sts', 'ec2-fips', 'ssm-fips'].map(service => `${service}.${region}.amazonaws.com`)),
  ...REGIONS.flatMap(region => ['ec2', 'ec2-fips'].map(service => `${service}.${region}.api.aws`)),
  'localhost', 'aws.example.com',
];
const SEARCH = ['search', ...UBUNTU.query, '--limit', '1', '--json'];
const DESCRIBE = ['ec2', 'describe-images', '--image-ids', UBUNTU.newer, '--query', 'Images[].ImageId', '--output', 'text'];

let venv;
let local;
let company;
let env;

before(async () => {
  venv = await localAwsEnvironment();
  local = await startRegionalAws(venv, REGIONS);
  company = await startCompanyNetwork(venv, local.url, NAMES);
  env = { ...userEnvironment({ ...local.env, AWS_ENDPOINT_URL: undefined }), HTTPS_PROXY: company.proxy, AWS_CA_BUNDLE: company.authority };
});

beforeEach(() => Object.assign(company, { asked: [], authorizations: [], answer: undefined }));

after(async () => {
  await company.stop();
  await local.stop();
});

const cdkAmi = (args, variables) => workingFolder(join(ROOT, 'bin'), env).cdkAmi(args, variables);
const aws = (args, variables) => ended(start(join(venv, 'bin', 'aws'), args, { env: { ...env, AWS_DEFAULT_REGION: 'eu-west-3', ...variables }, stdio: ['ignore', 'pipe', 'pipe'] }));

/** Writes ~/.aws/config of a user. Returns its variables. */
function withConfig(config) {
  const home = userEnvironment(local.env).HOME;
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws', 'config'), config);
  return { HOME: home };
}

async function found({ code, stdout, stderr }) {
  assert.deepEqual([code, stderr], [0, '']);
  return JSON.parse(stdout)[0].imageId;
}

async function told(args, variables, message) {
  const result = await cdkAmi(args, variables);
  assert.deepEqual([result.code, result.stdout, problemsOf(result)], [2, '', []], result.stderr);
  assert.match(result.stderr, message);
  assert.equal(result.stderr.trimEnd().split('\n').length, 1, result.stderr);
}

/** Both find the image with these variables, or neither. Returns what the proxy was asked for by each of them. */
async function asTheAwsCli(variables) {
  const results = [];
  for (const [tool, args] of [[cdkAmi, SEARCH], [aws, DESCRIBE]]) {
    company.asked = [];
    const { code, stdout } = await tool(args, { AWS_MAX_ATTEMPTS: '1', ...variables });
    results.push({ worked: code === 0 && stdout.includes(UBUNTU.newer), asked: company.asked });
  }
  assert.deepEqual(results[0], results[1]);
  return results[0];
}

describe('through the proxy and with the authority', () => {
  test('pin reaches every region, and each service', async () => {
    const folder = workingFolder(join(ROOT, 'bin'), env);
    for (const { query } of [UBUNTU, AMAZON_LINUX]) {
      assert.equal((await folder.cdkAmi(['pin', query === UBUNTU.query ? 'web' : 'bastion', ...query, ...REGIONS.flatMap(region => ['--region', region])])).code, 0);
    }
    assert.deepEqual(Object.values(folder.lock().images.web.regions).map(({ imageId }) => imageId), REGIONS.map(region => idIn(region, UBUNTU.newer)));
    assert.equal((await folder.cdkAmi(['check'])).code, 0);
    const asked = [...new Set(company.asked)].sort();
    assert.deepEqual(asked, ['ec2', 'ssm'].flatMap(service => REGIONS.map(region => `${service}.${region}.amazonaws.com:443`)));
  });

  test('the AWS CLI finds the same image by the same way', async () => {
    assert.deepEqual(await asTheAwsCli({}), { worked: true, asked: ['ec2.eu-west-3.amazonaws.com:443'] });
  });

  const expected = { worked: true, asked: ['ec2.eu-west-3.amazonaws.com:443'] };
  for (const [what, variables] of Object.entries({
    'the variable in small letters': proxy => ({ HTTPS_PROXY: undefined, https_proxy: proxy }),
    'an address without a protocol': proxy => ({ HTTPS_PROXY: proxy.replace('http://', '') }),
    'names that are others\'': () => ({ NO_PROXY: 'example.com,onaws.com,ec2.us-east-1.amazonaws.com' }),
    'an endpoint that is named': () => ({ AWS_ENDPOINT_URL: 'https://ec2.eu-west-3.amazonaws.com' }),
  })) {
    test(`as the AWS CLI: ${what}`, async () => assert.deepEqual(await asTheAwsCli(variables(company.proxy)), expected));
  }

  // Nobody is at aws.example.com: whoever goes there straight does not find the image.
  for (const [what, exceptions, host, expectedResult] of [
    ['that nothing of the sort is in', 'example.org', 'aws.example.com', port => ({ worked: true, asked: [`aws.example.com:${port}`] })],
    ['with the name', 'one.test, localhost', 'localhost', () => ({ worked: true, asked: [] })],
    ['with a name above', 'example.com', 'aws.example.com', () => ({ worked: false, asked: [] })],
    ['with everything', '*', 'aws.example.com', () => ({ worked: false, asked: [] })],
  ]) {
    test(`as the AWS CLI: a NO_PROXY ${what}`, async () => {
      const { insidePort } = company;
      assert.deepEqual(await asTheAwsCli({ NO_PROXY: exceptions, AWS_ENDPOINT_URL: `https://${host}:${insidePort}` }), expectedResult(insidePort));
    });
  }

  test('a user and a password go to the proxy, and into no message', async () => {
    const proxy = company.proxy.replace('//', '//user:p%40ss@');
    assert.deepEqual(await asTheAwsCli({ HTTPS_PROXY: proxy }), expected);
    assert.deepEqual([...new Set(company.authorizations)], [`Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
    company.answer = 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n';
    await told(SEARCH, { HTTPS_PROXY: proxy }, /^(?!.*p(%40|@)ss).*The proxy 127\.0\.0\.1:\d+, which HTTPS_PROXY names, refuses the way to ec2\.eu-west-3\.amazonaws\.com \(407\)/);
  });

  test('the ca_bundle of a profile, also of the one of --profile', async () => {
    const config = withConfig(`[profile company]\nregion = eu-west-3\nca_bundle = ${company.authority}\naws_access_key_id = testing\naws_secret_access_key = testing\n`);
    const variables = { ...config, AWS_CA_BUNDLE: undefined, AWS_REGION: undefined, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };
    assert.deepEqual(await asTheAwsCli({ ...variables, AWS_PROFILE: 'company' }), expected);
    assert.equal(await found(await cdkAmi([...SEARCH, '--profile', 'company'], variables)), UBUNTU.newer);
    assert.equal((await aws([...DESCRIBE, '--profile', 'company'], variables)).stdout.trim(), UBUNTU.newer);
  });

  test('a role of a profile is taken through the proxy too', async () => {
    const config = withConfig('[profile role]\nregion = us-east-1\nrole_arn = arn:aws:iam::123456789012:role/dev\nsource_profile = keys\n'
      + '[profile keys]\naws_access_key_id = testing\naws_secret_access_key = testing\n');
    const variables = { ...config, AWS_REGION: undefined };
    assert.equal(await found(await cdkAmi([...SEARCH, '--profile', 'role'], variables)), idIn('us-east-1', UBUNTU.newer));
    assert.deepEqual([...new Set(company.asked)].sort(), ['ec2.us-east-1.amazonaws.com:443', 'sts.us-east-1.amazonaws.com:443']);
  });

  for (const [what, settings, host] of [
    ['FIPS', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'ec2-fips.us-east-1.amazonaws.com'],
    ['dual-stack', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'ec2.us-east-1.api.aws'],
  ]) {
    test(`as the AWS CLI: endpoints of ${what}, by variable and by profile`, async () => {
      const variables = { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1', ...settings };
      const keys = 'aws_access_key_id = testing\naws_secret_access_key = testing\n';
      const config = withConfig(`[profile p]\n${Object.keys(settings)[0].replace('AWS_', '').toLowerCase()} = true\n${keys}`);
      for (const result of [await cdkAmi(SEARCH, variables), await cdkAmi([...SEARCH, '--profile', 'p'], { AWS_REGION: 'us-east-1', ...config })]) {
        assert.equal(await found(result), idIn('us-east-1', UBUNTU.newer));
      }
      await aws(DESCRIBE, variables);
      assert.deepEqual(company.asked, Array(3).fill(`${host}:443`));
    });
  }
});

describe('one sentence says what is in the way:', { concurrency: 3 }, () => {
  const once = { AWS_MAX_ATTEMPTS: '1' };

  test('an authority that is not trusted', () => told(SEARCH, { AWS_CA_BUNDLE: undefined },
    /certificate of what answers is not trusted \(\w+\); name the file with its authority in AWS_CA_BUNDLE/));

  test('no proxy at the address', () => told(SEARCH, { ...once, HTTPS_PROXY: 'http://127.0.0.1:9' },
    /The proxy 127\.0\.0\.1:9, which HTTPS_PROXY names, cannot be reached.*\(ECONNREFUSED\)/));

  test('no address of a proxy', () => told(SEARCH, { ...once, HTTPS_PROXY: 'socks5://127.0.0.1:9' }, /HTTPS_PROXY is not the address of a proxy; write one such as http:/));

  test('an authority that is not there', () => told(SEARCH, { AWS_CA_BUNDLE: '/nowhere.pem' }, /\/nowhere\.pem, which AWS_CA_BUNDLE names, is not there/));

  test('an authority that is none', () => told(SEARCH, { AWS_CA_BUNDLE: join(ROOT, 'package.json') }, /package\.json, which AWS_CA_BUNDLE names, has no certificate in it/));
});

for (const [status, message] of [
  ['407 Proxy Authentication Required', /refuses the way to ec2\.eu-west-3\.amazonaws\.com \(407\); write a user and a password.*http:\/\/USER:PASSWORD@127/],
  ['403 Forbidden', /refuses the way to ec2\.eu-west-3\.amazonaws\.com \(403\); have it let this name through, or name it in NO_PROXY\./],
  ['502 Bad Gateway', /refuses the way to ec2\.eu-west-3\.amazonaws\.com \(502\)/],
]) {
  test(`a proxy that answers ${status} is told as such`, async () => {
    company.answer = `HTTP/1.1 ${status}\r\nContent-Type: text/html\r\n\r\n<html>\x1b[31m::error::</html>`;
    await told(SEARCH, { AWS_MAX_ATTEMPTS: '2' }, message);
    assert.equal(company.asked.length, status.startsWith('5') ? 2 : 1);
  });
}

test('a proxy that ends the connection is told as such', async () => {
  company.answer = '';
  await told(SEARCH, { AWS_MAX_ATTEMPTS: '1' }, /The proxy 127\.0\.0\.1:\d+, which HTTPS_PROXY names, cannot be reached or ends the connection/);
});
