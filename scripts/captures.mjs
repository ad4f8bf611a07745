// What commands leave on a terminal: docs/pictures/NAME.json has it as it was recorded, scripts/pictures.mjs draws it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './project.mjs';

/** The columns of a terminal that fit into a picture, and are legible in it. */
export const COLUMNS = 112;

const STYLES = {
  1: 'bold', 2: 'dim', 4: 'underline', 31: 'red', 32: 'green', 33: 'yellow', 36: 'cyan', 90: 'gray',
};
const ENDS = { 22: ['bold', 'dim'], 24: ['underline'], 39: ['red', 'green', 'yellow', 'cyan', 'gray'] };

/** What differs from one run to the next, and what stands in its place. */
const CHANGING = [
  [/\d+(\.\d+)?s$/, '…s'],
  [/\bi-[0-9a-f]{17}\b/g, 'i-0a69a0161007c1148'],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '2f1c8a90-7b1e-11f1-9d2c-0a5b6c7d8e9f'],
  [/(?<=current_region-)[0-9a-f]{8}/g, '0c2a481a'],
];

/**
 * The lines that are seen on a terminal in the end: each a list of texts, and of styles with their text.
 *
 * @param printed all that was written to the terminal, what moves its cursor and erases lines too
 */
export function screen(printed) {
  const lines = [[]];
  let row = 0;
  let column = 0;
  let styles = new Set();
  for (const [token, number, command] of printed.matchAll(/\x1b\[\??([\d;]*)([A-Za-z])|[^]/gu)) { // eslint-disable-line no-control-regex
    if (command === 'm') {
      styles = number.split(';').reduce((before, code) => styled(before, Number(code)), styles);
    } else if (command === 'A') {
      row = Math.max(0, row - Number(number || 1));
    } else if (command === 'G') {
      column = Number(number || 1) - 1;
    } else if (command === 'K' || command === 'J') {
      lines[row].length = Math.min(lines[row].length, column);
      lines.length = command === 'J' ? row + 1 : lines.length;
    } else if (token === '\r') {
      column = 0;
    } else if (token === '\n') {
      row += 1;
      column = 0;
      lines[row] ??= [];
    } else if (command === undefined) {
      while (lines[row].length < column) {
        lines[row].push({ text: ' ', style: '' });
      }
      lines[row][column] = { text: token, style: [...styles].join(' ') };
      column += 1;
    }
  }
  return lines.map(runsOf);
}

/** The text of a line, without its styles. */
export const plainText = line => line.map(run => typeof run === 'string' ? run : run[1]).join('');

/** The lines that were recorded of this command. */
export function recorded(name) {
  return JSON.parse(readFileSync(fileOf(name), 'utf8'));
}

/**
 * What was recorded of a command, and the same lines as they are today. With RECORD, as `npm run captures` has it, they are recorded first.
 *
 * @param command what was typed
 * @param printed all that was written to the terminal
 */
export function compared(name, command, printed) {
  const typed = [['bold', `$ ${command}`]];
  const lines = withoutGaps([typed, ...screen(printed)]).map(line => line.map(run => typeof run === 'string' ? normalized(run) : [run[0], normalized(run[1])]));
  if (process.env.RECORD) {
    writeFileSync(fileOf(name), `[\n${lines.map(line => `  ${JSON.stringify(line)}`).join(',\n')}\n]\n`);
  }
  return { recorded: recorded(name).map(plainText), today: lines.map(plainText) };
}

const normalized = text => CHANGING.reduce((before, [pattern, place]) => before.replace(pattern, place), text);

/** Lines of which no two that follow each other are empty, and neither is the last. */
function withoutGaps(lines) {
  const last = lines.findLastIndex(line => line.length > 0);
  return lines.filter((line, i) => i <= last && (line.length > 0 || lines[i - 1]?.length > 0));
}

function fileOf(name) {
  return join(ROOT, 'docs', 'pictures', `${name}.json`);
}

function styled(before, code) {
  if (code === 0) {
    return new Set();
  }
  const next = new Set([...before].filter(style => !(ENDS[code] ?? (code >= 30 && code < 40 ? ENDS[39] : [])).includes(style)));
  return STYLES[code] === undefined ? next : next.add(STYLES[code]);
}

/** Cells, or texts with a style, of which neighbours with one style are one. Spaces at the end are left out. */
function runsOf(cells) {
  const runs = [];
  for (const { text, style } of cells) {
    if (runs.length > 0 && runs.at(-1)[0] === style) {
      runs.at(-1)[1] += text;
    } else {
      runs.push([style, text]);
    }
  }
  while (runs.length > 0 && runs.at(-1)[1].trimEnd() === '') {
    runs.pop();
  }
  return runs.map(([style, text], i) => {
    const shown = i === runs.length - 1 ? text.trimEnd() : text;
    return style === '' ? shown : [style, shown];
  });
}
