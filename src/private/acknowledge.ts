import * as cdk from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** A finding that stands, and why. */
interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
}

/**
 * Acknowledges findings of CDK's own template validation and of plugins such as cdk-nag, in a scope and all that is in it.
 *
 * `Validations` came after the lowest aws-cdk-lib that this package takes; before it nothing reads acknowledgements.
 */
export function acknowledge(scope: IConstruct, ...findings: Acknowledgement[]): void {
  (cdk as any).Validations?.of(scope).acknowledge(...findings);
}

/** Acknowledges a finding of checkov, which reads templates only. */
export function acknowledgeForCheckov(resource: CfnResource, { id, reason }: Acknowledgement): void {
  acknowledge(resource, { id: `checkov::${id}`, reason });
  resource.addMetadata('checkov', { skip: [{ id, comment: reason }] });
}
