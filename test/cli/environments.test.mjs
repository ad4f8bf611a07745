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
  ].map(name => [`harm in ${name}`, [{ [name]: HARM }]])),
  'no home': [{ HOME: undefined }],
  'no region': [{ AWS_REGION: undefined }],
  'no credentials': [{ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }],
  'a profile that is not there': [{ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }, '--profile', HARM],
  'a folder as the configuration': [{ AWS_CONFIG_FILE: '/' }],
  'an address that is none': [{ AWS_ENDPOINT_URL: 'nowhere' }],
  'a protocol that is none': [{ AWS_ENDPOINT_URL: 'ftp://127.0.0.1' }],
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
  const rows = [];
  await Promise.all([0, 1, 2].map(async () => {
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
