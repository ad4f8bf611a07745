import { Command } from 'commander';
import { isAmiId } from '../../private/ec2/ami-id';
import { shown } from '../../private/lock-file/printable';
import type { Aws, AwsOptions, Filters } from '../aws';
import type { Host } from '../host';
import { Image, isDeprecated, ownerOf } from '../image';
import { awsOptions, regionOption } from '../options';
import { Cell, colors, table, valueTable } from '../output';
import { imagesById } from '../resolve';
import type { Result } from '../result';

export function showCommand(): Command {
  const command = new Command('show').argument('<image>', 'an id such as ami-01fde5e5b31e98551')
    .summary('show what an image is made of, and which instance types fit it')
    .description('Shows what an image is made of, who may launch it, and which instance types fit it.');
  return awsOptions(regionOption(command))
    .addHelpText('after', `
Example:
  $ cdk-ami show ami-01fde5e5b31e98551 --region eu-west-3`);
}

export async function show(imageId: string, options: AwsOptions, host: Host): Promise<Result> {
  if (!isAmiId(imageId)) {
    throw new Error(`${shown(imageId)} is not the id of an image; write "ami-" and 8 or 17 hex digits, such as ami-01fde5e5b31e98551.`);
  }
  const aws = await host.connect(options);
  const image = (await imagesById(aws, aws.region, [imageId])).get(imageId);
  if (image === undefined) {
    throw new Error(`There is no ${imageId} in ${aws.region}, or it is not shared with this account; an id belongs to one region, which --region names.`);
  }
  const [permissions, types] = await Promise.allSettled([permissionsOf(aws, image), aws.instanceTypes(aws.region, typeFilters(image))]);
  return {
    data: {
      ...image,
      launchPermissions: permissions.status === 'fulfilled' ? permissions.value : undefined,
      instanceTypes: types.status === 'fulfilled' ? types.value : undefined,
    },
    text: [
      valueTable(facts(image, host.now())),
      ...(image.blockDevices.length > 0 ? [deviceTable(image)] : []),
      valueTable({
        'launch permissions': permissions.status === 'fulfilled' ? inWords(permissions.value) : 'could not be read',
        'instance types': types.status === 'fulfilled' ? inFamilies(types.value) : 'could not be read',
      }),
    ].join('\n\n'),
    failures: [permissions, types].flatMap(each => each.status === 'rejected' ? [{ where: aws.region, error: each.reason }] : []),
  };
}

function facts(image: Image, now: Date): Record<string, Cell> {
  const deprecated = image.deprecationTime ?? 'no date is set';
  return {
    'id': image.imageId,
    'name': image.name,
    ...(image.description !== undefined && { description: image.description }),
    'owner': ownerOf(image),
    'created': image.creationDate,
    'deprecated': isDeprecated(image, now) ? colors.red(deprecated) : deprecated,
    'state': image.state,
    'platform': image.platform,
    'architecture': image.architecture,
    'boot mode': image.bootMode ?? `${bootModes(image).join()} (not set, so that of the architecture)`,
    'virtualization': image.virtualization,
    'root device': [image.rootDevice, image.rootDeviceName].filter(Boolean).join(', '),
    'ENA': image.enaSupport ? 'supported' : 'not supported',
    'IMDS': image.imdsSupport === 'v2.0' ? 'version 2 is required, unless the instance says otherwise' : 'version 1 or 2, as the instance says',
    ...(image.tpmSupport !== undefined && { TPM: image.tpmSupport }),
  };
}

function deviceTable({ blockDevices }: Image): string {
  const encryption = (encrypted?: boolean) => encrypted === undefined ? '-' : encrypted ? 'yes' : 'no';
  return table(['block device', 'snapshot', 'GiB', 'type', 'encrypted'], blockDevices.map(device => [
    device.deviceName, device.snapshotId ?? '-', device.size?.toString() ?? '-', device.volumeType ?? device.virtualName ?? '-', encryption(device.encrypted),
  ]));
}

/** Who may launch an image, beside its owner: undefined where only the owner may know. */
async function permissionsOf(aws: Aws, { imageId, isPublic }: Image): Promise<string[] | undefined> {
  return isPublic ? ['all'] : aws.launchPermissions(aws.region, imageId);
}

function inWords(permissions: string[] | undefined): string {
  if (permissions === undefined) {
    return 'only its owner can read them';
  }
  return permissions.includes('all') ? 'every account' : ['its owner', ...permissions].join(', ');
}

/** What EC2 boots an image with. */
function bootModes({ bootMode, architecture }: Image): string[] {
  if (bootMode === undefined) {
    return [architecture === 'arm64' ? 'uefi' : 'legacy-bios'];
  }
  return bootMode === 'uefi-preferred' ? ['uefi', 'legacy-bios'] : [bootMode];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html */
function typeFilters(image: Image): Filters {
  return {
    'processor-info.supported-architecture': [image.architecture],
    'supported-root-device-type': [image.rootDevice],
    'supported-virtualization-type': [image.virtualization],
    'supported-boot-mode': bootModes(image),
    ...(!image.enaSupport && { 'network-info.ena-support': ['unsupported', 'supported'] }),
    ...(image.tpmSupport !== undefined && { 'nitro-tpm-support': ['supported'] }),
  };
}

/** The families with the number of their sizes: `t3 (7)`. */
function inFamilies(types: string[]): string {
  const families = new Map<string, number>();
  for (const type of types) {
    const [family] = type.split('.');
    families.set(family, (families.get(family) ?? 0) + 1);
  }
  const list = [...families].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).map(([family, sizes]) => `${family} (${sizes})`);
  return list.length === 0 ? 'none in this region' : `${types.length}, in families: ${list.join(', ')}`;
}
