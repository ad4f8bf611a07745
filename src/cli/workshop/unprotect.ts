import { Command } from 'commander';
import { explained, LOST } from './list-seats';
import { explainOption, StackOptions, stackOptions } from './options';
import { awsLine, chosen, seatsOf } from './seats';
import type { Host } from '../host';
import { sideBySide } from '../parallel';
import type { Result } from '../result';

export function unprotectCommand(): Command {
  const command = new Command('unprotect').argument('[seats...]', 'the seats (default: all)')
    .summary('lift the protection of hardened seats from termination')
    .description('Lifts the protection from termination that "hardened" and "disableApiTermination" give, so that "cdk destroy" can remove the seats.');
  return explainOption(stackOptions(command)).addHelpText('after', `
Example:
  $ cdk-workshop unprotect --stack Class --region eu-west-3`);
}

export async function unprotect(names: string[], { stack, explain, ...options }: StackOptions, host: Host): Promise<Result> {
  const aws = await host.connectWorkshop(options);
  const seats = chosen(await seatsOf(aws, stack), names, stack).filter(({ state }) => !LOST.includes(state));
  if (explain) {
    return explained(seats.map(({ instanceId }) => awsLine(aws.region, 'ec2', 'modify-instance-attribute', '--no-disable-api-termination', '--instance-id', instanceId)));
  }
  const { done, failed } = await sideBySide(host.stderr, 'Lifting the protection', seats, ({ instanceId }) => aws.liftProtection(instanceId));
  return {
    data: done.map(({ task: { seat, instanceId } }) => ({ seat, instanceId })),
    notes: [`Without protection from termination: ${done.length} of ${seats.length} seats.`],
    failures: failed.map(({ task, error }) => ({ where: task.seat, error })),
  };
}
