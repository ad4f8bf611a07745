// What show and families print, and what the command leaves out where nobody looks.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { folderInProcess, installCommand, userEnvironment, workingFolder } from '../../scripts/command.mjs';
import { startFaultProxy } from '../../scripts/fault-proxy.mjs';
import { localAwsEnvironment, ROOT } from '../../scripts/project.mjs';
import { startRegionalAws } from '../../scripts/regional-aws.mjs';
import { run } from '../../scripts/steps.mjs';
import { EXPECTED, UBUNTU } from './pinned-images.mjs';

const { AmiFamily } = createRequire(import.meta.url)('../..');

const REGIONS = ['eu-south-2', 'eu-west-3'];
const OWN = 'ami-0ff0000000000001a';
// eslint-disable-next-line no-control-regex
const COLOR = /\x1b\[[0-9;]*m/;

let bin;
let venv;
let local;
let proxy;
let env;

const work = () => folderInProcess(proxy.url);

before(async () => {
  bin = await installCommand();
  venv = await localAwsEnvironment();
  local = await startRegionalAws(venv, REGIONS);
  proxy = await startFaultProxy(local.url);
  env = { ...userEnvironment(local.env), AWS_ENDPOINT_URL: proxy.url };
});

after(async () => {
  await proxy.stop();
  await local.stop();
});

describe('show', () => {
  test('tells what an image is made of, as EC2 describes it, and which types fit it', async () => {
    const { code, stdout, stderr } = await work().cdkAmi(['show', 'ami-043579e16aedc64a4']);
    assert.deepEqual([code, stderr], [0, '']);
    const [{ BlockDeviceMappings: [{ Ebs }] }] = await local.aws('ec2', 'describe-images', '--image-ids', 'ami-043579e16aedc64a4', '--query', 'Images');
    for (const line of [
      /^name +amzn2-ami-kernel-5\.10-hvm-2\.0\.20260930\.0-x86_64-gp2$/m,
      /^owner +137112412989 \(amazon\)$/m,
      /^created +2026-10-01/m,
      /^architecture +x86_64$/m,
      /^boot mode +legacy-bios/m,
      /^root device +ebs, \/dev\/xvda$/m,
      new RegExp(`^/dev/xvda +${Ebs.SnapshotId} +8 +gp2 +no$`, 'm'),
      /^launch permissions +every account$/m,
    ]) {
      assert.match(stdout, line);
    }
    const types = /instance types +([^]*)$/.exec(stdout)[1];
    assert.match(types, /\bt2 \(7\)/);
    assert.doesNotMatch(types, /\bt4g\b/);
    const fitting = await local.aws('ec2', 'describe-instance-types', '--query', 'length(InstanceTypes)', '--filters', 'Name=supported-boot-mode,Values=legacy-bios',
      'Name=processor-info.supported-architecture,Values=x86_64', 'Name=supported-root-device-type,Values=ebs', 'Name=supported-virtualization-type,Values=hvm');
    assert.ok(types.startsWith(`${fitting}, `), types);
  });

  test('tells the launch permissions of an own image', async () => {
    await local.aws('ec2', 'modify-image-attribute', '--image-id', OWN, '--launch-permission', 'Add=[{UserId=210987654321}]');
    const { stdout } = await work().cdkAmi(['show', OWN]);
    assert.match(stdout, /launch permissions +its owner, 210987654321/);
  });

  test('tells what cannot be known of it, after the rest, and ends with 2', async () => {
    proxy.reset([{ action: 'DescribeInstanceTypes', fault: 'deny' }]);
    const { code, stdout, stderr } = await work().cdkAmi(['show', UBUNTU.newer]);
    proxy.reset();
    assert.equal(code, 2);
    assert.match(stdout, /^root device +ebs, \/dev\/sda1$/m);
    assert.match(stderr, /may not call ec2:DescribeInstanceTypes.*allow it in the policy/);
  });

  for (const [what, [id, message]] of Object.entries({
    'an image that there is not': ['ami-0123456789abcdef0', /no ami-0123456789abcdef0 in eu-west-3/],
    'an image of a stranger': ['ami-05e0000000000001a', /no ami-05e0000000000001a in eu-west-3/],
    'what is no id': ['amzn2-ami', /"amzn2-ami" is not the id of an image; write "ami-"/],
  })) {
    test(`refuses ${what}`, async () => {
      const { code, stdout, stderr } = await work().cdkAmi(['show', id]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
    });
  }
});

describe('families', () => {
  const count = AmiFamily.all().flatMap(family => family.variants()).length;

  test('lists the catalog without asking AWS', async () => {
    proxy.reset();
    const { code, stdout, stderr } = await workingFolder(bin, env).cdkAmi(['families'], { AWS_REGION: undefined, AWS_ACCESS_KEY_ID: undefined });
    assert.deepEqual([code, stderr, proxy.calls], [0, '', []]);
    assert.equal(stdout.trimEnd().split('\n').length, AmiFamily.all().length + 1);
    assert.match(stdout, /^DEBIAN_13 +Debian 13\b.* x86_64, arm64 +ebs /m);
  });

  test('--json has every family with its images', async () => {
    const { stdout } = await work().cdkAmi(['families', '--json']);
    const families = JSON.parse(stdout);
    assert.deepEqual(families.map(({ id }) => id), AmiFamily.all().map(({ id }) => id));
    assert.deepEqual(Object.keys(families[0].images[0]).slice(0, 2), ['architecture', 'rootDevice']);
  });

  test(`--verify finds each of the ${count} images, none an attacker's, but for those that are deprecated`, async () => {
    const { code, stdout } = await work().cdkAmi(['families', '--verify', '--json']);
    const verified = JSON.parse(stdout);
    assert.equal(verified.length, count);
    for (const { family, architecture, rootDevice, imageId, problem } of verified) {
      if (family.startsWith('AMAZON_LINUX_1')) {
        assert.match(problem, /is deprecated since 2025-12-19/);
      } else {
        assert.equal(imageId, EXPECTED[family][architecture][rootDevice], `${family} ${architecture} ${rootDevice}: ${problem}`);
      }
    }
    assert.equal(code, 1);
  });

  test('--verify tells what is not in a region', async () => {
    const { code, stdout, stderr } = await work().cdkAmi(['families', '--verify', '--region', 'eu-south-2']);
    assert.equal(code, 1);
    assert.match(stdout, /^AMAZON_LINUX_1 +x86_64 +instance-store +none +There is no parameter .*amzn-ami-hvm-x86_64-s3/m);
    assert.match(stderr, new RegExp(`\\d+ of ${count} images .* eu-south-2`));
  });
});

describe('where nobody looks', { concurrency: 3 }, () => {
  const commands = {
    search: ['search', ...UBUNTU.query],
    pin: ['pin', 'web', ...UBUNTU.query],
    families: ['families', '--verify'],
    error: ['pin', 'web'],
  };
  for (const [name, args] of Object.entries(commands)) {
    test(`${name} prints neither colours nor progress`, async () => {
      const { stdout, stderr } = await workingFolder(bin, env).cdkAmi(args, { CI: 'true' });
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(stdout + stderr, /[\x1b\r]/);
    });
  }

  /** Runs the command on a terminal. Resolves to all that is seen there. */
  function onTerminal(columns, variables = {}) {
    const args = [join(ROOT, 'test', 'cli', 'terminal.py'), String(columns), '', join(bin, 'cdk-ami'), ...commands.pin];
    return run(join(venv, 'bin', 'python'), args, { cwd: work().directory, env: { ...env, TERM: 'xterm', ...variables } });
  }

  test('but on a terminal it does', async () => {
    const seen = await onTerminal(120);
    assert.match(seen, COLOR);
    assert.match(seen, /Pinning web/);
  });

  test('and with NO_COLOR it prints no colours there', async () => {
    const seen = await onTerminal(120, { NO_COLOR: '1' });
    assert.doesNotMatch(seen, COLOR);
    assert.match(seen, /Pinning web/);
  });

  test('and on a terminal without a width no progress', async () => {
    assert.doesNotMatch(await onTerminal(0), /Pinning web/);
  });

  test('a reader that has seen enough ends it without an error', async () => {
    const folder = work();
    const printed = await run('sh', ['-c', `"${join(bin, 'cdk-ami')}" families | head -n 1`], { cwd: folder.directory, env });
    assert.match(printed, /^family/);
  });
});
