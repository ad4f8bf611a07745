// Whatever happens while images are pinned, the file is whole, and each region has its old image or its new one.
import assert from 'node:assert/strict';
import { existsSync, rmSync, watch } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ended, installCommand, userEnvironment, workingFolder } from '../../scripts/command.mjs';
import { FAULTS, startFaultProxy } from '../../scripts/fault-proxy.mjs';
import { localAwsEnvironment, ROOT } from '../../scripts/project.mjs';
import { idIn, startRegionalAws } from '../../scripts/regional-aws.mjs';
import { AMAZON_LINUX, NAMES, publishNewer, UBUNTU, withdrawNewer } from './pinned-images.mjs';

const { formatLockFile, parseLockFile } = createRequire(import.meta.url)('../../lib/private/lock-file/format.js');

const AT_ONCE = 3;
const REGIONS = ['af-south-1', 'eu-west-3', 'sa-east-1', 'us-east-1'];
const IN_REGIONS = REGIONS.flatMap(region => ['--region', region]);

const SLOW_DISK = join(ROOT, 'test', 'cli', 'slow-disk.cjs');

// Always the same few: `npm run faults` makes others.
const seed = Number(process.env.FAULT_SEED ?? 20261125);
const runs = Number(process.env.FAULT_RUNS ?? 30);

/** What is pinned before each run, and what the second writer of a run adds. */
const PINNED = { web: AMAZON_LINUX, shell: UBUNTU };
const ADDED = { batch: UBUNTU };
const UPDATE = { args: ['update'], names: Object.keys(PINNED) };
const PIN = { args: ['pin', 'batch', ...UBUNTU.query, ...IN_REGIONS], names: Object.keys(ADDED) };

let bin;
let local;
let pinned;

before(async () => {
  bin = await installCommand();
  local = await startRegionalAws(await localAwsEnvironment(), REGIONS);
  withdrawNewer(local, REGIONS);
  const folder = workingFolder(bin, userEnvironment(local.env));
  for (const [name, { query }] of Object.entries(PINNED)) {
    const { code, stderr } = await folder.cdkAmi(['pin', name, ...query, ...IN_REGIONS]);
    assert.equal(code, 0, stderr);
  }
  pinned = folder.text();
  publishNewer(local, REGIONS);
});

after(() => local.stop());

test(`after each of ${runs} runs with random faults the file is whole and every id is right`, async t => {
  const seeds = Array.from({ length: runs }, (_, i) => seed + i);
  const results = [];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = seeds.shift(); next !== undefined; next = seeds.shift()) {
      results.push(await runWith(next));
    }
  }));
  const count = predicate => results.filter(predicate).length;
  t.diagnostic(`seed ${seed}: ${count(({ isKilled }) => isKilled)} runs with a writer ended by kill -9, ${count(({ isLocked }) => isLocked)} of them while it wrote; `
    + `${count(({ writers }) => writers.length > 1)} with two writers; ${count(({ writers }) => writers.some(({ code }) => code === 2))} with regions that failed`);
  t.diagnostic(`${results.length} runs, ${count(({ isBroken }) => isBroken)} broken files, ${results.reduce((sum, { wrongIds }) => sum + wrongIds, 0)} wrong ids`);
  assert.deepEqual(results.flatMap(({ problems }) => problems), []);
});

/** One run: what was planned for it came to pass, and what it left behind. */
async function runWith(seedOfRun) {
  const plan = planFrom(randomFrom(seedOfRun));
  const proxy = await startFaultProxy(local.url, plan.rules);
  const env = { AWS_ENDPOINT_URL: proxy.url, AWS_MAX_ATTEMPTS: '2', NODE_OPTIONS: `--require "${SLOW_DISK}"`, SLOW_DISK: String(plan.disk) };
  const folder = workingFolder(bin, { ...userEnvironment(local.env), ...env });
  folder.write('ami.lock.json', pinned);

  const children = plan.writers.map(({ args }) => folder.start(args));
  const ends = children.map(ended);
  const forget = killAsPlanned(plan.kill, children[0], proxy, folder.directory);
  const outcomes = await Promise.all(ends);
  forget();
  await proxy.stop();

  const writers = plan.writers.map((writer, i) => ({ ...writer, ...outcomes[i] }));
  const isLocked = existsSync(join(folder.directory, 'ami.lock.json.lock'));
  const { problems, ...result } = judge(folder.text(), writers);
  rmSync(folder.directory, { recursive: true });
  return {
    ...result,
    writers,
    isKilled: outcomes[0].signal === 'SIGKILL',
    isLocked,
    problems: problems.map(problem => `${problem} FAULT_SEED=${seedOfRun} ${JSON.stringify({ plan, outcomes })}`),
  };
}

function planFrom(random) {
  const faults = REGIONS.filter(() => random.chance(0.4))
    .map(region => ({ region, fault: random.of(FAULTS), times: random.of([1, 2, 1000]), delay: random.upTo(40) }));
  const at = random.of([undefined, 'call', 'lock', 'lock']);
  return {
    rules: [{ delay: random.upTo(20) }, ...faults],
    writers: random.of([[UPDATE], [UPDATE], [UPDATE], [UPDATE, PIN], [UPDATE, UPDATE]]),
    kill: at && { at, calls: 1 + random.upTo(12), then: random.upTo(60) },
    disk: random.of([0, 5, 10]),
  };
}

/** Ends a writer with kill -9 some milliseconds after a number of calls, or after it has locked the file. */
function killAsPlanned(kill, child, proxy, directory) {
  const strike = () => sleep(kill.then).then(() => child.kill('SIGKILL'));
  if (kill?.at === 'call') {
    proxy.onCall = () => proxy.calls.length === kill.calls && strike();
  }
  const watcher = kill?.at === 'lock' ? watch(directory, (_, name) => name.endsWith('.lock') && strike()) : undefined;
  return () => watcher?.close();
}

/** What is wrong with a file. */
function judge(text, writers) {
  let lock;
  try {
    lock = parseLockFile(text);
    assert.equal(formatLockFile(lock), text);
  } catch (error) {
    return { isBroken: true, wrongIds: 0, problems: [`A broken file: ${error.message}.`] };
  }
  const all = { ...PINNED, ...ADDED };
  const images = Object.entries(lock.images).flatMap(([name, { regions }]) => Object.entries(regions).map(([region, image]) => ({ name, region, image })));
  const isOf = (age, { name, region, image }) => image.imageId === idIn(region, all[name][age]) && image.name === NAMES[all[name][age]];
  const wrong = images.filter(each => !isOf('newer', each) && !(each.name in PINNED && isOf('older', each)));

  const problems = wrong.map(({ name, region, image }) => `A wrong id: ${name} is ${image.imageId} in ${region}.`);
  for (const name of Object.keys(PINNED)) {
    if (Object.keys(lock.images[name]?.regions ?? {}).join() !== REGIONS.join()) {
      problems.push(`A region of ${name} is lost.`);
    }
  }
  for (const writer of writers.filter(({ signal }) => signal === null)) {
    const undone = REGIONS.filter(region => writer.names.some(name => !images.some(each => each.name === name && each.region === region && isOf('newer', each))));
    const told = REGIONS.filter(region => writer.stderr.includes(region));
    // What failed for one writer may be done by another.
    const isTold = writers.some(other => other !== writer && other.args === writer.args) ? undone.every(region => told.includes(region)) : told.join() === undone.join();
    if (!isTold || writer.code !== (told.length > 0 ? 2 : 0)) {
      problems.push(`${writer.args[0]} ended with ${writer.code} and told of ${told.join() || 'nothing'}, while ${undone.join() || 'nothing'} was left undone.`);
    }
  }
  return { isBroken: false, wrongIds: wrong.length, problems };
}

/** Random numbers that a seed repeats: mulberry32. */
function randomFrom(seedOfRun) {
  let state = seedOfRun >>> 0;
  const next = () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value = (value + Math.imul(value ^ (value >>> 7), value | 61)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  return { chance: probability => next() < probability, upTo: limit => Math.floor(next() * limit), of: list => list[Math.floor(next() * list.length)] };
}
