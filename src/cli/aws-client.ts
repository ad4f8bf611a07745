import {
  DescribeImageAttributeCommand, DescribeRegionsCommand, EC2Client, paginateDescribeImages, paginateDescribeInstanceTypes,
  type EC2ClientConfig, type Image as Ec2Image,
} from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { Aws, AwsOptions, Filters } from './aws';
import type { Image } from './image';
import { ask, cached, ending, signIn } from './session';

/**
 * AWS, with credentials, region and endpoint as all tools of AWS find them.
 *
 * @param settings of the clients, instead of what the environment says
 * @throws where there are no credentials or no region
 */
export async function connect(options: AwsOptions, settings?: EC2ClientConfig): Promise<Aws> {
  const { region: defaultRegion, options: optionsOf } = await signIn(options, settings);
  const ec2 = cached(where => new EC2Client(optionsOf(where)));
  const ssm = cached(where => new SSMClient(optionsOf(where)));

  return {
    region: defaultRegion,

    enabledRegions: () => ask('ec2:DescribeRegions', defaultRegion, async abortSignal => {
      const { Regions = [] } = await ec2(defaultRegion).send(new DescribeRegionsCommand({}), { abortSignal });
      return Regions.map(({ RegionName }) => RegionName!).sort();
    }),

    images: (where, { owners, filters, includeDeprecated }) => ask('ec2:DescribeImages', where, async abortSignal => {
      const request = { Owners: owners, Filters: filterList(filters), IncludeDeprecated: includeDeprecated, IncludeDisabled: includeDeprecated };
      const images: Image[] = [];
      const pages = paginateDescribeImages({ client: ec2(where), pageSize: 1000 }, request, { abortSignal });
      for await (const { Images } of ending(pages)) {
        // Of nothing, images would seem to be gone.
        if (Images === undefined) {
          throw new Error('the answer has no list of images; check what stands between this machine and AWS');
        }
        images.push(...Images.map(imageOf));
      }
      return images;
    }),

    parameter: (where, name) => ask('ssm:GetParameter', where, async abortSignal => {
      try {
        const { Parameter } = await ssm(where).send(new GetParameterCommand({ Name: name }), { abortSignal });
        return Parameter?.Value;
      } catch (error) {
        if ((error as Error).name === 'ParameterNotFound') {
          return undefined;
        }
        throw error;
      }
    }),

    launchPermissions: (where, imageId) => ask('ec2:DescribeImageAttribute', where, async abortSignal => {
      try {
        const request = new DescribeImageAttributeCommand({ ImageId: imageId, Attribute: 'launchPermission' });
        const { LaunchPermissions = [] } = await ec2(where).send(request, { abortSignal });
        return LaunchPermissions.map(({ Group, UserId, OrganizationArn, OrganizationalUnitArn }) => (
          Group ?? UserId ?? OrganizationArn ?? OrganizationalUnitArn ?? 'unknown'));
      } catch (error) {
        // "Not authorized for image:ami-…", which is no lack of a permission.
        if ((error as Error).name === 'AuthFailure') {
          return undefined;
        }
        throw error;
      }
    }),

    instanceTypes: (where, filters) => ask('ec2:DescribeInstanceTypes', where, async abortSignal => {
      const types: string[] = [];
      const pages = paginateDescribeInstanceTypes({ client: ec2(where), pageSize: 100 }, { Filters: filterList(filters) }, { abortSignal });
      for await (const page of ending(pages)) {
        types.push(...(page.InstanceTypes ?? []).map(({ InstanceType }) => InstanceType!));
      }
      return types;
    }),
  };
}

function filterList(filters: Filters) {
  return Object.entries(filters).map(([Name, Values]) => ({ Name, Values }));
}

function imageOf(image: Ec2Image): Image {
  return {
    imageId: image.ImageId!,
    name: image.Name ?? '',
    description: image.Description,
    owner: image.OwnerId!,
    ownerAlias: image.ImageOwnerAlias,
    creationDate: image.CreationDate ?? '',
    deprecationTime: image.DeprecationTime,
    architecture: image.Architecture ?? '',
    rootDevice: image.RootDeviceType ?? '',
    rootDeviceName: image.RootDeviceName,
    state: image.State ?? '',
    isPublic: image.Public === true,
    platform: image.PlatformDetails ?? image.Platform ?? 'Linux/UNIX',
    virtualization: image.VirtualizationType ?? '',
    bootMode: image.BootMode,
    enaSupport: image.EnaSupport === true,
    imdsSupport: image.ImdsSupport,
    tpmSupport: image.TpmSupport,
    blockDevices: (image.BlockDeviceMappings ?? []).map(({ DeviceName, VirtualName, Ebs }) => ({
      deviceName: DeviceName ?? '',
      virtualName: VirtualName,
      snapshotId: Ebs?.SnapshotId,
      size: Ebs?.VolumeSize,
      volumeType: Ebs?.VolumeType,
      encrypted: Ebs?.Encrypted,
    })),
  };
}
