// The commands cdk-ami and cdk-workshop: as a user has them, installed in a folder outside of the project and run in another, or in this process.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { REGION } from './local-aws.mjs';
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

/** An empty folder to run the command in, as a user has it. */
export function workingFolder(bin, env) {
  const folder = emptyFolder();
  /** Starts the command with these variables too. An undefined one is taken out. */
  const startIn = (args, variables = {}, name = 'cdk-ami') => (
    start(join(bin, name), args, { cwd: folder.directory, env: { ...env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] }));
  return {
    ...folder,
    start: startIn,
    cdkAmi: (args, variables) => ended(startIn(args, variables)),
    cdkWorkshop: (args, variables) => ended(startIn(args, variables, 'cdk-workshop')),
  };
}

/** An empty folder to run the command in, in this process and against the AWS at this address. */
export function folderInProcess(url) {
  const { connect, connectWorkshop, run: runCommand } = createRequire(import.meta.url)('../lib/cli/commands.js');
  const folder = emptyFolder();
  const client = { endpoint: url, region: REGION, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } };
  return {
    ...folder,
    /** Runs the command to its end, with clients that have these settings too. */
    cdkAmi: (args, settings) => runIn('cdk-ami', args, settings),
    cdkWorkshop: (args, settings) => runIn('cdk-workshop', args, settings),
  };

  async function runIn(name, args, settings = {}) {
    const printed = { stdout: '', stderr: '' };
    const code = await runCommand(args, {
      connect: options => connect(options, { ...client, ...settings }),
      connectWorkshop: options => connectWorkshop(options, { ...client, ...settings }),
      directory: folder.directory,
      stdout: { write: text => (printed.stdout += text) },
      stderr: { write: text => (printed.stderr += text) },
      now: () => new Date(),
    }, name);
    return { code, ...printed };
  }
}

function emptyFolder() {
  const directory = temporaryFolder('work');
  const file = join(directory, 'ami.lock.json');
  return {
    directory,
    write: (name, content) => writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2)),
    /** The text of the lock file, if there is one. */
    text: () => existsSync(file) ? readFileSync(file, 'utf8') : undefined,
    lock: () => JSON.parse(readFileSync(file, 'utf8')),
  };
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
