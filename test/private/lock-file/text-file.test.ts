import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { explainedFileError, readTextFile } from '../../../src/private/lock-file/text-file';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'text-file-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const read = (name: string) => readTextFile(join(folder, name), name);

test.each(['', '{}\n', '\uFEFF{}', 'é 日本 👍'])('the text %j is read as it is', text => {
  writeFileSync(join(folder, 'a.json'), text);
  expect(read('a.json')).toBe(text);
});

test('nothing is read where there is no file', () => {
  expect(read('a.json')).toBeUndefined();
  expect(read('b/a.json')).toBeUndefined();
});

test('the largest file is read', () => {
  writeFileSync(join(folder, 'a.json'), '');
  truncateSync(join(folder, 'a.json'), 4_000_000);
  expect(read('a.json')).toHaveLength(4_000_000);
});

test('no file stays open', () => {
  writeFileSync(join(folder, 'a.json'), '{}');
  const open = () => readdirSync('/dev/fd').length;
  const before = open();
  read('a.json');
  expect(() => read('.')).toThrow();
  expect(open()).toBe(before);
});

test.each([
  ['a folder', () => mkdirSync(join(folder, 'a.json')), 'a.json is a folder; name a file.'],
  ['what a program writes into', () => execFileSync('mkfifo', [join(folder, 'a.json')]), 'a.json is no regular file; name a file.'],
  ['a link to nothing', () => symlinkSync('b.json', join(folder, 'a.json')), 'a.json is a link to a file that is not there; make that file, or remove the link.'],
  ['a link to itself', () => symlinkSync('a.json', join(folder, 'a.json')), 'a.json cannot be read or written: it is a link to itself; name a file.'],
  ['bytes that are no text', () => writeFileSync(join(folder, 'a.json'), Buffer.from([0xff])), 'a.json is not text in UTF-8; save it as such, or restore it from version control.'],
  ['a file that is too large', () => { writeFileSync(join(folder, 'a.json'), ''); truncateSync(join(folder, 'a.json'), 4_000_001); },
    'a.json has 5 MB, and at most 4 are read; restore it from version control.'],
])('fails for %s', (_, make, message) => {
  make();
  expect(() => read('a.json')).toThrow(new Error(message));
});

test.each([
  [Object.assign(new Error('no space left'), { code: 'ENOSPC' }), 'a.json cannot be read or written: the disk is full; free some space.'],
  [Object.assign(new Error('input or output'), { code: 'EIO' }), 'a.json cannot be read or written: EIO.'],
  [new Error('a.json is a folder; name a file.'), 'a.json is a folder; name a file.'],
])('%s is explained', (error, message) => {
  expect(explainedFileError(error, 'a.json').message).toBe(message);
});
