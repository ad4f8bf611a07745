import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from '../checks/acknowledge';

/** Makes synth fail with this message, together with all others that there are. */
export function failSynth(scope: Construct, message: string): void {
  scope.node.addValidation({ validate: () => [message] });
}

/** Whether account and region of a stack are known at synth, as every look-up needs. */
export function hasEnvironment(stack: cdk.Stack): boolean {
  return !cdk.Token.isUnresolved(stack.account) && !cdk.Token.isUnresolved(stack.region);
}

/**
 * Keeps CDK's template validation from warning of a hardcoded AMI id (W9010), which it also does for a mapping where
 * the region is known.
 */
export function acknowledgeAmiId(scope: Construct): void {
  acknowledge(scope, {
    id: 'CloudFormation-Validate::W9010',
    reason: 'The AMI id is kept in a map by region, or in cdk.context.json, and checked when the app is synthesized',
  });
}
