import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { COLUMNS, compared, plainText, screen } from '../../scripts/captures.mjs';
import { startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment, npmPackage, pythonPackage, ROOT } from '../../scripts/project.mjs';
import { run } from '../../scripts/steps.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';
import { scriptOf, stepsFor } from './readme-steps.mjs';

const DEPLOY = 'npx aws-cdk@2 deploy';
/** As somebody does who reads what CDK asks, and answers. */
const ON_TERMINAL = `env -u CI -u NO_COLOR -u FORCE_COLOR -u CDK_YES -u CDK_REQUIRE_APPROVAL TERM=xterm-256color python3 ${join(ROOT, 'test', 'cli', 'terminal.py')} ${COLUMNS} $'y\\n' ${DEPLOY} | tee screen`;

let registry;
let ofUser;

before(async () => {
  registry = await packageRegistry(npmPackage());
  const constraint = join(temporaryFolder('constraint'), 'constraint.txt');
  writeFileSync(constraint, `cdk-workshop-instance @ file://${pythonPackage()}\n`);
  ofUser = {
    // Nothing of this project.
    PATH: process.env.PATH.split(delimiter).filter(folder => !folder.startsWith(ROOT)).join(delimiter),
    CDK_YES: 'true',
    CDK_REQUIRE_APPROVAL: 'never',
    CDK_FORCE: 'true',
    CDK_VALIDATION: 'true',
    npm_config_registry: registry.url,
    npm_config_replace_registry_host: 'always',
    npm_config_prefer_offline: 'true',
    npm_config_yes: 'true',
    npm_config_update_notifier: 'false',
    PIP_CONSTRAINT: constraint,
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    GIT_CONFIG_COUNT: '3',
    GIT_CONFIG_KEY_0: 'init.defaultBranch',
    GIT_CONFIG_VALUE_0: 'main',
    GIT_CONFIG_KEY_1: 'user.name',
    GIT_CONFIG_VALUE_1: 'user',
    GIT_CONFIG_KEY_2: 'user.email',
    GIT_CONFIG_VALUE_2: 'user@example.com',
  };
});

after(() => registry?.close());

/** A registry that has the package as it is packed, and sends on to another one for the rest. */
async function packageRegistry(tarball) {
  const bytes = readFileSync(tarball);
  const manifest = manifestIn(bytes);
  const elsewhere = (await run('npm', ['config', 'get', 'registry'], { cwd: ROOT })).trim().replace(/\/$/, '');
  const server = createServer((request, response) => {
    const { host } = request.headers;
    if (request.url === '/package.tgz') {
      response.end(bytes);
    } else if (request.url === '/cdk-workshop-instance') {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({
        'name': manifest.name,
        'dist-tags': { latest: manifest.version },
        'versions': {
          [manifest.version]: {
            ...manifest, dist: { tarball: `http://${host}/package.tgz`, integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}` },
          },
        },
      }));
    } else {
      response.writeHead(302, { location: `${elsewhere}${request.url}` }).end();
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** package/package.json of an archive. */
function manifestIn(archive) {
  const bytes = gunzipSync(archive);
  for (let at = 0; at < bytes.length;) {
    const name = bytes.toString('utf8', at, at + 100).split('\0')[0];
    const size = parseInt(bytes.toString('ascii', at + 124, at + 136), 8) || 0;
    if (name === 'package/package.json') {
      return JSON.parse(bytes.toString('utf8', at + 512, at + 512 + size));
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error('The package has no package.json.');
}

describe('a user', { concurrency: 2 }, () => ['typescript', 'python'].forEach(language => {
  test(`follows the steps of the README, and has a machine and then none, in ${language}`, async t => {
    const local = await startLocalAws(await localAwsEnvironment());
    t.after(() => local.stop());
    const steps = stepsFor(language);
    const deployed = steps.findIndex(({ kind }) => kind === 'text');
    const folder = temporaryFolder('readme');
    const script = scriptOf(steps);
    const onTerminal = language === 'typescript';
    assert.match(script, /cdk\S* init[^]*cdk-workshop-instance[^]*cdk\S* bootstrap[^]*cdk\S* deploy[^]*cdk\S* destroy/);

    const printed = await run('bash', ['-c', `(${onTerminal ? script.replace(DEPLOY, () => ON_TERMINAL) : script}) 2>&1`], {
      cwd: folder, env: { ...local.env, ...ofUser },
    });
    const seen = screen(printed).map(plainText).join('\n');
    t.diagnostic(seen.split('\n').filter(line => / = /.test(line)).join('\n'));
    for (const line of steps[deployed].text.split('\n')) {
      assert.match(seen, like(line), line);
    }
    if (onTerminal) {
      const capture = compared('deploy', DEPLOY, readFileSync(join(folder, 'workshop', 'screen'), 'utf8'));
      const ofTheApp = capture.recorded.filter(line => /│| = |✅|\?/.test(line));
      assert.deepEqual(ofTheApp.filter(line => !capture.today.includes(line)), [], '"npm run captures" records it again.');
      assert.ok(ofTheApp.length > 10);
    }
    assert.deepEqual(await local.aws('ec2', 'describe-instances', '--filters', 'Name=instance-state-name,Values=running', '--query', 'Reservations'), []);
    assert.deepEqual(await local.aws('ec2', 'describe-vpcs', '--filters', 'Name=is-default,Values=false', '--query', 'Vpcs'), []);
  });
}));

/** A line with any id of an instance and any region, account and number. */
function like(line) {
  const pattern = line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/i-[0-9a-f]+/g, 'i-[0-9a-f]+').replace(/[a-z]{2}-[a-z]+-\d/g, '[a-z]{2}-[a-z]+-\\d').replace(/\d{12}/g, '\\d{12}');
  return new RegExp(pattern);
}
