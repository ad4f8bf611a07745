import { Command, Option } from 'commander';
import { commandToPin } from '../../private/lock-file/commands';
import type { LockedEntry, LockedQuery } from '../../private/lock-file/lock-file';
import { ENTRY_NAME, isEntryName } from '../../private/lock-file/names';
import { shown } from '../../private/lock-file/printable';
import type { AwsOptions } from '../aws';
import type { Host } from '../host';
import { asPinned, EMPTY_LOCK, entryIn, isSameQuery, withPinned } from '../lock-changes';
import { changeLock, readLock } from '../lock-store';
import { familyNamed } from '../named-family';
import { awsOptions, fileOption, queryOptions, regionsOption } from '../options';
import { day, Table } from '../output';
import { sideBySide } from '../parallel';
import { checkQueryOptions, queryInWords, queryOf, QueryOptions } from '../query';
import { checkPartition } from '../regions';
import { ownAccount, resolve } from '../resolve';
import type { Result } from '../result';

interface PinOptions extends QueryOptions, Pick<AwsOptions, 'profile'> {
  readonly region?: string[];
  readonly allRegions?: boolean;
  readonly file: string;
}

export function pinCommand(): Command {
  const command = new Command('pin').argument('<name>', 'what the app calls the image: AmiSelector.fromLockFile(name)')
    .summary('pin the newest image under a name, in one, several or all regions')
    .description('Pins the newest image under a name, in one, several or all regions. A name that is pinned already keeps its images, and only regions '
      + 'that it lacks are added; with another family, --name, --owner, architecture or root device all of its regions are pinned anew.');
  return fileOption(awsOptions(regionsOption(queryOptions(command), 'pin it in this region; left out, in that of the profile or the environment')))
    .addOption(new Option('--all-regions', 'pin it in every region that is enabled for the account').conflicts('region'))
    .addHelpText('after', `
Examples:
  $ cdk-ami pin web --family UBUNTU_24_04 --architecture arm64 --region eu-west-3 --region us-east-1
  $ cdk-ami pin web --all-regions
  $ cdk-ami pin golden --name 'my-image-*' --owner self`);
}

export async function pin(name: string, options: PinOptions, host: Host): Promise<Result> {
  const { file, profile } = options;
  if (!isEntryName(name)) {
    throw new Error(`${shown(name)} cannot be the name of a pinned image; write ${ENTRY_NAME}.`);
  }
  checkQueryOptions(options);
  const existing = entryIn(await readLock(host, file) ?? EMPTY_LOCK, name);
  if (existing === undefined && options.family === undefined && options.name === undefined) {
    throw new Error(`${name} is not in ${file} yet; say which image it is, such as `
      + `"${commandToPin(name, { query: options, regions: options.region ?? [], file })}".`);
  }
  const aws = await host.connect({ profile, region: options.region?.[0] });
  const regions = options.allRegions ? await aws.enabledRegions() : options.region ?? [aws.region];
  const old = Object.keys(existing?.regions ?? {});
  checkPartition([...old, ...regions]);

  // Whoever else reads the file is another "self".
  const owner = options.owner?.includes('self') ? [await ownAccount(aws, regions, options)] : options.owner;
  const query = queryFor(existing?.query, { ...options, owner }, regions[0]);
  const isAnew = existing !== undefined && !isSameQuery(existing.query, query);
  const missing = isAnew ? [...new Set([...old, ...regions])] : regions.filter(region => !old.includes(region));
  const { done, failed } = await sideBySide(host.stderr, `Pinning ${name}`, missing, region => resolve(aws, region, query, host.now()));

  const isKept = isAnew && failed.some(({ task }) => old.includes(task));
  if (done.length > 0 && !isKept) {
    // Where the catalog does not know who publishes, it is from now on who published these.
    const owners = query.owners.length > 0 ? query.owners : [...new Set(done.map(({ value }) => value.owner))];
    const pinned = Object.fromEntries(done.map(({ task, value }) => [task, asPinned(value)]));
    await changeLock(host, file, lock => withPinned(lock, name, existing, { query: { ...query, owners }, regions: pinned }));
  }
  const entry = entryIn(await readLock(host, file) ?? EMPTY_LOCK, name);
  const pinned = done.map(({ task }) => task);
  return {
    data: { name, file, ...entry, pinned },
    title: entry && `${name} in ${file}: ${queryInWords(entry.query)}`,
    table: entry && pinTable(entry, [...new Set([...missing, ...regions])].sort(), pinned),
    failures: [
      ...failed.map(({ task, error }) => ({ where: task, error })),
      ...(isKept ? [{
        where: name,
        error: new Error('the entry stays as it was: with another query all of its regions are pinned anew at once, and not all could be.'),
      }] : []),
    ],
  };
}

/** What is searched for: the options, and what the entry says where they leave something out. */
function queryFor(existing: LockedQuery | undefined, options: PinOptions, region: string): LockedQuery {
  const { family, name, owner, architecture, rootDevice } = options;
  const isOfEntry = existing !== undefined
    && (family === undefined || familyNamed(family).id === existing.family) && (name === undefined || name === existing.name);
  if (isOfEntry && owner === undefined && architecture === undefined && rootDevice === undefined) {
    return existing;
  }
  const changed = { ...(architecture && { architecture }), ...(rootDevice && { rootDevice }) };
  const query = queryOf(isOfEntry ? { ...existing, owner: owner ?? existing.owners, ...changed } : options, region);
  return existing !== undefined && query.owners.length === 0 && query.family === existing.family ? { ...query, owners: existing.owners } : query;
}

function pinTable(entry: LockedEntry, regions: string[], pinned: string[]): Table {
  const rows = regions.filter(region => Object.hasOwn(entry.regions, region)).map(region => {
    const { imageId, name, creationDate, deprecationTime } = entry.regions[region];
    return [region, imageId, name, day(creationDate), day(deprecationTime), pinned.includes(region) ? 'pinned' : 'pinned before'];
  });
  return { head: ['region', 'id', 'name', 'created', 'deprecated', ''], rows };
}
