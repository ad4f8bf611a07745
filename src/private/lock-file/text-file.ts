import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'fs';
import { TextDecoder } from 'util';

/** In bytes: some three hundred entries in every region. */
const LARGEST = 4_000_000;

const REASONS: Record<string, string> = {
  EACCES: 'this user may not; change the permissions of the file and its folder',
  EPERM: 'this user may not; change the permissions of the file and its folder',
  EROFS: 'the file system is read-only; name a file on another one',
  ENOSPC: 'the disk is full; free some space',
  EDQUOT: 'the quota of the disk is used up; free some space',
  ENOENT: 'there is no such folder; make it first',
  ENOTDIR: 'there is no such folder; make it first',
  ELOOP: 'it is a link to itself; name a file',
  ENAMETOOLONG: 'its name is too long; name another file',
  ENXIO: 'it is no file; name one',
};

/** What went wrong with a file, in a sentence for people. */
export function explainedFileError(error: unknown, file: string): Error {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error as Error : new Error(`${file} cannot be read or written: ${REASONS[code] ?? code}.`);
}

/**
 * The text of a regular file; undefined where there is nothing.
 *
 * @param file the file as the user named it, for messages
 */
export function readTextFile(path: string, file: string): string | undefined {
  const content = readFile(path, file);
  try {
    return content && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new Error(`${file} is not text in UTF-8; save it as such, or restore it from version control.`);
  }
}

function readFile(path: string, file: string): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    // To read only, and without waiting for whoever writes into a FIFO. Windows has neither.
    descriptor = openSync(path, constants.O_NONBLOCK ?? constants.O_RDONLY);
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) {
      throw new Error(`${file} is ${stats.isDirectory() ? 'a folder' : 'no regular file'}; name a file.`);
    }
    if (stats.size > LARGEST) {
      throw new Error(`${file} has ${Math.ceil(stats.size / 1_000_000)} MB, and at most ${LARGEST / 1_000_000} are read; restore it from version control.`);
    }
    return readFileSync(descriptor);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw explainedFileError(error, file);
    }
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new Error(`${file} is a link to a file that is not there; make that file, or remove the link.`);
    }
    return undefined;
  } finally {
    if (descriptor !== undefined) {
      closeSync(descriptor);
    }
  }
}
