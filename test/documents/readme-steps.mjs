// The steps of the README, as a script for each language.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/project.mjs';

const TITLE = '## From nothing to a running machine';
const LANGUAGES = ['typescript', 'python'];

/**
 * The blocks of one language, in order. A table has a column for each language, what stands outside of one is for both.
 *
 * A block of `ts` or `python` has its file in the line above, a block of `sh` is run, a block of `text` is what is printed.
 */
export function stepsFor(language) {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const section = readme.slice(readme.indexOf(TITLE) + TITLE.length).split(/^## /m)[0];
  const steps = [];
  let column;
  let file;
  let block;
  for (const line of section.split('\n')) {
    const fence = /^```(\w*)/.exec(line);
    if (block === undefined && fence) {
      block = { kind: fence[1], file, lines: [] };
    } else if (block !== undefined && fence) {
      if (column === undefined || LANGUAGES[column] === language) {
        steps.push({ kind: block.kind, file: block.file, text: block.lines.join('\n') });
      }
      block = undefined;
    } else if (block !== undefined) {
      block.lines.push(line);
    } else if (/^<\/table>/.test(line)) {
      column = undefined;
    } else if (/^<tr>/.test(line)) {
      column = -1;
    }
    if (block === undefined) {
      column = column === undefined ? undefined : column + (line.match(/<td>/g) ?? []).length;
      file = /^`(.+)`$/.exec(line)?.[1] ?? (line === '' ? file : undefined);
    }
  }
  return steps;
}

/** A script of bash that does what the steps say. */
export function scriptOf(steps) {
  return ['set -euo pipefail', ...steps.flatMap(({ kind, file, text }) => ({
    sh: [text],
    text: [],
    ts: [`cat > ${file} <<'END'\n${text}\nEND`],
    python: [`cat > ${file} <<'END'\n${text}\nEND`],
  })[kind])].join('\n');
}
