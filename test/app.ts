import { App, AppProps, Environment, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';

export const PARIS: Environment = { account: '123456789012', region: 'eu-west-3' };
export const AL2_ID = 'ami-01fde5e5b31e98551';
export const AL2_PARAMETER = '/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2';
export const AL2_ARM_PARAMETER = '/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-arm64-gp2';
export const AL1_S3_PARAMETER = '/aws/service/ami-amazon-linux-latest/amzn-ami-hvm-x86_64-s3';

/** A stack in an app of its own; without an environment it is agnostic. */
export function stackIn(env?: Environment, appProps?: AppProps): Stack {
  return new Stack(new App({ analyticsReporting: false, ...appProps }), 'Stack', { env });
}

export function template(stack: Stack): any {
  return Template.fromStack(stack).toJSON();
}

/** What `cdk synth` says where it fails. */
export function synthError(stack: Stack): string {
  try {
    (stack.node.root as App).synth();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('synth did not fail');
}

/** The context lookups that the first synth asks for, by provider. */
export function missingContext(stack: Stack, provider: string): any[] {
  const missing = (stack.node.root as App).synth().manifest.missing ?? [];
  return missing.filter(entry => entry.provider === provider).map(entry => entry.props);
}

/** The context that answers the lookups of a stack with these values. */
export function contextOf(stack: Stack, provider: string, value: string): Record<string, string> {
  const missing = (stack.node.root as App).synth().manifest.missing ?? [];
  return Object.fromEntries(missing.filter(entry => entry.provider === provider).map(entry => [entry.key, value]));
}

export function warnings(stack: Stack): unknown[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(warning => warning.entry.data);
}

export function errors(stack: Stack): unknown[] {
  return Annotations.fromStack(stack).findError('*', Match.anyValue()).map(error => error.entry.data);
}

export function imageIds(stack: Stack): any[] {
  return Object.values<any>(template(stack).Resources)
    .filter(resource => resource.Type === 'AWS::EC2::Instance')
    .map(resource => resource.Properties.ImageId);
}
