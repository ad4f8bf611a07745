// npm test: everything, on a fresh clone too. The last line sums up: N passed, N failed.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT, installPackages, localAwsEnvironment, packForPython, pythonAppEnvironment, ROOT } from './project.mjs';
import { run, show } from './steps.mjs';

const REPORTS = join(ROOT, 'test-reports');
const env = { ...ENVIRONMENT, CI: 'true' };
const total = { passed: 0, failed: 0 };

/** Runs one part of the tests. A part that breaks off is one failure; the others still run. */
async function part(title, action) {
  console.log(`\n=== ${title}`);
  try {
    await action();
  } catch (error) {
    console.error(`\n${error.message}`);
    count({ failed: 1 });
  }
}

function count({ passed = 0, failed = 0 }) {
  total.passed += passed;
  total.failed += failed;
}

/** Runs a test runner that writes a JUnit report, and counts the tests in it. */
async function runner(report, command, args, options = {}) {
  const file = join(REPORTS, report);
  rmSync(file, { force: true });
  const exitCode = await show(command, args, { cwd: ROOT, env, ...options });
  if (!existsSync(file)) {
    throw new Error(`${command} ended with ${exitCode} before any test.`);
  }
  const cases = readFileSync(file, 'utf8').split('<testcase').slice(1);
  const failed = cases.filter(testCase => /<(failure|error)\b/.test(testCase)).length;
  count({ passed: cases.length - failed, failed });
  if (exitCode !== 0 && failed === 0) {
    throw new Error(`${command} ended with ${exitCode}, though no test failed.`);
  }
}

/** The tests in a folder that node's own runner runs, two files at a time: each waits for a local AWS of its own more than it computes. */
function nodeTests(folder) {
  const files = readdirSync(join(ROOT, 'test', folder)).filter(file => file.endsWith('.test.mjs')).map(file => join('test', folder, file));
  const report = `${folder}.xml`;
  return runner(report, 'node', ['--test', '--test-concurrency=2', '--test-reporter=spec', '--test-reporter-destination=stdout',
    '--test-reporter=junit', `--test-reporter-destination=${join(REPORTS, report)}`, ...files]);
}

function pytest(venv, folder, report, environment = env) {
  return runner(report, join(venv, 'bin', 'python'), ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '--junitxml', join(REPORTS, report), folder],
    { env: { ...environment, PYTHONDONTWRITEBYTECODE: '1' } });
}

/** What git sees of the working tree: a build must not change it. */
async function workingTree() {
  return await run('git', ['status', '--porcelain'], { cwd: ROOT }) + await run('git', ['diff'], { cwd: ROOT });
}

function finish() {
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 ? 0 : 1);
}

mkdirSync(REPORTS, { recursive: true });
await part('Packages', installPackages);
if (total.failed > 0) {
  finish();
}
await part('Build: generated files, compiler, README, API.md, lint, unit tests, package', async () => {
  const before = await workingTree();
  await runner('junit.xml', 'projen', ['build']);
  count({ passed: 1 });
  if (await workingTree() !== before) {
    await show('git', ['status', '--short'], { cwd: ROOT });
    throw new Error('The build changed the files above, so they were not current: run "npx projen build" and commit what it changes.');
  }
  count({ passed: 1 });
});
await part('Unit tests with the newest aws-cdk-lib', () => runner('newest.xml', 'jest', ['--ci', '--config', 'test/jest.newest.config.js'], {
  env: { ...env, JEST_JUNIT_OUTPUT_NAME: 'newest.xml' },
}));
await part('The npm package, as a user installs it', () => nodeTests('packed'));
await part('The local AWS', async () => pytest(await localAwsEnvironment(), join('test', 'local-aws', 'tests'), 'local-aws.xml'));
await part('The facts about images and instance types', () => nodeTests('facts'));
await part('The scripts that instances run', () => nodeTests('user-data'));
await part('The command cdk-ami, as a user installs it', () => nodeTests('cli'));
await part('The templates, as the scanners see them', () => nodeTests('scanners'));
await part('The Python package, as a user installs it', async () => {
  const venv = await pythonAppEnvironment(await packForPython());
  await pytest(venv, join('test', 'bindings', 'python'), 'python.xml');
});
await part('Deployments to the local AWS, from TypeScript and from Python', () => nodeTests('deploy'));
finish();
