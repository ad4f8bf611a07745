// Builds and packs the working tree a second time, in another folder, and compares the packages with those in dist/, byte by byte.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { ENVIRONMENT, ROOT } from './project.mjs';
import { run, step } from './steps.mjs';
import { temporaryFolder } from './temporary.mjs';

/** The packages of these targets of jsii-pacmak, each with its hash and whether the second build has made the same. */
export async function comparedWithSecondBuild(targets) {
  const second = await step(`Building it a second time, for ${targets.join(' and ')}`, () => builtElsewhere(targets));
  return targets.flatMap(target => readdirSync(join(ROOT, 'dist', target)).sort().map(file => {
    const [sha256, other] = [ROOT, second].map(root => hash(join(root, 'dist', target, file)));
    return { name: `${target}/${file}`, sha256, equal: sha256 === other };
  }));
}

async function builtElsewhere(targets) {
  const folder = temporaryFolder('second-build');
  const files = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  for (const file of files.split('\0').filter(each => each !== '' && existsSync(join(ROOT, each)))) {
    cpSync(join(ROOT, file), join(folder, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const task of ['pre-compile', 'compile', ...targets.map(target => `package:${target}`)]) {
    await run('projen', [task], { cwd: folder, env: ENVIRONMENT });
  }
  return folder;
}

const hash = file => existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : undefined;

if (argv[1] === fileURLToPath(import.meta.url)) {
  const targets = argv.length > 2 ? argv.slice(2) : readdirSync(join(ROOT, 'dist'), { withFileTypes: true }).filter(each => each.isDirectory()).map(({ name }) => name);
  const packages = await comparedWithSecondBuild(targets);
  packages.forEach(({ name, sha256, equal }) => console.log(`${equal ? 'equal  ' : 'DIFFERS'} ${sha256} ${name}`));
  process.exitCode = packages.every(({ equal }) => equal) ? 0 : 1;
}
