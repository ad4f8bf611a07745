import { Command } from 'commander';
import { explainOption, StackOptions, stackOptions } from './options';
import { awsLine, Seat, seatsOf, workshopLine } from './seats';
import { sheetOf } from './sheet';
import type { Host } from '../host';
import { colors, Table } from '../output';
import type { Result } from '../result';

export function seatsCommand(): Command {
  const command = new Command('seats')
    .summary('list the seats, with the address of today')
    .description('Lists seat, state, instance, the address of today, and the lines to connect with. The outputs of a stack have the addresses of its last deployment, '
      + 'and after a stop a seat has another one.');
  return explainOption(stackOptions(command))
    .addHelpText('after', `
Examples:
  $ cdk-workshop seats --stack Class --region eu-west-3
  $ cdk-workshop seats --stack Class --csv > seats.csv
  $ cdk-workshop seats --stack Class --html > seats.html   # a card for each seat, to print`);
}

export async function listSeats({ stack, explain, ...options }: StackOptions, host: Host): Promise<Result> {
  const aws = await host.connectWorkshop(options);
  if (explain) {
    return explained([awsLine(aws.region, 'ec2', 'describe-instances', '--filters', `Name=tag:aws:cloudformation:stack-name,Values=${stack}`, '--query',
      'Reservations[].Instances[].[Tags[?Key==`Seat`]|[0].Value, State.Name, InstanceId, PublicIpAddress]', '--output', 'table')]);
  }
  const seats = await seatsOf(aws, stack);
  const result = seatResult(seats, stack, aws.region);
  return { ...result, notes: [...result.notes ?? [], ...asleep(seats, stack, aws.region)] };
}

/** What is said of seats, by every command that has to do with them. */
export function seatResult(seats: Seat[], stack: string, region: string): Result {
  const most = Math.max(1, ...seats.map(({ connect }) => connect.length));
  const own = ({ seat, state, instanceId, address = '-' }: Seat) => [seat, state, instanceId, address];
  return {
    data: seats,
    table: seats.length === 0 ? undefined : {
      head: ['seat', 'state', 'instance', 'address', 'connect'],
      rows: seats.flatMap(seat => {
        const [first = '-', ...others] = seat.connect;
        const [name, state, ...rest] = own(seat);
        return [[name, state === 'running' ? state : colors.red(state), ...rest, first], ...others.map(line => ['', '', '', '', line])];
      }),
    },
    csv: {
      head: ['seat', 'state', 'instance', 'address', ...Array.from({ length: most }, (_, i) => `connect${i === 0 ? '' : i + 1}`)],
      rows: seats.map(seat => [...own(seat), ...Array.from({ length: most }, (_, i) => seat.connect[i] ?? '')]),
    } satisfies Table,
    html: () => sheetOf(seats, stack, region),
    notes: seats.length === 0 ? [`${stack} has no instance.`] : [],
  };
}

function asleep(seats: Seat[], stack: string, region: string): string[] {
  const stopped = seats.filter(({ state }) => state === 'stopped' || state === 'stopping').map(({ seat }) => seat);
  const lost = seats.filter(({ state }) => LOST.includes(state)).map(({ seat }) => seat);
  return [
    ...stopped.length === 0 ? [] : [`Stopped: ${stopped.length} of ${seats.length}; "${workshopLine('start', stack, region, ...stopped.length === seats.length ? [] : stopped)}" `
      + 'starts them, with other addresses.'],
    ...lost.length === 0 ? [] : [`Terminated: ${lost.join(', ')}. ${HOW_TO_REPLACE}`],
  ];
}

/** The states in which there is no instance any more. */
export const LOST = ['shutting-down', 'terminated', 'gone'];

/** CloudFormation does not see that it is gone. */
export const HOW_TO_REPLACE = 'No deployment brings a terminated instance back, unless the app says another seatGenerations for the seat, such as { "seat-3": 2 }.';

/** The calls in place of what they do. */
export function explained(lines: string[]): Result {
  return { data: lines, text: lines.join('\n') };
}
