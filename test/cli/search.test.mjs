// What people type to find an image, and what they read.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { matches } from '../../scripts/catalog-facts.mjs';
import { folderInProcess } from '../../scripts/command.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { idIn, startRegionalAws } from '../../scripts/regional-aws.mjs';
import { ATTACKER, EXPECTED, UBUNTU } from './pinned-images.mjs';

const { AmiFamily } = createRequire(import.meta.url)('../..');

const REGIONS = ['eu-south-2', 'eu-west-3'];
const AMAZON_LINUX_1 = ['--name', 'amzn-ami-hvm-2018.03.*', '--owner', 'amazon'];

let local;
let folder;
/** All images that there are in eu-west-3, the newest first. */
let images;

async function search(...args) {
  const { code, stdout, stderr } = await folder.cdkAmi(['search', ...args, '--json']);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

before(async () => {
  local = await startRegionalAws(await localAwsEnvironment(), REGIONS);
  folder = folderInProcess(local.url);
  images = await local.aws('ec2', 'describe-images', '--query', 'reverse(sort_by(Images,&CreationDate))[].{name: Name, owner: OwnerId}');
});

after(() => local.stop());

test('the newest Amazon Linux 2 for x86_64 with EBS in eu-west-3 is found by one line, and is the one that the AWS CLI finds', async () => {
  const { code, stdout, stderr } = await folder.cdkAmi(
    'search --family AMAZON_LINUX_2 --architecture x86_64 --root-device ebs --region eu-west-3 --limit 1'.split(' '));
  assert.equal(code, 0, stderr);
  const [head, newest, ...more] = stdout.trimEnd().split('\n');
  assert.match(head, /^id +name +created +architecture +root device +owner +deprecated$/);
  assert.deepEqual(more, []);
  const byHand = await local.aws('ec2', 'describe-images', '--region', 'eu-west-3', '--owners', 'amazon', '--filters',
    'Name=name,Values=amzn2-ami-kernel-5.10-hvm-2.0.*-gp2', 'Name=architecture,Values=x86_64', 'Name=root-device-type,Values=ebs',
    '--query', 'sort_by(Images,&CreationDate)[-1]');
  assert.equal(newest.split(/ {2,}/)[0], byHand.ImageId);
  assert.deepEqual(newest.split(/ {2,}/).slice(1, 6), [byHand.Name, '2026-10-01', 'x86_64', 'ebs', '137112412989 (amazon)']);
});

describe('of the owners of a family only, whatever an attacker publishes', { concurrency: 2 }, () => {
  const variants = AmiFamily.all().flatMap(family => family.variants().map(variant => ({ family, ...variant })))
    .filter(({ family, architecture, rootDevice }) => EXPECTED[family.id]?.[architecture]?.[rootDevice] !== undefined);
  const onePerPublisher = Object.values(Object.fromEntries(variants.reverse().map(variant => [variant.family.publisher, variant])));

  for (const { family, architecture, rootDevice, imageName } of onePerPublisher) {
    test(`${family.id} ${architecture} ${rootDevice}`, async () => {
      const found = await search('--family', family.id, '--architecture', architecture, '--root-device', rootDevice, '--include-deprecated', '--limit', '1000');
      assert.ok(found.length > 0);
      assert.deepEqual(found.filter(({ owner }) => owner === ATTACKER), []);
      assert.ok(found.some(({ imageId }) => imageId === EXPECTED[family.id][architecture][rootDevice]));
      if (imageName !== undefined) {
        assert.equal(images.find(({ name }) => matches(imageName, name)).owner, ATTACKER, 'the newest image of such a name is the attacker\'s');
      }
    });
  }
});

test('images of a name are found among those of the owner, with each owner that is named', async () => {
  const [newest] = await search(...UBUNTU.query, '--limit', '1');
  assert.equal(newest.imageId, UBUNTU.newer);
  const [attackers] = await search(...UBUNTU.query, '--owner', ATTACKER, '--limit', '1');
  assert.equal(attackers.owner, ATTACKER);
});

test('--json has the same keys for each image', async () => {
  const found = await search(...AMAZON_LINUX_1, '--include-deprecated');
  assert.ok(found.length > 1);
  for (const image of found) {
    assert.match(image.imageId, /^ami-[0-9a-f]{17}$/);
    assert.deepEqual([image.architecture, image.owner, image.ownerAlias], ['x86_64', '137112412989', 'amazon']);
    assert.ok(image.deprecationTime > image.creationDate);
  }
  assert.deepEqual([...new Set(found.map(({ rootDevice }) => rootDevice))].sort(), ['ebs', 'instance-store']);
});

test('deprecated images are listed only when asked for, and nothing found is told', async () => {
  const { code, stdout, stderr } = await folder.cdkAmi(['search', ...AMAZON_LINUX_1]);
  assert.equal(code, 0);
  assert.equal(stdout, '');
  assert.match(stderr, /Nothing was found in eu-west-3.*--include-deprecated/);
  assert.deepEqual(await search(...AMAZON_LINUX_1), []);
});

test('the region is that of the option, where Amazon Linux has another account', async () => {
  const [image] = await search('--family', 'AMAZON_LINUX_2023_KERNEL_6_1', '--architecture', 'x86_64', '--region', 'eu-south-2', '--limit', '1');
  assert.deepEqual([image.imageId, image.owner], [idIn('eu-south-2', EXPECTED.AMAZON_LINUX_2023_KERNEL_6_1.x86_64.ebs), '061882349855']);
});
