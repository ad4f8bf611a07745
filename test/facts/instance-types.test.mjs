import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { run } from '../../scripts/steps.mjs';

const require = createRequire(import.meta.url);
const { architectureOf, canBoot } = require('../../lib/private/instance-type.js');
const { InstanceType } = require('aws-cdk-lib/aws-ec2');

// AWS's own answer to DescribeInstanceTypes, of all regions, as moto ships it.
const venv = await localAwsEnvironment();
const moto = (await run(join(venv, 'bin', 'python'), ['-c', 'import moto, pathlib; print(pathlib.Path(moto.__file__).parent)'])).trim();
const inventory = Object.values(JSON.parse(gunzipSync(readFileSync(join(moto, 'ec2', 'resources', 'instance_types.json.gz')))));

test('the inventory has the instance types that there are', () => {
  assert.ok(inventory.length >= 1000, `${inventory.length} types`);
});

test('bare CDK: the architecture of some types throws', () => {
  assert.throws(() => inventory.map(({ InstanceType: name }) => new InstanceType(name).architecture), /Malformed instance type identifier/);
});

test(`the architecture of all ${inventory.length} types is the one of the inventory`, () => {
  const wrong = inventory.filter(type => !type.ProcessorInfo.SupportedArchitectures.includes(architectureOf(type.InstanceType)));
  assert.deepEqual(wrong.map(type => type.InstanceType), []);
});

for (const rootDevice of ['ebs', 'instance-store']) {
  test(`which of all ${inventory.length} types boot from ${rootDevice} is as in the inventory`, () => {
    const wrong = inventory.filter(type => type.SupportedRootDeviceTypes.includes(rootDevice) !== canBoot(type.InstanceType, rootDevice));
    assert.deepEqual(wrong.map(type => type.InstanceType), []);
  });
}
