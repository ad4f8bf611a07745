import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { exampleApps } from '../../scripts/example-app.mjs';
import { startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';

const PARAMETER = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64';
const REGIONS = ['eu-west-3', 'eu-west-1'];
const PIN = ['pin', 'web', '--family', 'AMAZON_LINUX_2023_KERNEL_6_1', '--architecture', 'x86_64', ...REGIONS.flatMap(region => ['--region', region])];

/** What Amazon has published, by region. */
const FIRST = { 'eu-west-3': ['ami-03cd84e5bcdbb5761'], 'eu-west-1': ['ami-0d31d4f8d69d7977a'] };
const SECOND = { ...FIRST, 'eu-west-1': [...FIRST['eu-west-1'], 'ami-0a20000000000002a'] };
const RELEASES = ['2026-09-30', '2026-10-14'];

const folder = temporaryFolder('published');
const files = { images: join(folder, 'images.json'), parameters: join(folder, 'parameters.json') };
let apps;
let local;

function publish(published) {
  const images = Object.entries(published).flatMap(([region, ids]) => ids.map((id, release) => ({
    ami_id: id,
    name: `al2023-ami-2023.12.${RELEASES[release].replaceAll('-', '')}.0-kernel-6.1-x86_64`,
    owner_id: '137112412989',
    creation_date: `${RELEASES[release]}T20:10:00.000Z`,
    architecture: 'x86_64',
    regions: [region],
  })));
  writeFileSync(files.images, JSON.stringify(images));
  const newest = Object.fromEntries(Object.entries(published).map(([region, ids]) => [region, ids.at(-1)]));
  writeFileSync(files.parameters, JSON.stringify({ [PARAMETER]: newest }));
}

function instanceIn(region) {
  return local.aws('ec2', 'describe-instances', '--region', region, '--query', 'Reservations[].Instances[] | [0]',
    '--filters', 'Name=instance-state-name,Values=running', `Name=tag:aws:cloudformation:stack-name,Values=Pinned-${region}`);
}

const instances = () => Promise.all(REGIONS.map(instanceIn));
const deploy = (...options) => apps.python.cdk(local.env, 'deploy', '--all', '--require-approval', 'never', ...options);

before(async () => {
  publish(FIRST);
  local = await startLocalAws(await localAwsEnvironment(), files);
  [apps] = await Promise.all([exampleApps('pinned'), local.bootstrap(REGIONS)]);
});

after(() => local.stop());

test('the templates in TypeScript and in Python are equal, and each has the images of both regions', async () => {
  const [typescript, python] = await Promise.all([apps.typescript, apps.python].map(app => app.templates(local.env)));
  assert.deepEqual(Object.keys(typescript).sort(), ['Pinned-eu-west-1', 'Pinned-eu-west-3']);
  assert.deepEqual(python, typescript);
  for (const { Mappings } of Object.values(typescript)) {
    assert.deepEqual(Object.values(Mappings), [{ 'eu-west-1': { ami: FIRST['eu-west-1'][0] }, 'eu-west-3': { ami: FIRST['eu-west-3'][0] } }]);
  }
});

test('a fleet on the file has equal templates in TypeScript and in Python', async () => {
  const fleets = await exampleApps('pinned-fleet');
  const [typescript, python] = await Promise.all([fleets.typescript, fleets.python].map(app => app.templates(local.env)));
  assert.deepEqual(python, typescript);
});

for (const language of ['typescript', 'python']) {
  test(`cdk-ami pin writes the file of the example in ${language}, byte by byte`, async () => {
    const app = apps[language];
    const file = join(app.directory, 'ami.lock.json');
    const example = readFileSync(file, 'utf8');
    rmSync(file);
    await app.run(local.env, 'cdk-ami', ...PIN);
    assert.equal(readFileSync(file, 'utf8'), example);
  });
}

describe('pinned and deployed from Python', () => {
  let deployed;

  test('each region starts its own image', async () => {
    await deploy('--app', 'cdk.out');
    deployed = await instances();
    assert.deepEqual(deployed.map(({ ImageId }) => ImageId), REGIONS.map(region => FIRST[region][0]));
  });

  test('a newer image changes nothing before cdk-ami update', async () => {
    publish(SECOND);
    await deploy();
    assert.deepEqual((await instances()).map(({ InstanceId }) => InstanceId), deployed.map(({ InstanceId }) => InstanceId));
  });

  test('cdk-ami update replaces the instance of the region that has a newer image, and no other', async () => {
    await apps.python.run(local.env, 'cdk-ami', 'update');
    await deploy();

    const [paris, ireland] = await instances();
    assert.equal(paris.InstanceId, deployed[0].InstanceId);
    assert.notEqual(ireland.InstanceId, deployed[1].InstanceId);
    assert.equal(ireland.ImageId, SECOND['eu-west-1'][1]);
  });
});
