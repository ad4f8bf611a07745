// A copy of an example app outside of the project, with the packed library installed, as a user has it.
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { npmPackage, packForNpm, packForPython, pythonAppEnvironment, pythonPackage, ROOT, WITHOUT_VALIDATION } from './project.mjs';
import { run, show, step } from './steps.mjs';
import { temporaryFolder } from './temporary.mjs';

export const LANGUAGES = ['typescript', 'python'];

/** Builds, packs and installs the library for one language. Returns a function that makes copies of example apps. */
export async function libraryFor(language) {
  const tarball = await packForNpm();
  return language === 'typescript' ? typescriptApps(tarball) : pythonApps(await pythonAppEnvironment(await packForPython()));
}

/** Language → a copy of an example app, with the packages that are built. */
export async function exampleApps(name) {
  return {
    typescript: await typescriptApps(npmPackage())(name),
    python: await pythonApps(await pythonAppEnvironment(pythonPackage()))(name),
  };
}

/** Copies of example apps in TypeScript, with other packages too where they are named. */
export function typescriptApps(tarball, packages = []) {
  return async name => {
    const directory = copyOf('typescript', name);
    const installed = process.env.EXAMPLE_PACKAGES;
    if (installed && packages.length === 0) {
      symlinkSync(installed, join(directory, 'node_modules'));
    } else {
      await step(`Installing the package in the example ${name}`, () => install(directory, tarball, packages));
    }
    return exampleApp(directory, join(directory, 'node_modules', '.bin'));
  };
}

/** Installs what all examples in TypeScript install, once, outside of the project. Returns what EXAMPLE_PACKAGES is to be for the tests that share it. */
export async function installExamplePackages() {
  const directory = copyOf('typescript', 'workshop');
  await step('Installing the package in an example', () => install(directory, npmPackage()));
  return join(directory, 'node_modules');
}

function install(directory, tarball, packages = []) {
  return run('npm', ['install', '--prefer-offline', tarball, ...packages], { cwd: directory });
}

export function pythonApps(venv) {
  return async name => exampleApp(copyOf('python', name), join(venv, 'bin'));
}

/** Copies of apps in Java, with the package in a folder that jsii-pacmak made, and with this release of aws-cdk-lib. */
export async function javaApps(folder, release, apps = 'examples') {
  const artifact = readdirSync(folder, { recursive: true }).find(file => file.endsWith('.pom')).replace(/\.pom$/, '');
  await run('mvn', ['-q', 'org.apache.maven.plugins:maven-install-plugin:3.1.1:install-file',
    `-Dfile=${join(folder, artifact)}.jar`, `-DpomFile=${join(folder, artifact)}.pom`], { cwd: folder });
  return async name => {
    const directory = copyOf('java', name, apps);
    mkdirSync(join(directory, '.mvn'));
    writeFileSync(join(directory, '.mvn', 'maven.config'), `-Dcdk.version=${release}\n-Dcdk-workshop-instance.version=0.0.0\n`);
    return exampleApp(directory, '');
  };
}

/** What the generated module asks for, and the releases that its examples are built with. */
export const GO_MODULES = {
  'github.com/aws/aws-cdk-go/awscdk/v2': 'v2.275.0',
  'github.com/aws/constructs-go/constructs/v10': 'v10.8.1',
  'github.com/aws/jsii-runtime-go': 'v1.142.0',
};

/** Copies of apps in Go, with the module in a folder that jsii-pacmak made. */
export function goApps(folder, apps = 'examples') {
  const module = 'github.com/cdk-workshop-instance/cdk-workshop-instance-go/cdkworkshopinstance';
  const replacements = [`${module}=${join(folder, 'cdkworkshopinstance')}`, ...Object.entries(GO_MODULES).map(([name, version]) => `${name}=${name}@${version}`)];
  return async name => {
    const directory = copyOf('go', name, apps);
    await run('go', ['mod', 'edit', ...replacements.map(each => `-replace=${each}`)], { cwd: directory });
    await run('go', ['mod', 'tidy'], { cwd: directory });
    return exampleApp(directory, '');
  };
}

function copyOf(language, name, apps = 'examples') {
  const directory = temporaryFolder(name);
  cpSync(join(ROOT, apps, language, name), directory, { recursive: true });
  return directory;
}

function exampleApp(directory, bin) {
  const inApp = env => ({ cwd: directory, env: { ...env, PATH: [bin, env.PATH].join(delimiter) } });
  return {
    directory,
    /** Runs the CDK CLI silently. */
    cdk: (env, ...args) => run('cdk', args, inApp(env)),
    /** Runs the CDK CLI where it is seen. Resolves to its exit code. */
    showCdk: (env, ...args) => show('cdk', args, inApp(env)),
    run: (env, command, ...args) => run(command, args, inApp(env)),
    /** The templates of the app, by stack, without the metadata that CDK adds about itself. */
    templates: async env => {
      await run('cdk', ['synth', '--quiet', '--no-version-reporting'], inApp({ ...env, ...WITHOUT_VALIDATION }));
      const out = join(directory, 'cdk.out');
      return Object.fromEntries(readdirSync(out, { recursive: true }).filter(file => file.endsWith('.template.json'))
        .map(file => [basename(file).split('.')[0], JSON.parse(readFileSync(join(out, file), 'utf8'))]));
    },
  };
}
