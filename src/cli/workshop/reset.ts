import { Command } from 'commander';
import { explained, HOW_TO_REPLACE, LOST, seatResult } from './list-seats';
import { explainOption, StackOptions, stackOptions } from './options';
import { awsLine, chosen, Seat, seatsOf, workshopLine } from './seats';
import { until } from './waiting';
import type { WorkshopAws } from './workshop-aws';
import type { Host } from '../host';
import { sideBySide } from '../parallel';
import type { Result } from '../result';

const LONGEST_MINUTES = 30;

export function resetCommand(): Command {
  const command = new Command('reset').argument('<seats...>', 'the seats to reset')
    .summary('give seats a fresh disk, and leave the others alone')
    .description('Gives seats a root volume as it was at launch and deletes the one that they have, with all that is on it; the instance starts again, and its user data '
      + 'runs as at its first boot. It keeps its id, its addresses, its role and its other volumes, so that the stack stays as it is.');
  return explainOption(stackOptions(command)).addHelpText('after', `
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/replace-root.html

Example:
  $ cdk-workshop reset seat-3 --stack Class --region eu-west-3`);
}

export async function reset(names: string[], { stack, explain, ...options }: StackOptions, host: Host): Promise<Result> {
  const aws = await host.connectWorkshop(options);
  const seats = chosen(await seatsOf(aws, stack), names, stack);
  if (explain) {
    return explained(seats.map(({ instanceId }) => (
      awsLine(aws.region, 'ec2', 'create-replace-root-volume-task', '--instance-id', instanceId, '--delete-replaced-root-volume'))));
  }
  seats.forEach(seat => checkRunning(seat, stack, aws.region));
  const { failed } = await sideBySide(host.stderr, 'Resetting', seats, seat => replace(aws, seat, host));
  const refused = new Set(failed.map(({ task }) => task));
  const done = seats.filter(seat => !refused.has(seat)).map(({ instanceId }) => instanceId);
  return {
    ...seatResult(done.length === 0 ? [] : chosen(await seatsOf(aws, stack), done, stack), stack, aws.region),
    notes: [`Reset: ${done.length}. The user data runs again, which takes as long as at the first boot.`],
    failures: failed.map(({ task, error }) => ({ where: task.seat, error })),
  };
}

/** EC2 replaces the root volume of a running instance only. */
function checkRunning({ seat, state }: Seat, stack: string, region: string): void {
  if (LOST.includes(state)) {
    throw new Error(`${seat} is terminated. ${HOW_TO_REPLACE}`);
  }
  if (state !== 'running') {
    throw new Error(`${seat} is ${state}, and EC2 replaces the root volume of a running instance only; start it with "${workshopLine('start', stack, region, seat)}".`);
  }
}

async function replace(aws: WorkshopAws, { seat, instanceId }: Seat, host: Host): Promise<void> {
  const task = await aws.replaceRootVolume(instanceId);
  await until(host.stderr, `Resetting ${seat}`, LONGEST_MINUTES, async () => {
    const state = await aws.replacement(task);
    if (/^failed/.test(state)) {
      throw new Error(`EC2 could not replace the root volume (${task}: ${state}), and the instance keeps the one that it had; run the command again.`);
    }
    return state === 'succeeded' ? [] : [seat];
  });
}
