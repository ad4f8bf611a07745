import { createHash } from 'crypto';
import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

interface Seats {
  readonly seats?: number;
  readonly seatNames?: string[];
}

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
    fail('a WorkshopFleet takes either seats, their number, or seatNames; write one of the two');
  }
  if (Token.isUnresolved(seats) || Token.isUnresolved(names) || names?.some(name => Token.isUnresolved(name))) {
    fail('the seats of a WorkshopFleet are made while the app is synthesized, and cannot be known only at deployment; write them as plain values');
  }
  if (seats !== undefined && !(Number.isInteger(seats) && seats >= 1)) {
    fail(`seats is ${seats}; write a whole number from 1`);
  }
  if (names?.length === 0) {
    fail('seatNames is empty; write at least one name');
  }
  const wrong = names?.find(name => !NAME.test(name));
  if (wrong !== undefined) {
    fail(`seatNames has ${JSON.stringify(wrong)}; a name has 1 to 64 letters, digits and @ + . _ -, and starts with a letter or digit`);
  }
  const twice = names?.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    fail(`seatNames has ${JSON.stringify(twice)} twice; give each seat a name of its own`);
  }
  return names ?? Array.from({ length: seats! }, (_, index) => `seat-${index + 1}`);
}

/**
 * The subnet of a seat: the same whatever other seats there are, and however their order.
 *
 * Each subnet is rated for the seat and the highest wins, so that one more subnet takes over its share of the seats and leaves the others where
 * they are (rendezvous hashing).
 */
export function subnetOf(seat: string, subnets: ec2.ISubnet[]): ec2.ISubnet {
  const rating = (subnet: ec2.ISubnet) => createHash('sha256').update(`${seat} ${subnet.node.id}`).digest('hex');
  return subnets.reduce((best, subnet) => rating(subnet) > rating(best) ? subnet : best);
}
