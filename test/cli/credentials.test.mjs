// Profiles, regions and endpoints are those of all tools of AWS; what is missing is told in one sentence with its remedy.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ended, folderInProcess, installCommand, userEnvironment, workingFolder } from '../../scripts/command.mjs';
import { startFaultProxy } from '../../scripts/fault-proxy.mjs';
import { localAwsEnvironment, ROOT } from '../../scripts/project.mjs';
import { idIn, startRegionalAws } from '../../scripts/regional-aws.mjs';
import { start } from '../../scripts/steps.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';
import { UBUNTU } from './pinned-images.mjs';

const REGIONS = ['eu-west-3', 'us-east-1'];
const SEARCH = ['search', ...UBUNTU.query, '--limit', '1', '--json'];
const NO_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };

let bin;
let local;
let env;

/** The environment of a user with this ~/.aws/config. */
function homeWith(config) {
  const home = userEnvironment(local.env);
  mkdirSync(join(home.HOME, '.aws', 'sso', 'cache'), { recursive: true });
  writeFileSync(join(home.HOME, '.aws', 'config'), config);
  const token = { accessToken: 'token', expiresAt: '2020-01-01T00:00:00Z', startUrl: 'https://example.awsapps.com/start', region: 'eu-west-3' };
  writeFileSync(join(home.HOME, '.aws', 'sso', 'cache', `${createHash('sha1').update('company').digest('hex')}.json`), JSON.stringify(token));
  return { ...home, AWS_REGION: undefined };
}

/** Runs the command in the home of a user with this ~/.aws/config. */
function asUser(config, args, variables = {}) {
  return workingFolder(bin, homeWith(config)).cdkAmi(args, { ...NO_KEYS, ...variables });
}

before(async () => {
  bin = await installCommand();
  local = await startRegionalAws(await localAwsEnvironment(), REGIONS);
  env = userEnvironment(local.env);
});

after(() => local.stop());

const DEV = '[profile dev]\nregion = us-east-1\naws_access_key_id = testing\naws_secret_access_key = testing\n';
const SSO = '[profile sso]\nregion = eu-west-3\nsso_session = company\nsso_account_id = 123456789012\nsso_role_name = dev\n'
  + '[sso-session company]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-3\nsso_registration_scopes = sso:account:access\n';
const PROCESS = '[profile process]\nregion = us-east-1\ncredential_process = printf \'{"Version":1,"AccessKeyId":"testing","SecretAccessKey":"testing"}\'\n';

const MFA = '[profile mfa]\nregion = us-east-1\nrole_arn = arn:aws:iam::123456789012:role/dev\nmfa_serial = arn:aws:iam::123456789012:mfa/me\nsource_profile = dev\n' + DEV;

describe('keys and region come from', { concurrency: 3 }, () => {
  const found = async promise => {
    const { code, stdout, stderr } = await promise;
    assert.deepEqual([code, stderr], [0, '']);
    return JSON.parse(stdout)[0].imageId;
  };

  test('the profile of --profile', async () => {
    assert.equal(await found(asUser(DEV, [...SEARCH, '--profile', 'dev'])), idIn('us-east-1', UBUNTU.newer));
  });

  test('the profile of AWS_PROFILE', async () => {
    assert.equal(await found(asUser(DEV, SEARCH, { AWS_PROFILE: 'dev' })), idIn('us-east-1', UBUNTU.newer));
  });

  test('a process that the profile names', async () => {
    assert.equal(await found(asUser(PROCESS, [...SEARCH, '--profile', 'process'])), idIn('us-east-1', UBUNTU.newer));
  });

  test('the environment, with the region of AWS_DEFAULT_REGION too', async () => {
    const keys = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_DEFAULT_REGION: 'us-east-1' };
    assert.equal(await found(asUser('', SEARCH, keys)), idIn('us-east-1', UBUNTU.newer));
  });

  test('the profile of --profile before the environment, and that before the profile of AWS_PROFILE, as with the AWS CLI', async () => {
    const broken = `${DEV.replace('dev', 'none').replaceAll('testing', '')}${PROCESS.replace('printf', 'false')}`;
    const keys = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_PROFILE: 'process' };
    assert.equal(await found(asUser(broken, SEARCH, keys)), idIn('us-east-1', UBUNTU.newer));
    const { code, stderr } = await asUser(broken, [...SEARCH, '--profile', 'process'], keys);
    assert.deepEqual([code, /credential_process of the profile "process" failed/.test(stderr)], [2, true], stderr);
  });

  for (const [what, settings] of Object.entries({
    'the endpoint of a profile': url => `endpoint_url = ${url}\n`,
    'the endpoint of a service of a profile': url => `endpoint_url = http://127.0.0.1:9\nservices = here\n[services here]\nec2 =\n  endpoint_url = ${url}\n`,
  })) {
    test(`${what}, by AWS_PROFILE and --profile`, async () => {
      const config = `${DEV}${settings(local.url)}`;
      for (const [args, variables] of [[[], { AWS_PROFILE: 'dev' }], [['--profile', 'dev'], {}], [['--profile', 'dev'], { AWS_PROFILE: 'other' }]]) {
        assert.equal(await found(asUser(config, [...SEARCH, ...args], { AWS_ENDPOINT_URL: undefined, ...variables })), idIn('us-east-1', UBUNTU.newer));
      }
    });
  }

  test('a role that asks for the code of an MFA device, on a terminal', async () => {
    const code = async (typed, config = MFA) => {
      const home = homeWith(config);
      const terminal = join(ROOT, 'test', 'cli', 'terminal.py');
      const args = [terminal, '100', typed, join(bin, 'cdk-ami'), ...SEARCH, '--profile', 'mfa'];
      return ended(start('python3', args, { env: { ...home, ...NO_KEYS, TERM: 'xterm' }, stdio: ['ignore', 'pipe', 'pipe'] }));
    };
    const given = await code('123456\n');
    assert.equal(given.code, 0, given.stdout);
    assert.match(given.stdout, /MFA code for arn:aws:iam::123456789012:mfa\/me: /);
    assert.match(given.stdout, new RegExp(idIn('us-east-1', UBUNTU.newer)));
    for (const typed of ['\x03', '\x04']) {
      const left = await code(typed);
      assert.equal(left.code, 2, left.stdout);
      assert.match(left.stdout, /no code of the MFA device arn:aws:iam::123456789012:mfa\/me was given/);
    }
  });

  test('the option --region before all others', async () => {
    assert.equal(await found(asUser(DEV, [...SEARCH, '--profile', 'dev', '--region', 'eu-west-3'])), UBUNTU.newer);
  });
});

describe('one sentence tells what is missing, and what to do', { concurrency: 3 }, () => {
  const told = async (promise, message) => {
    const { code, stdout, stderr } = await promise;
    assert.deepEqual([code, stdout], [2, ''], stderr);
    assert.match(stderr, message);
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
  };

  test('no region', () => told(asUser('[profile dev]\naws_access_key_id = testing\naws_secret_access_key = testing\n', [...SEARCH, '--profile', 'dev']),
    /No region is set.*--region eu-west-3.*AWS_REGION/));

  test('no credentials', () => told(asUser('', SEARCH, { AWS_REGION: 'eu-west-3' }), /no AWS credentials.*aws sso login.*--profile.*AWS_ACCESS_KEY_ID/));

  test('a profile that does not exist', () => told(asUser(DEV, [...SEARCH, '--profile', 'def', '--region', 'eu-west-3']),
    /no profile "def".*aws configure list-profiles/));

  test('a sign-in that has expired', () => told(asUser(SSO, [...SEARCH, '--profile', 'sso']), /profile "sso" has expired.*aws sso login --profile sso/));

  test('no terminal for the code of an MFA device', () => told(asUser(MFA, [...SEARCH, '--profile', 'mfa']),
    /role of the profile "mfa" cannot be taken: a code of the MFA device arn:aws:iam::123456789012:mfa\/me is needed, and there is no terminal.*aws configure export-credentials --profile mfa/));

  test('a process for credentials that says why it fails', () => told(
    asUser('[profile broken]\nregion = eu-west-3\ncredential_process = sh -c "echo secret; echo no ticket >&2; printf \'\\033[31mrun kinit\\n\' >&2; exit 3"\n', [...SEARCH, '--profile', 'broken']),
    /^(?!.*secret).*credential_process of the profile "broken" failed: no ticket, \\u001b\[31mrun kinit;/));

  test('a process for credentials that prints none', () => told(asUser('[profile broken]\nregion = eu-west-3\ncredential_process = echo hello\n', [...SEARCH, '--profile', 'broken']),
    /credentials of the profile "broken" cannot be used: Profile broken credential_process returned invalid JSON/));

  for (const [what, region] of [['a blank', ' eu-west-3'], ['an end of line', 'eu-west-3\n'], ['a letter too much', 'eu-west-33x'], ['a zone', 'eu-west-3a'], ['quotation marks', '"eu-west-3"']]) {
    test(`${what} in AWS_REGION`, () => told(asUser(DEV, [...SEARCH, '--profile', 'dev'], { AWS_REGION: region }), /region of the environment or the profile cannot be used: "[^\n]+ is not the name of a region/));
  }

  test('a region that is none in a profile', () => told(asUser(DEV.replace('us-east-1', 'us-east-1;x'), [...SEARCH, '--profile', 'dev']),
    /region of the environment or the profile cannot be used: "us-east-1;x" is not the name of a region \(did you mean us-east-1\?\)/));

  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CA_BUNDLE']) {
    test(`a FIFO as ${name}`, () => {
      const fifo = join(temporaryFolder('fifo'), 'config');
      execFileSync('mkfifo', [fifo]);
      return told(asUser(DEV, [...SEARCH, '--profile', 'dev'], { [name]: fifo }), /fifo.*is no regular file/);
    });
  }

  test('an endpoint of a profile that is not there', () => told(
    asUser(`${DEV}endpoint_url = http://127.0.0.1:9\n`, [...SEARCH, '--profile', 'dev'], { AWS_ENDPOINT_URL: undefined, AWS_MAX_ATTEMPTS: '1' }),
    /us-east-1: AWS cannot be reached \(ECONNREFUSED\); .*endpoint_url of the profile/));

  test('a process for credentials that fails', () => told(asUser('[profile broken]\nregion = eu-west-3\ncredential_process = false\n', [...SEARCH, '--profile', 'broken']),
    /credential_process of the profile "broken" failed and does not say why/));

  for (const args of [['pin', 'web', ...UBUNTU.query], SEARCH, ['show', UBUNTU.newer]]) {
    test(`a region that is not enabled: ${args[0]}`, () => told(workingFolder(bin, env).cdkAmi([...args, '--region', 'mx-central-1']),
      /mx-central-1: .*enable the region for the account/));
  }

  test('a region that there is not', () => told(workingFolder(bin, env).cdkAmi([...SEARCH, '--region', 'eu-wst-3']), /"eu-wst-3".*did you mean eu-west-3\?/));

  test('an endpoint that is not there', () => told(workingFolder(bin, env).cdkAmi(SEARCH, { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' }),
    /http:\/\/127\.0\.0\.1:9, which AWS_ENDPOINT_URL names, cannot be reached/));

  test('credentials that expired, once for all regions', async () => {
    const proxy = await startFaultProxy(local.url, [{ fault: 'expired' }]);
    const folder = workingFolder(bin, { ...env, AWS_ENDPOINT_URL: proxy.url });
    await told(folder.cdkAmi(['pin', 'web', ...UBUNTU.query, ...REGIONS.flatMap(region => ['--region', region])]), /eu-west-3, us-east-1: .*expired.*aws sso login/);
    await proxy.stop();
  });

  test('the list of regions that may not be read', async () => {
    const proxy = await startFaultProxy(local.url, [{ action: 'DescribeRegions', fault: 'deny' }]);
    const folder = workingFolder(bin, { ...env, AWS_ENDPOINT_URL: proxy.url });
    await told(folder.cdkAmi(['pin', 'web', ...UBUNTU.query, '--all-regions']), /may not call ec2:DescribeRegions.*allow it in the policy/);
    await proxy.stop();
  });
});

describe('a word that is not known gets a suggestion', { concurrency: 3 }, () => {
  const words = {
    'a command': [['serch'], /unknown command 'serch'.*search/s],
    'an option': [['search', '--famly', 'DEBIAN_13'], /unknown option '--famly'.*--family/s],
    'a family': [['search', '--family', 'UBUNTU_2404X'], /no family "UBUNTU_2404X".*did you mean UBUNTU_24_04/],
    'a family of several': [['search', '--family', 'debian'], /no family "debian".*did you mean DEBIAN_12, DEBIAN_13/],
    'an architecture': [['search', '--family', 'DEBIAN_13', '--architecture', 'i386'], /i386.*x86_64.*arm64/s],
    'a root device': [['search', '--family', 'DEBIAN_13', '--root-device', 'instance-store'], /DEBIAN_13.*it has x86_64 ebs, arm64 ebs/],
    'a name without an owner': [['search', '--name', 'debian-13-*'], /--owner is missing.*anyone can publish/],
    'a name that is open': [['search', '--name', '*', '--owner', 'amazon'], /--name "\*"/],
    'an owner': [['search', '--name', 'debian-13-*', '--owner', 'debian'], /"debian" is not an owner; write a 12-digit account id/],
    'nothing to search for': [['search'], /a family.*--name/],
    'a name for an entry': [['pin', '../web', '--family', 'DEBIAN_13'], /"\.\.\/web".*letters, digits/],
    'an entry that there is not': [['pin', 'web'], /web is not in ami\.lock\.json yet.*cdk-ami pin web --family/],
  };
  for (const [what, [args, message]] of Object.entries(words)) {
    test(what, async () => {
      const { code, stdout, stderr } = await folderInProcess(local.url).cdkAmi(args);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, message);
    });
  }
});
