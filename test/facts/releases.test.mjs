import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import {
  compareSupport, distroInfo, endedSince, newerAmazonLinux, newerDistributions, newerInCdk, releasesIn, wordsOf,
} from '../../scripts/release-facts.mjs';

const require = createRequire(import.meta.url);
const { AmiFamily } = require('../../lib/ami-family.js');
const { FACTS_DATE } = require('../../lib/private/catalog/facts-date.js');

const families = AmiFamily.all();
const { releases, skipped } = distroInfo();

// Rows as distro-info-data has them, with the days that the catalog has.
const endOf = id => AmiFamily[id].endOfSupport;
const UBUNTU = `version,codename,series,created,release,eol,eol-server,eol-esm,eol-legacy
20.04 LTS,Focal Fossa,focal,2019-10-17,2020-04-23,${endOf('UBUNTU_20_04')},${endOf('UBUNTU_20_04')},${endOf('UBUNTU_PRO_20_04')},2032-04-27
22.04 LTS,Jammy Jellyfish,jammy,2021-10-14,2022-04-21,${endOf('UBUNTU_22_04')},${endOf('UBUNTU_22_04')},${endOf('UBUNTU_PRO_22_04')},2034-04-25
24.04 LTS,Noble Numbat,noble,2023-10-12,2024-04-25,${endOf('UBUNTU_24_04')},${endOf('UBUNTU_24_04')},${endOf('UBUNTU_PRO_24_04')},2036-04-29
25.10,Questing Quokka,questing,2025-04-17,2025-10-09,2026-07-09
26.04 LTS,Resolute Raccoon,resolute,2025-10-09,2026-04-23,${endOf('UBUNTU_26_04')},${endOf('UBUNTU_26_04')},${endOf('UBUNTU_PRO_26_04')},2038-04-27
`;
const DEBIAN = `version,codename,series,created,release,eol,eol-lts,eol-elts
11,Bullseye,bullseye,2019-07-06,2021-08-14,2024-08-14,2026-08-31,2031-06-30
12,Bookworm,bookworm,2021-08-14,2023-06-10,${endOf('DEBIAN_12')},2028-06-30,2033-06-30
13,Trixie,trixie,2023-06-10,2025-08-09,${endOf('DEBIAN_13')},2030-06-30,2035-06-30
14,Forky,forky,2025-08-09
,Sid,sid,1993-08-16
`;
const rows = (ubuntu = UBUNTU, debian = DEBIAN) => [...releasesIn('Ubuntu', ubuntu), ...releasesIn('Debian', debian)];

test('the support of Ubuntu and Debian ends as distro-info-data says', { skip: skipped }, () => {
  const { wrong, compared } = compareSupport(families, releases);
  assert.deepEqual(wrong, []);
  assert.ok(compared >= 10, `${compared} compared`);
});

test('an end of support that differs is told', () => {
  assert.deepEqual(compareSupport(families, rows()).wrong, []);
  const [wrong, ...others] = compareSupport(families, rows(UBUNTU.replaceAll(endOf('UBUNTU_24_04'), '2000-01-01'))).wrong;
  assert.equal(wrong, `UBUNTU_24_04: its support ends on 2000-01-01 by distro-info-data (eol), not on ${endOf('UBUNTU_24_04')}.`);
  assert.ok(others.every(each => each.startsWith('UBUNTU_24_04_')));
  assert.deepEqual(compareSupport(families, rows(undefined, DEBIAN.replace(endOf('DEBIAN_13'), ''))).wrong, [
    `DEBIAN_13: its support ends on no day by distro-info-data (eol), not on ${endOf('DEBIAN_13')}.`,
  ]);
});

test('files that are not there are a reason to skip', () => {
  assert.match(distroInfo('/no/such/folder').skipped, /^\/no\/such\/folder\/ubuntu\.csv is not there/);
});

test('a family whose support ended after the day of the facts is told', () => {
  const [, after] = /^(\d+)-/.exec(FACTS_DATE);
  assert.deepEqual(endedSince(families, FACTS_DATE, FACTS_DATE), []);
  const told = endedSince(families, FACTS_DATE, `${Number(after) + 1}-12-31`);
  assert.ok(told.includes(`FEDORA_43: its support ended on ${AmiFamily.FEDORA_43.endOfSupport}; move the day of the facts.`));
});

test('a long-term release of Ubuntu and a release of Debian without a family are told once they are out', () => {
  assert.deepEqual(newerDistributions(families, rows(), FACTS_DATE), []);
  const later = rows(`${UBUNTU}28.04 LTS,New Newt,new,2027-10-14,2028-04-20,2033-05-31\n`, DEBIAN.replace('forky,2025-08-09', 'forky,2025-08-09,2027-08-14'));
  assert.deepEqual(newerDistributions(families, later, '2027-08-13'), []);
  assert.deepEqual(newerDistributions(families, later, '2028-04-20'), [
    'Ubuntu 28.04 LTS is out since 2028-04-20, and has no family.',
    'Debian 14 is out since 2027-08-14, and has no family.',
  ]);
});

test('a kernel of Amazon Linux and a release of Amazon ECS that the library does not know are told', () => {
  const names = [
    '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.18-x86_64',
    '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-7.1-x86_64',
    '/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id',
    '/aws/service/ecs/optimized-ami/amazon-linux-2027/recommended/image_id',
  ];
  const canRender = name => wordsOf(name).kernel !== '7.1';
  assert.deepEqual(newerAmazonLinux(families, names, canRender), [
    `There is a parameter ${names[1]}, which the library does not know.`,
    `There is a parameter ${names[3]}, which the library does not know.`,
  ]);
});

test('a release of Windows Server or Kubernetes that aws-cdk-lib knows and the catalog does not is told', () => {
  const windowsVersions = ['Windows_Server-2025-English-Full-Base', 'Windows_Server-2028-English-Full-Base'];
  assert.deepEqual(newerInCdk(families, { windowsVersions, kubernetesVersions: [] }), [
    'aws-cdk-lib knows Windows Server 2028, and the newest in the catalog is 2025.',
  ]);
  const [kubernetes] = newerInCdk(families, { windowsVersions: [], kubernetesVersions: ['1.36', '1.99'] });
  assert.match(kubernetes, /^aws-cdk-lib knows Kubernetes 1\.99, and the newest in the catalog is \d+\.$/);
});
