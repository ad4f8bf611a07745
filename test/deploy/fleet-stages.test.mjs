import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleApps } from '../../scripts/example-app.mjs';
import { ENVIRONMENT } from '../../scripts/project.mjs';

const SEATS = [['black', 'cyan', 'magenta', 'yellow'], ['blue', 'green', 'red']];

function seatsOf({ Resources }) {
  const instances = Object.values(Resources).filter(({ Type }) => Type === 'AWS::EC2::Instance');
  return instances.map(({ Properties: { Tags } }) => Tags.find(({ Key }) => Key === 'Seat').Value).sort();
}

test('stages for two accounts have their own seats each, and equal templates in TypeScript and in Python', async () => {
  const apps = await exampleApps('fleet-stages');
  const [typescript, python] = await Promise.all([apps.typescript, apps.python].map(app => app.templates(ENVIRONMENT)));
  assert.deepEqual(Object.values(typescript).map(seatsOf).sort(), SEATS);
  assert.deepEqual(python, typescript);
});
