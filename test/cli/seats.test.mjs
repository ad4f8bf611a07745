// The seats of a stack from day to day: listed, stopped, started, reset. The stack is what the library makes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';
import { REGION, startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { deploy, library } from './workshop-stack.mjs';

const { ec2, WorkshopAccess, WorkshopFleet, WorkshopInstance } = library;
const IN = ['--stack', 'Class', '--region', REGION];
const PAGE = WorkshopAccess.http(8080, { allowFrom: [ec2.Peer.ipv4('203.0.113.0/24')] });

let local;
let folder;

const fleet = props => stack => new WorkshopFleet(stack, 'Fleet', {
  seatNames: ['red', 'green', 'blue'], hardened: true, access: [WorkshopAccess.sessionManager(), PAGE], ...props,
});

/** What a command prints as JSON. */
async function json(...args) {
  const { code, stdout, stderr } = await folder.cdkWorkshop([...args, '--json']);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

const seat = async name => (await json('seats', ...IN)).find(each => each.seat === name);

/** The root volume of each seat. */
async function volumes() {
  const instances = await local.aws('ec2', 'describe-instances', '--query', 'Reservations[].Instances[]', '--filters', 'Name=tag:aws:cloudformation:stack-name,Values=Class');
  return Object.fromEntries(instances.map(({ InstanceId, BlockDeviceMappings: [{ Ebs }] }) => [InstanceId, Ebs.VolumeId]));
}

before(async () => {
  local = await startLocalAws(await localAwsEnvironment());
  folder = folderInProcess(local.url);
  await deploy(local, 'Class', fleet());
});

after(() => local.stop());

test('seats lists each seat with its instance, the address of today and the lines to connect', async () => {
  const seats = await json('seats', ...IN);
  assert.deepEqual(seats.map(each => [each.seat, each.state]), [['blue', 'running'], ['green', 'running'], ['red', 'running']]);
  for (const { instanceId, address, connect } of seats) {
    assert.match(instanceId, /^i-[0-9a-f]{17}$/);
    assert.deepEqual(connect, [`aws ssm start-session --target ${instanceId} --region ${REGION}`, `http://${address}:8080`]);
  }
  const { stdout } = await folder.cdkWorkshop(['seats', ...IN]);
  assert.match(stdout, /^seat +state +instance +address +connect\nblue +running +i-\S+ +[\d.]+ +aws ssm .*\n +http:.*\ngreen /);
});

test('seats is a spreadsheet with a line for each seat, and one page with a card for each', async () => {
  const seats = await json('seats', ...IN);
  const csv = await folder.cdkWorkshop(['seats', ...IN, '--csv']);
  assert.deepEqual(csv.stdout.trimEnd().split('\n'), [
    'seat,state,instance,address,connect,connect2',
    ...seats.map(({ seat: name, state, instanceId, address, connect }) => [name, state, instanceId, address, ...connect].join()),
  ]);
  const { stdout: html } = await folder.cdkWorkshop(['seats', ...IN, '--html']);
  assert.equal(html.match(/<article>/g).length, 3);
  assert.ok(seats.every(({ address, connect }) => html.includes(`>${address}<`) && html.includes(`>${connect[0]}<`) && html.includes(`href="${connect[1]}"`)), html);
  assert.doesNotMatch(html, /<(script|link|img|iframe)|url\(|@import/, 'it loads something');
});

test('stop and start are waited for, and each seat has its address of today in its lines', async () => {
  const before = await json('seats', ...IN);
  const stopped = await folder.cdkWorkshop(['stop', ...IN]);
  assert.deepEqual([stopped.code, stopped.stderr], [0, 'Stopped: 3, so already: 0.\n']);
  const asleep = await folder.cdkWorkshop(['seats', ...IN]);
  assert.match(asleep.stdout, /^blue +stopped +i-\S+ +- +-$/m);
  assert.match(asleep.stderr, /^Stopped: 3 of 3; ".*cdk-workshop start --stack Class --region eu-west-3" starts them, with other addresses\.$/m);

  const started = await json('start', ...IN);
  assert.ok(started.every(({ seat: name, address }) => address && address !== before.find(each => each.seat === name).address), JSON.stringify(started));
  assert.deepEqual(started.map(({ address, connect }) => connect[1]), started.map(({ address }) => `http://${address}:8080`));
  assert.deepEqual(await json('seats', ...IN), started);
});

test('one seat that is named is stopped and started alone, by its name or its id', async () => {
  const others = async () => (await json('seats', ...IN)).filter(each => each.seat !== 'green');
  const before = await others();
  const [{ instanceId, state }] = await json('stop', 'green', ...IN);
  assert.equal(state, 'stopped');
  assert.deepEqual(await others(), before);
  const again = await folder.cdkWorkshop(['stop', 'green', ...IN]);
  assert.match(again.stderr, /^Stopped: 0, so already: 1\.$/m);
  assert.deepEqual((await json('start', instanceId, ...IN)).map(each => [each.seat, each.state]), [['green', 'running']]);
  assert.deepEqual(await others(), before);
});

test('reset gives a seat a fresh disk, and leaves its instance, its address and the other seats alone', async () => {
  const [before, disks] = [await json('seats', ...IN), await volumes()];
  const { instanceId } = before.find(each => each.seat === 'red');
  assert.deepEqual((await json('reset', 'red', ...IN)).map(each => each.seat), ['red']);
  const now = await volumes();
  assert.deepEqual(Object.keys(now).filter(id => now[id] !== disks[id]), [instanceId]);
  assert.deepEqual(await json('seats', ...IN), before);
  assert.equal((await local.aws('ec2', 'describe-volumes', '--query', 'Volumes')).length, 3, 'the old disk is left');
});

test('reset of a seat that does not run says how to start it', async () => {
  await json('stop', 'red', ...IN);
  const { code, stderr } = await folder.cdkWorkshop(['reset', 'red', 'blue', ...IN]);
  assert.equal(code, 2);
  assert.match(stderr, /^error: red is stopped, and EC2 replaces the root volume of a running instance only; start it with ".*cdk-workshop start red --stack Class --region eu-west-3"\.\n$/);
  await json('start', 'red', ...IN);
});

test('--explain prints the call of the AWS CLI that does the same, which works, and does nothing', async () => {
  const { instanceId } = await seat('red');
  const lines = {};
  for (const command of ['start', 'stop', 'reset', 'unprotect']) {
    lines[command] = (await folder.cdkWorkshop([command, 'red', ...IN, '--explain'])).stdout.trim();
  }
  assert.deepEqual(lines, {
    start: `aws ec2 start-instances --instance-ids ${instanceId} --region eu-west-3`,
    stop: `aws ec2 stop-instances --instance-ids ${instanceId} --region eu-west-3`,
    reset: `aws ec2 create-replace-root-volume-task --instance-id ${instanceId} --delete-replaced-root-volume --region eu-west-3`,
    unprotect: `aws ec2 modify-instance-attribute --no-disable-api-termination --instance-id ${instanceId} --region eu-west-3`,
  });
  assert.equal((await seat('red')).state, 'running');
  const disk = (await volumes())[instanceId];
  await local.aws(...lines.reset.split(' ').slice(1));
  assert.notEqual((await volumes())[instanceId], disk);
  await local.aws(...lines.stop.split(' ').slice(1));
  assert.equal((await seat('red')).state, 'stopped');
  await local.aws(...lines.start.split(' ').slice(1));
  const all = await folder.cdkWorkshop(['seats', ...IN, '--explain']);
  const words = all.stdout.trim().replace(/ --output table/, '').match(/'[^']*'|\S+/g).map(word => word.replace(/^'|'$/g, ''));
  assert.deepEqual((await local.aws(...words.slice(1))).map(([name]) => name).sort(), ['blue', 'green', 'red']);
});

test('unprotect lifts the protection of all seats, so that the stack can go', async () => {
  const protectedSeats = async () => {
    const all = await Promise.all((await json('seats', ...IN)).map(({ instanceId }) => (
      local.aws('ec2', 'describe-instance-attribute', '--instance-id', instanceId, '--attribute', 'disableApiTermination', '--query', 'DisableApiTermination.Value'))));
    return all.filter(Boolean).length;
  };
  assert.equal(await protectedSeats(), 3);
  assert.equal((await json('unprotect', ...IN)).length, 3);
  assert.equal(await protectedSeats(), 0);
});

test('a single instance is a seat with the name of its construct, whatever that is', async () => {
  await deploy(local, 'Single', stack => ['Workshop', 'Instance', 'MyInstance'].forEach(name => (
    new WorkshopInstance(stack, name, { access: [WorkshopAccess.sessionManager(), PAGE] }))));
  const seats = await json('seats', '--stack', 'Single');
  assert.deepEqual(seats.map(each => each.seat), ['Instance', 'MyInstance', 'Workshop']);
  for (const { instanceId, address, connect } of seats) {
    assert.deepEqual(connect, [`aws ssm start-session --target ${instanceId} --region ${REGION}`, `http://${address}:8080`]);
  }
});

test('a stack or a seat that there is not is told with what there is', async () => {
  const stack = await folder.cdkWorkshop(['seats', '--stack', 'Clas']);
  assert.deepEqual([stack.code, stack.stderr], [2, 'error: There is no stack "Clas" in eu-west-3; name another with --stack, or its region with --region.\n']);
  const seats = await folder.cdkWorkshop(['stop', 'gren', ...IN]);
  assert.deepEqual([seats.code, seats.stderr], [2, 'error: Class has no seat "gren" (did you mean green?); its seats are blue, green, red.\n']);
  assert.equal((await folder.cdkWorkshop(['reset', ...IN])).code, 2);
});

test('a seat that was terminated is told, and what brings it back', async () => {
  const { instanceId } = await seat('blue');
  await local.aws('ec2', 'terminate-instances', '--instance-ids', instanceId);
  const { stdout, stderr } = await folder.cdkWorkshop(['seats', ...IN]);
  assert.match(stdout, /^blue +terminated +i-\S+ +- +-$/m);
  assert.match(stderr, /^Terminated: blue\. No deployment brings a terminated instance back, unless the app says another seatGenerations for the seat, such as \{ "seat-3": 2 \}\.$/m);
  assert.match((await folder.cdkWorkshop(['stop', ...IN])).stderr, /^Left out, as they are terminated: blue\.$/m);
  const reset = await folder.cdkWorkshop(['reset', 'blue', ...IN]);
  assert.match(reset.stderr, /^error: blue is terminated\. No deployment brings/);

  const others = all => all.filter(each => each.seat !== 'blue');
  const before = await json('seats', ...IN);
  await deploy(local, 'Class', fleet({ seatGenerations: { blue: 2 } }), 'update-stack');
  const now = await json('seats', ...IN);
  assert.deepEqual(others(now), others(before));
  const blue = now.find(each => each.seat === 'blue');
  assert.equal(blue.state, 'running');
  assert.notEqual(blue.instanceId, instanceId);
});
