// The user data of every family and architecture that takes a shell script, checked by bash and by ShellCheck.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { shellCheckEnvironment } from '../../scripts/project.mjs';
import { run } from '../../scripts/steps.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';

const require = createRequire(import.meta.url);
const { App, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { Template } = require('aws-cdk-lib/assertions');
const { AmiFamily, AmiSelector, UserDataFormat, WorkshopAccess, WorkshopInstance } = require('../..');

const init = ec2.CloudFormationInit.fromElements(ec2.InitFile.fromString('/etc/motd', 'hello'));
const PROPERTIES = {
  'nothing': {},
  'init': { init },
  'init with options': { init, initOptions: { includeUrl: true, includeRole: true, ignoreFailures: true } },
  'keepUpToDate': { init, keepUpToDate: true },
  'an editor in the browser': { access: [WorkshopAccess.browserIde()] },
};

const SHEBANGS = { [UserDataFormat.SHELL]: '#!/bin/bash', [UserDataFormat.POSIX_SHELL]: '#!/bin/sh' };

const TYPES = { x86_64: 't3.micro', arm64: 't4g.micro', x86_64_mac: 'mac1.metal', arm64_mac: 'mac2.metal' };

const folder = temporaryFolder('user-data');
const scripts = {};
let venv;

/** Starts an instance, unless its properties are refused for the family. */
function start(stack, name, family, props) {
  try {
    // Where macOS runs; nothing else may say so.
    new WorkshopInstance(stack, name, props).instance.instance.tenancy = family.includes('MACOS') ? 'host' : undefined;
  } catch (error) {
    stack.node.tryRemoveChild(name);
    assert.ok(error.message.includes(family), error.message);
  }
}

/** User data with an innocent word for whatever CloudFormation fills in. */
function text({ 'Fn::Base64': content }) {
  return [content['Fn::Join']?.[1] ?? content].flat().map(part => typeof part === 'string' ? part : 'filled-in').join('');
}

before(async () => {
  venv = await shellCheckEnvironment();
  for (const [title, props] of Object.entries(PROPERTIES)) {
    // A stack takes 500 resources, and nothing is deployed here.
    const app = new App({ context: { '@aws-cdk/core:stackResourceLimit': 0 } });
    const stack = new Stack(app, title.replaceAll(' ', ''), { env: { account: '123456789012', region: 'eu-west-3' } });
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-3a'], privateSubnetIds: ['subnet-1'] });
    for (const family of AmiFamily.all().filter(each => each.userDataFormat in SHEBANGS)) {
      for (const { architecture, rootDevice } of family.variants().filter(variant => variant.rootDevice === 'ebs')) {
        const userData = ec2.UserData.forLinux({ shebang: SHEBANGS[family.userDataFormat] });
        userData.addCommands('echo "This is of the user."');
        const instanceType = new ec2.InstanceType(TYPES[family._isMac ? `${architecture}_mac` : architecture]);
        const name = `${family.id}-${architecture}`;
        const machineImage = AmiSelector.latest(family, { architecture, rootDevice });
        start(stack, name, `${family}`, { ...props, vpc, instanceType, userData, machineImage, instanceName: name, outputs: false });
      }
    }
    mkdirSync(join(folder, title));
    for (const { Properties } of Object.values(Template.fromStack(stack).findResources('AWS::EC2::Instance'))) {
      const name = Properties.Tags.find(({ Key }) => Key === 'Name').Value;
      const file = join(folder, title, `${name}.sh`);
      writeFileSync(file, text(Properties.UserData));
      (scripts[title] ??= []).push(file);
    }
  }
});

for (const title of Object.keys(PROPERTIES)) {
  test(`with ${title}: bash parses it, and ShellCheck finds nothing, as bash and as sh`, async t => {
    t.diagnostic(`${scripts[title].length} scripts`);
    assert.ok(scripts[title].length > 50);
    for (const file of scripts[title]) {
      await run('bash', ['-n', file]);
    }
    for (const shell of ['bash', 'sh']) {
      await run(join(venv, 'bin', 'shellcheck'), ['--norc', `--shell=${shell}`, ...scripts[title]]);
    }
  });
}

test('ShellCheck does find a mistake', async () => {
  const file = join(folder, 'mistake.sh');
  writeFileSync(file, '#!/bin/bash\nrm -rf $1/*\n');
  await assert.rejects(run(join(venv, 'bin', 'shellcheck'), ['--norc', file]), /SC2115|SC2086/);
});
