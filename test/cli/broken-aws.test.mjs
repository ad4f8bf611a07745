// An AWS that answers with nonsense: each command ends soon, says so in a sentence, and leaves the file.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';
import { ANSWERS, ENDLESS, startBrokenAws } from './broken-aws.mjs';
import { pasted, problemsOf, remediesIn, writeTable } from './harmless.mjs';

const SLOWEST = 30; // Seconds, for many at once.
const ID = 'ami-0c00000000002404a';

const LOCK = {
  version: 1,
  images: {
    golden: {
      query: { name: 'golden-image-*', owners: ['123456789012'], architecture: 'x86_64', rootDevice: 'ebs' },
      regions: { 'eu-west-3': { imageId: ID, name: 'golden-image-1', owner: '123456789012', creationDate: '2026-09-16T08:00:00.000Z', rootDeviceName: '/dev/sda1' } },
    },
  },
};

const CONTEXT = { 'ami:account=123456789012:filters.name.0=golden-image-*:region=eu-west-3:\u001b[31m$(touch canary)': ID };

const COMMANDS = [
  ['search', '--name', 'golden-image-*', '--owner', 'self'],
  ['pin', 'web', '--name', 'golden-image-*', '--owner', '123456789012'],
  ['pin', 'web', '--name', 'golden-image-*', '--owner', 'self', '--region', 'eu-west-3', '--region', 'eu-west-1'],
  ['update'],
  ['check'],
  ['show', ID],
];

let aws;

before(async () => { aws = await startBrokenAws(); });

after(() => aws.stop());

test('an AWS that answers with nonsense', async t => {
  const rows = await Promise.all(Object.keys(ANSWERS).flatMap(what => COMMANDS.map(async args => {
    const folder = folderInProcess(aws.urlOf(what));
    folder.write('ami.lock.json', LOCK);
    folder.write('cdk.context.json', CONTEXT);
    const [text, start] = [folder.text(), Date.now()];
    const result = await folder.cdkAmi(args, { maxAttempts: 2 });
    const took = (Date.now() - start) / 1000;
    const problems = [
      ...problemsOf(result),
      took > SLOWEST && `took ${took} seconds`,
      folder.text() !== text && result.code !== 0 && 'changed the file',
    ].filter(Boolean);
    return { what, args: args.join(' '), took, problems, ...result, line: /^error: .*/m.exec(result.stderr)?.[0] ?? result.stdout.split('\n')[0] };
  })));
  // What search and show list is what AWS says, and no remedy.
  const lines = rows.flatMap(({ args, stdout, stderr }) => (/^(search|show)/.test(args) ? stderr : stdout + stderr).split('\n'));
  const ran = pasted([...lines, ...remediesIn(lines)]);
  writeTable('broken-aws.tsv', rows.map(({ args, what, took, code, line }) => [args, what, took, code, line]));

  const count = code => `${rows.filter(row => row.code === code).length} ended with ${code}`;
  t.diagnostic(`${Object.keys(ANSWERS).length} answers, ${rows.length} runs: ${[0, 1, 2].map(count).join(', ')}; the slowest took `
    + `${Math.max(...rows.map(({ took }) => took))} s; ${ran.length} ran something when pasted`);
  assert.deepEqual(ran, []);
  assert.deepEqual(rows.filter(({ problems }) => problems.length > 0), []);
});

for (const [what, message] of Object.entries({
  'a page of HTML': /A proxy has answered in the place of 127\.0\.0\.1 \(200, a page for a browser\); sign in to the network/,
  'a redirection': /A proxy has answered in the place of 127\.0\.0\.1 \(301/,
  '403 of a proxy': /A proxy has answered in the place of 127\.0\.0\.1 \(403, a page for a browser\)/,
  '404': /A proxy has answered in the place of 127\.0\.0\.1 \(404, a page for a browser\)/,
  '407': /A proxy has answered in the place of 127\.0\.0\.1 \(407/,
})) {
  test(`${what} is told to be of a proxy`, async () => {
    const { code, stderr } = await folderInProcess(aws.urlOf(what)).cdkAmi(COMMANDS[0]);
    assert.equal(code, 2);
    assert.match(stderr, message);
  });
}

test('a date that is none is told, and is no reason to wait', async () => {
  for (const what of ['no date', 'a date that is none']) {
    const { stderr } = await folderInProcess(aws.urlOf(what)).cdkAmi(COMMANDS[1]);
    assert.match(stderr, /AWS answered with an image that has (no creationDate|the creationDate "(yesterday)?")/, what);
  }
});

test('an AWS that never ends its answer', async t => {
  const results = await Promise.all(Object.keys(ENDLESS).map(async what => {
    const folder = folderInProcess(aws.urlOf(what));
    const start = Date.now();
    const result = await folder.cdkAmi(['pin', 'web', '--name', 'golden-image-*', '--owner', '123456789012']);
    return { what, took: (Date.now() - start) / 1000, text: folder.text(), ...result };
  }));
  results.forEach(({ what, took, stderr }) => t.diagnostic(`${what}: ${took} s, ${stderr.trim()}`));
  for (const { what, took, code, text, stderr } of results) {
    assert.deepEqual([code, text], [2, undefined], what);
    assert.match(stderr, /^error: eu-west-3: [^\n]*(did not answer ec2:DescribeImages in 45 s|the same page twice|more than 100 pages|more than 50 MB)[^\n]+\.\n$/);
    assert.ok(took < 60, `${what}: ${took} s`);
  }
});
