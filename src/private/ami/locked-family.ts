import { isNameOfMac } from './facts-from-name';
import { AmiFamily } from '../../ami-family';
import { partitionOf } from '../ec2/region';
import { matchesWildcards } from '../ec2/wildcards';
import { UPGRADE } from '../lock-file/commands';
import { nearest } from '../lock-file/did-you-mean';
import type { LockedImage, LockedQuery } from '../lock-file/lock-file';
import { listed, shown } from '../lock-file/printable';

// What an entry of a lock file says against its family, as far as it is known without AWS.

/** The regions that every account has. All newer ones are opted into: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html */
const ENABLED_BY_DEFAULT = [
  'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1', 'eu-north-1',
  'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
];

/**
 * The accounts that are "amazon" in these regions: those of Amazon Linux, Amazon ECS, Amazon EKS, macOS, Windows and Deep Learning, in this order.
 *
 * Bottlerocket has another in each region, and so have all in the regions that are opted into: https://github.com/getmoto/moto/tree/master/moto/ec2/resources
 */
const AMAZON_ACCOUNTS = ['137112412989', '591542846629', '602401143452', '628277914472', '801119661308', '898082745236'];

/** The family of a query; undefined where it has none, or one that this version does not know. */
export function knownFamily({ family }: Pick<LockedQuery, 'family'>): AmiFamily | undefined {
  return AmiFamily.all().find(({ id }) => id === family);
}

/** What is wrong with the family of a query, to go on after it, and what to do behind a semicolon. */
export function familyProblem(query: LockedQuery): string | undefined {
  const family = knownFamily(query);
  if (query.family !== undefined && family === undefined) {
    const near = nearest(query.family, AmiFamily.all().map(({ id }) => id));
    return `has the family ${query.family}, which this cdk-workshop-instance does not know; ${UPGRADE}, or pin another family`
      + `${near === undefined ? '' : ` such as ${near}`}`;
  }
  const variants = family?.variants() ?? [];
  const isThere = family === undefined || variants.some(each => each.architecture === query.architecture && each.rootDevice === query.rootDevice);
  return isThere ? undefined
    : `is for ${query.architecture} and ${query.rootDevice}, and ${family} has ${variants.map(each => `${each.architecture} ${each.rootDevice}`)
      .join(', ')}; pin one of these`;
}

/** Whether the images of a query are of macOS. */
export function isOfMac(query: Pick<LockedQuery, 'family' | 'name' | 'parameter'>): boolean {
  return knownFamily(query)?._isMac ?? isNameOfMac(query.name ?? query.parameter);
}

/** What is wrong with the owners of a query, to go on after it. */
export function ownersProblem(query: LockedQuery, region: string): string | undefined {
  const family = knownFamily(query);
  const owners = family?.owners(partitionOf(region)) ?? [];
  const stranger = owners.length === 0 ? undefined : query.owners.find(owner => !owners.includes(owner));
  return stranger && `takes images of ${stranger}, and those of ${family} are of ${family!.publisher} (${listed(owners)})`;
}

/**
 * What is wrong with a pinned image, to go on after it.
 *
 * That a name is not the one of its family says nothing: the catalog moves on, and pinned images stay. That of another family does.
 */
export function imageProblem(query: LockedQuery, region: string, { name, owner, ownerAlias }: LockedImage): string | undefined {
  const family = knownFamily(query);
  if (family === undefined) {
    return undefined;
  }
  if (ownerAlias === 'amazon' && !family.id.startsWith('BOTTLEROCKET') && ENABLED_BY_DEFAULT.includes(region)
    && !AMAZON_ACCOUNTS.includes(owner)) {
    return `is of ${owner}, which is no account of Amazon in ${region}`;
  }
  const other = isNameOf(family, name) ? undefined : AmiFamily.all().find(each => !isKindOf(each, family) && isNameOf(each, name));
  return other && `is ${shown(name)}, an image of ${other} and not of ${family}`;
}

function isNameOf(family: AmiFamily, name: string): boolean {
  return family.variants().some(({ imageName }) => imageName !== undefined && matchesWildcards(imageName, name));
}

/** An image of AMAZON_LINUX_2023_KERNEL_6_1 may be one of AMAZON_LINUX_2023. */
function isKindOf(one: AmiFamily, other: AmiFamily): boolean {
  return one.id.startsWith(`${other.id}_`);
}
