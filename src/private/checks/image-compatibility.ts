import { CfnResource } from 'aws-cdk-lib';
import { rootVolumeAsMeant } from './block-devices';
import { instanceTypeName } from './instance-type-name';
import { Finding, isLaunchOf, Launch, LaunchCheck, LaunchTemplateUser, renderedProperties } from './launched-resources';
import { operatingSystem } from './operating-system';
import { userDataFormat, userDataSize } from './user-data';
import { AmiUpdates, RootDevice } from '../../ami-types';
import { cpuArchitecture } from '../ami/facts-from-name';
import { ResolvedImage } from '../ami/resolved-image';
import { INSTANCE_STORE_FAMILIES } from '../ec2/instance-families';
import { architectureOf, canBoot, InstanceTypes } from '../ec2/instance-type';
import { code, message } from '../language';

/** What takes the id of an image only, and no parameter to read it from. */
const ID_ONLY: Record<string, string> = {
  // https://github.com/aws/aws-cdk/issues/28090
  'AWS::AutoScaling::LaunchConfiguration': 'a launch configuration',
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FleetLaunchTemplateOverrides.html
  'AWS::EC2::EC2Fleet': 'an EC2 fleet of type maintain or request',
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SpotFleetLaunchSpecification.html
  'AWS::EC2::SpotFleet': 'a Spot fleet',
  // https://docs.aws.amazon.com/batch/latest/APIReference/API_Ec2Configuration.html
  'AWS::Batch::ComputeEnvironment': 'a compute environment of AWS Batch',
  // https://docs.aws.amazon.com/emr/latest/APIReference/API_RunJobFlow.html
  'AWS::EMR::Cluster': 'a cluster of Amazon EMR',
  // https://docs.aws.amazon.com/pcs/latest/APIReference/API_CreateComputeNodeGroup.html
  'AWS::PCS::ComputeNodeGroup': 'a node group of AWS PCS',
};

/** What messages advise, by architecture. */
const ADVICE: Record<string, { instanceType: string; member: string; image: string }> = {
  x86_64: { instanceType: 't3.micro', member: 'X86_64', image: 'an image of Linux or Windows' },
  arm64: { instanceType: 't4g.micro', member: 'ARM_64', image: 'an image of Linux' },
  x86_64_mac: { instanceType: 'mac1.metal', member: 'X86_64', image: 'AmiSelector.latest(AmiFamily.MACOS_SEQUOIA)' },
  arm64_mac: { instanceType: 'mac2.metal', member: 'ARM_64', image: 'AmiSelector.latest(AmiFamily.MACOS_TAHOE)' },
};

/** That what is launched from an image fits it. */
export function imageCompatibility(image: ResolvedImage): LaunchCheck {
  return launch => !isLaunchOf(launch, image.imageId) ? [] : [
    finding('nameContradictsOptions', image.contradiction),
    ...image.updates !== AmiUpdates.ON_LAUNCH ? [] : idOnly(launch).map(holder => finding(undefined,
      message`${image.call} with AmiUpdates.ON_LAUNCH names a parameter that EC2 reads, and ${holder}, which takes the id of an image `
      + message`only; choose AmiUpdates.ON_DEPLOY or AmiUpdates.ON_REQUEST.`)),
    userDataFormat(launch, image),
    userDataSize(launch),
    instanceTypeName(launch),
    rootVolumeAsMeant(launch, image),
    operatingSystem(launch, image),
    ...cannotBoot(launch, image),
    finding('macWithoutDedicatedHost', hostMisfit(launch, image)),
  ].flat();
}

/** What is known of an image, and how to call it. */
export type BootFacts = Pick<ResolvedImage, 'call' | 'otherImage'> & Partial<Pick<ResolvedImage, 'ec2Architecture' | 'architectureIsAssumed' | 'rootDevice'>>;

/** The instance types that an image cannot boot on. */
export function cannotBoot(launch: Launch, image: BootFacts): Finding[] {
  return launch.instanceTypes().flatMap(instanceTypes => canBoot(instanceTypes.example, image.rootDevice ?? RootDevice.EBS) === false
    ? finding('instanceTypeWithoutInstanceStore', rootDeviceMisfit(instanceTypes, image))
    : finding('instanceTypeOfOtherArchitecture', architectureMisfit(instanceTypes, image)));
}

/** What of a launch takes the id of an image only, to go on after "and". */
export function idOnly(launch: Launch): string[] {
  return [{ resource: launch.resource, hasRequirements: false }, ...launch.users().filter(isToldOf)].flatMap(({ resource, hasRequirements }) => {
    const holder = holderOfId(resource, hasRequirements);
    return holder === undefined ? [] : [`${resource.node.path} is ${holder}`];
  });
}

function finding(name: string | undefined, misfit: string | undefined): Finding[] {
  return misfit === undefined ? [] : [{ message: misfit, id: name && `cdk-workshop-instance:${name}` }];
}

/** AWS says nothing of parameters in the launch templates of Batch and PCS. */
function isToldOf({ resource }: LaunchTemplateUser): boolean {
  return !['AWS::Batch::ComputeEnvironment', 'AWS::PCS::ComputeNodeGroup'].includes(resource.cfnResourceType);
}

function holderOfId(resource: CfnResource, hasRequirements: boolean): string | undefined {
  if (resource.cfnResourceType === 'AWS::AutoScaling::AutoScalingGroup') {
    // https://github.com/hashicorp/terraform-provider-aws/issues/38767
    return hasRequirements ? 'an Auto Scaling group with instance requirements' : undefined;
  }
  return resource.cfnResourceType === 'AWS::EC2::EC2Fleet' && renderedProperties(resource).Type === 'instant' ? undefined : ID_ONLY[resource.cfnResourceType];
}

function rootDeviceMisfit({ name }: InstanceTypes, { call }: BootFacts): string {
  return `${name} cannot boot ${call}: the root device of this image is instance-store, and only the families `
    + `${INSTANCE_STORE_FAMILIES.join(', ')} boot from it; choose an EBS image, or a type of these families such as d2.xlarge.`;
}

function architectureMisfit({ name, example }: InstanceTypes, image: BootFacts): string | undefined {
  const architecture = architectureOf(example);
  if (architecture === undefined || image.ec2Architecture === undefined || architecture === image.ec2Architecture) {
    return undefined;
  }
  const { member, image: ofSystem } = ADVICE[architecture];
  const assumed = image.architectureIsAssumed ? ' (taken for granted, as no architecture is given)' : '';
  const otherImage = isMac(architecture) !== isMac(image.ec2Architecture)
    ? code(ofSystem)
    : image.otherImage?.(cpuArchitecture(architecture)) ?? `an ${architecture} image and say ${code(`architecture: ec2.InstanceArchitecture.${member}`)}`;
  return `${name} is ${architecture} and cannot boot ${image.call}, an image for ${image.ec2Architecture}${assumed}; `
    + `choose ${otherImage && `${otherImage}, or `}an ${image.ec2Architecture} instance type such as ${ADVICE[image.ec2Architecture].instanceType}.`;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-mac-instances.html */
function hostMisfit({ resource, instanceTypes }: Launch, { ec2Architecture }: ResolvedImage): string | undefined {
  if (!isMac(ec2Architecture)) {
    return undefined;
  }
  const { LaunchTemplate, Tenancy = 'default', HostId, HostResourceGroupArn } = renderedProperties(resource);
  const mac = instanceTypes().find(({ example }) => architectureOf(example) === ec2Architecture);
  const isShared = resource.cfnResourceType === 'AWS::EC2::Instance' && LaunchTemplate === undefined
    && ['default', 'dedicated'].includes(Tenancy) && HostId === undefined && HostResourceGroupArn === undefined;
  return mac && isShared
    ? message`${mac.name} runs on a dedicated host only; allocate one (ec2.CfnHost), and set hostId and tenancy: "host" of the resource `
      + message`(instance of an ec2.Instance, instance.instance of a WorkshopInstance).`
    : undefined;
}

function isMac(architecture: string): boolean {
  return architecture.endsWith('_mac');
}
