// npm test: everything, on a fresh clone too; npm test -- NAME...: these parts only. The last line sums up: N passed, N failed.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { installExamplePackages } from './example-app.mjs';
import {
  ENVIRONMENT, installPackages, localAwsEnvironment, packForNpm, packForPython, pythonAppEnvironment, pythonPackage, ROOT, shellCheckEnvironment,
} from './project.mjs';
import { print, printingTo, run, show } from './steps.mjs';

const REPORTS = join(ROOT, 'test-reports');
// Most parts wait, for a local AWS or for the CDK CLI, more than they compute.
const PARTS_AT_A_TIME = 2;
const env = { ...ENVIRONMENT, CI: 'true' };

const localAws = once(localAwsEnvironment);
const pythonApp = once(() => pythonAppEnvironment(pythonPackage()));
const shellCheck = once(shellCheckEnvironment);
const examples = once(async () => (env.EXAMPLE_PACKAGES = await installExamplePackages()));

/** In the order in which they start. `built` parts wait for the build; `needs` are there before the tests start, which would each make their own. */
const PARTS = [
  { name: 'build', title: 'Build: generated files, compiler, README, API.md, lint, unit tests, package', tests: build },
  { name: 'local-aws', title: 'The local AWS', needs: [localAws], tests: part => pytest(part, localAws, 'test/local-aws/tests') },
  { name: 'deploy', title: 'Deployments to the local AWS, from TypeScript and from Python', built: true, needs: [localAws, pythonApp, examples], tests: nodeTests },
  { name: 'cli', title: 'The commands cdk-ami and cdk-workshop, as a user installs them', built: true, needs: [localAws], tests: nodeTests },
  { name: 'versions', title: 'The npm package with older releases of aws-cdk-lib', built: true, tests: nodeTests },
  { name: 'scanners', title: 'The templates, as the scanners see them', built: true, tests: nodeTests },
  { name: 'newest', title: 'Unit tests with the newest aws-cdk-lib', tests: newest },
  { name: 'packed', title: 'The npm package, as a user installs it', built: true, needs: [examples], tests: nodeTests },
  {
    name: 'python', title: 'The Python package, as a user installs it', built: true, needs: [pythonApp],
    tests: part => pytest(part, pythonApp, 'test/bindings/python'),
  },
  { name: 'java', title: 'The examples in Java', built: true, tests: part => nodeTests(part, 'test/bindings/java') },
  { name: 'go', title: 'The examples in Go', built: true, tests: part => nodeTests(part, 'test/bindings/go') },
  { name: 'documents', title: 'The pages: their blocks and links, and the steps of the README as a user takes them', built: true, needs: [localAws], tests: nodeTests },
  { name: 'facts', title: 'The facts about images and instance types', built: true, needs: [localAws], tests: nodeTests },
  { name: 'user-data', title: 'The scripts that instances run', built: true, needs: [shellCheck, localAws], tests: nodeTests },
];

function once(action) {
  let result;
  return () => result ??= action();
}

/** Everything that a build makes and checks. It must not change what git sees of the working tree. */
async function build(part) {
  const workingTree = async () => await run('git', ['status', '--porcelain'], { cwd: ROOT }) + await run('git', ['diff'], { cwd: ROOT });
  const before = await workingTree();
  // A build that fails leaves no packages of an earlier one to test.
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  await runner(part, 'junit.xml', 'projen', ['build']);
  // What CI builds is the npm package alone; jobs of their own make the others of it.
  await packForPython();
  part.passed += 1;
  if (await workingTree() !== before) {
    await show('git', ['status', '--short'], { cwd: ROOT });
    throw new Error('The build changed the files above, so they were not current: run "npx projen build" and commit what it changes.');
  }
  part.passed += 1;
}

function newest(part) {
  return runner(part, 'newest.xml', 'jest', ['--ci', '--config', 'test/jest.newest.config.js'], { JEST_JUNIT_OUTPUT_NAME: 'newest.xml' });
}

/** The tests in the folder of the part that node's own runner runs, two files at a time. */
function nodeTests(part, folder = `test/${part.name}`) {
  const files = readdirSync(join(ROOT, folder)).filter(file => file.endsWith('.test.mjs')).map(file => `${folder}/${file}`);
  const report = `${part.name}.xml`;
  return runner(part, report, 'node', ['--test', '--test-concurrency=2', '--test-reporter=spec', '--test-reporter-destination=stdout',
    '--test-reporter=junit', `--test-reporter-destination=${join(REPORTS, report)}`, ...files]);
}

async function pytest(part, environment, folder) {
  const report = `${part.name}.xml`;
  const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '--junitxml', join(REPORTS, report), folder];
  return runner(part, report, join(await environment(), 'bin', 'python'), args, { PYTHONDONTWRITEBYTECODE: '1' });
}

/** Runs a test runner that writes a JUnit report, and counts the tests in it. */
async function runner(part, report, command, args, variables = {}) {
  const file = join(REPORTS, report);
  rmSync(file, { force: true });
  const exitCode = await show(command, args, { cwd: ROOT, env: { ...env, ...variables } });
  if (!existsSync(file)) {
    throw new Error(`${command} ended with ${exitCode} before any test.`);
  }
  const cases = readFileSync(file, 'utf8').split('<testcase').slice(1);
  const failed = cases.filter(testCase => /<(failure|error)\b/.test(testCase)).length;
  const skipped = cases.filter(testCase => /<skipped\b/.test(testCase));
  part.failed += failed;
  part.skipped.push(...skipped.map(testCase => `${attribute(testCase, /\bname="(.*?)"/)}: ${attribute(testCase, /<skipped\b[^>]*?\bmessage="(.*?)"/)}`));
  part.passed += cases.length - failed - skipped.length;
  if (exitCode !== 0 && failed === 0) {
    throw new Error(`${command} ended with ${exitCode}, though no test failed.`);
  }
}

function attribute(testCase, pattern) {
  const entities = { '&quot;': '"', '&apos;': '\'', '&lt;': '<', '&gt;': '>', '&amp;': '&' };
  return (pattern.exec(testCase)?.[1] ?? 'no reason given').replace(/&(quot|apos|lt|gt|amp);/g, entity => entities[entity]);
}

/** Runs a part. One that breaks off is one failure; the others still run. */
async function runPart(part) {
  const start = Date.now();
  try {
    await Promise.all((part.needs ?? []).map(need => need()));
    await part.tests(part);
  } catch (error) {
    print(`\n${error.message}\n`);
    part.failed += 1;
  }
  part.seconds = Math.round((Date.now() - start) / 1000);
}

/** Runs a part that is not alone: what it prints is shown in one piece, at its end. */
async function runPartBeside(part) {
  console.log(`    ${part.name} starts`);
  const printed = [];
  await printingTo(new Writable({ write: (chunk, _encoding, done) => (printed.push(chunk), done()) }), () => runPart(part));
  console.log(`\n=== ${part.title}\n${Buffer.concat(printed)}    ${part.name} ends: ${part.failed === 0 ? 'passed' : 'FAILED'} (${part.seconds} s)\n`);
}

/** Runs the parts, several at a time. Those that are tests of what the build makes start when it has ended. */
async function runParts(parts) {
  const waiting = [...parts];
  const running = new Map();
  while (waiting.length > 0 || running.size > 0) {
    const building = [...waiting, ...running.keys()].some(({ name }) => name === 'build');
    const next = running.size < PARTS_AT_A_TIME ? waiting.find(({ built }) => !(built && building)) : undefined;
    if (next === undefined) {
      await Promise.race(running.values());
    } else {
      waiting.splice(waiting.indexOf(next), 1);
      running.set(next, runPartBeside(next).finally(() => running.delete(next)));
    }
  }
}

function select(names) {
  const unknown = names.filter(name => !PARTS.some(part => part.name === name));
  if (unknown.length > 0) {
    console.error(`There is no part ${unknown.join(', ')}; the parts are ${PARTS.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
  return PARTS.filter(({ name }) => names.length === 0 || names.includes(name)).map(part => ({ ...part, passed: 0, failed: 0, skipped: [], seconds: 0 }));
}

function finish(parts, seconds) {
  const rows = parts.map(({ name, seconds: time, passed, failed, skipped }) => [name, { seconds: time, passed, failed, skipped: skipped.length }]);
  const sum = key => rows.reduce((total, [, row]) => total + row[key], 0);
  const total = { seconds, passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  console.table(Object.fromEntries([...rows, ['in all', total]]));
  for (const { name, skipped } of parts) {
    skipped.forEach(reason => console.log(`skipped in ${name}: ${reason}`));
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
  process.exit(total.failed === 0 ? 0 : 1);
}

if (process.argv.includes('--list')) {
  console.log(JSON.stringify(PARTS.map(({ name }) => name)));
  process.exit();
}
const parts = select(process.argv.slice(2));
const start = Date.now();
mkdirSync(REPORTS, { recursive: true });
try {
  await installPackages();
  // Without the build, its packages are made of what is there now.
  if (parts.some(({ built }) => built) && !parts.some(({ name }) => name === 'build')) {
    await packForNpm();
    if (parts.some(({ needs }) => needs?.includes(pythonApp))) {
      await packForPython();
    }
  }
} catch (error) {
  console.error(`\n${error.message}`);
  parts[0].failed += 1;
  finish(parts, 0);
}
await (parts.length === 1 ? runPart(parts[0]) : runParts(parts));
finish(parts, Math.round((Date.now() - start) / 1000));
