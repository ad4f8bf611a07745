import type { ImageSearch } from './aws';
import { Image, isDeprecated } from './image';
import { familyNamed, variantOf, type Architecture, type Root } from './named-family';
import { day } from './output';
import { AmiFamily } from '../ami-family';
import { factsFromName } from '../private/ami/facts-from-name';
import { checkSearch, imageFilters, isOwnedBy } from '../private/ec2/image-search';
import { partitionOf } from '../private/ec2/region';
import { matchesWildcards } from '../private/ec2/wildcards';
import type { LockedImage, LockedQuery } from '../private/lock-file/lock-file';
import { shown } from '../private/lock-file/printable';

/** What an image is chosen by, as options say it. */
export interface QueryOptions {
  readonly family?: string;
  readonly name?: string;
  readonly owner?: readonly string[];
  readonly architecture?: Architecture;
  readonly rootDevice?: Root;
  readonly filter?: Readonly<Record<string, readonly string[]>>;
}

/** @throws where the options do not go together, or would find images of just anyone */
export function checkQueryOptions({ family, name, owner = [] }: QueryOptions): void {
  if (family !== undefined && name !== undefined) {
    throw new Error('--family and --name exclude each other: a family has a name to search for; leave one of the two out.');
  }
  if (family !== undefined && owner.length > 0) {
    throw new Error('--owner goes with --name: the catalog knows who publishes a family; leave --owner out, or search with --name.');
  }
  if (family === undefined && name === undefined && owner.length > 0) {
    throw new Error('--owner needs --name, the name of the images to search for.');
  }
  if (name !== undefined) {
    checkSearch(`--name ${shown(name)}`, name, owner, '--owner is missing');
  }
}

/** The name, the owners and the filters that find images. */
export function searchFor(names: string[], owners: readonly string[], image: Pick<Partial<LockedQuery>, 'architecture' | 'rootDevice' | 'filters'>): ImageSearch {
  const filters = Object.fromEntries(Object.entries(image.filters ?? {}).map(([key, values]) => [key, [...values]]));
  return { owners: [...owners], filters: { ...filters, 'name': names, 'image-type': ['machine'], 'state': ['available'], ...imageFilters(image) } };
}

/** @throws where nobody knows whose images to search */
export function ownersOf(family: AmiFamily, region: string): string[] {
  const partition = partitionOf(region);
  const owners = family.owners(partition);
  if (owners.length === 0) {
    throw new Error(`The account that ${family.publisher} publishes ${family.id} from in the partition ${partition} is not known; search with --name and `
      + 'the --owner that you trust.');
  }
  return owners;
}

/** How an image contradicts what was searched for. Empty where it does not. */
export function contradictions(
  image: LockedImage & Pick<Image, 'architecture' | 'rootDevice' | 'state'>, query: Pick<LockedQuery, 'name' | 'owners' | 'architecture' | 'rootDevice'>, now: Date,
): string[] {
  return [
    !isOwnedBy(query.owners, image) && `belongs to ${image.owner}, not to ${query.owners.join(' or ')}`,
    image.architecture !== query.architecture && `is ${image.architecture}, not ${query.architecture}`,
    image.rootDevice !== query.rootDevice && `has an ${image.rootDevice} root device, not an ${query.rootDevice} one`,
    query.name !== undefined && !matchesWildcards(query.name, image.name) && `is called ${shown(image.name)}`,
    image.state !== 'available' && `is ${image.state}, not available`,
    isDeprecated(image, now) && `is deprecated since ${day(image.deprecationTime)}`,
  ].filter(each => each !== false);
}

/** The query of an entry. Owners are empty where the catalog knows a parameter, but not who publishes. */
export function queryOf(options: QueryOptions, region: string): LockedQuery {
  const { name, owner = [] } = options;
  const filters = options.filter && { filters: options.filter };
  if (name !== undefined) {
    const { architecture = 'x86_64', rootDevice = 'ebs', contradiction } = factsFromName(name, options as object);
    if (contradiction !== undefined) {
      throw new Error(`--name ${shown(name)}: ${contradiction}`);
    }
    return { name, owners: owner, architecture, rootDevice, ...filters };
  }
  const family = familyNamed(options.family!);
  const { architecture, rootDevice, parameterName } = variantOf(family, options.architecture, options.rootDevice);
  const owners = parameterName === undefined ? ownersOf(family, region) : family.owners(partitionOf(region));
  return { family: family.id, owners, architecture, rootDevice, ...filters };
}

/** What is searched for, as people read it. */
export function queryInWords({ family, name, owners, architecture, rootDevice, filters = {}, minAgeDays, skip = [] }: LockedQuery): string {
  return [
    `${family ?? shown(name)} of ${owners.join(' or ')}`, architecture, rootDevice,
    ...Object.entries(filters).map(([key, values]) => `${key} ${values.join(' or ')}`),
    ...minAgeDays === undefined ? [] : [`${minAgeDays} days old`],
    ...skip.length === 0 ? [] : [`not ${skip.join(', ')}`],
  ].join(', ');
}
