import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { RootDevice } from '../../ami-types';

/** The image that is wanted. */
export interface ImageRequest {
  readonly architecture: ec2.InstanceArchitecture;
  readonly rootDevice: RootDevice;
  /** Tells the entry of this selector in cdk.context.json from those of others. */
  readonly cacheKey: string;
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
  imageId(scope: Construct, image: ImageRequest): string;

  /** What to choose where an instance type is of another architecture, for messages. The option `architecture` where left out. */
  otherImage?(architecture: string): string;
}
