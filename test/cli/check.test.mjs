// What the file alone tells: AWS is not asked.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';

const require = createRequire(import.meta.url);
const { App, Stack, Stage } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { AmiSelector } = require('../../lib');

const NOBLE = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260916';
const FOCAL = 'ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-20250530';
const query = family => ({ family, owners: ['099720109477'], architecture: 'x86_64', rootDevice: 'ebs' });
const image = (changes = {}) => ({ imageId: 'ami-00000001', name: NOBLE, owner: '099720109477', creationDate: '2026-09-16T08:00:00.000Z', ...changes });
const entry = (family, changes) => ({ query: query(family), regions: { 'us-east-1': image(), 'eu-west-3': image(changes) } });

/** No AWS answers here, and nobody has credentials. */
function folderWith(images) {
  const folder = folderInProcess('http://127.0.0.1:9');
  folder.write('ami.lock.json', { version: 1, images });
  const check = async (...args) => {
    const { code, stdout, stderr } = await folder.cdkAmi(['check', '--offline', ...args], { credentials: () => Promise.reject(new Error('none')) });
    return { code, stdout, stderr };
  };
  return { ...folder, check };
}

describe('check --app', () => {
  function synthesized({ directory }, names) {
    const app = new App({ outdir: join(directory, 'cdk.out'), analyticsReporting: false });
    names.forEach((name, i) => {
      // In a stage the template is in a folder of its own.
      const stack = new Stack(i === 0 ? app : new Stage(app, `Stage${i}`), `Stack${i}`, { env: { region: 'eu-west-3' } });
      new ec2.LaunchTemplate(stack, 'Template', { machineImage: AmiSelector.fromLockFile(name, { file: join(directory, 'ami.lock.json') }) });
    });
    app.synth();
  }

  const of = (family, digit) => ({ query: query(family), regions: { 'us-east-1': image({ imageId: `ami-1000000${digit}` }), 'eu-west-3': image({ imageId: `ami-0000000${digit}` }) } });

  test('finds entries that no stack uses, in stages too, also where another region of them is pinned', async () => {
    const folder = folderWith({ batch: of('UBUNTU_24_04', 2), old: of('UBUNTU_24_04', 3), web: of('UBUNTU_24_04', 1) });
    synthesized(folder, ['web', 'batch']);
    const { code, stdout } = await folder.check('--app', 'cdk.out');
    assert.deepEqual([code, stdout.replace(/npx .*cdk-ami/, 'cdk-ami')], [1, 'ami.lock.json: old is used by no stack that was synthesized.\n  cdk-ami remove old\n']);
    synthesized(folder, ['web', 'batch', 'old']);
    assert.equal((await folder.check('--app', 'cdk.out')).code, 0);
  });

  test('takes the stacks of several folders together, and tells one that has none', async () => {
    const [folder, other] = [folderWith({ batch: of('UBUNTU_24_04', 2), web: of('UBUNTU_24_04', 1) }), folderWith({ batch: of('UBUNTU_24_04', 2) })];
    synthesized(folder, ['web']);
    synthesized(other, ['batch']);
    assert.equal((await folder.check('--app', 'cdk.out', '--app', join(other.directory, 'cdk.out'))).code, 0);
    const { code, stderr } = await folder.check('--app', '.git');
    assert.deepEqual([code, stderr], [2, 'error: .git cannot be read or written: there is no such folder; make it first.\n']);
    mkdirSync(join(folder.directory, 'empty'));
    assert.match((await folder.check('--app', 'empty')).stderr, /^error: There is no template in empty; synthesize the app, and run "npx .*cdk-ami check --app empty" again\.\n$/);
  });
});

describe('--recursive', () => {
  function repository() {
    const folder = folderWith({ web: entry('UBUNTU_24_04') });
    for (const app of ['apps/api', 'apps/old', 'apps/api/node_modules/x', 'apps/api/cdk.out/asset', '.github']) {
      mkdirSync(join(folder.directory, app), { recursive: true });
    }
    const write = (path, content) => folder.write(path, JSON.stringify(content));
    write('apps/api/ami.lock.json', { version: 1, images: { api: entry('UBUNTU_24_04', { deprecationTime: '2025-09-16T08:00:00.000Z' }) } });
    write('apps/old/cdk.context.json', { 'ami:account=123456789012:filters.name.0=web-*:region=eu-west-3': 'ami-00000001' });
    for (const path of ['apps/api/node_modules/x/ami.lock.json', 'apps/api/cdk.out/asset/ami.lock.json', '.github/ami.lock.json']) {
      write(path, 'of others');
    }
    return folder;
  }

  test('checks every file of the repository, but not what is of packages and of the CDK CLI', async () => {
    const { check } = repository();
    const { images, findings } = JSON.parse((await check('--recursive', '--json')).stdout);
    assert.deepEqual([images, findings.map(({ rule, file, region }) => [rule, file, region])], [5, [
      ['image-deprecated', 'apps/api/ami.lock.json', 'eu-west-3'], ['lookup-without-owner', 'apps/old/cdk.context.json', 'eu-west-3'],
    ]]);
    assert.match(findings[0].fix, /cdk-ami update api --region eu-west-3 --file apps\/api\/ami\.lock\.json$/);
    assert.equal((await check()).code, 0);
  });

  test('lists with the file, and takes names of any file', async () => {
    const { cdkAmi } = repository();
    const rows = async (...args) => (await cdkAmi(['list', '-R', ...args])).stdout.trim().split('\n').map(line => line.split(/ {2,}/).slice(0, 3));
    assert.deepEqual(await rows(), [
      ['file', 'name', 'region'], ['ami.lock.json', 'web', 'us-east-1'], ['ami.lock.json', 'web', 'eu-west-3'],
      ['apps/api/ami.lock.json', 'api', 'us-east-1'], ['apps/api/ami.lock.json', 'api', 'eu-west-3'],
    ]);
    assert.deepEqual((await rows('api', '--region', 'us-east-1')).slice(1), [['apps/api/ami.lock.json', 'api', 'us-east-1']]);
    assert.match((await cdkAmi(['list', '-R', 'apo'])).stderr, /^error: ami\.lock\.json, apps\/api\/ami\.lock\.json has no "apo" \(did you mean api\?\)/);
    assert.match((await cdkAmi(['list', '-R', '--file', 'apps/old/ami.lock.json'])).stderr, /^error: There is no file apps\/old\/ami\.lock\.json in any folder;/);
  });
});

describe('check --offline', () => {
  test('finds nothing where nothing is wrong, and says that it did not ask', async () => {
    assert.deepEqual(await folderWith({ web: entry('UBUNTU_24_04') }).check(), { code: 0, stdout: '', stderr: 'Images: 2, findings: 0; AWS was not asked.\n' });
  });

  const lastYear = { deprecationTime: '2025-09-16T08:00:00.000Z' };
  for (const [what, images, rule, text] of [
    ['an image that is deprecated', { web: entry('UBUNTU_24_04', lastYear) }, 'image-deprecated', /^ami\.lock\.json: web in eu-west-3: ami-00000001 .* is deprecated since 2025-09-16\.\n {2}npx .*cdk-ami update web --region eu-west-3$/],
    ['an image of another family', { web: entry('UBUNTU_24_04', { name: FOCAL }) }, 'image-differs', /an image of AmiFamily\.UBUNTU_20_04 and not of AmiFamily\.UBUNTU_24_04/],
    ['an owner who does not publish the family', { web: { query: { ...query('UBUNTU_24_04'), owners: ['666666666666'] }, regions: { 'eu-west-3': image({ owner: '666666666666' }) } } },
      'query-owner', /takes images of 666666666666/],
    ['a family that is not known', { web: entry('UBUNTU_99_04') }, 'query-family', /^ami\.lock\.json: web has the family UBUNTU_99_04, which this .* does not know\.\n {2}.*such as UBUNTU_2/],
    ['a family without such an image', { web: { query: { ...query('WINDOWS_SERVER_2025'), owners: ['801119661308'], architecture: 'arm64' }, regions: {} } }, 'query-family',
      /^ami\.lock\.json: web is for arm64 and ebs, and AmiFamily\.WINDOWS_SERVER_2025 has x86_64 ebs\.\n/],
    ['an operating system without support, once for all regions, with its successor',
      { web: { query: query('UBUNTU_20_04'), regions: { 'eu-west-3': image({ name: FOCAL }), 'us-east-1': image({ name: FOCAL }) } } }, 'end-of-support',
      /^ami\.lock\.json: web is Ubuntu .*20\.04.*, whose standard support ended on 2025-05-29: it gets no more security fixes\.\n {2}npx .*cdk-ami pin web --family UBUNTU_24_04 --architecture x86_64 --region eu-west-3$/],
  ]) {
    test(`finds ${what}, which can be ignored`, async () => {
      const { check } = folderWith(images);
      const { code, stdout } = await check();
      assert.deepEqual([code, stdout.trim().split(/\n(?! )/).length], [1, 1], stdout);
      assert.match(stdout.trim(), text);
      assert.deepEqual(JSON.parse((await check('--json')).stdout).findings.map(each => each.rule), [rule]);
      assert.equal((await check('--ignore', rule)).code, 0);
    });
  }

  test('finds a cached lookup without an owner, and no image that is gone', async () => {
    const folder = folderWith({});
    const key = 'ami:account=123456789012:filters.name.0=web-*:region=eu-west-3';
    folder.write('cdk.context.json', { [`${key}:owners.0=amazon`]: 'ami-00000002', [key]: 'ami-00000001' });
    const { findings } = JSON.parse((await folder.check('--json')).stdout);
    assert.deepEqual(findings.map(({ rule, entry: found, line }) => [rule, found, line]), [['lookup-without-owner', key, 3]]);
  });

  test('tells the line of an image', async () => {
    const { text, check } = folderWith({ batch: entry('UBUNTU_24_04'), web: entry('UBUNTU_24_04', lastYear) });
    const { findings: [{ line }] } = JSON.parse((await check('--json')).stdout);
    assert.match(text().split('\n').slice(line - 1).join('\n'), /^ {8}"eu-west-3"[^]*2025-09-16/);
    assert.match((await check('--format', 'github')).stdout, new RegExp(`^::warning file=ami\\.lock\\.json,line=${line},`));
  });

  test('tells what cannot be ignored', async () => {
    const { code, stderr } = await folderWith({}).check('--ignore', 'owner');
    assert.deepEqual([code, /Allowed choices are image-gone, /.test(stderr)], [2, true], stderr);
  });
});
