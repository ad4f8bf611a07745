// Which image is taken where it is not to be the newest.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { idIn, IMAGES, startRegionalAws } from '../../scripts/regional-aws.mjs';
import { AMAZON_LINUX, UBUNTU } from './pinned-images.mjs';

const REGIONS = ['eu-west-3', 'us-east-1'];
const DAY_MS = 24 * 60 * 60 * 1000;
const createdAt = id => new Date(IMAGES.find(image => image.ami_id === id).creation_date);
/** So many days that only the older image is old enough. */
const between = ({ newer, older }) => Math.floor((Date.now() - (createdAt(newer).getTime() + createdAt(older).getTime()) / 2) / DAY_MS);

let local;
before(async () => { local = await startRegionalAws(await localAwsEnvironment(), REGIONS); });
after(() => local.stop());

async function pinned(...commands) {
  const folder = folderInProcess(local.url);
  for (const command of commands) {
    const { code, stderr } = await folder.cdkAmi(command);
    assert.equal(code, 0, stderr);
  }
  return folder;
}
const idsOf = folder => Object.fromEntries(Object.entries(folder.lock().images.web.regions).map(([region, { imageId }]) => [region, imageId]));
const queryOf = folder => folder.lock().images.web.query;

for (const [kind, image] of Object.entries({ 'that a search finds': UBUNTU, 'that a parameter names': AMAZON_LINUX })) {
  const pin = ['pin', 'web', ...image.query, '--region', 'eu-west-3'];
  const day = createdAt(image.newer).toISOString();

  test(`an image ${kind} waits until it is old enough, and what is pinned stays`, async () => {
    const folder = await pinned([...pin, '--min-age', `${between(image)}d`]);
    assert.deepEqual([idsOf(folder), queryOf(folder).minAgeDays], [{ 'eu-west-3': image.older }, between(image)]);
    assert.equal((await folder.cdkAmi(['update', '--dry-run'])).code, 0);
    await folder.cdkAmi(['update', '--min-age', '0d']);
    assert.deepEqual([idsOf(folder), queryOf(folder).minAgeDays], [{ 'eu-west-3': image.newer }, undefined]);
    await folder.cdkAmi(['update', '--min-age', `${between(image)}d`]);
    assert.deepEqual([idsOf(folder), queryOf(folder).minAgeDays], [{ 'eu-west-3': image.newer }, between(image)]);
  });

  test(`a bad image ${kind} is stepped over, then and later`, async () => {
    const folder = await pinned(pin, ['update', '--skip', image.newer], ['update']);
    assert.deepEqual([idsOf(folder), queryOf(folder).skip], [{ 'eu-west-3': image.older }, [image.newer]]);
    const other = await pinned([...pin, '--skip', image.newer]);
    assert.deepEqual(idsOf(other), { 'eu-west-3': image.older });
  });

  test(`the newest image ${kind} before a date takes the place of what is pinned, and an update moves on from it`, async () => {
    const folder = await pinned(pin, ['pin', 'web', '--region', 'us-east-1'], ['pin', 'web', '--before', day, '--region', 'eu-west-3']);
    assert.deepEqual(idsOf(folder), { 'eu-west-3': image.older, 'us-east-1': idIn('us-east-1', image.newer) });
    await folder.cdkAmi(['update']);
    assert.equal(idsOf(folder)['eu-west-3'], image.newer);
  });

  test(`an image ${kind} is pinned by its id, in the place of what is pinned`, async () => {
    const folder = await pinned(pin, ['pin', 'web', '--image', image.older, '--region', 'eu-west-3']);
    assert.deepEqual(idsOf(folder), { 'eu-west-3': image.older });
  });
}

test('an id alone makes an entry for its name and owner', async () => {
  const folder = await pinned(['pin', 'web', '--image', UBUNTU.older, '--region', 'eu-west-3']);
  const { name } = IMAGES.find(image => image.ami_id === UBUNTU.older);
  assert.deepEqual(queryOf(folder), { name, owners: ['099720109477'], architecture: 'x86_64', rootDevice: 'ebs' });
  assert.equal((await folder.cdkAmi(['check'])).stdout, '');
});

test('an image of another family is not pinned by its id', async () => {
  const folder = folderInProcess(local.url);
  const { code, stderr } = await folder.cdkAmi(['pin', 'web', '--family', 'noble', '--image', AMAZON_LINUX.older, '--region', 'eu-west-3']);
  assert.deepEqual([code, folder.text()], [2, undefined]);
  assert.match(stderr, /belongs to 137112412989, not to 099720109477/);
});

test('nothing is pinned where no image is old enough, and the newest is told', async () => {
  const folder = folderInProcess(local.url);
  const { code, stderr } = await folder.cdkAmi(['pin', 'web', ...UBUNTU.query, '--min-age', '3650d', '--region', 'eu-west-3']);
  assert.deepEqual([code, folder.text()], [2, undefined]);
  assert.match(stderr, new RegExp(`No image is old enough, and not skipped: the newest is ${UBUNTU.newer}`));
});

test('regions can be left out, and a filter is kept in the entry', async () => {
  const folder = await pinned(['pin', 'web', ...UBUNTU.query, ...REGIONS.flatMap(region => ['--region', region]), '--exclude-region', 'us-east-1', '--filter', 'is-public=true']);
  assert.deepEqual([idsOf(folder), queryOf(folder).filters], [{ 'eu-west-3': UBUNTU.newer }, { 'is-public': ['true'] }]);
  const { code } = await folder.cdkAmi(['update', '--dry-run']);
  assert.equal(code, 0);
});

for (const args of [['--min-age', '7x'], ['--before', 'yesterday'], ['--skip', 'ami-1'], ['--filter', 'owner-id=1'], ['--image', 'noble']]) {
  test(`${args.join(' ')} is refused before AWS is asked`, async () => {
    const { code, stderr } = await folderInProcess('http://127.0.0.1:9').cdkAmi(['pin', 'web', ...UBUNTU.query, ...args]);
    assert.equal(code, 2);
    assert.match(stderr, /^error: option .* Write /);
  });
}
