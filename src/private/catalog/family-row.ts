import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { SoftwareFacts } from './software-facts';
import type { AmiFamilyFacts, AmiFamilyVariant } from '../../ami-family-props';
import type { RootDevice } from '../../ami-types';

/** The images of a family that share a root device. `{architecture}` in a name stands for the publisher's word for it. */
interface NamesOfImages {
  readonly rootDevice: RootDevice;
  /** The only one that these names are for. */
  readonly architecture?: ec2.InstanceArchitecture;
  readonly parameterName?: string;
  readonly imageName?: string;
}

/** A family of the catalog. */
export interface FamilyRow extends AmiFamilyFacts, SoftwareFacts {
  /** CPU architecture → the publisher's word for it in names. */
  readonly architectures: { [architecture: string]: string };
  readonly images: NamesOfImages[];
  /** The constant to move to. */
  readonly successor?: string;
  /**
   * On what the names rest. `data`: answers of AWS, which `npm run facts` compares. `publisher`: pages or sources of who
   * publishes the images, or of AWS. `others`: what public code of others reads, checked against neither.
   */
  readonly evidence: 'data' | 'publisher' | 'others';
  /** Where that can be read. */
  readonly source: string;
}

/** Every architecture and root device that there is, with its names. */
export function variantsOf({ images, architectures }: FamilyRow): AmiFamilyVariant[] {
  return images.flatMap(image => Object.entries(architectures)
    .filter(([architecture]) => image.architecture === undefined || image.architecture === architecture)
    .map(([architecture, word]) => ({
      architecture: architecture as ec2.InstanceArchitecture,
      rootDevice: image.rootDevice,
      parameterName: image.parameterName?.replaceAll('{architecture}', word),
      imageName: image.imageName?.replaceAll('{architecture}', word),
    })));
}
