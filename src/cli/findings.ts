import type { CachedImage } from './context-file';
import type { Image } from './image';
import type { Pin } from './lock-changes';
import { day } from './output';
import { contradictions } from './query';
import { commandLine, fileOption, shellWord } from '../private/lock-file/commands';
import { shown } from '../private/lock-file/printable';

/** What is wrong with an image that the app uses. */
export interface Finding {
  readonly file: string;
  /** The name in ami.lock.json, or the key in cdk.context.json. */
  readonly entry: string;
  readonly region: string;
  readonly imageId: string;
  readonly imageName?: string;
  /** Goes on after the image. */
  readonly problem: string;
  /** What to run. */
  readonly fix: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const GONE = 'is gone: it was deregistered, or is not shared with this account any more';

/** @param found the image as it is now; undefined where it is gone */
export function findingsOfPin({ name, region, query, image }: Pin, file: string, found: Image | undefined, now: Date, within: number): Finding[] {
  const finding = { file, entry: name, region, imageId: image.imageId, imageName: image.name };
  const fix = commandLine('update', name, '--region', region, ...fileOption(file));
  const problems = found === undefined ? [GONE] : [
    ...contradictions(found, { ...query, owners: [image.owner], name: image.name }, now),
    isSoon(found.deprecationTime, now, within) && `will be deprecated on ${day(found.deprecationTime)}`,
  ];
  return problems.filter(problem => problem !== false).map(problem => ({ ...finding, problem, fix }));
}

function isSoon(deprecationTime: string | undefined, now: Date, within: number): boolean {
  const remaining = deprecationTime === undefined ? Infinity : new Date(deprecationTime).getTime() - now.getTime();
  return remaining > 0 && remaining <= within * DAY_MS;
}

/** @param found the image as it is now; undefined where it is gone */
export function findingsOfCached({ key, account, region, imageId, search }: CachedImage, file: string, found: Image | undefined): Finding[] {
  const finding = { file, entry: key, region, imageId, imageName: found?.name };
  const fix = `npx aws-cdk@2 context --reset ${shellWord(key)}`;
  const names = search?.names.map(name => shown(name)).join(' or ');
  const problems = [
    found === undefined && `${GONE} (the app deploys to ${account})`,
    search?.isOpen === true && `${found === undefined ? 'was' : `of ${found.owner} was`} looked up without an owner, and anyone can publish a newer image called `
      + `${names}; name the owners in MachineImage.lookup, or use AmiSelector.lookup, which requires them`,
  ];
  return problems.filter(problem => problem !== false).map(problem => ({ ...finding, problem, fix }));
}
