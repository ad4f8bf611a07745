import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { AmiFamily } from '../../ami-family';
import { AmiUpdates, RootDevice, UserDataFormat } from '../../ami-types';

/** The image of a selector in a scope, for as many instances as there are below it. */
export interface ResolvedImage extends ec2.IMachineImage {
  /** The call as the user wrote it, for messages. */
  readonly call: string;
  readonly imageId: string;
  readonly architecture: ec2.InstanceArchitecture;
  /** As the EC2 API says it, of images and of instance types. */
  readonly ec2Architecture: string;
  readonly architectureIsAssumed: boolean;
  /** The sentence, where the name of the image says something else than the options. */
  readonly contradiction?: string;
  readonly rootDevice: RootDevice;
  readonly rootDeviceName?: string;
  readonly family?: AmiFamily;
  /** The warning, where its operating system is past its end of support. */
  readonly endOfSupport?: string;
  readonly updates?: AmiUpdates;
  /** What replaces the instance although its app is the same, and how to keep it, for messages. */
  readonly replacedBy?: string;
  readonly osType: ec2.OperatingSystemType;
  readonly userDataFormat: UserDataFormat;
  /** That of the user, or a new one for each instance. */
  userData(): ec2.UserData;
  /** What to choose where an instance type is of another architecture, for messages: the option `architecture` where undefined, nothing where empty. */
  otherImage?(architecture: string): string | undefined;
}
