import { readFileSync } from 'fs';
import { join } from 'path';
import { Command, CommanderError } from 'commander';
import { AwsError } from './aws-errors';
import { checkCommand } from './check';
import { ExitCode } from './exit-code';
import { familiesCommand } from './families';
import { noteError } from './output';
import { pinCommand } from './pin';
import { searchCommand } from './search';
import { showCommand } from './show';
import { updateCommand } from './update';

const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));

const program = new Command('cdk-ami')
  .description('Search Amazon Machine Images, and pin them in ami.lock.json like dependencies.')
  .version(version)
  .addHelpText('after', `
Exit codes:
  0  all is done, and nothing was found that needs care
  1  "check" or "families --verify" found something wrong, or "update --dry-run" would change something
  2  something could not be done; standard error says what, why, and what to do

Credentials, region and endpoint are found as by all tools of AWS: --profile and --region, variables such as AWS_PROFILE, AWS_REGION and
AWS_ENDPOINT_URL, profiles, single sign-on.`);

for (const command of [searchCommand(), pinCommand(), updateCommand(), checkCommand(), showCommand(), familiesCommand()]) {
  program.addCommand(command.copyInheritedSettings(program));
}
for (const command of [program, ...program.commands]) {
  command.exitOverride().showSuggestionAfterError().configureHelp({ showGlobalOptions: false });
}

/** The exit code; where it is undefined, a command has set it. */
async function run(): Promise<ExitCode | undefined> {
  try {
    await program.parseAsync();
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? ExitCode.DONE : ExitCode.FAILED;
    }
    noteError(messageOf(error));
    return ExitCode.FAILED;
  }
}

function messageOf(error: unknown): string {
  const { message, name } = error as Error;
  if (error instanceof AwsError && error.region !== undefined) {
    return `${error.region}: ${message}`;
  }
  return name === 'Error' ? message : `${name}: ${message}. This should not happen; please report it with the command that you ran.`;
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// A reader such as head has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') {
    process.exit();
  }
  throw error;
});

void run().then(code => {
  process.exitCode = code ?? process.exitCode;
});
