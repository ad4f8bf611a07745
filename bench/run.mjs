// npm run bench: what the library and the command cost beside code written by hand, as ratios of one run.
import { execFileSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { typescriptApps } from '../scripts/example-app.mjs';
import { installPackages, packForNpm } from '../scripts/project.mjs';
import { pinnedInThirtyRegions } from './thirty-regions.mjs';

const ROUNDS = 41;

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function milliseconds(action) {
  globalThis.gc();
  const start = performance.now();
  action();
  return performance.now() - start;
}

/** The median of each side over rounds that take turns, so that both meet the same noise. */
function compare(one, other) {
  const times = { one: [], other: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const turns = [['one', one], ['other', other]];
    for (const [side, action] of round % 2 ? turns.reverse() : turns) {
      times[side].push(milliseconds(action));
    }
  }
  return { one: median(times.one), other: median(times.other) };
}

await installPackages();
const app = await typescriptApps(await packForNpm())('workshop');

const { byHand, withLibrary } = await import('./fifty-instances.mjs');
const templates = [withLibrary(), byHand()].map(assembly => assembly.stacks[0].template);
const kinds = template => Object.values(template.Resources).map(resource => resource.Type).sort().join();
if (kinds(templates[0]) !== kinds(templates[1])) {
  throw new Error('The two sides do not make the same resources, so they cannot be compared.');
}
const synth = compare(withLibrary, byHand);
console.log(`
50 instances, one VPC, a map of 30 regions
  resources               ${Object.keys(templates[0].Resources).length} (by hand ${Object.keys(templates[1].Resources).length})
  mappings                ${Object.keys(templates[0].Mappings).length}
  synth                   ${synth.one.toFixed(0)} ms (by hand ${synth.other.toFixed(0)} ms): ${(synth.one / synth.other).toFixed(3)} times`);

// Within the process, where the start of Node.js itself is not measured.
const code = 'const start = performance.now(); require("cdk-workshop-instance"); console.log(performance.now() - start)';
const loads = Array.from({ length: 21 }, () => Number(execFileSync(process.execPath, ['-e', code], { cwd: app.directory })));
console.log(`
require('cdk-workshop-instance')
  over bare Node.js       ${median(loads).toFixed(1)} ms`);

const { command, loop } = await pinnedInThirtyRegions();
console.log(`
cdk-ami pin in 30 regions, 200 ms on every call
  by the command          ${command.seconds.toFixed(1)} s, ${command.calls} calls, up to ${command.atOnce} at once
  one after another       ${loop.seconds.toFixed(1)} s, ${loop.calls} calls: ${(loop.seconds / command.seconds).toFixed(1)} times as long`);
