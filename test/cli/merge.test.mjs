// Two branches that each pin and update, merged with git.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { idIn, startRegionalAws } from '../../scripts/regional-aws.mjs';
import { AMAZON_LINUX, publishNewer, UBUNTU, withdrawNewer } from './pinned-images.mjs';

const { AmiSelector } = createRequire(import.meta.url)('../../lib/ami-selector.js');

const REGIONS = ['eu-west-3', 'us-east-1'];
const IN_REGIONS = REGIONS.flatMap(region => ['--region', region]);
const FILE = 'ami.lock.json';

/** What each branch does: it adds an entry, adds a region to one, and updates one. */
const BRANCHES = {
  one: [['pin', 'batch', '--family', 'DEBIAN_13', ...IN_REGIONS], ['pin', 'web', '--region', 'us-east-1'], ['update', 'shell']],
  two: [['pin', 'base', '--family', 'UBUNTU_22_04', ...IN_REGIONS], ['pin', 'shell', '--region', 'us-east-1'], ['update', 'web', 'shell', '--region', 'eu-west-3']],
};

let local;
/** A repository with both branches. */
let repository;

function gitIn(directory) {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return (...args) => execFileSync('git', ['-c', 'user.name=Someone', '-c', 'user.email=someone@example.com', ...args], { cwd: directory, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function work() {
  const folder = folderInProcess(local.url);
  const git = gitIn(folder.directory);
  const done = async args => {
    const result = await folder.cdkAmi(args);
    assert.equal(result.code, 0, result.stderr);
    return result;
  };
  return { ...folder, git, done };
}

/** A copy of the repository in which a branch is merged into the other. */
async function merged(into, other) {
  const folder = work();
  folder.git('clone', '--quiet', '--no-hardlinks', repository, '.');
  folder.git('checkout', '--quiet', into);
  const { status } = spawnSync('git', ['merge', '--quiet', '-m', 'Merge', `origin/${other}`], { cwd: folder.directory });
  return { ...folder, status };
}

before(async () => {
  local = await startRegionalAws(await localAwsEnvironment(), REGIONS);
  withdrawNewer(local, REGIONS);
  const folder = work();
  repository = folder.directory;
  folder.git('init', '--quiet', '--initial-branch', 'main');
  await folder.done(['pin', 'web', ...AMAZON_LINUX.query, '--region', 'eu-west-3']);
  await folder.done(['pin', 'shell', ...UBUNTU.query, '--region', 'eu-west-3']);
  folder.git('add', FILE);
  folder.git('commit', '--quiet', '-m', 'Pin');
  publishNewer(local, REGIONS);
  for (const [branch, commands] of Object.entries(BRANCHES)) {
    folder.git('checkout', '--quiet', '-b', branch, 'main');
    for (const args of commands) {
      await folder.done(args);
    }
    folder.git('commit', '--quiet', '-am', branch);
  }
});

after(() => local.stop());

test('a conflict is told by the command and at synth, with the command that resolves it', async () => {
  const { cdkAmi, status, directory, text } = await merged('one', 'two');
  assert.equal(status, 1);
  const before = text();
  for (const args of [['check'], ['update'], ['pin', 'more', ...UBUNTU.query]]) {
    const { code, stderr } = await cdkAmi(args);
    assert.equal(code, 2);
    assert.match(stderr, /^error: ami\.lock\.json: line \d+ is the conflict marker of a merge; "npx --package cdk-workshop-instance cdk-ami resolve" puts both sides together\.\n$/);
  }
  assert.throws(() => AmiSelector.fromLockFile('web', { file: join(directory, FILE) }), /line \d+ is the conflict marker of a merge; "npx .* resolve --file [^ ]+" puts both sides together\.$/);
  assert.equal(text(), before);
});

describe('resolve keeps what both branches have pinned and updated', () => {
  const texts = new Map();
  for (const [into, other] of [['one', 'two'], ['two', 'one']]) {
    test(`with ${other} merged into ${into}`, async t => {
      const { done, git, lock, text } = await merged(into, other);
      const { stderr } = await done(['resolve']);
      assert.match(stderr, /^Both sides are in ami\.lock\.json, with 4 entries; "git add ami\.lock\.json" ends the conflict, and ".* check" compares them with AWS\.\n$/);
      const ids = Object.fromEntries(Object.entries(lock().images).map(([name, { regions }]) => [name, Object.fromEntries(Object.entries(regions).map(([region, { imageId }]) => [region, imageId]))]));
      const newer = id => Object.fromEntries(REGIONS.map(region => [region, idIn(region, id)]));
      assert.deepEqual(Object.keys(ids), ['base', 'batch', 'shell', 'web']);
      assert.deepEqual([ids.shell, ids.web], [newer(UBUNTU.newer), newer(AMAZON_LINUX.newer)]);
      assert.deepEqual([Object.keys(ids.base), Object.keys(ids.batch)], [REGIONS, REGIONS]);
      git('add', FILE);
      git('commit', '--quiet', '--no-edit');
      const { stdout } = await done(['check', '--json', '--within', '0']);
      const { images, findings } = JSON.parse(stdout);
      t.diagnostic(`${other} into ${into}: ${Object.keys(ids).length} entries, ${images} images, ${findings.length} findings`);
      assert.deepEqual([images, findings], [8, []]);
      texts.set(into, text());
    });
  }

  test('in the same bytes', () => {
    assert.equal(texts.get('one'), texts.get('two'));
  });
});

test('a file in a folder, with a name that is a pattern, and with lines of Windows is resolved', async () => {
  const folder = await merged('one', 'main');
  const file = 'infra/*[a].json';
  mkdirSync(join(folder.directory, 'infra'));
  const commit = (text, branch) => {
    folder.git('checkout', '--quiet', '-B', branch, branch === 'mine' ? 'one' : 'mine~1');
    mkdirSync(join(folder.directory, 'infra'), { recursive: true });
    writeFileSync(join(folder.directory, file), text.replaceAll('\n', '\r\n'));
    folder.git('add', '--all');
    folder.git('commit', '--quiet', '-m', branch);
  };
  const text = folder.text();
  commit(text, 'mine');
  commit(text.replaceAll('"batch"', '"other"'), 'yours');
  spawnSync('git', ['-c', 'user.name=S', '-c', 'user.email=s@example.com', 'merge', '--quiet', 'mine'], { cwd: folder.directory });
  await folder.done(['resolve', '--file', file]);
  const resolved = readFileSync(join(folder.directory, file), 'utf8');
  assert.deepEqual(Object.keys(JSON.parse(resolved).images), ['batch', 'other', 'shell', 'web']);
  assert.equal(resolved.replaceAll('\r\n', '').match(/[\r\n]/), null);
});

test('where git knows no sides, that is told and nothing is changed', async () => {
  const folder = await merged('one', 'two');
  folder.git('add', FILE);
  const before = folder.text();
  const { code, stderr } = await folder.cdkAmi(['resolve']);
  assert.equal(code, 2);
  assert.match(stderr, /git knows its sides no more; "git checkout --merge -- ami\.lock\.json" brings them back\.\n$/);
  assert.equal(folder.text(), before);
  folder.git('checkout', '--merge', '--', FILE);
  await folder.done(['resolve']);
  assert.deepEqual(await folder.done(['resolve', '--json']).then(({ stdout }) => JSON.parse(stdout).file), FILE);

  const outside = work();
  const failed = await outside.cdkAmi(['resolve']);
  assert.equal(failed.code, 2);
  assert.match(failed.stderr, /^error: git cannot tell the sides of ami\.lock\.json: fatal: not a git repository[^\n]*\n$/);
});
