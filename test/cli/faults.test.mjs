// What a fault in one region does to the others, to the file, to the exit code and to the reader of the message.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';
import { FAULTS, startFaultProxy } from '../../scripts/fault-proxy.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { idIn, REGIONS as ALL_REGIONS, startRegionalAws } from '../../scripts/regional-aws.mjs';
import { AMAZON_LINUX, UBUNTU } from './pinned-images.mjs';

const REGIONS = ['af-south-1', 'eu-west-3', 'sa-east-1', 'us-east-1'];
const IN_REGIONS = REGIONS.flatMap(region => ['--region', region]);
const FAULTY = 'sa-east-1';

/** What the message says of each fault, where EC2 and where SSM has it: what happened, and what to do. */
const REFUSED = code => new RegExp(`${code}.*enable the region for the account`);
const MESSAGES = {
  throttle: [/ec2:DescribeImages is throttled \(RequestLimitExceeded\).*again later/, /ssm:GetParameter is throttled \(ThrottlingException\).*again later/],
  error: [/ec2:DescribeImages.*500 InternalError.*again later/, /ssm:GetParameter.*500 InternalServerError.*again later/],
  unavailable: [/ec2:DescribeImages.*503 Unavailable.*again later/, /ssm:GetParameter.*503 ServiceUnavailable.*again later/],
  deny: [/may not call ec2:DescribeImages.*allow it in the policy/, /may not call ssm:GetParameter.*allow it in the policy/],
  notEnabled: [REFUSED('AuthFailure'), REFUSED('UnrecognizedClientException')],
  notSubscribed: [REFUSED('OptInRequired'), REFUSED('OptInRequired')],
  expired: [/expired \(RequestExpired\).*aws sso login/, /expired \(ExpiredTokenException\).*aws sso login/],
  cut: [/connection broke \(ECONNRESET\).*check the network/, /connection broke \(ECONNRESET\).*check the network/],
  half: [/connection broke \(ECONNRESET\).*check the network/, /connection broke \(ECONNRESET\).*check the network/],
};

let local;

/** A place to run the command in, with a proxy of its own. */
async function faulty(rules, use) {
  const proxy = await startFaultProxy(local.url, rules);
  try {
    return await use(folderInProcess(proxy.url), proxy);
  } finally {
    await proxy.stop();
  }
}

const ids = (folder, name) => Object.fromEntries(Object.entries(folder.lock().images[name].regions).map(([region, { imageId }]) => [region, imageId]));
const expectedIds = (id, regions = REGIONS) => Object.fromEntries(regions.map(region => [region, idIn(region, id)]));
const linesWith = (text, word) => text.split('\n').filter(line => line.includes(word));

before(async () => {
  local = await startRegionalAws(await localAwsEnvironment());
});

after(() => local.stop());

for (const [i, [service, { query, newer }]] of Object.entries([['ec2', UBUNTU], ['ssm', AMAZON_LINUX]])) {
  describe(`pin, with a fault of ${service} in one of four regions`, { concurrency: 3 }, () => {
    for (const fault of FAULTS) {
      test(`"${fault}": the others are pinned, the message names the region and the remedy, and the next run adds it`, () =>
        faulty([{ region: FAULTY, service, fault }], async (folder, proxy) => {
          const { code, stdout, stderr } = await folder.cdkAmi(['pin', 'web', ...query, ...IN_REGIONS], { maxAttempts: 2 });
          assert.equal(code, 2);
          const [line, ...more] = linesWith(stderr, FAULTY);
          assert.match(line, MESSAGES[fault][i]);
          assert.deepEqual(more, []);
          assert.ok(!stdout.includes(FAULTY), stdout);
          assert.deepEqual(ids(folder, 'web'), expectedIds(newer, REGIONS.filter(region => region !== FAULTY)));

          proxy.reset();
          assert.equal((await folder.cdkAmi(['pin', 'web', ...IN_REGIONS])).code, 0);
          assert.deepEqual(ids(folder, 'web'), expectedIds(newer));
        }));
    }
  });
}

describe('pin', { concurrency: 3 }, () => {
  test('asks again where a call is throttled, refused by the server or cut for a while', () =>
    faulty(['throttle', 'error', 'cut', 'half'].map((fault, i) => ({ region: REGIONS[i], fault, times: 2 })), async (folder, proxy) => {
      const { code, stderr } = await folder.cdkAmi(['pin', 'web', ...UBUNTU.query, ...IN_REGIONS]);
      assert.deepEqual([code, stderr], [0, '']);
      assert.deepEqual(ids(folder, 'web'), expectedIds(UBUNTU.newer));
      assert.equal(proxy.calls.length, 3 * REGIONS.length);
    }));

  test('makes no file where every region fails, and tells what they share once', () =>
    faulty([{ fault: 'deny' }], async folder => {
      const { code, stdout, stderr } = await folder.cdkAmi(['pin', 'web', ...UBUNTU.query, ...IN_REGIONS]);
      assert.deepEqual([code, stdout, folder.text()], [2, '', undefined]);
      assert.match(stderr, new RegExp(`${REGIONS.join(', ')}: .*ec2:DescribeImages`));
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    }));

  test('in all enabled regions leaves out those that are not, and still tells of one that fails', () =>
    faulty([{ region: FAULTY, fault: 'unavailable' }], async folder => {
      const { code, stderr } = await folder.cdkAmi(['pin', 'web', ...UBUNTU.query, '--all-regions'], { maxAttempts: 2 });
      assert.equal(code, 2);
      assert.match(stderr, /sa-east-1: .*503 Unavailable/);
      assert.deepEqual(ids(folder, 'web'), expectedIds(UBUNTU.newer, ALL_REGIONS.filter(region => region !== FAULTY)));
    }));
});

describe('pin in 30 regions', () => {
  const pin = ['pin', 'web', ...UBUNTU.query, '--all-regions'];
  const DELAY_MS = 1000;
  const took = async action => {
    const before = Date.now();
    const result = await action();
    return { ...result, seconds: (Date.now() - before) / 1000 };
  };

  test('takes at most an eighth of the time of one after another', t => faulty([{ delay: DELAY_MS }], async (folder, proxy) => {
    const alone = await took(() => folder.cdkAmi([...pin.slice(0, -1), '--region', 'eu-west-3', '--file', 'other.json']));
    const { code, seconds } = await took(() => folder.cdkAmi(pin));
    t.diagnostic(`${ALL_REGIONS.length} regions in ${seconds} s, one in ${alone.seconds} s, ${proxy.mostAtOnce} at once`);
    assert.equal(code, 0);
    assert.deepEqual(ids(folder, 'web'), expectedIds(UBUNTU.newer, ALL_REGIONS));
    assert.ok(seconds <= alone.seconds * ALL_REGIONS.length / 8);
  }));

  test('is done with 29 in a minute where one never answers, and names that one', t => faulty([{ region: FAULTY, delay: 600_000 }], async folder => {
    const { code, stderr, seconds } = await took(() => folder.cdkAmi(pin));
    t.diagnostic(`${seconds} s: ${stderr.trim()}`);
    assert.equal(code, 2);
    assert.match(stderr, /^error: sa-east-1: AWS did not answer ec2:DescribeImages in 45 s; check the network[^\n]+\n$/);
    assert.deepEqual(ids(folder, 'web'), expectedIds(UBUNTU.newer, ALL_REGIONS.filter(region => region !== FAULTY)));
    assert.ok(seconds <= 60);
  }));
});
