import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { compareRegion, compareWindows, differences, knownVariants } from '../../scripts/catalog-facts.mjs';
import { motoData } from '../../scripts/moto-data.mjs';

const require = createRequire(import.meta.url);
const families = require('../../lib/ami-family.js').AmiFamily.all();
const variants = knownVariants(families);
const moto = await motoData();

test('moto knows the parameters of all Amazon Linux and ECS-optimized families', () => {
  const known = new Set(variants.map(({ family }) => family.id));
  const named = families.map(family => family.id).filter(id => /^(AMAZON_LINUX|ECS_OPTIMIZED)_/.test(id));
  assert.deepEqual([...known].sort(), named.sort());
});

test('moto has the data of 30 regions or more', () => {
  assert.ok(moto.regions.length >= 30, `${moto.regions.length} regions`);
});

for (const region of moto.regions) {
  test(`the ${variants.length} parameters and their images are as in ${region}`, () => {
    const { wrong, images } = compareRegion(moto, variants, region);
    assert.deepEqual(wrong, []);
    assert.ok(images > 0, `${images} images`);
  });
}

test('an image of Amazon that synth would refuse is told', () => {
  const [variant] = variants;
  const image = { ami_id: 'ami-1', name: 'al2023', architecture: 'x86_64', root_device_type: 'ebs', root_device_name: '/dev/xvda', owner_id: '123412341234' };
  const fake = { parameters: () => new Map([[variant.parameterName, 'ami-1']]), images: () => new Map([['ami-1', image]]) };
  assert.match(compareRegion(fake, [variant], 'eu-west-3').wrong.join(), /pinned, would be refused as it is of 123412341234, which is no account of Amazon in eu-west-3/);
  assert.doesNotMatch(compareRegion(fake, [variant], 'af-south-1').wrong.join(), /refused/);
});

test('the images of Windows are as in the catalog', () => {
  const { wrong, families: count, images } = compareWindows(moto, families);
  assert.deepEqual(wrong, []);
  assert.ok(count > 0 && images > 0, `${count} families, ${images} images`);
});

test('an image that differs from the catalog is told', () => {
  const variant = variants.find(({ imageName }) => imageName !== undefined);
  const image = {
    name: 'al2027-ami', architecture: 'i386', root_device_type: 'floppy', root_device_name: '/dev/fd0', owner_id: '666666666666',
  };
  assert.deepEqual(differences(variant, image), [
    'al2027-ami is for i386',
    'al2027-ami boots from floppy',
    'al2027-ami boots from /dev/fd0, not from /dev/xvda',
    `al2027-ami is not found by ${variant.imageName}`,
  ]);
});

test('a parameter that is not there is told', () => {
  const [variant] = variants;
  const { wrong } = compareRegion(moto, [{ ...variant, parameterName: '/aws/service/lost' }], 'eu-west-3');
  assert.deepEqual(wrong, [`${variant.family.id} ${variant.architecture} ebs, eu-west-3: there is no parameter /aws/service/lost.`]);
});
