import { Annotations, CfnResource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Warns where an image that moves by itself replaces an instance that is meant to keep data. */
export function warnOfMovingImage(scope: Construct, imageId: string, call: string): void {
  // An aspect would do as well, and cost each construct below the scope.
  scope.node.addValidation({
    validate() {
      const instances = scope.node.findAll().filter(node => CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::EC2::Instance');
      for (const instance of instances as ec2.CfnInstance[]) {
        const keeps = instance.imageId === imageId && whatKeepsData(instance);
        if (keeps) {
          Annotations.of(scope).addWarningV2('cdk-workshop-instance:imageMovesUnderData',
            `Any deployment may replace this instance, as ${call} follows the newest image, but it has ${keeps}; hold the image still with `
            + 'updates: AmiUpdates.ON_REQUEST or AmiSelector.genericLinux.');
        }
      }
      return [];
    },
  });
}

function whatKeepsData(instance: ec2.CfnInstance): string | undefined {
  const mappings = instance.stack.resolve(instance.blockDeviceMappings) ?? [];
  if (mappings.length > 1 || instance.volumes !== undefined) {
    return 'more volumes than its root';
  }
  return instance.disableApiTermination === true ? 'termination protection' : undefined;
}
