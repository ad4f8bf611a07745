// Synthesizes the sides of a row in turns, and prints the median milliseconds of processor time of each: what Node.js makes of the same code differs
// from one process to the next, so that bench/samples.mjs calls it several times.
//   node bench/turns.mjs FILE FUNCTION:COUNT ...
import { join } from 'node:path';
import { median } from './median.mjs';
import { processorTime } from './processor-time.mjs';

/** How many instances each side synthesizes to warm up, a few at a time, and to be measured; and how often at most. */
const WARM_UP = { instances: 100, atOnce: 10, most: 21 };
const MEASURED = { instances: 300, atOnce: Infinity, most: 11 };

const [file, ...calls] = process.argv.slice(2);
const functions = await import(`./sides/${file}.mjs`);
const sides = calls.map(call => {
  const [name, count] = call.split(':');
  return { synth: functions[name], count: Number(count), times: [] };
});
const outdir = join(process.cwd(), 'cdk.out');
const largest = Math.max(...sides.map(({ count }) => count));
const rounds = ({ instances, atOnce, most }) => Math.min(most, Math.ceil(instances / Math.min(largest, atOnce)));

for (let round = 0; round < rounds(WARM_UP); round++) {
  sides.forEach(({ synth, count }) => synth(Math.min(count, WARM_UP.atOnce), outdir));
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
