import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { RootDevice } from '../root-device';

/** What is known of an image before it is found. */
export interface ImageFacts {
  readonly architecture: ec2.InstanceArchitecture;
  readonly rootDevice: RootDevice;
}

/** One way to find an image. */
export interface AmiSource {
  /** The call as the user wrote it, for messages. */
  readonly call: string;

  /**
   * The id of the image, or a token for it.
   *
   * What stands in the way is reported as a validation error of the scope, and a placeholder returned.
   */
  imageId(scope: Construct, image: ImageFacts): string;
}
