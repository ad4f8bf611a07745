import type { LockedQuery } from './lock-file';

/** The file that images are pinned in, where no other is named. */
export const LOCK_FILE = 'ami.lock.json';

/** What to do with a file of a newer library, for messages. */
export const UPGRADE = 'install a newer one with "npm install cdk-workshop-instance@latest" or "pip install --upgrade cdk-workshop-instance"';

interface Pin {
  /** Left out where the entry is there already, with its query. */
  readonly query?: Partial<LockedQuery>;
  readonly regions: string[];
  readonly file: string;
}

/** The command that pins an image, to be pasted into a terminal. */
export function commandToPin(name: string, { query, regions, file }: Pin): string {
  const { family, name: pattern, owners = ['amazon'], architecture = 'x86_64', rootDevice = 'ebs' } = query ?? {};
  const search = typeof pattern === 'string'
    ? ['--name', JSON.stringify(pattern), ...[owners].flat().flatMap(owner => ['--owner', owner])]
    : ['--family', family ?? 'UBUNTU_24_04'];
  return command([
    'pin', name,
    ...(query === undefined ? [] : [...search, '--architecture', architecture, ...(rootDevice === 'ebs' ? [] : ['--root-device', rootDevice])]),
    ...regions.flatMap(region => ['--region', region]),
    ...(file === LOCK_FILE ? [] : ['--file', /^[\w./-]+$/.test(file) ? file : JSON.stringify(file)]),
  ].join(' '));
}

/** The command as it is called from where this runs: pip puts it on the PATH, npm does not. */
export function command(args: string): string {
  return `${process.env.JSII_AGENT === undefined ? 'npx ' : ''}cdk-ami ${args}`;
}
