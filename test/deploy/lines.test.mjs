// The lines that are printed to connect, each run as far as it goes without EC2: by a shell, with the real AWS CLI, in an empty folder.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { typescriptApps } from '../../scripts/example-app.mjs';
import { startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment, npmPackage, ROOT } from '../../scripts/project.mjs';
import { run } from '../../scripts/steps.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';

const folder = temporaryFolder('lines');
const inFolder = (name, line) => {
  mkdirSync(join(folder, name), { recursive: true });
  return run('sh', ['-c', line], { cwd: join(folder, name), env: local.env });
};

/** What the AWS CLI makes of a line, without sending it. */
const parsed = async line => JSON.parse(await run('sh', ['-c', `${line} --generate-cli-skeleton output --output json`], { cwd: folder, env: local.env }));

let local;
let seats;
let windows;

async function outputs(stack) {
  const list = await local.aws('cloudformation', 'describe-stacks', '--stack-name', stack, '--query', 'Stacks[0].Outputs');
  return Object.fromEntries(list.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

before(async () => {
  const venv = await localAwsEnvironment();
  const app = await typescriptApps(npmPackage())('selectors');
  cpSync(join(ROOT, 'test', 'deploy', 'lines-app.cjs'), join(app.directory, 'lines-app.cjs'));
  local = await startLocalAws(venv);
  await local.bootstrap();
  await app.cdk(local.env, 'deploy', '--all', '--app', 'node lines-app.cjs', '--require-approval', 'never');
  seats = JSON.parse(Object.entries(await outputs('Linux')).find(([key]) => key.includes('SeatList'))[1]);
  windows = Object.values(await outputs('Windows'));
});

after(() => local.stop());

test('the first line of a seat writes the key file that its line for SSH names, and no seat has the key of another', async () => {
  const keys = await Promise.all(Object.entries(seats).map(async ([seat, { connectCommands: [keyLine, ssh] }]) => {
    await inFolder(seat, keyLine);
    const [, file, address] = /^ssh -i (\S+\.pem) ec2-user@([\d.]+)$/.exec(ssh);
    assert.equal(statSync(join(folder, seat, file)).mode & 0o777, 0o400);
    assert.ok(address);
    return readFileSync(join(folder, seat, file), 'utf8');
  }));
  keys.forEach(key => assert.match(key, /PRIVATE KEY/));
  assert.notEqual(keys[0], keys[1]);
});

test('the AWS CLI takes the lines for Session Manager and for the password of the editor', async t => {
  for (const { connectCommands } of Object.values(seats)) {
    const lines = connectCommands.slice(1).filter(line => line.startsWith('aws '));
    assert.equal(lines.length, 4);
    for (const line of lines) {
      assert.ok(await parsed(line));
      t.diagnostic(line);
    }
  }
});

test('the other lines are addresses, and only a page has one for a browser', () => {
  for (const { connectCommands } of Object.values(seats)) {
    const [editor, page, ports] = connectCommands.slice(2).filter(line => !line.startsWith('aws '));
    assert.equal(editor, 'http://localhost:8080');
    assert.match(page, /^http:\/\/[\d.]+:8080$/);
    assert.match(ports, /^[\d.]+:5900-5910$/);
  }
});

test('the password of Windows is read with the key file that another line writes', async () => {
  const [keyLine, password, desktop] = ['aws ssm get-parameter', 'aws ec2 get-password-data', 'mstsc'].map(start => windows.find(line => line.startsWith(start)));
  await inFolder('windows', keyLine);
  const [, file] = /--priv-launch-key (\S+)/.exec(password);
  assert.match(readFileSync(join(folder, 'windows', file), 'utf8'), /PRIVATE KEY/);
  // The local AWS answers with what it has encrypted for a key of its own.
  await assert.rejects(inFolder('windows', password), /Unable to decrypt password data using provided private key file\./);
  assert.match(desktop, /^mstsc \/v:[\d.]+$/);
});
