import { resolve } from 'path';
import { LOCK_FILE } from './commands';
import { parseLockFile } from './format';
import type { LockFile } from './lock-file';
import { readTextFile } from './text-file';
import { message } from '../language';

/** The lock files that an option names; if left out the usual one, where it is there. */
export function lockFilesNamed(call: string, files?: string[]): LockFile[] {
  return (files ?? [LOCK_FILE]).flatMap(file => {
    const lockFile = readLockFile(call, file);
    if (lockFile === undefined && files !== undefined) {
      throw new Error(message`${call}: there is no file ${resolve(file)}; name a file that is there, or leave lockFiles out.`);
    }
    return lockFile ?? [];
  });
}

/** The lock file at a path; undefined where there is nothing. */
export function readLockFile(call: string, file: string): LockFile | undefined {
  const text = textOf(call, file);
  return text === undefined ? undefined : parseLockFile(text, file, call);
}

function textOf(call: string, file: string): string | undefined {
  try {
    return readTextFile(file, file);
  } catch (error) {
    throw new Error(`${call}: ${(error as Error).message}`);
  }
}
