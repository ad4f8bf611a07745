import { Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { cpuCredits } from './cpu-credits';
import { rootVolume } from './root-volume';
import { AmiSelector } from '../../ami-selector';
import { AmiUpdates } from '../../ami-updates';
import { hasEnvironment } from '../ami/placeholder-image';
import { architectureOf } from '../ec2/instance-type';

export interface StartProps {
  readonly instanceType?: ec2.InstanceType;
  readonly machineImage?: ec2.IMachineImage;
  readonly creditSpecification?: ec2.CpuCredits;
  readonly rootVolumeSize?: Size;
  readonly hardened?: boolean;
}

/** What to start: the instance type, the image for its architecture, and the volume that it boots from. */
export interface Start {
  readonly instanceType: ec2.InstanceType;
  readonly cpuCredits?: ec2.CpuCredits;
  /** Rendered once for all instances, and checked once. */
  readonly machineImage: ec2.IMachineImage;
  /** The image, where it is an AmiSelector. */
  readonly selector?: AmiSelector;
  /** Undefined where it is as the image has it. */
  readonly rootVolume?: ec2.CfnInstance.BlockDeviceMappingProperty;
}

export function startOf(scope: Construct, props: StartProps): Start {
  const instanceType = props.instanceType ?? new ec2.InstanceType('t3.micro');
  const architecture = architectureOf(instanceType.toString()) === ec2.InstanceArchitecture.ARM_64
    ? ec2.InstanceArchitecture.ARM_64
    : ec2.InstanceArchitecture.X86_64;
  const image = props.machineImage ?? defaultImage(scope, props.hardened);
  const selector = AmiSelector._isAmiSelector(image) ? image._following(architecture) : undefined;
  return {
    instanceType,
    cpuCredits: cpuCredits(scope, instanceType.toString(), props.creditSpecification),
    machineImage: selector?._sharedIn(scope) ?? image,
    selector,
    rootVolume: rootVolume(scope, selector, props.rootVolumeSize),
  };
}

function defaultImage(scope: Construct, held = false): AmiSelector {
  // The catalog costs nothing until it is used.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { AmiFamily } = require('../../ami-family') as typeof import('../../ami-family');
  return AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023, { updates: held && hasEnvironment(Stack.of(scope)) ? AmiUpdates.ON_REQUEST : undefined });
}
