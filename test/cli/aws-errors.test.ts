import { explained, explainedCredentials } from '../../src/cli/aws-errors';

const CALL = { action: 'ec2:DescribeImages', region: 'eu-west-3' };
const ENDPOINT = process.env.AWS_ENDPOINT_URL;

beforeEach(() => delete process.env.AWS_ENDPOINT_URL);
afterAll(() => ENDPOINT === undefined || Object.assign(process.env, { AWS_ENDPOINT_URL: ENDPOINT }));

function error(name: string, message = '', more: object = {}) {
  return Object.assign(new Error(message), { name, ...more });
}

test.each([
  ['expired credentials', error('RequestExpired'), 'The credentials have expired (RequestExpired); get new ones'],
  ['a region that is not enabled', error('AuthFailure'), 'AWS does not accept the credentials here (AuthFailure): enable the region for the account or leave it out'],
  ['a region that is not enabled, for Systems Manager', error('UnrecognizedClientException'), 'enable the region for the account or leave it out'],
  ['a wrong secret', error('SignatureDoesNotMatch'), 'check the secret access key, and the clock of this machine.'],
  ['a policy', error('UnauthorizedOperation', 'You are not authorized'), 'The credentials may not call ec2:DescribeImages (UnauthorizedOperation); allow it in the policy'],
  ['a policy of the organization', error('AccessDeniedException', 'with an explicit deny in a service control policy'),
    'which an explicit deny in a service control policy forbids; have it changed, or leave the region out.'],
  ['throttling', error('RequestLimitExceeded', '', { $metadata: { httpStatusCode: 503, attempts: 7 } }),
    'ec2:DescribeImages is throttled (RequestLimitExceeded), also at attempt 7; run the command again later, or for fewer regions at a time.'],
  ['a name that is not known', error('Error', '', { code: 'ENOTFOUND' }), 'AWS cannot be reached (ENOTFOUND); check the network, the proxy, the endpoint_url of the profile, and that there is a region eu-west-3.'],
  ['a network that is down behind another error', error('AggregateError', '', { cause: { code: 'ENETUNREACH' } }), 'AWS cannot be reached (ENETUNREACH)'],
  ['a cut connection', error('Error', '', { code: 'ECONNRESET', $metadata: { attempts: 7 } }), 'The connection broke (ECONNRESET), also at attempt 7; check the network'],
  ['a long wait', error('TimeoutError'), 'The connection broke (TimeoutError)'],
  ['an error of AWS', error('InternalError', '', { $metadata: { httpStatusCode: 500 } }), 'AWS answered ec2:DescribeImages with an error of its own (500 InternalError)'],
  ['an answer that is none', error('Error', '@aws-sdk XML parse error: unexpected content.\n  Deserialization error: to see the raw response, inspect the hidden field'),
    'The answer to ec2:DescribeImages cannot be read (@aws-sdk XML parse error: unexpected content); check what stands between this machine and AWS.'],
  ['an error without a name', error('', 'Unknown', { $metadata: { httpStatusCode: 400 } }), 'ec2:DescribeImages failed: Unknown.'],
  ['an address that is none', error('TypeError', 'Invalid URL', { code: 'ERR_INVALID_URL', input: 'no\nwhere' }), '"no\\nwhere" is not an address; write one such as https://'],
  ['a key with an end of a line', error('TypeError', '', { code: 'ERR_INVALID_CHAR' }), 'copy AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN, or those of the profile, again.'],
  ['a proxy that is gone', error('Error', '', { code: 'ECONNREFUSED', proxy: 'proxy.example.com:8080' }),
    'The proxy proxy.example.com:8080, which HTTPS_PROXY names, cannot be reached or ends the connection (ECONNREFUSED); check the variable and the proxy.'],
  ['a certificate of nobody known', error('Error', '', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'The certificate of what answers is not trusted (SELF_SIGNED_CERT_IN_CHAIN); '],
  ['what nobody has thought of', error('InvalidParameterValue', 'The filter is wrong.\nRead it.'), 'ec2:DescribeImages failed (InvalidParameterValue): The filter is wrong.'],
])('%s is explained in one sentence', (_, cause, message) => {
  const explanation = explained(cause, CALL).message;
  expect(explanation).toContain(message);
  expect(explanation).toMatch(/^[^\n]+\.$/);
});

test('an endpoint of one\'s own that does not answer is named', () => {
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:9';
  expect(explained(error('Error', '', { code: 'ECONNREFUSED' }), CALL).message)
    .toBe('http://127.0.0.1:9, which AWS_ENDPOINT_URL names, cannot be reached (ECONNREFUSED); check the variable, and that something listens there.');
});

test('a region that is likely a typing error is questioned', () => {
  expect(explained(error('Error', '', { code: 'ENOTFOUND' }), { ...CALL, region: 'ue-west-3' }).message)
    .toMatch(/that there is a region ue-west-3 \(did you mean eu-west-3\?\)\.$/);
});

test.each([
  ['none', error('CredentialsProviderError', 'Could not load credentials from any providers'), undefined,
    'There are no AWS credentials; sign in with "aws sso login", name a profile with --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'],
  ['an unknown profile', error('CredentialsProviderError', 'Could not load credentials from any providers'), 'dev',
    'There is no profile "dev", or it gives no credentials; "aws configure list-profiles" shows the profiles that there are, and "aws sts get-caller-identity --profile dev" tells'],
  ['an expired single sign-on', error('CredentialsProviderError', 'The SSO session associated with this profile has expired. To refresh'), 'dev',
    'The sign-in of the profile "dev" has expired; run "aws sso login --profile dev".'],
  ['an expired token', error('TokenProviderError', 'Token is expired. To refresh this SSO session run \'aws sso login\''), undefined,
    'The sign-in has expired; run "aws sso login".'],
  ['an expired login', error('CredentialsProviderError', 'Your session has expired. Please reauthenticate.'), 'dev', 'run "aws login --profile dev".'],
  ['a wrong code', error('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.'), 'dev',
    'The role of the profile "dev" cannot be taken: AWS does not accept the code of the MFA device; run the command on a terminal, or with the keys that '
      + '"aws configure export-credentials --profile dev" prints in the environment.'],
  ['a process', error('CredentialsProviderError', 'Command failed: get-keys --secret x\nno ticket\n  run kinit\n'), 'dev',
    'The credential_process of the profile "dev" failed: no ticket, run kinit; run it by itself, and mend it.'],
  ['a network that is down', error('Error', '', { code: 'ENOTFOUND' }), 'dev', 'The credentials of the profile "dev" cannot be got. AWS cannot be reached (ENOTFOUND)'],
  ['a role', error('AccessDenied', 'not authorized to perform: sts:AssumeRole'), 'dev', 'The credentials may not take the role of the profile "dev" (AccessDenied); allow sts:AssumeRole.'],
  ['anything else', error('CredentialsProviderError', 'Profile dev requires multi-factor authentication, but no MFA code callback was provided.'), 'dev',
    'The credentials of the profile "dev" cannot be used: Profile dev requires multi-factor authentication'],
])('missing credentials are explained: %s', (_, cause, profile, message) => {
  expect(explainedCredentials(cause, profile).message).toContain(message);
});
