import { RegionInfo } from 'aws-cdk-lib/region-info';
import { partitionOf } from '../../../src/private/ec2/region';

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
