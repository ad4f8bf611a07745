import { Annotations, CfnResource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { LaunchCheck } from './launched-resources';
import { AmiUpdates } from '../../ami-types';
import { ResolvedImage } from '../ami/resolved-image';

/** Warns where an image that moves by itself replaces an instance that is meant to keep data. */
export function movingImage(scope: Construct, image: ResolvedImage): LaunchCheck {
  return ({ resource, imageId }) => {
    const keeps = image.updates === AmiUpdates.ON_DEPLOY && imageId === image.imageId && whatKeepsData(resource);
    if (keeps) {
      // An aspect would do as well, and cost each construct below the scope.
      Annotations.of(scope).addWarningV2('cdk-workshop-instance:imageMovesUnderData',
        `Any deployment may replace this instance, as ${image.call} follows the newest image, but it has ${keeps}; hold the image still with `
        + 'updates: AmiUpdates.ON_REQUEST or AmiSelector.genericLinux.');
    }
    return [];
  };
}

function whatKeepsData(resource: CfnResource): string | undefined {
  if (resource.cfnResourceType !== 'AWS::EC2::Instance') {
    return undefined;
  }
  const { blockDeviceMappings, volumes, disableApiTermination, stack } = resource as ec2.CfnInstance;
  const mappings = Array.isArray(blockDeviceMappings) ? blockDeviceMappings : stack.resolve(blockDeviceMappings) ?? [];
  if (mappings.length > 1 || volumes !== undefined) {
    return 'more volumes than its root';
  }
  return disableApiTermination === true ? 'termination protection' : undefined;
}
