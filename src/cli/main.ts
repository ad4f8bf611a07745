import { connect } from './aws-client';
import { ProgramName, run } from './program';
import { ExitCode } from './result';
import { connectWorkshop } from './workshop/workshop-client';
import { clipped, printable } from '../private/lock-file/printable';

export { connect, connectWorkshop, run };

/** Runs one of the commands of this package in this process. */
export function main(name: ProgramName): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

  const { stdout, stderr } = process;
  const broke = () => { process.exitCode = ExitCode.FAILED; };
  stderr.on('error', broke);
  stdout.on('error', broke);
  stdout.once('error', ({ code }: NodeJS.ErrnoException) => {
    // A reader such as head has seen enough.
    if (code !== 'EPIPE') {
      stderr.write(`error: The output cannot be written (${code}); free some space, or send it elsewhere.\n`);
    }
  });
  process.on('uncaughtException', error => {
    broke();
    stderr.write(`error: ${printable(clipped(String(error)))}. This should not happen; please report it with the command that you ran.\n`);
  });

  const host = { connect, connectWorkshop, directory: process.cwd(), stdout, stderr, now: () => new Date() };
  void run(process.argv.slice(2), host, name).then(code => {
    process.exitCode = process.exitCode || code;
    // Once all is written: what the SDK waits for in vain would keep the process.
    stdout.write('', () => stderr.write('', () => setImmediate(() => process.exit())));
  });
}
