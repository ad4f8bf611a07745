import { Annotations, AspectPriority, Aspects, CfnResource, Stack, Stage, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { isAcknowledged } from './acknowledge';
import { attachmentsIn, elasticIps } from './attachments';
import { LAUNCHES, LaunchProperties, UseProperties, USES } from './launch-properties';
import type { InstanceTypes } from '../ec2/instance-type';

/** What a resource launches: an image on one or several instance types, with user data. All is as it stands in the template. */
export interface Launch {
  /** What names the image. */
  readonly resource: CfnResource;
  readonly imageId?: unknown;
  readonly userData?: any;
  readonly blockDevices?: any;
  /** Those of the resource, else those of its launch template. */
  readonly metadataOptions: () => any;
  /** What the image may be launched on: where a launch template has users, what they take. */
  readonly instanceTypes: () => InstanceTypes[];
  /** The resources that launch from it, where it is a launch template. */
  readonly users: () => LaunchTemplateUser[];
}

/** A use of a launch template. */
export interface LaunchTemplateUser extends UseProperties {
  readonly resource: CfnResource;
}

/** Why a launch cannot be. */
export interface Finding {
  readonly message: string;
  /** Where it is a judgement: what it is acknowledged by. */
  readonly id?: string;
  /** Whether the launch can be, other than it is meant. */
  readonly isWarning?: boolean;
}

export type LaunchCheck = (launch: Launch) => Finding[];

/** What is read of a stage while it is synthesized, once for all checks: the properties, and who uses launch templates. */
class Rendering {
  private readonly properties = new Map<CfnResource, any>();
  private readonly users = new Map<CfnResource, LaunchTemplateUser[]>();
  private uses?: LaunchTemplateUser[];
  private readonly said = new Set<string>();
  private templates?: Map<string, any>;
  private attachments?: Map<IConstruct, string[]>;
  private readonly addresses = new Map<Stack, Map<IConstruct, string>>();

  constructor(private readonly stage: IConstruct) {
    // The validation of the stage is the first of all that is in it: what aspects changed since is read anew.
    stage.node.addValidation({
      validate: () => {
        this.properties.clear();
        this.users.clear();
        this.uses = undefined;
        this.said.clear();
        this.templates = undefined;
        this.attachments = undefined;
        this.addresses.clear();
        return [];
      },
    });
  }

  launchesOf(resource: CfnResource): LaunchProperties[] {
    return LAUNCHES[resource.cfnResourceType]?.(this.propertiesOf(resource)) ?? [];
  }

  usersOf(launchTemplate: CfnResource): LaunchTemplateUser[] {
    if (launchTemplate.cfnResourceType !== 'AWS::EC2::LaunchTemplate') {
      return [];
    }
    this.uses ??= this.resources(...Object.keys(USES))
      .flatMap(resource => USES[resource.cfnResourceType](this.propertiesOf(resource)).map(use => ({ resource, ...use })))
      .filter(({ specification }) => specification !== undefined);
    return entryOf(this.users, launchTemplate, () => usersAmong(this.uses!, launchTemplate, this.propertiesOf(launchTemplate).LaunchTemplateName));
  }

  /** Whether it is the first time: what several scopes check is told in the outermost. */
  isNew(resource: CfnResource, message: string): boolean {
    const { size } = this.said;
    return this.said.add(`${resource.node.path}: ${message}`).size > size;
  }

  /** What a launch template says, as a launch of its stack names it. Undefined where it is not known. */
  launchTemplateData(user: CfnResource, specification: any): any {
    this.templates ??= new Map(this.resources('AWS::EC2::LaunchTemplate').flatMap(launchTemplate => {
      const { LaunchTemplateName, LaunchTemplateData } = this.propertiesOf(launchTemplate);
      return [LaunchTemplateName, ...referencesIn(launchTemplate.stack, launchTemplate).map(reference => JSON.parse(reference))]
        .map((key): [string, any] => [keyOf(launchTemplate, key), LaunchTemplateData ?? {}]);
    }));
    return this.templates.get(keyOf(user, specification.LaunchTemplateName ?? specification.LaunchTemplateId));
  }

  attachedTo(instance: CfnResource): string[] {
    this.attachments ??= attachmentsIn(this.stage);
    return this.attachments.get(instance) ?? [];
  }

  private resources(...types: string[]): CfnResource[] {
    return this.stage.node.findAll().filter(CfnResource.isCfnResource).filter(resource => types.includes(resource.cfnResourceType));
  }

  elasticIpsIn(stack: Stack): Map<IConstruct, string> {
    return entryOf(this.addresses, stack, () => elasticIps(stack));
  }

  private propertiesOf(resource: CfnResource): any {
    return entryOf(this.properties, resource, () => launchedProperties(resource));
  }
}

const keyOf = (of: CfnResource, name: unknown) => `${of.stack.node.path} ${JSON.stringify(name)}`;

function entryOf<K extends object, V>(map: Map<K, V> | WeakMap<K, V>, key: K, make: () => V): V {
  if (!map.has(key)) {
    map.set(key, make());
  }
  return map.get(key)!;
}

function usersAmong(uses: LaunchTemplateUser[], launchTemplate: CfnResource, name: unknown): LaunchTemplateUser[] {
  const { stack } = launchTemplate;
  const references = new Map<Stack, string[]>();
  return uses.filter(({ resource, specification: { LaunchTemplateId, LaunchTemplateName } }) => {
    if (typeof LaunchTemplateName === 'string') {
      return LaunchTemplateName === name && resource.stack.region === stack.region && resource.stack.account === stack.account;
    }
    return entryOf(references, resource.stack, () => referencesIn(resource.stack, launchTemplate))
      .includes(JSON.stringify(LaunchTemplateId ?? LaunchTemplateName));
  });
}

/** How the template of a stack refers to a launch template. */
function referencesIn(stack: Stack, launchTemplate: CfnResource): string[] {
  const rendered = (of: Stack) => [launchTemplate.ref, launchTemplate.getAtt('LaunchTemplateId')].map(reference => JSON.stringify(of.resolve(reference)));
  // Without a reference from one stack to the other, the same logical id is another resource.
  const own = stack === launchTemplate.stack ? [] : rendered(launchTemplate.stack);
  return rendered(stack).filter((reference, index) => reference !== own[index]);
}

const RENDERINGS = new WeakMap<IConstruct, Rendering>();

function renderingOf(scope: IConstruct): Rendering {
  const stage = Stage.of(scope) ?? scope.node.root;
  return entryOf(RENDERINGS, stage, () => new Rendering(stage));
}

/** The Elastic IP address of an instance, once all is there. */
export function elasticIpOf(instance: CfnResource): string | undefined {
  return renderingOf(instance).elasticIpsIn(instance.stack).get(instance);
}

/** What the checks read of an instance, of which there can be hundreds, is rendered alone where nothing overrides it. */
function launchedProperties(resource: CfnResource): any {
  if (!isPlainInstance(resource)) {
    return renderedProperties(resource);
  }
  const { stack, blockDeviceMappings, imageId, instanceType, launchTemplate, metadataOptions, userData } = resource as any;
  const resolved = (value: any) => Token.isUnresolved(value) ? stack.resolve(value) : value;
  const { launchTemplateId, launchTemplateName } = resolved(launchTemplate) ?? {};
  // What a device is called and how large it is counts where it is known.
  const known = (value: any) => Token.isUnresolved(value) ? undefined : value;
  return {
    ImageId: resolved(imageId),
    InstanceType: resolved(instanceType),
    UserData: resolved(userData),
    MetadataOptions: metadataOptions && { HttpTokens: resolved(metadataOptions.httpTokens), HttpEndpoint: resolved(metadataOptions.httpEndpoint) },
    LaunchTemplate: launchTemplate && { LaunchTemplateId: resolved(launchTemplateId), LaunchTemplateName: resolved(launchTemplateName) },
    BlockDeviceMappings: Array.isArray(blockDeviceMappings)
      ? blockDeviceMappings.map(({ deviceName, ebs }) => ({ DeviceName: known(deviceName), Ebs: ebs && { VolumeSize: known(ebs.volumeSize) } }))
      : undefined,
  };
}

/** Whether the template has what the properties of the construct say, and nothing else. */
export function isPlainInstance(resource: CfnResource): boolean {
  return resource.cfnResourceType === 'AWS::EC2::Instance' && 'imageId' in resource && (resource as any).rawOverrides?.Properties === undefined;
}

/** The properties as they are in the template, overrides included, which only the method that renders it knows. */
export function renderedProperties(resource: CfnResource): any {
  const { Resources = {} } = resource.stack.resolve((resource as any)._toCloudFormation());
  return Object.values<any>(Resources)[0]?.Properties ?? {};
}

/** Whether a launch is from an image, by its id as it stands in the template. */
export function isLaunchOf({ resource, imageId }: Launch, image: string): boolean {
  return namesImage(resource, image) || (imageId !== undefined && JSON.stringify(imageId) === JSON.stringify(resource.stack.resolve(image)));
}

/** Whether an instance has the very id of the image, so that nothing must be rendered to know it. */
function namesImage(resource: CfnResource, image: string): boolean {
  return (resource as any).imageId === image && isPlainInstance(resource);
}

/** Visits each resource below a scope that launches an image, once all are there. */
export function visitLaunches(scope: Construct, imageId: string, visit: (resource: CfnResource) => void): void {
  const rendering = renderingOf(scope);
  const rendered = new Map<Stack, string>();
  const launches = (resource: CfnResource) => namesImage(resource, imageId) || rendering.launchesOf(resource).some(launch =>
    JSON.stringify(launch.imageId) === entryOf(rendered, resource.stack, () => JSON.stringify(resource.stack.resolve(imageId))));
  Aspects.of(scope).add({
    visit: node => {
      if (CfnResource.isCfnResource(node) && launches(node)) {
        visit(node);
      }
    },
  }, { priority: AspectPriority.READONLY });
}

/** Checks, when the app is synthesized, what a scope launches. */
export function validateLaunches(scope: Construct, checks: LaunchCheck[]): void {
  const rendering = renderingOf(scope);
  scope.node.addValidation({ validate: () => misfits(launchesIn(scope, rendering), checks, rendering) });
}

/** Each sentence once, and with its place where it does not hold for all. */
function misfits(launches: Launch[], checks: LaunchCheck[], rendering: Rendering): string[] {
  const places = new Map<string, string[]>();
  for (const launch of launches) {
    const open = checks.flatMap(check => check(launch)).flatMap(({ id, message, isWarning }) => {
      if (id === undefined) {
        return [message];
      }
      if (isWarning) {
        Annotations.of(launch.resource).addWarningV2(id, message);
        return [];
      }
      return isAcknowledged(launch.resource, id, message) ? [] : [`${message} [ack: ${id}]`];
    });
    for (const message of open.filter(each => rendering.isNew(launch.resource, each))) {
      places.set(message, [...places.get(message) ?? [], launch.resource.node.path]);
    }
  }
  return [...places].map(([message, paths]) => paths.length === launches.length ? message : `${paths.join(', ')}: ${message}`);
}

/** The types of the resources that are attached to an instance. */
export function attachedTo(instance: CfnResource): string[] {
  return renderingOf(instance).attachedTo(instance);
}

/** What a scope launches, as it stands in the template. */
export function launchesIn(scope: IConstruct, rendering = renderingOf(scope)): Launch[] {
  return scope.node.findAll()
    .filter(CfnResource.isCfnResource)
    .flatMap(resource => rendering.launchesOf(resource).map(({ instanceTypes = [], metadataOptions, launchTemplate, ...known }) => {
      const users = () => rendering.usersOf(resource);
      return {
        ...known,
        resource,
        users,
        metadataOptions: () => metadataOptions ?? (launchTemplate && rendering.launchTemplateData(resource, launchTemplate)?.MetadataOptions),
        instanceTypes: () => {
          const used = users();
          return used.length === 0 ? instanceTypes : used.flatMap(user => user.instanceTypes ?? instanceTypes);
        },
      };
    }));
}
