// What it takes to load a package, or to synthesize once, in this process: prints milliseconds of processor time
// and megabytes over bare Node.js, and the files that are loaded.
//   node bench/load.mjs PACKAGE
//   node bench/load.mjs FILE FUNCTION
import { join } from 'node:path';
import { processorTime } from './processor-time.mjs';
import { require } from './sides/installed.mjs';

const [name, side] = process.argv.slice(2);
const bare = process.memoryUsage().rss;
const start = processorTime();
if (side === undefined) {
  require(name);
} else {
  (await import(`./sides/${name}.mjs`))[side](1, join(process.cwd(), 'cdk.out'));
}
const milliseconds = processorTime() - start;
console.log(JSON.stringify([milliseconds, Object.keys(require.cache).length, (process.memoryUsage().rss - bare) / 1e6]));
