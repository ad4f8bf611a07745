import { Command } from 'commander';
import type { Host } from '../host';
import { asPinned, changeOf, pinsIn, withMoved } from '../lock-changes';
import { changeLock, existingLock } from '../lock-store';
import { awsOptions, fileOption, regionsOption } from '../options';
import { colors } from '../output';
import { sideBySide } from '../parallel';
import { resolve } from '../resolve';
import { ExitCode, Result } from '../result';

interface UpdateOptions {
  readonly profile?: string;
  readonly region?: string[];
  readonly file: string;
  readonly dryRun?: boolean;
}

export function updateCommand(): Command {
  const command = new Command('update').argument('[names...]', 'what to update (default: everything that is pinned)')
    .summary('move pinned images to the newest that still match')
    .description('Moves pinned images to the newest that still match, and prints what changes in each region.');
  return fileOption(awsOptions(regionsOption(command, 'update this region only')))
    .option('--dry-run', 'change nothing, and end with 1 if there is something to change')
    .addHelpText('after', `
Examples:
  $ cdk-ami update
  $ cdk-ami update web --region eu-west-3 --dry-run`);
}

export async function update(names: string[], { profile, region, file, dryRun }: UpdateOptions, host: Host): Promise<Result> {
  const pins = pinsIn(await existingLock(host, file), file, names, region);
  if (pins.length === 0) {
    return { data: { changes: [] }, notes: [`${file} pins nothing in any region.`] };
  }
  const aws = await host.connect({ profile, region: pins[0].region });
  const { done, failed } = await sideBySide(host.stderr, 'Searching', pins, pin => resolve(aws, pin.region, pin.query, host.now()));

  const moves = done.map(({ task: { name, region: where, image }, value }) => ({ name, region: where, before: image, after: asPinned(value) }));
  const changed = moves.filter(move => changeOf(move) !== undefined);
  if (changed.length > 0 && !dryRun) {
    await changeLock(host, file, lock => withMoved(lock, changed));
  }
  return {
    exitCode: changed.length > 0 && dryRun ? ExitCode.FOUND : ExitCode.DONE,
    data: { changes: changed },
    table: moves.length === 0 ? undefined : {
      head: ['name', 'region', 'change'],
      rows: moves.map(move => [move.name, move.region, changeOf(move) ?? colors.dim(`unchanged: ${move.before.name}`)]),
    },
    notes: [`${changed.length} of ${pins.length} ${dryRun ? `would change; ${file} was not touched` : 'changed'}.`],
    failures: failed.map(({ task, error }) => ({ where: `${task.name} in ${task.region}`, error })),
  };
}
