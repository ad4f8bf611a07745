import { Annotations, CfnResource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { checkLaunches } from './launched-resources';

/** Warns where an image that moves by itself replaces an instance that is meant to keep data. */
export function warnOfMovingImage(scope: Construct, imageId: string, call: string): void {
  // An aspect would do as well, and cost each construct below the scope.
  checkLaunches(scope, launch => {
    const keeps = launch.imageId === imageId && whatKeepsData(launch.resource);
    if (keeps) {
      Annotations.of(scope).addWarningV2('cdk-workshop-instance:imageMovesUnderData',
        `Any deployment may replace this instance, as ${call} follows the newest image, but it has ${keeps}; hold the image still with `
        + 'updates: AmiUpdates.ON_REQUEST or AmiSelector.genericLinux.');
    }
    return [];
  });
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
