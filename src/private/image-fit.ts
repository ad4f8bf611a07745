import { CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';
import { ImageFacts } from './ami-source';
import { architectureOf, canBoot, INSTANCE_STORE_FAMILIES } from './instance-type';

/** An image, and what messages call it. */
export interface DescribedImage extends ImageFacts {
  readonly call: string;
  readonly architectureIsAssumed: boolean;
}

/** What a resource starts: an image on one or several instance types. */
interface Launch {
  readonly imageId?: unknown;
  readonly instanceTypes: unknown[];
}

/** The resources that start instances, and where each holds the image and the instance type. */
const LAUNCHES: Record<string, (resource: any) => Launch> = {
  'AWS::EC2::Instance': (resource: ec2.CfnInstance) => ({ imageId: resource.imageId, instanceTypes: [resource.instanceType] }),
  'AWS::AutoScaling::LaunchConfiguration': resource => ({ imageId: resource.imageId, instanceTypes: [resource.instanceType] }),
  'AWS::EC2::LaunchTemplate': (resource: ec2.CfnLaunchTemplate) => {
    const data = resource.stack.resolve(resource.launchTemplateData);
    return { imageId: data.imageId, instanceTypes: [data.instanceType, ...overridingInstanceTypes(resource)] };
  },
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
      return launchesIn(scope)
        .filter(launch => launch.imageId === imageId || JSON.stringify(resolve(launch.imageId)) === JSON.stringify(resolve(imageId)))
        .flatMap(launch => launch.instanceTypes.map(instanceType => resolve(instanceType)))
        .flatMap(instanceType => typeof instanceType === 'string' ? misfit(instanceType, image) ?? [] : []);
    },
  });
}

function launchesIn(scope: IConstruct): Launch[] {
  return scope.node.findAll()
    .filter(CfnResource.isCfnResource)
    .flatMap(resource => LAUNCHES[resource.cfnResourceType]?.(resource) ?? []);
}

/** The instance types with which Auto Scaling groups override the one of their launch template. */
function overridingInstanceTypes(launchTemplate: CfnResource): unknown[] {
  return launchTemplate.node.root.node.findAll()
    .filter(CfnResource.isCfnResource)
    .filter(resource => resource.cfnResourceType === 'AWS::AutoScaling::AutoScalingGroup')
    .flatMap(group => (group as any).mixedInstancesPolicy?.launchTemplate ?? [])
    .flatMap(({ launchTemplateSpecification, overrides = [] }) => overrides
      .filter((override: any) => refersTo(override.launchTemplateSpecification ?? launchTemplateSpecification, launchTemplate))
      .map((override: any) => override.instanceType));
}

function refersTo(specification: ec2.CfnInstance.LaunchTemplateSpecificationProperty, launchTemplate: CfnResource): boolean {
  const token = Tokenization.reverse(specification.launchTemplateId ?? specification.launchTemplateName);
  return Reference.isReference(token) && token.target === launchTemplate;
}

function misfit(instanceType: string, image: DescribedImage): string | undefined {
  if (canBoot(instanceType, image.rootDevice) === false) {
    return `${instanceType} cannot boot ${image.call}: the root device of this image is instance-store, and only the families `
      + `${INSTANCE_STORE_FAMILIES.join(', ')} boot from it; choose an EBS image, or a type of these families such as d2.xlarge.`;
  }
  const architecture = architectureOf(instanceType);
  if (architecture === undefined || architecture === image.architecture) {
    return undefined;
  }
  const assumed = image.architectureIsAssumed ? ' (taken for granted, as no architecture is given)' : '';
  const otherImage = architecture in ADVICE
    ? `an ${architecture} image and say architecture: ec2.InstanceArchitecture.${ADVICE[architecture].member}, or `
    : '';
  return `${instanceType} is ${architecture} and cannot boot ${image.call}, an image for ${image.architecture}${assumed}; `
    + `choose ${otherImage}an ${image.architecture} instance type such as ${ADVICE[image.architecture].instanceType}.`;
}
