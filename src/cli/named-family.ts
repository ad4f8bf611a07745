import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { AmiFamily } from '../ami-family';
import type { AmiFamilyVariant } from '../ami-family-props';
import type { RootDevice } from '../ami-types';
import { commandLine } from '../private/lock-file/commands';
import { nearest } from '../private/lock-file/did-you-mean';
import { listed, shown } from '../private/lock-file/printable';

/** The words of the command line and of ami.lock.json, which the enums of the library have as values. */
export type Architecture = `${InstanceArchitecture}`;
export type Root = `${RootDevice}`;

/** What people and other tools call a family, or several, such as `amzn`: those are suggested. */
const WORDS: Record<string, string> = {
  AMZN: 'AMAZON',
  WIN: 'WINDOWS',
  AL2: 'AMAZON_LINUX_2',
  AMZN2: 'AMAZON_LINUX_2',
  AL2023: 'AMAZON_LINUX_2023',
  AMZN2023: 'AMAZON_LINUX_2023',
  FOCAL: 'UBUNTU_20_04',
  JAMMY: 'UBUNTU_22_04',
  NOBLE: 'UBUNTU_24_04',
  RESOLUTE: 'UBUNTU_26_04',
  BOOKWORM: 'DEBIAN_12',
  TRIXIE: 'DEBIAN_13',
};

/**
 * The family that a word names, such as `UBUNTU_24_04`, `AmiFamily.UBUNTU_24_04`, `ubuntu-24.04` or `Ubuntu 24.04`.
 *
 * @throws where there is none
 */
export function familyNamed(word: string): AmiFamily {
  const families = AmiFamily.all();
  const meant = meaningOf(word.replace(/^AmiFamily[._]/, ''));
  const found = families.find(({ id, name }) => [id, name].some(each => plain(each) === plain(meant)));
  if (found === undefined) {
    throw new Error(`There is no family ${shown(word)}${like(word, families)}; "${commandLine('families')}" lists those of this version, and --name `
      + 'with --owner finds other images.');
  }
  return found;
}

/** @throws where the family has no such image; says which it has */
export function variantOf(family: AmiFamily, architecture?: Architecture, rootDevice?: Root): AmiFamilyVariant {
  return family._variant(architecture as InstanceArchitecture, rootDevice as RootDevice);
}

function meaningOf(word: string): string {
  return Object.hasOwn(WORDS, plain(word)) ? WORDS[plain(word)] : word;
}

/** Families that have all of the words in what they are called, and the one that may be misspelt. */
function like(word: string, families: AmiFamily[]): string {
  const parts = word.toUpperCase().match(/[A-Z]+|\d+/g) ?? [];
  const near = nearest(plain(word), families.map(({ id }) => plain(id)));
  const meant = families.filter(({ id, name, publisher }) => (
    plain(id) === near || (parts.length > 0 && parts.every(part => plain(`${id} ${name} ${publisher}`).includes(plain(meaningOf(part)))))));
  return meant.length === 0 ? '' : ` (did you mean ${listed(meant.map(({ id }) => id))}?)`;
}

function plain(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
