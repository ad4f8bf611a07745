// Synthesizes the sides of a row in turns, and prints the median milliseconds of processor time of each: what Node.js makes of the same code differs
// from one process to the next, so that bench/samples.mjs calls it several times.
//   node bench/turns.mjs FILE FUNCTION:COUNT ...
import { join } from 'node:path';
import { median } from './median.mjs';
import { processorTime } from './processor-time.mjs';

/** Instances that are synthesized to warm up, by each side, and that are measured at least. */
const WARM_UP = 300;
const MEASURED = 300;
const LONGEST_WARM_UP = 10;

const [file, ...calls] = process.argv.slice(2);
const functions = await import(`./sides/${file}.mjs`);
const sides = calls.map(call => {
  const [name, count] = call.split(':');
  return { synth: functions[name], count: Number(count), times: [] };
});
const outdir = join(process.cwd(), 'cdk.out');
const largest = Math.max(...sides.map(({ count }) => count));
const rounds = most => Math.min(21, Math.ceil(most / largest));

for (let round = 0; round < Math.min(21, WARM_UP / Math.min(largest, LONGEST_WARM_UP)); round++) {
  sides.forEach(({ synth, count }) => synth(Math.min(count, LONGEST_WARM_UP), outdir));
}
for (let round = 0; round < rounds(MEASURED); round++) {
  sides.forEach((_, turn) => {
    const { synth, count, times } = sides[(turn + round) % sides.length];
    const start = processorTime();
    synth(count, outdir);
    times.push(processorTime() - start);
  });
}
console.log(JSON.stringify(sides.map(({ times }) => median(times))));
