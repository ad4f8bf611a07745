// What update moves, and what check finds.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { COLUMNS, compared } from '../../scripts/captures.mjs';
import { folderInProcess, userEnvironment } from '../../scripts/command.mjs';
import { startFaultProxy } from '../../scripts/fault-proxy.mjs';
import { ACCOUNT } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment, ROOT } from '../../scripts/project.mjs';
import { idIn, startRegionalAws } from '../../scripts/regional-aws.mjs';
import { run } from '../../scripts/steps.mjs';
import { AMAZON_LINUX, ATTACKER, publishNewer, UBUNTU, withdrawNewer } from './pinned-images.mjs';

const { App, Stack } = createRequire(import.meta.url)('aws-cdk-lib');
const ec2 = createRequire(import.meta.url)('aws-cdk-lib/aws-ec2');

const REGIONS = ['af-south-1', 'eu-west-3', 'us-east-1'];
const IN_REGIONS = REGIONS.flatMap(region => ['--region', region]);
const PINNED = { shell: UBUNTU, web: AMAZON_LINUX };

let local;
let proxy;
/** A file that pins the older images, and one that pins the newer ones. */
let older;
let newer;

function folderWith(text) {
  const folder = folderInProcess(proxy.url);
  folder.write('ami.lock.json', text);
  return folder;
}

async function pinned() {
  const folder = folderInProcess(proxy.url);
  for (const [name, { query }] of Object.entries(PINNED)) {
    const { code, stderr } = await folder.cdkAmi(['pin', name, ...query, ...IN_REGIONS]);
    assert.equal(code, 0, stderr);
  }
  return folder.text();
}

before(async () => {
  local = await startRegionalAws(await localAwsEnvironment(), REGIONS);
  proxy = await startFaultProxy(local.url);
  withdrawNewer(local, REGIONS);
  older = await pinned();
  publishNewer(local, REGIONS);
  newer = await pinned();
});

after(async () => {
  await proxy.stop();
  await local.stop();
});

describe('update', () => {
  test('--dry-run prints old and new per region, ends with 1, and touches nothing', async () => {
    const folder = folderWith(older);
    const { code, stdout } = await folder.cdkAmi(['update', '--dry-run']);
    assert.deepEqual([code, folder.text(), readdirSync(folder.directory)], [1, older, ['ami.lock.json']]);
    for (const region of REGIONS) {
      assert.match(stdout, new RegExp(`web +${region} +al2023-ami-2023\\.12\\.20260803\\.0-kernel-6\\.1-x86_64 → al2023-ami-2023\\.12\\.20260930\\.0-kernel-6\\.1-x86_64`));
      assert.match(stdout, new RegExp(`shell +${region} +\\S+-20260818 → \\S+-20260916`));
    }
  });

  test('moves every entry to the newest image, and once more changes nothing', async () => {
    const folder = folderWith(older);
    assert.equal((await folder.cdkAmi(['update'])).code, 0);
    assert.equal(folder.text(), newer);
    assert.equal((await folder.cdkAmi(['update'])).code, 0);
    assert.equal((await folder.cdkAmi(['update', '--dry-run'])).code, 0);
    assert.equal(folder.text(), newer);
  });

  test('moves only the entry and the region that are named', async () => {
    const folder = folderWith(older);
    assert.equal((await folder.cdkAmi(['update', 'web', '--region', 'us-east-1'])).code, 0);
    const expected = JSON.parse(older);
    expected.images.web.regions['us-east-1'] = JSON.parse(newer).images.web.regions['us-east-1'];
    assert.deepEqual(folder.lock(), expected);
  });

  test('does not move to the newer images of attackers, nor to a newer one that is deprecated', async () => {
    const folder = folderInProcess(proxy.url);
    const names = { shell: UBUNTU.query, web: ['--name', 'al2023-ami-2023.*-kernel-6.1-x86_64', '--owner', 'amazon'] };
    for (const [name, query] of Object.entries(names)) {
      await folder.cdkAmi(['pin', name, ...query]);
    }
    assert.equal((await folder.cdkAmi(['update', '--dry-run'])).code, 0);
    const ids = Object.values(folder.lock().images).map(({ regions }) => regions['eu-west-3'].imageId);
    assert.deepEqual(ids, [UBUNTU.newer, AMAZON_LINUX.newer]);
    const newest = await local.aws('ec2', 'describe-images', '--filters', 'Name=name,Values=al2023-ami-2023.*-kernel-6.1-x86_64', '--query', 'sort_by(Images,&CreationDate)[-1]');
    assert.equal(newest.OwnerId, ATTACKER);
  });

  test('tells an entry, a region or a file that there is not', async () => {
    const folder = folderWith(older);
    for (const [args, message] of [
      [['update', 'wbe'], /ami\.lock\.json has no "wbe" \(did you mean web\?\); it has shell, web/],
      [['update', 'web', '--region', 'eu-north-1'], /ami\.lock\.json has no web in eu-north-1.*cdk-ami pin/],
      [['update', '--file', 'images.json'], /no file images\.json/],
    ]) {
      const { code, stderr } = await folder.cdkAmi(args);
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
    assert.equal(folder.text(), older);
  });

  test('with a fault in one region moves the others, keeps the old images there, ends with 2 and tells', async () => {
    proxy.reset([{ region: 'us-east-1', fault: 'deny' }]);
    const folder = folderWith(older);
    const { code, stderr } = await folder.cdkAmi(['update']);
    proxy.reset();
    assert.equal(code, 2);
    assert.match(stderr, /web in us-east-1: .*may not call ssm:GetParameter/);
    assert.match(stderr, /shell in us-east-1: .*may not call ec2:DescribeImages/);
    for (const name of Object.keys(PINNED)) {
      const { [name]: { regions } } = folder.lock().images;
      assert.deepEqual(regions['us-east-1'], JSON.parse(older).images[name].regions['us-east-1']);
      assert.deepEqual(regions['eu-west-3'], JSON.parse(newer).images[name].regions['eu-west-3']);
    }
  });
});

test('on a terminal looks as its picture shows it', async () => {
  const folder = folderWith({ version: 1, images: {} });
  const pin = async (...args) => assert.equal((await folder.cdkAmi(['pin', ...args])).code, 0);
  await pin('classroom', '--family', 'DEBIAN_13', '--architecture', 'arm64', '--before', '2026-09-01', '--region', 'eu-west-3', '--region', 'us-east-1');
  await pin('web', '--family', 'DEBIAN_13', '--architecture', 'x86_64', '--before', '2026-09-01', '--region', 'eu-west-3', '--region', 'us-east-1');
  await pin('web', '--family', 'DEBIAN_13', '--architecture', 'x86_64', '--region', 'af-south-1');
  const terminal = [join(ROOT, 'test', 'cli', 'terminal.py'), String(COLUMNS), ''];
  const printed = await run('python3', [...terminal, join(ROOT, 'bin', 'cdk-ami'), 'update'], {
    cwd: folder.directory, env: { ...userEnvironment(local.env), TERM: 'xterm-256color' },
  });
  const capture = compared('update', 'npx cdk-ami update', printed);
  assert.deepEqual(capture.today, capture.recorded, '"npm run captures" records it again.');
});

test('--recursive moves the entries of all files, each in its own', async () => {
  const folder = folderWith(older);
  mkdirSync(join(folder.directory, 'apps', 'api'), { recursive: true });
  folder.write('apps/api/ami.lock.json', older);
  const { stdout, stderr } = await folder.cdkAmi(['update', 'web', '--recursive', '--region', 'eu-west-3', '--min-age', '0']);
  assert.deepEqual(stdout.trim().split('\n').slice(1).map(line => line.split(/ {2,}/).slice(0, 3)), [
    ['ami.lock.json', 'web', 'eu-west-3'], ['apps/api/ami.lock.json', 'web', 'eu-west-3'],
  ]);
  assert.equal(stderr, '2 of 2 changed.\n');
  const moved = JSON.parse(older);
  moved.images.web.regions['eu-west-3'] = JSON.parse(newer).images.web.regions['eu-west-3'];
  assert.deepEqual([folder.lock(), JSON.parse(readFileSync(join(folder.directory, 'apps/api/ami.lock.json')))], [moved, moved]);
});

test('check finds nothing in what was pinned of each family', async () => {
  const folder = folderWith({ version: 1, images: {} });
  const families = JSON.parse((await folder.cdkAmi(['families', '--json'])).stdout);
  const variants = families.flatMap(({ id, images }) => images.map(({ architecture, rootDevice }) => [id, architecture, rootDevice]));
  for (const [i, [family, architecture, rootDevice]] of variants.entries()) {
    await folder.cdkAmi(['pin', `image-${i}`, '--family', family, '--architecture', architecture, '--root-device', rootDevice, '--region', 'eu-west-3']);
  }
  const count = Object.keys(folder.lock().images).length;
  assert.ok(count > 100, `${count} of ${variants.length}`);
  const { stdout, stderr } = await folder.cdkAmi(['check', '--json', '--within', '0', '--ignore', 'end-of-support']);
  assert.deepEqual([JSON.parse(stdout).findings, stderr], [[], '']);
});

describe('check', () => {
  /** Runs it while the images of a region are others. */
  async function checkWith(region, edit, ...args) {
    let original;
    local.editImages(region, images => edit(original = images));
    const result = await folderWith(newer).cdkAmi(['check', '--json', ...args]);
    local.editImages(region, () => original);
    return { code: result.code, ...JSON.parse(result.stdout) };
  }

  const web = (region, changes) => images => images.map(image => image.ami_id === idIn(region, AMAZON_LINUX.newer) ? { ...image, ...changes } : image);
  const inDays = days => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString();

  test('finds nothing where all is as it was pinned, and is silent', async () => {
    const { code, stdout } = await folderWith(newer).cdkAmi(['check']);
    assert.deepEqual([code, stdout], [0, '']);
  });

  test('finds an image that is gone, and prints what to run', async () => {
    const id = idIn('us-east-1', UBUNTU.newer);
    let original;
    local.editImages('us-east-1', images => (original = images).filter(image => image.ami_id !== id));
    const { code, stdout } = await folderWith(newer).cdkAmi(['check']);
    local.editImages('us-east-1', () => original);
    assert.equal(code, 1);
    assert.match(stdout, new RegExp(`shell in us-east-1: ${id} .*is gone`));
    assert.match(stdout, /npx --package cdk-workshop-instance cdk-ami update shell --region us-east-1/);
  });

  for (const [problem, changes] of Object.entries({
    'is deprecated since 2020-01-01': { deprecation_time: '2020-01-01T00:00:00.000Z' },
    'belongs to 666666666666, not to 210953353124': { owner_id: ATTACKER, owner_alias: null },
    'is arm64, not x86_64': { architecture: 'arm64' },
    'has an instance-store root device, not an ebs one': { root_device_type: 'instance-store' },
    'is called "al2023"': { name: 'al2023' },
  })) {
    test(`finds an image that ${problem}`, async () => {
      const { code, images, findings, failures } = await checkWith('af-south-1', web('af-south-1', changes));
      assert.deepEqual([code, images, failures], [1, 6, []]);
      assert.deepEqual(findings, [{
        rule: problem.startsWith('is deprecated') ? 'image-deprecated' : 'image-differs',
        file: 'ami.lock.json',
        entry: 'web',
        region: 'af-south-1',
        imageId: idIn('af-south-1', AMAZON_LINUX.newer),
        imageName: 'al2023-ami-2023.12.20260930.0-kernel-6.1-x86_64',
        problem,
        fix: 'npx --package cdk-workshop-instance cdk-ami update web --region af-south-1',
        line: newer.split('\n').findIndex((line, i, lines) => line.includes('"af-south-1"') && i > lines.findIndex(each => each.includes('"web"'))) + 1,
      }]);
    });
  }

  test('finds an image that is about to be deprecated, within the days that are asked for', async () => {
    const soon = web('eu-west-3', { deprecation_time: inDays(10) });
    const { code, findings: [finding] } = await checkWith('eu-west-3', soon);
    assert.equal(code, 1);
    assert.match(finding.problem, /will be deprecated on 2\d{3}-\d\d-\d\d/);
    assert.equal((await checkWith('eu-west-3', soon, '--within', '5')).code, 0);
    assert.equal((await checkWith('eu-west-3', web('eu-west-3', { deprecation_time: inDays(60) }))).code, 0);
  });

  test('with a fault in one region finds what is wrong in the others, and ends with 2', async () => {
    proxy.reset([{ region: 'us-east-1', fault: 'notEnabled' }]);
    const { code, findings, failures } = await checkWith('eu-west-3', web('eu-west-3', { architecture: 'arm64' }));
    proxy.reset();
    assert.deepEqual([code, findings.map(({ region }) => region), failures.map(({ region }) => region)], [2, ['eu-west-3'], ['us-east-1']]);
    assert.match(failures[0].message, /AuthFailure.*enable the region/);
  });

  describe('reads cdk.context.json', () => {
    /** The key of a lookup as aws-cdk-lib makes it. */
    function keyOf(props) {
      const app = new App({ analyticsReporting: false });
      new ec2.LookupMachineImage(props).getImage(new Stack(app, 'Stack', { env: { account: ACCOUNT, region: 'eu-west-3' } }));
      return app.synth().manifest.missing[0].key;
    }

    const NAME = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*';
    const open = keyOf({ name: NAME });
    const owned = keyOf({ name: NAME, owners: ['099720109477'] });
    const byFilter = keyOf({ name: NAME, filters: { 'owner-id': ['099720109477'] } });

    async function checkContext(context, ...args) {
      const folder = folderInProcess(proxy.url);
      folder.write('cdk.context.json', context);
      const { code, stdout, stderr } = await folder.cdkAmi(['check', '--json', ...args]);
      return { code, stderr, findings: stdout && JSON.parse(stdout).findings };
    }

    test('and finds nothing in lookups with an owner, and in what is no image', async () => {
      const { code, findings } = await checkContext({
        [owned]: UBUNTU.newer, [byFilter]: UBUNTU.newer, [`availability-zones:account=${ACCOUNT}:region=eu-west-3`]: ['eu-west-3a'], '@aws-cdk/core:x': true,
      });
      assert.deepEqual([code, findings], [0, []]);
    });

    test('and finds a lookup without an owner, also where it found the publisher\'s image', async () => {
      const { code, findings: [finding, ...more] } = await checkContext({ [open]: UBUNTU.newer });
      assert.deepEqual([code, more], [1, []]);
      assert.deepEqual([finding.file, finding.entry, finding.region, finding.imageId], ['cdk.context.json', open, 'eu-west-3', UBUNTU.newer]);
      assert.match(finding.problem, /without an owner, and anyone can publish a newer image/);
      assert.match(finding.fix, /context --reset/);
    });

    test('and finds an image that is gone', async () => {
      const { code, findings: [finding] } = await checkContext({ [owned]: 'ami-0123456789abcdef0' });
      assert.equal(code, 1);
      assert.match(finding.problem, /is gone/);
    });

    test('which another file may stand for', async () => {
      const folder = folderInProcess(proxy.url);
      folder.write('cache.json', { [open]: UBUNTU.newer });
      assert.equal((await folder.cdkAmi(['check', '--context', 'cache.json'])).code, 1);
    });

    test('and tells where there is nothing to check, or no JSON', async () => {
      const { code, stderr } = await folderInProcess(proxy.url).cdkAmi(['check']);
      assert.deepEqual([code, /no file ami\.lock\.json/.test(stderr)], [2, true], stderr);
      const broken = await checkContext('{');
      assert.deepEqual([broken.code, /cdk\.context\.json.*not JSON/.test(broken.stderr)], [2, true], broken.stderr);
    });
  });
});
