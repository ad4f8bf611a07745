// Environments that were made to do harm, or that are not whole: the command ends soon, and tells in a sentence what is wrong.
import assert from 'node:assert/strict';
import { temporaryFolder } from '../../scripts/temporary.mjs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ended, workingFolder } from '../../scripts/command.mjs';
import { ROOT } from '../../scripts/project.mjs';
import { startBrokenAws } from './broken-aws.mjs';
import { pasted, problemsOf, remediesIn, writeTable } from './harmless.mjs';

const SLOWEST = 60; // Seconds.
const HARM = '\x1b]0;title\x07\u202E$(touch canary)`touch canary`\'; touch canary; \'\n::error::hidden';

const SEARCH = ['search', '--name', 'golden-image-*', '--owner', '123456789012'];

/** Variables and arguments, by what they are. */
const ENVIRONMENTS = {
  'nothing else': [{}],
  ...Object.fromEntries([
    'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_EC2',
    'AWS_CONFIG_FILE', 'AWS_MAX_ATTEMPTS', 'AWS_RETRY_MODE', 'AWS_USE_FIPS_ENDPOINT', 'AWS_CA_BUNDLE', 'HOME', 'TERM', 'TMPDIR',
    'AWS_USE_DUALSTACK_ENDPOINT', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_DEFAULTS_MODE', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'AWS_SDK_UA_APP_ID',
    'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'CI', 'DEBUG', 'XDG_CONFIG_HOME', 'USERPROFILE',
  ].map(name => [`harm in ${name}`, [{ [name]: HARM }]])),
  'no home': [{ HOME: undefined }],
  'no region': [{ AWS_REGION: undefined }],
  'no credentials': [{ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }],
  'a profile that is not there': [{ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }, '--profile', HARM],
  'a folder as the configuration': [{ AWS_CONFIG_FILE: '/' }],
  'an address that is none': [{ AWS_ENDPOINT_URL: 'nowhere' }],
  'a protocol that is none': [{ AWS_ENDPOINT_URL: 'ftp://127.0.0.1' }],
  ...Object.fromEntries(Object.entries({
    'harm in the role': { AWS_ROLE_ARN: HARM, AWS_WEB_IDENTITY_TOKEN_FILE: '/dev/null' },
    'harm in the file of a token': { AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/dev', AWS_WEB_IDENTITY_TOKEN_FILE: HARM },
    'harm in the address of a container': { AWS_CONTAINER_CREDENTIALS_FULL_URI: HARM },
    'harm in the path of a container': { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: HARM },
    'harm in the token of a container': { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/', AWS_CONTAINER_AUTHORIZATION_TOKEN: HARM },
    'an address that is not of a container': { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://example.com/' },
    'harm in the address of the metadata': { AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: HARM },
  }).map(([what, variables]) => [what, [{ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, ...variables }]])),
  ...Object.fromEntries([HARM, 'http://', 'socks5://127.0.0.1:1', 'http://127.0.0.1:1', 'https://127.0.0.1:1', 'http://user:%@127.0.0.1:1'].map(HTTPS_PROXY => (
    [`the proxy ${JSON.stringify(HTTPS_PROXY)}`, [{ HTTPS_PROXY, AWS_ENDPOINT_URL: 'https://ec2.example.com', AWS_MAX_ATTEMPTS: '2' }]]))),
  'nobody at the address': [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }],
  'harm as the name of a family': [{}, '--family', HARM],
  'harm as a region': [{}, '--region', HARM],
  'harm as an option': [{}, `--${HARM}`],
  'harm as an owner': [{}, '--owner', HARM],
};

/** Commands that take harm as a name, or as that of a file. */
const COMMANDS = [
  ['pin', HARM], ['pin', 'web', '--family', HARM], ['pin', 'web', '--family', 'UBUNTU_24_04', '--file', HARM], ['update', HARM], ['update', '--file', HARM],
  ['check', HARM], ['check', '--context', HARM], ['resolve', '--file', HARM], ['show', HARM], [HARM], ['check', '--within', HARM],
];

/** Profiles that never end. */
const ENDLESS_PROFILES = `[profile role]
role_arn = arn:aws:iam::123456789012:role/dev
source_profile = keys
[profile process]
credential_process = sleep 70
[profile keys]
aws_access_key_id = testing
aws_secret_access_key = testing
`;

let aws;

before(async () => { aws = await startBrokenAws(); });

after(() => aws.stop());

test('environments and arguments that were made to do harm', async t => {
  const folder = workingFolder(join(ROOT, 'bin'), {
    PATH: process.env.PATH, HOME: temporaryFolder('home'), AWS_EC2_METADATA_DISABLED: 'true', AWS_ENDPOINT_URL: aws.urlOf('an image'),
    AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_REGION: 'eu-west-3',
  });
  folder.write('ami.lock.json', { version: 1, images: {} });
  const runs = [
    ...Object.entries(ENVIRONMENTS).map(([what, [variables, ...args]]) => ({ what, variables, args: [...SEARCH, ...args] })),
    ...COMMANDS.map(args => ({ what: `harm after ${args.slice(0, -1).join(' ')}`, variables: {}, args })),
  ];
  folder.write('config', ENDLESS_PROFILES);
  for (const what of ['nothing', 'an answer that stops', 'a blank every two seconds']) {
    const variables = { AWS_CONFIG_FILE: join(folder.directory, 'config'), AWS_ENDPOINT_URL_STS: aws.urlOf(what) };
    runs.unshift({ what: `a role from ${what}`, variables, args: [...SEARCH, '--profile', 'role'] });
  }
  runs.unshift({ what: 'a process that gives no credentials', variables: { AWS_CONFIG_FILE: join(folder.directory, 'config') }, args: [...SEARCH, '--profile', 'process'] });
  const rows = [];
  await Promise.all([0, 1, 2, 3].map(async () => {
    for (let run = runs.shift(); run !== undefined; run = runs.shift()) {
      const start = Date.now();
      const result = await ended(folder.start(run.args, run.variables));
      const took = (Date.now() - start) / 1000;
      rows.push({ ...run, ...result, took, problems: [...problemsOf(result), took > SLOWEST && `took ${took} seconds`].filter(Boolean) });
    }
  }));
  const ran = pasted(remediesIn(rows.flatMap(({ stderr }) => stderr.split('\n'))));
  writeTable('environments.tsv', rows.map(({ what, took, code, stdout, stderr }) => [what, took, code, (stderr || stdout).split('\n')[0]]));
  t.diagnostic(`${rows.length} runs, the slowest took ${Math.max(...rows.map(({ took }) => took))} s; ${ran.length} ran something when pasted`);
  assert.deepEqual(ran, []);
  assert.deepEqual(rows.filter(({ problems }) => problems.length > 0).map(({ what, problems, stderr }) => ({ what, problems, stderr })), []);
});
