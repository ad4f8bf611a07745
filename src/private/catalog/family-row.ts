import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { SoftwareFacts } from './software-facts';
import type { AmiFamilyFacts, AmiFamilyVariant } from '../../ami-family-props';
import { RootDevice } from '../../ami-types';

/** `{architecture}` stands for the publisher's word for it, and `{arm64/}` for a folder that the arm64 image alone has. */
interface NamesOfImages {
  readonly parameterName?: string;
  readonly imageName?: string;
}

/** A family of the catalog, with the names of its EBS images. */
export interface FamilyRow extends AmiFamilyFacts, SoftwareFacts, NamesOfImages {
  /** CPU architecture → the publisher's word for it in names. */
  readonly architectures: { [architecture: string]: string };
  readonly instanceStore?: NamesOfImages;
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
export function variantsOf({ architectures, instanceStore, ...ebs }: FamilyRow): AmiFamilyVariant[] {
  const images: [RootDevice, NamesOfImages?][] = [[RootDevice.EBS, ebs], [RootDevice.INSTANCE_STORE, instanceStore]];
  return images.flatMap(([rootDevice, { parameterName, imageName } = {}]) => parameterName === undefined && imageName === undefined ? []
    : Object.entries(architectures).map(([architecture, word]) => {
      const named = (text?: string) => text?.replace('{architecture}', word).replace('{arm64/}', architecture === 'arm64' ? 'arm64/' : '');
      return { architecture: architecture as ec2.InstanceArchitecture, rootDevice, parameterName: named(parameterName), imageName: named(imageName) };
    }));
}
