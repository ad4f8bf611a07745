import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { AppProps, Stack, Stage } from 'aws-cdk-lib';
import * as cxapi from 'aws-cdk-lib/cx-api';
import * as fc from 'fast-check';
import { OPENED, RANDOM_APP, RandomApp } from './random-apps';
import { AmiSelector, WorkshopFleet, WorkshopInstance } from '../src';

// Whatever somebody writes gives a template that keeps the promises, or a sentence of this library: npm run properties tries 10000.
const numRuns = Number(process.env.PROPERTY_RUNS ?? 200);
const seed = Number(process.env.PROPERTY_SEED ?? 18);

/** CDK's own validation of the template fails synth. */
const STRICT = { '@aws-cdk/core:validateAgainstDefaultRules': true };
process.env.CDK_VALIDATION = 'true';

/** A sentence of ours: where, what, and after a semicolon what to do. */
const WHERE = String.raw`(Sta\S*\/Made\S*|AmiSelector\.\w+|AmiFamily\.\w+|AutoSt(op|art)\.\w+|Workshop(Access|Budget)\.\w+|AllowedAmis\.of)`;
const SENTENCE = new RegExp(String.raw`^${WHERE}[^]*(; |: give the stack)[^]*\.( \[ack: cdk-workshop-instance:\w+\])?$|has no \w+ image with an [\w-]+ root device; it has`);

function isOurs(error: Error): boolean {
  const reported = /^Validation failed with the following errors:\n([^]*)$/.exec(error.message)?.[1];
  return error.name !== 'TypeError' && (reported === undefined
    ? SENTENCE.test(error.message)
    : reported.split('\n').filter(line => /^ {2}\[/.test(line)).every(line => /; |: give the stack/.test(line) && /^ {2}\[Sta/.test(line)));
}

/** What the CLI answers where a lookup is missing. */
const ANSWERS: Record<string, unknown> = {
  'ami': 'ami-01fde5e5b31e98551',
  'ssm': 'ami-01fde5e5b31e98551',
  'security-group': { securityGroupId: 'sg-0123456789abcdef0', allowAllOutbound: true },
  'vpc-provider': {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: [],
    subnetGroups: [{ name: 'Public', type: 'Public', subnets: [{ subnetId: 'subnet-0123456789abcdef0', cidr: '10.0.0.0/24', availabilityZone: 'eu-west-3a', routeTableId: 'rtb-0123456789abcdef0' }] }],
  },
};

interface Violation {
  readonly plugin: string;
  readonly rule: string;
  readonly description: string;
}

/** What plugins say of an app: CDK's strict validation of the template, where aws-cdk-lib has it, and AmiChecks. */
function violationsIn({ app }: RandomApp): Violation[] {
  const file = join(app.outdir, 'validation-report.json');
  const { pluginReports: reports } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { pluginReports: [] };
  return reports.flatMap(({ pluginName, violations }: any) => violations.map(({ ruleName, description, violatingConstructs }: any) => ({
    plugin: pluginName,
    rule: ruleName,
    description: `${description} ${violatingConstructs.map((each: any) => `${each.constructPath} ${each.cloudFormationResource?.propertyPaths ?? ''}`)}`,
  })));
}

/** What the user wrote, and no template of ours. */
const OF_THE_USER: ((violation: Violation, app: RandomApp) => boolean)[] = [
  ({ plugin }) => plugin === 'AmiChecks',
  // The image that CDK itself offers.
  ({ rule }, { props: { machineImage } }) => rule === 'W9010' && machineImage !== undefined && !(machineImage instanceof AmiSelector),
  // SSH from everywhere, which somebody has said.
  ({ rule }, { stack }) => rule === 'W2508' && OPENED.has(stack),
  // A type that the region does not have, or that has no name.
  ({ description }) => description.startsWith('InstanceType: '),
  // Those of the console's address, where nobody prints it: reading it later adds nothing to the template.
  ({ rule, description }, { props: { outputs } }) => rule === 'W8001' && outputs === false && description.startsWith('Conditions/Partition'),
  // The parameters of the app.
  ({ description }) => description.startsWith('Parameters/'),
];

/** What the documents say of each machine. */
const PROMISES: Record<string, (template: Template, app: RandomApp, made: WorkshopInstance | WorkshopFleet) => boolean> = {
  'an instance for each seat': ({ instances }, _, made) => instances.length === (made instanceof WorkshopFleet ? made.seatNames.length : 1),
  'version 2 of the metadata service alone': ({ instances }) => instances.every(({ MetadataOptions }) => MetadataOptions?.HttpTokens === 'required'),
  'an image': ({ instances }) => instances.every(({ ImageId }) => ImageId !== undefined && ImageId !== 'ami-1234'),
  'encrypted volumes': ({ instances }, { props }) => props.blockDevices !== undefined
    || instances.every(({ BlockDeviceMappings = [] }) => BlockDeviceMappings.every(({ Ebs }: any) => Ebs === undefined || Ebs.Encrypted === true)),
  'no port open to all, unless somebody says so': ({ ingress }, { stack }) => OPENED.has(stack)
    || ingress.every(({ CidrIp, CidrIpv6 }) => CidrIp !== '0.0.0.0/0' && CidrIpv6 !== '::/0'),
  'outputs, unless they are not wanted': ({ outputs }, { props }) => (Object.keys(outputs).length > 0) === (props.outputs ?? true),
  'nothing that runs or costs at deployment': ({ types }) => !types.some(type => /^(AWS::Lambda::|Custom::|AWS::CloudFormation::CustomResource|AWS::EC2::NatGateway)/.test(type)),
};

interface Template {
  readonly types: string[];
  readonly instances: any[];
  /** Of groups and rules alike. */
  readonly ingress: any[];
  readonly outputs: any;
}

function templateOf({ stack }: RandomApp): Template {
  const { Resources = {}, Outputs = {} } = JSON.parse(readFileSync(join(Stage.of(stack)!.outdir, stack.templateFile), 'utf8'));
  const resources = Object.values<any>(Resources);
  const propertiesOf = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  return {
    types: resources.map(({ Type }) => Type),
    instances: propertiesOf('AWS::EC2::Instance'),
    ingress: [...propertiesOf('AWS::EC2::SecurityGroupIngress'), ...propertiesOf('AWS::EC2::SecurityGroup').flatMap(({ SecurityGroupIngress = [] }) => SecurityGroupIngress)],
    outputs: Outputs,
  };
}

/**
 * Synthesizes an app, and again with what the CLI has looked up.
 *
 * @returns what is wrong with its template
 * @throws what the user is told
 */
function problemsOf(make: (props: AppProps) => RandomApp, outdir: string): string[] {
  const first = make({ context: STRICT, outdir: join(outdir, 'first') });
  synthesize(first);
  // Not those of the assembly, as the strict validation refuses what CDK takes for the networks that it has yet to look up.
  const missing = first.app.node.findAll().filter(Stack.isStack).flatMap(stack => (stack as any)._missingContext);
  const answers = Object.fromEntries(missing.map(({ key, provider }) => [key, ANSWERS[provider]]));
  const app = missing.length === 0 ? first : make({ context: { ...STRICT, ...answers }, outdir: join(outdir, 'last') });
  const isWhole = app === first || synthesize(app) !== undefined;
  const violations = violationsIn(app).filter(violation => !OF_THE_USER.some(isOf => isOf(violation, app)));
  const made = app.stack.node.findChild('Made');
  const isPromised = isWhole && (made instanceof WorkshopInstance || made instanceof WorkshopFleet);
  const template = isPromised ? templateOf(app) : undefined;
  return [
    ...violations.map(({ rule, description }) => `${rule}: ${description}`),
    ...isPromised ? Object.entries(PROMISES).filter(([_, keeps]) => !keeps(template!, app, made)).map(([promise]) => `not kept: ${promise}`) : [],
  ];
}

/** Undefined where plugins refuse the template, and have reported why. */
function synthesize({ app }: RandomApp): cxapi.CloudAssembly | undefined {
  try {
    return app.synth();
  } catch (error) {
    if (existsSync(join(app.outdir, 'validation-report.json'))) {
      return undefined;
    }
    throw error;
  }
}

test(`${numRuns} random apps give a template that keeps the promises, or a sentence of ours`, () => {
  const outcomes = { templates: 0, sentences: 0 };
  const wrong: Record<string, number> = {};
  const { exitCode } = process;
  jest.spyOn(console, 'log').mockReturnValue();
  jest.spyOn(console, 'error').mockReturnValue();
  fc.assert(fc.property(RANDOM_APP, make => {
    const outdir = mkdtempSync(join(tmpdir(), 'random-app-'));
    try {
      for (const problem of problemsOf(make, outdir)) {
        wrong[problem] = (wrong[problem] ?? 0) + 1;
      }
      outcomes.templates += 1;
    } catch (error) {
      outcomes.sentences += 1;
      if (!isOurs(error as Error)) {
        const { name, message, stack } = error as Error;
        const at = stack?.split('\n').find(line => line.includes('/src/'))?.trim() ?? '';
        const key = `${name}: ${message.slice(0, 500)} ${at}`;
        wrong[key] = (wrong[key] ?? 0) + 1;
      }
    }
    process.exitCode = exitCode;
    rmSync(outdir, { recursive: true });
  }), { numRuns, seed });
  jest.restoreAllMocks();
  if (process.env.PROPERTY_RUNS) {
    process.stdout.write(`${JSON.stringify(outcomes)}\n`);
  }
  expect(wrong).toEqual({});
  expect(outcomes.templates).toBeGreaterThan(numRuns / 20);
}, 3 * 60 * 60 * 1000);
