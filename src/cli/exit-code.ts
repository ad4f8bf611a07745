/** How the command ends; each is described by --help. */
export enum ExitCode {
  DONE = 0,
  FOUND = 1,
  FAILED = 2,
}

/** Ends with this code, unless something worse has happened. */
export function endWith(code: ExitCode): void {
  process.exitCode = Math.max(Number(process.exitCode ?? ExitCode.DONE), code);
}
