import type { Aws, AwsOptions } from './aws';
import type { WorkshopAws } from './workshop/workshop-aws';

/** What a command has from outside. */
export interface Host {
  /** Where the names of files start. */
  readonly directory: string;
  readonly stdout: Output;
  readonly stderr: Output;
  now(): Date;
  /** @throws where there are no credentials or no region */
  connect(options: AwsOptions): Promise<Aws>;
  /** @throws where there are no credentials or no region */
  connectWorkshop(options: AwsOptions): Promise<WorkshopAws>;
}

/** A stream that text is written to, which may be a terminal. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}
