import { Command, InvalidArgumentError, Option } from 'commander';
import { checkRegion } from './regions';
import { LOCK_FILE } from '../private/lock-file/commands';

const collect = (value: string, all: string[] = []) => [...new Set([...all, value])];

const region = (value: string) => {
  try {
    return checkRegion(value);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
};

const ARCHITECTURES: Record<string, string> = { x86_64: 'x86_64', amd64: 'x86_64', x64: 'x86_64', arm64: 'arm64', aarch64: 'arm64' };

function architecture(value: string): string {
  if (!Object.hasOwn(ARCHITECTURES, value.toLowerCase())) {
    throw new InvalidArgumentError('Allowed choices are x86_64, arm64.');
  }
  return ARCHITECTURES[value.toLowerCase()];
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
    .option('-o, --owner <owner>', 'whose images: a 12-digit account id, amazon, aws-marketplace, aws-backup-vault or self (repeatable)', collect)
    .option('-a, --architecture <architecture>', 'the CPU architecture: x86_64 (amd64) or arm64 (aarch64)', architecture)
    .addOption(new Option('-d, --root-device <type>', 'where the root volume lives').choices(['ebs', 'instance-store']));
}

/** How AWS is called. */
export function awsOptions(command: Command): Command {
  return command.option('-p, --profile <profile>', 'a profile of ~/.aws/config');
}

export function regionOption(command: Command): Command {
  return command.option('-r, --region <region>', 'the region to ask (default: that of the profile or the environment)', region);
}

export function regionsOption(command: Command, description: string): Command {
  return command.option('-r, --region <region>', `${description} (repeatable)`, (value: string, all?: string[]) => collect(region(value), all));
}

export function fileOption(command: Command): Command {
  return command.option('--file <file>', 'the file that images are pinned in', LOCK_FILE);
}
