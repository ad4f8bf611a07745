// This machine as an instance whose user data installs the editor in the browser.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { ROOT } from '../../scripts/project.mjs';
import { run } from '../../scripts/steps.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';

const require = createRequire(import.meta.url);
const { App, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { Template } = require('aws-cdk-lib/assertions');
const { AmiFamily, AmiSelector, WorkshopAccess, WorkshopInstance } = require('../..');

const VALUES = { 'AWS::StackName': 'Workshop', 'AWS::Region': 'eu-west-3', 'AWS::Partition': 'aws', 'AWS::AccountId': '123456789012', 'AWS::URLSuffix': 'amazonaws.com' };

/** The template and the rendered user data of an Ubuntu whose editor is that of root, and which go on after it. */
export function rendered() {
  const stack = new Stack(new App(), 'Workshop', { env: { account: '123456789012', region: 'eu-west-3' } });
  const userData = ec2.UserData.forLinux();
  userData.addCommands('echo "This is of the user."');
  const { connectCommands } = new WorkshopInstance(stack, 'Instance', {
    machineImage: AmiSelector.latest(AmiFamily.UBUNTU_24_04), access: [WorkshopAccess.browserIde({ user: 'root' })], userData,
  });
  const template = Template.fromStack(stack);
  const text = value => [value['Fn::Join']?.[1] ?? value].flat().map(part => typeof part === 'string' ? part : VALUES[part.Ref] ?? 'i-0123456789abcdef0').join('');
  const [{ Properties }] = Object.values(template.findResources('AWS::EC2::Instance'));
  return { template: template.toJSON(), script: text(Properties.UserData['Fn::Base64']), lines: connectCommands.map(line => text(stack.resolve(line))) };
}

/** Boots with a script that is made to expect this archive, in place of that of the publisher. */
export async function boot(script, archive, env, sha256 = createHash('sha256').update(readFileSync(archive)).digest('hex')) {
  const folder = temporaryFolder('browser-ide');
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(folder, 'user-data'), script.replace(/[0-9a-f]{64}/, sha256), { mode: 0o755 });
  const bin = ['user-data', 'cfn-bootstrap'].map(name => join(ROOT, 'test', name, 'bin'));
  const output = await run('unshare', ['--map-root-user', '--mount', join(ROOT, 'test', 'cfn-bootstrap', 'instance.sh'), folder,
    'sh', '-c', 'exec "$0" 2>&1', join(folder, 'user-data')], { cwd: folder, env: { ...env, PATH: [...bin, env.PATH].join(delimiter), HOME: home, ARCHIVE: archive } });
  return { folder, home, output };
}
