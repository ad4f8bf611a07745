export type PackageManager = 'apt' | 'dnf' | 'yum' | 'zypper';

/** What the catalog knows of a family for the commands of this package. */
export interface FamilyTools {
  /** Left out where it is not known how packages are installed. */
  readonly packageManager?: PackageManager;
  /**
   * A Python of at least 3.8 with its module venv, and how it is installed. Left out where the publisher has a package
   * aws-cfn-bootstrap, which needs none.
   */
  readonly python?: { readonly command: string; readonly packages: string[]; readonly before?: string[] };
  /**
   * What installs the SSM agent: a package of the publisher, or a file of AWS, as a path in its buckets. Left out where it
   * is preinstalled, or not documented.
   */
  readonly ssmAgentPackage?: string;
  /** False where something else starts the services of a Linux. */
  readonly systemd?: boolean;
}

const INSTALL: Record<PackageManager, string> = {
  apt: 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y',
  dnf: 'dnf install -y',
  yum: 'yum install -y',
  zypper: 'zypper --non-interactive install',
};

/**
 * The lines of a shell script that install packages, or what else the manager takes in their place.
 *
 * They try for some minutes: right after the first boot the network may be late, and another process may hold the lock.
 *
 * @param before what makes the packages available; its failure does not matter
 */
export function installPackages(manager: PackageManager, packages: string[], before: string[] = []): string[] {
  return [
    'for _ in 1 2 3 4 5 6 7 8 9 10; do',
    ...before.map(line => `  ${line}`),
    `  ${INSTALL[manager]} ${packages.join(' ')} && break`,
    '  sleep 10',
    'done',
  ];
}
