import { AwsError, NetworkError } from './aws';
import { MfaError } from './credentials';
import { didYouMeanRegion } from './regions';
import { shellWord } from '../private/lock-file/commands';
import { clipped, shown } from '../private/lock-file/printable';

interface Call {
  /** As an IAM policy names it. */
  readonly action: string;
  readonly region: string;
}

interface Cause {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  /** An address that is none. */
  readonly input?: string;
  /** Where the way broke. */
  readonly proxy?: string;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

const EXPIRED = ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired'];
const REFUSED = ['AuthFailure', 'OptInRequired', 'InvalidClientTokenId', 'UnrecognizedClientException', 'Blocked'];
const WRONG_KEY = ['SignatureDoesNotMatch', 'InvalidSignatureException', 'IncompleteSignature'];
const DENIED = ['UnauthorizedOperation', 'AccessDenied', 'AccessDeniedException'];
const THROTTLED = [
  'RequestLimitExceeded', 'Throttling', 'ThrottlingException', 'ThrottledException', 'TooManyRequestsException', 'EC2ThrottledException',
  'BandwidthLimitExceeded', 'SlowDown',
];
const UNREACHABLE = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'];
/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const UNTRUSTED = [
  'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_SIGNATURE_FAILURE', 'INVALID_CA', 'ERR_TLS_CERT_ALTNAME_INVALID',
];

/** Why a call failed and what to do. */
export function explained(error: unknown, call: Call): Error {
  return Object.assign(new AwsError(reasonOf(error, call), call.region), { cause: error });
}

function reasonOf(error: unknown, { action, region }: Call): string {
  const { name = '', message = '', $metadata } = error as Cause;
  const code = codeOf(error);
  const status = $metadata?.httpStatusCode ?? 0;
  const network = networkReason(error, region);

  if (network !== undefined) {
    return network;
  }
  if (EXPIRED.includes(name)) {
    return `The credentials have expired (${name}); get new ones, with "aws sso login" or as you got them before.`;
  }
  if (REFUSED.includes(name)) {
    return `AWS does not accept the credentials here (${name}): enable the region for the account or leave it out, and if it is enabled, `
      + 'check the credentials with "aws sts get-caller-identity".';
  }
  if (WRONG_KEY.includes(name)) {
    return `AWS does not accept the signature (${name}); check the secret access key, and the clock of this machine.`;
  }
  if (DENIED.includes(name)) {
    const denial = /explicit deny in an? ([\w -]+)/.exec(message)?.[1];
    return denial === undefined
      ? `The credentials may not call ${action} (${name}); allow it in the policy of the user or role.`
      : `The credentials may not call ${action} (${name}), which an explicit deny in a ${denial} forbids; have it changed, or leave the region out.`;
  }
  if (THROTTLED.includes(name) || status === 429) {
    return `${action} is throttled (${name})${tried($metadata)}; run the command again later, or for fewer regions at a time.`;
  }
  if (code !== undefined || name === 'TimeoutError') {
    return `The connection broke (${code ?? name})${tried($metadata)}; check the network, and run the command again.`;
  }
  if (status >= 500) {
    return `AWS answered ${action} with an error of its own (${status} ${name})${tried($metadata)}; run the command again later.`;
  }
  // What the SDK adds where it cannot read what has come.
  if (error instanceof RangeError || /Deserialization error/.test(message)) {
    return `The answer to ${action} cannot be read (${firstSentence(message)}); check what stands between this machine and AWS.`;
  }
  return `${action} failed${['', 'Error'].includes(name) ? '' : ` (${name})`}: ${firstSentence(message)}.`;
}

/** Why nobody answers, where it is for the network, the proxy or a certificate. */
function networkReason(error: unknown, region?: string): string | undefined {
  const { message = '', code: ownCode = '', input = '', proxy } = error as Cause;
  const code = codeOf(error);
  if (error instanceof NetworkError) {
    // The SDK adds lines of its own.
    return message.split('\n')[0];
  }
  if (ownCode === 'ERR_INVALID_URL') {
    return `${shown(input)} is not an address; write one such as https://ec2.eu-west-3.amazonaws.com into AWS_ENDPOINT_URL, the endpoint_url of the profile, or what else names it.`;
  }
  if (ownCode === 'ERR_INVALID_CHAR') {
    return 'The credentials have a character in them that no key has, such as an end of a line; copy AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN, or those of the profile, again.';
  }
  if (UNTRUSTED.includes(ownCode)) {
    return `The certificate of what answers is not trusted (${ownCode}); `
      + (process.env.AWS_CA_BUNDLE ? 'have its authority in the file that AWS_CA_BUNDLE names.' : 'name the file with its authority in AWS_CA_BUNDLE, or as the ca_bundle of the profile.');
  }
  if (proxy !== undefined) {
    return `The proxy ${proxy}, which HTTPS_PROXY names, cannot be reached or ends the connection (${code ?? firstSentence(message)}); check the variable and the proxy.`;
  }
  return code !== undefined && UNREACHABLE.includes(code) ? unreachable(code, region) : undefined;
}

/** Why there are no credentials, and what to do. */
export function explainedCredentials(error: unknown, profile?: string): Error {
  const { name = '', message = '' } = error as Cause;
  const ofProfile = profile === undefined ? '' : ` --profile ${shellWord(profile)}`;
  const whose = profile === undefined ? '' : ` of the profile ${JSON.stringify(profile)}`;
  const network = networkReason(error);
  if (network !== undefined) {
    return new AwsError(`The credentials${whose} cannot be got. ${network}`);
  }
  if (error instanceof MfaError || /MultiFactorAuthentication failed/.test(message)) {
    return new AwsError(`The role${whose} cannot be taken: ${error instanceof MfaError ? message : 'AWS does not accept the code of the MFA device'}; run the command on a `
      + `terminal, or with the keys that "aws configure export-credentials${ofProfile}" prints in the environment.`);
  }
  const [, told] = /^Command failed: .*([^]*)$/.exec(message) ?? [];
  if (told !== undefined) {
    return new AwsError(`The credential_process${whose} failed${told.trim() ? `: ${firstSentence(told.trim().replace(/\s*\n\s*/g, ', '))}` : ' and does not say why'}; `
      + 'run it by itself, and mend it.');
  }
  const login = [/aws sso login|\bSSO session\b|^Token is expired/, /aws login|session has expired/].findIndex(each => each.test(message));
  if (login >= 0 || EXPIRED.includes(name)) {
    return new AwsError(`The sign-in${whose} has expired; `
      + `run "aws ${login === 1 ? 'login' : 'sso login'}${ofProfile}".`);
  }
  if (/^Could not load credentials/.test(message)) {
    return new AwsError(profile === undefined
      ? 'There are no AWS credentials; sign in with "aws sso login", name a profile with --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
      : `There is no profile ${JSON.stringify(profile)}, or it gives no credentials; "aws configure list-profiles" shows the profiles that there are, `
        + `and "aws sts get-caller-identity${ofProfile}" tells why one gives none.`);
  }
  if (DENIED.includes(name)) {
    return new AwsError(`The credentials may not take the role${whose} (${name}); allow sts:AssumeRole.`);
  }
  return new AwsError(`The credentials${whose} cannot be used: ${firstSentence(message) || name}; `
    + `"aws sts get-caller-identity${ofProfile}" tells when they can.`);
}

export const NO_REGION = new AwsError('No region is set; name one with --region, such as --region eu-west-3, or set AWS_REGION.');

/** The code of Node.js for what went wrong on the network, which may be further down. */
function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as Cause;
  return typeof code === 'string' && /^E[A-Z]/.test(code) ? code : cause === undefined ? undefined : codeOf(cause);
}

function unreachable(code: string, region?: string): string {
  const endpoint = process.env.AWS_ENDPOINT_URL_EC2 ?? process.env.AWS_ENDPOINT_URL;
  if (endpoint !== undefined) {
    return `${endpoint}, which AWS_ENDPOINT_URL names, cannot be reached (${code}); check the variable, and that something listens there.`;
  }
  return `AWS cannot be reached (${code}); check the network, the proxy, the endpoint_url of the profile`
    + `${region === undefined ? '' : `, and that there is a region ${region}${didYouMeanRegion(region)}`}.`;
}

function tried($metadata: Cause['$metadata']): string {
  const attempts = $metadata?.attempts ?? 1;
  return attempts > 1 ? `, also at attempt ${attempts}` : '';
}

function firstSentence(message: string): string {
  return clipped(message.split('\n')[0].trim().replace(/\.$/, ''), 300);
}
