import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AmiSource, ImageRequest } from './ami-source';
import { lookup } from './lookup';
import { missingImage } from './placeholder-image';
import { ssmParameter } from './ssm-parameter';
import { AmiFamily } from '../../ami-family';
import { AmiUpdates } from '../../ami-types';
import { partitionOf } from '../ec2/region';
import { message } from '../language';

/** The newest image of a family: the publisher's parameter where there is one, a search among the publisher's images otherwise. */
export function latest(family: AmiFamily, followed: boolean, updates?: AmiUpdates): AmiSource {
  const call = message`AmiSelector.latest(${family})`;
  if (!followed && updates !== undefined && updates !== AmiUpdates.ON_REQUEST) {
    throw new Error(`${call}: ${family.publisher} keeps no parameter for this family, so its images are searched and change ON_REQUEST only, not `
      + `${JSON.stringify(updates)}; leave updates out.`);
  }

  return {
    call,
    imageId(scope: Construct, image: ImageRequest): string {
      const { architecture, rootDevice } = image;
      if (followed) {
        return ssmParameter(family.parameterName(architecture, rootDevice)!, {}, call).imageId(scope, image);
      }
      const { region } = Stack.of(scope);
      const partition = Token.isUnresolved(region) ? 'aws' : partitionOf(region);
      const owners = family.owners(partition);
      if (owners.length === 0) {
        return missingImage(scope, `${call}: the account that ${family.publisher} publishes from in the partition ${partition} is not known; pin an image with `
          + message`AmiSelector.genericLinux, or search with AmiSelector.lookup and the owner that you trust.`);
      }
      return lookup({ name: family.imageName(architecture, rootDevice)!, owners }, call).imageId(scope, image);
    },
  };
}
