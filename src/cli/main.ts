import { connect } from './aws-client';
import { run } from './program';

export { connect, run };

/** Runs the command of this process. */
export function main(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

  // A reader such as head has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      process.exit();
    }
    throw error;
  });

  const host = { connect, directory: process.cwd(), stdout: process.stdout, stderr: process.stderr, now: () => new Date() };
  void run(process.argv.slice(2), host).then(code => {
    process.exitCode = code;
  });
}
