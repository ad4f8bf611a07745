import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';

const ROOT = join(__dirname, '..');
const PAGE = readFileSync(join(ROOT, 'docs', 'errors.md'), 'utf8');
const found = JSON.parse(execFileSync(process.execPath, [join(ROOT, 'scripts', 'errors.mjs'), '--check'], { encoding: 'utf8' }));

test('each message and each id of the code is explained: a row for it belongs in scripts/errors-explained.mjs', () => {
  expect(found.notExplained).toEqual([]);
  expect(found.messages.length).toBeGreaterThan(100);
  expect(found.ids.length).toBeGreaterThan(10);
});

test('nothing is explained that the code does not say', () => {
  expect(found.ofNoMessage).toEqual([]);
});

test('docs/errors.md has each of them: "npx projen post-compile" writes it', () => {
  expect([...found.messages, ...found.ids].filter(words => !PAGE.includes(words.replace(/^…: /, '')))).toEqual([]);
});
