import { randomBytes } from 'crypto';
import { Dirent, existsSync, lstatSync, readdirSync, realpathSync } from 'fs';
import { lstat, open, readdir, rename, rm, stat } from 'fs/promises';
import { basename, dirname, join, resolve } from 'path';
import { lock as lockFile } from 'proper-lockfile';
import type { Host } from './host';
import { EMPTY_LOCK, NamedLock } from './lock-changes';
import { printLine } from './output';
import { commandLine } from '../private/lock-file/commands';
import { formatLockFile, parseLockFile, styleOf } from '../private/lock-file/format';
import type { LockFile } from '../private/lock-file/lock-file';
import { explainedFileError, readTextFile } from '../private/lock-file/text-file';

// A lock that nobody has touched for so long is that of a process that is gone. While it is held, it is touched twice as often.
const STALE_MS = 5_000;
const WAIT = { retries: 120, factor: 1.2, minTimeout: 50, maxTimeout: 500, randomize: true };

/** What the file pins; undefined where there is no file. */
export async function readLock(host: Host, file: string): Promise<LockFile | undefined> {
  const text = readText(host, file);
  return text === undefined ? undefined : parseLockFile(text, file);
}

/**
 * What the file pins, or with `recursive` all files of its name.
 *
 * @throws where there is none
 */
export async function existingLocks(host: Host, { file, recursive }: FileOptions): Promise<NamedLock[]> {
  const locks = filesNamed(host, file, recursive).flatMap(each => {
    const text = readText(host, each);
    return text === undefined ? [] : [{ file: each, lock: parseLockFile(text, each) }];
  });
  if (locks.length === 0) {
    throw new Error(`There is no file ${file}${recursive ? ' in any folder' : ''}; "${commandLine('pin', '--help')}" says how to pin an image.`);
  }
  return locks;
}

/** Which files are read. */
export interface FileOptions {
  readonly file: string;
  /** All of this name, in the folder of the file and below. */
  readonly recursive?: boolean;
}

/** What packages, version control and the CDK CLI have made is of others. */
const isOfOthers = (folder: string) => ['node_modules', 'cdk.out'].includes(folder) || folder.startsWith('.');

/** The file, or all of its name in its folder and below. */
export function filesNamed(host: Host, file: string, isRecursive = false): string[] {
  if (!isRecursive) {
    return [file];
  }
  const [folder, name] = [dirname(file), basename(file)];
  const entries = listed(resolve(host.directory, folder), folder);
  return [
    ...entries.filter(entry => entry.name === name && !entry.isDirectory()).map(() => file),
    ...entries.filter(entry => entry.isDirectory() && !isOfOthers(entry.name))
      .flatMap(entry => filesNamed(host, join(folder, entry.name, name), true)),
  ];
}

/** @param folder as messages name it */
function listed(path: string, folder: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    throw explainedFileError(error, folder);
  }
}

/**
 * Changes the file as it is at that moment, alone: what others have pinned meanwhile stays.
 *
 * A crash at any time leaves the old file or the new one. What is as it was is not written.
 */
export async function changeLock(host: Host, file: string, change: (lock: LockFile) => LockFile): Promise<void> {
  await alone(host, file, async (real, text) => {
    const before = text === undefined ? undefined : parseLockFile(text, file);
    const after = change(before ?? EMPTY_LOCK);
    if (before === undefined || formatLockFile(before) !== formatLockFile(after)) {
      await write(host, file, real, text, after);
    }
  });
}

/** Writes this in the place of a file that cannot be read, as it has the conflict of a merge. */
export async function replaceLock(host: Host, file: string, lock: LockFile): Promise<void> {
  await alone(host, file, (real, text) => write(host, file, real, text, lock));
}

/** @param action takes where the file is, behind links, and its text */
async function alone(host: Host, file: string, action: (real: string, text: string | undefined) => Promise<void>): Promise<void> {
  const path = resolve(host.directory, file);
  const real = existsSync(path) ? realpathSync(path) : path;
  const release = await acquire(host, file, real);
  try {
    await action(real, readText(host, file));
  } catch (error) {
    throw explainedFileError(error, file);
  } finally {
    // Whoever takes a lock for stale has removed it.
    await release().catch(() => {});
  }
}

async function acquire(host: Host, file: string, real: string): Promise<() => Promise<void>> {
  const options = { realpath: false, stale: STALE_MS, onCompromised: () => {} };
  try {
    checkPlaceOfLock(`${real}.lock`);
    return await lockFile(real, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') {
      throw explainedFileError(error, file);
    }
  }
  printLine(host.stderr, `Waiting for another cdk-ami that writes ${file} …`);
  try {
    return await lockFile(real, { ...options, retries: WAIT });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ELOCKED'
      ? new Error(`${file}: another cdk-ami has kept ${real}.lock for a minute; end it, and run the command again.`)
      : explainedFileError(error, file);
  }
}

/** The lock of cdk-ami is an empty folder, and while it is held its time is that of now. */
function checkPlaceOfLock(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const isOurs = () => stats!.isDirectory() && stats!.mtimeMs < Date.now() + STALE_MS && isEmpty(path);
  if (stats !== undefined && !isOurs()) {
    throw new Error(`${path} is in the way: cdk-ami makes an empty folder of this name while it writes, and this is none of its; end what made it, or move it.`);
  }
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch (error) {
    // It has been removed just now.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return true;
    }
    throw error;
  }
}

/** @param before the text that the file has had */
async function write(host: Host, file: string, real: string, before: string | undefined, lock: LockFile): Promise<void> {
  // What is written can be read.
  parseLockFile(formatLockFile(lock), file);
  if (before?.startsWith('\uFEFF')) {
    printLine(host.stderr, `${file} is written without the byte order mark that it started with.`);
  }
  await writeText(real, formatLockFile(lock, before === undefined ? undefined : styleOf(before)));
}

/** Not write-file-atomic, which on a full disk puts the part that fitted in the place of the file. */
async function writeText(real: string, text: string): Promise<void> {
  if (existsSync(real)) {
    // A file that may not be written would be replaced all the same.
    await (await open(real, 'r+')).close();
  }
  const directory = dirname(real);
  const prefix = `${basename(real)}.cdk-ami-`;
  // Nobody else writes now: these are of processes that were killed.
  const left = (await readdir(directory)).filter(name => name.startsWith(prefix) && /^[0-9a-f]{32}$/.test(name.slice(prefix.length)));
  await Promise.all(left.map(async name => (await lstat(join(directory, name))).isFile() && rm(join(directory, name), { force: true })));

  const temporary = join(directory, `${prefix}${randomBytes(16).toString('hex')}`);
  const mode = await stat(real).then(stats => stats.mode, () => undefined);
  try {
    const handle = await open(temporary, 'wx');
    try {
      if (mode !== undefined) {
        await handle.chmod(mode);
      }
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, real);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The text of a file; undefined where there is none. */
export function readText(host: Host, file: string): string | undefined {
  return readTextFile(resolve(host.directory, file), file);
}
