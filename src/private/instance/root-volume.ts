import { Annotations, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { RootDevice } from '../../ami-types';
import { ResolvedImage } from '../ami/resolved-image';

/**
 * The volume that an instance boots from, encrypted. Undefined where it can only be as the image has it.
 *
 * @throws where it cannot have the size
 */
export function rootVolume(scope: Construct, image?: ResolvedImage, size?: Size): ec2.CfnInstance.BlockDeviceMappingProperty | undefined {
  if (image?.rootDevice === RootDevice.INSTANCE_STORE) {
    if (size) {
      throw new Error(`${scope.node.path}: rootVolumeSize cannot size an instance-store root device, its size is that of the image; leave `
        + 'rootVolumeSize out, or choose an EBS image.');
    }
    return undefined;
  }
  if (image?.rootDeviceName === undefined) {
    const remedy = 'choose the image with an AmiSelector and say its rootDeviceName, such as "/dev/xvda" for Amazon Linux '
      + '(RootDeviceName in "aws ec2 describe-images")';
    if (size) {
      throw new Error(`${scope.node.path}: rootVolumeSize cannot be applied, as the device that the image boots from is not known; ${remedy}.`);
    }
    Annotations.of(scope).addWarningV2('cdk-workshop-instance:rootVolumeAsInImage',
      `The root volume is as the image has it, perhaps not encrypted, as the device that the image boots from is not known; ${remedy}.`);
    return undefined;
  }
  // Not ec2.BlockDeviceVolume, which demands a size: EC2 takes that of the snapshot where none is given.
  return { deviceName: image.rootDeviceName, ebs: { encrypted: true, volumeType: ec2.EbsDeviceVolumeType.GP3, volumeSize: size?.toGibibytes() } };
}
