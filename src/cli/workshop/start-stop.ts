import { Command } from 'commander';
import { explained, LOST, seatResult } from './list-seats';
import { explainOption, StackOptions, stackOptions } from './options';
import { awsLine, chosen, Seat, seatsOf } from './seats';
import { until } from './waiting';
import type { WorkshopAws } from './workshop-aws';
import type { Host } from '../host';
import { sideBySide } from '../parallel';
import type { Result } from '../result';

const LONGEST_MINUTES = 15;

interface Change {
  readonly title: string;
  /** The call of the AWS CLI. */
  readonly call: string;
  /** Where seats are to be. */
  readonly wanted: string;
  /** From where they get there by the call. Those on a way are waited for first. */
  readonly from: string;
  readonly onTheWay: string[];
  change(aws: WorkshopAws, instanceId: string): Promise<void>;
}

const START: Change = {
  title: 'Starting', call: 'start-instances', wanted: 'running', from: 'stopped', onTheWay: ['stopping'], change: (aws, id) => aws.start(id),
};
const STOP: Change = {
  title: 'Stopping', call: 'stop-instances', wanted: 'stopped', from: 'running', onTheWay: ['pending'], change: (aws, id) => aws.stop(id),
};

function seatsArgument(command: Command, description: string): Command {
  return explainOption(stackOptions(command.argument('[seats...]', description)));
}

export function startCommand(): Command {
  const command = new Command('start').summary('start seats, and wait until they run')
    .description('Starts all seats or those that are named, waits until they run, and lists them with their new addresses. What can be started is EBS-backed.');
  return seatsArgument(command, 'the seats to start (default: all)').addHelpText('after', `
Examples:
  $ cdk-workshop start --stack Class --region eu-west-3
  $ cdk-workshop start seat-3 seat-7 --stack Class --region eu-west-3 --explain`);
}

export function stopCommand(): Command {
  const command = new Command('stop').summary('stop seats, and wait until they have stopped')
    .description('Stops all seats or those that are named. Their disks stay, and cost on; after the next start each has another public address.');
  return seatsArgument(command, 'the seats to stop (default: all)').addHelpText('after', `
Examples:
  $ cdk-workshop stop --stack Class --region eu-west-3
  $ cdk-workshop stop seat-3 --stack Class --region eu-west-3`);
}

export function start(names: string[], options: StackOptions, host: Host): Promise<Result> {
  return move(START, names, options, host);
}

export function stop(names: string[], options: StackOptions, host: Host): Promise<Result> {
  return move(STOP, names, options, host);
}

async function move(change: Change, names: string[], { stack, explain, ...options }: StackOptions, host: Host): Promise<Result> {
  const aws = await host.connectWorkshop(options);
  const seats = chosen(await seatsOf(aws, stack), names, stack);
  const living = seats.filter(({ state }) => !LOST.includes(state));
  if (explain) {
    return explained(living.length === 0 ? [] : [awsLine(aws.region, 'ec2', change.call, '--instance-ids', ...living.map(({ instanceId }) => instanceId))]);
  }
  const states = async (wanted: (state: string) => boolean, among: Seat[]) => {
    const machines = await aws.instances({ 'instance-id': among.map(({ instanceId }) => instanceId) });
    return among.filter(({ instanceId }) => wanted(machines.find(each => each.instanceId === instanceId)?.state ?? 'gone'));
  };
  const waitFor = (title: string, wanted: (state: string) => boolean, among: Seat[]) => until(host.stderr, title, LONGEST_MINUTES, async () => (
    (await states(wanted, among)).map(({ seat }) => seat)));

  await waitFor('Waiting', state => change.onTheWay.includes(state), living);
  const moving = await states(state => state === change.from, living);
  // Each alone: EC2 refuses a call as a whole when one of its instances cannot be started.
  const { failed } = await sideBySide(host.stderr, change.title, moving, ({ instanceId }) => change.change(aws, instanceId));
  const refused = new Set(failed.map(({ task }) => task));
  await waitFor(change.title, state => state !== change.wanted && !LOST.includes(state), moving.filter(seat => !refused.has(seat)));

  const now = chosen(await seatsOf(aws, stack), living.map(({ instanceId }) => instanceId), stack);
  const lost = seats.filter(seat => !living.includes(seat)).map(({ seat }) => seat);
  return {
    ...seatResult(living.length === 0 ? [] : now, stack, aws.region),
    notes: [
      `${change.wanted === 'running' ? 'Started' : 'Stopped'}: ${moving.length - refused.size}, so already: ${living.length - moving.length}.`,
      ...lost.length === 0 ? [] : [`Left out, as they are terminated: ${lost.join(', ')}.`],
    ],
    failures: failed.map(({ task, error }) => ({ where: task.seat, error })),
  };
}
