import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { compareNamedTypes, wrongArchitectures, wrongCredits, wrongRootDevices } from '../../scripts/instance-type-facts.mjs';
import { motoData } from '../../scripts/moto-data.mjs';

const require = createRequire(import.meta.url);
const { FAMILIES, SIZES } = require('../../lib/private/ec2/instance-families.js');
const { architectureOf, canBoot, familyOf, isBurstable } = require('../../lib/private/ec2/instance-type.js');
const { _InstanceType } = require('@aws-sdk/client-ec2');
const { InstanceType } = require('aws-cdk-lib/aws-ec2');

const inventory = (await motoData()).instanceTypes();
const named = Object.values(_InstanceType);

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

test(`the architecture of all ${named.length} types that the SDK names is answered, or undefined on purpose`, t => {
  const { wrong, answered, unread, undefinedOnPurpose } = compareNamedTypes(named, inventory, architectureOf);
  t.diagnostic(`${answered.length} answered, ${unread.length} of them by their names alone (${unread.join(', ')}), ${undefinedOnPurpose.length} undefined on purpose: ${undefinedOnPurpose.join(', ') || 'none'}`);
  assert.deepEqual(wrong, []);
  assert.equal(answered.length + undefinedOnPurpose.length, named.length);
});

test('the families and sizes of all types that the SDK names are known', () => {
  const unknown = named.filter(name => !FAMILIES.includes(familyOf(name)) || !SIZES.includes(name.slice(familyOf(name).length + 1)));
  assert.deepEqual(unknown, []);
});

test('a wrong architecture, root device or kind of credits is told', () => {
  const wrongFor = (rule, type, answer) => name => name === type ? answer : rule(name);
  assert.deepEqual(wrongArchitectures(inventory, wrongFor(architectureOf, 't4g.micro', 'x86_64')), ['t4g.micro']);
  assert.deepEqual(wrongCredits(inventory, wrongFor(isBurstable, 't3.micro', false)), ['t3.micro']);
  const rootDevices = (type, rootDevice) => type === 'd2.xlarge' ? false : canBoot(type, rootDevice);
  assert.deepEqual(wrongRootDevices(inventory, rootDevices, 'instance-store'), ['d2.xlarge']);
});

test('a family that nobody has looked at is told, whatever the library says of it', () => {
  assert.deepEqual(compareNamedTypes(['m10g.large'], inventory, architectureOf).wrong, [
    'm10g.large: nobody has looked at the family m10g yet; the library says arm64.',
  ]);
  const lookedUp = { trn3: [undefined, 'no page'], p2: ['arm64', 'a page'], x9i: ['x86_64'] };
  assert.deepEqual(compareNamedTypes(['trn3.48xlarge', 'p2.xlarge', 'x9i.large'], inventory, architectureOf, lookedUp), {
    wrong: ['p2.xlarge: it is arm64 by a page, and the library says x86_64.'],
    answered: ['x9i.large'],
    unread: ['x9i.large'],
    undefinedOnPurpose: ['trn3.48xlarge'],
  });
});
