import { CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';
import { architectureOf, canBoot, INSTANCE_STORE_FAMILIES } from './instance-type';
import { AmiUpdates } from '../ami-updates';
import { RootDevice } from '../root-device';
import { UserDataFormat } from '../user-data-format';

/** An image, and what messages call it. */
export interface DescribedImage {
  readonly call: string;
  readonly architecture: ec2.InstanceArchitecture;
  readonly architectureIsAssumed: boolean;
  readonly rootDevice: RootDevice;
  readonly updates?: AmiUpdates;
  readonly userDataFormat: UserDataFormat;
  otherImage?(architecture: string): string;
}

/** What a resource starts: an image on one or several instance types, with user data. */
interface Launch {
  readonly resourceType: string;
  readonly imageId?: unknown;
  readonly instanceTypes: unknown[];
  readonly userData?: unknown;
}

/** The resources that start instances, and where each holds the image and the instance type. */
const LAUNCHES: Record<string, (resource: any) => Omit<Launch, 'resourceType'>> = {
  'AWS::EC2::Instance': ({ imageId, instanceType, userData }: ec2.CfnInstance) => ({ imageId, instanceTypes: [instanceType], userData }),
  'AWS::AutoScaling::LaunchConfiguration': ({ imageId, instanceType, userData }) => ({ imageId, instanceTypes: [instanceType], userData }),
  'AWS::EC2::LaunchTemplate': (resource: ec2.CfnLaunchTemplate) => {
    const { imageId, instanceType, userData } = resource.stack.resolve(resource.launchTemplateData);
    return { imageId, instanceTypes: [instanceType, ...overridingInstanceTypes(resource)], userData };
  },
};

/** How user data of each format starts, and what the format is called. */
const FORMATS: Record<UserDataFormat, { pattern: RegExp; description: string }> = {
  [UserDataFormat.SHELL]: { pattern: /^(?!<powershell>)/, description: 'a shell script or cloud-init data' },
  [UserDataFormat.POWERSHELL]: { pattern: /^(?!#!)/, description: 'a PowerShell script (ec2.UserData.forWindows)' },
  [UserDataFormat.TOML]: { pattern: /^(?!#!|<powershell>)/, description: 'TOML settings (ec2.UserData.custom), not scripts' },
  [UserDataFormat.NONE]: { pattern: /^$/, description: 'no user data' },
};

/** What messages advise, by architecture. */
const ADVICE: Record<string, { instanceType: string; member: string }> = {
  x86_64: { instanceType: 't3.micro', member: 'X86_64' },
  arm64: { instanceType: 't4g.micro', member: 'ARM_64' },
};

/** Checks, when the app is synthesized, that the instance types that a scope starts can boot the image it was given. */
export function validateFit(scope: Construct, imageId: string, image: DescribedImage): void {
  scope.node.addValidation({
    validate: () => {
      const stack = Stack.of(scope);
      const resolve = (value: unknown) => stack.resolve(value);
      const messages = launchesIn(scope)
        .filter(launch => launch.imageId === imageId || JSON.stringify(resolve(launch.imageId)) === JSON.stringify(resolve(imageId)))
        .flatMap(launch => [
          updateMisfit(launch.resourceType, image),
          userDataMisfit(resolve(launch.userData), image),
          ...launch.instanceTypes.map(instanceType => instanceTypeMisfit(resolve(instanceType), image)),
        ])
        .filter(message => message !== undefined);
      return [...new Set(messages)];
    },
  });
}

function launchesIn(scope: IConstruct): Launch[] {
  return scope.node.findAll()
    .filter(CfnResource.isCfnResource)
    .filter(resource => resource.cfnResourceType in LAUNCHES)
    .map(resource => ({ resourceType: resource.cfnResourceType, ...LAUNCHES[resource.cfnResourceType](resource) }));
}

/** The instance types with which Auto Scaling groups override the one of their launch template. */
function overridingInstanceTypes(launchTemplate: CfnResource): unknown[] {
  return launchTemplate.node.root.node.findAll()
    .filter(CfnResource.isCfnResource)
    .filter(resource => resource.cfnResourceType === 'AWS::AutoScaling::AutoScalingGroup')
    .flatMap(group => (group as any).mixedInstancesPolicy?.launchTemplate ?? [])
    .flatMap(({ launchTemplateSpecification, overrides }) => (Array.isArray(overrides) ? overrides : [])
      .filter(override => refersTo(override.launchTemplateSpecification ?? launchTemplateSpecification, launchTemplate))
      .map(override => override.instanceType));
}

function refersTo(specification: any, launchTemplate: CfnResource): boolean {
  const name = specification?.launchTemplateId ?? specification?.launchTemplateName ?? '';
  const token = Tokenization.reverse(name, { failConcat: false });
  return Reference.isReference(token) && token.target === launchTemplate;
}

function updateMisfit(resourceType: string, { call, updates }: DescribedImage): string | undefined {
  return updates === AmiUpdates.ON_LAUNCH && resourceType !== 'AWS::EC2::LaunchTemplate'
    ? `${call} with AmiUpdates.ON_LAUNCH goes into launch templates only, and this is an ${resourceType}; choose AmiUpdates.ON_DEPLOY or ON_REQUEST, `
      + 'or start the instance from an ec2.LaunchTemplate.'
    : undefined;
}

function userDataMisfit(userData: any, { call, userDataFormat }: DescribedImage): string | undefined {
  const content = userData?.['Fn::Base64'];
  const start = content?.['Fn::Join']?.[1][0] ?? content ?? '';
  const { pattern, description } = FORMATS[userDataFormat];
  return typeof start === 'string' && !pattern.test(start)
    ? `${call} takes ${description}, and its user data starts with ${JSON.stringify(start.split('\n')[0])}; write user data of that format.`
    : undefined;
}

function instanceTypeMisfit(instanceType: unknown, image: DescribedImage): string | undefined {
  if (typeof instanceType !== 'string') {
    return undefined;
  }
  if (canBoot(instanceType, image.rootDevice) === false) {
    return `${instanceType} cannot boot ${image.call}: the root device of this image is instance-store, and only the families `
      + `${INSTANCE_STORE_FAMILIES.join(', ')} boot from it; choose an EBS image, or a type of these families such as d2.xlarge.`;
  }
  const architecture = architectureOf(instanceType);
  if (architecture === undefined || architecture === image.architecture) {
    return undefined;
  }
  const assumed = image.architectureIsAssumed ? ' (taken for granted, as no architecture is given)' : '';
  const otherImage = image.otherImage?.(architecture)
    ?? `an ${architecture} image and say architecture: ec2.InstanceArchitecture.${ADVICE[architecture]?.member}`;
  const advice = architecture in ADVICE ? `${otherImage}, or ` : '';
  return `${instanceType} is ${architecture} and cannot boot ${image.call}, an image for ${image.architecture}${assumed}; `
    + `choose ${advice}an ${image.architecture} instance type such as ${ADVICE[image.architecture].instanceType}.`;
}
