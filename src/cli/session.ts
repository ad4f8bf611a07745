import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { AwsError, AwsOptions, NetworkError } from './aws';
import { explained, explainedCredentials, NO_REGION } from './aws-errors';
import { credentialsBy } from './credentials';
import { checkConfiguration, Network, trustedCertificates } from './network';
import { checkRegion } from './regions';

// Waits about half a minute in all where calls are throttled: each wait is about twice the last one.
const MAX_ATTEMPTS = 7;

// For a call with all of its attempts and pages: also an answer that never ends is none.
const LONGEST_MS = 45_000;
// For each of the answers of which credentials come.
const LONGEST_SIGN_IN_MS = 20_000;
const MOST_PAGES = 100;

// The SDK writes to the terminal otherwise.
const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Credentials, region and endpoint as all tools of AWS find them. */
export interface Session {
  readonly region: string;
  /** What clients of a region are made with. One source of credentials for all, so that a process or a sign-on that gives them is asked once. */
  options(region: string): EC2ClientConfig;
}

/**
 * @param settings of the clients, instead of what the environment says
 * @throws where there are no credentials or no region
 */
export async function signIn({ profile, region }: AwsOptions, settings: EC2ClientConfig = {}): Promise<Session> {
  if (profile !== undefined) {
    // Endpoints, certificates and what else a profile says: the SDK finds some of it by the variable only.
    process.env.AWS_PROFILE = profile;
  }
  checkConfiguration();
  const ca = await trustedCertificates();
  const common = {
    logger,
    maxAttempts: process.env.AWS_MAX_ATTEMPTS ? undefined : MAX_ATTEMPTS,
    requestHandler: new Network(ca),
    credentials: credentialsBy(new Network(ca, LONGEST_SIGN_IN_MS), logger, profile),
    ...settings,
  };
  const { config } = new EC2Client({
    ...common, region: region ?? settings.region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || undefined),
  });
  const defaultRegion = await regionOf(config);
  await soon(config.credentials()).catch(error => { throw explainedCredentials(error, process.env.AWS_PROFILE); });
  return { region: defaultRegion, options: where => ({ ...common, credentials: config.credentials, region: where }) };
}

/** Where no person is whom a process may ask for something, it gives credentials soon or not at all. */
function soon<T>(credentials: Promise<T>): Promise<T> {
  return process.stderr.isTTY ? credentials : Promise.race([credentials, new Promise<never>((_, reject) => {
    const late = new NetworkError(`What gives them did not answer in ${LONGEST_MS / 1000} s; run it by itself, and mend it.`);
    setTimeout(() => reject(late), LONGEST_MS).unref();
  })]);
}

async function regionOf(config: { region: () => Promise<string> }): Promise<string> {
  const name = await config.region().catch(({ message }) => /^Region not accepted: region="([^]*)" is not/.exec(message)?.[1]);
  if (name === undefined) {
    throw NO_REGION;
  }
  try {
    return checkRegion(name);
  } catch (error) {
    throw new AwsError(`The region of the environment or the profile cannot be used: ${(error as Error).message}`);
  }
}

/** @param action as an IAM policy names it */
export async function ask<T>(action: string, region: string, question: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(LONGEST_MS);
  const silence = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new AwsError(
    `AWS did not answer ${action} in ${LONGEST_MS / 1000} s; check the network and the proxy, and run the command again, or leave the region out.`, region))));
  try {
    return await Promise.race([question(signal), silence]);
  } catch (error) {
    throw error instanceof AwsError ? error : explained(error, { action, region });
  }
}

/** The pages of an answer, of which each leads to another one, and not to too many. */
export async function* ending<T extends { NextToken?: string }>(pages: AsyncIterable<T>): AsyncGenerator<T> {
  const seen = new Set<string>();
  for await (const page of pages) {
    yield page;
    if (page.NextToken && (seen.has(page.NextToken) || seen.size === MOST_PAGES)) {
      throw new Error(`the answer has ${seen.has(page.NextToken) ? 'the same page twice' : `more than ${MOST_PAGES} pages`}; search for less`);
    }
    seen.add(page.NextToken ?? '');
  }
}

export function cached<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return key => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
