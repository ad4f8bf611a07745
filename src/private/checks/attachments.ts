import { CfnResource, Reference, Token, Tokenization } from 'aws-cdk-lib';
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

/** The construct that a value refers to. */
function targetOf(value: unknown): IConstruct | undefined {
  const token = Token.isUnresolved(value) ? Tokenization.reverse(value, { failConcat: false }) : undefined;
  return Reference.isReference(token) ? token.target : undefined;
}
