import { Command } from 'commander';
import { listed } from '../../private/lock-file/printable';
import type { Host } from '../host';
import { asPinned, changeOf, pinsIn, Waiting, waitingQuery, withMoved, withWaiting } from '../lock-changes';
import { changeLock, existingLocks, FileOptions } from '../lock-store';
import { awsOptions, collectRegion, fileOption, recursiveOption, regionsOption, waitingOptions } from '../options';
import { colors } from '../output';
import { sideBySide } from '../parallel';
import { resolve } from '../resolve';
import { ExitCode, Result } from '../result';

interface UpdateOptions extends Waiting, FileOptions {
  readonly excludeRegion?: string[];
  readonly profile?: string;
  readonly region?: string[];
  readonly dryRun?: boolean;
}

export function updateCommand(): Command {
  const command = new Command('update').argument('[names...]', 'what to update (default: everything that is pinned)')
    .summary('move pinned images to the newest that still match')
    .description('Moves pinned images to the newest that still match, and prints what changes in each region.');
  return recursiveOption(fileOption(awsOptions(waitingOptions(regionsOption(command, 'update this region only')))))
    .option('--exclude-region <region>', 'not in this region (repeatable)', collectRegion)
    .option('--dry-run', 'change nothing, and end with 1 if there is something to change')
    .addHelpText('after', `
Examples:
  $ cdk-ami update
  $ cdk-ami update web --region eu-west-3 --dry-run
  $ cdk-ami update --recursive --min-age 7d --format markdown`);
}

export async function update(
  names: string[], { profile, region, dryRun, excludeRegion, minAge, skip, ...files }: UpdateOptions, host: Host,
): Promise<Result> {
  const waiting = { minAge, skip };
  const locks = await existingLocks(host, files);
  const inWords = listed(locks.map(({ file }) => file));
  const pins = pinsIn(locks, names, region)
    .filter(pin => !excludeRegion?.includes(pin.region))
    .map(pin => ({ ...pin, query: waitingQuery(pin.query, waiting) }));
  if (pins.length === 0) {
    return { data: { changes: [] }, notes: [`${inWords} pins nothing in any region.`] };
  }
  const aws = await host.connect({ profile, region: pins[0].region });
  const { done, failed } = await sideBySide(host.stderr, 'Searching', pins, pin => (
    resolve(aws, pin.region, pin.query, host.now(), { current: pin.image.imageId })));

  const moves = done.map(({ task: { file, name, region: where, image }, value }) => ({
    file, name, region: where, before: image, after: asPinned(value),
  }));
  const changed = moves.filter(move => changeOf(move) !== undefined);
  if (!dryRun && (changed.length > 0 || minAge !== undefined || skip !== undefined)) {
    for (const { file } of locks) {
      const updated = [...new Set(pins.filter(pin => pin.file === file).map(({ name }) => name))];
      await changeLock(host, file, lock => withMoved(withWaiting(lock, updated, waiting), changed.filter(move => move.file === file)));
    }
  }
  return {
    exitCode: changed.length > 0 && dryRun ? ExitCode.FOUND : ExitCode.DONE,
    data: { changes: changed },
    table: moves.length === 0 ? undefined : {
      head: [...locks.length > 1 ? ['file'] : [], 'name', 'region', 'change'],
      rows: moves.map(move => [...locks.length > 1 ? [move.file] : [], move.name, move.region, changeOf(move) ?? colors.dim(`unchanged: ${move.before.name}`)]),
    },
    notes: [`${changed.length} of ${pins.length} ${dryRun ? `would change; ${inWords} was not touched` : 'changed'}.`],
    failures: failed.map(({ task, error }) => ({ where: `${locks.length > 1 ? `${task.file}: ` : ''}${task.name} in ${task.region}`, error })),
  };
}
