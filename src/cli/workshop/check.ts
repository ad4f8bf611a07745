import { Command } from 'commander';
import { SynthesizedStack, synthesizedStack, Template } from './assembly';
import { imageIdOf, Launch, launchesOf, parameterOf } from './launches';
import { StackOptions, stackOptions } from './options';
import type { WorkshopAws } from './workshop-aws';
import type { Host } from '../host';
import { colors } from '../output';
import { ExitCode, Result } from '../result';

interface CheckOptions extends StackOptions {
  readonly app: string;
}

interface Outcome {
  readonly check: string;
  /** Undefined where only the deployment shows it. */
  readonly ok?: boolean;
  readonly found: string;
  readonly fix?: string;
}

/** Services that act with a role of their own, which is made when it is first needed, and whose creation the deployment may not be allowed. */
const SERVICE_LINKED_ROLES: { service: string; isNeeded(type: string, properties?: Record<string, any>): boolean }[] = [
  {
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/permissions-for-ec2-instance-connect-endpoint.html
    service: 'ec2-instance-connect.amazonaws.com',
    isNeeded: type => type === 'AWS::EC2::InstanceConnectEndpoint',
  },
  {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/UsingAlarmActions.html
    service: 'events.amazonaws.com',
    isNeeded: (type, properties) => type === 'AWS::CloudWatch::Alarm' && /:ec2:(stop|terminate)/.test(JSON.stringify(properties?.AlarmActions)),
  },
];

/** What a region has a limited number of, besides vCPUs: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const LIMITED: { what: string; type: string; service: string; code: string; all(aws: WorkshopAws): Promise<Record<string, string>[]> }[] = [
  { what: 'VPCs', type: 'AWS::EC2::VPC', service: 'vpc', code: 'L-F678F1CE', all: aws => aws.vpcs() },
  { what: 'Elastic IP addresses', type: 'AWS::EC2::EIP', service: 'ec2', code: 'L-0263D0A3', all: aws => aws.addresses() },
];

/** The quotas of vCPUs that run at a time: https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html */
const QUOTAS: { name: string; code: string; families: RegExp }[] = [
  { name: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances', code: 'L-1216C47A', families: /^([acdhimrtz]|im|is)\d/ },
  { name: 'Running On-Demand G and VT instances', code: 'L-DB2E81BA', families: /^(g|gr|vt)\d/ },
  { name: 'Running On-Demand P instances', code: 'L-417A185B', families: /^p\d/ },
];

export function checkCommand(): Command {
  const command = new Command('check')
    .summary('look before the day whether the seats can be started')
    .description('Looks whether what "cdk synth" has written can be deployed: the region is bootstrapped, the zones offer the instance types, the images exist, the '
      + 'vCPUs, VPCs and Elastic IP addresses fit into the quotas beside what is there already, and the service-linked roles exist.');
  return stackOptions(command).option('--app <folder>', 'where "cdk synth" has written the app', 'cdk.out')
    .addHelpText('after', `
Ends with 0 if nothing is in the way, and with 1 if something is.

Example:
  $ npx cdk synth --quiet && cdk-workshop check --stack Class --region eu-west-3`);
}

export async function check({ stack: name, app, ...options }: CheckOptions, host: Host): Promise<Result> {
  const stack = synthesizedStack(host, app, name);
  const aws = await host.connectWorkshop(options);
  const launches = launchesOf(stack.template, aws.region, await aws.zones());
  const outcomes = (await Promise.all([
    checkBootstrap(aws, stack), checkZones(aws, launches), checkImages(aws, launches), checkVcpus(aws, name, launches),
    checkLimited(aws, name, stack.template), checkRoles(aws, stack.template),
  ])).flat();
  const wrong = outcomes.filter(({ ok }) => ok === false);
  return {
    exitCode: wrong.length > 0 ? ExitCode.FOUND : ExitCode.DONE,
    data: outcomes,
    table: {
      head: ['check', '', 'found'],
      rows: outcomes.map(({ check: what, ok, found, fix }) => [what, ok ? 'ok' : ok === undefined ? '?' : colors.red('no'), fix === undefined ? found : `${found}; ${fix}`]),
    },
    notes: [`Instances: ${launches.length}, in the way: ${wrong.length}.`],
  };
}

async function checkBootstrap(aws: WorkshopAws, { bootstrap }: SynthesizedStack): Promise<Outcome[]> {
  if (bootstrap === undefined) {
    return [];
  }
  const version = await aws.parameter(bootstrap.parameter);
  const ok = Number(version) >= bootstrap.version;
  return [{
    check: `${aws.region} is bootstrapped`,
    ok,
    found: version === undefined ? `there is no ${bootstrap.parameter}` : `version ${version}, and ${bootstrap.version} is needed`,
    fix: ok ? undefined : `run "npx cdk bootstrap aws://ACCOUNT/${aws.region}"`,
  }];
}

async function checkZones(aws: WorkshopAws, launches: Launch[]): Promise<Outcome[]> {
  const wanted = new Map<string, Set<string>>();
  for (const { type, zone } of launches) {
    if (type !== undefined && zone !== undefined) {
      wanted.set(type, (wanted.get(type) ?? new Set()).add(zone));
    }
  }
  return Promise.all([...wanted].map(async ([type, zones]) => {
    const offering = await aws.zonesOffering(type);
    const missing = [...zones].filter(zone => !offering.includes(zone));
    return {
      check: `${[...zones].join(', ')} ${zones.size === 1 ? 'offers' : 'offer'} ${type}`,
      ok: missing.length === 0,
      found: offering.length === 0 ? `${aws.region} does not offer it` : `offered in ${offering.join(', ')}`,
      fix: missing.length === 0 ? undefined : 'name other availabilityZones, or another instanceType',
    };
  }));
}

async function checkImages(aws: WorkshopAws, launches: Launch[]): Promise<Outcome[]> {
  return Promise.all([...new Set(launches.flatMap(({ image }) => image ?? []))].map(async image => {
    const id = await imageIdOf(aws, image);
    const [found] = id === undefined ? [] : await aws.images([id]);
    return {
      check: `the image ${parameterOf(image) ?? image} exists`,
      ok: found !== undefined,
      found: found?.imageId ?? (id === undefined ? 'there is no such parameter' : `${id} is not in ${aws.region}, or not shared with this account`),
      fix: found === undefined ? 'choose another machineImage' : undefined,
    };
  }));
}

async function checkVcpus(aws: WorkshopAws, name: string, launches: Launch[]): Promise<Outcome[]> {
  const types = launches.flatMap(({ type }) => type ?? []);
  const running = (await aws.instances({ 'instance-state-name': ['pending', 'running'] }))
    .filter(({ tags }) => tags['aws:cloudformation:stack-name'] !== name).map(({ instanceType }) => instanceType);
  const vcpus = await aws.vcpus([...new Set([...types, ...running])]);
  const sum = (all: string[], families: RegExp) => all.filter(type => families.test(type)).reduce((total, type) => total + (vcpus.get(type) ?? 0), 0);
  return Promise.all(QUOTAS.filter(({ families }) => sum(types, families) > 0).map(async ({ name: quota, code, families }) => {
    const [needed, used, most] = [sum(types, families), sum(running, families), await aws.quota('ec2', code)];
    return fits(aws, { what: 'vCPUs', quota, service: 'ec2', code, needed, used, most });
  }));
}

async function checkLimited(aws: WorkshopAws, name: string, { Resources }: Template): Promise<Outcome[]> {
  const count = (wanted: string) => Object.values(Resources).filter(({ Type }) => Type === wanted).length;
  return Promise.all(LIMITED.filter(({ type }) => count(type) > 0).map(async ({ what, type, service, code, all }) => {
    const others = (await all(aws)).filter(tags => tags['aws:cloudformation:stack-name'] !== name);
    return fits(aws, { what, quota: `${what} per region`, service, code, needed: count(type), used: others.length, most: await aws.quota(service, code) });
  }));
}

interface Fit {
  readonly what: string;
  readonly quota: string;
  readonly service: string;
  readonly code: string;
  readonly needed: number;
  readonly used: number;
  readonly most?: number;
}

function fits({ region }: WorkshopAws, { what, quota, service, code, needed, used, most }: Fit): Outcome {
  const ok = most === undefined || needed + used <= most;
  return {
    check: `${needed} ${needed === 1 ? what.replace(/s$|es$/, '') : what} ${needed === 1 ? 'fits' : 'fit'} into the quota`,
    ok,
    found: `${most ?? 'unknown'} of "${quota}", ${used} in use by others`,
    fix: ok ? undefined : `"aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${needed + used} `
      + `--region ${region}" asks for more`,
  };
}

async function checkRoles(aws: WorkshopAws, { Resources }: Template): Promise<Outcome[]> {
  const needed = SERVICE_LINKED_ROLES.filter(({ isNeeded }) => Object.values(Resources).some(({ Type, Properties }) => isNeeded(Type, Properties)));
  return Promise.all(needed.map(async ({ service }) => {
    // Who may not look knows no more than the deployment will show.
    const there = await aws.hasServiceLinkedRole(service).catch((error: Error) => error);
    return {
      check: `${service} has its service-linked role`,
      ok: there === true || undefined,
      found: there === true ? 'it has' : there === false ? 'not yet' : there.message.replace(/\.$/, ''),
      fix: there === true ? undefined
        : `whoever deploys needs iam:CreateServiceLinkedRole, or "aws iam create-service-linked-role --aws-service-name ${service}" is run once before`,
    };
  }));
}
