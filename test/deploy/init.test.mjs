// The rendered user data and metadata at work: this machine is the instance, with aws-cfn-bootstrap (that of PyPI, converted
// to Python 3) and the local AWS. See test/cfn-bootstrap for what stands for the rest.
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { typescriptApps } from '../../scripts/example-app.mjs';
import { startLocalAws } from '../../scripts/local-aws.mjs';
import { cfnBootstrapEnvironment, localAwsEnvironment, npmPackage, ROOT } from '../../scripts/project.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';
import { instanceOf, whyNot } from '../cfn-bootstrap/instance.mjs';

const STACK = 'KeptUpToDate';
const STATES = ['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated'];
const folder = temporaryFolder('set-up');
const skip = await whyNot();
let local;
let app;
let helperScripts;
let instance;

const written = file => readFileSync(join(folder, file), 'utf8');

function synthesize(content) {
  return app.cdk({ ...local.env, FOLDER: folder, CONTENT: content }, 'synth', '--quiet', '--app', 'node init-app.cjs', '--output', `${content}.out`);
}

/** Resolves to the message where the deployment fails. */
function deploy(stack, content) {
  return app.cdk(local.env, 'deploy', stack, '--app', `${content}.out`, '--require-approval', 'never').then(() => undefined, error => error.message);
}

function instancesOf(stack, ...states) {
  return local.aws('ec2', 'describe-instances', '--query', 'Reservations[].Instances[].InstanceId',
    '--filters', `Name=tag:aws:cloudformation:stack-name,Values=${stack}`, `Name=instance-state-name,Values=${states}`);
}

function userData() {
  return local.aws('ec2', 'describe-instance-attribute', '--instance-id', instance.instanceId, '--attribute', 'userData');
}

describe('an instance of Ubuntu that is kept up to date', { skip }, () => {
  before(async () => {
    helperScripts = await cfnBootstrapEnvironment();
    local = await startLocalAws(await localAwsEnvironment());
    await local.bootstrap();
    app = await typescriptApps(npmPackage())('selectors');
    cpSync(join(ROOT, 'test', 'deploy', 'init-app.cjs'), join(app.directory, 'init-app.cjs'));
    await synthesize('one');

    const deployment = deploy(STACK, 'one');
    instance = await instanceOf(STACK, local, helperScripts);
    assert.equal(await Promise.race([deployment, 'waiting']), 'waiting');
    const printed = await instance.boot();
    assert.equal(await deployment, undefined, printed);
  });

  after(() => local?.stop());

  test('has the helper scripts before the user data runs', () => {
    assert.equal(instance.read('/var/log/apt-get.log'), 'apt-get update\napt-get install -y python3-venv\n');
    assert.equal(written('helper-scripts').match(/^cfn-(init|signal|hup|get-metadata)$/gm).length, 4);
  });

  test('is set up once the deployment is through, which has waited for its signal', async () => {
    assert.equal(written('welcome'), 'one');
    assert.equal(written('commands'), 'one');
    const reasons = await local.aws('cloudformation', 'describe-stack-events', '--stack-name', STACK, '--query', 'StackEvents[].ResourceStatusReason');
    assert.ok(reasons.includes(`Received SUCCESS signal with UniqueId ${instance.instanceId}`), reasons);
  });

  test('can read its metadata', async () => {
    const [logicalId] = await local.aws('cloudformation', 'describe-stack-resources', '--stack-name', STACK,
      '--query', 'StackResources[?ResourceType==`AWS::EC2::Instance`].LogicalResourceId');
    const printed = await instance.execute('/opt/aws/bin/cfn-get-metadata', '--stack', STACK, '--resource', logicalId, '--region', 'eu-west-3');
    assert.equal(JSON.parse(printed)['AWS::CloudFormation::Init'].config.files[`${folder}/welcome`].content, 'one');
  });

  test('gets a changed file when cfn-hup looks the next time, and is not replaced', async t => {
    const before = await userData();
    await synthesize('two');
    assert.equal(await deploy(STACK, 'two'), undefined);
    const all = await instancesOf(STACK, ...STATES);
    t.diagnostic(`${all.length - 1} replaced instances`);
    assert.deepEqual(all, [instance.instanceId]);
    assert.deepEqual(await userData(), before);
    assert.equal(written('welcome'), 'one');

    await instance.execute('systemctl', 'start', 'cfn-hup.service');
    assert.equal(written('welcome'), 'two');
    assert.equal(written('commands'), 'onetwo');
  });

  test('is left alone when cfn-hup finds no change', async () => {
    await instance.execute('systemctl', 'start', 'cfn-hup.service');
    assert.equal(written('commands'), 'onetwo');
  });

  for (const [failing, stack, log] of [
    ['a command', 'FailingCommand', /Command 000 failed/],
    ['the user data before it', 'FailingUserData', /no such seat/],
  ]) {
    test(`fails the deployment at once where ${failing} fails, and leaves nothing but its log on the console`, async () => {
      const deployment = deploy(stack, 'one');
      const failed = await instanceOf(stack, local, helperScripts, instance);
      assert.match(await failed.boot(), log);
      assert.match(await deployment, new RegExp(`Received FAILURE signal with UniqueId ${failed.instanceId}`));
      assert.deepEqual(await instancesOf(stack, 'pending', 'running'), []);
    });
  }
});
