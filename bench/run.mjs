// npm run bench: what the library and the command cost beside code written by hand, and beside other packages, as ratios of one run.
//   npm run bench -- NAME...   these rows alone; a name is also for all that begin with it and a dash
//   npm run bench -- --list    the names of all
//   npm run bench -- --write   puts the table into docs/performance.md
import { loadavg } from 'node:os';
import { argv } from 'node:process';
import { installPackages } from '../scripts/project.mjs';
import { step } from '../scripts/steps.mjs';
import { measure } from './measure.mjs';
import { writePage } from './page.mjs';
import { ROWS } from './rows.mjs';
import { table } from './table.mjs';

const options = argv.slice(2);
const names = options.filter(option => !option.startsWith('--'));
const chosen = ROWS.filter(({ name }) => names.length === 0 || names.some(each => name === each || name.startsWith(`${each}-`)));
const unknown = names.filter(each => !ROWS.some(({ name }) => name === each || name.startsWith(`${each}-`)));

if (options.includes('--list')) {
  console.log(ROWS.map(({ name, what, ours, other }) => `${name.padEnd(26)} ${what}: ${ours} beside ${other}`).join('\n'));
} else if (unknown.length > 0) {
  console.error(`There is no row ${unknown.join(', ')}; npm run bench -- --list names all.`);
  process.exitCode = 2;
} else {
  await installPackages();
  const load = loadavg()[0];
  const lines = [];
  const left = [];
  for (const row of chosen) {
    try {
      lines.push(...await step(row.name, () => measure(row)));
    } catch (error) {
      left.push(`${row.name} is not measured: ${error.message}`);
    }
  }
  console.log(`\n${[table(lines), ...left].join('\n\n')}`);
  if (options.includes('--write')) {
    await writePage(lines, left, load);
  }
  process.exitCode = left.length === 0 ? 0 : 1;
}
