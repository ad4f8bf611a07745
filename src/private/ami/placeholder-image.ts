import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * Stands for an image that is not known yet: on the first synth, before the context is looked up, and where synth
 * is about to fail with a message of ours. Its form is valid, so that it passes CDK's strict template validation.
 */
export const PLACEHOLDER_AMI_ID = 'ami-00000000000000000';

/** Makes synth fail with this message, together with all others that there are; until then a placeholder stands for the image. */
export function missingImage(scope: Construct, message: string): string {
  scope.node.addValidation({ validate: () => [message] });
  return PLACEHOLDER_AMI_ID;
}

/** Whether account and region of a stack are known at synth, as every look-up needs. */
export function hasEnvironment(stack: Stack): boolean {
  return !Token.isUnresolved(stack.account) && !Token.isUnresolved(stack.region);
}
