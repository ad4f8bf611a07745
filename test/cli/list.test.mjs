// What is in the file, and what is taken out of it: AWS is not asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';

const NAME = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260916';
const QUERY = { family: 'UBUNTU_24_04', owners: ['099720109477'], architecture: 'x86_64', rootDevice: 'ebs' };
const image = digit => ({ imageId: `ami-0000000${digit}`, name: NAME, owner: '099720109477', creationDate: '2026-09-16T08:00:00.000Z' });

function folderWithPins() {
  // No AWS answers here.
  const folder = folderInProcess('http://127.0.0.1:9');
  folder.write('ami.lock.json', {
    version: 1,
    images: {
      web: { query: QUERY, regions: { 'eu-west-3': image(1), 'us-east-1': image(2) } },
      batch: { query: QUERY, regions: { 'eu-west-3': image(3) } },
    },
  });
  return folder;
}

test('list tells what is pinned where, as a table, as JSON and as markdown', async () => {
  const folder = folderWithPins();
  const table = await folder.cdkAmi(['list']);
  assert.deepEqual([table.code, table.stderr, table.stdout.trim().split('\n').map(line => line.split(/ {2,}/).slice(0, 3))], [0, '', [
    ['name', 'region', 'id'],
    ['web', 'eu-west-3', 'ami-00000001'],
    ['web', 'us-east-1', 'ami-00000002'],
    ['batch', 'eu-west-3', 'ami-00000003'],
  ]]);
  const { stdout } = await folder.cdkAmi(['ls', 'web', '--region', 'us-east-1', '--json']);
  assert.deepEqual(JSON.parse(stdout), [{ file: 'ami.lock.json', name: 'web', region: 'us-east-1', query: QUERY, image: image(2) }]);
  const markdown = await folder.cdkAmi(['list', 'batch', '--format', 'markdown']);
  assert.match(markdown.stdout, /^\| name \| region \| id \|.*\n\| --- \| --- \|.*\n\| batch \| eu-west-3 \| ami-00000003 \|[^\n]*UBUNTU\\_24\\_04[^\n]*\n$/);
});

test('remove takes out an entry, or some of its regions, and an entry without any', async () => {
  const folder = folderWithPins();
  const regionsOf = () => Object.fromEntries(Object.entries(folder.lock().images).map(([name, { regions }]) => [name, Object.keys(regions)]));
  assert.equal((await folder.cdkAmi(['remove', 'web', '--region', 'us-east-1'])).code, 0);
  assert.deepEqual(regionsOf(), { batch: ['eu-west-3'], web: ['eu-west-3'] });
  const { stdout } = await folder.cdkAmi(['rm', 'web', '--json']);
  assert.deepEqual(JSON.parse(stdout).removed.map(({ name, region }) => [name, region]), [['web', 'eu-west-3']]);
  assert.deepEqual(regionsOf(), { batch: ['eu-west-3'] });
  assert.equal((await folder.cdkAmi(['remove', 'batch', '--region', 'eu-west-3'])).code, 0);
  assert.deepEqual(regionsOf(), {});
});

test('remove of what is not there fails, and leaves the file as it is', async () => {
  const folder = folderWithPins();
  const before = folder.text();
  const { code, stderr } = await folder.cdkAmi(['remove', 'wbe']);
  assert.deepEqual([code, folder.text()], [2, before]);
  assert.match(stderr, /^error: ami\.lock\.json has no "wbe" \(did you mean web\?\)/);
  assert.equal((await folder.cdkAmi(['remove'])).code, 2);
});
