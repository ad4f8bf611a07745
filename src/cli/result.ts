/** How the command ends; each is described by --help. */
export enum ExitCode {
  DONE = 0,
  FOUND = 1,
  FAILED = 2,
}

/** What a command found out and did. */
export interface Result {
  /** DONE where it is left out; FAILED where there are failures. */
  readonly exitCode?: ExitCode;
  /** For --json. */
  readonly data: unknown;
  /** The data, as people read them. */
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
