import type { Image } from './image';

/** The questions that the command asks AWS. What stands in the way is an `AwsError` of one sentence. */
export interface Aws {
  /** The region that is asked where none is named. */
  readonly region: string;
  enabledRegions(): Promise<string[]>;
  images(region: string, search: ImageSearch): Promise<Image[]>;
  /** Undefined where there is no such parameter. */
  parameter(region: string, name: string): Promise<string | undefined>;
  /** Accounts and groups; undefined where only the owner may know. */
  launchPermissions(region: string, imageId: string): Promise<string[] | undefined>;
  instanceTypes(region: string, filters: Filters): Promise<string[]>;
}

export type Filters = Record<string, string[]>;

export interface ImageSearch {
  readonly owners?: string[];
  readonly filters: Filters;
  /** Also images that are deprecated, or that their owner has disabled. */
  readonly includeDeprecated?: boolean;
}

export interface AwsOptions {
  readonly profile?: string;
  readonly region?: string;
}

/**
 * AWS could not be asked, so that nothing is known of what was asked for.
 *
 * The message is without the region, so that regions which fail alike are told together.
 */
export class AwsError extends Error {
  constructor(message: string, readonly region?: string) {
    super(message);
  }
}

/** What stands between this machine and AWS has answered, and not AWS, or nobody has. The message is a sentence for people. */
export class NetworkError extends Error {
  readonly name = 'NetworkError';
  /** For the SDK, which asks again where it is there. */
  readonly $retryable?: object;

  constructor(message: string, isPassing = false) {
    super(message);
    this.$retryable = isPassing ? {} : undefined;
  }
}
