// The local AWS, and the environment in which the CDK CLI and the AWS CLI talk to it.
import { openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENVIRONMENT, ROOT, WITHOUT_VALIDATION } from './project.mjs';
import { run, start } from './steps.mjs';
import { temporaryFolder } from './temporary.mjs';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-west-3';

/** Starts a local AWS on a free port of 127.0.0.1. It ends with this process, or with `stop`; with `stay` it may be left behind. */
export async function startLocalAws(venv, { images, parameters, stay = false } = {}) {
  const directory = temporaryFolder('local-aws');
  const args = ['-m', 'local_aws', ...(images ? ['--images', images] : []), ...(parameters ? ['--parameters', parameters] : []), ...(stay ? ['--stay'] : [])];
  const log = join(directory, 'local-aws.log');
  const output = openSync(log, 'w');
  const child = start(join(venv, 'bin', 'python'), args, {
    cwd: join(ROOT, 'test', 'local-aws'),
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: [stay ? 'ignore' : 'pipe', output, output],
  });
  const { url } = await firstLine(child, log);

  const env = {
    ...ENVIRONMENT,
    PATH: [join(venv, 'bin'), ENVIRONMENT.PATH].join(delimiter),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_SESSION_TOKEN: 'testing',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_PAGER: '',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_HOME: directory,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
    ...WITHOUT_VALIDATION,
  };
  delete env.AWS_PROFILE;

  return {
    url,
    pid: child.pid,
    env,
    /** Prepares the account in these regions for the CDK CLI. Outside of an app, which it would synthesize first. */
    bootstrap: (regions = [REGION]) => run('cdk', ['bootstrap', ...regions.map(region => `aws://${ACCOUNT}/${region}`)], { cwd: directory, env }),
    /** The answer of the AWS CLI. */
    aws: awsCli(join(venv, 'bin', 'python'), env),
    stop: () => new Promise(resolve => {
      child.on('close', resolve);
      if (!child.kill()) {
        resolve();
      }
    }),
    leave: () => child.unref(),
  };
}

/** Runs commands of the AWS CLI, one after the other in one process, which ends with this one. */
function awsCli(python, env) {
  let child;
  let last = Promise.resolve();

  async function answerTo(command) {
    if (child === undefined) {
      child = start(python, [join(ROOT, 'scripts', 'aws-cli.py')], { env, stdio: ['pipe', 'pipe', 'inherit'] });
      child.answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      // It waits for commands for as long as this process does something else, and keeps it no longer.
      [child, child.stdin, child.stdout].forEach(handle => handle.unref());
    }
    child.stdout.ref();
    child.stdin.write(`${JSON.stringify([...command, '--output', 'json'])}\n`);
    const { value } = await child.answers.next();
    child.stdout.unref();
    const { code, output, errors } = JSON.parse(value);
    if (code !== 0) {
      throw new Error(`aws ${command.join(' ')} ended with ${code}:\n${errors}`);
    }
    return JSON.parse(output || 'null');
  }

  return (...command) => {
    const answer = last.then(() => answerTo(command));
    last = answer.catch(() => {});
    return answer;
  };
}

async function firstLine(child, log) {
  for (;;) {
    const [line, rest] = readFileSync(log, 'utf8').split('\n', 2);
    if (rest !== undefined && line.startsWith('{')) {
      return JSON.parse(line);
    }
    if (child.exitCode !== null) {
      throw new Error(`The local AWS did not start:\n${readFileSync(log, 'utf8')}`);
    }
    await sleep(50);
  }
}
