import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { cpuCredits } from './cpu-credits';
import { rootVolume } from './root-volume';
import { ImageFacts } from '../ami/image-facts';

export interface LaunchProps {
  readonly instanceType: ec2.InstanceType;
  /** Rendered once for all instances, and checked once. */
  readonly machineImage: ec2.IMachineImage;
  /** Undefined where the image is no AmiSelector. */
  readonly imageFacts?: ImageFacts;
  readonly creditSpecification?: ec2.CpuCredits;
  readonly rootVolumeSize?: Size;
}

/** What to launch: an image on an instance type, and the volume that it boots from. */
export interface LaunchSettings {
  readonly instanceType: ec2.InstanceType;
  readonly cpuCredits?: ec2.CpuCredits;
  readonly machineImage: ec2.IMachineImage;
  readonly imageFacts?: ImageFacts;
  /** Undefined where it is as the image has it. */
  readonly rootVolume?: ec2.CfnInstance.BlockDeviceMappingProperty;
}

export function launchSettings(scope: Construct, props: LaunchProps): LaunchSettings {
  const { instanceType, machineImage, imageFacts } = props;
  return {
    instanceType,
    machineImage,
    imageFacts,
    cpuCredits: cpuCredits(scope, instanceType.toString(), props.creditSpecification),
    rootVolume: rootVolume(scope, imageFacts, props.rootVolumeSize),
  };
}
