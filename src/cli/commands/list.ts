import { Command } from 'commander';
import { listed } from '../../private/lock-file/printable';
import type { Host } from '../host';
import { pinsIn } from '../lock-changes';
import { existingLocks, FileOptions } from '../lock-store';
import { fileOption, recursiveOption, regionsOption } from '../options';
import { colors, day } from '../output';
import { queryInWords } from '../query';
import type { Result } from '../result';

interface ListOptions extends FileOptions {
  readonly region?: string[];
}

export function listCommand(): Command {
  const command = new Command('list').alias('ls').argument('[names...]', 'what to list (default: everything that is pinned)')
    .summary('list what is pinned')
    .description('Lists the images that are pinned, without asking AWS.');
  return recursiveOption(fileOption(regionsOption(command, 'list this region only')))
    .addHelpText('after', `
Examples:
  $ cdk-ami list
  $ cdk-ami list web --region eu-west-3 --json
  $ cdk-ami list --recursive`);
}

export async function list(names: string[], { region: regions, ...files }: ListOptions, host: Host): Promise<Result> {
  const locks = await existingLocks(host, files);
  const pins = pinsIn(locks, names, regions);
  const today = host.now().toISOString();
  return {
    data: pins,
    table: pins.length === 0 ? undefined : {
      head: [...locks.length > 1 ? ['file'] : [], 'name', 'region', 'id', 'image', 'created', 'deprecated', 'found by'],
      rows: pins.map(({ file, name, region, query, image }) => [
        ...locks.length > 1 ? [file] : [], name, region, image.imageId, image.name, day(image.creationDate),
        (image.deprecationTime ?? today) < today ? colors.red(day(image.deprecationTime)) : day(image.deprecationTime),
        queryInWords(query),
      ]),
    },
    notes: pins.length === 0 ? [`${listed(locks.map(({ file }) => file))} pins nothing in any region.`] : [],
  };
}
