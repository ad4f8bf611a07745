import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { AmiFamily } from '../../ami-family';
import { RootDevice } from '../../ami-types';

/** What is known of an image. */
export interface ImageFacts {
  /** Undefined is x86_64. */
  readonly architecture?: ec2.InstanceArchitecture;
  readonly rootDevice: RootDevice;
  readonly rootDeviceName?: string;
  readonly family?: AmiFamily;
}
