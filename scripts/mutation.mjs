// npm run mutation [OPTIONS OF STRYKER]: changes the rules in many small ways, and counts the changes that no test sees. docs/mutation.md has the last figures.
import { join } from 'node:path';
import { ENVIRONMENT, installPackages, ROOT } from './project.mjs';
import { run, show, step } from './steps.mjs';

// Stryker 9 is the last that runs on Node.js 20. It stays out of package.json, as it brings 253 packages that nothing else needs.
const PACKAGES = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/mocha-runner@9.6.1', 'mocha@11.8.0'];
const FOLDER = join(ROOT, '.cache', 'stryker');

await installPackages();
await step('Installing Stryker', () => run('npm', ['install', '--no-audit', '--no-fund', '--no-save', '--prefer-offline', '--prefix', FOLDER, ...PACKAGES]));
const stryker = join(FOLDER, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
process.exitCode = await show('node', [stryker, 'run', join('test', 'mutation', 'stryker.config.json'), ...process.argv.slice(2)], { cwd: ROOT, env: ENVIRONMENT });
