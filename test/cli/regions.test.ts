import { RegionInfo } from 'aws-cdk-lib/region-info';
import { checkPartition, checkRegion, didYouMeanRegion } from '../../src/cli/regions';

test.each([...RegionInfo.regions.map(({ name }) => name), 'eu-west-9', 'sa-southwest-1'])('%s is a region, or may be a newer one', name => {
  expect(checkRegion(name)).toBe(name);
});

test.each([
  ['eu-wset-3', ' (did you mean eu-west-3?)'],
  ['EU-WEST-3', ' (did you mean eu-west-3?)'],
  ['euwest3', ' (did you mean eu-west-3?)'],
  ['eu-west', ' (did you mean eu-west-1?)'],
  ['Paris', ''],
  ['', ''],
])('fails for %j, which is no region', (name, hint) => {
  expect(() => checkRegion(name)).toThrow(`${JSON.stringify(name)} is not the name of a region${hint}; write one such as eu-west-3.`);
});

test.each(['eu-west-3', 'me-west-1', 'sa-west-1'])('%s is not taken for a typing error of another region', name => {
  expect(didYouMeanRegion(name)).toBe('');
});

test('fails for regions of two partitions', () => {
  expect(() => checkPartition(['eu-west-3', 'us-east-1'])).not.toThrow();
  expect(() => checkPartition(['eu-west-3', 'cn-north-1'])).toThrow('eu-west-3 and cn-north-1 are of the partitions aws and aws-cn, which share no image');
});
