import { isOpenPattern } from '../ec2/wildcards';

/** Whether an image can be pinned under this name. */
export function isEntryName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name);
}

/** What names of entries are made of, for messages. */
export const ENTRY_NAME = 'at most 128 letters, digits and . _ -, the first a letter or digit';

/** Whether a constant of AmiFamily can have this name, in this version or a newer one. */
export function isFamilyId(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Z][A-Z0-9_]{0,99}$/.test(value);
}

/**
 * Whether an image can have this name, or a search for it: text that can be seen, without what shells read. EC2 allows less of both.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html
 */
export function isImageName(value: unknown): boolean {
  return typeof value === 'string' && /^[^\p{C}\p{Zl}\p{Zp}$`;&|<>"]{1,255}$/u.test(value) && /\S/.test(value);
}

/** Whether this finds images of some names only. */
export function isNamePattern(value: unknown): boolean {
  return isImageName(value) && !isOpenPattern(value as string);
}

/**
 * Whether this names a parameter of Systems Manager, perhaps with a version or label of it.
 *
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
 */
export function isParameterName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 1011 && /^(\/?[\w.-]+|(\/[\w.-]+)+)(:[\w.-]+)?$/.test(value);
}

/** Filters that a query has already, or that hide what it must know. */
const OWN_FILTERS = ['name', 'architecture', 'root-device-type', 'image-type', 'state', 'virtualization-type', 'owner-id', 'owner-alias', 'image-id'];

/** Whether a query can have this filter of EC2. */
export function isFilterName(name: string): boolean {
  return (/^[a-z][a-z0-9.-]{0,63}$/.test(name) || (name.startsWith('tag:') && isImageName(name))) && !OWN_FILTERS.includes(name);
}

export function isFilterValue(value: unknown): boolean {
  return isImageName(value);
}
