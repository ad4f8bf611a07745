import { clearLine, cursorTo } from 'readline';
import Table, { type TableConstructorOptions } from 'cli-table3';
import pc from 'picocolors';
import { endWith, ExitCode } from './exit-code';

// By itself picocolors colours in a pipe too where it runs on Windows or in CI.
const colorsFor = (stream: NodeJS.WriteStream) => pc.createColors(pc.isColorSupported && (stream.isTTY || Boolean(process.env.FORCE_COLOR)));

export const colors = colorsFor(process.stdout);
const noteColors = colorsFor(process.stderr);

const NO_BORDER = Object.fromEntries([
  'top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid',
].map(part => [part, '']));

/** Results go to standard output, so that they can be piped. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** All else goes to standard error. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** One line on a terminal, in the place of the last one. */
export function showProgress(text: string): void {
  const { columns } = process.stderr;
  // A pipe has no width, as some terminals that a program makes.
  if (columns > 0 && process.env.TERM !== 'dumb') {
    cursorTo(process.stderr, 0);
    clearLine(process.stderr, 0);
    process.stderr.write(text.slice(0, columns - 1));
  }
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2));
}

/** Columns below each other. */
export function table(head: string[], rows: string[][]): string {
  return aligned({ head: head.map(text => colors.bold(text)) }, rows);
}

/** Names and values below each other, long values in several lines. */
export function valueTable(values: Record<string, string>): string {
  return aligned({ colWidths: [null, 110], wordWrap: true }, Object.entries(values).map(([name, value]) => [colors.bold(name), value]));
}

function aligned(options: TableConstructorOptions, rows: string[][]): string {
  const text = new Table({
    ...options,
    chars: { ...NO_BORDER, middle: '  ' },
    style: { 'head': [], 'border': [], 'padding-left': 0, 'padding-right': 0 },
  });
  text.push(...rows);
  return text.toString().split('\n').map(line => line.trimEnd()).join('\n');
}

/** A date without its time. */
export function day(time: string | undefined): string {
  return time === undefined ? '-' : time.slice(0, 10);
}

export function noteError(message: string): void {
  note(`${noteColors.red('error:')} ${message}`);
}

/** Tells what failed where, once for all that failed alike. */
export function noteFailures(failures: { where: string; error: Error }[]): void {
  if (failures.length > 0) {
    endWith(ExitCode.FAILED);
  }
  for (const message of new Set(failures.map(({ error }) => error.message))) {
    const places = failures.filter(({ error }) => error.message === message).map(({ where }) => where);
    noteError(`${[...new Set(places)].join(', ')}: ${message}`);
  }
}
