import { Command } from 'commander';
import type { Host } from '../host';
import { pinsIn, without } from '../lock-changes';
import { changeLock, existingLocks } from '../lock-store';
import { fileOption, regionsOption } from '../options';
import type { Result } from '../result';

interface RemoveOptions {
  readonly region?: string[];
  readonly file: string;
}

export function removeCommand(): Command {
  const command = new Command('remove').alias('rm').argument('<names...>', 'what to remove')
    .summary('remove pinned images')
    .description('Removes entries, or some regions of them. An app that still uses one fails at its next synth.');
  return fileOption(regionsOption(command, 'remove this region only'))
    .addHelpText('after', `
Examples:
  $ cdk-ami remove web
  $ cdk-ami remove web batch --region us-east-1`);
}

export async function remove(names: string[], { region: regions, file }: RemoveOptions, host: Host): Promise<Result> {
  const removed = pinsIn(await existingLocks(host, { file }), names, regions);
  await changeLock(host, file, lock => without(lock, names, regions));
  return {
    data: { file, removed },
    table: removed.length === 0 ? undefined : {
      head: ['name', 'region', 'removed'],
      rows: removed.map(({ name, region, image }) => [name, region, `${image.imageId} ${image.name}`]),
    },
    notes: [`${removed.length} removed from ${file}.`],
  };
}
