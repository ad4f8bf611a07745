import { Command } from 'commander';
import { connect } from './aws-client';
import { endWith, ExitCode } from './exit-code';
import { changeOf, pinsIn, withMoved } from './lock-changes';
import { changeLock, existingLock } from './lock-store';
import { awsOptions, fileOption, regionsOption } from './options';
import { colors, note, noteFailures, print, table } from './output';
import { sideBySide } from './parallel';
import { lockedImage, resolve } from './resolve';

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
  $ cdk-ami update web --region eu-west-3 --dry-run`)
    .action(update);
}

async function update(names: string[], { profile, region, file, dryRun }: UpdateOptions): Promise<void> {
  const pins = pinsIn(await existingLock(file), file, names, region);
  if (pins.length === 0) {
    note(`${file} pins nothing in any region.`);
    return;
  }
  const aws = await connect({ profile, region: pins[0].region });
  const { done, failed } = await sideBySide('Searching', pins, async pin => lockedImage(await resolve(aws, pin.region, pin.query)));

  const moves = done.map(({ task: { name, region: where, image }, result }) => ({ name, region: where, before: image, after: result }));
  const changed = moves.filter(move => changeOf(move) !== undefined);
  if (changed.length > 0 && !dryRun) {
    await changeLock(file, lock => withMoved(lock, changed));
  }
  if (moves.length > 0) {
    print(table(['name', 'region', 'change'], moves.map(move => [move.name, move.region, changeOf(move) ?? colors.dim(`unchanged: ${move.before.name}`)])));
  }
  noteFailures(failed.map(({ task, error }) => ({ where: `${task.name} in ${task.region}`, error })));
  note(`${changed.length} of ${pins.length} ${dryRun ? `would change; ${file} was not touched` : 'changed'}.`);
  if (changed.length > 0 && dryRun) {
    endWith(ExitCode.FOUND);
  }
}
