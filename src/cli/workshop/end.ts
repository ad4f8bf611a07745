import { Command } from 'commander';
import { LOST } from './list-seats';
import { idsOf, machinesOf } from './machines';
import { StackOptions, stackOptions } from './options';
import { awsLine, workshopLine } from './seats';
import { until } from './waiting';
import type { StackResource, WorkshopAws } from './workshop-aws';
import { shown } from '../../private/lock-file/printable';
import type { Host } from '../host';
import { sideBySide } from '../parallel';
import { ExitCode, Result } from '../result';

const LONGEST_MINUTES = 60;

interface EndOptions extends StackOptions {
  readonly yes?: boolean;
}

/** What costs, or opens a door, for as long as it exists. */
interface Belongings {
  readonly instances: string[];
  readonly volumes: string[];
  readonly addresses: string[];
  readonly keyPairs: string[];
  readonly parameters: string[];
  readonly logGroups: string[];
}

type Kind = keyof Belongings;

/** What is there of each, in words, and the call of the AWS CLI that removes one. */
const KINDS: Record<Kind, { what: string; remove(id: string): string[] }> = {
  instances: { what: 'instance', remove: id => ['ec2', 'terminate-instances', '--instance-ids', id] },
  volumes: { what: 'volume', remove: id => ['ec2', 'delete-volume', '--volume-id', id] },
  addresses: { what: 'address', remove: id => ['ec2', 'release-address', '--allocation-id', id] },
  keyPairs: { what: 'key pair', remove: id => ['ec2', 'delete-key-pair', '--key-name', id] },
  parameters: { what: 'parameter', remove: id => ['ssm', 'delete-parameter', '--name', id] },
  logGroups: { what: 'log group', remove: id => ['logs', 'delete-log-group', '--log-group-name', id] },
};

export function endCommand(): Command {
  const command = new Command('end')
    .summary('end a workshop, and prove that nothing of it is left')
    .description('Looks for what is left of a stack: instances, volumes, addresses, key pairs, parameters, log groups. With --yes it first lifts the protection of the seats '
      + 'and deletes the stack, and waits until it is gone. After "cdk destroy" it looks for what CloudFormation remembers for 90 days, which the volumes of '
      + 'instances are not: look before, too.');
  return stackOptions(command).option('--yes', 'delete the stack, with all that is on the seats')
    .addHelpText('after', `
Ends with 0 if nothing is left, and with 1 if something is.

Examples:
  $ cdk-workshop end --stack Class --region eu-west-3
  $ cdk-workshop end --stack Class --region eu-west-3 --yes`);
}

export async function end({ stack: name, yes, ...options }: EndOptions, host: Host): Promise<Result> {
  const aws = await host.connectWorkshop(options);
  const stack = await aws.stack(name);
  if (stack === undefined) {
    const [last] = await aws.deletedStacks(name);
    if (last === undefined) {
      throw new Error(`There is no stack ${shown(name)} in ${aws.region}, and none was deleted in the last 90 days; name another with --stack, or its region with --region.`);
    }
    return outcome(aws, name, await belongingsOf(aws, name, await aws.resources(last)));
  }
  const resources = await aws.resources(stack.id);
  const belongings = await belongingsOf(aws, name, resources);
  if (!yes) {
    const result = await outcome(aws, name, belongings);
    return {
      ...result,
      exitCode: ExitCode.FOUND,
      notes: [`${name} is ${stack.status}, and nothing was deleted; "${workshopLine('end', name, aws.region, '--yes')}" deletes it, with what is on the seats.`],
    };
  }
  const living = belongings.instances.filter(id => resources.some(({ physicalId }) => physicalId === id));
  const { failed } = await sideBySide(host.stderr, 'Lifting the protection', living, instanceId => aws.liftProtection(instanceId));
  if (failed.length > 0) {
    throw failed[0].error;
  }
  await aws.deleteStack(stack.id);
  await until(host.stderr, `Deleting ${name}`, LONGEST_MINUTES, async () => {
    const { status = 'DELETE_COMPLETE' } = await aws.stack(stack.id) ?? {};
    if (status === 'DELETE_FAILED') {
      throw new Error(`${name} could not be deleted: ${await failuresOf(aws, stack.id)}; remove what stands in the way, and run the command again.`);
    }
    return status === 'DELETE_COMPLETE' ? [] : [name];
  });
  // CloudFormation does not know of these: the seats have written them.
  const written = await aws.parametersUnder(folderOf(name));
  const { failed: kept } = await sideBySide(host.stderr, 'Deleting passwords', written, parameter => aws.deleteParameter(parameter));
  return { ...await outcome(aws, name, belongings), failures: kept.map(({ task, error }) => ({ where: task, error })) };
}

/** Where the seats of a stack put the passwords of their editors. */
function folderOf(stackName: string): string {
  return `/cdk-workshop-instance/${stackName}`;
}

/** Those of a stack, also of one that is deleted, as far as they can still be known. */
async function belongingsOf(aws: WorkshopAws, stackName: string, resources: StackResource[]): Promise<Belongings> {
  const ofType = (type: string) => idsOf(resources, type);
  const machines = await machinesOf(aws, stackName, resources);
  const keyPairs = ofType('AWS::EC2::KeyPair');
  const keys = await aws.keyPairs(keyPairs);
  return {
    instances: machines.map(({ instanceId }) => instanceId),
    volumes: [...new Set([...machines.flatMap(({ volumes }) => volumes), ...ofType('AWS::EC2::Volume')])],
    addresses: ofType('AWS::EC2::EIP'),
    keyPairs,
    // EC2 keeps the private key of a pair that it has made there, and seats the password of their editor.
    parameters: [...ofType('AWS::SSM::Parameter'), ...[...keys.values()].map(id => `/ec2/keypair/${id}`), ...await aws.parametersUnder(folderOf(stackName))],
    logGroups: ofType('AWS::Logs::LogGroup'),
  };
}

/** What there is of it now. */
async function stillThere(aws: WorkshopAws, belongings: Belongings): Promise<Belongings> {
  const [machines, volumes, addresses, keyPairs, parameters, logGroups] = await Promise.all([
    aws.instances({ 'instance-id': belongings.instances }),
    aws.volumes(belongings.volumes).then(found => found.map(({ volumeId }) => volumeId)),
    aws.elasticAddresses(belongings.addresses).then(found => found.map(({ allocationId }) => allocationId)),
    aws.keyPairs(belongings.keyPairs),
    aws.parameters(belongings.parameters),
    Promise.all(belongings.logGroups.map(async group => await aws.logGroup(group) ? [group] : [])),
  ]);
  return {
    instances: machines.filter(({ state }) => !LOST.includes(state)).map(({ instanceId }) => instanceId),
    volumes,
    addresses,
    keyPairs: [...keyPairs.keys()],
    parameters,
    logGroups: logGroups.flat(),
  };
}

async function outcome(aws: WorkshopAws, name: string, belongings: Belongings): Promise<Result> {
  const there = await stillThere(aws, belongings);
  const left = (Object.keys(KINDS) as Kind[]).flatMap(kind => there[kind].map(id => (
    { what: KINDS[kind].what, id, remove: awsLine(aws.region, ...KINDS[kind].remove(id)) })));
  const looked = (Object.keys(KINDS) as Kind[]).map(kind => `${KINDS[kind].what}s ${belongings[kind].length}`.replace('addresss', 'addresses')).join(', ');
  return {
    exitCode: left.length > 0 ? ExitCode.FOUND : ExitCode.DONE,
    data: { stack: name, looked: belongings, left },
    table: left.length === 0 ? undefined : { head: ['left', 'id', 'remove it with'], rows: left.map(({ what, id, remove }) => [what, id, remove]) },
    notes: [left.length === 0 ? `Nothing is left of ${name}. Looked for: ${looked}.` : `Left of ${name}: ${left.length}. Looked for: ${looked}.`],
  };
}

async function failuresOf(aws: WorkshopAws, stackId: string): Promise<string> {
  const failed = (await aws.resources(stackId)).filter(({ status }) => status === 'DELETE_FAILED');
  return failed.map(({ logicalId, reason }) => `${logicalId} (${(reason ?? 'no reason is given').replace(/\.$/, '')})`).join(', ') || 'CloudFormation does not say why';
}
