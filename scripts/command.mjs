// The command cdk-ami as a user has it: installed in a folder outside of the project, and run in another.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmPackage } from './project.mjs';
import { run, start, step } from './steps.mjs';
import { temporaryFolder } from './temporary.mjs';

/** Installs the npm package, without its peers, which the command does not need. Returns the folder of its commands. */
export async function installCommand() {
  const directory = temporaryFolder('cdk-ami');
  writeFileSync(join(directory, 'package.json'), '{ "private": true }');
  await step('Installing the command', () => run('npm', ['install', '--prefer-offline', '--omit=peer', npmPackage()], { cwd: directory }));
  return join(directory, 'node_modules', '.bin');
}

/** The environment of a user who talks to the local AWS: with an empty home, and with nothing that silences a warning. */
export function userEnvironment({ AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION }) {
  return {
    PATH: process.env.PATH,
    HOME: temporaryFolder('home'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL,
    AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY,
    AWS_SESSION_TOKEN,
    AWS_REGION,
  };
}

/** An empty folder to run the command in. */
export function workingFolder(bin, env) {
  const directory = temporaryFolder('work');
  const file = join(directory, 'ami.lock.json');
  const write = (name, content) => writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  return {
    directory,
    write,
    /** Runs the command to its end, with these variables too. An undefined one is taken out. */
    cdkAmi: (args, variables = {}) => ended(spawnIn(args, variables)),
    /** Starts the command. */
    start: (args, variables = {}) => spawnIn(args, variables),
    /** The text of the lock file, if there is one. */
    text: () => existsSync(file) ? readFileSync(file, 'utf8') : undefined,
    lock: () => JSON.parse(readFileSync(file, 'utf8')),
  };

  function spawnIn(args, variables) {
    return start(join(bin, 'cdk-ami'), args, { cwd: directory, env: { ...env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

/** Waits for a command. Resolves to how it ended and what it printed. */
export function ended(child) {
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8').on('data', data => (printed[stream] += data));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...printed }));
  });
}
