import { requiredTypes } from './instance-requirements';
import type { InstanceTypes } from '../ec2/instance-type';

// Which resources launch instances, and where their properties, as they stand in a template, hold what they launch.

/** What the properties of a resource say of one image. */
export interface LaunchProperties {
  readonly imageId?: unknown;
  readonly userData?: any;
  readonly instanceTypes?: InstanceTypes[];
  readonly metadataOptions?: any;
  readonly blockDevices?: any;
  /** The launch template whose options hold where the resource has none of its own. */
  readonly launchTemplate?: any;
}

/** What the properties of a resource say of one launch template. */
export interface UseProperties {
  /** What names it. */
  readonly specification: any;
  /** Where it has its own, in place of those of the launch template. */
  readonly instanceTypes?: InstanceTypes[];
  /** Whether EC2 chooses the types by their attributes. */
  readonly hasRequirements: boolean;
}

const typed = ({
  ImageId, UserData, InstanceType, InstanceRequirements, MetadataOptions, BlockDeviceMappings, LaunchTemplate,
}: any): LaunchProperties => ({
  imageId: ImageId,
  userData: UserData,
  instanceTypes: typesOf([{ InstanceType, InstanceRequirements }]),
  metadataOptions: MetadataOptions,
  blockDevices: BlockDeviceMappings,
  launchTemplate: LaunchTemplate,
});

/** The resources that name images, and where each holds images and instance types. */
export const LAUNCHES: Record<string, (properties: any) => LaunchProperties[]> = {
  'AWS::EC2::Instance': properties => [typed(properties)],
  'AWS::AutoScaling::LaunchConfiguration': properties => [typed(properties)],
  'AWS::EC2::LaunchTemplate': ({ LaunchTemplateData }) => [typed(LaunchTemplateData ?? {})],
  'AWS::EC2::SpotFleet': ({ SpotFleetRequestConfigData }) => list(SpotFleetRequestConfigData?.LaunchSpecifications).map(typed),
  'AWS::Batch::ComputeEnvironment': ({ ComputeResources }) => {
    const { ImageId, Ec2Configuration, InstanceTypes } = ComputeResources ?? {};
    return batchImages(ImageId, Ec2Configuration).map(imageId => ({ imageId, instanceTypes: batchTypes(InstanceTypes) }));
  },
  'AWS::EMR::Cluster': ({ CustomAmiId, Instances = {} }) => {
    const types = emrTypes(Instances);
    return [
      { imageId: CustomAmiId, instanceTypes: typesOf(types.filter(each => each.CustomAmiId === undefined)) },
      ...types.map(each => ({ imageId: each.CustomAmiId, instanceTypes: typesOf([each]) })),
    ];
  },
  'AWS::ElasticBeanstalk::Environment': ({ OptionSettings }) => beanstalk(OptionSettings),
  'AWS::ElasticBeanstalk::ConfigurationTemplate': ({ OptionSettings }) => beanstalk(OptionSettings),
  'AWS::PCS::ComputeNodeGroup': ({ AmiId, InstanceConfigs }) => [{ imageId: AmiId, instanceTypes: typesOf(list(InstanceConfigs)) }],
};

/** The resources that launch from launch templates, and where each refers to them. */
export const USES: Record<string, (properties: any) => UseProperties[]> = {
  'AWS::EC2::Instance': ({ LaunchTemplate, ImageId, InstanceType }) =>
    ImageId === undefined ? [useOf(LaunchTemplate, [{ InstanceType }])] : [],
  'AWS::AutoScaling::AutoScalingGroup': ({ LaunchTemplate, MixedInstancesPolicy }) =>
    [useOf(LaunchTemplate, []), ...configs([MixedInstancesPolicy?.LaunchTemplate])],
  'AWS::EC2::EC2Fleet': ({ LaunchTemplateConfigs }) => configs(LaunchTemplateConfigs),
  'AWS::EC2::SpotFleet': ({ SpotFleetRequestConfigData }) => configs(SpotFleetRequestConfigData?.LaunchTemplateConfigs),
  'AWS::EKS::Nodegroup': ({ LaunchTemplate, InstanceTypes }) =>
    [useOf(rename(LaunchTemplate), list(InstanceTypes).map(InstanceType => ({ InstanceType })))],
  'AWS::PCS::ComputeNodeGroup': ({ AmiId, CustomLaunchTemplate, InstanceConfigs }) =>
    AmiId === undefined ? [useOf(CustomLaunchTemplate && { LaunchTemplateId: CustomLaunchTemplate.TemplateId }, list(InstanceConfigs))] : [],
  'AWS::Batch::ComputeEnvironment': ({ ComputeResources }) => {
    const { ImageId, Ec2Configuration, LaunchTemplate, InstanceTypes } = ComputeResources ?? {};
    return batchImages(ImageId, Ec2Configuration).some(imageId => imageId !== undefined)
      ? []
      : [{ specification: LaunchTemplate, instanceTypes: batchTypes(InstanceTypes), hasRequirements: false }];
  },
};

/** Those of groups, and those of fleets, which can have images of their own. */
function emrTypes(instances: any): any[] {
  const { MasterInstanceGroup, CoreInstanceGroup, TaskInstanceGroups, MasterInstanceFleet, CoreInstanceFleet, TaskInstanceFleets } = instances;
  const groups = [MasterInstanceGroup, CoreInstanceGroup, ...list(TaskInstanceGroups)];
  const fleets = [MasterInstanceFleet, CoreInstanceFleet, ...list(TaskInstanceFleets)];
  return [...groups.filter(group => group !== undefined), ...fleets.flatMap(fleet => list(fleet?.InstanceTypeConfigs))];
}

/** https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html */
function beanstalk(options: any): LaunchProperties[] {
  const valueOf = (namespace: string, name: string) =>
    list(options).find(each => each.Namespace === namespace && each.OptionName === name)?.Value;
  const types = [valueOf('aws:ec2:instances', 'InstanceTypes') ?? valueOf('aws:autoscaling:launchconfiguration', 'InstanceType')]
    .flatMap(value => typeof value === 'string' ? value.split(',').map(each => each.trim()) : [])
    .filter(each => each !== '');
  return [{
    imageId: valueOf('aws:autoscaling:launchconfiguration', 'ImageId'),
    instanceTypes: types.map(name => ({ name, example: name })),
  }];
}

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
    const others = overrides.filter(override => override.LaunchTemplateSpecification === undefined);
    return [
      ...others.length > 0 || list(Overrides).length === 0 ? [useOf(LaunchTemplateSpecification, others)] : [],
      ...overrides.map(override => useOf(override.LaunchTemplateSpecification, [override])),
    ];
  });
}

function useOf(specification: any, overrides: any[]): UseProperties {
  return {
    specification,
    instanceTypes: typesOf(overrides),
    hasRequirements: overrides.some(({ InstanceRequirements }) => InstanceRequirements !== undefined),
  };
}

/** @returns undefined where none is named, so that those of the launch template hold */
function typesOf(overrides: any[]): InstanceTypes[] | undefined {
  const given = overrides.filter(({ InstanceType, InstanceRequirements }) => (InstanceType ?? InstanceRequirements) !== undefined);
  return given.length === 0 ? undefined : given.flatMap(({ InstanceType, InstanceRequirements }) => {
    if (InstanceRequirements !== undefined) {
      return requiredTypes(InstanceRequirements);
    }
    return typeof InstanceType === 'string' ? [{ name: InstanceType, example: InstanceType }] : [];
  });
}

/** Types, families, and names for the usual families: https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html */
function batchTypes(types: any): InstanceTypes[] {
  const examples: Record<string, string> = { optimal: 'm4.large', default_x86_64: 'm6i.large', default_arm64: 'm6g.large' };
  return list(types).filter(name => typeof name === 'string')
    .map(name => ({ name, example: examples[name] ?? (name.includes('.') ? name : `${name}.large`) }));
}
