import {
  DescribeImageAttributeCommand, DescribeRegionsCommand, EC2Client, paginateDescribeImages, paginateDescribeInstanceTypes,
  type EC2ClientConfig, type Image as Ec2Image,
} from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { Aws, AwsError, AwsOptions, Filters } from './aws';
import { explained, explainedCredentials, NO_REGION } from './aws-errors';
import type { Image } from './image';

// Waits about half a minute in all where calls are throttled: each wait is about twice the last one.
const MAX_ATTEMPTS = 7;

// For a call with all of its attempts and pages: also an answer that never ends is none.
const LONGEST_MS = 45_000;
const MOST_PAGES = 100;

// The SDK writes to the terminal otherwise.
const logger = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * AWS, with credentials, region and endpoint as all tools of AWS find them.
 *
 * @param settings of the clients, instead of what the environment says
 * @throws where there are no credentials or no region
 */
export async function connect({ profile, region }: AwsOptions, settings: EC2ClientConfig = {}): Promise<Aws> {
  const common = {
    profile,
    logger,
    maxAttempts: process.env.AWS_MAX_ATTEMPTS ? undefined : MAX_ATTEMPTS,
    requestHandler: { connectionTimeout: 5_000 },
    ...settings,
  };
  const { config } = new EC2Client({
    ...common, region: region ?? settings.region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || undefined),
  });
  const defaultRegion = await config.region().catch(() => { throw NO_REGION; });
  const profileName = profile ?? process.env.AWS_PROFILE;
  await config.credentials().catch(error => { throw explainedCredentials(error, profileName); });

  // One source of credentials for all clients, so that a process or a sign-on that gives them is asked once.
  const options = (where: string) => ({ ...common, credentials: config.credentials, region: where });
  const ec2 = cached(where => new EC2Client(options(where)));
  const ssm = cached(where => new SSMClient(options(where)));

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

/** @param action as an IAM policy names it */
async function ask<T>(action: string, region: string, question: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(LONGEST_MS);
  const silence = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new AwsError(
    `AWS did not answer ${action} in ${LONGEST_MS / 1000} s; check the network and the proxy, and run the command again, or leave the region out.`, region))));
  try {
    return await Promise.race([question(signal), silence]);
  } catch (error) {
    throw error instanceof AwsError ? error : explained(error, { action, region });
  }
}

/** The pages of an answer, of which each leads to another one, and not to too many. */
async function* ending<T extends { NextToken?: string }>(pages: AsyncIterable<T>): AsyncGenerator<T> {
  const seen = new Set<string>();
  for await (const page of pages) {
    yield page;
    if (page.NextToken && (seen.has(page.NextToken) || seen.size === MOST_PAGES)) {
      throw new Error(`the answer has ${seen.has(page.NextToken) ? 'the same page twice' : `more than ${MOST_PAGES} pages`}; search for less`);
    }
    seen.add(page.NextToken ?? '');
  }
}

function cached<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return key => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
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
