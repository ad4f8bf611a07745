// npm run bench: what the library and the command cost beside code written by hand, as ratios of one run.
import { execFileSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { typescriptApps } from '../scripts/example-app.mjs';
import { installPackages, packForNpm } from '../scripts/project.mjs';
import { temporaryFolder } from '../scripts/temporary.mjs';
import { pinnedInThirtyRegions } from './thirty-regions.mjs';

const WARM_UP = 10;
const ROUNDS = 101;
const SEATS = [10, 65, 120];

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function milliseconds(action) {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/** The median of each action over rounds in which they take turns, so that all meet the same noise, once all are compiled. */
function medians(actions) {
  const times = actions.map(() => []);
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    actions.forEach((_, turn) => {
      const action = (turn + round) % actions.length;
      times[action].push(milliseconds(actions[action]));
    });
  }
  return times.map(of => median(of.slice(WARM_UP)));
}

const ratio = ([one, other]) => `${one.toFixed(0)} ms (by hand ${other.toFixed(0)} ms): ${(one / other).toFixed(3)} times`;
const resources = ([one, other]) => `${Object.keys(one.Resources).length} (by hand ${Object.keys(other.Resources).length})`;
const bytes = templates => templates.map(template => JSON.stringify(template, undefined, 1).length).join(' (by hand ') + ')';

/** The template of each side, which must be of the same resources. */
function templatesOf(...sides) {
  const templates = sides.map(side => side().stacks[0].template);
  const [one, other] = templates.map(template => Object.values(template.Resources).map(resource => resource.Type).sort().join());
  if (one !== other) {
    throw new Error('The two sides do not make the same resources, so they cannot be compared.');
  }
  return templates;
}

await installPackages();
const app = await typescriptApps(await packForNpm())('workshop');
const outdir = temporaryFolder('bench');

const fifty = await import('./fifty-instances.mjs');
const fiftySides = [fifty.withLibrary, fifty.byHand].map(side => () => side(outdir));
const instances = templatesOf(...fiftySides);
console.log(`
50 instances, one VPC, a map of 30 regions
  resources               ${resources(instances)}
  mappings                ${Object.keys(instances[0].Mappings).length}
  synth                   ${ratio(medians(fiftySides))}`);

const fleet = await import('./fleet.mjs');
const [few, half, all] = SEATS;
const fleetSides = [fleet.withLibrary, fleet.byHand].map(side => () => side(all, outdir));
const seats = templatesOf(...fleetSides);
const perSeat = times => [(times[1] - times[0]) / (half - few), (times[2] - times[1]) / (all - half)];
const [first, second] = perSeat(medians(SEATS.map(count => () => fleet.withLibrary(count, outdir))));
console.log(`
A fleet of ${all} seats in one stack
  resources               ${resources(seats)}
  outputs                 ${Object.keys(seats[0].Outputs).length}
  bytes                   ${bytes(seats)}
  synth                   ${ratio(medians(fleetSides))}
  one more seat           ${first.toFixed(1)} ms from ${few} to ${half}, ${second.toFixed(1)} ms from ${half} to ${all}: ${(second / first).toFixed(3)} times`);

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
