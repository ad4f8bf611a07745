import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Aspects, Aws, CfnParameter, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as beanstalk from 'aws-cdk-lib/aws-elasticbeanstalk';
import * as emr from 'aws-cdk-lib/aws-emr';
import * as pcs from 'aws-cdk-lib/aws-pcs';
import * as servicecatalog from 'aws-cdk-lib/aws-servicecatalog';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Construct } from 'constructs';
import { AmiFamily, AmiSelector, AmiUpdates, WorkshopFleet, WorkshopInstance } from '../../../src';
import { AL1_S3_PARAMETER, AL2_ARM_PARAMETER, AL2_PARAMETER, PARIS, stackIn, synthError, warnings } from '../../app';

// Constructs that CDK advises against launch instances all the same.
process.env.JSII_DEPRECATED = 'quiet';

type Launch = (stack: Stack, instanceType: string, image: ec2.IMachineImage) => void;

const LAUNCH_TEMPLATES_FLAG = '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig';
const PUBLIC = { subnetType: ec2.SubnetType.PUBLIC };
const REQUIRED = { vCpuCount: { min: 1 }, memoryMiB: { min: 1024 } };
const SPOT = { iamFleetRole: 'arn:aws:iam::123456789012:role/fleet', targetCapacity: 1 };

function vpcIn(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], publicSubnetIds: ['subnet-1'] });
}

const imageId = (stack: Stack, image: ec2.IMachineImage) => image.getImage(stack).imageId;

function template(stack: Stack, machineImage: ec2.IMachineImage, instanceType?: string): ec2.LaunchTemplate {
  return new ec2.LaunchTemplate(stack, 'Template', {
    machineImage, userData: ec2.UserData.forLinux(), instanceType: instanceType === undefined ? undefined : new ec2.InstanceType(instanceType),
  });
}

const templateData = (launchTemplate: ec2.LaunchTemplate) => ({ launchTemplateId: launchTemplate.launchTemplateId, version: '1' });

function batchOf(stack: Stack, computeResources: any): void {
  new batch.CfnComputeEnvironment(stack, 'Batch', {
    type: 'MANAGED', computeResources: { type: 'EC2', maxvCpus: 1, subnets: ['subnet-1'], ...computeResources },
  });
}

const managed = (stack: Stack, instanceType: string) => ({
  vpc: vpcIn(stack), vpcSubnets: PUBLIC, useOptimalInstanceClasses: false, instanceTypes: [new ec2.InstanceType(instanceType)],
});

function emrOf(stack: Stack, props: Partial<emr.CfnClusterProps>): void {
  new emr.CfnCluster(stack, 'E', { name: 'e', jobFlowRole: 'j', serviceRole: 's', releaseLabel: 'emr-7.0.0', instances: {}, ...props });
}

function pcsOf(stack: Stack, instanceType: string, props: Partial<pcs.CfnComputeNodeGroupProps>, templateId?: string): void {
  new pcs.CfnComputeNodeGroup(stack, 'P', {
    clusterId: 'c',
    customLaunchTemplate: { templateId, version: '1' },
    iamInstanceProfileArn: 'arn:aws:iam::123456789012:instance-profile/AWSPCS-p',
    instanceConfigs: [{ instanceType }],
    scalingConfiguration: { minInstanceCount: 0, maxInstanceCount: 1 },
    subnetIds: [],
    ...props,
  });
}

function group(stack: Stack, launchTemplate: ec2.LaunchTemplate, override: any): void {
  new autoscaling.AutoScalingGroup(stack, 'Group', {
    vpc: vpcIn(stack), vpcSubnets: PUBLIC, mixedInstancesPolicy: { launchTemplate, launchTemplateOverrides: [override] },
  });
}

/** What launches, by what decides on the instance type. */
const LAUNCHES: Record<string, Launch> = {
  'CfnInstance': (stack, instanceType, image) => new ec2.CfnInstance(stack, 'I', { instanceType, imageId: imageId(stack, image) }),
  'a raw launch template': (stack, InstanceType, image) =>
    new CfnResource(stack, 'T', { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { InstanceType, ImageId: imageId(stack, image) } } }),
  'a launch template with an override': (stack, instanceType, image) =>
    (template(stack, image, 'd2.xlarge').node.defaultChild as CfnResource).addPropertyOverride('LaunchTemplateData.InstanceType', instanceType),
  'an instance with an override': (stack, instanceType, image) => new ec2.CfnInstance(stack, 'I', { imageId: imageId(stack, image) })
    .addPropertyOverride('InstanceType', instanceType),
  'CfnInstance over a launch template': (stack, instanceType, image) =>
    new ec2.CfnInstance(stack, 'I', { instanceType, launchTemplate: templateData(template(stack, image)) }),
  'CfnInstance that leaves the type to a launch template': (stack, instanceType, image) =>
    new ec2.CfnInstance(stack, 'I', { launchTemplate: templateData(template(stack, image, instanceType)) }),
  'CfnInstance over a launch template by name': (stack, instanceType, image) => {
    const launchTemplateName = 'seats';
    new ec2.LaunchTemplate(stack, 'Template', { machineImage: image, launchTemplateName });
    new ec2.CfnInstance(stack, 'I', { instanceType, launchTemplate: { launchTemplateName, version: '1' } });
  },
  'CfnInstance in another stack': (stack, instanceType, image) => {
    const other = new Stack(stack.node.root, 'Other', { env: PARIS });
    new ec2.CfnInstance(other, 'I', { instanceType, launchTemplate: templateData(template(stack, image)) });
  },
  'CfnEC2Fleet': (stack, instanceType, image) => new ec2.CfnEC2Fleet(stack, 'F', {
    targetCapacitySpecification: { totalTargetCapacity: 1 },
    launchTemplateConfigs: [{ launchTemplateSpecification: templateData(template(stack, image)), overrides: [{ instanceType }] }],
  }),
  'CfnSpotFleet with specifications': (stack, instanceType, image) => new ec2.CfnSpotFleet(stack, 'F', {
    spotFleetRequestConfigData: { ...SPOT, launchSpecifications: [{ imageId: imageId(stack, image), instanceType }] },
  }),
  'CfnSpotFleet with overrides': (stack, instanceType, image) => new ec2.CfnSpotFleet(stack, 'F', {
    spotFleetRequestConfigData: {
      ...SPOT, launchTemplateConfigs: [{ launchTemplateSpecification: templateData(template(stack, image)), overrides: [{ instanceType }] }],
    },
  }),
  'AutoScalingGroup with overrides': (stack, instanceType, image) =>
    group(stack, template(stack, image, 'd2.xlarge'), { instanceType: new ec2.InstanceType(instanceType) }),
  'AutoScalingGroup with overrides that have launch templates of their own': (stack, instanceType, image) => {
    const base = new ec2.LaunchTemplate(stack, 'Base', { machineImage: ec2.MachineImage.fromSsmParameter(AL2_PARAMETER) });
    group(stack, base, { instanceType: new ec2.InstanceType(instanceType), launchTemplate: template(stack, image) });
  },
  'Nodegroup with a launch template': (stack, instanceType, image) => new eks.Nodegroup(stack, 'N', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'C', { clusterName: 'c', vpc: vpcIn(stack) }),
    subnets: PUBLIC,
    instanceTypes: [new ec2.InstanceType(instanceType)],
    launchTemplateSpec: { id: template(stack, image).launchTemplateId! },
  }),
  'CfnNodegroup by the name of its launch template': (stack, instanceType, image) => {
    new ec2.LaunchTemplate(stack, 'Template', { machineImage: image, launchTemplateName: 'nodes' });
    new eks.CfnNodegroup(stack, 'N', { clusterName: 'c', nodeRole: 'r', subnets: [], instanceTypes: [instanceType], launchTemplate: { name: 'nodes' } });
  },
  'Batch with an image': (stack, instanceType, image) => batchOf(stack, { instanceTypes: [instanceType], imageId: imageId(stack, image) }),
  'Batch with an image of its configuration': (stack, instanceType, image) =>
    batchOf(stack, { instanceTypes: [instanceType], ec2Configuration: [{ imageType: 'ECS_AL2', imageIdOverride: imageId(stack, image) }] }),
  'Batch with a family': (stack, instanceType, image) =>
    batchOf(stack, { instanceTypes: [instanceType.split('.')[0]], imageId: imageId(stack, image) }),
  'Batch with a launch template': (stack, instanceType, image) =>
    batchOf(stack, { instanceTypes: [instanceType], launchTemplate: templateData(template(stack, image)) }),
  'Instance': (stack, instanceType, machineImage) =>
    new ec2.Instance(stack, 'I', { vpc: vpcIn(stack), vpcSubnets: PUBLIC, machineImage, instanceType: new ec2.InstanceType(instanceType) }),
  'LaunchTemplate': (stack, instanceType, image) => template(stack, image, instanceType),
  'WorkshopInstance': (stack, instanceType, machineImage) =>
    new WorkshopInstance(stack, 'I', { vpc: vpcIn(stack), machineImage, instanceType: new ec2.InstanceType(instanceType) }),
  'WorkshopFleet': (stack, instanceType, machineImage) =>
    new WorkshopFleet(stack, 'I', { seats: 2, vpc: vpcIn(stack), machineImage, instanceType: new ec2.InstanceType(instanceType) }),
  'BastionHostLinux': (stack, instanceType, machineImage) =>
    new ec2.BastionHostLinux(stack, 'I', { vpc: vpcIn(stack), subnetSelection: PUBLIC, machineImage, instanceType: new ec2.InstanceType(instanceType) }),
  'NatInstanceProviderV2': (stack, instanceType, machineImage) => {
    const natGatewayProvider = ec2.NatProvider.instanceV2({ machineImage, instanceType: new ec2.InstanceType(instanceType) });
    new ec2.Vpc(stack, 'Own', { maxAzs: 1, natGatewayProvider, natGateways: 1, restrictDefaultSecurityGroup: false });
  },
  'NatInstanceProvider': (stack, instanceType, machineImage) => {
    const natGatewayProvider = ec2.NatProvider.instance({ machineImage, instanceType: new ec2.InstanceType(instanceType) });
    new ec2.Vpc(stack, 'Own', { maxAzs: 1, natGatewayProvider, natGateways: 1, restrictDefaultSecurityGroup: false });
  },
  'CfnLaunchTemplate and CfnAutoScalingGroup': (stack, instanceType, image) => {
    const { ref, attrLatestVersionNumber } = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: { instanceType, imageId: imageId(stack, image) } });
    const launchTemplate = { launchTemplateId: ref, version: attrLatestVersionNumber };
    new autoscaling.CfnAutoScalingGroup(stack, 'G', { minSize: '1', maxSize: '1', launchTemplate });
  },
  'CfnLaunchConfiguration': (stack, instanceType, image) =>
    new autoscaling.CfnLaunchConfiguration(stack, 'C', { instanceType, imageId: imageId(stack, image) }),
  'AutoScalingGroup with a launch configuration': (stack, instanceType, machineImage) => {
    stack.node.setContext(LAUNCH_TEMPLATES_FLAG, false);
    new autoscaling.AutoScalingGroup(stack, 'G', { vpc: vpcIn(stack), vpcSubnets: PUBLIC, machineImage, instanceType: new ec2.InstanceType(instanceType) });
  },
  'AutoScalingGroup with a launch template': (stack, instanceType, machineImage) => {
    stack.node.setContext(LAUNCH_TEMPLATES_FLAG, true);
    new autoscaling.AutoScalingGroup(stack, 'G', { vpc: vpcIn(stack), vpcSubnets: PUBLIC, machineImage, instanceType: new ec2.InstanceType(instanceType) });
  },
  'addCapacity of an ECS cluster': (stack, instanceType, machineImage) => new ecs.Cluster(stack, 'C', { vpc: vpcIn(stack) }).addCapacity('X', {
    machineImage, vpcSubnets: PUBLIC, instanceType: new ec2.InstanceType(instanceType),
  }),
  'AsgCapacityProvider of an ECS cluster': (stack, instanceType, machineImage) => {
    const autoScalingGroup = new autoscaling.AutoScalingGroup(stack, 'G', {
      vpc: vpcIn(stack), vpcSubnets: PUBLIC, machineImage, instanceType: new ec2.InstanceType(instanceType),
    });
    const cluster = new ecs.Cluster(stack, 'C', { vpc: ec2.Vpc.fromVpcAttributes(stack, 'Other', { vpcId: 'vpc-1', availabilityZones: ['a'] }) });
    cluster.addAsgCapacityProvider(new ecs.AsgCapacityProvider(stack, 'P', { autoScalingGroup }));
  },
  'ManagedEc2EcsComputeEnvironment with images': (stack, instanceType, image) => new batch.ManagedEc2EcsComputeEnvironment(stack, 'B', {
    ...managed(stack, instanceType), images: [{ image }],
  }),
  'ManagedEc2EcsComputeEnvironment with a launch template': (stack, instanceType, image) => new batch.ManagedEc2EcsComputeEnvironment(stack, 'B', {
    ...managed(stack, instanceType), launchTemplate: template(stack, image),
  }),
  'ManagedEc2EksComputeEnvironment with images': (stack, instanceType, image) => new batch.ManagedEc2EksComputeEnvironment(stack, 'B', {
    ...managed(stack, instanceType),
    kubernetesNamespace: 'n',
    eksCluster: eks.Cluster.fromClusterAttributes(stack, 'C', { clusterName: 'c' }),
    images: [{ image }],
  }),
  'EMR CfnCluster': (stack, instanceType, image) => emrOf(stack, { customAmiId: imageId(stack, image), instances: { masterInstanceGroup: { instanceCount: 1, instanceType } } }),
  'EMR CfnCluster with fleets': (stack, instanceType, image) => emrOf(stack, {
    instances: { masterInstanceFleet: { targetOnDemandCapacity: 1, instanceTypeConfigs: [{ instanceType, customAmiId: imageId(stack, image) }] } },
  }),
  'an environment of Elastic Beanstalk': (stack, instanceType, image) => new beanstalk.CfnEnvironment(stack, 'E', {
    applicationName: 'a',
    optionSettings: [
      { namespace: 'aws:autoscaling:launchconfiguration', optionName: 'ImageId', value: imageId(stack, image) },
      { namespace: 'aws:ec2:instances', optionName: 'InstanceTypes', value: `${instanceType}, ${instanceType}` },
    ],
  }),
  'an environment of Elastic Beanstalk with one type': (stack, instanceType, image) => new beanstalk.CfnEnvironment(stack, 'E', {
    applicationName: 'a',
    optionSettings: [
      { namespace: 'aws:elasticbeanstalk:application:environment', optionName: 'InstanceType', value: 'a variable of the application' },
      { namespace: 'aws:elasticbeanstalk:application:environment', optionName: 'ImageId', value: 'another one' },
      { namespace: 'aws:autoscaling:launchconfiguration', optionName: 'InstanceType', value: instanceType },
      { namespace: 'aws:autoscaling:launchconfiguration', optionName: 'ImageId', value: imageId(stack, image) },
    ],
  }),
  'a node group of PCS': (stack, instanceType, image) => pcsOf(stack, instanceType, { amiId: imageId(stack, image) }),
  'a node group of PCS with a launch template': (stack, instanceType, image) => pcsOf(stack, instanceType, {}, template(stack, image).launchTemplateId),
  'a nested stack': (stack, instanceType, image) => {
    const nested = new NestedStack(stack, 'Nested');
    new ec2.CfnInstance(nested, 'I', { instanceType, imageId: imageId(nested, image) });
  },
  'a nested stack with a launch template of its parent': (stack, instanceType, image) => {
    const nested = new NestedStack(stack, 'Nested');
    new ec2.CfnInstance(nested, 'I', { instanceType, launchTemplate: templateData(template(stack, image)) });
  },
  'a product of Service Catalog': (stack, instanceType, image) => {
    const product = new servicecatalog.ProductStack(stack, 'Product');
    new ec2.CfnInstance(product, 'I', { instanceType, imageId: imageId(product, image) });
    new servicecatalog.CloudFormationProduct(stack, 'P', {
      productName: 'p',
      owner: 'o',
      productVersions: [{ cloudFormationTemplate: servicecatalog.CloudFormationTemplate.fromProductStack(product) }],
    });
  },
  'a template that is included': (stack, instanceType, image) => {
    const templateFile = join(mkdtempSync(join(tmpdir(), 'included-')), 'template.json');
    const Properties = { InstanceType: instanceType, ImageId: { Ref: 'Image' } };
    writeFileSync(templateFile, JSON.stringify({ Parameters: { Image: { Type: 'String' } }, Resources: { I: { Type: 'AWS::EC2::Instance', Properties } } }));
    new CfnInclude(stack, 'Included', { templateFile, parameters: { Image: imageId(stack, image) } });
  },
  'an instance in a stage': (stack, instanceType, image) => {
    const inner = new Stack(new Stage(stack.node.root, 'Stage', { env: PARIS }), 'Inner');
    new ec2.CfnInstance(inner, 'I', { instanceType, imageId: imageId(inner, image) });
  },
};

const X86 = AmiSelector.fromSsmParameter(AL2_PARAMETER);
const ARM = AmiSelector.fromSsmParameter(AL2_ARM_PARAMETER);

function made(launch: (stack: Stack) => void): Stack {
  const stack = stackIn(PARIS);
  launch(stack);
  return stack;
}

/** All the reasons why an app does not synthesize, or none. */
function refusal(stack: Stack): string | undefined {
  try {
    return synthError(stack);
  } catch {
    return undefined;
  }
}

describe.each(Object.entries(LAUNCHES))('%s', (_, launch) => {
  test.each<[string, string, ec2.IMachineImage]>([
    ['an arm64 type and image', 'm6g.large', ARM],
    ['an x86_64 type and image', 'm5.large', X86],
    ['a type and an image of instance store', 'd2.xlarge', AmiSelector.fromSsmParameter(AL1_S3_PARAMETER)],
    ['an unknown family', 'zz9.large', X86],
    ['the wrong architecture in bare CDK', 'm6g.large', ec2.MachineImage.fromSsmParameter(AL2_PARAMETER)],
  ])('synthesizes %s', (_name, instanceType, image) =>
    expect(refusal(made(stack => launch(stack, instanceType, image)))).toBeUndefined());

  test('refuses an arm64 type with an x86_64 image', () =>
    expect(refusal(made(stack => launch(stack, 'm6g.large', X86)))).toContain('is arm64 and cannot boot'));

  test('refuses an x86_64 type with an arm64 image', () =>
    expect(refusal(made(stack => launch(stack, 'm5.large', ARM)))).toContain('is x86_64 and cannot boot'));

  test('refuses an image of instance store on a type without', () =>
    expect(refusal(made(stack => launch(stack, 'm5.large', AmiSelector.fromSsmParameter(AL1_S3_PARAMETER)))))
      .toContain('root device of this image is instance-store'));
});

describe('instance requirements', () => {
  const requiring = (image: ec2.IMachineImage, requirements: Partial<ec2.InstanceRequirementsConfig>) => refusal(made(stack =>
    group(stack, template(stack, image), { instanceRequirements: { ...REQUIRED, ...requirements } })));
  const { AMD, AWS, INTEL } = ec2.CpuManufacturer;
  const STORE = AmiSelector.fromSsmParameter(AL1_S3_PARAMETER);

  test.each<[ec2.IMachineImage, Partial<ec2.InstanceRequirementsConfig>, string]>([
    [X86, { cpuManufacturers: [AWS] }, 'CpuManufacturers amazon-web-services is arm64 and cannot boot'],
    [ARM, { cpuManufacturers: [INTEL, AMD] }, 'CpuManufacturers intel, amd is x86_64 and cannot boot'],
    [X86, { allowedInstanceTypes: ['m7g.*', 'c7g.large', 't4g*'] }, 'AllowedInstanceTypes m7g.*, c7g.large, t4g* is arm64 and cannot boot'],
    [ARM, { allowedInstanceTypes: ['m7i*'] }, 'AllowedInstanceTypes m7i* is x86_64 and cannot boot'],
    [X86, { allowedInstanceTypes: ['c99g.*'] }, 'AllowedInstanceTypes c99g.* is arm64 and cannot boot'],
    [ARM, { excludedInstanceTypes: ['*g*.*', 'a1.*'] }, 'ExcludedInstanceTypes *g*.*, a1.* is x86_64 and cannot boot'],
    [X86, { cpuManufacturers: [AWS], allowedInstanceTypes: ['m7*'] }, 'CpuManufacturers amazon-web-services and AllowedInstanceTypes m7* is arm64 and cannot boot'],
    [X86, { cpuManufacturers: [], allowedInstanceTypes: ['m7g.*'] }, 'AllowedInstanceTypes m7g.* is arm64 and cannot boot'],
    [X86, { allowedInstanceTypes: ['c7g.large'] }, 'AllowedInstanceTypes c7g.large is arm64 and cannot boot'],
    [STORE, { allowedInstanceTypes: ['m5.*', 'c5.*'] }, 'AllowedInstanceTypes m5.*, c5.* cannot boot'],
  ])('refuses what allows types of another kind only (%#)', (image, requirements, sentence) =>
    expect(requiring(image, requirements)).toContain(`every instance type with ${sentence}`));

  test.each<[ec2.IMachineImage, Partial<ec2.InstanceRequirementsConfig>]>([
    [X86, { cpuManufacturers: [AWS, INTEL] }],
    [ARM, { cpuManufacturers: [AWS] }],
    [X86, {}],
    [X86, { allowedInstanceTypes: ['m7*'] }],
    [X86, { allowedInstanceTypes: ['m7g.large', 'm7i.large'] }],
    [X86, { allowedInstanceTypes: ['zz9.*'] }],
    [X86, { allowedInstanceTypes: ['m7g.*', 'm99*'] }],
    [ARM, { allowedInstanceTypes: ['m7g.*'], excludedInstanceTypes: ['m7g.large'] }],
    [ARM, { excludedInstanceTypes: ['*i*.*', '*a*.large'] }],
    [STORE, { allowedInstanceTypes: ['m5.*', 'd2.*'] }],
    [STORE, { allowedInstanceTypes: ['m5.*', 'x1.*'] }],
    [ARM, { instanceGenerations: [ec2.InstanceGeneration.PREVIOUS] }],
    [X86, { instanceGenerations: [ec2.InstanceGeneration.CURRENT] }],
  ])('synthesizes where EC2 finds types that the image boots on (%#)', (image, requirements) =>
    expect(requiring(image, requirements)).toBeUndefined());

  test('synthesizes where a parameter says what is allowed', () => expect(refusal(made(stack => {
    const allowed = new CfnParameter(stack, 'Allowed', { type: 'CommaDelimitedList' });
    group(stack, template(stack, X86), { instanceRequirements: { ...REQUIRED, allowedInstanceTypes: allowed.valueAsList } });
  }))).toBeUndefined());

  test('synthesizes where a parameter says one of what is allowed', () => expect(refusal(made(stack => {
    const one = new CfnParameter(stack, 'One').valueAsString;
    group(stack, template(stack, X86), { instanceRequirements: { ...REQUIRED, cpuManufacturers: [AWS], allowedInstanceTypes: ['m7g.*', one] } });
  }))).toBeUndefined());

  test('refuses a parameter that is read at launch', () => expect(requiring(
    AmiSelector.fromSsmParameter(AL2_PARAMETER, { updates: AmiUpdates.ON_LAUNCH }), { cpuManufacturers: [INTEL] },
  )).toContain('is an Auto Scaling group with instance requirements, which takes the id of an image only'));
});

test('a launch template whose type all of its users override is checked with theirs', () => {
  expect(refusal(made(stack => group(stack, template(stack, X86, 't4g.micro'), { instanceType: new ec2.InstanceType('t3.micro') })))).toBeUndefined();
});

test('a launch template that a group does not launch from, as its overrides have their own, is checked with the types of others', () => expect(refusal(made(stack => {
  const base = template(stack, X86, 't4g.micro');
  new ec2.CfnInstance(stack, 'I', { instanceType: 'm5.large', launchTemplate: templateData(base) });
  group(stack, base, { instanceType: new ec2.InstanceType('t4g.micro'), launchTemplate: new ec2.LaunchTemplate(stack, 'Own', { machineImage: ARM }) });
}))).toBeUndefined());

test.each<[string, AmiSelector, string]>([
  ['optimal', ARM, 'optimal is x86_64 and cannot boot'],
  ['default_x86_64', ARM, 'default_x86_64 is x86_64 and cannot boot'],
  ['default_arm64', X86, 'default_arm64 is arm64 and cannot boot'],
])('the families that Batch calls %s are known', (name, image, sentence) =>
  expect(refusal(made(stack => LAUNCHES['Batch with an image'](stack, name, image)))).toContain(sentence));

test.each<[string, (stack: Stack, instanceType: string) => void]>([
  ['Batch', (stack, instanceType) => LAUNCHES['Batch with an image'](stack, instanceType, ARM)],
  ['Elastic Beanstalk', (stack, instanceType) => LAUNCHES['an environment of Elastic Beanstalk with one type'](stack, instanceType, ARM)],
])('an instance type of %s that is a parameter is not checked', (_, launch) =>
  expect(refusal(made(stack => launch(stack, new CfnParameter(stack, 'Type').valueAsString)))).toBeUndefined());

test('a launch template does not say the instance types of Batch, which takes those of its own alone', () =>
  expect(refusal(made(stack => batchOf(stack, { launchTemplate: templateData(template(stack, X86, 't4g.micro')) })))).toBeUndefined());

test.each(['Batch with a launch template', 'a node group of PCS with a launch template'])('%s takes a parameter that is read at launch, as AWS says nothing else', name => {
  const image = AmiSelector.fromSsmParameter(AL2_PARAMETER, { updates: AmiUpdates.ON_LAUNCH });
  expect(refusal(made(stack => LAUNCHES[name](stack, 'm5.large', image)))).toBeUndefined();
});

test('a group whose overrides say the types takes a parameter that is read at launch', () => {
  const image = AmiSelector.fromSsmParameter(AL2_PARAMETER, { updates: AmiUpdates.ON_LAUNCH });
  expect(refusal(made(stack => group(stack, template(stack, image), { instanceType: new ec2.InstanceType('t3.micro') })))).toBeUndefined();
});

describe('what has an image of its own is not checked with that of others:', () => {
  test.each<[string, (stack: Stack) => void]>([
    ['an instance over a launch template', stack => new ec2.CfnInstance(stack, 'I', {
      instanceType: 'm5.large', imageId: imageId(stack, X86), launchTemplate: templateData(template(stack, ARM)),
    })],
    ['a node group of PCS over a launch template', stack =>
      pcsOf(stack, 'm5.large', { amiId: imageId(stack, X86) }, template(stack, ARM).launchTemplateId)],
    ['Batch over a launch template', stack =>
      batchOf(stack, { instanceTypes: ['m5.large'], imageId: imageId(stack, X86), launchTemplate: templateData(template(stack, ARM)) })],
    ['Batch with an image of its configuration over a launch template', stack => batchOf(stack, {
      instanceTypes: ['m5.large'],
      ec2Configuration: [{ imageType: 'ECS_AL2', imageIdOverride: imageId(stack, X86) }],
      launchTemplate: templateData(template(stack, ARM)),
    })],
    ['a fleet of a cluster of EMR', stack => emrOf(stack, {
      customAmiId: imageId(stack, X86),
      instances: {
        masterInstanceFleet: { targetOnDemandCapacity: 1, instanceTypeConfigs: [{ instanceType: 'm5.xlarge' }] },
        coreInstanceFleet: { targetOnDemandCapacity: 1, instanceTypeConfigs: [{ instanceType: 'm6g.xlarge', customAmiId: imageId(stack, ARM) }] },
      },
    })],
    ['an override of a group', stack => {
      group(stack, template(stack, X86), { instanceType: new ec2.InstanceType('t4g.micro') });
      (stack.node.findChild('Group').node.findChild('ASG') as CfnResource)
        .addPropertyOverride('MixedInstancesPolicy.LaunchTemplate.Overrides.0.ImageId', 'ami-0123456789abcdef0');
    }],
  ])('%s', (_, launch) => expect(refusal(made(launch))).toBeUndefined());
});

test('what the last aspect of an app changes counts', () => expect(refusal(made(stack => {
  const launchTemplate = template(stack, X86, 'm5.large').node.defaultChild as CfnResource;
  Aspects.of(launchTemplate).add({ visit: () => launchTemplate.addPropertyOverride('LaunchTemplateData.InstanceType', 'm6g.large') }, { priority: 2000 });
}))).toContain('m6g.large is arm64 and cannot boot'));

test('a comma at the end of the types of Elastic Beanstalk is no type', () => {
  const stack = made(scope => LAUNCHES['an environment of Elastic Beanstalk'](scope, 'm5.large,', X86));
  expect(warnings(stack).filter(each => `${each}`.includes('instanceTypeMisspelled'))).toEqual([]);
});

test('an attachment to an instance whose id is put together is left out', () => expect(refusal(made(stack => {
  LAUNCHES.CfnInstance(stack, 'm5.large', X86);
  new ec2.CfnEIP(stack, 'Ip', { instanceId: `i-${Aws.STACK_NAME}` });
}))).toBeUndefined());

test('the same logical id in another stack is another launch template', () => expect(refusal(made(stack => {
  template(stack, X86);
  const other = new Stack(stack.node.root, 'Other', { env: PARIS });
  const { launchTemplateId } = template(other, ARM);
  new ec2.CfnInstance(other, 'I', { instanceType: 'm6g.large', launchTemplate: { launchTemplateId, version: '1' } });
}))).toBeUndefined());

test.each([
  ['name', PARIS, 'others'],
  ['region', { ...PARIS, region: 'us-east-1' }, 'seats'],
  ['account', { ...PARIS, account: '210987654321' }, 'seats'],
])('a launch template by its name in another %s is another one', (_, env, launchTemplateName) => expect(refusal(made(stack => {
  new ec2.LaunchTemplate(stack, 'Template', { machineImage: X86, launchTemplateName: 'seats' });
  new ec2.CfnInstance(new Stack(stack.node.root, 'Other', { env }), 'I', { instanceType: 'm6g.large', launchTemplate: { launchTemplateName, version: '1' } });
}))).toBeUndefined());

test('a launch template takes no more resolutions among many than among few', () => {
  const resolutions = (launchTemplates: number) => {
    const stack = made(scope => Array.from({ length: launchTemplates }).forEach((_, i) => {
      const { launchTemplateId } = new ec2.LaunchTemplate(scope, `Template${i}`, { machineImage: X86, userData: ec2.UserData.forLinux() });
      new ec2.CfnInstance(scope, `Instance${i}`, { instanceType: 't3.micro', launchTemplate: { launchTemplateId, version: '1' } });
    }));
    const resolve = jest.spyOn(stack, 'resolve');
    expect(refusal(stack)).toBeUndefined();
    return resolve.mock.calls.length / launchTemplates;
  };
  expect(resolutions(20)).toBeLessThanOrEqual(resolutions(5));
});

test('Bottlerocket on ECS does not take the shell script of addCapacity', () => expect(refusal(made(stack => {
  new ecs.Cluster(stack, 'C', { vpc: vpcIn(stack) }).addCapacity('X', {
    instanceType: new ec2.InstanceType('t3.large'), machineImage: AmiSelector.latest(AmiFamily.BOTTLEROCKET_ECS_2), vpcSubnets: PUBLIC,
  });
}))).toContain('takes TOML settings (ec2.UserData.custom), not scripts, and its user data starts with "echo ECS_CLUSTER='));

test('what does not hold for all that a scope launches is said with its path', () => expect(refusal(made(stack => {
  const id = imageId(stack, X86);
  new ec2.CfnInstance(stack, 'Intel', { instanceType: 'm5.large', imageId: id });
  new ec2.CfnInstance(stack, 'Arm', { instanceType: 'm6g.large', imageId: id });
}))).toContain('[Stack] Stack/Arm: m6g.large is arm64'));

test('an operating system past its end of support is not told where another image is launched', () => expect(warnings(made(stack => {
  X86.getImage(stack);
  template(stack, ec2.MachineImage.latestAmazonLinux2023());
}))).toEqual([]));

test('what several scopes check is said once', () => {
  const said = refusal(made(stack => {
    const launch = LAUNCHES.CfnInstance;
    launch(stack, 'm6g.large', X86);
    X86.getImage(stack);
    const nested = new Construct(stack, 'Nested');
    new ec2.CfnInstance(nested, 'I', { instanceType: 'm6g.large', imageId: X86.getImage(nested).imageId });
  }));
  expect(said?.split('cannot boot')).toHaveLength(2);
  expect(said).toContain('[Stack] m6g.large is arm64');
});
