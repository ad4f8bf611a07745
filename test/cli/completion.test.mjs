// What shells complete, in those that this machine has.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';
import { ROOT } from '../../scripts/project.mjs';

const PATH = [join(ROOT, 'bin'), process.env.PATH].join(delimiter);
const lacks = shell => spawnSync(shell, ['--version']).error && `there is no ${shell} here`;
const folder = folderInProcess('http://127.0.0.1:9');
const query = { family: 'UBUNTU_24_04', owners: ['099720109477'], architecture: 'x86_64', rootDevice: 'ebs' };
folder.write('ami.lock.json', { version: 1, images: { batch: { query, regions: {} }, web: { query, regions: {} } } });
folder.write('other.json', { version: 1, images: { api: { query, regions: {} } } });

/** What bash completes of these words, the last of which is being typed. */
function inBash(name, ...words) {
  const script = `source <(${name} completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _${name.replace('-', '_')}; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', script, 'bash', name, ...words], { cwd: folder.directory, env: { PATH }, encoding: 'utf8' }).trim().split('\n');
}

describe('bash completes', () => {
  for (const [what, words, completed] of [
    ['commands', ['s'], ['search', 'show']],
    ['options', ['pin', 'web', '--min'], ['--min-age']],
    ['choices', ['check', '--format', 'm'], ['markdown']],
    ['families, in whatever case', ['search', 'debian'], ['DEBIAN_12', 'DEBIAN_13']],
    ['families of an option', ['pin', 'web', '-f', 'ROCKY'], ['ROCKY_8', 'ROCKY_9', 'ROCKY_10']],
    ['regions', ['pin', 'web', '--region', 'eu-west-1', '--region', 'eu-north'], ['eu-north-1']],
    ['names that are pinned', ['update', ''], ['batch', 'web']],
    ['names, behind the first one and by another name of the command', ['rm', 'batch', 'w'], ['web']],
    ['names of the file that is named', ['list', '--file', 'other.json', ''], ['api']],
    ['nothing where it does not know', ['show', 'ami'], ['']],
    ['nothing behind what is no command', ['serach', 's'], ['']],
  ]) {
    test(what, () => assert.deepEqual(inBash('cdk-ami', ...words), completed));
  }

  test('the words of cdk-workshop too', () => {
    assert.deepEqual(inBash('cdk-workshop', 'st'), ['start', 'stop']);
    assert.deepEqual(inBash('cdk-workshop', 'cost', '--a'), ['--app']);
  });
});

test('fish completes', { skip: lacks('fish') }, () => {
  const complete = line => execFileSync('fish', ['--no-config', '-c', `cdk-ami completion fish | source; complete -C '${line}'`], {
    cwd: folder.directory, env: { PATH, HOME: folder.directory }, encoding: 'utf8',
  }).trim().split('\n');
  assert.deepEqual([complete('cdk-ami sea'), complete('cdk-ami update w'), complete('cdk-ami search --fam')], [['search'], ['web'], ['--family']]);
});

test('zsh completes', { skip: lacks('zsh') }, () => {
  writeFileSync(join(folder.directory, '.zshrc'), 'autoload -U compinit; compinit -u -D; source <(cdk-ami completion zsh); PS1="ready: "\n');
  const output = execFileSync('python3', [join(ROOT, 'test', 'cli', 'terminal.py'), '80', 'cdk-ami fami\t --help\nexit\n', 'zsh', '-i'], {
    cwd: folder.directory, env: { PATH, HOME: folder.directory, ZDOTDIR: folder.directory, TERM: 'xterm' }, encoding: 'utf8', timeout: 60_000,
  });
  assert.match(output, /Usage: cdk-ami families/);
});

test('a shell that it does not know is told', async () => {
  const { code, stderr } = await folder.cdkAmi(['completion', 'tcsh']);
  assert.deepEqual([code, /Allowed choices are bash, zsh, fish/.test(stderr)], [2, true], stderr);
});
