// Whatever is changed of an app, one change after the other: no instance is replaced that docs/what-replaces-an-instance.md does not say.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCOUNT, REGION, startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment, ROOT } from '../../scripts/project.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';

const require = createRequire(import.meta.url);
const { App, BootstraplessSynthesizer, Duration, Stack, Tags } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { AmiFamily, AmiSelector, AmiUpdates, AutoStop, WorkshopAccess, WorkshopFleet, WorkshopInstance } = require('../..');

/** Another walk, or a longer one: `WALK_SEED=<a number> WALK_STEPS=250 node --test test/deploy/random-changes.test.mjs`. */
const SEED = Number(process.env.WALK_SEED ?? 1);
const STEPS = Number(process.env.WALK_STEPS ?? 40);

const STACK = 'Walk';
const ZONES = ['a', 'b', 'c'].map(letter => `${REGION}${letter}`);
const KEY_PAIRS = ['key-0', 'key-1'];
const CLASSROOM = [ec2.Peer.ipv4('203.0.113.0/24')];
const WAYS = {
  endpoint: () => WorkshopAccess.instanceConnectEndpoint(),
  port: () => WorkshopAccess.http(8080, { allowFrom: CLASSROOM }),
  ssh: (stack, keyPair) => WorkshopAccess.ssh({ keyPair: ec2.KeyPair.fromKeyPairName(stack, 'KeyPair', keyPair), allowFrom: CLASSROOM }),
};
/** Images that are held: the id is looked up once. */
const HELD = {
  parameter: () => AmiSelector.latest(AmiFamily.UBUNTU_24_04, { updates: AmiUpdates.ON_REQUEST }),
  search: () => AmiSelector.latest(AmiFamily.DEBIAN_13),
};

let local;
let folder;
let parameters;

before(async () => {
  folder = temporaryFolder('walk');
  parameters = join(folder, 'parameters.json');
  cpSync(join(ROOT, 'test', 'local-aws', 'data', 'parameters.json'), parameters);
  local = await startLocalAws(await localAwsEnvironment(), { parameters });
  for (const name of KEY_PAIRS) {
    await local.aws('ec2', 'create-key-pair', '--key-name', name);
  }
});

after(() => local.stop());

/** Numbers that are the same in each walk with the same seed (mulberry32). */
function dice(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    one: list => list[Math.floor(next() * list.length)],
    shuffled: list => list.map(each => [next(), each]).sort(([a], [b]) => a - b).map(([, each]) => each),
  };
}

/** Each takes the state of the app and changes it; one that replaces instances says which, as a part of their names. */
const CHANGES = {
  'a seat more': (app, { one, shuffled }) => { app.seatNames = shuffled([...app.seatNames, `seat-${one(ZONES)}-${app.counter++}`]); },
  'a seat less': (app, { one }) => {
    if (app.seatNames.length > 2) {
      const gone = one(app.seatNames);
      app.seatNames = app.seatNames.filter(each => each !== gone);
    }
  },
  'seats in another order': (app, { shuffled }) => { app.seatNames = shuffled(app.seatNames); },
  'zones in another order': (app, { shuffled }) => { app.availabilityZones = shuffled(app.availabilityZones); },
  // With the endpoint out, which a change of the zones may move: CloudFormation would make a second one first, and a VPC takes one.
  'a zone more or less': (app, { one, shuffled }) => {
    if (app.access.has('endpoint')) {
      return undefined;
    }
    const zone = one(ZONES);
    const others = app.availabilityZones.filter(each => each !== zone);
    app.availabilityZones = shuffled(others.length < app.availabilityZones.length && others.length > 0 ? others : [...others, zone]);
    return 'moved';
  },
  'a way in more or less': (app, { one }) => { toggle(app.access, one(['endpoint', 'port'])); },
  'stops by itself or not': app => { app.autoStop = !app.autoStop; },
  'with outputs or without': app => { app.outputs = !app.outputs; },
  'another tag': app => { app.tag = `course-${app.counter++}`; },
  'a port opened': app => { app.open = 9000 + app.counter++ % 3; },
  'the parameters move': () => moveParameters(),
  'an instance with a held image before the others': (app, { one }) => {
    if (app.held.length < 3) {
      app.held.unshift({ id: `Held${app.counter++}`, kind: one(Object.keys(HELD)) });
    }
  },
  'an instance with a held image less': app => { app.held.pop(); },
  'another key pair': app => {
    app.access.add('ssh');
    app.keyPair = KEY_PAIRS[app.counter++ % 2];
    return 'fleet';
  },
  'another image': app => {
    app.family = app.family === 'AMAZON_LINUX_2023' ? 'UBUNTU_24_04' : 'AMAZON_LINUX_2023';
    return 'fleet';
  },
};

function toggle(set, element) {
  if (!set.delete(element)) {
    set.add(element);
  }
}

/** The parameters of Amazon Linux 2023 and of Ubuntu name other images that boot on the same instance types. */
function moveParameters() {
  const values = JSON.parse(readFileSync(parameters, 'utf8'));
  for (const pattern of [/\/al2023-ami-kernel-[^/]+-x86_64$/, /\/ubuntu\/server\/.+\/current\/amd64\//]) {
    const names = Object.keys(values).filter(name => pattern.test(name) && typeof values[name] === 'string');
    const ids = names.map(name => values[name]);
    names.forEach((name, i) => { values[name] = ids[(i + 1) % ids.length]; });
  }
  writeFileSync(parameters, JSON.stringify(values));
}

function synth(state, context) {
  const app = new App({ analyticsReporting: false, context, outdir: temporaryFolder('cdk.out') });
  const stack = new Stack(app, STACK, { env: { account: ACCOUNT, region: REGION }, synthesizer: new BootstraplessSynthesizer() });
  for (const { id, kind } of state.held) {
    new WorkshopInstance(stack, id, { machineImage: HELD[kind](), outputs: state.outputs });
  }
  const fleet = new WorkshopFleet(stack, 'Fleet', {
    seatNames: state.seatNames,
    availabilityZones: state.availabilityZones,
    outputs: state.outputs,
    machineImage: state.family === 'AMAZON_LINUX_2023' ? undefined : AmiSelector.latest(AmiFamily[state.family]),
    access: [WorkshopAccess.sessionManager(), ...[...state.access].sort().map(way => WAYS[way](stack, state.keyPair))],
    autoStop: state.autoStop ? [AutoStop.whenIdle({ idleFor: Duration.hours(1) })] : undefined,
  });
  fleet.connections.allowFrom(CLASSROOM[0], ec2.Port.tcp(state.open));
  Tags.of(fleet).add('Course', state.tag);
  return app.synth();
}

/** The template, once all that is looked up is in the context; what is there stays. */
async function templateOf(state, context) {
  for (;;) {
    const assembly = synth(state, context);
    const missing = assembly.manifest.missing ?? [];
    if (missing.length === 0) {
      return JSON.stringify(assembly.getStackByName(STACK).template);
    }
    for (const { key, provider, props } of missing) {
      context[key] = await lookUp(provider, props);
    }
  }
}

async function lookUp(provider, props) {
  if (provider === 'availability-zones') {
    return ZONES;
  }
  if (provider === 'ssm') {
    return local.aws('ssm', 'get-parameter', '--name', props.parameterName, '--query', 'Parameter.Value');
  }
  const filters = Object.entries(props.filters).flatMap(([name, values]) => ['--filters', `Name=${name},Values=${values.join()}`]);
  const images = await local.aws('ec2', 'describe-images', '--owners', ...props.owners, ...filters, '--query', 'sort_by(Images, &CreationDate)[].ImageId');
  return images.pop();
}

async function deploy(template, command) {
  const file = join(folder, 'template.json');
  writeFileSync(file, template);
  try {
    await local.aws('cloudformation', command, '--stack-name', STACK, '--template-body', `file://${file}`, '--capabilities', 'CAPABILITY_NAMED_IAM');
  } catch (error) {
    assert.match(error.message, /No updates are to be performed/);
    return;
  }
  for (;;) {
    const [{ StackStatus, StackStatusReason }] = await local.aws('cloudformation', 'describe-stacks', '--stack-name', STACK, '--query', 'Stacks');
    if (!StackStatus.endsWith('_IN_PROGRESS')) {
      assert.match(StackStatus, /^(CREATE|UPDATE)_COMPLETE$/, `${StackStatusReason} ${await failures()}`);
      return;
    }
    await sleep(50);
  }
}

async function failures() {
  const events = await local.aws('cloudformation', 'describe-stack-events', '--stack-name', STACK, '--query', 'StackEvents[].ResourceStatusReason');
  return events.filter(Boolean).slice(0, 5).join('\n');
}

/** The name of each instance, seat or not, and what it is. */
async function instances() {
  const running = await local.aws('ec2', 'describe-instances', '--filters', 'Name=instance-state-name,Values=running', '--query', 'Reservations[].Instances[]');
  return new Map(running.map(({ InstanceId, Placement, Tags: tags }) => {
    const tag = name => tags.find(({ Key }) => Key === name)?.Value;
    return [tag('aws:cloudformation:logical-id'), { id: InstanceId, zone: Placement.AvailabilityZone, isSeat: tag('Seat') !== undefined }];
  }));
}

test(`${STEPS} changes replace only what they say`, async t => {
  const random = dice(SEED);
  const context = {};
  const app = {
    counter: 1, seatNames: ['red', 'green', 'blue'], availabilityZones: ZONES.slice(0, 2), held: [], access: new Set(), keyPair: KEY_PAIRS[0],
    autoStop: false, outputs: true, tag: 'course', open: 9000, family: 'AMAZON_LINUX_2023',
  };
  await deploy(await templateOf(app, context), 'create-stack');
  let earlier = await instances();
  let replaced = 0;
  for (let step = 1; step <= STEPS; step++) {
    const change = random.one(Object.keys(CHANGES));
    const zones = [...app.availabilityZones];
    const replaces = CHANGES[change](app, random);
    await deploy(await templateOf(app, context), 'update-stack');
    const now = await instances();
    for (const [name, instance] of now) {
      const before = earlier.get(name);
      if (before === undefined || instance.id === before.id) {
        continue;
      }
      replaced++;
      const where = `seed ${SEED}, step ${step}, ${change}: ${name}`;
      assert.ok(instance.isSeat && replaces !== undefined, where);
      if (replaces === 'moved') {
        assert.ok(!app.availabilityZones.includes(before.zone) || !zones.includes(instance.zone), `${where} moved from ${before.zone} to ${instance.zone}`);
      }
    }
    earlier = now;
  }
  t.diagnostic(`seed ${SEED}: ${STEPS} changes, ${replaced} instances replaced, all of them as the change says`);
});
