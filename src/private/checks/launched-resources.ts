import { AspectPriority, Aspects, CfnResource, Stack, Stage, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { acknowledgeImageId, isAcknowledged } from './acknowledge';
import { ResolvedImage } from '../ami/resolved-image';

/** What a resource launches: an image on one or several instance types, with user data. All is as it stands in the template. */
export interface Launch {
  /** What names the image. */
  readonly resource: CfnResource;
  readonly imageId?: unknown;
  readonly userData?: any;
  /** What the image may be launched on: where a launch template has users, what they take. */
  readonly instanceTypes: () => InstanceTypes[];
  /** The resources that launch from it, where it is a launch template. */
  readonly users: () => LaunchTemplateUser[];
}

/** An instance type, or several of one architecture. */
export interface InstanceTypes {
  /** As the template says it. */
  readonly name: string;
  /** One type that stands for all. */
  readonly example: string;
}

/** A use of a launch template. */
export interface LaunchTemplateUser {
  readonly resource: CfnResource;
  /** Where it has its own, in place of those of the launch template. */
  readonly instanceTypes?: InstanceTypes[];
  /** Whether EC2 chooses the types by their attributes. */
  readonly hasRequirements: boolean;
}

/** Why a launch cannot be. */
export interface Finding {
  readonly message: string;
  /** Where it is a judgement: what it is acknowledged by. */
  readonly id?: string;
}

export type LaunchCheck = (launch: Launch) => Finding[];

/** What the properties of a resource say of one image. */
interface LaunchProperties {
  readonly imageId?: unknown;
  readonly userData?: any;
  readonly instanceTypes?: InstanceTypes[];
}

/** What the properties of a resource say of one launch template. */
interface UseProperties {
  readonly specification: any;
  readonly overrides: any[];
}

const typed = ({ ImageId, UserData, InstanceType, InstanceRequirements }: any): LaunchProperties =>
  ({ imageId: ImageId, userData: UserData, instanceTypes: typesOf([{ InstanceType, InstanceRequirements }]) });

/** The resources that name images, and where each holds images and instance types. */
const LAUNCHES: Record<string, (properties: any) => LaunchProperties[]> = {
  'AWS::EC2::Instance': properties => [typed(properties)],
  'AWS::AutoScaling::LaunchConfiguration': properties => [typed(properties)],
  'AWS::EC2::LaunchTemplate': ({ LaunchTemplateData }) => [typed(LaunchTemplateData ?? {})],
  'AWS::EC2::SpotFleet': ({ SpotFleetRequestConfigData }) => list(SpotFleetRequestConfigData?.LaunchSpecifications).map(typed),
  'AWS::Batch::ComputeEnvironment': ({ ComputeResources }) => {
    const { ImageId, Ec2Configuration, InstanceTypes } = ComputeResources ?? {};
    return batchImages(ImageId, Ec2Configuration).map(imageId => ({ imageId, instanceTypes: batchTypes(InstanceTypes) }));
  },
};

/** The resources that launch from launch templates, and where each refers to them. */
const USES: Record<string, (properties: any) => UseProperties[]> = {
  'AWS::EC2::Instance': ({ LaunchTemplate, ImageId, InstanceType }) =>
    ImageId === undefined ? [{ specification: LaunchTemplate, overrides: [{ InstanceType }] }] : [],
  'AWS::AutoScaling::AutoScalingGroup': ({ LaunchTemplate, MixedInstancesPolicy }) => [
    { specification: LaunchTemplate, overrides: [] }, ...configs([MixedInstancesPolicy?.LaunchTemplate]),
  ],
  'AWS::EC2::EC2Fleet': ({ LaunchTemplateConfigs }) => configs(LaunchTemplateConfigs),
  'AWS::EC2::SpotFleet': ({ SpotFleetRequestConfigData }) => configs(SpotFleetRequestConfigData?.LaunchTemplateConfigs),
  'AWS::EKS::Nodegroup': ({ LaunchTemplate, InstanceTypes }) =>
    [{ specification: rename(LaunchTemplate), overrides: list(InstanceTypes).map(InstanceType => ({ InstanceType })) }],
  'AWS::Batch::ComputeEnvironment': ({ ComputeResources }) => {
    const { ImageId, Ec2Configuration, LaunchTemplate, InstanceTypes } = ComputeResources ?? {};
    return batchImages(ImageId, Ec2Configuration).some(imageId => imageId !== undefined)
      ? []
      : [{ specification: LaunchTemplate, overrides: list(InstanceTypes).map(BatchType => ({ BatchType })) }];
  },
};

/** A list, also where the template has a function or nothing in its place. */
function list(value: any): any[] {
  return Array.isArray(value) ? value : [];
}

function batchImages(imageId: unknown, ec2Configuration: any): unknown[] {
  return [imageId, ...list(ec2Configuration).map(({ ImageIdOverride }) => ImageIdOverride)];
}

/** A node group calls them otherwise than the rest. */
function rename(specification: any): any {
  return specification && { LaunchTemplateId: specification.Id, LaunchTemplateName: specification.Name };
}

/** The overrides of each launch template, each of which can name its own. */
function configs(values: any): UseProperties[] {
  return list(values).filter(value => value !== undefined).flatMap(({ LaunchTemplateSpecification, Overrides }) => {
    const overrides = list(Overrides).filter(({ ImageId }) => ImageId === undefined);
    const own = overrides.filter(override => override.LaunchTemplateSpecification !== undefined);
    const others = overrides.filter(override => override.LaunchTemplateSpecification === undefined);
    return [
      ...others.length > 0 || list(Overrides).length === 0 ? [{ specification: LaunchTemplateSpecification, overrides: others }] : [],
      ...own.map(override => ({ specification: override.LaunchTemplateSpecification, overrides: [override] })),
    ];
  });
}

/** @returns undefined where none is named, so that those of the launch template hold */
function typesOf(overrides: any[]): InstanceTypes[] | undefined {
  const given = overrides
    .filter(({ InstanceType, InstanceRequirements, BatchType }) => (InstanceType ?? InstanceRequirements ?? BatchType) !== undefined);
  return given.length === 0 ? undefined : given.flatMap(({ InstanceType, InstanceRequirements, BatchType }) => {
    if (InstanceRequirements !== undefined) {
      return requiredTypes(InstanceRequirements);
    }
    return BatchType !== undefined ? batchTypes([BatchType]) : typeof InstanceType === 'string' ? [{ name: InstanceType, example: InstanceType }] : [];
  });
}

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html: types, families, and names for the usual families. */
function batchTypes(types: any): InstanceTypes[] {
  const examples: Record<string, string> = { optimal: 'm4.large', default_x86_64: 'm6i.large', default_arm64: 'm6g.large' };
  return list(types).filter(name => typeof name === 'string')
    .map(name => ({ name, example: examples[name] ?? (name.includes('.') ? name : `${name}.large`) }));
}

/**
 * What only one architecture fulfils. Of what several do, EC2 takes the types that the image boots on.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceRequirements.html (CpuManufacturers)
 */
function requiredTypes({ CpuManufacturers }: any): InstanceTypes[] {
  const manufacturers = list(CpuManufacturers);
  if (manufacturers.length === 0 || manufacturers.some(each => !['intel', 'amd', 'amazon-web-services'].includes(each))) {
    return [];
  }
  const graviton = manufacturers.filter(each => each === 'amazon-web-services').length;
  // An x86_64 example that boots from instance store too: the requirements may allow it.
  const example = graviton === manufacturers.length ? 'm7g.large' : graviton === 0 ? 'd2.xlarge' : undefined;
  return example === undefined ? [] : [{ name: `every instance type with CpuManufacturers ${manufacturers.join(', ')}`, example }];
}

/** What is read of a stage while it is synthesized, once for all checks: the properties, and who uses launch templates. */
class Rendering {
  private readonly properties = new Map<CfnResource, any>();
  private uses?: { readonly resource: CfnResource; readonly use: UseProperties }[];

  constructor(private readonly stage: IConstruct) {}

  propertiesOf(resource: CfnResource): any {
    if (!this.properties.has(resource)) {
      this.properties.set(resource, launchedProperties(resource));
    }
    return this.properties.get(resource);
  }

  launchesOf(resource: CfnResource): LaunchProperties[] {
    return LAUNCHES[resource.cfnResourceType]?.(this.propertiesOf(resource)) ?? [];
  }

  usersOf(launchTemplate: CfnResource): LaunchTemplateUser[] {
    if (launchTemplate.cfnResourceType !== 'AWS::EC2::LaunchTemplate') {
      return [];
    }
    this.uses ??= this.stage.node.findAll().filter(CfnResource.isCfnResource)
      .filter(resource => resource.cfnResourceType in USES)
      .flatMap(resource => USES[resource.cfnResourceType](this.propertiesOf(resource)).map(use => ({ resource, use })))
      .filter(({ use }) => use.specification !== undefined);
    const { LaunchTemplateName } = this.propertiesOf(launchTemplate);
    return this.uses.filter(({ resource, use }) => refersTo(resource, use.specification, launchTemplate, LaunchTemplateName))
      .map(({ resource, use: { overrides } }) => ({
        resource,
        instanceTypes: typesOf(overrides),
        hasRequirements: overrides.some(({ InstanceRequirements }) => InstanceRequirements !== undefined),
      }));
  }
}

/** What the checks read of an instance, of which there can be hundreds, is rendered alone where nothing overrides it. */
function launchedProperties(resource: CfnResource): any {
  const { cfnResourceType, stack, rawOverrides, imageId, instanceType, launchTemplate, userData } = resource as any;
  if (cfnResourceType !== 'AWS::EC2::Instance' || !('imageId' in resource) || rawOverrides?.Properties !== undefined) {
    return renderedProperties(resource);
  }
  const { launchTemplateId, launchTemplateName } = stack.resolve(launchTemplate) ?? {};
  return stack.resolve({
    ImageId: imageId,
    InstanceType: instanceType,
    UserData: userData,
    LaunchTemplate: launchTemplate && { LaunchTemplateId: launchTemplateId, LaunchTemplateName: launchTemplateName },
  });
}

/** The properties as they are in the template, overrides included, which only the method that renders it knows. */
export function renderedProperties(resource: CfnResource): any {
  const { Resources = {} } = resource.stack.resolve((resource as any)._toCloudFormation());
  return Object.values<any>(Resources)[0]?.Properties ?? {};
}

function refersTo({ stack }: CfnResource, specification: any, launchTemplate: CfnResource, name: unknown): boolean {
  const { LaunchTemplateId, LaunchTemplateName } = specification;
  if (typeof LaunchTemplateName === 'string') {
    return LaunchTemplateName === name && stack.region === launchTemplate.stack.region && stack.account === launchTemplate.stack.account;
  }
  const wanted = JSON.stringify(LaunchTemplateId ?? LaunchTemplateName);
  const isForeign = stack !== launchTemplate.stack;
  return [launchTemplate.ref, launchTemplate.getAtt('LaunchTemplateId')].some(reference => {
    const rendered = JSON.stringify(stack.resolve(reference));
    // Without a reference from one stack to the other, the same logical id is another resource.
    return rendered === wanted && !(isForeign && rendered === JSON.stringify(launchTemplate.stack.resolve(reference)));
  });
}

const RENDERINGS = new WeakMap<IConstruct, Rendering>();

/** What is rendered is the same in all validations of a stage, of which the stage's own is the first. */
function renderingOf(stage: IConstruct): Rendering {
  const rendering = RENDERINGS.get(stage) ?? new Rendering(stage);
  RENDERINGS.set(stage, rendering);
  return rendering;
}

const STAGES = new WeakSet<IConstruct>();

function stageOf(scope: IConstruct): IConstruct {
  const stage = Stage.of(scope) ?? scope.node.root;
  if (!STAGES.has(stage)) {
    STAGES.add(stage);
    stage.node.addValidation({
      validate: () => {
        RENDERINGS.delete(stage);
        return [];
      },
    });
  }
  return stage;
}

/** What aspects see, the last of which these are: visited once. */
const VISITED = new WeakMap<CfnResource, LaunchProperties[]>();

function visited(resource: CfnResource): LaunchProperties[] {
  const launches = VISITED.get(resource) ?? LAUNCHES[resource.cfnResourceType]?.(launchedProperties(resource)) ?? [];
  VISITED.set(resource, launches);
  return launches;
}

/** Whether a launch is from an image, by its id as it stands in the template. */
export function isLaunchOf({ imageId }: { readonly imageId?: unknown }, image: string, stack: Stack): boolean {
  return imageId !== undefined && (Token.isUnresolved(image) ? JSON.stringify(imageId) === JSON.stringify(stack.resolve(image)) : imageId === image);
}

/** Visits each resource below a scope that launches an image, once all are there. */
export function visitLaunches(scope: Construct, imageId: string, visit: (resource: CfnResource) => void): void {
  Aspects.of(scope).add({
    visit: node => {
      if (CfnResource.isCfnResource(node) && visited(node).some(launch => isLaunchOf(launch, imageId, node.stack))) {
        visit(node);
      }
    },
  }, { priority: AspectPriority.READONLY });
}

/** Checks, when the app is synthesized, what a scope launches. */
export function validateLaunches(scope: Construct, checks: LaunchCheck[]): void {
  const stage = stageOf(scope);
  scope.node.addValidation({ validate: () => misfits(launchesIn(scope, renderingOf(stage)), checks) });
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

/** What a scope launches, as it stands in the template. */
function launchesIn(scope: IConstruct, rendering: Rendering): Launch[] {
  return scope.node.findAll()
    .filter(CfnResource.isCfnResource)
    .flatMap(resource => rendering.launchesOf(resource).map(({ imageId, userData, instanceTypes = [] }) => {
      const users = () => rendering.usersOf(resource);
      return {
        resource,
        imageId,
        userData,
        users,
        instanceTypes: () => {
          const used = users();
          return used.length === 0 ? instanceTypes : used.flatMap(user => user.instanceTypes ?? instanceTypes);
        },
      };
    }));
}
