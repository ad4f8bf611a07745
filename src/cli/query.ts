import type { ImageSearch } from './aws';
import { Image, isDeprecated } from './image';
import { familyNamed, variantOf, type Architecture, type Root } from './named-family';
import { day } from './output';
import { AmiFamily } from '../ami-family';
import { ec2Architecture, factsFromName, isNameOfMac } from '../private/ami/facts-from-name';
import { isOfMac } from '../private/ami/locked-family';
import { checkSearch, imageFilters, isOwnedBy } from '../private/ec2/image-search';
import { partitionOf } from '../private/ec2/region';
import { matchesWildcards } from '../private/ec2/wildcards';
import type { LockedImage, LockedQuery } from '../private/lock-file/lock-file';
import { shown } from '../private/lock-file/printable';

/** What an image is chosen by, as options say it. */
export interface QueryOptions {
  readonly family?: string;
  readonly name?: string;
  readonly parameter?: string;
  readonly owner?: readonly string[];
  readonly architecture?: Architecture;
  readonly rootDevice?: Root;
  readonly filter?: Readonly<Record<string, readonly string[]>>;
  /** As `filter`, by the names that tags have there. */
  readonly tag?: Readonly<Record<string, readonly string[]>>;
}

/** @throws where the options do not go together, or would find images of just anyone */
export function checkQueryOptions({ family, name, parameter, owner = [], ...options }: QueryOptions): void {
  const given = Object.entries({ family, name, parameter }).filter(([, value]) => value !== undefined).map(([option]) => `--${option}`);
  if (given.length > 1) {
    throw new Error(`${given.join(' and ')} exclude each other: each says by itself what to search for; leave all but one out.`);
  }
  if (name === undefined && given.length === 1 && owner.length > 0) {
    throw new Error(`--owner goes with --name: ${family === undefined ? 'a parameter names one image' : 'the catalog knows who publishes a family'}; `
      + 'leave --owner out, or search with --name.');
  }
  if (parameter !== undefined && filtersOf(options) !== undefined) {
    throw new Error('--filter and --tag do not go with --parameter: it names one image; leave them out.');
  }
  if (given.length === 0 && owner.length > 0) {
    throw new Error('--owner needs --name, the name of the images to search for.');
  }
  if (name !== undefined) {
    checkSearch(`--name ${shown(name)}`, name, owner, '--owner is missing');
  }
}

/** The name, the owners and the filters that find images. */
export function searchFor(names: string[], owners: readonly string[], image: Pick<Partial<LockedQuery>, 'architecture' | 'rootDevice' | 'filters'>): ImageSearch {
  const architecture = image.architecture && ec2Architecture(image.architecture, names.every(isNameOfMac));
  const filters = Object.fromEntries(Object.entries(image.filters ?? {}).map(([key, values]) => [key, [...values]]));
  return { owners: [...owners], filters: { ...filters, 'name': names, 'image-type': ['machine'], 'state': ['available'], ...imageFilters({ ...image, architecture }) } };
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
  image: LockedImage & Pick<Image, 'architecture' | 'rootDevice' | 'state'>,
  query: Pick<LockedQuery, 'family' | 'name' | 'parameter' | 'owners' | 'architecture' | 'rootDevice'>,
  now: Date,
): string[] {
  const architecture = ec2Architecture(query.architecture, isOfMac(query));
  return [
    !isOwnedBy(query.owners, image) && `belongs to ${image.owner}, not to ${query.owners.join(' or ')}`,
    image.architecture !== architecture && `is ${image.architecture || 'of no architecture'}, not ${architecture}`,
    image.rootDevice !== query.rootDevice && `has an ${image.rootDevice} root device, not an ${query.rootDevice} one`,
    query.name !== undefined && !matchesWildcards(query.name, image.name) && `is called ${shown(image.name)}`,
    image.state !== 'available' && `is ${image.state}, not available`,
    isDeprecated(image, now) && `is deprecated since ${day(image.deprecationTime)}`,
  ].filter(each => each !== false);
}

/** The filters that images match too; undefined where there are none. */
export function filtersOf({ filter, tag }: QueryOptions): Record<string, readonly string[]> | undefined {
  return filter === undefined && tag === undefined ? undefined : { ...filter, ...tag };
}

/** The query of an entry. Owners are empty where nobody knows who publishes before there is an image. */
export function queryOf(options: QueryOptions, region: string): LockedQuery {
  const { name, parameter, owner = [] } = options;
  const searched = filtersOf(options);
  const filters = searched && { filters: searched };
  if (name !== undefined) {
    const { architecture = 'x86_64', rootDevice = 'ebs', contradiction } = factsFromName(name, options as object);
    if (contradiction !== undefined) {
      throw new Error(`--name ${shown(name)}: ${contradiction}`);
    }
    return { name, owners: owner, architecture, rootDevice, ...filters };
  }
  if (parameter !== undefined) {
    const { architecture = 'x86_64', rootDevice = 'ebs' } = options;
    return { parameter, owners: owner, architecture, rootDevice };
  }
  const family = familyNamed(options.family!);
  const { architecture, rootDevice, parameterName } = variantOf(family, options.architecture, options.rootDevice);
  const owners = parameterName === undefined ? ownersOf(family, region) : family.owners(partitionOf(region));
  return { family: family.id, owners, architecture, rootDevice, ...filters };
}

/** What is searched for, as people read it. */
export function queryInWords(query: LockedQuery): string {
  const { family, name, parameter, owners, architecture, rootDevice, filters = {}, minAgeDays, skip = [] } = query;
  return [
    `${family ?? parameter ?? shown(name)} of ${owners.join(' or ')}`, architecture, rootDevice,
    ...Object.entries(filters).map(([key, values]) => `${key} ${values.join(' or ')}`),
    ...minAgeDays === undefined ? [] : [`${minAgeDays} days old`],
    ...skip.length === 0 ? [] : [`not ${skip.join(', ')}`],
  ].join(', ');
}
