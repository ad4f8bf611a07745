import { CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';

/** What a resource starts: an image on one or several instance types, with user data. */
export interface Launch {
  readonly resource: CfnResource;
  readonly imageId?: unknown;
  readonly instanceTypes: unknown[];
  readonly userData?: any;
}

/** The sentences to say of a launch that cannot be. */
export type LaunchCheck = (launch: Launch) => string[];

/** The resources that start instances, and where each holds the image and the instance type. */
const LAUNCHES: Record<string, (resource: any) => Omit<Launch, 'resource'>> = {
  'AWS::EC2::Instance': ({ imageId, instanceType, userData }: ec2.CfnInstance) => ({ imageId, instanceTypes: [instanceType], userData }),
  'AWS::AutoScaling::LaunchConfiguration': ({ imageId, instanceType, userData }) => ({ imageId, instanceTypes: [instanceType], userData }),
  'AWS::EC2::LaunchTemplate': (resource: ec2.CfnLaunchTemplate) => {
    const { imageId, instanceType, userData } = resource.stack.resolve(resource.launchTemplateData);
    return { imageId, instanceTypes: [instanceType, ...overridingInstanceTypes(resource)], userData };
  },
};

const CHECKS = new WeakMap<IConstruct, LaunchCheck[]>();

/**
 * Checks, when the app is synthesized, what a scope starts.
 *
 * All checks of a scope share one look at it, as rendering the user data of many instances takes longer than checking it.
 */
export function checkLaunches(scope: Construct, check: LaunchCheck): void {
  const checks = CHECKS.get(scope);
  if (checks !== undefined) {
    checks.push(check);
    return;
  }
  const all = [check];
  CHECKS.set(scope, all);
  scope.node.addValidation({ validate: () => misfits(launchesIn(scope), all) });
}

/** Each sentence once, and with its place where it does not hold for all. */
function misfits(launches: Launch[], checks: LaunchCheck[]): string[] {
  const places = new Map<string, string[]>();
  for (const launch of launches) {
    for (const message of new Set(checks.flatMap(check => check(launch)))) {
      places.set(message, [...places.get(message) ?? [], launch.resource.node.path]);
    }
  }
  return [...places].map(([message, paths]) => paths.length === launches.length ? message : `${paths.join(', ')}: ${message}`);
}

function launchesIn(scope: IConstruct): Launch[] {
  const resolve = (value: unknown) => Token.isUnresolved(value) ? Stack.of(scope).resolve(value) : value;
  return scope.node.findAll()
    .filter(CfnResource.isCfnResource)
    .filter(resource => resource.cfnResourceType in LAUNCHES)
    .map(resource => {
      const { imageId, instanceTypes, userData } = LAUNCHES[resource.cfnResourceType](resource);
      return { resource, imageId, instanceTypes: instanceTypes.map(resolve), userData: resolve(userData) };
    });
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
