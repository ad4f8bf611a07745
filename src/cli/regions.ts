import { RegionInfo } from 'aws-cdk-lib/region-info';
import { isRegion, NEWER_REGIONS, partitionOf, regionAbroad } from '../private/ec2/region';
import { nearest } from '../private/lock-file/did-you-mean';
import { shown } from '../private/lock-file/printable';

export const REGIONS = [...RegionInfo.regions.map(({ name }) => name), ...NEWER_REGIONS];

/** Newer regions than those known have these words too. */
const DIRECTION = /-(north|south|east|west|central|(north|south)(east|west))-\d+$/;

/** @throws where there cannot be such a region, so that a typing error is not taken for a network that is down */
export function checkRegion(name: string): string {
  if (!isRegion(name) || !(REGIONS.includes(name) || DIRECTION.test(name))) {
    throw new Error(`${shown(name)} is not the name of a region${didYouMeanRegion(name)}; write one such as eu-west-3.`);
  }
  return name;
}

/** A question to put behind a name, where another one is likely to be meant. */
export function didYouMeanRegion(name: string): string {
  const near = REGIONS.includes(name) ? undefined : nearest(name, REGIONS);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}

/** @throws where regions are not of one partition: each has accounts and images of its own */
export function checkPartition(regions: string[]): void {
  const [first] = regions;
  const abroad = regionAbroad(regions);
  if (abroad !== undefined) {
    throw new Error(`${first} and ${abroad} are of the partitions ${partitionOf(first)} and ${partitionOf(abroad)}, which share no image; `
      + 'pin them under two names.');
  }
}
