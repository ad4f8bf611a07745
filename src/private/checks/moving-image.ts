import { Annotations, CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ROOT_DEVICES } from './block-devices';
import { attachedTo, isPlainInstance, renderedProperties, visitLaunches } from './launched-resources';
import { ResolvedImage } from '../ami/resolved-image';

/** Warns where an image that can move by itself replaces an instance that is meant to keep data. */
export function warnOfMovingImage(scope: Construct, { imageId, replacedBy, rootDeviceName }: ResolvedImage): void {
  if (replacedBy === undefined) {
    return;
  }
  visitLaunches(scope, imageId, resource => {
    const keeps = resource.cfnResourceType === 'AWS::EC2::Instance' && whatKeepsData(resource, rootDeviceName);
    if (keeps) {
      Annotations.of(scope).addWarningV2('cdk-workshop-instance:imageMovesUnderData',
        `${resource.node.path} has ${keeps}, and ${replacedBy}.`);
    }
  });
}

/** What ec2.Volume.grantAttachVolumeByResourceTag leaves. */
const VOLUME_TAG = /^VolumeGrantAttach/;

/** What of an instance is lost, or cannot be had twice, when it is replaced. */
export function whatKeepsData(resource: CfnResource, rootDeviceName?: string): string | undefined {
  const attached = attachedTo(resource);
  if (attached.length === 0 && saysNothing(resource)) {
    return undefined;
  }
  const { BlockDeviceMappings = [], Volumes = [], DisableApiTermination, Tags = [] } = renderedProperties(resource);
  const isRoot = ({ DeviceName }: any) => rootDeviceName === undefined ? ROOT_DEVICES.includes(DeviceName) : DeviceName === rootDeviceName;
  if (Volumes.length > 0 || attached.includes('AWS::EC2::VolumeAttachment')
    || Tags.some(({ Key }: any) => VOLUME_TAG.test(Key)) || BlockDeviceMappings.some((each: any) => !isRoot(each))) {
    return 'more volumes than its root';
  }
  if (BlockDeviceMappings.some(({ Ebs }: any) => Ebs?.DeleteOnTermination === false)) {
    return 'a volume that is to outlive it';
  }
  if (attached.length > 0) {
    return 'an Elastic IP address';
  }
  return DisableApiTermination === true ? 'protection from termination' : undefined;
}

/** Most instances, of which there can be hundreds, and which need not be rendered. */
function saysNothing(resource: CfnResource): boolean {
  const { blockDeviceMappings, volumes, disableApiTermination, tags } = resource as any;
  return isPlainInstance(resource) && [blockDeviceMappings, volumes, disableApiTermination].every(value => value === undefined)
    && !Object.keys(tags.tagValues()).some(key => VOLUME_TAG.test(key));
}
