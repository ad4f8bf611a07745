import type { LockedEntry, LockedImage, LockedQuery, LockFile } from '../private/lock-file';

export const EMPTY_LOCK: LockFile = { version: 1, images: {} };

/** Also where a name is that of a method, such as `constructor`. */
export function entryIn(lock: LockFile, name: string): LockedEntry | undefined {
  return Object.hasOwn(lock.images, name) ? lock.images[name] : undefined;
}

export function isSameQuery(one: LockedQuery, other: LockedQuery): boolean {
  return textOf(one) === textOf(other);
}

function textOf({ family, name, owners, architecture, rootDevice }: LockedQuery): string {
  return JSON.stringify([family, name, [...owners].sort(), architecture, rootDevice]);
}

/**
 * The file with these images pinned. A region that is pinned already stays as it is, unless the query is another one.
 *
 * @param lock the file as it is now
 * @param before the entry as it was when the images were searched for
 */
export function withPinned(lock: LockFile, name: string, before: LockedEntry | undefined, { query, regions }: LockedEntry): LockFile {
  const current = entryIn(lock, name);
  if (current === undefined || isSameQuery(current.query, query)) {
    return withEntry(lock, name, { query, regions: { ...regions, ...current?.regions } });
  }
  const isLost = Object.keys(current.regions).some(region => !Object.hasOwn(regions, region));
  if (before === undefined || !isSameQuery(current.query, before.query) || isLost) {
    throw changedMeanwhile(name);
  }
  return withEntry(lock, name, { query, regions });
}

/** One image that is to be pinned in the place of another. */
export interface Move {
  readonly name: string;
  readonly region: string;
  readonly before: LockedImage;
  readonly after: LockedImage;
}

/** The file with images moved. */
export function withMoved(lock: LockFile, moves: Move[]): LockFile {
  return moves.reduce((moved, { name, region, before, after }) => {
    const entry = entryIn(moved, name);
    if (entry?.regions[region]?.imageId !== before.imageId && entry?.regions[region]?.imageId !== after.imageId) {
      throw changedMeanwhile(name);
    }
    return withEntry(moved, name, { ...entry!, regions: { ...entry!.regions, [region]: after } });
  }, lock);
}

function withEntry(lock: LockFile, name: string, entry: LockedEntry): LockFile {
  return { ...lock, images: { ...lock.images, [name]: entry } };
}

function changedMeanwhile(name: string): Error {
  return new Error(`${name} was changed by another command meanwhile, and stays as that one left it; run this one again.`);
}
