// Where the rows are measured: folders with what they need installed, made when the first row asks.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { goApps, GO_MODULES, javaApps } from '../scripts/example-app.mjs';
import { ENVIRONMENT, generate, missingToolchain, npmPackage, packForNpm, packForPython, pythonAppEnvironment, ROOT } from '../scripts/project.mjs';
import { run, step } from '../scripts/steps.mjs';
import { temporaryFolder } from '../scripts/temporary.mjs';

export const NEWEST = createRequire(import.meta.url)('aws-cdk-lib-newest/package.json').version;
export const PEERS = { 'cdk-fck-nat': '1.6.22', 'cdk-ec2-key-pair': '5.1.1' };
/** The newest release of aws-cdk-lib that every registry has for Java. */
export const JAVA_RELEASE = '2.263.0';
export const GO_RELEASE = GO_MODULES['github.com/aws/aws-cdk-go/awscdk/v2'].slice(1);

const once = action => {
  let result;
  return () => result ??= action();
};

/** The package as npm publishes it; not made anew while it is newer than what it is made of. */
export const tarball = once(async () => {
  const changed = Math.max(...['src', 'package.json', 'README.md'].map(name => newestIn(join(ROOT, name))));
  const made = join(ROOT, 'dist', 'js');
  return existsSync(made) && readdirSync(made).some(file => newestIn(join(made, file)) > changed) ? npmPackage() : packForNpm();
});

function newestIn(path) {
  const entry = statSync(path);
  return entry.isFile() ? entry.mtimeMs : Math.max(...readdirSync(path).map(name => newestIn(join(path, name))));
}

/** The library, the newest aws-cdk-lib and the packages that it is compared with, as npm installs them. */
export const npm = once(async () => {
  const directory = temporaryFolder('bench');
  writeFileSync(join(directory, 'package.json'), '{ "private": true }');
  const packages = [await tarball(), `aws-cdk-lib@${NEWEST}`, ...Object.entries(PEERS).map(([name, version]) => `${name}@${version}`)];
  await step('Installing the packages', () => run('npm', ['install', '--prefer-offline', ...packages], { cwd: directory }));
  return directory;
});

/** The wheel, its virtual environment, and how the apps are started. */
export const python = once(async () => {
  await tarball();
  const wheel = await packForPython();
  const bin = join(await pythonAppEnvironment(wheel), 'bin');
  const interpreter = join(bin, 'python');
  return { wheel, pip: join(bin, 'pip'), interpreter, directory: join(ROOT, 'bench', 'apps', 'python'), command: side => [interpreter, `${side}.py`] };
});

async function checkToolchain(...toolchain) {
  const missing = await missingToolchain(...toolchain);
  if (missing) {
    throw new Error(missing);
  }
  await tarball();
}

/** The jar, and how the apps are started. */
export const java = once(async () => {
  await checkToolchain('Java', 'mvn', '--version');
  const packages = await generate('java', temporaryFolder('java'));
  const app = await (await javaApps(packages, JAVA_RELEASE, 'bench/apps'))('instances');
  await step('Compiling the apps in Java', () => app.run(ENVIRONMENT, 'mvn', '-q', 'compile', 'dependency:build-classpath', '-Dmdep.outputFile=classpath'));
  const classpath = `target/classes:${readFileSync(join(app.directory, 'classpath'), 'utf8').trim()}`;
  const jar = readdirSync(packages, { recursive: true }).find(file => /cdk-workshop-instance-[\d.]+\.jar$/.test(file));
  return { jar: join(packages, jar), directory: app.directory, command: side => ['java', '-cp', classpath, `com.example.${side}`] };
});

/** The module, and how the apps are started. */
export const go = once(async () => {
  await checkToolchain('Go', 'go', 'version');
  const packages = await generate('go', temporaryFolder('go'), '--code-only');
  const app = await (await goApps(packages, 'bench/apps'))('instances');
  await step('Compiling the apps in Go', () => app.run(ENVIRONMENT, 'go', 'build', '-o', 'bin/', './...'));
  return { module: join(packages, 'cdkworkshopinstance'), directory: app.directory, command: side => [join(app.directory, 'bin', side)] };
});
