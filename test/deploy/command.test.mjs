// The command from the npm package and the one from the wheel are the same.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { installCommand, userEnvironment, workingFolder } from '../../scripts/command.mjs';
import { localAwsEnvironment, pythonAppEnvironment, pythonPackage } from '../../scripts/project.mjs';
import { startRegionalAws } from '../../scripts/regional-aws.mjs';

const REGIONS = ['af-south-1', 'eu-west-3', 'us-east-1'];

let local;
let npm;
let pip;

/** What both print and leave behind: the same, but for the `npx` in front of the commands that they name. */
async function both(...commands) {
  const [ofNpm, ofPip] = await Promise.all([npm, pip].map(async bin => {
    const folder = workingFolder(bin, userEnvironment(local.env));
    const ends = [];
    for (const args of commands) {
      ends.push(await folder.cdkAmi(args));
    }
    return { ends, text: folder.text() };
  }));
  assert.deepEqual(ofPip.ends, ofNpm.ends.map(end => ({ ...end, stderr: end.stderr.replaceAll('npx --package cdk-workshop-instance ', '') })));
  assert.equal(ofPip.text, ofNpm.text);
  return { ofNpm, ofPip };
}

before(async () => {
  npm = await installCommand();
  pip = join(await pythonAppEnvironment(pythonPackage()), 'bin');
  local = await startRegionalAws(await localAwsEnvironment(), REGIONS);
});

after(() => local.stop());

test('search finds the same image', async () => {
  const { ofPip: { ends: [{ code, stdout }] } } = await both('search --family AMAZON_LINUX_2 --architecture x86_64 --root-device ebs --region eu-west-3 --limit 1'.split(' '));
  assert.equal(code, 0);
  assert.match(stdout, /ami-043579e16aedc64a4/);
});

test('pin writes the same bytes, and check reads them', async () => {
  const pin = ['pin', 'web', '--family', 'AMAZON_LINUX_2023_KERNEL_6_1', ...REGIONS.flatMap(region => ['--region', region])];
  const { ofPip: { ends, text } } = await both(pin, ['check'], pin);
  assert.deepEqual(ends.map(({ code }) => code), [0, 0, 0]);
  assert.equal(JSON.parse(text).images.web.regions['eu-west-3'].imageId, 'ami-03cd84e5bcdbb5761');
});

test('errors have the same exit code, and name the command as it is called', async () => {
  const { ofNpm, ofPip } = await both(['pin', 'web']);
  assert.deepEqual([ofNpm.ends[0].code, ofPip.ends[0].code], [2, 2]);
  assert.match(ofNpm.ends[0].stderr, /"npx --package cdk-workshop-instance cdk-ami pin web --family/);
  assert.match(ofPip.ends[0].stderr, /"cdk-ami pin web --family/);
});
