/** How the regions of the partitions other than `aws` begin: https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json */
const PARTITIONS: Record<string, string> = {
  'cn': 'aws-cn',
  'us-gov': 'aws-us-gov',
  'us-iso': 'aws-iso',
  'us-isob': 'aws-iso-b',
  'eu-isoe': 'aws-iso-e',
  'us-isof': 'aws-iso-f',
  'eusc': 'aws-eusc',
};

/** The regions that the RegionInfo of the oldest aws-cdk-lib lacks; `npm run facts` finds those that are missing here. */
export const NEWER_REGIONS = ['me-west-1', 'sa-west-1'];

/** Whether a region of any partition can have this name. */
export function isRegion(name: string): boolean {
  return /^(?=.{1,32}$)[a-z]+(-[a-z]+)+-\d+$/.test(name);
}

export function partitionOf(region: string): string {
  const start = Object.keys(PARTITIONS).find(each => region.startsWith(`${each}-`));
  return start === undefined ? 'aws' : PARTITIONS[start];
}

/** The first region that is not of the partition of those before it. */
export function regionAbroad(regions: readonly string[]): string | undefined {
  return regions.find(region => partitionOf(region) !== partitionOf(regions[0]));
}
