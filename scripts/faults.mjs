// npm run faults [RUNS] [SEED]: as many runs of the command with random faults, of which npm test makes a few. A seed repeats them.
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { ENVIRONMENT, installPackages, packForNpm, ROOT } from './project.mjs';
import { show } from './steps.mjs';

const [runs = 210, seed = randomInt(2 ** 31)] = process.argv.slice(2);

await installPackages();
await packForNpm();
process.exitCode = await show('node', ['--test', join('test', 'cli', 'random-faults.test.mjs')], {
  cwd: ROOT, env: { ...ENVIRONMENT, FAULT_RUNS: String(runs), FAULT_SEED: String(seed) },
});
