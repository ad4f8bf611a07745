// The commands of docs/from-the-article.md, one after the other, on the stack of the article.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { exampleApps } from '../../scripts/example-app.mjs';
import { startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment, ROOT } from '../../scripts/project.mjs';

const PAGE = readFileSync(join(ROOT, 'docs', 'from-the-article.md'), 'utf8');
const COMMANDS = [...PAGE.matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, block]) => block.trim().split('\n'));

/** What each of them prints. */
const PRINTED = [
  /^amzn2-ami-hvm-2\.0\.20230320\.0-x86_64-gp2\t137112412989\tx86_64\tebs\t\/dev\/xvda\tLinux\/UNIX\n$/,
  /^ami-[0-9a-f]{17}\tamzn2-ami-hvm-2\.0\.2026\d+\.\d-x86_64-gp2\n$/,
  /^ami-[0-9a-f]{17}\n$/,
  /^id +ami-01fde5e5b31e98551\n[^]*^instance types +\d+, in families: /m,
  /^[^\n]*\n[^\n]*ami-[0-9a-f]{17}/,
  /^i-[0-9a-f]{17}\tami-01fde5e5b31e98551\tt2\.micro\t1\tLinux\/UNIX\n$/,
  /^vpc-[0-9a-f]+\t10\.0\.0\.0\/\d+\n$/,
  /^8\tgp3\tTrue\n$/,
  /^Instance +running +i-[0-9a-f]{17} +[\d.]+ +aws ssm start-session --target i-/m,
];

let local;
let app;

before(async () => {
  local = await startLocalAws(await localAwsEnvironment());
  [{ typescript: app }] = await Promise.all([exampleApps('workshop'), local.bootstrap()]);
  await app.cdk(local.env, 'deploy', '--require-approval', 'never');
});

after(() => local.stop());

test('the page has a command for each of these answers', () => assert.equal(COMMANDS.length, PRINTED.length, COMMANDS.join('\n')));

COMMANDS.forEach((command, i) => test(command, async () => {
  assert.match(await app.run(local.env, 'sh', '-c', command), PRINTED[i]);
}));

test('a stack whose instance was terminated by hand is destroyed all the same', async () => {
  const ids = await local.aws('ec2', 'describe-instances', '--query', 'Reservations[].Instances[].InstanceId');
  await local.aws('ec2', 'terminate-instances', '--instance-ids', ...ids);
  await app.cdk(local.env, 'destroy', '--app', 'cdk.out', '--force');
  assert.equal(await app.run(local.env, 'sh', '-c', 'npx cdk-workshop end --stack Workshop --region eu-west-3'), '');
});
