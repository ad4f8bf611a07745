import { clearLine, cursorTo } from 'readline';
import { stripVTControlCharacters } from 'util';
import CliTable, { type TableConstructorOptions } from 'cli-table3';
import pc from 'picocolors';
import type { Output } from './host';
import { clipped, printable } from '../private/lock-file/printable';

/** Text of others in a colour, which is taken out again where it is not wanted. */
class Colored {
  constructor(public readonly text: string, private readonly color: 'bold' | 'dim' | 'red') {}

  public toString(): string {
    return COLORS[this.color](printable(this.text));
  }
}

const COLORS = pc.createColors(true);

export const colors = {
  bold: (text: string) => new Colored(text, 'bold'),
  dim: (text: string) => new Colored(text, 'dim'),
  red: (text: string) => new Colored(text, 'red'),
};

/** What stands in a table: text of others, or that in a colour. */
export type Cell = string | Colored;

/** The text of a cell, without its colour. */
export function plainText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/** Rows below a head. */
export interface Table {
  readonly head: string[];
  readonly rows: Cell[][];
}

export const FORMATS = ['text', 'json', 'markdown', 'github', 'sarif', 'csv', 'html'] as const;
export type Format = typeof FORMATS[number];

const NO_BORDER = Object.fromEntries([
  'top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid',
].map(part => [part, '']));

/** Prints lines. Besides their ends and colours nothing is left in them that a terminal or a CI takes for a command. */
export function printLine(output: Output, text: string): void {
  // By itself picocolors colours in a pipe too where it runs on Windows or in CI.
  const isColored = pc.isColorSupported && (output.isTTY || Boolean(process.env.FORCE_COLOR));
  const lines = text.replace(/\n$/, '').split('\n').map(withoutCommands);
  output.write(`${(isColored ? lines : lines.map(stripVTControlCharacters)).join('\n')}\n`);
}

/** https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs takes a line that starts with :: for a command. */
function withoutCommands(line: string): string {
  return line.split(/(\x1b\[\d+m)/).map((part, i) => i % 2 === 1 ? part : printable(part)).join('')
    .replace(/^((?:\s|\x1b\[\d+m)*):(?=:)/, '$1\\u003a');
}

/** One line on a terminal, in the place of the last one. */
export function showProgress(output: Output, text: string): void {
  // A pipe has no width, as some terminals that a program makes.
  if (output.columns && process.env.TERM !== 'dumb') {
    const stream = output as NodeJS.WritableStream;
    cursorTo(stream, 0);
    clearLine(stream, 0);
    stream.write(printable(text).slice(0, output.columns - 1));
  }
}

/** Columns below each other. */
export function table(head: string[], rows: Cell[][]): string {
  return aligned({ head: head.map(text => String(colors.bold(text))) }, rows);
}

/** Names and values below each other, long values in several lines. */
export function valueTable(values: Record<string, Cell>): string {
  return aligned({ colWidths: [null, 110], wordWrap: true }, Object.entries(values).map(([name, value]) => [colors.bold(name), value]));
}

function aligned(options: TableConstructorOptions, rows: Cell[][]): string {
  const text = new CliTable({
    ...options,
    chars: { ...NO_BORDER, middle: '  ' },
    style: { 'head': [], 'border': [], 'padding-left': 0, 'padding-right': 0 },
  });
  text.push(...rows.map(row => row.map(cell => typeof cell === 'string' ? printable(clipped(cell, options.wordWrap ? undefined : 300)) : String(cell))));
  return text.toString().split('\n').map(line => line.trimEnd()).join('\n');
}

/** A date without its time. */
export function day(time: string | undefined): string {
  return time === undefined ? '-' : time.slice(0, 10);
}
