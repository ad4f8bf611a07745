import { cannotBoot, idOnly } from './image-compatibility';
import { ImageOrigin } from './image-origin';
import { Launch } from './launched-resources';
import { whatKeepsData } from './moving-image';
import { message } from '../language';

/** A rule over what an app launches, whatever construct launches it. */
export interface AppRule {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  /** The property that is wrong. */
  readonly property: string;
  /** The id of the warning in which an AmiSelector tells it already. */
  readonly toldAs?: string;
  /** What to write instead. */
  fix(): string;
  /** What is wrong with an image that is launched, in sentences. */
  find(launch: Launch, origin: ImageOrigin): string[];
}

export const APP_RULES: AppRule[] = [
  {
    id: 'AMI1',
    severity: 'error',
    property: 'ImageId',
    fix: () => message`Say owners in ec2.MachineImage.lookup, such as "amazon" or "099720109477" (Canonical), or use AmiSelector.lookup, which requires them.`,
    find: (_, { call, openSearch }) => when(openSearch !== undefined, `${call} was searched without an owner, and anyone can publish a newer image under its name.`),
  },
  {
    id: 'AMI2',
    severity: 'error',
    property: 'InstanceType',
    fix: () => 'Choose an instance type and an image that fit each other.',
    find: (launch, origin) => cannotBoot(launch, origin).map(finding => finding.message),
  },
  {
    id: 'AMI3',
    severity: 'warning',
    property: 'ImageId',
    fix: () => message`Move to a release with support: AmiSelector.latest takes one of AmiFamily, and its documentation says until when each has it.`,
    toldAs: 'cdk-workshop-instance:familyPastEndOfSupport',
    find: (_, { family }) => [family?._endOfSupportMessage() ?? []].flat(),
  },
  {
    id: 'AMI4',
    severity: 'warning',
    property: 'ImageId',
    fix: () => message`Hold the image still: AmiSelector.fromLockFile, or AmiSelector.latest with updates: AmiUpdates.ON_LAUNCH or updates: AmiUpdates.ON_REQUEST.`,
    toldAs: 'cdk-workshop-instance:imageMovesUnderData',
    find: ({ resource }, { call, moves, family }) => {
      const keeps = moves && resource.cfnResourceType === 'AWS::EC2::Instance' && whatKeepsData(resource, family?.rootDeviceName);
      return when(keeps, `${resource.node.path} has ${keeps}, and any deployment may replace it, as it follows ${call}.`);
    },
  },
  {
    id: 'AMI5',
    severity: 'warning',
    property: 'ImageId',
    fix: () => message`Pin the image with "cdk-ami pin" and take it with AmiSelector.fromLockFile, or follow a parameter or a search with owners.`,
    find: (_, { call, isUnknown }) => when(isUnknown, `Nothing tells what ${call} is, whose it is and whether it still exists: no search, no parameter and no lock file has it.`),
  },
  {
    id: 'AMI6',
    severity: 'warning',
    property: 'MetadataOptions',
    fix: () => message`Say requireImdsv2: true, or httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED.`,
    find: (launch, origin) => when(allowsImdsV1(launch, origin), `Nothing says that ${origin.call} requires version 2 of the instance metadata service, and what `
      + 'launches it does not: whoever can make the machine send a request reads the credentials of its role.'),
  },
  {
    id: 'AMI7',
    severity: 'error',
    property: 'ImageId',
    fix: () => message`Let CloudFormation read the parameter, with ec2.MachineImage.fromSsmParameter or AmiSelector.fromSsmParameter.`,
    find: (launch, { call }) => String(launch.imageId).startsWith('resolve:ssm:')
      ? idOnly(launch).map(holder => `EC2 is to read ${call} when it launches, and ${holder}, which takes the id of an image only.`)
      : [],
  },
];

function when(condition: unknown, sentence: string): string[] {
  return condition ? [sentence] : [];
}

/** What requires version 2 by itself. */
const IMDS_V2 = [
  // https://docs.aws.amazon.com/linux/al2023/ug/imdsv2.html
  /al2023-|amazon-linux-2023/,
  // https://fedoraproject.org/wiki/Changes/CloudEC2IMDSv2Only
  /^Fedora-/,
];

/** What has no such options at all, such as a compute environment of Batch, is not looked at. */
const WITH_METADATA_OPTIONS = ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'];

function allowsImdsV1({ resource, metadataOptions }: Launch, { names, parameterName }: ImageOrigin): boolean {
  const known = parameterName ? [parameterName] : names;
  if (known.length === 0 || !WITH_METADATA_OPTIONS.includes(resource.cfnResourceType)) {
    return false;
  }
  const { HttpTokens, HttpEndpoint = 'enabled' } = metadataOptions() ?? {};
  const required = HttpTokens === undefined ? known.every(name => IMDS_V2.some(pattern => pattern.test(name))) : HttpTokens !== 'optional';
  return !required && HttpEndpoint === 'enabled';
}
