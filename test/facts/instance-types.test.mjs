import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { wrongArchitectures, wrongCredits, wrongRootDevices } from '../../scripts/catalog-facts.mjs';
import { motoData } from '../../scripts/moto-data.mjs';

const require = createRequire(import.meta.url);
const { architectureOf, canBoot, isBurstable } = require('../../lib/private/ec2/instance-type.js');
const { InstanceType } = require('aws-cdk-lib/aws-ec2');

const inventory = (await motoData()).instanceTypes();

test('the inventory has the instance types that there are', () => {
  assert.ok(inventory.length >= 1000, `${inventory.length} types`);
});

test('bare CDK: the architecture of some types throws, of others is wrong', t => {
  const throws = [];
  const wrong = wrongArchitectures(inventory, name => {
    try {
      return new InstanceType(name).architecture;
    } catch {
      throws.push(name);
      return undefined;
    }
  }).filter(name => !throws.includes(name));
  t.diagnostic(`throws for ${throws.join(', ')}`);
  t.diagnostic(`wrong for ${wrong.join(', ')}`);
  assert.ok(throws.includes('u-6tb1.112xlarge'));
  assert.ok(wrong.includes('mac2.metal'));
});

test(`the architecture of all ${inventory.length} types is the one of the inventory, and none throws`, () => {
  assert.deepEqual(wrongArchitectures(inventory, architectureOf), []);
});

for (const rootDevice of ['ebs', 'instance-store']) {
  test(`which of all ${inventory.length} types boot from ${rootDevice} is as in the inventory`, () => {
    assert.deepEqual(wrongRootDevices(inventory, canBoot, rootDevice), []);
  });
}

test(`which of all ${inventory.length} types run on CPU credits is as in the inventory`, () => {
  assert.deepEqual(wrongCredits(inventory, isBurstable), []);
});
