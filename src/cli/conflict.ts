import { execFile } from 'child_process';
import { existsSync } from 'fs';
import { basename, dirname, resolve } from 'path';
import { promisify } from 'util';
import type { Host } from './host';
import { EMPTY_LOCK } from './lock-changes';
import type { Sides } from './lock-merge';
import { parseLockFile } from '../private/lock-file/format';
import { explainedFileError } from '../private/lock-file/text-file';

const run = promisify(execFile);

/** The sides of a file by the stage that git keeps them in while there is a conflict. */
const STAGES = { 1: 'base', 2: 'ours', 3: 'theirs' } as const;

/**
 * The sides of a conflict, as git keeps them: markers in the file tell less, and not what was there before.
 *
 * @returns undefined where git has no conflict in this file
 */
export async function conflictingSides(host: Host, file: string): Promise<Sides | undefined> {
  const path = resolve(host.directory, file);
  const git = async (...args: string[]) => {
    try {
      return (await run('git', ['--literal-pathspecs', ...args], { cwd: dirname(path), maxBuffer: 2 ** 26 })).stdout;
    } catch (error) {
      const { code, stderr } = error as { code?: unknown; stderr?: string };
      throw code === 'ENOENT' && existsSync(dirname(path)) ? new Error('git is not on the PATH, which knows the sides of a conflict; install it.')
        : stderr ? new Error(`git cannot tell the sides of ${file}: ${stderr.trim().split('\n')[0]}.`) : explainedFileError(error, file);
    }
  };
  const listed = (await git('ls-files', '--unmerged', '-z', '--', basename(path))).split('\0').filter(Boolean);
  if (listed.length === 0) {
    return undefined;
  }
  const sides: { -readonly [side in keyof Sides]: Sides[side] } = { base: EMPTY_LOCK, ours: EMPTY_LOCK, theirs: EMPTY_LOCK };
  for (const [, object, stage] of listed.map(line => line.split(/\s/))) {
    const side = STAGES[Number(stage) as keyof typeof STAGES];
    sides[side] = parseLockFile(await git('cat-file', 'blob', object), `${file} of ${side}`);
  }
  return sides;
}
