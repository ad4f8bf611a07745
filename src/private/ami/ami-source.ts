import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { AmiUpdates, RootDevice } from '../../ami-types';

/** The image that is wanted. */
export interface ImageRequest {
  readonly architecture: ec2.InstanceArchitecture;
  /** As the EC2 API says it. */
  readonly ec2Architecture: string;
  readonly rootDevice: RootDevice;
  readonly updates?: AmiUpdates;
  /** Tells the entry in cdk.context.json from others of the same image. */
  readonly cacheKey?: string;
}

/** One way to find an image. */
export interface AmiSource {
  /** The call as the user wrote it, for messages. */
  readonly call: string;

  /** What replaces an instance although its app is the same, and how to keep it, for messages; left out where `updates` says it. */
  readonly replacedBy?: string;

  /**
   * The id of the image, or a token for it.
   *
   * What stands in the way is reported as a validation error of the scope, and a placeholder returned.
   */
  imageId(scope: Construct, image: ImageRequest): string;

  /** What to choose where an instance type is of another architecture, for messages. The option `architecture` where left out. */
  otherImage?(architecture: string): string;
}
