// Times actions against each other, and prints the median of each: bench/run.mjs calls it, in a process of its own for each run.
//   node bench/rounds.mjs FILE FUNCTION:ARGUMENT ...
import { performance } from 'node:perf_hooks';
import { temporaryFolder } from '../scripts/temporary.mjs';
import { median } from './median.mjs';

const WARM_UP = 20;
const ROUNDS = 31;

const [file, ...calls] = process.argv.slice(2);
const functions = await import(`./${file}`);
const outdir = temporaryFolder('bench');
const actions = calls.map(call => {
  const [name, count] = call.split(':');
  return () => functions[name](Number(count), outdir);
});

// They take turns, so that all meet the same noise.
const times = actions.map(() => []);
for (let round = 0; round < WARM_UP + ROUNDS; round++) {
  actions.forEach((_, turn) => {
    const action = (turn + round) % actions.length;
    const start = performance.now();
    actions[action]();
    times[action].push(performance.now() - start);
  });
}
console.log(JSON.stringify(times.map(of => median(of.slice(WARM_UP)))));
