import {
  CloudFormationClient, DeleteStackCommand, DescribeStacksCommand, paginateListStackResources, paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateReplaceRootVolumeTaskCommand, DescribeAddressesCommand, DescribeAvailabilityZonesCommand, DescribeImagesCommand,
  DescribeInstanceCreditSpecificationsCommand, DescribeKeyPairsCommand, DescribeReplaceRootVolumeTasksCommand, DescribeSubnetsCommand, EC2Client,
  ModifyInstanceAttributeCommand, paginateDescribeInstances, paginateDescribeInstanceTypeOfferings, paginateDescribeInstanceTypes,
  paginateDescribeVolumes, paginateDescribeVpcs, StartInstancesCommand, StopInstancesCommand, type EC2ClientConfig, type Image, type Instance,
  type Tag,
} from '@aws-sdk/client-ec2';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { paginateGetProducts, PricingClient } from '@aws-sdk/client-pricing';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { DeleteParameterCommand, DescribeParametersCommand, GetParameterCommand, paginateDescribeParameters, SSMClient } from '@aws-sdk/client-ssm';
import { priceListFor } from './prices';
import type { ListedPrice, WorkshopAws, WorkshopImage, WorkshopMachine, WorkshopVolume } from './workshop-aws';
import { partitionOf } from '../../private/ec2/region';
import { AwsError, type AwsOptions } from '../aws';
import { ask as askIn, ending, signIn } from '../session';

/** EC2 takes as many values of a filter, Systems Manager fewer. */
const VALUES_AT_A_TIME = 200;
const PARAMETERS_AT_A_TIME = 50;

/**
 * AWS in one region, with credentials and endpoint as all tools of AWS find them.
 *
 * @throws where there are no credentials or no region
 */
export async function connectWorkshop(options: AwsOptions, settings?: EC2ClientConfig): Promise<WorkshopAws> {
  const { region, options: optionsOf } = await signIn(options, settings);
  const config = optionsOf(region);
  const cloudFormation = new CloudFormationClient(config);
  const ec2 = new EC2Client(config);
  const ssm = new SSMClient(config);
  const logs = new CloudWatchLogsClient(config);
  const quotas = new ServiceQuotasClient(config);
  const iam = new IAMClient(config);
  const priceList = priceListFor(region);
  const pricing = priceList === undefined ? undefined : new PricingClient(optionsOf(priceList));
  const ask = <T>(action: string, question: (abortSignal: AbortSignal) => Promise<T>) => askIn(action, region, question);

  return {
    region,

    stack: nameOrId => ask('cloudformation:DescribeStacks', async abortSignal => {
      try {
        const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: nameOrId }), { abortSignal });
        return stack && {
          id: stack.StackId!,
          status: stack.StackStatus!,
          outputs: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue ?? ''])),
        };
      } catch (error) {
        if (/does not exist/.test((error as Error).message)) {
          return undefined;
        }
        throw error;
      }
    }),

    deletedStacks: name => ask('cloudformation:ListStacks', async abortSignal => {
      const found = [];
      const pages = paginateListStacks({ client: cloudFormation }, { StackStatusFilter: ['DELETE_COMPLETE'] }, { abortSignal });
      for await (const { StackSummaries = [] } of ending(pages)) {
        found.push(...StackSummaries.filter(({ StackName }) => StackName === name));
      }
      return found.sort((a, b) => Number(b.DeletionTime) - Number(a.DeletionTime)).map(({ StackId }) => StackId!);
    }),

    resources: stackId => ask('cloudformation:ListStackResources', async abortSignal => {
      const found = [];
      const pages = paginateListStackResources({ client: cloudFormation }, { StackName: stackId }, { abortSignal });
      for await (const { StackResourceSummaries = [] } of ending(pages)) {
        found.push(...StackResourceSummaries.map(({ LogicalResourceId, PhysicalResourceId, ResourceType, ResourceStatus, ResourceStatusReason }) => ({
          logicalId: LogicalResourceId!, physicalId: PhysicalResourceId ?? '', type: ResourceType!, status: ResourceStatus!, reason: ResourceStatusReason,
        })));
      }
      return found;
    }),

    deleteStack: stackId => ask('cloudformation:DeleteStack', async abortSignal => {
      await cloudFormation.send(new DeleteStackCommand({ StackName: stackId }), { abortSignal });
    }),

    instances: filters => ask('ec2:DescribeInstances', async abortSignal => {
      const machines: WorkshopMachine[] = [];
      const requests = parts(filters).map(Filters => paginateDescribeInstances({ client: ec2 }, { Filters }, { abortSignal }));
      for (const pages of requests) {
        for await (const { Reservations = [] } of ending(pages)) {
          machines.push(...Reservations.flatMap(({ Instances = [] }) => Instances.map(machineOf)));
        }
      }
      return machines;
    }),

    start: instanceId => ask('ec2:StartInstances', async abortSignal => {
      await ec2.send(new StartInstancesCommand({ InstanceIds: [instanceId] }), { abortSignal });
    }),

    stop: instanceId => ask('ec2:StopInstances', async abortSignal => {
      await ec2.send(new StopInstancesCommand({ InstanceIds: [instanceId] }), { abortSignal });
    }),

    liftProtection: instanceId => ask('ec2:ModifyInstanceAttribute', async abortSignal => {
      await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: instanceId, DisableApiTermination: { Value: false } }), { abortSignal });
    }),

    replaceRootVolume: instanceId => ask('ec2:CreateReplaceRootVolumeTask', async abortSignal => {
      const request = new CreateReplaceRootVolumeTaskCommand({ InstanceId: instanceId, DeleteReplacedRootVolume: true });
      const { ReplaceRootVolumeTask } = await ec2.send(request, { abortSignal });
      return ReplaceRootVolumeTask!.ReplaceRootVolumeTaskId!;
    }),

    replacement: taskId => ask('ec2:DescribeReplaceRootVolumeTasks', async abortSignal => {
      const request = new DescribeReplaceRootVolumeTasksCommand({ ReplaceRootVolumeTaskIds: [taskId] });
      const { ReplaceRootVolumeTasks: [task] = [] } = await ec2.send(request, { abortSignal });
      return task?.TaskState ?? 'unknown';
    }),

    volumes: ids => ask('ec2:DescribeVolumes', async abortSignal => {
      const found: WorkshopVolume[] = [];
      for (const Filters of parts({ 'volume-id': ids })) {
        for await (const { Volumes = [] } of ending(paginateDescribeVolumes({ client: ec2 }, { Filters }, { abortSignal }))) {
          found.push(...Volumes.filter(({ State }) => !/^delet/.test(State ?? '')).map(({ VolumeId, VolumeType, Size }) => (
            { volumeId: VolumeId!, type: VolumeType!, size: Size ?? 0 })));
        }
      }
      return found;
    }),

    elasticAddresses: ips => ask('ec2:DescribeAddresses', async abortSignal => {
      const answers = await Promise.all(parts({ 'public-ip': ips }).map(Filters => ec2.send(new DescribeAddressesCommand({ Filters }), { abortSignal })));
      return answers.flatMap(({ Addresses = [] }) => Addresses.map(({ AllocationId, InstanceId }) => (
        { allocationId: AllocationId!, instanceId: InstanceId || undefined })));
    }),

    keyPairs: names => ask('ec2:DescribeKeyPairs', async abortSignal => {
      const answers = await Promise.all(parts({ 'key-name': names }).map(Filters => ec2.send(new DescribeKeyPairsCommand({ Filters }), { abortSignal })));
      return new Map(answers.flatMap(({ KeyPairs = [] }) => KeyPairs.map(({ KeyName, KeyPairId }) => [KeyName!, KeyPairId!])));
    }),

    logGroup: name => ask('logs:DescribeLogGroups', async abortSignal => {
      const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }), { abortSignal });
      return logGroups.some(({ logGroupName }) => logGroupName === name);
    }),

    parameters: names => ask('ssm:DescribeParameters', async abortSignal => {
      const found: string[] = [];
      for (let first = 0; first < names.length; first += PARAMETERS_AT_A_TIME) {
        const ParameterFilters = [{ Key: 'Name', Option: 'Equals', Values: names.slice(first, first + PARAMETERS_AT_A_TIME) }];
        const request = new DescribeParametersCommand({ ParameterFilters, MaxResults: PARAMETERS_AT_A_TIME });
        const { Parameters = [] } = await ssm.send(request, { abortSignal });
        found.push(...Parameters.map(({ Name }) => Name!));
      }
      return found;
    }),

    parametersUnder: path => ask('ssm:DescribeParameters', async abortSignal => {
      const found: string[] = [];
      const request = { ParameterFilters: [{ Key: 'Path', Option: 'Recursive', Values: [path] }] };
      for await (const { Parameters = [] } of ending(paginateDescribeParameters({ client: ssm }, request, { abortSignal }))) {
        found.push(...Parameters.map(({ Name }) => Name!));
      }
      return found;
    }),

    deleteParameter: name => ask('ssm:DeleteParameter', async abortSignal => {
      await ssm.send(new DeleteParameterCommand({ Name: name }), { abortSignal });
    }),

    parameter: name => ask('ssm:GetParameter', async abortSignal => {
      try {
        const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }), { abortSignal });
        return Parameter?.Value;
      } catch (error) {
        if ((error as Error).name === 'ParameterNotFound') {
          return undefined;
        }
        throw error;
      }
    }),

    images: ids => ask('ec2:DescribeImages', async abortSignal => {
      const answers = await Promise.all(parts({ 'image-id': ids }).map(Filters => (
        ec2.send(new DescribeImagesCommand({ Filters, IncludeDeprecated: true }), { abortSignal }))));
      return answers.flatMap(({ Images = [] }) => Images.map(imageOf));
    }),

    vcpus: types => ask('ec2:DescribeInstanceTypes', async abortSignal => {
      const found = new Map<string, number>();
      for (const Filters of parts({ 'instance-type': types })) {
        for await (const { InstanceTypes = [] } of ending(paginateDescribeInstanceTypes({ client: ec2 }, { Filters }, { abortSignal }))) {
          InstanceTypes.forEach(({ InstanceType, VCpuInfo }) => found.set(InstanceType!, VCpuInfo?.DefaultVCpus ?? 0));
        }
      }
      return found;
    }),

    zones: () => ask('ec2:DescribeAvailabilityZones', async abortSignal => {
      const { AvailabilityZones = [] } = await ec2.send(new DescribeAvailabilityZonesCommand({}), { abortSignal });
      return AvailabilityZones.map(({ ZoneName }) => ZoneName!).sort();
    }),

    zonesOffering: type => ask('ec2:DescribeInstanceTypeOfferings', async abortSignal => {
      const found: string[] = [];
      const request = { LocationType: 'availability-zone' as const, Filters: [{ Name: 'instance-type', Values: [type] }] };
      for await (const { InstanceTypeOfferings = [] } of ending(paginateDescribeInstanceTypeOfferings({ client: ec2 }, request, { abortSignal }))) {
        found.push(...InstanceTypeOfferings.map(({ Location }) => Location!));
      }
      return found.sort();
    }),

    quota: (service, code) => ask('servicequotas:GetServiceQuota', async abortSignal => {
      const { Quota } = await quotas.send(new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code }), { abortSignal });
      return Quota?.Value;
    }),

    vpcs: () => ask('ec2:DescribeVpcs', async abortSignal => {
      const found = [];
      for await (const { Vpcs = [] } of ending(paginateDescribeVpcs({ client: ec2 }, {}, { abortSignal }))) {
        found.push(...Vpcs.map(({ Tags }) => tagsOf(Tags)));
      }
      return found;
    }),

    addresses: () => ask('ec2:DescribeAddresses', async abortSignal => {
      const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({}), { abortSignal });
      return Addresses.map(({ Tags }) => tagsOf(Tags));
    }),

    // Its name is not known to the letter: AWS writes that of EC2 Instance Connect in two ways.
    hasServiceLinkedRole: service => ask('iam:ListRoles', async abortSignal => {
      const { Roles = [] } = await iam.send(new ListRolesCommand({ PathPrefix: `/aws-service-role/${service}/` }), { abortSignal });
      return Roles.length > 0;
    }),

    unlimited: async ids => ids.length === 0 ? [] : ask('ec2:DescribeInstanceCreditSpecifications', async abortSignal => {
      const request = new DescribeInstanceCreditSpecificationsCommand({ InstanceIds: ids });
      const { InstanceCreditSpecifications = [] } = await ec2.send(request, { abortSignal });
      return InstanceCreditSpecifications.filter(({ CpuCredits }) => CpuCredits === 'unlimited').map(({ InstanceId }) => InstanceId!);
    }),

    publicSubnets: ids => ask('ec2:DescribeSubnets', async abortSignal => {
      const answers = await Promise.all(parts({ 'subnet-id': ids }).map(Filters => ec2.send(new DescribeSubnetsCommand({ Filters }), { abortSignal })));
      return answers.flatMap(({ Subnets = [] }) => Subnets.filter(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch).map(({ SubnetId }) => SubnetId!));
    }),

    prices: (ServiceCode, attributes) => askIn('pricing:GetProducts', priceListFor(region) ?? region, async abortSignal => {
      if (pricing === undefined) {
        throw new AwsError(`Nobody answers for the prices of the partition ${partitionOf(region)}; look them up on the pages of AWS for it.`, region);
      }
      const found: ListedPrice[] = [];
      const Filters = Object.entries(attributes).map(([Field, Value]) => ({ Type: 'TERM_MATCH' as const, Field, Value }));
      for await (const { PriceList = [] } of ending(paginateGetProducts({ client: pricing }, { ServiceCode, Filters }, { abortSignal }))) {
        found.push(...PriceList.flatMap((text: unknown) => listedPrices(JSON.parse(String(text)))));
      }
      return found;
    }),
  };
}

/** Filters of EC2, for several calls where one of them has too many values; none for one without values, which EC2 refuses. */
function parts(filters: Record<string, string[]>): { Name: string; Values: string[] }[][] {
  return Object.entries(filters).reduce<{ Name: string; Values: string[] }[][]>((all, [Name, values]) => {
    const slices = Array.from({ length: Math.ceil(values.length / VALUES_AT_A_TIME) }, (_, i) => (
      values.slice(i * VALUES_AT_A_TIME, (i + 1) * VALUES_AT_A_TIME)));
    return all.flatMap(each => slices.map(Values => [...each, { Name, Values }]));
  }, [[]]);
}

/** https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-files.html */
interface PriceListItem {
  readonly product: { readonly attributes: { readonly usagetype: string } };
  readonly terms: { readonly OnDemand?: Record<string, Term> };
  readonly publicationDate: string;
}

interface Term {
  readonly priceDimensions: Record<string, { readonly pricePerUnit: Record<string, string> }>;
}

function listedPrices({ product, terms, publicationDate }: PriceListItem): ListedPrice[] {
  return Object.values(terms.OnDemand ?? {}).flatMap(({ priceDimensions }) => Object.values(priceDimensions)).flatMap(({ pricePerUnit }) => (
    Object.entries(pricePerUnit).map(([currency, amount]) => (
      { usageType: product.attributes.usagetype, amount: Number(amount), currency, published: publicationDate }))));
}

function imageOf(image: Image): WorkshopImage {
  return {
    imageId: image.ImageId!,
    usageOperation: image.UsageOperation,
    platform: image.PlatformDetails,
    volumes: (image.BlockDeviceMappings ?? []).flatMap(({ DeviceName, Ebs }) => Ebs === undefined ? []
      : { deviceName: DeviceName!, type: Ebs.VolumeType!, size: Ebs.VolumeSize }),
  };
}

function tagsOf(tags: Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key!, Value ?? '']));
}

function machineOf(instance: Instance): WorkshopMachine {
  return {
    instanceId: instance.InstanceId!,
    instanceType: instance.InstanceType ?? '',
    state: instance.State?.Name ?? '',
    publicAddress: instance.PublicIpAddress || undefined,
    privateAddress: instance.PrivateIpAddress || undefined,
    rootDevice: instance.RootDeviceType ?? '',
    volumes: (instance.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.VolumeId ?? []),
    tags: tagsOf(instance.Tags),
    subnetId: instance.SubnetId,
    tenancy: instance.Placement?.Tenancy ?? 'default',
    usageOperation: instance.UsageOperation,
    platform: instance.PlatformDetails,
  };
}
