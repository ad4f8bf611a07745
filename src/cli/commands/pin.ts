import { Command, Option } from 'commander';
import { cpuArchitecture } from '../../private/ami/facts-from-name';
import { knownFamily } from '../../private/ami/locked-family';
import { commandToPin } from '../../private/lock-file/commands';
import type { LockedEntry, LockedQuery } from '../../private/lock-file/lock-file';
import { ENTRY_NAME, isEntryName } from '../../private/lock-file/names';
import { shown } from '../../private/lock-file/printable';
import { Aws, AwsError, type AwsOptions } from '../aws';
import { commandToSucceed, supportProblem } from '../findings';
import type { Host } from '../host';
import { asPinned, EMPTY_LOCK, entryIn, isSameQuery, Waiting, waitingQuery, withPinned } from '../lock-changes';
import { changeLock, readLock } from '../lock-store';
import { familyNamed } from '../named-family';
import { awsOptions, collectRegion, date, fileOption, imageId, queryOptions, regionsOption, waitingOptions } from '../options';
import { day, Table } from '../output';
import { sideBySide } from '../parallel';
import { checkQueryOptions, filtersOf, queryInWords, queryOf, QueryOptions } from '../query';
import { checkPartition } from '../regions';
import { imageOfParameter, imagesById, ownAccount, resolve } from '../resolve';
import type { Result } from '../result';

interface PinOptions extends QueryOptions, Waiting, Pick<AwsOptions, 'profile'> {
  readonly image?: string;
  readonly before?: Date;
  readonly excludeRegion?: string[];
  readonly region?: string[];
  readonly allRegions?: boolean;
  readonly file: string;
}

export function pinCommand(): Command {
  const command = new Command('pin').argument('<name>', 'what the app calls the image: AmiSelector.fromLockFile(name)')
    .summary('pin the newest image under a name, in one, several or all regions')
    .description('Pins the newest image under a name, in one, several or all regions. A name that is pinned already keeps its images, and only regions '
      + 'that it lacks are added; with another family, --name, --owner, architecture or root device all of its regions are pinned anew.');
  return fileOption(awsOptions(regionsOption(waitingOptions(queryOptions(command)), 'pin it in this region; left out, in that of the profile or the environment')))
    .addOption(new Option('--all-regions', 'pin it in every region that is enabled for the account').conflicts('region'))
    .option('--exclude-region <region>', 'not in this region (repeatable)', collectRegion)
    .addOption(new Option('--image <image>', 'pin this image, in the place of what is pinned in its region')
      .argParser(imageId).conflicts(['before', 'allRegions']))
    .option('--before <date>', 'pin the newest image created before this date, in the place of what is pinned; an update moves on from it', date)
    .addHelpText('after', `
Examples:
  $ cdk-ami pin web --family UBUNTU_24_04 --architecture arm64 --region eu-west-3 --region us-east-1
  $ cdk-ami pin web --all-regions --exclude-region me-south-1
  $ cdk-ami pin web --min-age 7d --skip ami-0abcdef1234567890
  $ cdk-ami pin web --before 2026-03-31 --region eu-west-3
  $ cdk-ami pin golden --name 'my-image-*' --owner self --tag Stage=prod
  $ cdk-ami pin golden --parameter /images/golden`);
}

export async function pin(name: string, options: PinOptions, host: Host): Promise<Result> {
  const { file, profile } = options;
  if (!isEntryName(name)) {
    throw new Error(`${shown(name)} cannot be the name of a pinned image; write ${ENTRY_NAME}.`);
  }
  checkQueryOptions(options);
  const existing = entryIn(await readLock(host, file) ?? EMPTY_LOCK, name);
  if (existing === undefined && !isSearched(options) && options.image === undefined) {
    throw new Error(`${name} is not in ${file} yet; say which image it is, such as `
      + `"${commandToPin(name, { query: options, regions: options.region ?? [], file })}".`);
  }
  const aws = await host.connect({ profile, region: options.region?.[0] });
  const asked = options.allRegions ? await aws.enabledRegions() : options.region ?? [aws.region];
  const regions = asked.filter(region => !options.excludeRegion?.includes(region));
  if (regions.length === 0 || (options.image !== undefined && regions.length > 1)) {
    throw new Error(regions.length === 0 ? '--exclude-region leaves no region.' : '--image is of one region; run the command for each of them.');
  }
  const old = Object.keys(existing?.regions ?? {});
  checkPartition([...old, ...regions]);

  // Whoever else reads the file is another "self".
  const owner = options.owner?.includes('self') ? [await ownAccount(aws, regions, options)] : options.owner;
  const ofImage = options.parameter !== undefined && options.parameter !== existing?.query.parameter ? await partsOf(aws, regions, options.parameter)
    : existing === undefined && !isSearched(options) ? await searchOf(aws, regions[0], options.image!) : {};
  const query = waitingQuery(queryFor(existing?.query, { ...ofImage, ...options, ...owner && { owner } }, regions[0]), options);
  const isChosen = options.image !== undefined || options.before !== undefined;
  const isAnew = existing !== undefined && !isSameQuery(existing.query, query);
  const missing = isAnew ? [...new Set([...old, ...regions])] : regions.filter(region => isChosen || !old.includes(region));
  const { done, failed } = await sideBySide(host.stderr, `Pinning ${name}`, missing, region => (
    resolve(aws, region, query, host.now(), {
      current: isChosen ? undefined : existing?.regions[region]?.imageId,
      before: options.before,
      imageId: regions.includes(region) ? options.image : undefined,
    })));

  const isKept = isAnew && failed.some(({ task }) => old.includes(task));
  if (done.length > 0 && !isKept) {
    // Where the catalog does not know who publishes, it is from now on who published these.
    const owners = query.owners.length > 0 ? query.owners : [...new Set(done.map(({ value }) => value.owner))];
    const pinned = Object.fromEntries(done.map(({ task, value }) => [task, asPinned(value)]));
    await changeLock(host, file, lock => withPinned(lock, name, existing, { query: { ...query, owners }, regions: pinned }, isChosen));
  }
  const entry = entryIn(await readLock(host, file) ?? EMPTY_LOCK, name);
  const pinned = done.map(({ task }) => task);
  const support = entry && supportProblem(entry.query, host.now(), 30);
  return {
    data: { name, file, ...entry, pinned, endOfSupport: entry && knownFamily(entry.query)?.endOfSupport },
    title: entry && `${name} in ${file}: ${queryInWords(entry.query)}`,
    table: entry && pinTable(entry, [...new Set([...missing, ...regions])].sort(), pinned),
    notes: support === undefined ? [] : [`${name} ${support}; see "${commandToSucceed(name, entry!, file)}".`],
    failures: [
      ...failed.map(({ task, error }) => ({ where: task, error })),
      ...(isKept ? [{
        where: name,
        error: new Error('the entry stays as it was: with another query all of its regions are pinned anew at once, and not all could be.'),
      }] : []),
    ],
  };
}

function isSearched({ family, name, parameter }: QueryOptions): boolean {
  return [family, name, parameter].some(option => option !== undefined);
}

/** What the image of a parameter is, where the options do not say it. */
async function partsOf(aws: Aws, regions: string[], parameter: string): Promise<QueryOptions> {
  let failure: Error | undefined;
  for (const region of regions) {
    try {
      const { architecture, rootDevice } = await imageOfParameter(aws, region, parameter);
      return { architecture: cpuArchitecture(architecture), rootDevice } as QueryOptions;
    } catch (error) {
      failure ??= error as Error;
    }
  }
  throw failure instanceof AwsError ? failure : new Error(`${regions.join(', ')}: ${failure!.message}`);
}

/** What finds an image that is named only by its id. */
async function searchOf(aws: Aws, region: string, id: string): Promise<QueryOptions> {
  const image = (await imagesById(aws, region, [id])).get(id);
  if (image === undefined) {
    throw new Error(`There is no image ${id} in ${region}, or it is not shared with this account.`);
  }
  const { name, owner, architecture, rootDevice } = image;
  return { name, owner: [owner], architecture: cpuArchitecture(architecture), rootDevice } as QueryOptions;
}

/** What is searched for: the options, and what the entry says where they leave something out. */
function queryFor(existing: LockedQuery | undefined, options: PinOptions, region: string): LockedQuery {
  const { family, name, parameter, owner, architecture, rootDevice } = options;
  const filter = filtersOf(options);
  const isOfEntry = existing !== undefined && (family === undefined || familyNamed(family).id === existing.family)
    && (name === undefined || name === existing.name) && (parameter === undefined || parameter === existing.parameter);
  if (isOfEntry && owner === undefined && architecture === undefined && rootDevice === undefined && filter === undefined) {
    return existing;
  }
  const changed = { ...(architecture && { architecture }), ...(rootDevice && { rootDevice }) };
  const waiting = isOfEntry ? { minAge: existing.minAgeDays, skip: existing.skip } : {};
  const wanted = isOfEntry ? { ...existing, owner: owner ?? existing.owners, filter: filter ?? existing.filters, ...changed } : options;
  const query = waitingQuery(queryOf(wanted, region), waiting);
  return existing !== undefined && query.owners.length === 0 && isOfEntry ? { ...query, owners: existing.owners } : query;
}

function pinTable(entry: LockedEntry, regions: string[], pinned: string[]): Table {
  const rows = regions.filter(region => Object.hasOwn(entry.regions, region)).map(region => {
    const { imageId: id, name, creationDate, deprecationTime } = entry.regions[region];
    return [region, id, name, day(creationDate), day(deprecationTime), pinned.includes(region) ? 'pinned' : 'pinned before'];
  });
  return { head: ['region', 'id', 'name', 'created', 'deprecated', ''], rows };
}
