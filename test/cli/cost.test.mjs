// What a stack costs: before it is deployed, while its seats run, and while they are stopped. The prices of the local AWS are made up.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';
import { startFaultProxy } from '../../scripts/fault-proxy.mjs';
import { REGION, startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { deploy, library, synthesize } from './workshop-stack.mjs';

const { AmiFamily, AmiSelector, AutoStop, cdk, ec2, WorkshopFleet, WorkshopInstance } = library;
const { connectWorkshop } = createRequire(import.meta.url)('../../lib/cli/commands.js');

const SYNTHESIZED = ['--stack', 'Class', '--app', join('class', 'cdk.out')];

const RED_HAT = 'ami-01e0000000081004a';

let local;
let proxy;
let folder;

const run = (...args) => folder.cdkWorkshop(['cost', ...args, '--region', REGION]);
async function json(...args) {
  const { code, stdout, stderr } = await run(...args, '--json');
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

/** Two seats of Linux, one of Windows, and one with an Elastic IP. */
function classroom(stack) {
  new WorkshopFleet(stack, 'Fleet', { seats: 2, autoStop: [AutoStop.whenIdle()] });
  new WorkshopInstance(stack, 'Windows', { machineImage: AmiSelector.latest(AmiFamily.WINDOWS_SERVER_2022), instanceType: new ec2.InstanceType('t3.small') });
  const { instance } = new WorkshopInstance(stack, 'Fixed', { instanceType: new ec2.InstanceType('t2.micro'), rootVolumeSize: cdk.Size.gibibytes(20) });
  new ec2.CfnEIP(stack, 'Address', { instanceId: instance.instanceId });
}

const AN_HOUR = { running: 2 * 0.5 + 1.5 + 0.625 + (2 * 8 + 30 + 20) / 100 + 4 * 0.25, stopped: (2 * 8 + 30 + 20) / 100 + 0.25 };

before(async () => {
  local = await startLocalAws(await localAwsEnvironment());
  proxy = await startFaultProxy(local.url);
  folder = folderInProcess(proxy.url);
  synthesize(join(folder.directory, 'class'), 'Class', classroom);
});

beforeEach(() => proxy.reset());

after(async () => {
  await proxy.stop();
  await local.stop();
});

test('a stack that is not deployed yet costs what its images, volumes and addresses do', async () => {
  const { code, stdout, stderr } = await run(...SYNTHESIZED);
  assert.equal(code, 0, stderr);
  assert.deepEqual(stdout.trimEnd().split('\n').map(line => line.split(/ {2,}/)), [
    ['what', 'amount', 'price', 'an hour', 'an hour, stopped'],
    ['t3.micro, Linux/UNIX', '2', '0.5 USD per hour', '1', '0'],
    ['t3.small, Windows', '1', '1.5 USD per hour', '1.5', '0'],
    ['t2.micro, Linux/UNIX', '1', '0.625 USD per hour', '0.625', '0'],
    ['gp3', '66 GiB', '7.2 USD per GB-month', '0.66', '0.66'],
    ['public IPv4 address', '4', '0.25 USD per hour', '1', '0.25'],
    ['all, USD an hour', '4.785', '0.91'],
    ['all, USD a day', '114.84', '21.84'],
  ]);
  assert.equal(stderr, 'Prices: on demand, from the list that AWS published on 2026-11-20; a month has 30 days.\n'
    + 'Not counted: traffic to the internet, provisioned IOPS, software of AWS Marketplace, taxes, a free tier, AWS::CloudWatch::Alarm (2).\n');
});

test('a deployed stack costs the same, and while seats are stopped their disks and Elastic IPs alone', async () => {
  await deploy(local, 'Class', classroom);
  const { items, ...all } = await json('--stack', 'Class');
  assert.deepEqual(items.map(({ what, running, stopped, now }) => [what, running, stopped, now]), [
    ['t3.micro, Linux/UNIX', 2, 0, 2], ['t3.small, Windows', 1, 0, 1], ['t2.micro, Linux/UNIX', 1, 0, 1], ['gp3', 66, 66, 66], ['public IPv4 address', 4, 1, 4],
  ]);
  assert.deepEqual(all.perHour, { ...AN_HOUR, now: AN_HOUR.running });
  assert.deepEqual(all.perDay, { running: 114.84, stopped: 21.84 });

  assert.equal((await folder.cdkWorkshop(['stop', 'seat-1', '--stack', 'Class'])).code, 0);
  assert.deepEqual((await json('--stack', 'Class')).perHour, { ...AN_HOUR, now: AN_HOUR.running - 0.5 - 0.25 });
  assert.equal((await folder.cdkWorkshop(['stop', '--stack', 'Class'])).code, 0);
  assert.deepEqual((await json('--stack', 'Class')).perHour, { ...AN_HOUR, now: AN_HOUR.stopped });
  assert.match((await run('--stack', 'Class')).stderr, /^Now: 0\.91 USD per hour\.$/m);
});

test('each operating system and tenancy has its price, and credits without a limit are told', async () => {
  const systems = stack => {
    new WorkshopInstance(stack, 'RedHat', { machineImage: AmiSelector.genericLinux({ [REGION]: RED_HAT }, { rootDeviceName: '/dev/sda1' }), creditSpecification: ec2.CpuCredits.UNLIMITED });
    new WorkshopInstance(stack, 'Own', { instanceType: new ec2.InstanceType('m5.large') }).instance.instance.tenancy = 'dedicated';
    new WorkshopInstance(stack, 'Host', { instanceType: new ec2.InstanceType('m5.large') }).instance.instance.tenancy = 'host';
  };
  synthesize(folder.directory, 'Systems', systems);
  const { items, unlimited, notCounted } = await json('--stack', 'Systems', '--app', 'cdk.out');
  assert.deepEqual(items.filter(({ stopped }) => stopped === 0).map(({ what, price }) => [what, price]), [
    ['t3.micro, Red Hat Enterprise Linux', 0.625], ['m5.large, Linux/UNIX, dedicated', 8], ['public IPv4 address', 0.25],
  ]);
  assert.deepEqual(unlimited, ['t3.micro']);
  assert.deepEqual(notCounted, { 'instances on a Dedicated Host': 1 });
  const { stderr } = await run('--stack', 'Systems', '--app', 'cdk.out');
  assert.match(stderr, /^CPU credits are unlimited \(t3\.micro\): what is used above the baseline, on average of a day, costs more\.$/m);
  // A name that starts with t does not say that there are credits.
  synthesize(folder.directory, 'Without', stack => new WorkshopInstance(stack, 'Seat', { instanceType: new ec2.InstanceType('t8i.large') }));
  assert.doesNotMatch((await run('--stack', 'Without', '--app', 'cdk.out')).stderr, /CPU credits/);
  await deploy(local, 'Unlimited', stack => new WorkshopInstance(stack, 'Seat', { creditSpecification: ec2.CpuCredits.UNLIMITED }));
  assert.deepEqual((await json('--stack', 'Unlimited')).unlimited, ['t3.micro']);
});

test('further volumes and devices that are left out are counted as they will be', async () => {
  synthesize(folder.directory, 'Volumes', stack => {
    new WorkshopInstance(stack, 'Seat', {
      blockDevices: [{ deviceName: '/dev/sdf', volume: ec2.BlockDeviceVolume.ebs(5, { volumeType: ec2.EbsDeviceVolumeType.GP2 }) }, { deviceName: '/dev/sdg', volume: ec2.BlockDeviceVolume.ephemeral(0) }],
    });
    new ec2.CfnVolume(stack, 'Shared', { availabilityZone: `${REGION}a`, size: 10 });
  });
  const { items } = await json('--stack', 'Volumes', '--app', 'cdk.out');
  assert.deepEqual(items.filter(({ unit }) => unit === 'GB-month').map(({ what, running, stopped }) => [what, running, stopped]), [['gp3', 8, 8], ['gp2', 15, 15]]);
});

test('whether an instance gets a public address is asked of a subnet of others', async () => {
  const subnets = await local.aws('ec2', 'describe-subnets', '--query', 'Subnets[].{id:SubnetId,isPublic:MapPublicIpOnLaunch,zone:AvailabilityZone}');
  const { id, zone } = subnets.find(({ isPublic }) => isPublic);
  const addresses = async (subnetId, props) => {
    synthesize(folder.directory, 'Given', stack => {
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: [zone], publicSubnetIds: [subnetId] });
      new WorkshopInstance(stack, 'Seat', { vpc, ...props });
    });
    return (await json('--stack', 'Given', '--app', 'cdk.out')).items.filter(({ what }) => what === 'public IPv4 address').length;
  };
  assert.equal(await addresses(id), 1);
  assert.equal(await addresses(id, { associatePublicIpAddress: false }), 0);
  await local.aws('ec2', 'modify-subnet-attribute', '--subnet-id', id, '--no-map-public-ip-on-launch');
  assert.equal(await addresses(id), 0);
  assert.equal(await addresses(id, { associatePublicIpAddress: true }), 1);
});

const AMOUNTS = /^An hour costs, with prices for the brackets: 2 × \[t3\.micro, Linux\/UNIX\] \+ 1 × \[t3\.small, Windows\] \+ 1 × \[t2\.micro, Linux\/UNIX\] \+ 66 × \[GB-month of gp3\] ÷ 720 \+ 4 × \[public IPv4 address\]\. While all are stopped: 66 × \[GB-month of gp3\] ÷ 720 \+ 1 × \[public IPv4 address\]\.$/m;

test('without pricing:GetProducts the amounts are told, the formula, where the prices stand, and what is missing', async () => {
  proxy.reset([{ service: 'pricing', fault: 'deny' }]);
  const { code, stdout, stderr } = await run(...SYNTHESIZED);
  assert.equal(code, 2);
  assert.match(stdout, /^gp3 +66 GiB +- +- +-$/m);
  assert.doesNotMatch(stdout, /USD|\d\.\d/);
  assert.match(stderr, AMOUNTS);
  assert.match(stderr, /^The prices stand on https:\/\/aws\.amazon\.com\/ec2\/pricing\/on-demand\/ \(instances\), /m);
  assert.match(stderr, /^error: us-east-1: The credentials may not call pricing:GetProducts \(AccessDeniedException\); allow it in the policy of the user or role\.$/m);
});

test('without a network a folder still tells its amounts', async () => {
  const offline = folderInProcess('http://127.0.0.1:9');
  synthesize(offline.directory, 'Class', classroom);
  const { code, stdout, stderr } = await offline.cdkWorkshop(['cost', '--stack', 'Class', '--app', 'cdk.out'], { maxAttempts: 1 });
  assert.equal(code, 2);
  assert.match(stdout, /^t3\.small +1 +- +- +-\nt2\.micro .*\ngp3, as large as in the image +\? +- .*\ngp3 +20 GiB +-/m);
  assert.match(stderr, /^error: eu-west-3: AWS cannot be reached \(ECONNREFUSED\); check the network/m);
  const deployed = await offline.cdkWorkshop(['cost', '--stack', 'Class'], { maxAttempts: 1 });
  assert.deepEqual([deployed.code, deployed.stdout], [2, '']);
});

test('without credentials a folder still tells its amounts', async () => {
  const credentials = async () => { throw new Error('Could not load credentials from any providers'); };
  const { code, stdout, stderr } = await folder.cdkWorkshop(['cost', ...SYNTHESIZED], { credentials });
  assert.equal(code, 2);
  assert.match(stdout, /^t3\.micro +2 +-/m);
  assert.match(stderr, /^error: .*There are no AWS credentials; sign in with "aws sso login"/m);
});

test('what has no price keeps the rest from being summed up', async () => {
  synthesize(folder.directory, 'Odd', stack => new WorkshopInstance(stack, 'Seat', { instanceType: new ec2.InstanceType('t3.2xlarge') }));
  const odd = await run('--stack', 'Odd', '--app', 'cdk.out');
  assert.equal(odd.code, 2);
  assert.match(odd.stdout, /^t3\.2xlarge, Linux\/UNIX +1 +- +- +-\ngp3 +8 GiB +7\.2 USD per GB-month +0\.08 +0\.08$/m);
  assert.doesNotMatch(odd.stdout, /^all/m);
  assert.match(odd.stderr, /^error: t3\.2xlarge, Linux\/UNIX: The price list of AWS has no price in eu-west-3, or more than one; look whether the region has it, and at https:/m);

  const { stderr } = await folder.cdkWorkshop(['cost', '--stack', 'Odd', '--app', 'cdk.out', '--region', 'eu-north-1']);
  assert.match(stderr, /^error: t3\.2xlarge, Linux\/UNIX, gp3, public IPv4 address: The price list of AWS has no price in eu-north-1, or more than one; /m);

  synthesize(folder.directory, 'Gone', stack => new WorkshopInstance(stack, 'Seat', { machineImage: AmiSelector.genericLinux({ [REGION]: 'ami-00000000000000001' }, { rootDeviceName: '/dev/xvda' }) }));
  const gone = await run('--stack', 'Gone', '--app', 'cdk.out');
  assert.match(gone.stderr, /^error: t3\.micro: The price is not known, as the template does not name the instance type and an image that is there\.$/m);
});

test('a partition without a price list is told', async () => {
  const aws = await connectWorkshop({ region: 'us-gov-west-1' }, { endpoint: local.url, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });
  await assert.rejects(aws.prices('AmazonEC2', {}), /^Error: Nobody answers for the prices of the partition aws-us-gov; look them up on the pages of AWS for it\.$/);
});

test('a stack that there is not is told with what may be meant', async () => {
  const { code, stderr } = await run('--stack', 'Clas');
  assert.deepEqual([code, stderr], [2, 'error: There is no stack "Clas" in eu-west-3; name another with --stack, or its region with --region. '
    + 'One that is not deployed yet takes --app cdk.out.\n']);
  assert.match((await run('--stack', 'Clas', '--app', 'cdk.out')).stderr, /^error: cdk\.out has no stack "Clas", only /);
});

test('an instance of which the template says little is counted, and what is not known is told', async () => {
  synthesize(folder.directory, 'Little', stack => {
    const type = new cdk.CfnParameter(stack, 'Type', { default: 't3.nano' }).valueAsString;
    new ec2.CfnInstance(stack, 'Parameter', { instanceType: type, imageId: RED_HAT, subnetId: cdk.Fn.importValue('Subnet') });
    new ec2.CfnInstance(stack, 'Template', { launchTemplate: { launchTemplateId: 'lt-1', version: '1' } });
  });
  const { code, stdout, stderr } = await run('--stack', 'Little', '--app', 'cdk.out');
  assert.equal(code, 2);
  assert.match(stdout, /^t3\.nano, Red Hat Enterprise Linux +1 +0\.3125 USD per hour .*\nan instance type that only AWS knows +1 +- /m);
  assert.match(stderr, /^Instances whose subnet is not known here, counted as if it gave them a public address: 2\.$/m);
});

test('a folder that "cdk synth" has not written, or not to its end, is told', async () => {
  folder.write('manifest.json', '{');
  assert.match((await run('--stack', 'Class', '--app', '.')).stderr, /^error: manifest\.json: not JSON \(.*\); run "npx cdk synth" again\.$/m);
  folder.write('manifest.json', { artifacts: { Class: { type: 'aws:cloudformation:stack', properties: { templateFile: 'gone.json' } } } });
  assert.match((await run('--stack', 'Class', '--app', '.')).stderr, /^error: There is no gone\.json, which the manifest\.json beside it names; run "npx cdk synth" again\.$/m);
});

test('a stack without anything that is paid for says so', async () => {
  synthesize(folder.directory, 'Empty', stack => new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' }));
  const { code, stdout, stderr } = await run('--stack', 'Empty', '--app', 'cdk.out');
  assert.deepEqual([code, stdout], [0, '']);
  assert.match(stderr, /^Empty has no instance, volume or address\.$/m);
});

test('--explain prints calls of the AWS CLI that find the prices', async () => {
  const { stdout } = await run(...SYNTHESIZED, '--explain');
  const lines = stdout.trimEnd().split('\n');
  assert.equal(lines.length, 5);
  for (const line of lines) {
    const words = line.match(/'[^']*'|\S+/g).map(word => word.replace(/^'|'$/g, ''));
    assert.deepEqual(words.slice(-2), ['--region', 'us-east-1']);
    const { PriceList } = await local.aws(...words.slice(1));
    assert.ok(PriceList.length > 0, line);
  }
});
