import { Command, Option } from 'commander';
import { commandLine, fileOption as ofFile, shellWord } from '../../private/lock-file/commands';
import { conflictingSides } from '../conflict';
import type { Host } from '../host';
import { mergedLock } from '../lock-merge';
import { readText, replaceLock } from '../lock-store';
import { fileOption } from '../options';
import { ExitCode, Result } from '../result';

interface ResolveOptions {
  readonly file: string;
  readonly prefer?: 'ours' | 'theirs';
}

export function resolveCommand(): Command {
  const command = new Command('resolve').summary('merge what two branches have pinned')
    .description('Merges both sides of a file in which git has a conflict, entry by entry and region by region. What one side has changed is as that side has '
      + 'it; of two images the newer one stays.');
  return fileOption(command)
    .addOption(new Option('--prefer <side>', 'whose query it is where both sides have changed it').choices(['ours', 'theirs']))
    .addHelpText('after', `
Ends with 0 if both sides are in the file, and with 1 if a region was left out, as it was pinned for a query that the entry has no more.

Examples:
  $ cdk-ami resolve
  $ git add ami.lock.json && git commit --no-edit`);
}

export async function resolveConflict({ file, prefer }: ResolveOptions, host: Host): Promise<Result> {
  const sides = await conflictingSides(host, file);
  if (sides === undefined) {
    const hasMarkers = /^<{7}\s/m.test(readText(host, file) ?? '');
    if (hasMarkers) {
      throw new Error(`${file} has the markers of a conflict, and git knows its sides no more; "git checkout --merge -- ${shellWord(file)}" brings them back.`);
    }
    return { data: { file, decisions: [] }, notes: [`git has no conflict in ${file}.`] };
  }
  const { lock, decisions } = mergedLock(sides, prefer);
  await replaceLock(host, file, lock);
  const isLeftOut = decisions.some(({ region, image }) => region !== undefined && image === undefined);
  return {
    exitCode: isLeftOut ? ExitCode.FOUND : ExitCode.DONE,
    data: { file, decisions },
    table: decisions.length === 0 ? undefined : {
      head: ['name', 'region', 'image', ''],
      rows: decisions.map(({ name, region = '', image, reason }) => [name, region, image?.name ?? '', reason]),
    },
    notes: [
      ...decisions.filter(({ region, image }) => region !== undefined && image === undefined)
        .map(({ name, region }) => `"${commandLine('pin', name, '--region', region!, ...ofFile(file))}" pins it anew.`),
      `Both sides are in ${file}, with ${Object.keys(lock.images).length} entries; "git add ${shellWord(file)}" ends the conflict, and `
        + `"${commandLine('check', ...ofFile(file))}" compares them with AWS.`,
    ],
  };
}
