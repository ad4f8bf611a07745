// The packed library with one release of aws-cdk-lib, as a user has both.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT, ROOT } from './project.mjs';
import { run } from './steps.mjs';
import { temporaryFolder } from './temporary.mjs';

const { peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
export const FLOOR = peerDependencies['aws-cdk-lib'].replace('^', '');

const parts = release => release.split('.').map(Number);
const compare = (a, b) => parts(a).map((part, i) => part - parts(b)[i]).find(difference => difference !== 0) ?? 0;

/** The releases of aws-cdk-lib that the library takes and that the registry has, from the oldest to the newest. */
export async function releasesInRange() {
  const versions = JSON.parse(await run('npm', ['view', 'aws-cdk-lib', 'versions', '--json'], { cwd: ROOT, env: ENVIRONMENT }));
  const [major] = parts(FLOOR);
  return versions.filter(version => /^\d+\.\d+\.\d+$/.test(version) && parts(version)[0] === major && compare(version, FLOOR) >= 0).sort(compare);
}

/** What an app is made with: the feature flags of `cdk init`, or none. */
export const FLAGS = { 'cdk init': ['node_modules/aws-cdk-lib/recommended-feature-flags.json'], 'none': [] };

/** Returns a function that uses all of the library in this package with a release. */
export function smokeTest(tarball) {
  const directory = temporaryFolder('versions');
  const inApp = { cwd: directory, env: { ...ENVIRONMENT, TMPDIR: directory } };

  /** Resolves to what came of it with each set of flags. */
  return async release => {
    // A folder of its own for each: npm leaves packages in an aws-cdk-lib that it replaces.
    rmSync(directory, { recursive: true, force: true });
    cpSync(join(ROOT, 'test', 'versions'), directory, { recursive: true });
    cpSync(join(ROOT, 'test', 'profiles.cjs'), join(directory, 'profiles.cjs'));
    cpSync(join(ROOT, 'examples', 'typescript', 'pinned', 'ami.lock.json'), join(directory, 'ami.lock.json'));
    writeFileSync(join(directory, 'package.json'), '{ "private": true }');
    await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', `aws-cdk-lib@${release}`, tarball], inApp);
    return Promise.all(Object.entries(FLAGS).map(async ([flags, files]) => {
      const start = Date.now();
      const outcome = JSON.parse((await run('node', ['app.cjs', ...files], inApp)).trim().split('\n').at(-1));
      return { release, flags, ...outcome, seconds: (Date.now() - start) / 1000 };
    }));
  };
}
