// What the file alone tells: AWS is not asked.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';

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
