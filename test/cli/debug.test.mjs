// What --debug tells, and what it never does.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';
import { startFaultProxy } from '../../scripts/fault-proxy.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { startRegionalAws } from '../../scripts/regional-aws.mjs';
import { UBUNTU } from './pinned-images.mjs';

const SECRET = 'a-secret-access-key-0123456789';

let local;
let proxy;

before(async () => {
  local = await startRegionalAws(await localAwsEnvironment(), ['eu-west-3']);
  proxy = await startFaultProxy(local.url);
});

after(async () => {
  await proxy.stop();
  await local.stop();
});

const search = (...args) => folderInProcess(proxy.url).cdkAmi(['search', ...UBUNTU.query, ...args], { credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: SECRET } });

test('--debug tells what AWS is asked, how long it took and what came of it, and no credentials', async () => {
  const { stdout, stderr } = await search('--debug', '--json');
  assert.equal(stdout, (await search('--json')).stdout);
  assert.match(stderr, /^debug: connect \{.*\}: \d+ ms, eu-west-3\ndebug: images "eu-west-3" \{"owners":\["099720109477"\],.*\}: \d+ ms, \d+ found\n$/);
  assert.ok(!stderr.includes(SECRET) && !stderr.includes('AKIAEXAMPLE'), stderr);
});

test('--debug tells where a failure came from', async () => {
  proxy.reset([{ fault: 'deny' }]);
  const { code, stderr } = await search('--debug');
  assert.equal(code, 2);
  assert.match(stderr, /^debug: images .*: \d+ ms, Error: .* at .* from UnauthorizedOperation: .* \{"httpStatusCode":403,.*"attempts":1,.*\}\nerror: eu-west-3: /m);
  const quiet = await search();
  proxy.reset();
  assert.doesNotMatch(quiet.stderr, /debug|UnauthorizedOperation: /);
});
