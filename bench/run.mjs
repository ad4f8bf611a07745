// npm run bench: what the library and the command cost beside code written by hand, as ratios of one run.
import { execFileSync } from 'node:child_process';
import { typescriptApps } from '../scripts/example-app.mjs';
import { installPackages, packForNpm } from '../scripts/project.mjs';
import { temporaryFolder } from '../scripts/temporary.mjs';
import { median } from './median.mjs';
import { pinnedInThirtyRegions } from './thirty-regions.mjs';

const PROCESSES = 5;
const INSTANCES = 50;
const SEATS = [10, 65, 120];
const CHECKED = 100;

/** The medians of calls of a file in each of several processes: what Node.js makes of the same code differs from one to the next. */
function runs(file, ...calls) {
  return Array.from({ length: PROCESSES }, () => JSON.parse(execFileSync(process.execPath, ['bench/rounds.mjs', file, ...calls])));
}

/** One side to the other, in the median process and in the extreme ones. */
function ratio(file, count, byHand = 'byHand') {
  const times = runs(file, `withLibrary:${count}`, `${byHand}:${count}`);
  const ratios = times.map(([one, other]) => one / other).sort((a, b) => a - b);
  const [one, other] = [0, 1].map(side => median(times.map(of => of[side])).toFixed(0));
  return `${one} ms (by hand ${other} ms): ${median(ratios).toFixed(3)} times (${ratios[0].toFixed(3)} to ${ratios.at(-1).toFixed(3)} in ${PROCESSES} processes)`;
}

const resources = ([one, other]) => `${Object.keys(one.Resources).length} (by hand ${Object.keys(other.Resources).length})`;
const bytes = templates => templates.map(template => JSON.stringify(template, undefined, 1).length).join(' (by hand ') + ')';

/** The template of each side, which must be of the same resources. */
function templatesOf({ withLibrary, byHand }, count) {
  const templates = [withLibrary, byHand].map(side => side(count, temporaryFolder('bench')).stacks[0].template);
  const [one, other] = templates.map(template => Object.values(template.Resources).map(resource => resource.Type).sort().join());
  if (one !== other) {
    throw new Error('The two sides do not make the same resources, so they cannot be compared.');
  }
  return templates;
}

await installPackages();
const app = await typescriptApps(await packForNpm())('workshop');

const several = await import('./instances.mjs');
const instances = templatesOf(several, INSTANCES);
console.log(`
${INSTANCES} instances, one VPC, a map of 30 regions
  resources               ${resources(instances)}
  mappings                ${Object.keys(instances[0].Mappings).length}
  synth                   ${ratio('instances.mjs', INSTANCES)}
  synth, as constructs    ${ratio('instances.mjs', INSTANCES, 'byHandInConstructs')}`);

const fleet = await import('./fleet.mjs');
const [few, half, all] = SEATS;
const seats = templatesOf(fleet, all);
const perSeat = times => [(times[1] - times[0]) / (half - few), (times[2] - times[1]) / (all - half)];
const slopes = runs('fleet.mjs', ...SEATS.map(count => `withLibrary:${count}`)).map(perSeat);
const [first, second] = [0, 1].map(part => median(slopes.map(of => of[part])));
console.log(`
A fleet of ${all} seats in one stack
  resources               ${resources(seats)}
  outputs                 ${Object.keys(seats[0].Outputs).length}
  bytes                   ${bytes(seats)}
  synth                   ${ratio('fleet.mjs', all)}
  synth, as constructs    ${ratio('fleet.mjs', all, 'byHandInConstructs')}
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
