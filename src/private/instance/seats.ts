import { createHash } from 'crypto';
import { Annotations, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { CommonWorkshopProps } from '../../workshop-props';
import { code, message } from '../language';
import { nearest } from '../lock-file/did-you-mean';

interface Seats {
  readonly seats?: number;
  readonly seatNames?: string[];
}

type InitProps = Pick<CommonWorkshopProps, 'init' | 'initOptions' | 'keepUpToDate' | 'keepUpToDateInterval'>;
const NO_INIT: InitProps = { init: undefined, initOptions: undefined, keepUpToDate: undefined, keepUpToDateInterval: undefined };

/** What fits a tag, a construct id and a shell: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const NAME = /^[A-Za-z0-9][A-Za-z0-9@+._-]{0,63}$/;

/**
 * The names of the seats, in their order.
 *
 * @throws where they are none, or cannot be told from each other
 */
export function seatNames(path: string, { seats, seatNames: names }: Seats): string[] {
  const fail = (problem: string) => { throw new Error(`${path}: ${problem}.`); };

  if ((seats === undefined) === (names === undefined)) {
    fail(message`a WorkshopFleet takes either seats, their number, or seatNames; write one of the two`);
  }
  if (Token.isUnresolved(seats) || Token.isUnresolved(names) || names?.some(name => Token.isUnresolved(name))) {
    fail('the seats of a WorkshopFleet are made while the app is synthesized, and cannot be known only at deployment; write them as plain values');
  }
  if (seats !== undefined && !(Number.isInteger(seats) && seats >= 1)) {
    fail(`seats is ${seats}; write a whole number from 1`);
  }
  if (names?.length === 0) {
    fail(message`seatNames is empty; write at least one name`);
  }
  const wrong = names?.find(name => !NAME.test(name));
  if (wrong !== undefined) {
    fail(message`seatNames has ${JSON.stringify(wrong)}; a name has 1 to 64 letters, digits and @ + . _ -, and starts with a letter or digit`);
  }
  const twice = names?.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    fail(message`seatNames has ${JSON.stringify(twice)} twice; give each seat a name of its own`);
  }
  return names ?? Array.from({ length: seats! }, (_, index) => `seat-${index + 1}`);
}

/**
 * Seat → the id of its construct: another one for each generation, so that CloudFormation makes another instance.
 *
 * @throws where there is no such seat or generation
 */
export function seatConstructIds(path: string, names: string[], generations: Record<string, number> = {}): Map<string, string> {
  const generationOf = bySeat(path, code('seatGenerations'), names, generations);
  return new Map(names.map(name => {
    const generation = generationOf.get(name) ?? 1;
    if (!Number.isInteger(generation) || generation < 1 || Token.isUnresolved(generation)) {
      throw new Error(message`${path}: seatGenerations has ${String(generation)} for ${JSON.stringify(name)}; write a whole number from 1.`);
    }
    // No name has a colon.
    return [name, `Seat-${name}${generation === 1 ? '' : `:${generation}`}`];
  }));
}

/**
 * Seat → what is said of how it is set up: its own init takes the place of that for all, and what is about init is left out where it has none.
 *
 * @throws where there is no such seat
 */
export function seatInits(
  path: string, names: string[], { seatInit = {}, ...props }: InitProps & { readonly seatInit?: Record<string, ec2.CloudFormationInit> },
): Map<string, InitProps> {
  const own = bySeat(path, code('seatInit'), names, seatInit);
  const { init, initOptions, keepUpToDate, keepUpToDateInterval } = props;
  return new Map(names.map(name => {
    const ofSeat = own.get(name) ?? init;
    return [name, own.size > 0 && ofSeat === undefined ? NO_INIT : { init: ofSeat, initOptions, keepUpToDate, keepUpToDateInterval }];
  }));
}

function bySeat<T>(path: string, property: string, names: string[], ofSeats: Record<string, T>): Map<string, T> {
  const stranger = Object.keys(ofSeats).find(seat => !names.includes(seat));
  if (stranger !== undefined) {
    const near = nearest(stranger, names);
    throw new Error(`${path}: ${property} has ${JSON.stringify(stranger)}, which is no seat; ${near === undefined
      ? 'take it out' : `write ${JSON.stringify(near)}, or take it out`}.`);
  }
  return new Map(Object.entries(ofSeats));
}

/**
 * Seat → its subnet, by the name of the seat and the names of the zones alone: the order of neither matters.
 *
 * Each zone is rated for the seat and the highest wins, then each of its subnets, so that one more zone takes over its share of the seats and
 * leaves the others where they are (rendezvous hashing).
 *
 * @param zones the zones that seats are to be in, whatever their rating
 * @throws where there is no such seat
 */
export function seatSubnets(scope: Construct, names: string[], subnets: ec2.ISubnet[], zones: Record<string, string> = {}): Map<string, ec2.ISubnet> {
  const zoneOfSeat = bySeat(scope.node.path, code('seatAvailabilityZones'), names, zones);
  const places = subnets.map(subnet => ({ subnet, zone: zoneOf(subnet), id: idOf(subnet) }));
  return new Map(names.map(name => {
    const rating = ({ zone, id }: typeof places[number]) => `${hash(`${name} ${zone}`)} ${hash(`${name} ${id}`)}`;
    const wanted = zoneOfSeat.get(name);
    const choice = wanted === undefined ? places : places.filter(({ zone }) => zone === wanted);
    if (choice.length === 0) {
      Annotations.of(scope).addError(message`seatAvailabilityZones puts ${JSON.stringify(name)} into ${JSON.stringify(wanted)}, where the fleet has no subnet, only in `
        + message`${[...new Set(places.map(({ zone }) => zone))].join(', ')}; add it to availabilityZones, or name one of these.`);
    }
    return [name, (choice.length > 0 ? choice : places).reduce((best, place) => rating(place) > rating(best) ? place : best).subnet];
  }));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A zone that is known only at deployment has the text that CloudFormation knows it by. */
function zoneOf({ availabilityZone, stack }: ec2.ISubnet): string {
  return Token.isUnresolved(availabilityZone) ? JSON.stringify(stack.resolve(availabilityZone)) : availabilityZone;
}

function idOf({ subnetId, node }: ec2.ISubnet): string {
  return Token.isUnresolved(subnetId) ? node.id : subnetId;
}
