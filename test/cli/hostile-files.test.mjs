// Files that were made to do harm: the command and synth end soon, print nothing that does anything, and leave the file.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { startRegionalAws } from '../../scripts/regional-aws.mjs';
import { pasted, problemsOf, remediesIn, writeTable } from './harmless.mjs';
import { AMAZON_LINUX, UBUNTU } from './pinned-images.mjs';

const { AmiSelector } = createRequire(import.meta.url)('../../lib/ami-selector.js');

const FILE = 'ami.lock.json';
const SLOWEST = 10; // Seconds; what hangs takes minutes.

const nested = (depth, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth);

/** Values by what they are; a text stands for JSON that is put in as it is. */
const VALUES = {
  'a colour': '\x1b[31mred\x1b[0m',
  'a title of the terminal': '\x1b]0;title\x07',
  'C1 controls': '\x9b31m\x90q\x9c',
  'a screen that is cleared': '\x1b[2J\x1b[H',
  'a NUL': 'a\0b',
  'the end of a line': 'a\r\nb',
  'a command of GitHub': '::error::hidden',
  'a command of GitHub in a second line': 'a\n::set-output name=a::b',
  'a command of older runners': '##[error]hidden',
  'right to left': 'abc\u202Excba\u202C',
  'isolates': '\u2066a\u2069',
  'nothing that is seen': '\u200B\u200D\uFEFF',
  'a separator of lines': 'a\u2028b\u2029c',
  'tags': '\u{E0001}\u{E0041}',
  'half a character': '\uD800',
  'a substitution': '$(touch canary)',
  'backticks': '`touch canary`',
  'the end of single quotes': '\'; touch canary; \'',
  'the end of double quotes': '"; touch canary; "',
  'a second line for a shell': 'web\ntouch canary\n',
  'a pipe': 'web | touch canary',
  'a redirection': 'web > canary',
  'a background': 'web & touch canary &',
  'an option': '--file=/etc/passwd',
  'an escape': 'a\\\'; touch canary; #',
  'a path': '../../../etc/passwd',
  'a megabyte': 'x'.repeat(1e6),
  'a pattern that takes for ever': `${'a*'.repeat(120)}b`,
  'many optional characters': '?'.repeat(250),
  'a token of AWS CDK': '${Token[TOKEN.1]}',
  'a prototype': '__proto__',
  'a method': 'constructor',
  'no text': '',
  'a blank': ' ',
  'a number': 1,
  'a number too large': { json: '1e999' },
  'nothing': null,
  'true': true,
  'an object': {},
  'a list': [],
  'a list of lists': { json: nested(5000) },
  'an object of objects': { json: `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}` },
};

/** Where they are put: each is given the file and a value, or a key. */
const PLACES = {
  '$schema': (lock, value) => (lock.$schema = value),
  'version': (lock, value) => (lock.version = value),
  'images': (lock, value) => (lock.images = value),
  'an entry': (lock, value) => (lock.images.web = value),
  'query': (lock, value) => (lock.images.web.query = value),
  'family': ({ images: { web } }, value) => (web.query.family = value),
  'name': ({ images: { web } }, value) => { delete web.query.family; web.query.name = value; },
  'owners': ({ images: { web } }, value) => (web.query.owners = value),
  'an owner': ({ images: { web } }, value) => (web.query.owners = ['amazon', value]),
  'architecture': ({ images: { web } }, value) => (web.query.architecture = value),
  'rootDevice': ({ images: { web } }, value) => (web.query.rootDevice = value),
  'regions': ({ images: { web } }, value) => (web.regions = value),
  ...Object.fromEntries(['imageId', 'name', 'owner', 'ownerAlias', 'creationDate', 'deprecationTime', 'rootDeviceName'].map(key => (
    [`${key} of an image`, ({ images: { web } }, value) => (web.regions['eu-west-3'][key] = value)]))),
};
const KEYS = {
  'a key of the file': (lock, key) => set(lock, key, 1),
  'the name of an entry': ({ images }, key) => set(images, key, images.web),
  'a key of an entry': ({ images: { web } }, key) => set(web, key, 1),
  'a key of a query': ({ images: { web } }, key) => set(web.query, key, 1),
  'a region': ({ images: { web } }, key) => set(web.regions, key, web.regions['eu-west-3']),
  'a key of an image': ({ images: { web } }, key) => set(web.regions['eu-west-3'], key, 1),
};

const set = (object, key, value) => Object.defineProperty(object, key, { value, enumerable: true });

let local;
let whole;

function* files() {
  for (const [what, value] of Object.entries(VALUES)) {
    const places = [...Object.entries(PLACES), ...typeof value === 'string' ? Object.entries(KEYS) : []];
    for (const [place, put] of places) {
      const lock = JSON.parse(whole);
      put(lock, value?.json === undefined ? value : 'PUT HERE');
      yield [`${what} as ${place}`, JSON.stringify(lock, undefined, 2).replace('"PUT HERE"', value?.json)];
    }
  }
  for (let i = 1; i < 20; i++) {
    yield [`${i} of 20 parts`, whole.slice(0, whole.length * i / 20)];
  }
  yield* Object.entries({
    'nothing': '',
    'a value': '1',
    'a list': '[]',
    'a text': '"web"',
    'null': 'null',
    'binary': Buffer.from(Array.from({ length: 4096 }, (_, i) => i * 7 % 256)),
    'UTF-16': Buffer.from(whole, 'utf16le'),
    'zeros': '\0'.repeat(1000),
    'ten megabytes': whole.replace('{', `{${' '.repeat(1e7)}`),
    'ten megabytes of quotes': '"'.repeat(1e7),
    'a text of four megabytes that does not end': `"${'\\a'.repeat(1.9e6)}`,
    'brackets that do not end': '['.repeat(3e6),
    'lists, 1 million deep': nested(1e6),
    'objects, 100,000 deep': `${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`,
    'a megabyte of an escaped text': `{"a":"${'\\u0041'.repeat(3e5)}","a":1}`,
    'a key that stands twice': whole.replace('"images"', '"images": {}, "images"'),
    'a key that stands twice and is none': whole.replace('"version"', '"\\u001b[31m": 1, "\\u001b[31m": 2, "version"'),
    'a comment': `// $(touch canary)\n${whole}`,
    'a comma at the end': whole.replace('"version": 1', '"version": 1,'),
    'single quotes': whole.replaceAll('"', '\''),
    'a page of HTML': '<!DOCTYPE html><script>alert(1)</script>',
    'the conflict of a merge': `<<<<<<< HEAD\n${whole}=======\n${whole}>>>>>>> $(touch canary)\n`,
    'a conflict with a base': `{\n||||||| \x1b[31m\n`,
    'a newer version': whole.replace('"version": 1', '"version": 2'),
    'an entry of a stranger': whole.replaceAll('137112412989', '666666666666'),
    'lines that end with a return': whole.replaceAll('\n', '\r'),
    '50,000 entries': JSON.stringify({ version: 1, images: Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`e${i}`, { query: {}, regions: {} }])) }),
    '50,000 keys': JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`$(touch canary)${i}`, 1]))),
  });
}

/** What the CDK CLI has cached, with a value in each part of a key, and as what is cached. */
function* contexts() {
  for (const [what, value] of Object.entries(VALUES)) {
    const parts = { account: '123456789012', name: 'web-*', region: 'eu-west-3', image: UBUNTU.newer };
    for (const part of typeof value === 'string' ? Object.keys(parts) : ['image']) {
      const { account, name, region, image } = { ...parts, [part]: value?.json === undefined ? value : 'PUT HERE' };
      const content = { 'cli-telemetry': value?.json ? 1 : value, [`ami:account=${account}:filters.name.0=${name}:region=${region}`]: image };
      yield [`${what} as ${part} of a context`, JSON.stringify(content, undefined, 2).replace('"PUT HERE"', value?.json)];
    }
  }
}

before(async () => {
  local = await startRegionalAws(await localAwsEnvironment(), ['eu-west-3']);
  const folder = folderInProcess(local.url);
  const { code, stderr } = await folder.cdkAmi(['pin', 'web', ...AMAZON_LINUX.query]);
  assert.equal(code, 0, stderr);
  whole = folder.text();
});

after(() => local.stop());

/** What the command, or synth, says of the file in a folder. */
const TRIES = {
  check: folder => folder.cdkAmi(['check']),
  pin: folder => folder.cdkAmi(['pin', 'more', ...UBUNTU.query]),
  update: folder => folder.cdkAmi(['update', '--dry-run', '--json']),
  synth: async folder => {
    try {
      AmiSelector.fromLockFile('web', { file: join(folder.directory, FILE) });
      return { code: 0, stdout: '', stderr: '' };
    } catch (error) {
      return { code: 2, stdout: '', stderr: error.name === 'Error' ? error.message : error.stack };
    }
  },
};

function* tries() {
  for (const [what, content] of files()) {
    yield* Object.entries(TRIES).map(([who, attempt]) => ({ what, content, file: FILE, who, attempt }));
  }
  for (const [what, content] of contexts()) {
    yield { what, content, file: 'cdk.context.json', who: 'check', attempt: TRIES.check };
  }
}

test('files that were made to do harm', async t => {
  const folder = folderInProcess(local.url);
  const rows = [];
  const printed = new Set();
  for (const { what, content, file, who, attempt } of tries()) {
    folder.write(FILE, whole);
    writeFileSync(join(folder.directory, file), content);
    const start = Date.now();
    const result = await attempt(folder);
    const took = (Date.now() - start) / 1000;
    const isChanged = !readFileSync(join(folder.directory, file)).equals(Buffer.from(content));
    const problems = [
      ...problemsOf(result),
      took > SLOWEST && `took ${took} seconds`,
      isChanged && !(who === 'pin' && result.code === 0) && 'changed the file',
    ].filter(Boolean);
    rows.push({ what, who, took, code: result.code, line: (result.stderr || result.stdout).split('\n')[0], problems });
    (result.stdout + result.stderr).split('\n').forEach(line => printed.add(line));
  }
  const ran = pasted([...printed, ...remediesIn([...printed])]);
  writeTable('hostile-files.tsv', rows.map(row => [row.who, row.what, row.took, row.code, row.line]));

  const count = predicate => rows.filter(predicate).length;
  const contents = new Set(rows.map(({ what }) => what)).size;
  t.diagnostic(`${contents} files, ${rows.length} runs: ${[0, 1, 2].map(code => `${count(row => row.code === code)} ended with ${code}`).join(', ')}; `
    + `the slowest took ${Math.max(...rows.map(({ took }) => took))} s; ${printed.size} lines were pasted, ${ran.length} of them ran something else`);
  assert.ok(contents >= 250, contents);
  assert.deepEqual(ran, []);
  assert.deepEqual(rows.filter(({ problems }) => problems.length > 0), []);
});
