import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { architectureOf } from './instance-type';
import { hasEnvironment } from './synth';
import { AmiSelector } from '../ami-selector';
import { AmiUpdates } from '../ami-updates';

export interface StartProps {
  readonly instanceType?: ec2.InstanceType;
  readonly machineImage?: ec2.IMachineImage;
  readonly hardened?: boolean;
}

/** What to start: the instance type, and the image for its architecture. */
export interface Start {
  readonly instanceType: ec2.InstanceType;
  readonly machineImage: ec2.IMachineImage;
  /** The image, where it is an AmiSelector. */
  readonly selector?: AmiSelector;
}

export function startOf(scope: Construct, props: StartProps): Start {
  const instanceType = props.instanceType ?? new ec2.InstanceType('t3.micro');
  const architecture = architectureOf(instanceType.toString()) === ec2.InstanceArchitecture.ARM_64
    ? ec2.InstanceArchitecture.ARM_64
    : ec2.InstanceArchitecture.X86_64;
  const image = props.machineImage ?? defaultImage(scope, props.hardened);
  const selector = AmiSelector._isAmiSelector(image) ? image._following(architecture) : undefined;
  return { instanceType, machineImage: selector ?? image, selector };
}

function defaultImage(scope: Construct, held = false): AmiSelector {
  // The catalog costs nothing until it is used.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { AmiFamily } = require('../ami-family') as typeof import('../ami-family');
  return AmiSelector.latest(AmiFamily.AMAZON_LINUX_2023, { updates: held && hasEnvironment(Stack.of(scope)) ? AmiUpdates.ON_REQUEST : undefined });
}
