import { entryIn, isSameQuery } from './lock-changes';
import { isOwnedBy } from '../private/ec2/image-search';
import { matchesWildcards } from '../private/ec2/wildcards';
import type { LockedEntry, LockedImage, LockedQuery, LockFile } from '../private/lock-file/lock-file';

/** The file of two branches, and as it was when they parted. */
export interface Sides {
  readonly base: LockFile;
  readonly ours: LockFile;
  readonly theirs: LockFile;
}

/** What became of an entry, or of a region of it, that both sides have changed. */
export interface Decision {
  readonly name: string;
  readonly region?: string;
  /** Undefined where none is left, and where it is about the entry. */
  readonly image?: LockedImage;
  readonly reason: string;
}

/**
 * Both sides in one file, entry by entry and region by region: what only one side has changed is as that side has it.
 *
 * It is the same file whichever side is ours, where `preferred` names none.
 *
 * @param preferred whose query it is where both have changed it
 * @throws where both have changed a query, and none is preferred
 */
export function mergedLock({ base, ours, theirs }: Sides, preferred?: 'ours' | 'theirs'): { lock: LockFile; decisions: Decision[] } {
  const decisions: Decision[] = [];
  const names = [...new Set([base, ours, theirs].flatMap(({ images }) => Object.keys(images)))];
  const images = names.flatMap(name => {
    const [before, one, other] = [base, ours, theirs].map(lock => entryIn(lock, name));
    const entry = changedOnce(before, one, other, isSame, () => {
      if (one !== undefined && other !== undefined) {
        return mergedEntry(name, before, one, other, preferred, decisions);
      }
      decisions.push({ name, reason: 'one side has removed it, and the other has changed it: it stays' });
      return one ?? other;
    });
    return entry === undefined ? [] : [[name, entry] as const];
  });
  return { lock: { ...base, ...ours, ...theirs, images: Object.fromEntries(images) }, decisions };
}

/** What one of two has changed, or what both have changed alike. */
function changedOnce<T>(before: T, one: T, other: T, same: (a: T, b: T) => boolean, otherwise: () => T): T {
  return same(one, other) || same(before, other) ? one : same(before, one) ? other : otherwise();
}

function isSame(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, each) => typeof each === 'object' && each !== null && !Array.isArray(each)
    ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => a < b ? -1 : 1))
    : each) ?? '';
}

function mergedEntry(
  name: string, before: LockedEntry | undefined, one: LockedEntry, other: LockedEntry, preferred: 'ours' | 'theirs' | undefined, decisions: Decision[],
): LockedEntry {
  const query = changedOnce(before?.query, one.query, other.query, (a, b) => a !== undefined && b !== undefined && isSameQuery(a, b), () => {
    if (preferred === undefined) {
      throw new Error(`Both sides have changed what is searched for as ${name}; take the query of one with --prefer ours or --prefer theirs.`);
    }
    return preferred === 'ours' ? one.query : other.query;
  })!;
  const regions = [...new Set([one, other].flatMap(entry => Object.keys(entry.regions)))].flatMap(region => {
    const [then, here, there] = [before, one, other].map(entry => entry && imageIn(entry, region, query));
    const image = changedOnce(then, here, there, isSame, () => {
      const isBoth = here !== undefined && there !== undefined;
      const kept = isBoth ? newer(here, there) : here ?? there;
      decisions.push({ name, region, image: kept, reason: isBoth ? 'the newer one of both sides' : 'one side has removed it, and the other has changed it: it stays' });
      return kept;
    });
    const pinnedBefore = before && imageOf(before, region);
    if (image === undefined && [one, other].some(entry => imageOf(entry, region) !== undefined && !isSame(imageOf(entry, region), pinnedBefore))) {
      decisions.push({ name, region, reason: 'was pinned for another query, and is left out' });
    }
    return image === undefined ? [] : [[region, image] as const];
  });
  return { query, regions: Object.fromEntries(regions) };
}

function imageOf({ regions }: LockedEntry, region: string): LockedImage | undefined {
  return Object.hasOwn(regions, region) ? regions[region] : undefined;
}

/** The image of a region, where it is of this query too. */
function imageIn(entry: LockedEntry, region: string, query: LockedQuery): LockedImage | undefined {
  const image = imageOf(entry, region);
  const isSameImage = (['family', 'parameter', 'architecture', 'rootDevice'] as const).every(key => entry.query[key] === query[key]);
  const fits = image !== undefined && (isSameQuery(entry.query, query)
    || (isSameImage
      && isOwnedBy(query.owners, image) && (query.name === undefined || matchesWildcards(query.name, image.name))));
  return fits ? image : undefined;
}

function newer(one: LockedImage, other: LockedImage): LockedImage {
  const order = new Date(one.creationDate).getTime() - new Date(other.creationDate).getTime();
  return order > 0 || (order === 0 && textOf(one) > textOf(other)) ? one : other;
}
