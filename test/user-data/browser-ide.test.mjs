// What user data do of the editor in the browser: run by a real shell, with the real AWS CLI and Parameter Store of the local AWS. In place of the release,
// of 220 MB, they get an archive of its form.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { boot, rendered } from './browser-ide.mjs';
import { startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { run } from '../../scripts/steps.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';
import { whyNot } from '../cfn-bootstrap/instance.mjs';

const skip = await whyNot();
const { template, script, lines } = rendered();
const [, NAME] = /--name (\S+)/.exec(lines[0]);

let archive;
let local;

before(async () => {
  const folder = temporaryFolder('code-server');
  mkdirSync(join(folder, 'code-server-4.139.1-linux-amd64', 'bin'), { recursive: true });
  writeFileSync(join(folder, 'code-server-4.139.1-linux-amd64', 'bin', 'code-server'), '#!/bin/sh\n', { mode: 0o755 });
  archive = join(folder, 'code-server.tar.gz');
  await run('tar', ['-czf', archive, '-C', folder, 'code-server-4.139.1-linux-amd64']);
  local = await startLocalAws(await localAwsEnvironment());
});

after(() => local.stop());

test('the lines are those for the password, for Session Manager and for a browser, and name no password', () => {
  assert.deepEqual(lines, [
    `aws ssm get-parameter --name ${NAME} --with-decryption --query Parameter.Value --output text --region eu-west-3`,
    'aws ssm start-session --target i-0123456789abcdef0 --document-name AWS-StartPortForwardingSession --parameters portNumber=8080,localPortNumber=8080 '
      + '--region eu-west-3',
    'http://localhost:8080',
  ]);
  assert.match(NAME, /^\/cdk-workshop-instance\/Workshop\/[A-Za-z0-9]+$/);
});

test('the template opens no port, and lets the instance write below the name of its stack, and read nothing', () => {
  const text = JSON.stringify(template);
  assert.doesNotMatch(text, /SecurityGroupIngress/);
  assert.match(text, /"ssm:PutParameter"/);
  assert.doesNotMatch(text, /ssm:GetParameter"/);
});

test('the editor listens on localhost, with a password that the instance made and put into Parameter Store', { skip }, async () => {
  const { folder, home, output } = await boot(script, archive, local.env);
  assert.ok(existsSync(join(folder, 'opt', 'code-server', 'bin', 'code-server')), output);
  assert.match(output, /This is of the user\.\n$/);
  const file = join(home, '.config', 'code-server', 'config.yaml');
  const [, password] = /^bind-addr: 127\.0\.0\.1:8080\nauth: password\npassword: ([0-9a-f]{32})\ncert: false\n$/.exec(readFileSync(file, 'utf8'));
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const { Type, Value } = await local.aws('ssm', 'get-parameter', '--name', NAME, '--with-decryption', '--query', 'Parameter');
  assert.deepEqual([Type, Value], ['SecureString', password]);
  assert.ok(!output.includes(password) && !script.includes(password), 'the password is in the log of the instance');
  const unit = readFileSync(join(folder, 'etc', 'systemd', 'system', 'code-server.service'), 'utf8');
  assert.match(unit, /^User=root\nWorkingDirectory=.*\nRestart=always\nExecStart=\/opt\/code-server\/bin\/code-server --disable-telemetry/m);
  assert.match(readFileSync(join(folder, 'var', 'log', 'systemctl.log'), 'utf8'), /systemctl enable --now code-server/);
});

test('two instances have two passwords', { skip }, async () => {
  const passwords = await Promise.all([0, 1].map(async () => readFileSync(join((await boot(script, archive, local.env)).home, '.config', 'code-server', 'config.yaml'), 'utf8')));
  assert.notEqual(passwords[0], passwords[1]);
});

test('an archive that is not that of the publisher is not installed, and the rest of user data is run', { skip }, async () => {
  const { folder, output } = await boot(script, archive, local.env, '0'.repeat(64));
  assert.ok(!existsSync(join(folder, 'opt', 'code-server')), output);
  assert.ok(!existsSync(join(folder, 'etc', 'systemd', 'system', 'code-server.service')));
  assert.match(output, /FAILED[^]*This is of the user\.\n$/);
});
