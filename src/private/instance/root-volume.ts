import { Annotations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { RootDevice } from '../../ami-types';
import type { CommonWorkshopProps } from '../../workshop-props';
import { ResolvedImage } from '../ami/resolved-image';
import { code, message } from '../language';

/**
 * The volume that an instance boots from, encrypted. Undefined where it can only be as the image has it, and where the user says what it is.
 *
 * @throws where it cannot have the size, or the key
 */
export function rootVolume(
  scope: Construct, { rootVolumeSize, encryptionKey, blockDevices }: CommonWorkshopProps, image?: ResolvedImage,
): ec2.CfnInstance.BlockDeviceMappingProperty | undefined {
  const option = rootVolumeSize ? 'rootVolumeSize' : encryptionKey && 'encryptionKey';
  const fail = (problem: string) => { throw new Error(`${scope.node.path}: ${code(option!)} ${problem}.`); };

  if (image?.rootDevice === RootDevice.INSTANCE_STORE) {
    return option && fail(`is for EBS volumes, and the root device of this image is instance-store; leave ${code(option)} out, or choose an EBS image`);
  }
  if (image?.rootDeviceName === undefined) {
    const remedy = message`choose the image with an AmiSelector and say its rootDeviceName, such as "/dev/xvda" for Amazon Linux `
      + '(RootDeviceName in "aws ec2 describe-images")';
    if (option) {
      fail(`cannot be applied, as the device that the image boots from is not known; ${remedy}`);
    }
    Annotations.of(scope).addWarningV2('cdk-workshop-instance:rootVolumeAsInImage',
      `The root volume is as the image has it, perhaps not encrypted, as the device that the image boots from is not known; ${remedy}.`);
    return undefined;
  }
  const { rootDeviceName } = image;
  if (blockDevices?.some(({ deviceName }) => deviceName === rootDeviceName)) {
    return option && fail(message`is about the root volume, and blockDevices has it too, as ${rootDeviceName}; say all of it in blockDevices`);
  }
  // Not ec2.BlockDeviceVolume, which demands a size: EC2 takes that of the snapshot where none is given.
  return {
    deviceName: rootDeviceName,
    ebs: {
      encrypted: true,
      volumeType: ec2.EbsDeviceVolumeType.GP3,
      ...rootVolumeSize && { volumeSize: rootVolumeSize.toGibibytes() },
      ...encryptionKey && { kmsKeyId: encryptionKey.keyArn },
    },
  };
}
