import { clearLine, cursorTo } from 'readline';
import { stripVTControlCharacters } from 'util';
import Table, { type TableConstructorOptions } from 'cli-table3';
import pc from 'picocolors';
import type { Output } from './host';

/** Taken out again where they are not wanted. */
export const colors = pc.createColors(true);

const NO_BORDER = Object.fromEntries([
  'top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid',
].map(part => [part, '']));

export function printLine(output: Output, text: string): void {
  // By itself picocolors colours in a pipe too where it runs on Windows or in CI.
  const isColored = pc.isColorSupported && (output.isTTY || Boolean(process.env.FORCE_COLOR));
  output.write(`${isColored ? text : stripVTControlCharacters(text)}\n`);
}

/** One line on a terminal, in the place of the last one. */
export function showProgress(output: Output, text: string): void {
  // A pipe has no width, as some terminals that a program makes.
  if (output.columns && process.env.TERM !== 'dumb') {
    const stream = output as NodeJS.WritableStream;
    cursorTo(stream, 0);
    clearLine(stream, 0);
    stream.write(text.slice(0, output.columns - 1));
  }
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
