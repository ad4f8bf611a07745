import { readFileSync } from 'fs';
import { join } from 'path';
import { Command, CommanderError, Option } from 'commander';
import { AwsError } from './aws';
import { check, checkCommand } from './commands/check';
import { completion, completionCommand } from './commands/completion';
import { families, familiesCommand } from './commands/families';
import { list, listCommand } from './commands/list';
import { pin, pinCommand } from './commands/pin';
import { remove, removeCommand } from './commands/remove';
import { resolveCommand, resolveConflict } from './commands/resolve';
import { search, searchCommand } from './commands/search';
import { show, showCommand } from './commands/show';
import { update, updateCommand } from './commands/update';
import { telling } from './debug';
import type { Host } from './host';
import { colors, Format, printLine } from './output';
import { RENDERERS } from './render';
import { ExitCode, Failure, Result } from './result';
import { check as checkStack, checkCommand as checkStackCommand } from './workshop/check';
import { cost, costCommand } from './workshop/cost';
import { end as endWorkshop, endCommand } from './workshop/end';
import { listSeats, seatsCommand } from './workshop/list-seats';
import { reset, resetCommand } from './workshop/reset';
import { start, startCommand, stop, stopCommand } from './workshop/start-stop';
import { unprotect, unprotectCommand } from './workshop/unprotect';
import { clipped, printable } from '../private/lock-file/printable';

type Action = (...args: any[]) => Promise<Result>;

/** Of what is found, more than a table can be made. */
const FORMATS_OF_FINDINGS: readonly Format[] = ['text', 'json', 'markdown', 'github', 'sarif'];
const FORMATS_OF_TABLES: readonly Format[] = ['text', 'json', 'markdown'];
const FORMATS_OF_TEXT: readonly Format[] = ['text', 'json'];
const FORMATS_OF_SEATS: readonly Format[] = ['text', 'json', 'csv', 'html', 'markdown'];

type Commands = [() => Command, Action, readonly Format[]][];

const AMI_COMMANDS: Commands = [
  [searchCommand, search, FORMATS_OF_TABLES],
  [pinCommand, pin, FORMATS_OF_TABLES],
  [listCommand, list, FORMATS_OF_TABLES],
  [updateCommand, update, FORMATS_OF_TABLES],
  [removeCommand, remove, FORMATS_OF_TABLES],
  [checkCommand, check, FORMATS_OF_FINDINGS],
  [resolveCommand, resolveConflict, FORMATS_OF_TABLES],
  [showCommand, show, FORMATS_OF_TEXT],
  [familiesCommand, families, FORMATS_OF_TABLES],
];

const WORKSHOP_COMMANDS: Commands = [
  [checkStackCommand, checkStack, FORMATS_OF_TABLES],
  [costCommand, cost, FORMATS_OF_TABLES],
  [seatsCommand, listSeats, FORMATS_OF_SEATS],
  [startCommand, start, FORMATS_OF_SEATS],
  [stopCommand, stop, FORMATS_OF_SEATS],
  [resetCommand, reset, FORMATS_OF_SEATS],
  [unprotectCommand, unprotect, FORMATS_OF_TEXT],
  [endCommand, endWorkshop, FORMATS_OF_TABLES],
];

/** The commands of this package, and what each of them is for. */
const PROGRAMS = {
  'cdk-ami': {
    description: 'Search Amazon Machine Images, and pin them in ami.lock.json like dependencies.',
    commands: AMI_COMMANDS,
    found: '"check" or "families --verify" found something wrong, "update --dry-run" would change something, or "resolve" left a region out',
  },
  'cdk-workshop': {
    description: 'Look after the seats of a workshop: check before the day, tell what they cost, list, start, stop and reset them, and end it.',
    commands: WORKSHOP_COMMANDS,
    found: '"check" found something that would go wrong, or "end" something that is left',
  },
};

export type ProgramName = keyof typeof PROGRAMS;

/** Runs a command with these arguments, prints what it found out, and resolves to its exit code. Never rejects. */
export async function run(args: string[], host: Host, name: ProgramName = 'cdk-ami'): Promise<ExitCode> {
  let ending = ExitCode.DONE;
  const program = programOf(name, host, code => (ending = code));
  try {
    await program.parseAsync(args, { from: 'user' });
    return ending;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? ExitCode.DONE : ExitCode.FAILED;
    }
    printError(host, messageOf(error));
    return ExitCode.FAILED;
  }
}

function programOf(name: ProgramName, host: Host, end: (code: ExitCode) => void): Command {
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
  const { description, commands, found } = PROGRAMS[name];
  const program = new Command(name)
    .description(description)
    .version(version)
    .configureOutput({
      writeOut: text => printLine(host.stdout, text),
      writeErr: text => printLine(host.stderr, clipped(text)),
      // In a second line there may be a suggestion. Other ends of lines are from arguments.
      outputError: (text, write) => write(text.trimEnd().split(/\n(?=\(Did you mean )/).map(printable).join('\n')),
      getOutHelpWidth: () => host.stdout.columns ?? 80,
      getErrHelpWidth: () => host.stderr.columns ?? 80,
    })
    .addHelpText('after', `
Exit codes:
  0  all is done, and nothing was found that needs care
  1  ${found}
  2  something could not be done; standard error says what, why, and what to do

Credentials, region and endpoint are found as by all tools of AWS: --profile and --region, variables such as AWS_PROFILE, AWS_REGION and
AWS_ENDPOINT_URL, profiles, single sign-on; and the way to AWS too: HTTPS_PROXY, NO_PROXY, AWS_CA_BUNDLE.`);
  const complete: Action = (shell, words, _, itsHost) => completion(program, shell, words, itsHost);
  for (const [define, action, formats] of [...commands, [completionCommand, complete, FORMATS_OF_TEXT] as const]) {
    const command = define().copyInheritedSettings(program);
    shorthands(formats).forEach(format => command.option(`--${format}`, `print ${format.toUpperCase()}, as --format ${format}`));
    command.addOption(new Option('--format <format>', 'how to print what was found').choices(formats).default('text'))
      .option('--debug', 'tell on standard error what AWS is asked, how long it takes and why it fails');
    // The last argument is the command itself.
    command.action(async (...args) => {
      const options = command.opts();
      const result = await action(...args.slice(0, -1), options.debug ? telling(host) : host);
      end(print(host, result, shorthands(formats).find(each => options[each]) ?? options.format));
    });
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().showSuggestionAfterError().configureHelp({ showGlobalOptions: false });
  }
  return program;
}

/** The formats that are an option of their own. */
function shorthands(formats: readonly Format[]): Format[] {
  return formats.filter(format => ['json', 'csv', 'html'].includes(format));
}

function print(host: Host, result: Result, format: Format): ExitCode {
  const { exitCode = ExitCode.DONE, notes = [], failures = [] } = result;
  const text = RENDERERS[format](result);
  if (format === 'github' && text) {
    // Commands for the runner, in which all that is of others is escaped.
    host.stdout.write(`${text}\n`);
  } else if (text) {
    printLine(host.stdout, text);
  }
  if (!['json', 'markdown'].includes(format)) {
    notes.forEach(note => printLine(host.stderr, printable(clipped(note))));
  }
  printFailures(host, failures);
  return failures.length > 0 ? ExitCode.FAILED : exitCode;
}

/** Tells what failed where, once for all that failed alike. */
function printFailures(host: Host, failures: Failure[]): void {
  for (const message of new Set(failures.map(({ error }) => error.message))) {
    const places = failures.filter(({ error }) => error.message === message).map(({ where }) => where);
    printError(host, `${[...new Set(places)].join(', ')}: ${message}`);
  }
}

function printError(host: Host, message: string): void {
  printLine(host.stderr, `${colors.red('error:')} ${printable(clipped(message))}`);
}

function messageOf(error: unknown): string {
  const { message, name } = error as Error;
  if (error instanceof AwsError && error.region !== undefined) {
    return `${error.region}: ${message}`;
  }
  return name === 'Error' ? message : `${name}: ${message}. This should not happen; please report it with the command that you ran.`;
}
