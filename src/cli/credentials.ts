import { promises } from 'readline';
import { fromEnv } from '@aws-sdk/credential-provider-env';
import { fromIni } from '@aws-sdk/credential-provider-ini';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { AwsCredentialIdentityProvider, Logger } from '@aws-sdk/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { printable } from '../private/lock-file/printable';

// A role, a sign-on: short answers.
const ATTEMPTS = 2;

/**
 * Credentials in the order of the AWS CLI: the profile that is named, the keys of the environment, the profile of the environment, and then the others.
 * What a profile says that fails is told, and nothing else is tried in its place.
 */
export function credentialsBy(requestHandler: NodeHttpHandler, logger: Logger, profile?: string): AwsCredentialIdentityProvider {
  const settings = { logger, mfaCodeProvider: mfaCode, clientConfig: { requestHandler, logger, maxAttempts: ATTEMPTS } };
  return async properties => {
    if (profile === undefined && process.env.AWS_ACCESS_KEY_ID && process.env.AWS_SECRET_ACCESS_KEY) {
      return fromEnv(settings)();
    }
    return fromIni(settings)(properties).catch(error => {
      if (/^Could not resolve credentials using profile/.test(error.message)) {
        return defaultProvider(settings)();
      }
      throw error;
    });
  };
}

async function mfaCode(device: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) {
    throw new MfaError(`a code of the MFA device ${device} is needed, and there is no terminal to ask for it`);
  }
  const lines = promises.createInterface({ input: stdin, output: stderr });
  const left = new Promise<never>((_, reject) => lines.once('close', () => reject(new MfaError(`no code of the MFA device ${device} was given`))));
  try {
    return (await Promise.race([lines.question(`MFA code for ${printable(device)}: `), left])).trim();
  } finally {
    lines.close();
  }
}

/** There is no code of the device that shows one. */
export class MfaError extends Error {}
