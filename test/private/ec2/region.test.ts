import { RegionInfo } from 'aws-cdk-lib/region-info';
import { isRegion, partitionOf, regionAbroad } from '../../../src/private/ec2/region';

test.each([
  ['eu-west-3', 'aws'], ['us-gov-west-1', 'aws-us-gov'], ['cn-north-1', 'aws-cn'], ['us-iso-east-1', 'aws-iso'], ['us-isob-east-1', 'aws-iso-b'],
  ['us-isof-south-1', 'aws-iso-f'], ['eu-isoe-west-1', 'aws-iso-e'], ['eusc-de-east-1', 'aws-eusc'],
])('%s is of the partition %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});

test('every region that aws-cdk-lib knows is of the partition that it says', () => {
  for (const { name, partition } of RegionInfo.regions) {
    expect([name, partitionOf(name)]).toEqual([name, partition]);
  }
});

test.each([
  ['eu-west-3', true], ['ap-southeast-10', true], ['us-gov-west-1', true], ['Eu-west-3', false], ['xEu-west-3', false], ['eu-west-3a', false], ['eu-west', false],
  ['eu-w3', false], [`eu-${'w'.repeat(27)}-1`, true], [`eu-${'w'.repeat(28)}-1`, false],
])('%s can be the name of a region: %s', (name, can) => {
  expect(isRegion(name)).toBe(can);
});

test('the first region of another partition is the one that is abroad', () => {
  expect(regionAbroad(['cn-north-1', 'cn-northwest-1', 'eu-west-3', 'us-gov-west-1'])).toBe('eu-west-3');
  expect(regionAbroad(['cn-north-1', 'cn-northwest-1'])).toBeUndefined();
  expect(regionAbroad([])).toBeUndefined();
});
