import { CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';

/** What is attached to an instance, and the property that says the instance. */
const ATTACHMENTS: Record<string, string> = {
  'AWS::EC2::VolumeAttachment': 'instanceId',
  'AWS::EC2::EIPAssociation': 'instanceId',
  'AWS::EC2::EIP': 'instanceId',
};

/** Instance → the types of the resources that are attached to it. */
export function attachmentsIn(scope: IConstruct): Map<IConstruct, string[]> {
  const attachments = new Map<IConstruct, string[]>();
  for (const resource of scope.node.findAll().filter(CfnResource.isCfnResource)) {
    const instance = targetOf((resource as any)[ATTACHMENTS[resource.cfnResourceType]]);
    if (instance !== undefined) {
      attachments.set(instance, [...attachments.get(instance) ?? [], resource.cfnResourceType]);
    }
  }
  return attachments;
}

/** Instance → its Elastic IP address, where both are in this stack. */
export function elasticIps(stack: Stack): Map<IConstruct, string> {
  const { CFN_RESOURCE_TYPE_NAME: EIP } = ec2.CfnEIP;
  const { CFN_RESOURCE_TYPE_NAME: ASSOCIATION } = ec2.CfnEIPAssociation;
  const resources = stack.node.findAll().filter(CfnResource.isCfnResource)
    .filter(resource => resource.stack === stack && [EIP, ASSOCIATION].includes(resource.cfnResourceType));
  return new Map(resources.flatMap(resource => {
    const { cfnResourceType, instanceId, allocationId, eip } = resource as any;
    const address = cfnResourceType === EIP ? resource.ref : eip ?? (targetOf(allocationId) as CfnResource | undefined)?.ref;
    const instance = address && targetOf(instanceId);
    return instance ? [[instance, address] as const] : [];
  }));
}

/** The construct that a value refers to. */
export function targetOf(value: unknown): IConstruct | undefined {
  const token = Token.isUnresolved(value) ? Tokenization.reverse(value, { failConcat: false }) : undefined;
  return Reference.isReference(token) ? token.target : undefined;
}
