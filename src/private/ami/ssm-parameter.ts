import { Annotations, CfnDynamicReference, CfnDynamicReferenceService, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { AmiSource } from './ami-source';
import { hasEnvironment, missingImage, PLACEHOLDER_AMI_ID } from './placeholder-image';
import { AmiUpdates } from '../../ami-types';
import { isAmiId } from '../ec2/ami-id';
import { code, message } from '../language';

interface SsmParameterOptions {
  readonly updates?: AmiUpdates;
  readonly parameterVersion?: number;
}

/** What people write in place of a parameter's name, and what to write instead. */
const MISTAKES: { pattern: RegExp; instead: (name: string) => string }[] = [
  { pattern: /^ami-/, instead: () => message`this is an AMI id: use AmiSelector.genericLinux({ "<region>": "ami-…" })` },
  { pattern: /^(\{\{)?(resolve:)?ssm:/, instead: () => 'write the name alone, without "resolve:ssm:"' },
  {
    pattern: /:\d+$/,
    instead: name => code(`write the name without its version, and parameterVersion: ${name.split(':').pop()}`),
  },
  // Amazon's `recommended` holds a JSON document, the parameters below it its parts.
  { pattern: /\/recommended$/, instead: name => `this parameter holds a JSON document: use "${name}/image_id"` },
  { pattern: /[^a-zA-Z0-9_.\-/]|^$/, instead: () => 'a name has letters, digits and _ . - / only' },
];

/** The image that a parameter of the Systems Manager Parameter Store names. */
export function ssmParameter(
  parameterName: string,
  options: SsmParameterOptions,
  call = message`AmiSelector.fromSsmParameter(${JSON.stringify(parameterName)})`,
): AmiSource {
  const { parameterVersion } = options;
  checkOptions(call, parameterName, options);

  return {
    call,
    imageId(scope: Construct, { updates = AmiUpdates.ON_DEPLOY, cacheKey }): string {
      if (updates === AmiUpdates.ON_LAUNCH) {
        if (!isPublicParameter(parameterName)) {
          Annotations.of(scope).addInfoV2('cdk-workshop-instance:parameterDataType',
            `${call} is read by EC2 when an instance starts, which takes a parameter of the data type aws:ec2:image only; another one fails the `
            + 'deployment with SsmInvalidParameter.');
        }
        const version = { parameterVersion: parameterVersion?.toString() };
        return ec2.MachineImage.resolveSsmParameterAtLaunch(parameterName, version).getImage(scope).imageId;
      }
      if (parameterVersion !== undefined || Token.isUnresolved(parameterName)) {
        // ec2.MachineImage.fromSsmParameter drops the version and refuses a token; CloudFormation's SSM parameter types take neither.
        // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html
        const key = parameterVersion === undefined ? parameterName : `${parameterName}:${parameterVersion}`;
        return new CfnDynamicReference(CfnDynamicReferenceService.SSM, key).toString();
      }
      if (updates === AmiUpdates.ON_DEPLOY) {
        return ec2.MachineImage.fromSsmParameter(parameterName).getImage(scope).imageId;
      }
      if (!hasEnvironment(Stack.of(scope))) {
        return missingImage(scope, message`${call} with AmiUpdates.ON_REQUEST reads the parameter while the app is synthesized: give the stack an account `
          + message`and a region (env: { account: "123456789012", region: "eu-west-3" }), or say AmiUpdates.ON_LAUNCH, which needs neither.`);
      }
      const inContext = { cachedInContext: true, additionalCacheKey: cacheKey };
      const value = ec2.MachineImage.fromSsmParameter(parameterName, inContext).getImage(scope).imageId;
      if (isAmiId(value)) {
        return value;
      }
      // What ssm.StringParameter.valueFromLookup gives until the context is looked up.
      if (value !== `dummy-value-for-${parameterName}`) {
        return missingImage(scope, `${call}: the parameter holds ${JSON.stringify(value)}, which is not an AMI id; name a parameter whose value is one.`);
      }
      return PLACEHOLDER_AMI_ID;
    },
  };
}

/** Whether a publisher keeps the parameter, so that its name says what it holds. */
export function isPublicParameter(parameterName: string): boolean {
  return !Token.isUnresolved(parameterName) && parameterName.startsWith('/aws/service/');
}

/** Whether the parameter names the image of one day, as Canonical's do beside those of the `current` one: it never moves. */
export function isDated(parameterName: string): boolean {
  return isPublicParameter(parameterName) && /\/\d{8}(\.\d+)?\//.test(parameterName);
}

function checkOptions(call: string, parameterName: string, { updates, parameterVersion }: SsmParameterOptions): void {
  const isToken = Token.isUnresolved(parameterName);
  if (isToken && updates === AmiUpdates.ON_REQUEST) {
    throw new Error(`${call}: updates ${JSON.stringify(updates)} needs the name while the app is synthesized, and this one is known only at `
      + 'deployment; write the name as plain text, or leave updates out.');
  }
  const mistake = isToken ? undefined : MISTAKES.find(({ pattern }) => pattern.test(parameterName));
  if (mistake) {
    throw new Error(`${call}: not the name of a parameter that holds an AMI id; ${mistake.instead(parameterName)}.`);
  }
  if (parameterVersion === undefined || Token.isUnresolved(parameterVersion)) {
    return;
  }
  if (!Number.isInteger(parameterVersion) || parameterVersion < 1) {
    throw new Error(message`${call}: parameterVersion ${parameterVersion} is not a version; versions are whole numbers from 1.`);
  }
  if (updates !== undefined && updates !== AmiUpdates.ON_LAUNCH) {
    throw new Error(message`${call}: parameterVersion ${parameterVersion} never changes, so updates ${JSON.stringify(updates)} cannot be honoured; leave one of the `
      + 'two out.');
  }
}
