import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { RootDevice } from '../../ami-types';

/**
 * The families that boot from instance store, all of them x86_64.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-instance-store.html
 */
export const INSTANCE_STORE_FAMILIES = ['c1', 'c3', 'd2', 'i2', 'm1', 'm2', 'm3', 'r3', 'x1'];

/**
 * The families that run on CPU credits. A name that starts with t does not say so: t1 and t8i have none.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html
 */
export const BURSTABLE_FAMILIES = ['t2', 't3', 't3a', 't4g'];

interface InstanceTypeName {
  /** For example `m7g`. */
  readonly family: string;
  /** The letters in front of the generation, for example `m`. */
  readonly series: string;
  /** What follows the generation, for example `g`. */
  readonly capabilities: string;
}

function parse(instanceType: string): InstanceTypeName | undefined {
  const match = Token.isUnresolved(instanceType)
    ? undefined
    : /^(?<family>(?<series>[a-z]+)-?[a-z]?\d+(?<capabilities>[a-z0-9-]*))\.[a-z0-9-]+$/.exec(instanceType);
  return match?.groups as InstanceTypeName | undefined;
}

/**
 * The architecture that the EC2 API reports for an instance type: `x86_64`, `arm64`, or one of the `_mac` ones.
 *
 * aws-cdk-lib's `InstanceType.architecture` throws for some types (u-6tb1, p6-b200, mac-m4) and for tokens.
 *
 * @returns undefined for a token and for a name of another shape: nothing is known, so nothing is checked
 */
export function architectureOf(instanceType: string): string | undefined {
  const name = parse(instanceType);
  if (!name) {
    return undefined;
  }
  if (name.series === 'mac') {
    return name.family === 'mac1' ? 'x86_64_mac' : 'arm64_mac';
  }
  // g is for Graviton; a1 was the first of it.
  return name.family === 'a1' || name.capabilities.includes('g') ? ec2.InstanceArchitecture.ARM_64 : ec2.InstanceArchitecture.X86_64;
}

/**
 * Whether an instance type can boot from a root device.
 *
 * @returns undefined for a token and for a name of another shape
 */
export function canBoot(instanceType: string, rootDevice: RootDevice): boolean | undefined {
  const name = parse(instanceType);
  return name && (rootDevice === RootDevice.EBS || INSTANCE_STORE_FAMILIES.includes(name.family));
}

/**
 * Whether an instance type runs on CPU credits.
 *
 * @returns undefined for a token and for a name of another shape
 */
export function isBurstable(instanceType: string): boolean | undefined {
  const name = parse(instanceType);
  return name && BURSTABLE_FAMILIES.includes(name.family);
}
