// The file that pin writes, and the file that it leaves alone.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { CreateTagsCommand, DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { folderInProcess } from '../../scripts/command.mjs';
import { startFaultProxy } from '../../scripts/fault-proxy.mjs';
import { ACCOUNT } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { idIn, IMAGES, REGIONS, startRegionalAws } from '../../scripts/regional-aws.mjs';
import { AMAZON_LINUX, ATTACKER, EXPECTED, UBUNTU } from './pinned-images.mjs';

const { formatLockFile, parseLockFile } = createRequire(import.meta.url)('../../lib/private/lock-file/format.js');

let local;
let proxy;

const work = () => folderInProcess(proxy.url);
const idsOf = (folder, name) => Object.fromEntries(Object.entries(folder.lock().images[name].regions).map(([region, { imageId }]) => [region, imageId]));
const idsFor = (id, regions) => Object.fromEntries(regions.map(region => [region, idIn(region, id)]));

async function done(folder, ...args) {
  const result = await folder.cdkAmi(args);
  assert.equal(result.code, 0, result.stderr);
  return result;
}

const client = (Client, region) => new Client({ endpoint: local.url, region, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });

before(async () => {
  local = await startRegionalAws(await localAwsEnvironment());
  proxy = await startFaultProxy(local.url);
});

after(async () => {
  await proxy.stop();
  await local.stop();
});

test('all 30 enabled regions are pinned side by side, each with its own id', async () => {
  const folder = work();
  proxy.reset([{ delay: 200 }]);
  await done(folder, 'pin', 'web', ...AMAZON_LINUX.query, '--all-regions');
  assert.deepEqual(idsOf(folder, 'web'), idsFor(AMAZON_LINUX.newer, REGIONS));
  assert.ok(proxy.mostAtOnce >= 8, `${proxy.mostAtOnce} calls at once`);
  const { owner, ownerAlias, ...rest } = folder.lock().images.web.regions['eu-south-2'];
  assert.deepEqual([owner, ownerAlias, rest.rootDeviceName], ['061882349855', 'amazon', '/dev/xvda']);
});

test('the file is what its reader writes', async () => {
  const folder = work();
  await done(folder, 'pin', 'web', ...AMAZON_LINUX.query, '--region', 'us-east-1', '--region', 'eu-west-3');
  assert.equal(formatLockFile(parseLockFile(folder.text())), folder.text());
  assert.deepEqual(Object.keys(folder.lock().images.web.regions), ['eu-west-3', 'us-east-1']);
});

test('the region of the environment is pinned where none is named', async () => {
  const folder = work();
  await done(folder, 'pin', 'web', ...UBUNTU.query);
  assert.deepEqual(idsOf(folder, 'web'), idsFor(UBUNTU.newer, ['eu-west-3']));
});

test('pin twice is no diff, and the file is not written again', async () => {
  const folder = work();
  const pin = ['pin', 'web', ...UBUNTU.query, '--region', 'eu-west-3', '--region', 'us-east-1'];
  await done(folder, ...pin);
  const [text, { ino, mtimeNs }] = [folder.text(), statSync(join(folder.directory, 'ami.lock.json'), { bigint: true })];
  await done(folder, ...pin);
  const again = statSync(join(folder.directory, 'ami.lock.json'), { bigint: true });
  assert.deepEqual([folder.text(), again.ino, again.mtimeNs], [text, ino, mtimeNs]);
  assert.deepEqual(readdirSync(folder.directory), ['ami.lock.json']);
});

test('a region more is added to the entry, and an entry more to the file, while the rest stays', async () => {
  const folder = work();
  await done(folder, 'pin', 'web', ...UBUNTU.query, '--region', 'eu-west-3');
  const first = folder.lock().images.web.regions['eu-west-3'];
  await done(folder, 'pin', 'web', '--region', 'us-east-1');
  await done(folder, 'pin', 'batch', ...AMAZON_LINUX.query, '--architecture', 'arm64', '--region', 'eu-west-3');
  assert.deepEqual(folder.lock().images.web.regions['eu-west-3'], first);
  assert.deepEqual(idsOf(folder, 'web'), idsFor(UBUNTU.newer, ['eu-west-3', 'us-east-1']));
  assert.deepEqual(idsOf(folder, 'batch'), idsFor('ami-0c8aaf4f7379113d4', ['eu-west-3']));
});

test('architecture and root device of the entry stay where the same family is named without them', async () => {
  const folder = work();
  await done(folder, 'pin', 'web', '--family', 'AMAZON_LINUX_2023_KERNEL_6_1', '--architecture', 'arm64', '--region', 'eu-west-3');
  await done(folder, 'pin', 'web', '--family', 'amazon-linux-2023-kernel-6.1', '--region', 'us-east-1');
  assert.deepEqual(idsOf(folder, 'web'), idsFor('ami-0c8aaf4f7379113d4', ['eu-west-3', 'us-east-1']));
});

test('another query pins all regions of the entry anew', async () => {
  const folder = work();
  await done(folder, 'pin', 'web', ...UBUNTU.query, '--region', 'eu-west-3', '--region', 'us-east-1');
  await done(folder, 'pin', 'web', ...AMAZON_LINUX.query, '--region', 'eu-west-3');
  assert.deepEqual(idsOf(folder, 'web'), idsFor(AMAZON_LINUX.newer, ['eu-west-3', 'us-east-1']));
  assert.equal(folder.lock().images.web.query.family, 'AMAZON_LINUX_2023_KERNEL_6_1');
});

test('a file elsewhere is written with --file', async () => {
  const folder = work();
  mkdirSync(join(folder.directory, 'infra'));
  await done(folder, 'pin', 'web', ...UBUNTU.query, '--file', 'infra/images.json');
  assert.deepEqual([folder.text(), existsSync(join(folder.directory, 'infra', 'images.json'))], [undefined, true]);
});

describe('what one writer leaves does not stop the next', { concurrency: 2 }, () => {
  test('the lock of a process that ended long ago', async () => {
    const folder = work();
    mkdirSync(join(folder.directory, 'ami.lock.json.lock'));
    utimesSync(join(folder.directory, 'ami.lock.json.lock'), new Date(0), new Date(0));
    const { stderr } = await done(folder, 'pin', 'web', ...UBUNTU.query);
    assert.doesNotMatch(stderr, /Waiting/);
    assert.deepEqual(readdirSync(folder.directory), ['ami.lock.json']);
  });

  test('the lock and the half-written file of a process that ended just now', async () => {
    const folder = work();
    mkdirSync(join(folder.directory, 'ami.lock.json.lock'));
    folder.write(`ami.lock.json.cdk-ami-${'0'.repeat(32)}`, '{ "version": 1, "ima');
    const { stderr } = await done(folder, 'pin', 'web', ...UBUNTU.query);
    assert.match(stderr, /Waiting for another cdk-ami that writes ami\.lock\.json/);
    assert.deepEqual(readdirSync(folder.directory), ['ami.lock.json']);
  });
});

describe('a file that cannot be used is told with what to do, and left as it is', { concurrency: 3 }, () => {
  const query = { architecture: 'x86_64', family: 'UBUNTU_24_04', owners: ['099720109477'], rootDevice: 'ebs' };
  const image = { creationDate: '2026-09-16T08:00:00.000Z', imageId: UBUNTU.newer, name: 'ubuntu', owner: '099720109477' };
  const file = (changes, ofImage = {}) => ({ version: 1, images: { web: { query, regions: { 'eu-west-3': { ...image, ...ofImage } } } }, ...changes });
  const files = {
    'of a newer version': [file({ version: 2 }), /version 2.*npm install cdk-workshop-instance@latest/],
    'that is not JSON': ['{ "version": 1, "ima', /not JSON.*restore the file from version control/],
    'that is empty': ['', /not JSON.*restore the file from version control/],
    'with the conflict of a merge': ['{\n<<<<<<< HEAD\n  "version": 1\n=======\n', /line 2 is the conflict marker of a merge/],
    'with an owner that its query excludes': [file({}, { owner: '666666666666' }), /666666666666.*query takes images of 099720109477 only.*pin web --region eu-west-3/],
    'with an id that is none': [file({}, { imageId: 'ami-1' }), /"ami-1".*8 or 17 hex digits.*pin web --region eu-west-3/],
    'with a key that is none': [file({}, { imageID: UBUNTU.newer }), /"imageID", which is none of/],
  };
  for (const [what, [content, message]] of Object.entries(files)) {
    test(`one ${what}`, async () => {
      for (const args of [['pin', 'shell', ...UBUNTU.query], ['update'], ['check']]) {
        const folder = work();
        folder.write('ami.lock.json', content);
        const before = folder.text();
        const { code, stdout, stderr } = await folder.cdkAmi(args);
        assert.deepEqual([code, stdout, folder.text()], [2, '', before], `${args[0]}: ${stderr}`);
        assert.match(stderr, message);
        assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
        assert.deepEqual(readdirSync(folder.directory), ['ami.lock.json']);
      }
    });
  }
});

test('a folder that is not there is told', async () => {
  const { code, stderr } = await work().cdkAmi(['pin', 'web', ...UBUNTU.query, '--file', 'infra/ami.lock.json']);
  assert.equal(code, 2);
  assert.match(stderr, /infra\/ami\.lock\.json.*no such folder; make it first/);
});

describe('what a parameter names is pinned only if it is what the family is', () => {
  const PARAMETER = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64';
  const others = {
    'of a stranger': [({ owner_id, architecture }) => owner_id === ATTACKER && architecture === 'x86_64', /which belongs to 666666666666, not to amazon/],
    'of another architecture': [({ name }) => name.startsWith('al2023-ami-2023') && name.endsWith('-arm64'), /which is arm64, not x86_64/],
    'on another root device': [({ name, root_device_type }) => name.startsWith('amzn-ami-hvm') && root_device_type === 'instance-store',
      /which has an instance-store root device, not an ebs one/],
  };
  for (const [what, [isOther, message]] of Object.entries(others)) {
    test(`not one ${what}`, async () => {
      const { ami_id: other } = IMAGES.find(isOther);
      const nameInParameter = id => local.editParameters(values => (values[PARAMETER]['eu-west-3'] = id));
      nameInParameter(other);
      const folder = work();
      const { code, stderr } = await folder.cdkAmi(['pin', 'web', ...AMAZON_LINUX.query, '--region', 'eu-west-3']);
      nameInParameter(AMAZON_LINUX.newer);
      assert.deepEqual([code, folder.text()], [2, undefined]);
      assert.match(stderr, message);
    });
  }
});

test('an image of one\'s own is pinned with the account, which is another for whoever reads "self"', async () => {
  const folder = work();
  const own = ['pin', 'golden', '--name', 'golden-image-*', '--owner', 'self'];
  await done(folder, ...own, '--region', 'us-east-1');
  assert.deepEqual(folder.lock().images.golden.query.owners, [ACCOUNT]);
  const { stdout } = await done(folder, ...own, '--region', 'us-east-1', '--region', 'eu-west-3');
  assert.match(stdout, /us-east-1 .*pinned before/);
  assert.deepEqual(Object.keys(folder.lock().images.golden.regions), ['eu-west-3', 'us-east-1']);
  const { code, stderr } = await folder.cdkAmi([...own, '--owner', 'amazon']);
  assert.deepEqual([code, stderr], [2, 'error: --owner self stands alone where an image is pinned; name the id of your account beside other owners.\n']);
});

describe('a parameter of one\'s own', () => {
  const REGIONS_OF_IT = ['eu-west-3', 'us-east-1'];
  const put = (...values) => Promise.all(values.map((Value, i) => client(SSMClient, REGIONS_OF_IT[i]).send(
    new PutParameterCommand({ Name: '/images/web', Value, Type: 'String', Overwrite: true }))));

  test('is followed, with what its image is, and update moves on with it', async () => {
    const folder = work();
    await put(UBUNTU.older, idIn('us-east-1', UBUNTU.older));
    await done(folder, 'pin', 'web', '--parameter', '/images/web', '--region', 'eu-west-3', '--region', 'us-east-1');
    assert.deepEqual(folder.lock().images.web.query, { architecture: 'x86_64', owners: ['099720109477'], parameter: '/images/web', rootDevice: 'ebs' });
    assert.deepEqual(idsOf(folder, 'web'), idsFor(UBUNTU.older, REGIONS_OF_IT));
    await put(UBUNTU.newer, idIn('us-east-1', UBUNTU.newer));
    await done(folder, 'update');
    assert.deepEqual(idsOf(folder, 'web'), idsFor(UBUNTU.newer, REGIONS_OF_IT));
    await done(folder, 'check');
    assert.match((await done(folder, 'search', '--parameter', '/images/web')).stdout, new RegExp(`^id .*\n${UBUNTU.newer} `));
  });

  test('of an arm64 image is pinned as such', async () => {
    const folder = work();
    await put(EXPECTED.UBUNTU_24_04.arm64.ebs);
    await done(folder, 'pin', 'web', '--parameter', '/images/web');
    assert.equal(folder.lock().images.web.query.architecture, 'arm64');
  });

  test('that comes to name an image of someone else is not followed', async () => {
    const folder = work();
    await put(UBUNTU.older);
    await done(folder, 'pin', 'web', '--parameter', '/images/web');
    const before = folder.text();
    await put(AMAZON_LINUX.newer);
    const { code, stderr } = await folder.cdkAmi(['update']);
    assert.deepEqual([code, folder.text()], [2, before]);
    assert.match(stderr, /web in eu-west-3: The newest image is .*, which belongs to \d+, not to 099720109477/);
  });

  test('that is not there, or holds something else, is told', async () => {
    const folder = work();
    await put('web-1.2.3');
    const pinned = async (...args) => (await folder.cdkAmi(['pin', 'web', '--parameter', ...args])).stderr;
    assert.match(await pinned('/images/web'), /^error: eu-west-3: The parameter \/images\/web names "web-1\.2\.3", which is no id of an image; put the id of an image of this region there\.\n$/);
    assert.match(await pinned('/images/other'), /^error: eu-west-3: There is no parameter \/images\/other here; leave the region out, or name one that is there\.\n$/);
    assert.match(await pinned('/images/$(id)'), /^error: option '--parameter <name>' argument '.*' is invalid\. Write the name of a parameter, such as \/images\/web\.\n$/);
  });
});

test('an image of one\'s own is found by its tag, which the entry keeps', async () => {
  const folder = work();
  const own = ['pin', 'golden', '--name', 'golden-image-*', '--owner', 'self'];
  const { code, stderr } = await folder.cdkAmi([...own, '--tag', 'Stage=prod,test']);
  assert.equal(code, 2);
  assert.match(stderr, /No x86_64 image on ebs of self is called golden-image-\*/);
  const ec2 = client(EC2Client, 'eu-west-3');
  const { Images: [image] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'], Filters: [{ Name: 'name', Values: ['golden-image-*'] }] }));
  await ec2.send(new CreateTagsCommand({ Resources: [image.ImageId], Tags: [{ Key: 'Stage', Value: 'prod' }] }));
  await done(folder, ...own, '--tag', 'Stage=prod,test');
  assert.deepEqual(folder.lock().images.golden.query.filters, { 'tag:Stage': ['prod', 'test'] });
  assert.deepEqual(idsOf(folder, 'golden'), { 'eu-west-3': image.ImageId });
});

test('an operating system without support is pinned with a word about it, and what follows it', async () => {
  const folder = work();
  const { stderr } = await done(folder, 'pin', 'old', '--family', 'DEBIAN_12');
  assert.match(stderr, /^old is Debian 12.*, whose standard support ended on 2026-07-11: .*; see "npx .*cdk-ami pin old --family DEBIAN_13 --architecture x86_64 --region eu-west-3"\.\n$/);
  assert.equal(JSON.parse((await done(folder, 'pin', 'old', '--json')).stdout).endOfSupport, '2026-07-11');
  assert.equal((await done(folder, 'pin', 'new', '--family', 'DEBIAN_13')).stderr, '');
});

test('nothing is written where nothing is found', async () => {
  const folder = work();
  const { code, stdout, stderr } = await folder.cdkAmi(['pin', 'web', '--name', 'nothing-is-called-so-*', '--owner', 'self']);
  assert.deepEqual([code, stdout, readdirSync(folder.directory)], [2, '', []]);
  assert.match(stderr, /eu-west-3.*nothing-is-called-so-\*/);
});
