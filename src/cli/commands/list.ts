import { Command } from 'commander';
import type { Host } from '../host';
import { pinsIn } from '../lock-changes';
import { existingLock } from '../lock-store';
import { fileOption, regionsOption } from '../options';
import { colors, day } from '../output';
import { queryInWords } from '../query';
import type { Result } from '../result';

interface ListOptions {
  readonly region?: string[];
  readonly file: string;
}

export function listCommand(): Command {
  const command = new Command('list').alias('ls').argument('[names...]', 'what to list (default: everything that is pinned)')
    .summary('list what is pinned')
    .description('Lists the images that are pinned, without asking AWS.');
  return fileOption(regionsOption(command, 'list this region only'))
    .addHelpText('after', `
Examples:
  $ cdk-ami list
  $ cdk-ami list web --region eu-west-3 --json`);
}

export async function list(names: string[], { region: regions, file }: ListOptions, host: Host): Promise<Result> {
  const pins = pinsIn(await existingLock(host, file), file, names, regions);
  const today = host.now().toISOString();
  return {
    data: pins.map(pin => ({ file, ...pin })),
    table: pins.length === 0 ? undefined : {
      head: ['name', 'region', 'id', 'image', 'created', 'deprecated', 'found by'],
      rows: pins.map(({ name, region, query, image }) => [
        name, region, image.imageId, image.name, day(image.creationDate),
        (image.deprecationTime ?? today) < today ? colors.red(day(image.deprecationTime)) : day(image.deprecationTime),
        queryInWords(query),
      ]),
    },
    notes: pins.length === 0 ? [`${file} pins nothing in any region.`] : [],
  };
}
