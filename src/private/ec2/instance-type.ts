import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { BURSTABLE_FAMILIES, INSTANCE_STORE_FAMILIES, X86_64_FAMILIES } from './instance-families';
import { RootDevice } from '../../ami-types';

/** An instance type, or several of one architecture. */
export interface InstanceTypes {
  /** As the template says it. */
  readonly name: string;
  /** One type that stands for all. */
  readonly example: string;
}

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

/** The family of an instance type; undefined for a token and for what cannot be the name of a type, of whatever family. */
export function familyOf(instanceType: string): string | undefined {
  return parse(instanceType)?.family;
}

/**
 * The architecture that the EC2 API reports for an instance type: `x86_64`, `arm64`, or one of the `_mac` ones.
 *
 * aws-cdk-lib's `InstanceType.architecture` throws for some types (u-6tb1, p6-b200, mac-m4) and for tokens.
 *
 * @returns undefined for a token, a name of another shape, and a new family whose name does not say the processor (such as
 * trn3): nothing is known, so nothing is checked
 */
export function architectureOf(instanceType: string): string | undefined {
  const name = parse(instanceType);
  if (!name) {
    return undefined;
  }
  if (name.series === 'mac') {
    return name.family === 'mac1' ? 'x86_64_mac' : 'arm64_mac';
  }
  const [letters] = name.capabilities.split('-');
  // g is for Graviton, of which a1 was the first; the gb of p6e-gb200 is for Grace, an arm64 processor too, with Blackwell.
  if (letters.includes('g') || name.family === 'a1' || name.capabilities.includes('-gb')) {
    return ec2.InstanceArchitecture.ARM_64;
  }
  // i is for Intel, a for AMD.
  return /[ai]/.test(letters) || X86_64_FAMILIES.includes(name.family) ? ec2.InstanceArchitecture.X86_64 : undefined;
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
