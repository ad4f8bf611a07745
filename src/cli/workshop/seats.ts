import type { StackResource, WorkshopAws, WorkshopMachine } from './workshop-aws';
import { programLine, shellWord } from '../../private/lock-file/commands';
import { nearest } from '../../private/lock-file/did-you-mean';
import { listed as inWords, shown } from '../../private/lock-file/printable';

/** Someone's machine, as it is now. */
export interface Seat {
  readonly seat: string;
  /** That of EC2, such as `running`; `gone` where EC2 does not know the instance any more. */
  readonly state: string;
  readonly instanceId: string;
  readonly address?: string;
  /** A line to paste for each access, in their order; none where the instance does not run. */
  readonly connect: string[];
}

interface Listed {
  readonly instanceId?: unknown;
  readonly connectCommands?: unknown;
}

/** @throws where there is no such stack */
export async function stackNamed(aws: WorkshopAws, name: string) {
  const stack = await aws.stack(name);
  if (stack === undefined) {
    throw new Error(`There is no stack ${shown(name)} in ${aws.region}; name another with --stack, or its region with --region.`);
  }
  return stack;
}

/** The seats of a stack, by name, with the addresses that they have now. */
export async function seatsOf(aws: WorkshopAws, stackName: string): Promise<Seat[]> {
  const { id: stackId, outputs } = await stackNamed(aws, stackName);
  const resources = (await aws.resources(stackId)).filter(({ type, physicalId }) => type === 'AWS::EC2::Instance' && physicalId !== '');
  const machines = new Map((await aws.instances({ 'instance-id': resources.map(({ physicalId }) => physicalId) })).map(each => [each.instanceId, each]));
  const places = [...placesOfFleets(outputs), ...placesOfInstances(outputs, resources)];
  const placeOf = (id: string) => places.find(({ instanceId }) => instanceId === id);
  return resources.map(({ physicalId, logicalId }) => seatOf(physicalId, machines.get(physicalId), placeOf(physicalId), logicalId))
    .sort((a, b) => a.seat.localeCompare(b.seat, 'en', { numeric: true }));
}

function seatOf(instanceId: string, machine: WorkshopMachine | undefined, place: Place | undefined, logicalId: string): Seat {
  const seat = machine?.tags.Seat ?? place?.seat ?? logicalId;
  if (machine?.state !== 'running') {
    return { seat, state: machine?.state ?? 'gone', instanceId, connect: [] };
  }
  return {
    seat,
    state: machine.state,
    instanceId,
    address: machine.publicAddress ?? machine.privateAddress,
    connect: place?.lines.map(line => ofToday(line, machine)) ?? [],
  };
}

/** A line of an output, which has the address of the last deployment, with that of today. */
function ofToday(line: string, { publicAddress, privateAddress }: WorkshopMachine): string {
  return line.replace(/\b\d{1,3}(\.\d{1,3}){3}\b/g, address => (
    address === privateAddress || address.startsWith('127.') ? address : publicAddress ?? privateAddress ?? address));
}

/** What the outputs say of an instance. */
interface Place {
  readonly instanceId: unknown;
  readonly seat: string;
  readonly lines: string[];
}

/** Those in the list of a fleet. */
function placesOfFleets(outputs: Record<string, string>): Place[] {
  return Object.values(outputs).filter(value => value.startsWith('{')).flatMap(value => Object.entries(objectIn(value)))
    .flatMap(([seat, listed]) => (
      Array.isArray(listed?.connectCommands) ? [{ seat, instanceId: listed.instanceId, lines: listed.connectCommands.map(String) }] : []));
}

/** Those of a `WorkshopInstance`, which has an output for each line. CDK leaves out a part of a path that is like the one before. */
function placesOfInstances(outputs: Record<string, string>, resources: StackResource[]): Place[] {
  const lines = Object.entries(outputs).flatMap(([key, line]) => {
    const [, construct, number] = /^(.+)ConnectCommand(\d*)[0-9A-F]{8}$/.exec(key) ?? [];
    return construct === undefined ? [] : [{ construct, number: Number(number), line }];
  }).sort((a, b) => a.number - b.number);
  return [...new Set(lines.map(({ construct }) => construct))].flatMap(seat => {
    // What replaces an instance whose user data has changed has more behind its name.
    const name = new RegExp(`^${seat}${seat.endsWith('Instance') ? '(Instance)?' : 'Instance'}[0-9A-F]{8}([0-9a-f]{16})?$`);
    const own = lines.filter(({ construct }) => construct === seat).map(({ line }) => line);
    return resources.filter(({ logicalId }) => name.test(logicalId)).map(({ physicalId }) => ({ seat, instanceId: physicalId, lines: own }));
  });
}

function objectIn(text: string): Record<string, Listed> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** The seats with these names or instance ids; all of them where none is named. */
export function chosen(seats: Seat[], names: string[], stackName: string): Seat[] {
  const found = names.map(name => {
    const here = seats.filter(({ seat, instanceId }) => seat === name || instanceId === name);
    if (here.length === 0) {
      const near = nearest(name, seats.map(({ seat }) => seat));
      throw new Error(`${stackName} has no seat ${shown(name)}${near === undefined ? '' : ` (did you mean ${near}?)`}; `
        + (seats.length === 0 ? 'it has no instance at all.' : `its seats are ${inWords(seats.map(({ seat }) => seat))}.`));
    }
    if (here.length > 1) {
      throw new Error(`${stackName} has ${here.length} seats ${shown(name)}; name one of ${inWords(here.map(({ instanceId }) => instanceId))}.`);
    }
    return here[0];
  });
  return names.length === 0 ? seats : [...new Set(found)];
}

/** A call of the AWS CLI that does the same. */
export function awsLine(region: string, ...words: string[]): string {
  return ['aws', ...words, '--region', region].map(shellWord).join(' ');
}

/** The command of ours with these arguments for a stack. */
export function workshopLine(command: string, stack: string, region: string, ...words: string[]): string {
  return programLine('cdk-workshop', command, ...words, '--stack', stack, '--region', region);
}
