import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { botocorePartitions } from '../../scripts/moto-data.mjs';
import { compareRegions } from '../../scripts/region-facts.mjs';

const require = createRequire(import.meta.url);
const { RegionInfo } = require('aws-cdk-lib/region-info');
const { isRegion, NEWER_REGIONS, partitionOf } = require('../../lib/private/ec2/region.js');

const { version, partitions } = await botocorePartitions();
const library = { isRegion, partitionOf, known: [...RegionInfo.regions.map(({ name }) => name), ...NEWER_REGIONS] };

test(`every region is known, and of the partition that botocore ${version} says`, () => {
  const { wrong, regions } = compareRegions(partitions, library);
  assert.deepEqual(wrong, []);
  assert.ok(regions >= 40, `${regions} regions`);
});

test('a region that is not known, of another partition, or not taken for one is told', () => {
  assert.deepEqual(compareRegions([{ id: 'aws-moon', regions: { 'moon-north-1': {}, 'moon-global': {} } }], library).wrong, [
    'moon-north-1: it is of the partition aws-moon, not of aws.',
    'moon-north-1: neither aws-cdk-lib nor the library knows it, so it may be taken for a typing error.',
  ]);
  assert.deepEqual(compareRegions([{ id: 'aws', regions: { 'eu-west-3': {} } }], { ...library, isRegion: () => false }).wrong, [
    'eu-west-3: the library does not take it for a region.',
  ]);
});
