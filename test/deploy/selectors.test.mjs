import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { exampleApps } from '../../scripts/example-app.mjs';
import { startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment, ROOT } from '../../scripts/project.mjs';

const PARAMETER = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64';
const VERSIONED = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.12-x86_64';
const NAME = 'al2023-ami-2023.*-kernel-6.1-x86_64';
const UBUNTU = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*';
const CANONICAL = '099720109477';
const ATTACKER = '666666666666';

let apps;
let local;
let parameters;

function editParameters(edit) {
  const values = JSON.parse(readFileSync(parameters, 'utf8'));
  edit(values);
  writeFileSync(parameters, JSON.stringify(values));
}

function parameterVersions() {
  return JSON.parse(readFileSync(parameters, 'utf8'))[VERSIONED].versions;
}

function instanceOf(stack) {
  return local.aws('ec2', 'describe-instances', '--query', 'Reservations[].Instances[] | [0]',
    '--filters', 'Name=instance-state-name,Values=running', `Name=tag:aws:cloudformation:stack-name,Values=${stack}`);
}

async function imagesNamed(name, ...owners) {
  const images = await local.aws('ec2', 'describe-images', '--filters', `Name=name,Values=${name}`, '--query', 'sort_by(Images, &CreationDate)',
    ...(owners.length > 0 ? ['--owners', ...owners] : []));
  return images.reverse();
}

before(async () => {
  apps = await exampleApps('selectors');
  parameters = join(apps.typescript.directory, 'parameters.json');
  cpSync(join(ROOT, 'test', 'local-aws', 'data', 'parameters.json'), parameters);
  local = await startLocalAws(await localAwsEnvironment(), { parameters });
  await local.bootstrap();
});

after(() => local.stop());

test('the templates in TypeScript and in Python are equal', async () => {
  const [typescript, python] = await Promise.all([apps.typescript, apps.python].map(app => app.templates(local.env)));
  assert.deepEqual(Object.keys(typescript).sort(), ['GenericLinux', 'Latest', 'Lookup', 'SsmParameter', 'SsmParameterOnDeploy',
    'SsmParameterOnRequest', 'SsmParameterVersion']);
  assert.deepEqual(python, typescript);
});

test('bare CDK: a lookup without owners chooses the newer image of an attacker under a look-alike name', async () => {
  const [newest] = await imagesNamed(NAME);
  assert.equal(newest.OwnerId, ATTACKER);

  const { directory } = apps.typescript;
  writeFileSync(join(directory, 'bare.cjs'), `
    const { App, Stack } = require('aws-cdk-lib');
    const ec2 = require('aws-cdk-lib/aws-ec2');
    const stack = new Stack(new App(), 'Bare', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: 'eu-west-3' } });
    new ec2.CfnInstance(stack, 'Instance', { imageId: ec2.MachineImage.lookup({ name: '${NAME}' }).getImage(stack).imageId });`);
  const printed = await apps.typescript.cdk(local.env, 'synth', '--app', 'node bare.cjs', '--output', 'bare.out');
  assert.match(printed, new RegExp(newest.ImageId));
});

test('a region that the map of an agnostic stack lacks is refused in one sentence, and nothing is made', async () => {
  const { directory } = apps.typescript;
  writeFileSync(join(directory, 'elsewhere.cjs'), `
    const { App, Stack } = require('aws-cdk-lib');
    const { AmiSelector, WorkshopInstance } = require('cdk-workshop-instance');
    new WorkshopInstance(new Stack(new App(), 'Elsewhere'), 'Workshop', { machineImage: AmiSelector.genericLinux({ 'us-east-1': 'ami-01fde5e5b31e98551' }) });`);
  await assert.rejects(
    apps.typescript.cdk(local.env, 'deploy', '--app', 'node elsewhere.cjs', '--output', 'elsewhere.out', '--require-approval', 'never'),
    /Elsewhere\/Workshop: there is no AMI id for the region of this stack, only for us-east-1; add one to the map of AmiSelector, or deploy to one of these\./);
  assert.equal(await instanceOf('Elsewhere'), null);
});

describe('deployed', () => {
  let amazons;

  before(async () => {
    [amazons] = await imagesNamed(NAME, 'amazon');
    rmSync(join(apps.typescript.directory, 'cdk.context.json'), { force: true });
    editParameters(values => { values[PARAMETER] = amazons.ImageId; });
    await apps.typescript.cdk(local.env, 'deploy', '--all', '--require-approval', 'never');
  });

  test('latest starts the newest image of the publisher, not the newer one of an attacker', async () => {
    const [newest] = await imagesNamed(UBUNTU, CANONICAL);
    assert.equal((await instanceOf('Latest')).ImageId, newest.ImageId);
    assert.equal((await imagesNamed(UBUNTU))[0].OwnerId, ATTACKER);
  });

  test('genericLinux starts the image of the map', async () => {
    assert.equal((await instanceOf('GenericLinux')).ImageId, 'ami-03cd84e5bcdbb5761');
  });

  test('fromSsmParameter starts the image of the parameter', async () => {
    assert.equal((await instanceOf('SsmParameter')).ImageId, amazons.ImageId);
    assert.equal((await instanceOf('SsmParameterOnDeploy')).ImageId, amazons.ImageId);
    assert.equal((await instanceOf('SsmParameterOnRequest')).ImageId, amazons.ImageId);
  });

  test('fromSsmParameter with a version starts the image of that version', async () => {
    assert.equal((await instanceOf('SsmParameterVersion')).ImageId, parameterVersions()['38']);
  });

  test('lookup starts the newest image of the owner, not the newer one of an attacker', async () => {
    assert.equal((await instanceOf('Lookup')).ImageId, amazons.ImageId);
  });

  test('a moved parameter replaces the instance ON_DEPLOY, and neither by default nor ON_REQUEST nor with a version', async () => {
    const stacks = ['SsmParameterOnDeploy', 'SsmParameter', 'SsmParameterOnRequest', 'SsmParameterVersion'];
    const before = await Promise.all(stacks.map(instanceOf));
    const [, older] = await imagesNamed(NAME, 'amazon');
    editParameters(values => {
      values[PARAMETER] = older.ImageId;
      values[VERSIONED].versions['40'] = 'ami-01fde5e5b31e98551';
    });

    const [template] = await apps.typescript.cdk(local.env, 'diff', '--method=template', 'SsmParameterOnDeploy').then(printed => [printed], error => [error.message]);
    assert.doesNotMatch(template, /AWS::EC2::Instance/, 'the diff of the template shows no change');
    await apps.typescript.cdk(local.env, 'deploy', ...stacks, '--require-approval', 'never');

    const after = await Promise.all(stacks.map(instanceOf));
    assert.equal(after[0].ImageId, older.ImageId);
    assert.notEqual(after[0].InstanceId, before[0].InstanceId);
    assert.deepEqual(after.slice(1).map(instance => instance.InstanceId), before.slice(1).map(instance => instance.InstanceId));
  });

  test('ON_REQUEST moves when its entry in cdk.context.json is reset', async () => {
    const before = await instanceOf('SsmParameterOnRequest');
    const context = JSON.parse(readFileSync(join(apps.typescript.directory, 'cdk.context.json'), 'utf8'));
    await apps.typescript.cdk(local.env, 'context', '--reset', Object.keys(context).find(key => key.startsWith('ssm:')));
    await apps.typescript.cdk(local.env, 'deploy', 'SsmParameterOnRequest', '--require-approval', 'never');
    assert.notEqual((await instanceOf('SsmParameterOnRequest')).InstanceId, before.InstanceId);
  });
});
