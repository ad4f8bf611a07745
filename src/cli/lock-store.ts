import { existsSync, realpathSync } from 'fs';
import { open, readdir, readFile, rename, rm, stat } from 'fs/promises';
import { basename, dirname, join, resolve } from 'path';
import { lock as lockFile } from 'proper-lockfile';
import type { Host } from './host';
import { EMPTY_LOCK } from './lock-changes';
import { printLine } from './output';
import { commandLine } from '../private/lock-file/commands';
import { formatLockFile, parseLockFile } from '../private/lock-file/format';
import type { LockFile } from '../private/lock-file/lock-file';

// A lock that nobody has touched for so long is that of a process that is gone. While it is held, it is touched twice as often.
const STALE_MS = 5_000;
const WAIT = { retries: 120, factor: 1.2, minTimeout: 50, maxTimeout: 500, randomize: true };

/** What the file pins; undefined where there is no file. */
export async function readLock(host: Host, file: string): Promise<LockFile | undefined> {
  const text = await readText(host, file);
  return text === undefined ? undefined : parseLockFile(text, file);
}

/** @throws where there is no file */
export async function existingLock(host: Host, file: string): Promise<LockFile> {
  const lock = await readLock(host, file);
  if (lock === undefined) {
    throw new Error(`There is no file ${file}; "${commandLine('pin', '--help')}" says how to pin an image.`);
  }
  return lock;
}

/**
 * Changes the file as it is at that moment, alone: what others have pinned meanwhile stays.
 *
 * A crash at any time leaves the old file or the new one. What is as it was is not written.
 */
export async function changeLock(host: Host, file: string, change: (lock: LockFile) => LockFile): Promise<LockFile> {
  const path = resolve(host.directory, file);
  const real = existsSync(path) ? realpathSync(path) : path;
  const release = await acquire(host, file, real);
  try {
    const before = await readLock(host, file);
    const after = change(before ?? EMPTY_LOCK);
    const text = formatLockFile(after);
    // What is written can be read.
    parseLockFile(text, file);
    if (before === undefined || formatLockFile(before) !== text) {
      await write(real, text);
    }
    return after;
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

/** Not write-file-atomic, which on a full disk puts the part that fitted in the place of the file. */
async function write(real: string, text: string): Promise<void> {
  const directory = dirname(real);
  const prefix = `${basename(real)}.tmp-`;
  // Nobody else writes now: these are of processes that were killed.
  const left = (await readdir(directory)).filter(name => name.startsWith(prefix));
  await Promise.all(left.map(name => rm(join(directory, name), { force: true })));

  const temporary = join(directory, `${prefix}${process.pid}`);
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
export async function readText(host: Host, file: string): Promise<string | undefined> {
  try {
    return await readFile(resolve(host.directory, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw explainedFileError(error, file);
  }
}

const REASONS: Record<string, string> = {
  EACCES: 'this user may not; change the permissions of the file and its folder',
  EPERM: 'this user may not; change the permissions of the file and its folder',
  EROFS: 'the file system is read-only; name a file on another one with --file',
  ENOSPC: 'the disk is full; free some space',
  ENOENT: 'there is no such folder; make it first',
  ENOTDIR: 'there is no such folder; make it first',
  EISDIR: 'it is a folder; name a file',
};

function explainedFileError(error: unknown, file: string): Error {
  const { code } = error as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : REASONS[code] ?? code;
  return reason === undefined ? error as Error : new Error(`${file} cannot be read or written: ${reason}.`);
}
