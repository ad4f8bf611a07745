// What must hold of the library's rules for regions, measured against the partitions that botocore ships.

/**
 * What is wrong with what the library says of the regions of partitions, and how many there are.
 *
 * @param partitions those of botocore's partitions.json
 * @param library `isRegion`, `partitionOf` and the `known` names of regions
 */
export function compareRegions(partitions, { isRegion, partitionOf, known }) {
  const regions = partitions.flatMap(({ id, regions: each }) => Object.keys(each)
    .filter(name => !name.endsWith('-global')).map(name => ({ name, partition: id })));
  return {
    wrong: regions.flatMap(({ name, partition }) => [
      !isRegion(name) && `${name}: the library does not take it for a region.`,
      partitionOf(name) !== partition && `${name}: it is of the partition ${partition}, not of ${partitionOf(name)}.`,
      !known.includes(name) && `${name}: neither aws-cdk-lib nor the library knows it, so it may be taken for a typing error.`,
    ].filter(Boolean)),
    regions: regions.length,
    partitions: partitions.length,
  };
}
