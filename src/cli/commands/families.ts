import { Command } from 'commander';
import { AmiFamily } from '../../ami-family';
import { Aws, AwsError, AwsOptions } from '../aws';
import type { Host } from '../host';
import { awsOptions, regionOption } from '../options';
import { colors, Table } from '../output';
import { sideBySide } from '../parallel';
import { queryOf } from '../query';
import { resolve } from '../resolve';
import { ExitCode, Result } from '../result';

interface FamiliesOptions extends AwsOptions {
  readonly verify?: boolean;
}

export function familiesCommand(): Command {
  const command = new Command('families')
    .summary('list the operating systems of the catalog')
    .description('Lists the operating systems of the catalog, and finds the newest image of each with --verify.');
  return awsOptions(regionOption(command))
    .option('--verify', 'find the newest image of each, and tell what is not found; ends with 1 then')
    .addHelpText('after', `
Examples:
  $ cdk-ami families
  $ cdk-ami families --verify --region eu-west-3`);
}

export async function families({ verify: isVerified, ...options }: FamiliesOptions, host: Host): Promise<Result> {
  return isVerified ? verify(await host.connect(options), host) : { data: AmiFamily.all().map(factsOf), table: familyTable(host.now()) };
}

const PARTITIONS = ['aws', 'aws-us-gov', 'aws-cn', 'aws-eusc'];

function factsOf(family: AmiFamily) {
  const { id, name, publisher, rootDeviceName, defaultUser, endOfSupport, successor, cfnBootstrap, ssmAgent, instanceConnect } = family;
  return {
    id,
    name,
    publisher,
    owners: Object.fromEntries(PARTITIONS.map(partition => [partition, family.owners(partition)])),
    images: family.variants(),
    rootDeviceName,
    defaultUser,
    endOfSupport,
    successor: successor?.id,
    cfnBootstrap,
    ssmAgent,
    instanceConnect,
  };
}

function familyTable(now: Date): Table {
  const today = now.toISOString().slice(0, 10);
  const list = (words: string[]) => [...new Set(words)].join(', ');
  const head = ['family', 'name', 'publisher', 'architectures', 'root devices', 'found by', 'supported until'];
  return {
    head,
    rows: AmiFamily.all().map(family => {
      const { id, name, publisher, endOfSupport = '-' } = family;
      const variants = family.variants();
      return [
        id, name, publisher,
        list(variants.map(({ architecture }) => architecture)),
        list(variants.map(({ rootDevice }) => rootDevice)),
        list(variants.map(({ parameterName }) => parameterName === undefined ? 'search' : 'parameter')),
        endOfSupport < today ? colors.red(endOfSupport) : endOfSupport,
      ];
    }),
  };
}

async function verify(aws: Aws, host: Host): Promise<Result> {
  const variants = AmiFamily.all()
    .flatMap(family => family.variants().map(({ architecture, rootDevice }) => ({ family: family.id, architecture, rootDevice })));
  const { done, failed } = await sideBySide(host.stderr, 'Finding images', variants, variant => (
    resolve(aws, aws.region, queryOf(variant, aws.region), host.now())));
  const results = variants.map(variant => {
    const image = done.find(({ task }) => task === variant)?.value;
    return { ...variant, imageId: image?.imageId, name: image?.name, problem: failed.find(({ task }) => task === variant)?.error.message };
  });
  return {
    exitCode: failed.length === 0 ? ExitCode.DONE : failed.some(({ error }) => error instanceof AwsError) ? ExitCode.FAILED : ExitCode.FOUND,
    data: results,
    table: {
      head: ['family', 'architecture', 'root device', 'id', 'name'],
      rows: results.map(({ family, architecture, rootDevice, imageId, name, problem }) => [
        family, architecture, rootDevice, imageId ?? colors.red('none'), name ?? problem ?? '',
      ]),
    },
    notes: [`${done.length} of ${variants.length} images of the catalog were found in ${aws.region}.`],
  };
}
