import type { Image } from './image';
import { commandLine, fileOption } from '../private/lock-file/commands';
import { nearest } from '../private/lock-file/did-you-mean';
import type { LockedEntry, LockedImage, LockedQuery, LockFile } from '../private/lock-file/lock-file';
import { listed, shown } from '../private/lock-file/printable';

export const EMPTY_LOCK: LockFile = { version: 1, images: {} };

/** Also where a name is that of a method, such as `constructor`. */
export function entryIn(lock: LockFile, name: string): LockedEntry | undefined {
  return Object.hasOwn(lock.images, name) ? lock.images[name] : undefined;
}

export function isSameQuery(one: LockedQuery, other: LockedQuery): boolean {
  return textOf(one) === textOf(other);
}

function textOf({ family, name, parameter, owners, architecture, rootDevice, filters = {}, minAgeDays, skip = [] }: LockedQuery): string {
  const sortedFilters = Object.entries(filters).map(([key, values]) => [key, [...values].sort()]).sort();
  return JSON.stringify([family, name, parameter, [...owners].sort(), architecture, rootDevice, sortedFilters, minAgeDays, [...skip].sort()]);
}

/**
 * The file with these images pinned. A region that is pinned already stays as it is, unless the query is another one.
 *
 * @param isChosen whether the images take the place of those that are pinned
 * @param lock the file as it is now
 * @param before the entry as it was when the images were searched for
 */
export function withPinned(
  lock: LockFile, name: string, before: LockedEntry | undefined, { query, regions }: LockedEntry, isChosen = false,
): LockFile {
  const current = entryIn(lock, name);
  if (current === undefined || isSameQuery(current.query, query)) {
    return withEntry(lock, name, { query, regions: isChosen ? { ...current?.regions, ...regions } : { ...regions, ...current?.regions } });
  }
  const isLost = Object.keys(current.regions).some(region => !Object.hasOwn(regions, region));
  if (before === undefined || !isSameQuery(current.query, before.query) || isLost) {
    throw changedMeanwhile(name);
  }
  return withEntry(lock, name, { query, regions });
}

/** A file with what it pins. */
export interface NamedLock {
  /** As messages name it. */
  readonly file: string;
  readonly lock: LockFile;
}

/** One image of a file. */
export interface Pin {
  readonly file: string;
  readonly name: string;
  readonly region: string;
  readonly query: LockedQuery;
  readonly image: LockedImage;
}

/**
 * The images that files pin under some names, or under all where there are none, in some regions, or in all.
 *
 * @throws where a name or a region is not there
 */
export function pinsIn(locks: NamedLock[], names: string[] = [], regions?: string[]): Pin[] {
  const known = [...new Set(locks.flatMap(({ lock }) => Object.keys(lock.images)))];
  const files = listed(locks.map(({ file }) => file));
  const unknown = names.find(name => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearest(unknown, known);
    throw new Error(`${files} has no ${shown(unknown)}${near === undefined ? '' : ` (did you mean ${near}?)`}; `
      + `it has ${known.length === 0 ? 'nothing yet' : listed(known)}.`);
  }
  const pins = locks.flatMap(({ file, lock }) => Object.entries(lock.images)
    .filter(([name]) => names.length === 0 || names.includes(name))
    .flatMap(([name, { query, regions: images }]) => Object.entries(images).map(([region, image]) => ({ file, name, region, query, image }))));
  const missing = regions?.find(region => !pins.some(pin => pin.region === region));
  if (missing !== undefined) {
    const pin = commandLine('pin', names[0] ?? 'NAME', '--region', missing, ...fileOption(locks[0].file));
    throw new Error(`${files} has no ${names.join(' or ') || 'image'} in ${missing}; "${pin}" adds one.`);
  }
  return pins.filter(({ region }) => regions?.includes(region) ?? true);
}

/** One image that is to be pinned in the place of another. */
export interface Move {
  readonly name: string;
  readonly region: string;
  readonly before: LockedImage;
  readonly after: LockedImage;
}

/** What changes, as people read it; undefined where nothing does. */
export function changeOf({ before, after }: Pick<Move, 'before' | 'after'>): string | undefined {
  if (before.imageId !== after.imageId) {
    const change = before.name === after.name ? `${before.name}: ${before.imageId} → ${after.imageId}` : `${before.name} → ${after.name}`;
    return [change, ...warningsOf(before, after)].join(', ');
  }
  const keys = ['name', 'creationDate', 'deprecationTime', 'owner', 'ownerAlias', 'rootDeviceName'] as const;
  const changed = keys.filter(key => before[key] !== after[key]).map(key => `${key} ${before[key] ?? 'none'} → ${after[key] ?? 'none'}`);
  return changed.length === 0 ? undefined : `${before.name}: ${changed.join(', ')}`;
}

/** What makes a newer image another than was expected. */
function warningsOf(before: LockedImage, after: LockedImage): string[] {
  return [
    new Date(after.creationDate) < new Date(before.creationDate) && `OLDER: ${before.creationDate} → ${after.creationDate}`,
    before.rootDeviceName !== after.rootDeviceName && `OTHER ROOT DEVICE: ${before.rootDeviceName ?? 'none'} → ${after.rootDeviceName ?? 'none'}`,
  ].filter(each => each !== false);
}

/** What ami.lock.json keeps of an image. */
export function asPinned({ imageId, name, owner, ownerAlias, creationDate, deprecationTime, rootDeviceName }: Image): LockedImage {
  return { imageId, name, owner, ownerAlias, creationDate, deprecationTime, rootDeviceName };
}

/** The file with what a query waits for and skips from now on. */
export function withWaiting(lock: LockFile, names: string[], waiting: Waiting): LockFile {
  return names.reduce((changed, name) => {
    const entry = entryIn(changed, name);
    return entry === undefined ? changed : withEntry(changed, name, { ...entry, query: waitingQuery(entry.query, waiting) });
  }, lock);
}

/** What an image has to be, besides what is searched for. */
export interface Waiting {
  /** In days; 0 for none. */
  readonly minAge?: number;
  readonly skip?: readonly string[];
}

export function waitingQuery({ minAgeDays, skip = [], ...query }: LockedQuery, waiting: Waiting): LockedQuery {
  const [days, ids] = [waiting.minAge ?? minAgeDays, [...new Set([...skip, ...waiting.skip ?? []])]];
  return { ...query, ...days ? { minAgeDays: days } : {}, ...ids.length > 0 ? { skip: ids } : {} };
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

/** The file without these entries, or without some regions of them. An entry that has no region left goes too. */
export function without(lock: LockFile, names: string[], regions?: string[]): LockFile {
  const images = Object.entries(lock.images).flatMap(([name, entry]) => {
    const left = !names.includes(name) ? entry.regions
      : Object.fromEntries(Object.entries(entry.regions).filter(([region]) => regions !== undefined && !regions.includes(region)));
    return names.includes(name) && Object.keys(left).length === 0 ? [] : [[name, { ...entry, regions: left }] as const];
  });
  return { ...lock, images: Object.fromEntries(images) };
}

function withEntry(lock: LockFile, name: string, entry: LockedEntry): LockFile {
  return { ...lock, images: { ...lock.images, [name]: entry } };
}

function changedMeanwhile(name: string): Error {
  return new Error(`${name} was changed by another command meanwhile, and stays as that one left it; run this one again.`);
}
