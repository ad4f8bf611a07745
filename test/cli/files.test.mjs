// What is a file of the user, and what is none: nothing that is in the way is read for ever, removed or written over.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';
import { localAwsEnvironment, ROOT } from '../../scripts/project.mjs';
import { idIn, startRegionalAws } from '../../scripts/regional-aws.mjs';
import { UBUNTU } from './pinned-images.mjs';

const require = createRequire(import.meta.url);
const { AmiSelector } = require('../../lib/ami-selector.js');
const { check, getFileInfo } = await import('prettier');

const PIN = ['pin', 'web', ...UBUNTU.query];
const FILE = 'ami.lock.json';
const EMPTY = '{ "version": 1, "images": {} }';

let local;
let whole;

const work = () => folderInProcess(local.url);

/** A folder with a name for each thing that is made in it. */
function workWith(make) {
  const folder = work();
  make(name => join(folder.directory, name), folder);
  return folder;
}

async function seconds(action) {
  const start = Date.now();
  const result = await action();
  return { ...result, seconds: (Date.now() - start) / 1000 };
}

const oneLine = text => assert.match(text, /^error: [^\n]+\.\n$/);

before(async () => {
  local = await startRegionalAws(await localAwsEnvironment(), ['eu-west-3', 'us-east-1']);
  const folder = work();
  const { code, stderr } = await folder.cdkAmi([...PIN, '--region', 'eu-west-3', '--region', 'us-east-1']);
  assert.equal(code, 0, stderr);
  whole = folder.text();
});

after(() => local.stop());

describe('what is no regular file', () => {
  const kinds = {
    'a folder': [path => mkdirSync(path(FILE)), /ami\.lock\.json is a folder; name a file/],
    'a folder behind a link': [path => { mkdirSync(path('images')); symlinkSync('images', path(FILE)); }, /is a folder; name a file/],
    'a FIFO': [path => execFileSync('mkfifo', [path(FILE)]), /is no regular file; name a file/],
    'a device': [path => symlinkSync('/dev/zero', path(FILE)), /is no regular file; name a file/],
    'a link to nowhere': [path => symlinkSync('nowhere', path(FILE)), /is a link to a file that is not there; make that file, or remove the link/],
    'a link to itself': [path => symlinkSync(FILE, path(FILE)), /it is a link to itself/],
    'a file of a gigabyte': [path => execFileSync('truncate', ['--size', '1G', path(FILE)]), /has 1074 MB, and at most 4 are read/],
    'text in UTF-16': [path => writeFileSync(path(FILE), Buffer.from(`\uFEFF${EMPTY}`, 'utf16le')), /is not text in UTF-8/],
  };
  for (const [what, [make, message]] of Object.entries(kinds)) {
    test(`such as ${what}, is told and left, by the command and at synth`, async () => {
      for (const args of [PIN, ['update'], ['check']]) {
        const folder = workWith(make);
        const before = listing(folder.directory);
        const { code, stdout, stderr, seconds: took } = await seconds(() => folder.cdkAmi(args));
        assert.deepEqual([code, stdout, listing(folder.directory)], [2, '', before], stderr);
        oneLine(stderr);
        assert.match(stderr, message);
        assert.ok(took < 5, `${took} seconds`);
      }
      const folder = workWith(make);
      assert.throws(() => AmiSelector.fromLockFile('web', { file: join(folder.directory, FILE) }), ({ message: told }) => {
        assert.match(told, /^AmiSelector\.fromLockFile\("web"\): [^\n]+\.$/);
        return message.test(told);
      });
    });
  }

  test('such as a FIFO in the place of cdk.context.json, is told', async () => {
    const folder = workWith(path => execFileSync('mkfifo', [path('cdk.context.json')]));
    const { code, stderr } = await folder.cdkAmi(['check']);
    assert.equal(code, 2);
    assert.match(stderr, /^error: cdk\.context\.json is no regular file; name a file\.\n$/);
  });
});

function listing(directory) {
  return readdirSync(directory, { withFileTypes: true }).map(entry => `${entry.name} ${entry.isFile() ? readStart(join(directory, entry.name)) : entry.isSymbolicLink()}`);
}

function readStart(path) {
  return statSync(path).size > 1e6 ? statSync(path).size : readFileSync(path, 'latin1');
}

describe('a file that this user may not', () => {
  const asNobody = async action => {
    if (process.getuid() !== 0) {
      return action();
    }
    process.seteuid(65534);
    try {
      return await action();
    } finally {
      process.seteuid(0);
    }
  };

  test('read is told, by the command and at synth', async () => {
    const folder = workWith(path => { writeFileSync(path(FILE), EMPTY); chmodSync(path(FILE), 0); chmodSync(path('.'), 0o777); });
    const { code, stderr } = await asNobody(() => folder.cdkAmi(['check']));
    assert.equal(code, 2);
    assert.match(stderr, /^error: ami\.lock\.json cannot be read or written: this user may not; change the permissions/);
    await asNobody(() => assert.throws(() => AmiSelector.fromLockFile('web', { file: join(folder.directory, FILE) }),
      /^Error: AmiSelector\.fromLockFile\("web"\): .*cannot be read or written: this user may not; change the permissions/));
  });

  test('write stays as it is, also in a folder that it may change', async () => {
    const folder = workWith(path => { writeFileSync(path(FILE), EMPTY); chmodSync(path(FILE), 0o444); chmodSync(path('.'), 0o777); });
    const { code, stderr } = await asNobody(() => folder.cdkAmi(PIN));
    assert.deepEqual([code, folder.text(), readdirSync(folder.directory)], [2, EMPTY, [FILE]]);
    assert.match(stderr, /cannot be read or written: this user may not/);
  });
});

describe('what is not of the command stays', () => {
  test('files that are called like its temporary ones', async () => {
    const names = ['ami.lock.json.tmp-backup', 'ami.lock.json.tmp-1', 'ami.lock.json.cdk-ami-backup', 'ami.lock.json.bak', '.ami.lock.json.swp'];
    const folder = workWith((path, { write }) => {
      names.forEach(name => write(name, 'mine'));
      mkdirSync(path(`ami.lock.json.cdk-ami-${'1'.repeat(32)}`));
    });
    const { code, stderr } = await folder.cdkAmi(PIN);
    assert.deepEqual([code, stderr], [0, '']);
    names.forEach(name => assert.equal(readFileSync(join(folder.directory, name), 'utf8'), 'mine'));
    assert.equal(readdirSync(folder.directory).length, names.length + 2);
  });

  const places = {
    'a file': path => writeFileSync(path, 'mine'),
    'an old file': path => { writeFileSync(path, 'mine'); utimesSync(path, 0, 0); },
    'a folder with something in it': path => { mkdirSync(path); writeFileSync(join(path, 'pid'), '1'); utimesSync(path, 0, 0); },
    'a folder of the future': path => { mkdirSync(path); utimesSync(path, 4e9, 4e9); },
    'a link to nowhere': path => symlinkSync('nowhere', path),
  };
  for (const [what, make] of Object.entries(places)) {
    test(`${what} in the place of its lock, which is told within seconds`, async () => {
      const folder = workWith(path => { make(path(`${FILE}.lock`)); writeFileSync(path(FILE), EMPTY); });
      const before = readdirSync(folder.directory);
      const { code, stderr, seconds: took } = await seconds(() => folder.cdkAmi(PIN));
      assert.deepEqual([code, folder.text(), readdirSync(folder.directory)], [2, EMPTY, before]);
      assert.match(stderr, /ami\.lock\.json\.lock is in the way: cdk-ami makes an empty folder of this name while it writes/);
      oneLine(stderr);
      assert.ok(took < 5, `${took} seconds`);
    });
  }
});

describe('what is written', () => {
  test('passes prettier with its defaults', async () => {
    const folder = workWith((_, { write }) => write(FILE, whole));
    assert.equal((await getFileInfo(FILE)).inferredParser, 'json');
    for (const owners of [[UBUNTU.query[3]], ['136693071363', '309956199498', '792107900819', '764336703387', '125523088429']]) {
      const named = owners.flatMap(owner => ['--owner', owner]);
      assert.equal((await folder.cdkAmi(['pin', `owners-${owners.length}`, '--name', UBUNTU.query[1], '--owner', '099720109477', ...named])).code, 0);
    }
    assert.ok(await check(folder.text(), { filepath: FILE }), folder.text());
  });

  test('has the ends of lines and the indentation that the file had', async () => {
    for (const [newline, indentation] of [['\r\n', '    '], ['\n', '\t'], ['\r\n', '  ']]) {
      const text = whole.replace(/^ +/gm, spaces => indentation.repeat(spaces.length / 2)).replaceAll('\n', newline);
      const folder = workWith((_, { write }) => write(FILE, text));
      assert.equal((await folder.cdkAmi(['pin', 'again', ...UBUNTU.query])).code, 0);
      const lines = folder.text().split(newline);
      assert.equal(lines.join('').match(/[\r\n]/), null);
      assert.ok(lines.includes(`${indentation}"version": 1`), folder.text());
      // What was there is there in the same lines.
      assert.deepEqual(text.split(newline).filter(line => !lines.includes(line)), []);
    }
  });

  test('is without a byte order mark, which is told', async () => {
    const folder = workWith((_, { write }) => write(FILE, `\uFEFF${whole}`));
    assert.equal((await folder.cdkAmi(['check'])).code, 0);
    const { code, stderr } = await folder.cdkAmi(['pin', 'again', ...UBUNTU.query]);
    assert.deepEqual([code, stderr, folder.text()[0]], [0, 'ami.lock.json is written without the byte order mark that it started with.\n', '{']);
  });

  test('is marked where it is older, or has another root device', async () => {
    const folder = workWith((_, { write }) => write(FILE, whole.replaceAll(idIn('us-east-1', UBUNTU.newer), 'ami-0123456789abcdef0')
      .replaceAll(/"creationDate": "2026/g, '"creationDate": "2036').replaceAll('/dev/sda1', '/dev/xvda')));
    const { code, stdout } = await folder.cdkAmi(['update', '--dry-run']);
    assert.equal(code, 1);
    assert.match(stdout, /us-east-1 .*OLDER: 2036-\S+ → 2026-\S+, OTHER ROOT DEVICE: \/dev\/xvda → \/dev\/sda1/);
  });
});

describe('an output that cannot be written', () => {
  const env = () => ({ PATH: process.env.PATH, AWS_ENDPOINT_URL: local.url, AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_REGION: 'eu-west-3' });
  const ended = async (args, stdio, folder = work()) => {
    const child = spawn(process.execPath, [join(ROOT, 'bin', 'cdk-ami'), ...args], { cwd: folder.directory, env: env(), stdio });
    let stderr = '';
    child.stderr?.on('data', data => (stderr += data));
    child.stdout?.destroy();
    const code = await new Promise(resolve => child.on('close', resolve));
    return { code, stderr };
  };

  test('ends with 2 where the disk is full, and says so', async t => {
    if (!existsSync('/dev/full')) {
      t.skip('There is no /dev/full.');
      return;
    }
    const full = openSync('/dev/full', 'w');
    for (const args of [['families'], ['--help'], ['families', '--json']]) {
      const { code, stderr } = await ended(args, ['ignore', full, 'pipe']);
      assert.equal(code, 2);
      assert.match(stderr, /^error: The output cannot be written \(ENOSPC\)[^\n]+\.\n$/);
    }
    const findings = workWith((_, { write }) => write(FILE, whole.replaceAll('/ubuntu-noble', '/ubuntu-nobel')));
    assert.equal((await ended(['check'], ['ignore', full, 'ignore'], findings)).code, 2);
    assert.equal((await ended(['no-such-command'], ['ignore', 'ignore', full])).code, 2);
    closeSync(full);
  });

  test('ends with 2 where nobody reads it, and says nothing', async () => {
    assert.deepEqual(await ended(['families'], ['ignore', 'pipe', 'pipe']), { code: 2, stderr: '' });
    assert.deepEqual(await ended(['families', '--json'], ['ignore', 'pipe', 'pipe']), { code: 2, stderr: '' });
  });

  test('ends with 2 where the folder is gone', async () => {
    const folder = work();
    const directory = mkdtempSync(join(folder.directory, 'gone-'));
    const script = `cd "${directory}" && rmdir "${directory}" && "${process.execPath}" "${join(ROOT, 'bin', 'cdk-ami')}" check`;
    const child = spawn('sh', ['-c', script], { env: env(), stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', data => (stderr += data));
    assert.equal(await new Promise(resolve => child.on('close', resolve)), 2);
    assert.match(stderr, /^error: [^\n]+\n$/);
    rmSync(folder.directory, { recursive: true });
  });
});
