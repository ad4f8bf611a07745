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

// checkov and cfn-lint read nothing but the template, so what is acknowledged for them stands there too.

/** https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html */
export function acknowledgeForCheckov(resource: CfnResource, { id, reason }: Acknowledgement): void {
  acknowledge(resource, { id: `checkov::${id}`, reason });
  resource.addMetadata('checkov', { skip: [{ id, comment: reason }] });
}

/** https://github.com/aws-cloudformation/cfn-lint#resource-based-metadata */
export function acknowledgeForCfnLint(resource: CfnResource, { id, reason }: Acknowledgement): void {
  acknowledge(resource, { id: `cfn-lint::${id}`, reason });
  resource.addMetadata('cfn-lint', { config: { ignore_checks: [id] } });
}
