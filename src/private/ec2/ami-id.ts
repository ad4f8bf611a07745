/**
 * Stands for an image that is not known yet: on the first synth, before the context is looked up, and where synth
 * is about to fail with a message of ours. Its form is valid, so that it passes CDK's strict template validation.
 */
export const PLACEHOLDER_AMI_ID = 'ami-00000000000000000';

/** Whether a value is `ami-` and 8 or 17 hex digits. */
export function isAmiId(value: string): boolean {
  return /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(value);
}
