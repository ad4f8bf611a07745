import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { FamilyRow } from './family-row';
import { SoftwareFacts } from './software-facts';
import type { AmazonLinuxRelease } from '../../ami-family-props';
import { message } from '../language';

// The values of the enums, which are checked against them: this file is loaded before them.
type Release = `${AmazonLinuxRelease}`;
type Edition = `${ec2.AmazonLinuxEdition}`;
type Virtualization = `${ec2.AmazonLinuxVirt}`;
type Storage = `${ec2.AmazonLinuxStorage}`;

/** Public parameters that differ in kernel, storage and architecture only. */
interface ParameterRow {
  readonly release: Release;
  readonly edition: Edition;
  readonly virtualization: Virtualization;
  /** What parameters call the kernel ('' for no word) → what images call it (undefined for another at each time). */
  readonly kernels: Map<string, string | undefined>;
  /** The last word of the names, which name the virtualization too where they have one; the first is the default. */
  readonly storages: (Storage | undefined)[];
  readonly architectures: { [architecture: string]: string };
}

const X86 = { x86_64: 'x86_64' };
const BOTH = { x86_64: 'x86_64', arm64: 'arm64' };

// `default` moves from kernel to kernel, and no image has it in its name.
const AL2023 = new Map([['6.1', 'kernel-6.1-'], ['6.12', 'kernel-6.12-'], ['6.18', 'kernel-6.18-'], ['default', undefined]]);
const AL2027 = new Map([['7.1', 'kernel-7.1-'], ['default', undefined]]);
const AL2_OLD = new Map([['', ''], ['4.14', '']]);
const AL2_NEW = new Map([['5.10', 'kernel-5.10-'], ['default', undefined]]);
const AL1 = new Map([['', '']]);

/** All there are: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html */
const PARAMETERS: ParameterRow[] = [
  { release: 'al2023', edition: 'standard', virtualization: 'hvm', kernels: AL2023, storages: [undefined], architectures: BOTH },
  { release: 'al2023', edition: 'minimal', virtualization: 'hvm', kernels: AL2023, storages: [undefined], architectures: BOTH },
  { release: 'al2027-preview', edition: 'standard', virtualization: 'hvm', kernels: AL2027, storages: [undefined], architectures: BOTH },
  { release: 'al2027-preview', edition: 'minimal', virtualization: 'hvm', kernels: AL2027, storages: [undefined], architectures: BOTH },
  { release: 'amzn2', edition: 'standard', virtualization: 'hvm', kernels: AL2_OLD, storages: ['gp2'], architectures: BOTH },
  { release: 'amzn2', edition: 'standard', virtualization: 'hvm', kernels: AL2_NEW, storages: ['gp2'], architectures: BOTH },
  { release: 'amzn2', edition: 'standard', virtualization: 'hvm', kernels: AL2_OLD, storages: ['ebs'], architectures: X86 },
  { release: 'amzn2', edition: 'standard', virtualization: 'hvm', kernels: AL2_NEW, storages: ['ebs'], architectures: X86 },
  { release: 'amzn2', edition: 'minimal', virtualization: 'hvm', kernels: AL2_OLD, storages: ['ebs'], architectures: BOTH },
  { release: 'amzn2', edition: 'minimal', virtualization: 'hvm', kernels: AL2_NEW, storages: ['gp2'], architectures: BOTH },
  { release: 'amzn', edition: 'standard', virtualization: 'hvm', kernels: AL1, storages: ['gp2', 'ebs', 's3'], architectures: X86 },
  { release: 'amzn', edition: 'minimal', virtualization: 'hvm', kernels: AL1, storages: ['ebs', 's3'], architectures: X86 },
  { release: 'amzn', edition: 'standard', virtualization: 'pv', kernels: AL1, storages: ['ebs', 's3'], architectures: X86 },
  { release: 'amzn', edition: 'minimal', virtualization: 'pv', kernels: AL1, storages: ['ebs', 's3'], architectures: X86 },
];

const AMAZON = ['amazon'];
const EVERYWHERE = { 'aws': AMAZON, 'aws-us-gov': AMAZON, 'aws-cn': AMAZON, 'aws-eusc': AMAZON };

type ReleaseFacts = Pick<FamilyRow, 'name' | 'owners' | 'defaultUser' | 'endOfSupport'> & SoftwareFacts & {
  readonly defaultKernel: string;
  /** The name of the images, in which {edition} and {kernel} are empty or end with a hyphen */
  readonly imageName?: string;
};

const RELEASES: Record<Release, ReleaseFacts> = {
  'al2023': {
    name: 'Amazon Linux 2023',
    defaultKernel: 'default',
    imageName: 'al2023-ami-{edition}2023.*-{kernel}{architecture}',
    owners: EVERYWHERE,
    defaultUser: 'ec2-user',
    endOfSupport: '2027-06-30',
    packageManager: 'dnf',
  },
  'al2027-preview': {
    name: 'Amazon Linux 2027 preview',
    defaultKernel: 'default',
    imageName: 'al2027-preview-ami-{edition}2027.*-{kernel}{architecture}',
    owners: { aws: AMAZON },
    defaultUser: 'ec2-user',
    packageManager: 'dnf',
  },
  'amzn2': {
    name: 'Amazon Linux 2',
    defaultKernel: '',
    imageName: 'amzn2-ami-{edition}{kernel}hvm-2.0.*-{architecture}-{storage}',
    owners: EVERYWHERE,
    defaultUser: 'ec2-user',
    endOfSupport: '2026-06-30',
    packageManager: 'yum',
  },
  'amzn': {
    name: 'Amazon Linux 1',
    defaultKernel: '',
    // No imageName: the images are deprecated since 2025-12, and searches leave out deprecated ones.
    owners: { aws: AMAZON },
    defaultUser: 'ec2-user',
    endOfSupport: '2023-12-31',
    packageManager: 'yum',
    systemd: false,
  },
};

type EditionFacts = Pick<FamilyRow, 'successor' | 'cfnBootstrap' | 'ssmAgent' | 'instanceConnect'>
& Pick<SoftwareFacts, 'ssmAgentPackage'>;

// https://docs.aws.amazon.com/linux/al2023/ug/image-comparison.html
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-helper-scripts-reference.html
// https://docs.aws.amazon.com/systems-manager/latest/userguide/ami-preinstalled-agent.html
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-connect-set-up.html
const EDITIONS: Record<Release, Record<Edition, EditionFacts>> = {
  'al2023': {
    standard: { cfnBootstrap: true, ssmAgent: true, instanceConnect: true },
    minimal: { cfnBootstrap: false, ssmAgent: false, instanceConnect: false, ssmAgentPackage: 'amazon-ssm-agent' },
  },
  'al2027-preview': {
    standard: { cfnBootstrap: true, ssmAgent: true, instanceConnect: true },
    minimal: { cfnBootstrap: false, ssmAgent: false, instanceConnect: true },
  },
  'amzn2': {
    standard: { successor: 'AMAZON_LINUX_2023', cfnBootstrap: true, ssmAgent: true, instanceConnect: true },
    minimal: { successor: 'AMAZON_LINUX_2023_MINIMAL', ssmAgentPackage: 'linux_{architecture}/amazon-ssm-agent.rpm' },
  },
  'amzn': {
    standard: { successor: 'AMAZON_LINUX_2023', cfnBootstrap: true, ssmAgent: true, instanceConnect: false },
    minimal: { successor: 'AMAZON_LINUX_2023_MINIMAL', instanceConnect: false },
  },
};

const ROOT_DEVICE_NAMES: Record<Virtualization, string> = { hvm: '/dev/xvda', pv: '/dev/sda1' };

interface Parts {
  readonly release: Release;
  readonly edition?: Edition;
  readonly virtualization?: Virtualization;
  readonly kernel?: string;
  readonly storages?: Storage[];
}

/**
 * The family of the public parameters with these words in their names.
 *
 * @throws where there is no such parameter
 */
export function amazonLinux({ release, edition = 'standard', virtualization = 'hvm', storages, ...parts }: Parts): FamilyRow {
  const { defaultKernel, imageName, ...facts } = RELEASES[release];
  const kernel = parts.kernel ?? defaultKernel;
  const rows = PARAMETERS.filter(each => each.release === release);
  const fitting = rows.filter(each => each.edition === edition && each.virtualization === virtualization && each.kernels.has(kernel));
  const chosen = storages ?? [fitting[0]?.storages[0]];
  const row = fitting.find(each => chosen.every(storage => each.storages.includes(storage)));
  if (row === undefined) {
    const all = rows.flatMap(each => [...each.kernels.keys()].flatMap(word => each.storages.map(storage => parameterName(each, word, storage))));
    throw new Error(message`AmiFamily.amazonLinux: there is no ${facts.name} image with ${JSON.stringify({ edition, virtualization, kernel, storages })}; `
      + `the public parameters are ${[...new Set(all)].join(', ')}.`);
  }
  const kernelInName = row.kernels.get(kernel);
  const names = (storage?: Storage) => ({
    parameterName: `/aws/service/ami-amazon-linux-latest/${parameterName(row, kernel, storage)}`,
    imageName: kernelInName === undefined ? undefined : imageName
      ?.replace('{edition}', edition === 'minimal' ? 'minimal-' : '')
      .replace('{kernel}', kernelInName)
      .replace('{storage}', storage ?? ''),
  });
  const ebs = chosen.filter(storage => storage !== 's3');
  const details = [kernel !== defaultKernel && `kernel ${kernel}`, virtualization === 'pv' && 'pv', storages?.length === 1 && storages[0]]
    .filter(Boolean).join(', ');
  return {
    ...facts,
    ...EDITIONS[release][edition],
    name: `${facts.name}${edition === 'minimal' ? ' minimal' : ''}${details && ` (${details})`}`,
    publisher: 'Amazon',
    evidence: 'data',
    source: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html',
    architectures: row.architectures,
    ...ebs.length > 0 && { ...names(ebs[0]), rootDeviceName: ROOT_DEVICE_NAMES[virtualization] },
    instanceStore: chosen.includes('s3') ? names('s3') : undefined,
  };
}

function parameterName({ release, edition, virtualization }: ParameterRow, kernel: string, storage?: Storage): string {
  const words = [release, 'ami', edition === 'minimal' && edition, kernel && `kernel-${kernel}`, storage && virtualization, '{architecture}', storage];
  return words.filter(Boolean).join('-');
}
