// How one sample of a row is taken: each side's values, measured in turns where they are of time.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENVIRONMENT } from '../scripts/project.mjs';
import { run } from '../scripts/steps.mjs';
import { temporaryFolder } from '../scripts/temporary.mjs';
import { go, java, npm, PEERS, python, tarball } from './places.mjs';
import { pinnedInThirtyRegions } from './thirty-regions.mjs';

const script = name => fileURLToPath(new URL(name, import.meta.url));
const envOf = validation => ({ ...ENVIRONMENT, CDK_VALIDATION: String(validation) });
const inNpm = async (args, validation = false) => JSON.parse(await run(process.execPath, args, { cwd: await npm(), env: envOf(validation) }));

/** Resolves to what each action resolves to, one after the other. Every other time the last one runs first. */
async function inTurns(actions, sample) {
  const order = sample % 2 === 0 ? actions : [...actions].reverse();
  const results = new Map();
  for (const action of order) {
    results.set(action, await action());
  }
  return actions.map(action => results.get(action));
}

const synthTime = (file, side, count, validation) => inNpm([script('synth.mjs'), file, side, String(count)], validation);

/** Milliseconds of processor time to synthesize so many with either function of a file, warmed up. */
export const synth = (file, count, { validation = false, other = 'byHand' } = {}) => async sample => {
  const times = await inTurns(['withLibrary', other].map(side => () => synthTime(file, side, count, validation)), sample);
  return times.map(time => [time]);
};

/** Milliseconds of processor time for each more: above the middle of three counts, and below it. */
export const growth = (file, [few, half, all]) => async () => {
  const [first, second, third] = await inTurns([few, half, all].map(count => () => synthTime(file, 'withLibrary', count)), 0);
  return [[(third - second) / (all - half)], [(second - first) / (half - few)]];
};

/** Milliseconds, files and megabytes of bench/load.mjs, for either list of its arguments. */
export const load = (...sides) => sample => inTurns(sides.map(args => () => inNpm([script('load.mjs'), ...args])), sample);

async function templatesIn(folder) {
  const files = readdirSync(folder).filter(file => file.endsWith('.template.json'));
  return files.map(file => readFileSync(join(folder, file), 'utf8')).map(text => ({ ...JSON.parse(text), bytes: Buffer.byteLength(text) }));
}

const sum = values => values.reduce((total, value) => total + value, 0);
const resourcesOf = templates => templates.flatMap(({ Resources }) => Object.values(Resources));

/**
 * Refuses sides that do not make the same: as many resources, of the same types, with the same properties, whatever they are called. By hand there
 * may be more tags, and the zone beside the subnet.
 */
function checkSame(sides) {
  const described = ({ Type, Properties: { AvailabilityZone, Tags, ...properties } = {} }) => `${Type} ${JSON.stringify(shape(properties))}`;
  const [one, other] = sides.map(templates => resourcesOf(templates).map(described));
  const different = [[one, other], [other, one]].flatMap(([these, those]) => these.filter(each => !those.includes(each)));
  if (one.length !== other.length || different.length > 0) {
    throw new Error(`The two sides do not make the same resources, so they cannot be compared:\n${[...new Set(different)].join('\n')}`);
  }
}

function shape(value) {
  return Array.isArray(value) ? value.map(shape) : typeof value !== 'object' ? typeof value
    : Object.fromEntries(Object.keys(value).sort().map(key => [key, shape(value[key])]));
}

async function synthesized(file, side, count) {
  const folder = temporaryFolder('bench');
  const code = `import(${JSON.stringify(script(`sides/${file}.mjs`))}).then(sides => sides.${side}(${count}, ${JSON.stringify(folder)}))`;
  await run(process.execPath, ['-e', code], { cwd: await npm(), env: envOf(false) });
  return { folder, templates: await templatesIn(folder) };
}

/** Bytes of template, resources and outputs for each more, from `few` to `many`. */
export const added = (file, few, many) => async () => {
  const counted = await Promise.all(['withLibrary', 'byHand'].map(async side => {
    const [first, second] = await Promise.all([few, many].map(async count => (await synthesized(file, side, count)).templates));
    const each = measure => (sum(second.map(measure)) - sum(first.map(measure))) / (many - few);
    const count = key => template => Object.keys(template[key] ?? {}).length;
    return { templates: second, values: [each(({ bytes }) => bytes), each(count('Resources')), each(count('Outputs'))] };
  }));
  checkSame(counted.map(({ templates }) => templates));
  return counted.map(({ values }) => values);
};

/** Milliseconds to synthesize one construct, and what it makes: resources, bytes of template, functions, assets. */
export const construct = (ours, theirs) => async sample => {
  const times = await inTurns([ours, theirs].map(side => () => synthTime('peers', side, 1)), sample);
  return Promise.all([ours, theirs].map(async (side, i) => {
    const { folder, templates } = await synthesized('peers', side, 1);
    const resources = resourcesOf(templates);
    const assets = readdirSync(folder).filter(name => name.startsWith('asset.'));
    return [times[i], resources.length, sum(templates.map(({ bytes }) => bytes)), resources.filter(({ Type }) => Type === 'AWS::Lambda::Function').length, assets.length];
  }));
};

/** Milliseconds from the start to the end of a process. */
async function timed(command, args, options) {
  const start = performance.now();
  await run(command, args, { ...options, env: envOf(false) });
  return performance.now() - start;
}

/** Milliseconds of processor time and megabytes to import in Python. */
export const pythonImport = (...sides) => async sample => {
  const { interpreter } = await python();
  const code = statement => `import time, resource
start = time.process_time()
${statement}
print([(time.process_time() - start) * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000])`;
  return inTurns(sides.map(statement => async () => JSON.parse(await run(interpreter, ['-c', code(statement)], { env: envOf(false) }))), sample);
};

/** Milliseconds of a process that synthesizes so many, in another language. */
export const program = (language, sides, count) => async sample => {
  const { directory, command } = await { python, java, go }[language]();
  const folders = sides.map(() => temporaryFolder('bench'));
  const times = await inTurns(sides.map((side, i) => async () => {
    const [name, ...args] = command(side);
    return [await timed(name, [...args, folders[i], String(count)], { cwd: directory })];
  }), sample);
  checkSame(await Promise.all(folders.map(templatesIn)));
  return times;
};

/** Kilobytes of a package as it is downloaded and as it is installed, and its files. */
async function sizes(file) {
  const folder = temporaryFolder('packed');
  await (file.endsWith('.tgz') ? run('tar', ['xzf', file, '-C', folder]) : run('python3', ['-m', 'zipfile', '-e', file, folder]));
  return [statSync(file).size / 1000, ...installed(folder)];
}

function installed(folder) {
  const files = readdirSync(folder, { recursive: true }).map(name => statSync(join(folder, name))).filter(entry => entry.isFile());
  return [sum(files.map(({ size }) => size)) / 1000, files.length];
}

/** The packages of npm: this one, and one that it is compared with. */
export const npmSize = peer => async () => {
  const folder = temporaryFolder('packages');
  const [{ filename }] = JSON.parse(await run('npm', ['pack', '--json', '--pack-destination', folder, `${peer}@${PEERS[peer]}`], { cwd: await npm() }));
  return Promise.all([await tarball(), join(folder, filename)].map(sizes));
};

/** The wheels of Python: this one, and one that it is compared with. */
export const wheelSize = peer => async () => {
  const { pip, wheel } = await python();
  const folder = temporaryFolder('wheels');
  await run(pip, ['download', '--quiet', '--no-deps', '--dest', folder, `${peer}==${PEERS[peer]}`]);
  return Promise.all([wheel, join(folder, readdirSync(folder)[0])].map(sizes));
};

/** Kilobytes of a package of another language, and of the npm package in it. */
export const sizeBesideNpm = language => async () => {
  const kilobytes = {
    java: async () => statSync((await java()).jar).size / 1000,
    go: async () => installed((await go()).module)[0],
  };
  return [[await kilobytes[language]()], [statSync(await tarball()).size / 1000]];
};

/** Seconds and calls of a pin in thirty regions, by the command and one region after another. */
export async function pin() {
  await tarball();
  const { command, loop } = await pinnedInThirtyRegions();
  return [command, loop].map(({ seconds, calls }) => [seconds, calls]);
}
