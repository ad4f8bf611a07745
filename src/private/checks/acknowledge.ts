import * as cdk from 'aws-cdk-lib';
import { Annotations, CfnResource } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { AmiUpdates } from '../../ami-types';

/** A finding that stands, and why. */
interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
}

/** What aws-cdk-lib 2.252 and later have; 2.251 has the class without it. */
interface Validations {
  readonly ACKNOWLEDGED_RULES_METADATA_KEY?: string;
}

/**
 * Acknowledges findings of CDK's own template validation and of plugins such as cdk-nag, in a scope and all that is in it.
 *
 * Where aws-cdk-lib has no place for acknowledgements, nothing reads them. They are put where `Validations.acknowledge` puts them and plugins read
 * them: it would look for the line of code that acknowledges, which is always the one here, and takes longer for that than for all else; and
 * from 2.252 to 2.268 it refuses an id with a second `::`, as cdk-nag puts an ARN into.
 */
export function acknowledge(scope: IConstruct, ...findings: Acknowledgement[]): void {
  const { ACKNOWLEDGED_RULES_METADATA_KEY: key } = (cdk as { Validations?: Validations }).Validations ?? {};
  if (key !== undefined) {
    scope.node.addMetadata(key, Object.fromEntries(findings.map(({ id, reason }) => [id, reason])));
  }
}

/** Acknowledges a finding of CDK's own validation of the template, whose rules are called as those of cfn-lint. */
export function acknowledgeForCdk(scope: IConstruct, { id, reason }: Acknowledgement): void {
  acknowledge(scope, { id: `CloudFormation-Validate::${id}`, reason });
}

/** Acknowledges what CDK and cfn-lint find in the id of an image, in the resource that launches it. */
export function acknowledgeImageId(resource: CfnResource, updates?: AmiUpdates): void {
  if (updates === AmiUpdates.ON_LAUNCH) {
    // CDK (in a launch template 2.262 to 2.270 only) and cfn-lint take the name of the parameter for a malformed id.
    acknowledgeForCfnLint(resource, { id: 'E1152', reason: 'EC2 reads the parameter at each launch' });
  } else if (updates !== AmiUpdates.ON_DEPLOY) {
    // For CDK it is hardcoded, in a mapping too where the region is known, and from 2.262 to 2.270 in the context.
    acknowledgeForCdk(resource, {
      id: 'W9010', reason: 'The AMI id is kept in a map by region, or in cdk.context.json, and checked when the app is synthesized',
    });
  }
}

// checkov and cfn-lint read nothing but the template, so what is acknowledged for them stands there too.

/** https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html */
export function acknowledgeForCheckov(resource: CfnResource, { id, reason }: Acknowledgement): void {
  acknowledge(resource, { id: `checkov::${id}`, reason });
  resource.addMetadata('checkov', { skip: [{ id, comment: reason }] });
}

/** https://github.com/aws-cloudformation/cfn-lint#resource-based-metadata */
export function acknowledgeForCfnLint(resource: CfnResource, { id, reason }: Acknowledgement): void {
  acknowledgeForCdk(resource, { id, reason });
  acknowledge(resource, { id: `cfn-lint::${id}`, reason });
  resource.addMetadata('cfn-lint', { config: { ignore_checks: [id] } });
}

/**
 * Whether somebody acknowledged a finding, in a construct or in what it is in.
 *
 * Acknowledgements of all releases of aws-cdk-lib hold for warnings alone, which then do not come up: so the finding is brought up as one, in
 * a construct that is taken out again.
 */
export function isAcknowledged(construct: IConstruct, id: string, message: string): boolean {
  const probe = new Construct(construct, '~cdk-workshop-instance');
  Annotations.of(probe).addWarningV2(id, message);
  construct.node.tryRemoveChild(probe.node.id);
  return probe.node.metadata.length === 0;
}
