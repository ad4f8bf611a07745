// Synthesizes a side of a row some times, and prints the median milliseconds of processor time. It has a process of its own: in one with the other
// side, garbage of the one is collected while the other is measured.
//   node bench/synth.mjs FILE FUNCTION COUNT
import { join } from 'node:path';
import { median } from './median.mjs';
import { processorTime } from './processor-time.mjs';

/** How many instances are synthesized to warm up, a few at a time, and to be measured; and how often at most. */
const WARM_UP = { instances: 100, atOnce: 10, most: 21 };
const MEASURED = { instances: 300, atOnce: Infinity, most: 11 };

const [file, name, number] = process.argv.slice(2);
const { [name]: synth } = await import(`./sides/${file}.mjs`);
const outdir = join(process.cwd(), 'cdk.out');

function* times({ instances, atOnce, most }) {
  const count = Math.min(Number(number), atOnce);
  for (let round = 0; round < Math.min(most, Math.ceil(instances / count)); round++) {
    const start = processorTime();
    synth(count, outdir);
    yield processorTime() - start;
  }
}

[...times(WARM_UP)];
console.log(median([...times(MEASURED)]));
