import { command, LOCK_FILE, commandToPin, UPGRADE } from './commands';
import { LockedEntry, LockedImage, LockedQuery, LockFile, VERSION } from './lock-file';
import { repeatedKey } from './repeated-key';
import { isAmiId } from '../ec2/ami-id';
import { canExist, isOwnedBy, isOwner, OWNER_ALIASES } from '../ec2/image-search';
import { isRegion, partitionOf, regionAbroad } from '../ec2/region';
import { isOpenPattern, matchesWildcards } from '../ec2/wildcards';

// The command bundles this file: nothing here may import aws-cdk-lib. ami.lock.schema.json says the same of the format.

interface Field {
  readonly isOptional?: boolean;
  readonly accepts: (value: any) => boolean;
  /** What the field takes, for messages. */
  readonly wanted: string;
}

type Fields<T> = { [key in keyof Required<T>]: Field };

const text = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const OBJECT: Field = { accepts: isObject, wanted: 'an object' };
const TIME: Field = { accepts: text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/), wanted: 'a time such as "2026-03-23T19:58:37.000Z"' };

const FILE: Fields<LockFile> = {
  $schema: { isOptional: true, accepts: value => typeof value === 'string', wanted: 'a text' },
  version: { accepts: value => value === VERSION, wanted: `the number ${VERSION}` },
  images: OBJECT,
};

const ENTRY: Fields<LockedEntry> = { query: OBJECT, regions: OBJECT };

const QUERY: Fields<LockedQuery> = {
  family: { isOptional: true, accepts: text(/^[A-Z][A-Z0-9_]*$/), wanted: 'the name of a constant of AmiFamily, such as "UBUNTU_24_04"' },
  name: {
    isOptional: true,
    accepts: value => typeof value === 'string' && !isOpenPattern(value),
    wanted: 'the name of an image with at most some wildcards, such as "al2023-ami-2023.*-kernel-6.1-x86_64"',
  },
  owners: {
    accepts: value => Array.isArray(value) && value.length > 0 && new Set(value).size === value.length
      && value.every(owner => typeof owner === 'string' && isOwner(owner)),
    wanted: `a list of different owners: 12-digit account ids or ${OWNER_ALIASES.join(', ')}`,
  },
  architecture: { accepts: text(/^(x86_64|arm64)$/), wanted: '"x86_64" or "arm64"' },
  rootDevice: { accepts: text(/^(ebs|instance-store)$/), wanted: '"ebs" or "instance-store"' },
};

const IMAGE: Fields<LockedImage> = {
  imageId: { accepts: value => typeof value === 'string' && isAmiId(value), wanted: '"ami-" and 8 or 17 hex digits' },
  name: { accepts: text(/\S/), wanted: 'the name of an image' },
  owner: { accepts: text(/^\d{12}$/), wanted: 'a 12-digit account id' },
  ownerAlias: { isOptional: true, accepts: text(/^[a-z]+(-[a-z]+)*$/), wanted: 'the alias of an owner, such as "amazon"' },
  creationDate: TIME,
  deprecationTime: { isOptional: true, ...TIME },
  rootDeviceName: { isOptional: true, accepts: text(/^\S+$/), wanted: 'the name of a device, such as "/dev/xvda"' },
};

/** Whether an image can be pinned under this name: commands and messages have it without quotes. */
export function isEntryName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name);
}

/** What names of entries are made of, for messages. */
export const ENTRY_NAME = 'letters, digits and . _ - only, the first a letter or digit';

type Fail = (problem: string) => never;

/**
 * Reads what `formatLockFile` wrote, or a person.
 *
 * @param file the file as the user named it, for messages
 * @param call what the user wrote, for messages: nothing where it was a command
 * @throws where anything is wrong in the file, also in an entry that nobody asks for
 */
export function parseLockFile(content: string, file: string = LOCK_FILE, call?: string): LockFile {
  const fail: Fail = problem => {
    throw new Error(`${call === undefined ? '' : `${call}: `}${file}: ${problem}.`);
  };
  const lock = parseJson(content, fail);

  if (isObject(lock) && Number.isInteger(lock.version) && lock.version > VERSION) {
    fail(`the file is of version ${lock.version}, and this cdk-workshop-instance reads version ${VERSION}; ${UPGRADE}`);
  }
  checkFields(lock, FILE, 'the file', `restore it from version control, or delete it and pin the images anew with "${command('pin --help')}"`, fail);
  for (const [name, entry] of Object.entries<any>(lock.images)) {
    checkEntry(name, entry, file, fail);
  }
  return lock;
}

function parseJson(content: string, fail: Fail): any {
  const conflict = content.split('\n').findIndex(line => /^(<{7}|\|{7}|={7}|>{7})(\s|$)/.test(line));
  if (conflict >= 0) {
    fail(`line ${conflict + 1} is the conflict marker of a merge; keep one side of each conflict, and "${command('check')}" verifies the result`);
  }
  let lock;
  try {
    lock = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    return fail(`not JSON (${(error as Error).message.replace(/\s+/g, ' ')}); restore the file from version control, or delete it and pin the images anew with `
      + `"${command('pin --help')}"`);
  }
  const twice = repeatedKey(content);
  if (twice !== undefined) {
    fail(`${JSON.stringify(twice)} stands twice in one object; keep one of the two, and "${command('check')}" verifies the result`);
  }
  return lock;
}

function checkEntry(name: string, entry: any, file: string, fail: Fail): void {
  const where = `the entry ${JSON.stringify(name)}`;
  if (!isEntryName(name)) {
    fail(`${where} has a name that cannot be; write ${ENTRY_NAME}`);
  }
  const anew = `take the entry out of the file, and "${commandToPin(name, { query: entry?.query, regions: ['eu-west-3'], file })}" pins it anew`;
  checkFields(entry, ENTRY, where, anew, fail);
  checkQuery(entry.query, `the query of ${JSON.stringify(name)}`, anew, fail);

  for (const [region, image] of Object.entries<any>(entry.regions)) {
    if (!isRegion(region)) {
      fail(`${where} has ${JSON.stringify(region)}, which is not the name of a region such as "eu-west-3"; take it out`);
    }
    const again = `take ${region} out of the entry, and "${commandToPin(name, { regions: [region], file })}" pins it anew`;
    checkImage(image, entry.query, `the image of ${JSON.stringify(name)} in ${region}`, again, fail);
  }
  const regions = Object.keys(entry.regions);
  const [first] = regions;
  const abroad = regionAbroad(regions);
  if (abroad !== undefined) {
    fail(`${where} has ${first} and ${abroad}, which are of the partitions ${partitionOf(first)} and ${partitionOf(abroad)}; keep the regions of one, `
      + 'and pin those of the other under a name of their own');
  }
}

function checkQuery(query: any, where: string, fix: string, fail: Fail): void {
  checkFields(query, QUERY, where, fix, fail);
  if ((query.family === undefined) === (query.name === undefined)) {
    fail(`${where} has ${query.family === undefined ? 'neither family nor name' : 'both family and name'}, and takes one of the two; ${fix}`);
  }
  if (!canExist(query.architecture, query.rootDevice)) {
    fail(`${where} has arm64 and instance-store, and there is no such image; ${fix}`);
  }
}

function checkImage(image: any, query: LockedQuery, where: string, fix: string, fail: Fail): void {
  checkFields(image, IMAGE, where, fix, fail);
  if (!isOwnedBy(query.owners, image)) {
    fail(`${where} is of the owner ${[image.owner, image.ownerAlias].filter(Boolean).join(', ')}, and its query takes images of `
      + `${query.owners.join(', ')} only; ${fix}`);
  }
  if (query.name !== undefined && !matchesWildcards(query.name, image.name)) {
    fail(`${where} is ${JSON.stringify(image.name)}, which its query ${JSON.stringify(query.name)} does not find; ${fix}`);
  }
}

function checkFields<T>(value: any, fields: Fields<T>, where: string, fix: string, fail: Fail): void {
  const known = Object.entries<Field>(fields);
  if (!isObject(value)) {
    fail(`${where} is ${JSON.stringify(value)}, not an object with ${known.map(([key]) => key).join(', ')}; ${fix}`);
  }
  const unknown = Object.keys(value).find(key => !Object.hasOwn(fields, key));
  if (unknown !== undefined) {
    fail(`${where} has ${JSON.stringify(unknown)}, which is none of ${known.map(([key]) => key).join(', ')}; ${fix}`);
  }
  for (const [key, { isOptional, accepts, wanted }] of known) {
    if (!Object.hasOwn(value, key)) {
      if (!isOptional) {
        fail(`${where} has no ${key}, which is ${wanted}; ${fix}`);
      }
    } else if (!accepts(value[key])) {
      fail(`${where} has the ${key} ${JSON.stringify(value[key])}, which is not ${wanted}; ${fix}`);
    }
  }
}

/** The text of a file: the same content gives the same bytes, in whatever order it was put together. */
export function formatLockFile(lock: LockFile): string {
  return `${JSON.stringify(sorted(lock), undefined, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return [...value].sort();
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]))
    : value;
}

