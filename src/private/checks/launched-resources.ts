import { AspectPriority, Aspects, CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';
import { acknowledgeImageId, isAcknowledged } from './acknowledge';
import { ResolvedImage } from '../ami/resolved-image';

/** What a resource launches: an image on one or several instance types, with user data. */
export interface Launch {
  readonly resource: CfnResource;
  readonly imageId?: unknown;
  readonly instanceTypes: () => unknown[];
  /** Rendered once, and only where a check reads it. */
  readonly userData: () => any;
  /** The fleets that launch it, where it is a launch template. */
  readonly fleets: () => CfnResource[];
}

/** Why a launch cannot be. */
export interface Finding {
  readonly message: string;
  /** Where it is a judgement: what it is acknowledged by. */
  readonly id?: string;
}

export type LaunchCheck = (launch: Launch) => Finding[];

interface LaunchProperties {
  readonly imageId?: unknown;
  readonly instanceType?: unknown;
  readonly userData?: unknown;
}

/** The resources that launch instances, and where each holds images and instance types. */
const LAUNCHES: Record<string, (resource: any) => LaunchProperties[]> = {
  'AWS::EC2::Instance': (resource: ec2.CfnInstance) => [resource],
  'AWS::AutoScaling::LaunchConfiguration': resource => [resource],
  'AWS::EC2::LaunchTemplate': ({ launchTemplateData, stack }: ec2.CfnLaunchTemplate) => [resolved(stack, launchTemplateData)],
  'AWS::EC2::SpotFleet': ({ spotFleetRequestConfigData, stack }: ec2.CfnSpotFleet) =>
    resolved(stack, resolved(stack, spotFleetRequestConfigData).launchSpecifications) ?? [],
  'AWS::Batch::ComputeEnvironment': ({ computeResources, stack }) => {
    const { imageId, ec2Configuration = [] } = resolved(stack, computeResources) ?? {};
    return [{ imageId }, ...resolved(stack, ec2Configuration).map(({ imageIdOverride }: any) => ({ imageId: imageIdOverride }))];
  },
};

function resolved(stack: Stack, value: any): any {
  return Token.isUnresolved(value) ? stack.resolve(value) : value;
}

/** Visits each resource below a scope that launches an image, once all are there. */
export function visitLaunches(scope: Construct, imageId: string, visit: (resource: CfnResource) => void): void {
  Aspects.of(scope).add({
    visit: node => {
      if (CfnResource.isCfnResource(node) && LAUNCHES[node.cfnResourceType]?.(node).some(launch => launch.imageId === imageId)) {
        visit(node);
      }
    },
  }, { priority: AspectPriority.READONLY });
}

/** Checks, when the app is synthesized, what a scope launches. */
export function validateLaunches(scope: Construct, checks: LaunchCheck[]): void {
  scope.node.addValidation({ validate: () => misfits(launchesIn(scope), checks) });
}

/** Acknowledges the id of an image in the resources that launch it, and nowhere else in the scope. */
export function acknowledgeWhereLaunched(scope: Construct, { imageId, updates }: ResolvedImage): void {
  visitLaunches(scope, imageId, resource => acknowledgeImageId(resource, updates));
}

/** Each sentence once, and with its place where it does not hold for all. */
function misfits(launches: Launch[], checks: LaunchCheck[]): string[] {
  const places = new Map<string, string[]>();
  for (const launch of launches) {
    const open = checks.flatMap(check => check(launch)).flatMap(({ id, message }) => {
      if (id === undefined) {
        return [message];
      }
      return isAcknowledged(launch.resource, id, message) ? [] : [`${message} [ack: ${id}]`];
    });
    for (const message of new Set(open)) {
      places.set(message, [...places.get(message) ?? [], launch.resource.node.path]);
    }
  }
  return [...places].map(([message, paths]) => paths.length === launches.length ? message : `${paths.join(', ')}: ${message}`);
}

function launchesIn(scope: IConstruct): Launch[] {
  const stack = Stack.of(scope);
  return scope.node.findAll()
    .filter(CfnResource.isCfnResource)
    .filter(resource => resource.cfnResourceType in LAUNCHES)
    .flatMap(resource => LAUNCHES[resource.cfnResourceType](resource).map(({ imageId, instanceType, userData }) => {
      let rendered: { readonly userData: any } | undefined;
      return {
        resource,
        imageId,
        instanceTypes: () => [instanceType, ...overridingInstanceTypes(resource)].map(each => resolved(stack, each)),
        userData: () => (rendered ??= { userData: resolved(stack, userData) }).userData,
        fleets: () => fleetsOf(resource),
      };
    }));
}

/** The instance types with which Auto Scaling groups override the one of their launch template. */
function overridingInstanceTypes(launchTemplate: CfnResource): unknown[] {
  if (launchTemplate.cfnResourceType !== 'AWS::EC2::LaunchTemplate') {
    return [];
  }
  return resourcesOfType(launchTemplate.node.root, 'AWS::AutoScaling::AutoScalingGroup')
    .flatMap(group => (group as any).mixedInstancesPolicy?.launchTemplate ?? [])
    .flatMap(({ launchTemplateSpecification, overrides }) => (Array.isArray(overrides) ? overrides : [])
      .filter(override => refersTo(override.launchTemplateSpecification ?? launchTemplateSpecification, launchTemplate))
      .map(override => override.instanceType));
}

/** The fleets of EC2 that launch from a launch template. */
function fleetsOf(launchTemplate: CfnResource): CfnResource[] {
  if (launchTemplate.cfnResourceType !== 'AWS::EC2::LaunchTemplate') {
    return [];
  }
  return resourcesOfType(launchTemplate.node.root, 'AWS::EC2::EC2Fleet', 'AWS::EC2::SpotFleet').filter((fleet: any) => {
    const configs = fleet.launchTemplateConfigs ?? resolved(fleet.stack, fleet.spotFleetRequestConfigData)?.launchTemplateConfigs;
    return (resolved(fleet.stack, configs) ?? []).some((config: any) => refersTo(config.launchTemplateSpecification, launchTemplate));
  });
}

function resourcesOfType(scope: IConstruct, ...types: string[]): CfnResource[] {
  return scope.node.findAll().filter(CfnResource.isCfnResource).filter(resource => types.includes(resource.cfnResourceType));
}

function refersTo(specification: any, launchTemplate: CfnResource): boolean {
  const name = specification?.launchTemplateId ?? specification?.launchTemplateName ?? '';
  const token = Tokenization.reverse(name, { failConcat: false });
  return Reference.isReference(token) && token.target === launchTemplate;
}
