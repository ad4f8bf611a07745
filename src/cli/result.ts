import type { Finding } from './findings';
import type { Table } from './output';

/** How the command ends; each is described by --help. */
export enum ExitCode {
  DONE = 0,
  FOUND = 1,
  FAILED = 2,
}

/** What a command found out and did. What of it is printed, and how, is up to `render`. */
export interface Result {
  /** DONE where it is left out; FAILED where there are failures. */
  readonly exitCode?: ExitCode;
  /** For programs. */
  readonly data: unknown;
  /** A line above the table. */
  readonly title?: string;
  readonly table?: Table;
  /** For a spreadsheet, where it is another one than `table`. */
  readonly csv?: Table;
  /** For a browser and a printer. */
  readonly html?: () => string;
  readonly findings?: Finding[];
  /** For people only, in the place of a table. */
  readonly text?: string;
  /** What else there is to say, in sentences. */
  readonly notes?: string[];
  readonly failures?: Failure[];
}

export interface Failure {
  /** A region, mostly. */
  readonly where: string;
  readonly error: Error;
}
