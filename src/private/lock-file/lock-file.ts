import type { RootDevice } from '../../ami-types';

export const VERSION = 1;

/** Images pinned by name. */
export interface LockFile {
  /** Where editors find the JSON Schema. */
  readonly $schema?: string;
  readonly version: typeof VERSION;
  readonly images: Record<string, LockedEntry>;
}

/** One choice of an image, and what it is in each region of one partition. */
export interface LockedEntry {
  readonly query: LockedQuery;
  readonly regions: Record<string, LockedImage>;
}

/** What was searched for: a family, a name or a parameter. */
export interface LockedQuery {
  /** A constant of AmiFamily. */
  readonly family?: string;
  /** With the wildcards `*` and `?`. */
  readonly name?: string;
  /** A parameter of Systems Manager that has the id of an image. */
  readonly parameter?: string;
  /** 12-digit account ids and aliases, never empty. */
  readonly owners: readonly string[];
  readonly architecture: 'x86_64' | 'arm64';
  readonly rootDevice: `${RootDevice}`;
  /** Filters of EC2 that images match too, such as `tag:Name`. */
  readonly filters?: Record<string, readonly string[]>;
  /** How old an image is before an update takes it. */
  readonly minAgeDays?: number;
  /** Ids of images that are never taken. */
  readonly skip?: readonly string[];
}

/** An image as EC2 described it when it was pinned. */
export interface LockedImage {
  readonly imageId: string;
  readonly name: string;
  /** A 12-digit account id. */
  readonly owner: string;
  readonly ownerAlias?: string;
  readonly creationDate: string;
  readonly deprecationTime?: string;
  readonly rootDeviceName?: string;
}
