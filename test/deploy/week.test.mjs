// The week of docs/organising-a-workshop.md, as the page says it: its app, and its commands one after the other.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { exampleApps } from '../../scripts/example-app.mjs';
import { REGION, startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment, ROOT } from '../../scripts/project.mjs';

const PAGE = readFileSync(join(ROOT, 'docs', 'organising-a-workshop.md'), 'utf8');
const blocks = (kind, text = PAGE) => [...text.matchAll(new RegExp(`^\`\`\`${kind}.*\\n([^]*?)^\`\`\``, 'gm'))].map(([, block]) => block);

/** Title → the commands below it. */
const COMMANDS = new Map(PAGE.split(/^## /m).slice(1).map(section => [section.split('\n')[0], blocks('sh', section).flatMap(block => block.trim().split('\n'))]));

let apps;
let local;

before(async () => {
  local = await startLocalAws(await localAwsEnvironment());
  apps = await exampleApps('workshop');
});

after(() => local.stop());

for (const [language, file, kind] of [['typescript', 'app.ts', 'ts'], ['python', 'app.py', 'python']]) {
  describe(`the week, from ${language}`, () => {
    let app;
    const path = () => join(app.directory, file);
    const json = async command => JSON.parse(await app.run(local.env, 'sh', '-c', `cdk-workshop ${command} --stack Class --region ${REGION} --json`));

    /** What the commands below a title print. */
    async function play(title) {
      const printed = [];
      for (const command of COMMANDS.get(title)) {
        printed.push(await app.run(local.env, 'sh', '-c', language === 'python' ? command.replace('npx ', '') : command));
      }
      return printed;
    }

    /** Seat → all that somebody who sits there could notice. */
    async function machines() {
      const all = await local.aws('ec2', 'describe-instances', '--query', 'Reservations[].Instances[]',
        '--filters', 'Name=instance-state-name,Values=pending,running,stopping,stopped', 'Name=tag:aws:cloudformation:stack-name,Values=Class');
      return new Map(all.map(({ Tags, InstanceId, PublicIpAddress, State, BlockDeviceMappings, LaunchTime }) => [Tags.find(({ Key }) => Key === 'Seat').Value, {
        id: InstanceId, state: State.Name, address: PublicIpAddress, disk: BlockDeviceMappings[0].Ebs.VolumeId, launched: LaunchTime,
      }]));
    }

    const without = (all, ...seats) => [...all].filter(([seat]) => !seats.includes(seat)).sort();

    before(() => {
      app = apps[language];
      writeFileSync(path(), blocks(kind)[0]);
    });

    test('before the day nothing is in the way', async () => {
      const [, , checked, cost] = await play('Before the day');
      assert.match(checked, /^24 vCPUs fit into the quota +ok /m);
      assert.match(cost, /^t3\.micro, Linux\/UNIX +12 [^]*^public IPv4 address +12 [^]*^all, USD a day +/m);
    });

    test('on the first day there is a seat for everyone, with a line in the list and a card on the sheet', async () => {
      await play('The first day');
      const all = await machines();
      assert.equal(all.size, 12);
      const csv = readFileSync(join(app.directory, 'seats.csv'), 'utf8').trim().split('\n');
      const html = readFileSync(join(app.directory, 'seats.html'), 'utf8');
      assert.equal(csv.length, 13);
      assert.equal(html.match(/<article>/g).length, 12);
      for (const [seat, { id, address }] of all) {
        assert.ok(csv.includes(`${seat},running,${id},${address},aws ssm start-session --target ${id} --region ${REGION},http://${address}:8080`), seat);
        assert.match(html, new RegExp(`<h2>${seat}</h2>\\n.*${id}.*>${address}<[^]*?--target ${id} [^]*?href="http://${address}:8080"`));
      }
    });

    test('in the morning each seat has another address, and the sheet is right again', async () => {
      const yesterday = await machines();
      const [, cost] = await play('In the evening, and in the morning');
      assert.match(cost, /^all, USD a day +/m);
      const today = await machines();
      assert.deepEqual(without(today).map(([seat, { id, state, disk }]) => [seat, id, state, disk]),
        without(yesterday).map(([seat, { id, disk }]) => [seat, id, 'running', disk]));
      const html = readFileSync(join(app.directory, 'seats.html'), 'utf8');
      for (const [seat, { address }] of today) {
        assert.notEqual(address, yesterday.get(seat).address);
        const card = html.split('<article>').find(each => each.includes(`<h2>${seat}</h2>`));
        assert.ok(card.includes(`href="http://${address}:8080"`) && !card.includes(`>${yesterday.get(seat).address}<`), seat);
      }
      assert.deepEqual((await json('seats')).map(({ seat, address }) => [seat, address]).sort(), [...today].map(([seat, { address }]) => [seat, address]).sort());
    });

    test('a seat that is reset has a fresh disk, and the other eleven are as they were', async () => {
      const before = await machines();
      await play('Somebody breaks a machine');
      const now = await machines();
      assert.deepEqual(without(now, 'seat-3'), without(before, 'seat-3'));
      const { disk, ...rest } = now.get('seat-3');
      assert.notEqual(disk, before.get('seat-3').disk);
      assert.deepEqual({ ...rest, disk: before.get('seat-3').disk }, before.get('seat-3'));
    });

    test('who joins gets a seat, and the other twelve are as they were', async () => {
      const before = await machines();
      writeFileSync(path(), readFileSync(path(), 'utf8').replace(/\b12\b/, '13'));
      const [, listed] = await play('Somebody joins');
      const now = await machines();
      assert.equal(now.size, 13);
      assert.deepEqual(without(now, 'seat-13'), without(before));
      assert.match(listed, new RegExp(`^seat-13 +running +${now.get('seat-13').id} `, 'm'));
    });

    test('in the end nothing is left', async () => {
      const [there, gone] = await play('The end');
      assert.match(there, /^left +id +remove it with\ninstance +i-[^]*Still there\.\n$/);
      assert.equal(gone, '');
      const left = {
        instances: (await machines()).size,
        volumes: (await local.aws('ec2', 'describe-volumes', '--query', 'Volumes')).length,
        addresses: (await local.aws('ec2', 'describe-addresses', '--query', 'Addresses')).length,
        networks: (await local.aws('ec2', 'describe-vpcs', '--filters', 'Name=is-default,Values=false', '--query', 'Vpcs')).length,
        schedules: (await local.aws('scheduler', 'list-schedules', '--query', 'Schedules')).length,
        logGroups: (await local.aws('logs', 'describe-log-groups', '--query', 'logGroups')).length,
        stacks: (await local.aws('cloudformation', 'describe-stacks', '--query', "Stacks[?StackName=='Class']")).length,
      };
      assert.deepEqual(left, { instances: 0, volumes: 0, addresses: 0, networks: 0, schedules: 0, logGroups: 0, stacks: 0 });
      assert.equal(JSON.parse(await app.run(local.env, 'sh', '-c', `cdk-workshop end --stack Class --region ${REGION} --json`)).left.length, 0);
    });
  });
}
