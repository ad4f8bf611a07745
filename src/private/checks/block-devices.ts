import { Finding, Launch } from './launched-resources';
import { ResolvedImage } from '../ami/resolved-image';
import { message } from '../language';

/** The devices that images boot from. */
export const ROOT_DEVICES = ['/dev/xvda', '/dev/sda1'];

/** How many GiB the snapshots of families have, where their publishers say so. */
const SNAPSHOTS: { families: RegExp; gibibytes: number }[] = [
  // https://github.com/aws/amazon-ecs-ami/blob/main/variables.pkr.hcl (block_device_size_gb)
  { families: /^ECS_OPTIMIZED_/, gibibytes: 30 },
  // https://docs.aws.amazon.com/ec2/latest/windows-ami-reference/windows-amis.html
  { families: /^WINDOWS_SERVER_/, gibibytes: 30 },
];

/** That what is said of the root volume is said of the device that the image boots from, and can be. */
export function rootVolumeAsMeant(launch: Launch, { call, family, rootDeviceName }: ResolvedImage): Finding[] {
  const devices: any[] = rootDeviceName !== undefined && Array.isArray(launch.blockDevices) ? launch.blockDevices : [];
  const root = devices.find(each => each?.DeviceName === rootDeviceName);
  const other = root ? undefined : devices.find(each => ROOT_DEVICES.includes(each?.DeviceName) && each.Ebs !== undefined);
  const { gibibytes = 0 } = SNAPSHOTS.find(({ families }) => families.test(family?.id ?? '')) ?? {};
  return [
    ...other === undefined ? [] : [{
      id: 'cdk-workshop-instance:blockDeviceBesideRoot',
      isWarning: true,
      message: message`${other.DeviceName} is not the device that ${call} boots from, so it is one more volume, and the root volume stays as the image has it, `
        + `perhaps small and not encrypted; write ${rootDeviceName}, or for a volume of data a name such as /dev/sdf.`,
    }],
    ...!(root?.Ebs?.VolumeSize < gibibytes) ? [] : [{
      id: 'cdk-workshop-instance:rootVolumeTooSmall',
      message: message`the root volume is given ${root.Ebs.VolumeSize} GiB, and EC2 takes no less than the snapshot of ${call} has, ${gibibytes} GiB; write that or more, or leave `
        + 'the size out.',
    }],
  ];
}
