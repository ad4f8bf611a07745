import type { Image } from './image';
import type { Pin } from './lock-changes';
import { day } from './output';
import { contradictions } from './query';
import type { Rule } from './rules';
import type { CachedImage } from '../private/ami/cached-image';
import { familyProblem, imageProblem, knownFamily, ownersProblem } from '../private/ami/locked-family';
import { matchesWildcards } from '../private/ec2/wildcards';
import { commandLine, commandToPin, fileOption, shellWord } from '../private/lock-file/commands';
import type { LockedEntry, LockedImage, LockedQuery } from '../private/lock-file/lock-file';
import { clipped, listed, printable, shown } from '../private/lock-file/printable';

/** What is wrong with an image that the app uses. */
export interface Finding {
  readonly rule: Rule;
  readonly file: string;
  /** Where the file has the image. */
  readonly line?: number;
  /** The name in ami.lock.json, or the key in cdk.context.json. */
  readonly entry: string;
  /** Left out where it is about the entry, as is the image. */
  readonly region?: string;
  readonly imageId?: string;
  readonly imageName?: string;
  /** Goes on after the image. */
  readonly problem: string;
  /** What to run. */
  readonly fix: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const GONE = 'is gone: it was deregistered, or is not shared with this account any more';

/** What AWS says of an image: undefined where it is gone. */
export type Answer = Image | 'not asked' | undefined;

/** @param answer of AWS; without it, what the file says of the image is compared with the rest of the file */
export function findingsOfPin({ file, name, region, query, image }: Pin, answer: Answer, now: Date, within: number): Finding[] {
  const { architecture, rootDevice } = query;
  const found = answer === 'not asked' ? { ...image, architecture, rootDevice, state: 'available', isPublic: true } : answer;
  const finding = { file, entry: name, region, imageId: image.imageId, imageName: image.name };
  const ofOwners = ownersProblem(query, region);
  // Of a stranger, an update would find the newest.
  const fix = ofOwners === undefined
    ? commandLine('update', name, '--region', region, ...fileOption(file))
    : commandToPin(name, { query, regions: [region], file });
  const problems: [Rule, string | false][] = [
    ['query-owner', ofOwners !== undefined && `is found by a query that ${ofOwners}`],
    ...found === undefined ? [['image-gone', GONE] as [Rule, string]] : liesAbout(found, region, image, query, now).map((lie): [Rule, string] => (
      [lie.startsWith('is deprecated ') ? 'image-deprecated' : 'image-differs', lie])),
    ['image-deprecated', found !== undefined && isSoon(found.deprecationTime, now, within) && `will be deprecated on ${day(found.deprecationTime)}`],
  ];
  return problems.flatMap(([rule, problem]) => problem === false ? [] : [{ ...finding, rule, problem, fix }]);
}

/** What of an image is compared. */
type Described = LockedImage & Pick<Image, 'architecture' | 'rootDevice' | 'state' | 'isPublic'>;

/** What the file says of an image and EC2 does not; where both agree, how the image is not what was searched for. */
function liesAbout(found: Described, region: string, image: LockedImage, query: LockedQuery, now: Date): string[] {
  const facts = FACTS.filter(({ key }) => image[key] !== undefined && image[key] !== found[key])
    .map(({ key, words }) => `${words} ${found[key] ?? 'none'}, not ${image[key]}`);
  // Of one lie the others follow.
  return [
    contradictions(found, { ...query, owners: [image.owner], name: image.name }, now),
    facts,
    contradictions(found, query, now),
    ofFamily(found, region, image, query),
  ].find(problems => problems.length > 0) ?? [];
}

function ofFamily(found: Described, region: string, image: LockedImage, query: LockedQuery): string[] {
  const family = knownFamily(query);
  const pattern = family?.variants().find(each => each.architecture === query.architecture && each.rootDevice === query.rootDevice)?.imageName;
  return [
    imageProblem(query, region, image) ?? (pattern !== undefined && !matchesWildcards(pattern, found.name)
      && `is called ${shown(found.name)}, and images of ${family!.id} are called ${shown(pattern)}`),
    family !== undefined && !found.isPublic && `is not public, as the images of ${family.id} are`,
  ].filter(problem => typeof problem === 'string');
}

const FACTS = [
  { key: 'ownerAlias', words: 'belongs to the alias' },
  { key: 'creationDate', words: 'was created at' },
  { key: 'rootDeviceName', words: 'has the root device name' },
] as const;

function isSoon(deprecationTime: string | undefined, now: Date, within: number): boolean {
  const remaining = deprecationTime === undefined ? Infinity : new Date(deprecationTime).getTime() - now.getTime();
  return remaining > 0 && remaining <= within * DAY_MS;
}

/**
 * What is wrong with an entry, in whatever region.
 *
 * @param used the images of the stacks that were synthesized, where they are looked at
 */
export function findingsOfEntry(name: string, entry: LockedEntry, file: string, now: Date, within: number, used?: Set<string>): Finding[] {
  const [problem, remedy] = familyProblem(entry.query)?.split('; ') ?? [];
  const support = supportProblem(entry.query, now, within);
  const isUnused = used !== undefined && !Object.values(entry.regions).some(({ imageId }) => used.has(imageId));
  return [
    ...problem === undefined ? [] : [{ rule: 'query-family' as const, file, entry: name, problem, fix: remedy }],
    ...support === undefined ? [] : [{ rule: 'end-of-support' as const, file, entry: name, problem: support, fix: commandToSucceed(name, entry, file) }],
    ...isUnused ? [{
      rule: 'entry-unused' as const, file, entry: name, problem: 'is used by no stack that was synthesized', fix: commandLine('remove', name, ...fileOption(file)),
    }] : [],
  ];
}

/** The command that pins what follows an operating system. */
export function commandToSucceed(name: string, { query, regions }: LockedEntry, file: string): string {
  const { architecture, rootDevice } = query;
  const successor = knownFamily(query)?.successor;
  const fits = successor?.variants().some(each => each.architecture === architecture && each.rootDevice === rootDevice);
  // Where one region is pinned for another family, all of the entry are.
  return fits ? commandToPin(name, { query: { family: successor!.id, architecture, rootDevice }, regions: Object.keys(regions).slice(0, 1), file }) : commandLine('families');
}

/** What is to be said of the support of an operating system that has ended, or will end within some days. */
export function supportProblem(query: LockedQuery, now: Date, within: number): string | undefined {
  const { name, endOfSupport } = knownFamily(query) ?? {};
  if (endOfSupport === undefined || endOfSupport > dayOf(new Date(now.getTime() + within * DAY_MS))) {
    return undefined;
  }
  const isOver = endOfSupport < dayOf(now);
  return `is ${name}, whose standard support ${isOver ? 'ended' : 'ends'} on ${endOfSupport}${isOver ? ': it gets no more security fixes' : ''}`;
}

function dayOf(time: Date): string {
  return day(time.toISOString());
}

export function findingsOfCached({ key, account, region, imageId, search }: CachedImage, file: string, answer: Answer): Finding[] {
  const found = answer === 'not asked' ? undefined : answer;
  const finding = { file, entry: key, region, imageId, imageName: found?.name };
  // A key that cannot be printed has a number in the list of the CDK CLI.
  const fix = `npx aws-cdk@2 context${key === printable(clipped(key)) ? ` --reset ${shellWord(key)}` : ''}`;
  const names = listed(search?.names.map(name => shown(name)) ?? []);
  const problems: [Rule, string | false][] = [
    ['image-gone', answer === undefined && `${GONE} (the app deploys to ${/^\d{12}$/.test(account) ? account : 'an account that is not known'})`],
    ['lookup-without-owner', search?.owners.length === 0 && `${found === undefined ? 'was' : `of ${found.owner} was`} looked up without an owner, and anyone can publish a newer image called `
      + `${names}; name the owners in MachineImage.lookup, or use AmiSelector.lookup, which requires them`],
  ];
  return problems.flatMap(([rule, problem]) => problem === false ? [] : [{ ...finding, rule, problem, fix }]);
}
