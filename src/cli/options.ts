import { Command, InvalidArgumentError, Option } from 'commander';
import { checkRegion } from './regions';
import { isAmiId } from '../private/ec2/ami-id';
import { LOCK_FILE } from '../private/lock-file/commands';
import { isFilterName, isFilterValue, isParameterName } from '../private/lock-file/names';

export const collect = (value: string, all: string[] = []) => [...new Set([...all, value])];

/** A word of these, several times. */
export function collectChoice(choices: string[]): (value: string, all?: string[]) => string[] {
  return (value, all) => {
    if (!choices.includes(value)) {
      throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
    }
    return collect(value, all);
  };
}

const region = (value: string) => {
  try {
    return checkRegion(value);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
};

export const ARCHITECTURES: Record<string, string> = { x86_64: 'x86_64', amd64: 'x86_64', x64: 'x86_64', arm64: 'arm64', aarch64: 'arm64', x86_64_mac: 'x86_64', arm64_mac: 'arm64' };

function architecture(value: string): string {
  const word = value.toLowerCase().replace('-', '_');
  if (!Object.hasOwn(ARCHITECTURES, word)) {
    throw new InvalidArgumentError('Allowed choices are x86_64 (Intel and AMD), arm64 (Graviton).');
  }
  return ARCHITECTURES[word];
}

export function wholeNumber(smallest: number): (value: string) => number {
  return value => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < smallest) {
      throw new InvalidArgumentError(`Write a whole number from ${smallest}.`);
    }
    return number;
  };
}

/** Which image. */
export function queryOptions(command: Command): Command {
  return command
    .option('-f, --family <family>', 'an operating system of the catalog, such as UBUNTU_24_04, ubuntu-24.04 or noble')
    .option('-n, --name <pattern>', 'the name of the images, with the wildcards * and ?; needs --owner')
    .option('--parameter <name>', 'the image that this parameter of Systems Manager names, such as one of your own', parameter)
    .option('-o, --owner <owner>', 'whose images: a 12-digit account id, amazon, aws-marketplace, aws-backup-vault or self (repeatable)', collect)
    .option('-a, --architecture <architecture>', 'the CPU architecture: x86_64 (amd64) or arm64 (aarch64)', architecture)
    .addOption(new Option('-d, --root-device <type>', 'where the root volume lives').choices(['ebs', 'instance-store']))
    .option('--filter <name=values>', 'a filter of "aws ec2 describe-images", such as boot-mode=uefi or tag:Stage=prod (repeatable)', filter)
    .option('--tag <key=values>', 'a tag of images of your own, such as Stage=prod (repeatable)', (value: string, all?: FilterValues) => filter(`tag:${value}`, all));
}

function parameter(value: string): string {
  if (!isParameterName(value)) {
    throw new InvalidArgumentError('Write the name of a parameter, such as /images/web.');
  }
  return value;
}

/** Which of the images that are found. */
export function waitingOptions(command: Command): Command {
  return command
    .option('--min-age <days>', 'take an image that is so many days old, such as 7d; kept in the entry, and 0d takes it out again', days)
    .option('--skip <image>', 'never take this image; kept in the entry (repeatable)', (value: string, all?: string[]) => collect(imageId(value), all));
}

export function imageId(value: string): string {
  if (!isAmiId(value)) {
    throw new InvalidArgumentError('Write the id of an image, such as ami-0abcdef1234567890.');
  }
  return value;
}

export function date(value: string): Date {
  const time = new Date(value);
  if (!/^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(value) || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError('Write a date, such as 2026-03-31, or a time in UTC, such as 2026-03-31T12:00:00Z.');
  }
  return time;
}

function days(value: string): number {
  const [, number, unit = 'd'] = /^(\d{1,4})([dw])?$/.exec(value) ?? [];
  const count = Number(number) * (unit === 'w' ? 7 : 1);
  if (!(count <= 3650)) {
    throw new InvalidArgumentError('Write a number of days, such as 7d, or of weeks, such as 2w.');
  }
  return count;
}

type FilterValues = Record<string, string[]>;

function filter(value: string, all: FilterValues = {}): FilterValues {
  const [, name, values = ''] = /^([^=]+)=(.*)$/.exec(value) ?? [];
  const each = values.split(',');
  if (name === undefined || !isFilterName(name) || !each.every(isFilterValue)) {
    throw new InvalidArgumentError('Write a filter of "aws ec2 describe-images" that no other option is for, and its values, such as boot-mode=uefi,uefi-preferred.');
  }
  return { ...all, [name]: [...new Set([...all[name] ?? [], ...each])] };
}

/** How AWS is called. */
export function awsOptions(command: Command): Command {
  return command.option('-p, --profile <profile>', 'a profile of ~/.aws/config');
}

export function regionOption(command: Command): Command {
  return command.option('-r, --region <region>', 'the region to ask (default: that of the profile or the environment)', region);
}

export function collectRegion(value: string, all?: string[]): string[] {
  return collect(region(value), all);
}

export function regionsOption(command: Command, description: string): Command {
  return command.option('-r, --region <region>', `${description} (repeatable)`, collectRegion);
}

export function recursiveOption(command: Command): Command {
  return command.option('-R, --recursive', 'all files of this name, in its folder and below, such as those of the apps of a repository');
}

export function fileOption(command: Command): Command {
  return command.option('--file <file>', 'the file that images are pinned in', LOCK_FILE);
}
