import { existsSync } from 'fs';
import { dirname, join, resolve } from 'path';
import type { LockedQuery } from './lock-file';
import { isEntryName, isFamilyId, isNamePattern, isParameterName } from './names';
import { isOwner } from '../ec2/image-search';

/** The file that images are pinned in, where no other is named. */
export const LOCK_FILE = 'ami.lock.json';

/** What to do with a file of a newer library, for messages. */
export const UPGRADE = 'install a newer one with "npm install cdk-workshop-instance@latest" or "pip install --upgrade cdk-workshop-instance"';

const PACKAGE = 'cdk-workshop-instance';

interface Pin {
  /** Left out where the entry is there already, with its query. What cannot be in a query is left out too. */
  readonly query?: { readonly [key in keyof LockedQuery]?: unknown };
  readonly regions: string[];
  readonly file: string;
}

/** The command that pins an image, to be pasted into a terminal. */
export function commandToPin(name: string, { query, regions, file }: Pin): string {
  const owners = [query?.owners].flat().filter(owner => typeof owner === 'string' && isOwner(owner)) as string[];
  const search = isNamePattern(query?.name)
    ? ['--name', query!.name as string, ...(owners.length > 0 ? owners : ['amazon']).flatMap(owner => ['--owner', owner])]
    : isParameterName(query?.parameter) ? ['--parameter', query!.parameter as string]
      : ['--family', isFamilyId(query?.family) ? query!.family as string : 'UBUNTU_24_04'];
  return commandLine(
    'pin', isEntryName(name) ? name : 'NAME',
    ...(query === undefined ? [] : [...search, '--architecture', query.architecture === 'arm64' ? 'arm64' : 'x86_64']),
    ...(query?.rootDevice === 'instance-store' ? ['--root-device', 'instance-store'] : []),
    ...regions.flatMap(region => ['--region', region]),
    ...fileOption(file),
  );
}

/** The option that names the file, where it is another than usual. */
export function fileOption(file: string): string[] {
  return file === LOCK_FILE ? [] : ['--file', file];
}

/** The command with these arguments as it is called from where this runs, to be pasted into a shell. */
export function commandLine(...args: string[]): string {
  return programLine('cdk-ami', ...args);
}

/** The same for one of the commands of this package. */
export function programLine(program: string, ...args: string[]): string {
  return [...start(program), ...args.map(shellWord)].join(' ');
}

function start(program: string): string[] {
  // pip puts it on the PATH.
  if (process.env.JSII_AGENT?.startsWith('Python')) {
    return [program];
  }
  // Elsewhere npx would run whatever package has the name of the command.
  return isInstalled() ? ['npx', program] : ['npx', '--package', PACKAGE, program];
}

/** Whether npx finds the package from the working directory. */
function isInstalled(directory = resolve()): boolean {
  return existsSync(join(directory, 'node_modules', PACKAGE)) || (directory !== dirname(directory) && isInstalled(dirname(directory)));
}

/** A word that a shell takes as it is, whatever it holds. */
export function shellWord(word: string): string {
  return /^[\w@%+:,./-][\w@%+:,./=-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
