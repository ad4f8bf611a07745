import { Annotations, Aspects, CfnResource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';

/** Warns where an image that moves by itself replaces an instance that is meant to keep data. */
export function warnOfMovingImage(scope: Construct, imageId: string, call: string): void {
  Aspects.of(scope).add({
    visit(node: IConstruct) {
      const keeps = CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::EC2::Instance'
        && (node as ec2.CfnInstance).imageId === imageId && whatKeepsData(node as ec2.CfnInstance);
      if (keeps) {
        Annotations.of(scope).addWarningV2('cdk-workshop-instance:imageMovesUnderData',
          `Any deployment may replace this instance, as ${call} follows the newest image, but it has ${keeps}; hold the image still with `
          + 'updates: AmiUpdates.ON_REQUEST or AmiSelector.genericLinux.');
      }
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
