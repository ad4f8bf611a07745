import { Command } from 'commander';
import type { AmiFamilyVariant } from '../../ami-family-props';
import { shown } from '../../private/lock-file/printable';
import type { Aws, AwsOptions } from '../aws';
import type { Host } from '../host';
import { Image, isDeprecated, newestFirst, ownerOf } from '../image';
import { familyNamed, variantOf } from '../named-family';
import { awsOptions, queryOptions, regionOption, wholeNumber } from '../options';
import { colors, day, Table } from '../output';
import { checkQueryOptions, filtersOf, ownersOf, QueryOptions, searchFor } from '../query';
import { foundImages, imageOfParameter } from '../resolve';
import type { Result } from '../result';

interface SearchOptions extends QueryOptions, AwsOptions {
  readonly limit: number;
  readonly includeDeprecated?: boolean;
}

export function searchCommand(): Command {
  const command = new Command('search').argument('[family]', 'an operating system of the catalog, as --family')
    .summary('list images, newest first')
    .description('Lists the images of a family, or those of owners under a name, newest first.');
  return awsOptions(regionOption(queryOptions(command)))
    .option('-l, --limit <count>', 'how many to list', wholeNumber(1), 10)
    .option('--include-deprecated', 'list deprecated images too')
    .addHelpText('after', `
Examples:
  $ cdk-ami search al2023 --architecture arm64 --region eu-west-3
  $ cdk-ami search --name 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-*-server-*' --owner 099720109477 --limit 3`);
}

export async function search(family: string | undefined, { family: named, ...others }: SearchOptions, host: Host): Promise<Result> {
  if (family !== undefined && named !== undefined) {
    throw new Error(`Both ${shown(family)} and --family say what to search for; leave one of the two out.`);
  }
  const options = { ...others, family: family ?? named };
  checkQueryOptions(options);
  if ([options.family, options.name, options.parameter].every(option => option === undefined)) {
    throw new Error('Say what to search for: a family, such as UBUNTU_24_04, --name with --owner, or --parameter.');
  }
  const aws = await host.connect(options);
  const now = host.now();
  const images = options.parameter !== undefined ? [await imageOfParameter(aws, aws.region, options.parameter)]
    : options.family === undefined ? await byName(aws, options) : await ofFamily(aws, options, now);
  const listed = images.slice(0, options.limit);
  if (images.length === 0) {
    return { data: [], notes: [`Nothing was found in ${aws.region}${options.includeDeprecated ? '' : ', or only deprecated images, which --include-deprecated lists'}.`] };
  }
  return {
    data: listed,
    table: imageTable(listed, now),
    notes: images.length > listed.length ? [`${listed.length} of ${images.length}; --limit ${images.length} lists all.`] : [],
  };
}

async function byName(aws: Aws, { name, owner = [], ...options }: SearchOptions): Promise<Image[]> {
  const named = searchFor([name!], owner, { ...options, filters: filtersOf(options) });
  return foundImages(aws, aws.region, { ...named, includeDeprecated: options.includeDeprecated });
}

async function ofFamily(aws: Aws, { architecture, rootDevice, ...options }: SearchOptions, now: Date): Promise<Image[]> {
  const family = familyNamed(options.family!);
  const variants = family.variants()
    .filter(each => (architecture ?? each.architecture) === each.architecture && (rootDevice ?? each.rootDevice) === each.rootDevice);
  if (variants.length === 0) {
    // Says which there are.
    variantOf(family, architecture, rootDevice);
  }
  const searched = variants.filter(each => each.imageName !== undefined);
  const followed = variants.filter((each): each is AmiFamilyVariant & { parameterName: string } => each.imageName === undefined);
  const found = await Promise.all([
    ...(searched.length === 0 ? [] : [foundImages(aws, aws.region, {
      ...searchFor(searched.map(each => each.imageName!), ownersOf(family, aws.region), { architecture, rootDevice, filters: filtersOf(options) }),
      includeDeprecated: options.includeDeprecated,
    })]),
    ...followed.map(async each => [await imageOfParameter(aws, aws.region, each.parameterName)]),
  ]);
  return newestFirst(found.flat()).filter(image => options.includeDeprecated || !isDeprecated(image, now));
}

function imageTable(images: Image[], now: Date): Table {
  return {
    head: ['id', 'name', 'created', 'architecture', 'root device', 'owner', 'deprecated'],
    rows: images.map(image => [
      image.imageId, image.name, day(image.creationDate), image.architecture, image.rootDevice, ownerOf(image),
      isDeprecated(image, now) ? colors.red(day(image.deprecationTime)) : day(image.deprecationTime),
    ]),
  };
}
