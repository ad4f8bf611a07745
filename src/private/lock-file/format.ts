import { commandLine, commandToPin, fileOption, LOCK_FILE, UPGRADE } from './commands';
import { LockedEntry, LockedImage, LockedQuery, LockFile, VERSION } from './lock-file';
import { ENTRY_NAME, isEntryName, isFamilyId, isFilterName, isFilterValue, isImageName, isNamePattern, isParameterName } from './names';
import { listed, printable, shown } from './printable';
import { repeatedKey } from './repeated-key';
import { isAmiId } from '../ec2/ami-id';
import { canExist, isOwnedBy, isOwner, OWNER_ALIASES } from '../ec2/image-search';
import { isRegion, partitionOf, regionAbroad } from '../ec2/region';
import { matchesWildcards } from '../ec2/wildcards';

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
const TIME: Field = { accepts: text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/), wanted: 'a time such as "2026-03-23T19:58:37.000Z"' };

const FILE: Fields<LockFile> = {
  $schema: { isOptional: true, accepts: value => typeof value === 'string', wanted: 'a text' },
  version: { accepts: value => value === VERSION, wanted: `the number ${VERSION}` },
  images: OBJECT,
};

const ENTRY: Fields<LockedEntry> = { query: OBJECT, regions: OBJECT };

const QUERY: Fields<LockedQuery> = {
  family: { isOptional: true, accepts: isFamilyId, wanted: 'the name of a constant of AmiFamily, such as "UBUNTU_24_04"' },
  name: {
    isOptional: true,
    accepts: isNamePattern,
    wanted: 'the name of an image with at most some wildcards, such as "al2023-ami-2023.*-kernel-6.1-x86_64"',
  },
  parameter: { isOptional: true, accepts: isParameterName, wanted: 'the name of a parameter of Systems Manager, such as "/images/web"' },
  owners: {
    accepts: value => isListOf(value, isLockedOwner),
    wanted: `a list of different owners: 12-digit account ids or ${OWNER_ALIASES.filter(isLockedOwner).join(', ')}`,
  },
  architecture: { accepts: text(/^(x86_64|arm64)$/), wanted: '"x86_64" or "arm64"' },
  rootDevice: { accepts: text(/^(ebs|instance-store)$/), wanted: '"ebs" or "instance-store"' },
  filters: {
    isOptional: true,
    accepts: value => isObject(value) && Object.entries(value).every(([name, values]) => isFilterName(name) && isListOf(values, isFilterValue)),
    wanted: 'an object of filters of EC2, each a list of values, such as { "tag:Stage": ["prod"] }',
  },
  minAgeDays: { isOptional: true, accepts: value => Number.isInteger(value) && value >= 1 && value <= 3650, wanted: 'a number of days from 1 to 3650' },
  skip: {
    isOptional: true,
    accepts: value => isListOf(value, id => typeof id === 'string' && isAmiId(id)),
    wanted: 'a list of different ids of images',
  },
};

const IMAGE: Fields<LockedImage> = {
  imageId: { accepts: value => typeof value === 'string' && isAmiId(value), wanted: '"ami-" and 8 or 17 hex digits' },
  name: { accepts: isImageName, wanted: 'the name of an image' },
  owner: { accepts: text(/^\d{12}$/), wanted: 'a 12-digit account id' },
  ownerAlias: { isOptional: true, accepts: text(/^[a-z](-?[a-z]){0,63}$/), wanted: 'the alias of an owner, such as "amazon"' },
  creationDate: TIME,
  deprecationTime: { isOptional: true, ...TIME },
  rootDeviceName: { isOptional: true, accepts: text(/^[!-~]{1,64}$/), wanted: 'the name of a device, such as "/dev/xvda"' },
};

/** `self` is another account for each reader. */
function isLockedOwner(owner: unknown): boolean {
  return typeof owner === 'string' && isOwner(owner) && owner !== 'self';
}

function isListOf(value: unknown, accepts: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && new Set(value).size === value.length && value.every(accepts);
}

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
    throw new Error(`${call === undefined ? '' : `${call}: `}${printable(`${file}: ${problem}`)}.`);
  };
  const lock = parseJson(content, file, fail);

  if (isObject(lock) && Number.isInteger(lock.version) && lock.version > VERSION) {
    fail(`the file is of version ${lock.version}, and this cdk-workshop-instance reads version ${VERSION}; ${UPGRADE}`);
  }
  checkFields(lock, FILE, 'the file', restore('it'), fail);
  for (const [name, entry] of Object.entries<any>(lock.images)) {
    checkEntry(name, entry, file, fail);
  }
  return lock;
}

function restore(what: string): string {
  return `restore ${what} from version control, or delete it and pin the images anew with "${commandLine('pin', '--help')}"`;
}

function parseJson(content: string, file: string, fail: Fail): any {
  const check = commandLine('check', ...fileOption(file));
  const conflict = content.split('\n').findIndex(line => /^(<{7}|\|{7}|={7}|>{7})(\s|$)/.test(line));
  if (conflict >= 0) {
    fail(`line ${conflict + 1} is the conflict marker of a merge; "${commandLine('resolve', ...fileOption(file))}" puts both sides together`);
  }
  let lock;
  try {
    lock = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    return fail(`not JSON (${(error as Error).message.replace(/\s+/g, ' ')}); ${restore('the file')}`);
  }
  const twice = repeatedKey(content);
  if (twice !== undefined) {
    fail(`${shown(twice)} stands twice in one object; keep one of the two, and "${check}" verifies the result`);
  }
  return lock;
}

function checkEntry(name: string, entry: any, file: string, fail: Fail): void {
  const where = `the entry ${shown(name)}`;
  if (!isEntryName(name)) {
    fail(`${where} has a name that cannot be; write ${ENTRY_NAME}`);
  }
  const anew = `take the entry out of the file, and "${commandToPin(name, { query: isObject(entry?.query) ? entry.query : {}, regions: ['eu-west-3'], file })}" pins it anew`;
  checkFields(entry, ENTRY, where, anew, fail);
  checkQuery(entry.query, `the query of ${shown(name)}`, anew, fail);

  for (const [region, image] of Object.entries<any>(entry.regions)) {
    if (!isRegion(region)) {
      fail(`${where} has ${shown(region)}, which is not the name of a region such as "eu-west-3"; take it out`);
    }
    const again = `take ${region} out of the entry, and "${commandToPin(name, { regions: [region], file })}" pins it anew`;
    checkImage(image, entry.query, `the image of ${shown(name)} in ${region}`, again, fail);
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
  const given = ['family', 'name', 'parameter'].filter(key => query[key] !== undefined);
  if (given.length !== 1) {
    fail(`${where} has ${given.join(' and ') || 'no family, name or parameter'}, and takes one of them; ${fix}`);
  }
  if (!canExist(query.architecture, query.rootDevice)) {
    fail(`${where} has arm64 and instance-store, and there is no such image; ${fix}`);
  }
}

function checkImage(image: any, query: LockedQuery, where: string, fix: string, fail: Fail): void {
  checkFields(image, IMAGE, where, fix, fail);
  if (!isOwnedBy(query.owners, image)) {
    fail(`${where} is of the owner ${[image.owner, image.ownerAlias].filter(Boolean).join(', ')}, and its query takes images of `
      + `${listed(query.owners)} only; ${fix}`);
  }
  if (query.name !== undefined && !matchesWildcards(query.name, image.name)) {
    fail(`${where} is ${shown(image.name)}, which its query ${shown(query.name)} does not find; ${fix}`);
  }
}

function checkFields<T>(value: any, fields: Fields<T>, where: string, fix: string, fail: Fail): void {
  const fault = faultOf(value, fields);
  if (fault !== undefined) {
    fail(`${where} ${fault}; ${fix}`);
  }
}

/** What is wrong with a value, to go on after it. */
function faultOf<T>(value: any, fields: Fields<T>): string | undefined {
  const known = Object.entries<Field>(fields);
  if (!isObject(value)) {
    return `is ${shown(value)}, not an object with ${known.map(([key]) => key).join(', ')}`;
  }
  const unknown = Object.keys(value).find(key => !Object.hasOwn(fields, key));
  if (unknown !== undefined) {
    return `has ${shown(unknown)}, which is none of ${known.map(([key]) => key).join(', ')}`;
  }
  const wrong = known.find(([key, { isOptional, accepts }]) => Object.hasOwn(value, key) ? !accepts(value[key]) : !isOptional);
  if (wrong === undefined) {
    return undefined;
  }
  const [name, { wanted }] = wrong;
  return Object.hasOwn(value, name) ? `has the ${name} ${shown(value[name])}, which is not ${wanted}` : `has no ${name}, which is ${wanted}`;
}

/** What keeps an image from being pinned, to go on after it. */
export function imageFault(image: LockedImage): string | undefined {
  return faultOf(JSON.parse(JSON.stringify(image)), IMAGE);
}

interface Style {
  readonly indentation: string;
  readonly newline: string;
}

/** How someone has formatted a file. */
export function styleOf(content: string): Style {
  return {
    indentation: /^([ \t]{1,10})\S/m.exec(content)?.[1] ?? '  ',
    newline: /\r?\n/.exec(content)?.[0] ?? '\n',
  };
}

// That of prettier, and of .editorconfig where it has no other.
const LINE_LENGTH = 80;

/** The text of a file: the same content gives the same bytes, in whatever order it was put together. Prettier leaves it as it is. */
export function formatLockFile(lock: LockFile, { indentation, newline }: Style = { indentation: '  ', newline: '\n' }): string {
  const json = JSON.stringify(sorted(lock), undefined, indentation).replace(/^(.*\[)\n\s*([^]*?)\n\s*(\],?)$/gm, (list, start, items, end) => {
    const line = `${start}${items.replace(/\n\s*/g, ' ')}${end}`;
    return line.replaceAll('\t', '  ').length > LINE_LENGTH ? list : line;
  });
  return `${json}\n`.replaceAll('\n', newline);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return [...value].sort();
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]))
    : value;
}

