import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { exampleApps } from '../../scripts/example-app.mjs';
import { startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment, ROOT } from '../../scripts/project.mjs';

const { KEPT, REPLACED, MOVED, RED, ROWS } = createRequire(import.meta.url)('./changes/table.cjs');
const NAME = 'al2023-ami-2023.*-x86_64';

let apps;
let local;
let parameters;
let images;

/** The publisher's parameters of Amazon Linux 2023 name another image. */
function moveParameters() {
  const values = JSON.parse(readFileSync(parameters, 'utf8'));
  images.push(images.shift());
  for (const name of Object.keys(values).filter(each => /\/al2023-ami-kernel-[^/]+-x86_64$/.test(each))) {
    values[name] = images[0];
  }
  writeFileSync(parameters, JSON.stringify(values));
}

/** Seat → its instance, in a stack. */
async function seatsOf(stack) {
  const found = await local.aws('ec2', 'describe-instances', '--query', 'Reservations[].Instances[]',
    '--filters', 'Name=instance-state-name,Values=running', `Name=tag:aws:cloudformation:stack-name,Values=${stack}`);
  return Object.fromEntries(found.map(instance => [instance.Tags.find(({ Key }) => Key === 'Seat').Value, {
    id: instance.InstanceId, image: instance.ImageId, zone: instance.Placement.AvailabilityZone,
  }]));
}

before(async () => {
  const venv = await localAwsEnvironment();
  apps = await exampleApps('selectors');
  for (const { directory } of Object.values(apps)) {
    cpSync(join(ROOT, 'test', 'deploy', 'changes'), directory, { recursive: true });
  }
  parameters = join(apps.typescript.directory, 'parameters.json');
  cpSync(join(ROOT, 'test', 'local-aws', 'data', 'parameters.json'), parameters);
  local = await startLocalAws(venv, { parameters });
  await local.bootstrap();
  images = await local.aws('ec2', 'describe-images', '--owners', 'amazon', '--filters', `Name=name,Values=${NAME}`, '--query', 'Images[].ImageId');
  assert.ok(images.length > 1);
});

after(() => local.stop());

for (const [language, command] of [['typescript', 'node fleet-app.cjs'], ['python', 'python fleet_app.py']]) {
  test(`while the publisher's parameter moves, seats come and go and the other instances stay, in ${language}`, async () => {
    const deploy = seats => apps[language].cdk({ ...local.env, SEATS: seats }, 'deploy', '--all', '--app', command, '--require-approval', 'never');
    await deploy('red,green,blue');
    for (const seats of ['white,red,green,blue', 'white,red,blue', 'white,Red,blue']) {
      const stacks = { Agnostic: await seatsOf('Agnostic'), InRegion: await seatsOf('InRegion') };
      moveParameters();
      await deploy(seats);
      for (const [stack, earlier] of Object.entries(stacks)) {
        const now = await seatsOf(stack);
        assert.deepEqual(Object.keys(now).sort(), seats.split(',').sort());
        for (const [seat, instance] of Object.entries(now)) {
          if (earlier[seat] === undefined) {
            assert.equal(instance.image, images[0], `${stack} ${seat}`);
          } else {
            assert.deepEqual(instance, earlier[seat], `${stack} ${seat}`);
          }
        }
      }
    }
    await apps[language].cdk({ ...local.env, SEATS: 'red' }, 'destroy', '--all', '--force', '--app', command);
  });
}

describe('what a change replaces', () => {
  const stackOf = row => `Row${ROWS.indexOf(row)}`;
  const seats = {};
  const signalled = new Set();

  /** Plays the instances that are set up, which run nothing here: says that they are. */
  async function signalUntil(deployment) {
    const stacks = ROWS.filter(({ from }) => from?.init).map(stackOf).join();
    while (await Promise.race([deployment.then(() => false), sleep(500, true)])) {
      const started = await local.aws('ec2', 'describe-instances', '--query', 'Reservations[].Instances[]',
        '--filters', 'Name=instance-state-name,Values=running', `Name=tag:aws:cloudformation:stack-name,Values=${stacks}`);
      for (const { InstanceId, Tags } of started.filter(each => !signalled.has(each.InstanceId))) {
        const tag = name => Tags.find(({ Key }) => Key === `aws:cloudformation:${name}`).Value;
        signalled.add(InstanceId);
        await local.aws('cloudformation', 'signal-resource', '--stack-name', tag('stack-name'), '--logical-resource-id', tag('logical-id'),
          '--unique-id', InstanceId, '--status', 'SUCCESS');
      }
    }
  }

  async function deploy(changed) {
    const deployment = apps.typescript.cdk({ ...local.env, CHANGED: `${changed}` }, 'deploy', '--all', '--app', 'node app.cjs', '--concurrency', '8',
      '--require-approval', 'never');
    await Promise.all([deployment, signalUntil(deployment)]);
    return Object.fromEntries(await Promise.all(ROWS.map(async row => [stackOf(row), await seatsOf(stackOf(row))])));
  }

  before(async () => {
    for (const name of ['first', 'other']) {
      await local.aws('ec2', 'create-key-pair', '--key-name', name);
    }
    seats.before = await deploy(false);
    moveParameters();
    seats.after = await deploy(true);
  });

  for (const row of ROWS) {
    test(`${row.change}: the instances are ${row.instances}`, () => {
      const [earlier, now] = [seats.before[stackOf(row)], seats.after[stackOf(row)]];
      const both = Object.keys(earlier).filter(seat => seat in now);
      assert.ok(both.length > 1);
      for (const seat of both) {
        const isKept = { [KEPT]: true, [REPLACED]: false, [MOVED]: earlier[seat].zone === now[seat].zone, [RED]: seat !== 'red' }[row.instances];
        assert.equal(now[seat].id === earlier[seat].id, isKept, seat);
      }
    });
  }

  test('is what the documents say', () => {
    const rows = readFileSync(join(ROOT, 'docs', 'what-replaces-an-instance.md'), 'utf8').split('\n').filter(line => line.startsWith('| '));
    assert.deepEqual(rows.slice(1).map(line => line.split('|').slice(1, 3).map(cell => cell.trim())), ROWS.map(({ change, instances }) => [change, instances]));
  });
});
