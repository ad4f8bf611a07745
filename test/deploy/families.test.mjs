import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { matches } from '../../scripts/catalog-facts.mjs';
import { typescriptApps } from '../../scripts/example-app.mjs';
import { startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment, npmPackage, ROOT } from '../../scripts/project.mjs';

const { AmiFamily, AmiSelector, RootDevice } = createRequire(import.meta.url)('../..');
const REGIONS = ['eu-west-3', 'eu-west-1'];
const ATTACKER = '666666666666';
const EXPECTED = JSON.parse(readFileSync(join(ROOT, 'test', 'local-aws', 'data', 'expected-images.json'), 'utf8'));

const combinations = AmiFamily.all().flatMap(family => ['x86_64', 'arm64'].flatMap(architecture =>
  Object.values(RootDevice).map(rootDevice => ({ family, architecture, rootDevice }))));
const existing = combinations.filter(({ family, architecture, rootDevice }) =>
  family.variants().some(variant => variant.architecture === architecture && variant.rootDevice === rootDevice));
const searched = existing.filter(({ family, architecture, rootDevice }) => family.imageName(architecture, rootDevice) !== undefined);
const missing = combinations.filter(combination => !existing.includes(combination));

let local;
let instances;

before(async () => {
  const venv = await localAwsEnvironment();
  const app = await typescriptApps(npmPackage())('selectors');
  cpSync(join(ROOT, 'test', 'deploy', 'families-app.cjs'), join(app.directory, 'families-app.cjs'));
  local = await startLocalAws(venv);
  await local.bootstrap(REGIONS);
  await app.cdk(local.env, 'deploy', '--all', '--app', 'node families-app.cjs', '--require-approval', 'never');
  const described = await Promise.all(REGIONS.map(region => local.aws('ec2', 'describe-instances', '--region', region,
    '--filters', 'Name=instance-state-name,Values=running', '--query', 'Reservations[].Instances[].{image: ImageId, name: Tags[?Key==`Name`] | [0].Value}')));
  instances = Object.fromEntries(described.flat().map(({ name, image }) => [name, image]));
});

after(() => local.stop());

test(`each of the ${existing.length} images of the catalog is the expected one on its instance`, () => {
  for (const { family, architecture, rootDevice } of existing) {
    const name = `${family.id} ${architecture} ${rootDevice}`;
    assert.equal(instances[name], EXPECTED[family.id][architecture][rootDevice], name);
  }
});

test(`each of the ${searched.length} names to search for finds the expected image among those of the owners`, () => {
  for (const { family, architecture, rootDevice } of searched) {
    const name = `${family.id} ${architecture} ${rootDevice} searched`;
    assert.equal(instances[name], EXPECTED[family.id][architecture][rootDevice], name);
  }
});

test(`each of the ${missing.length} images that do not exist is refused with a list of those that do`, () => {
  for (const { family, architecture, rootDevice } of missing) {
    const lists = family.variants().map(variant => `${variant.architecture} ${variant.rootDevice}`).join(', ');
    assert.throws(() => AmiSelector.latest(family, { architecture, rootDevice }), error => error.message.includes(`it has ${lists}.`));
  }
});

test('an attacker\'s newer image under a matching name is never chosen', async t => {
  const images = await local.aws('ec2', 'describe-images', '--query', 'Images[].{id: ImageId, name: Name, owner: OwnerId, created: CreationDate}');
  for (const { family, architecture, rootDevice } of searched) {
    const pattern = family.imageName(architecture, rootDevice);
    const [newest] = images.filter(image => matches(pattern, image.name)).sort((a, b) => (a.created < b.created ? 1 : -1));
    assert.equal(newest?.owner, ATTACKER, `${family} ${architecture}: the newest image by name is the attacker's`);
  }
  const attackers = new Set(images.filter(image => image.owner === ATTACKER).map(image => image.id));
  const chosen = Object.values(instances).filter(image => attackers.has(image));
  t.diagnostic(`${searched.length} tried, ${chosen.length} chosen`);
  assert.deepEqual(chosen, []);
});
