import type { PackageManager } from '../catalog/software-facts';

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
