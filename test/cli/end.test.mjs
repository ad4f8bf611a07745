// Before the day and after the last one: what stands in the way, and what is left.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { folderInProcess } from '../../scripts/command.mjs';
import { startFaultProxy } from '../../scripts/fault-proxy.mjs';
import { REGION, startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';
import { deploy, library, synthesize } from './workshop-stack.mjs';

const { AmiSelector, AutoStop, cdk, ec2, WorkshopAccess, WorkshopFleet, WorkshopInstance } = library;

let local;
let folder;

const run = async (...args) => {
  const { code, stdout, stderr } = await folder.cdkWorkshop([...args, '--region', REGION]);
  return { code, stdout, stderr };
};
const json = async (...args) => {
  const { code, stdout } = await run(...args, '--json');
  return { code, ...JSON.parse(stdout) };
};

/** Runs the calls of the AWS CLI that are printed. */
const follow = async left => {
  for (const { remove } of left) {
    // The root volume of an instance goes with it.
    await local.aws(...remove.split(' ').slice(1)).catch(error => assert.match(String(error), /InvalidVolume\.NotFound/));
  }
};

before(async () => {
  local = await startLocalAws(await localAwsEnvironment());
  folder = folderInProcess(local.url);
});

after(() => local.stop());

test('end without --yes deletes nothing, and shows what there is', async () => {
  await deploy(local, 'Class', stack => {
    const keyPair = new ec2.KeyPair(stack, 'KeyPair');
    new WorkshopFleet(stack, 'Fleet', { seats: 2, access: [WorkshopAccess.ssh({ keyPair, allowFrom: [ec2.Peer.ipv4('203.0.113.0/24')] })], disableApiTermination: true });
    new ec2.CfnEIP(stack, 'Address');
  });
  const { code, left } = await json('end', '--stack', 'Class');
  assert.equal(code, 1);
  assert.deepEqual(left.map(({ what }) => what), ['instance', 'instance', 'volume', 'volume', 'address', 'key pair', 'parameter']);
  assert.match(left.find(({ what }) => what === 'parameter').id, /^\/ec2\/keypair\/key-/);
  const { stderr } = await run('end', '--stack', 'Class');
  assert.match(stderr, /^Class is CREATE_COMPLETE, and nothing was deleted; ".*cdk-workshop end --yes --stack Class --region eu-west-3" deletes it, with what is on the seats\.$/m);
  assert.equal((await local.aws('cloudformation', 'describe-stacks', '--stack-name', 'Class', '--query', 'Stacks[0].StackStatus')), 'CREATE_COMPLETE');
});

test('end finds the passwords that seats have written, and --yes deletes them', async () => {
  await deploy(local, 'Editors', stack => new WorkshopInstance(stack, 'Workshop'));
  for (const name of ['/cdk-workshop-instance/Editors/seat-1', '/cdk-workshop-instance/EditorsOfOthers/seat-1']) {
    await local.aws('ssm', 'put-parameter', '--name', name, '--value', 'secret', '--type', 'SecureString');
  }
  const { left } = await json('end', '--stack', 'Editors');
  assert.deepEqual(left.filter(({ what }) => what === 'parameter').map(({ id }) => id), ['/cdk-workshop-instance/Editors/seat-1']);
  assert.equal((await run('end', '--stack', 'Editors', '--yes')).stderr,
    'Nothing is left of Editors. Looked for: instances 1, volumes 1, addresses 0, key pairs 0, parameters 1, log groups 0.\n');
  const others = await local.aws('ssm', 'describe-parameters', '--parameter-filters', 'Key=Path,Option=Recursive,Values=/cdk-workshop-instance', '--query', 'Parameters[].Name');
  assert.deepEqual(others, ['/cdk-workshop-instance/EditorsOfOthers/seat-1']);
});

test('end --yes lifts the protection, deletes the stack and proves that all of it is gone', async () => {
  const { code, stderr } = await run('end', '--stack', 'Class', '--yes');
  assert.deepEqual([code, stderr], [0, 'Nothing is left of Class. Looked for: instances 2, volumes 2, addresses 1, key pairs 1, parameters 1, log groups 0.\n']);
  assert.deepEqual(await local.aws('ec2', 'describe-volumes', '--query', 'Volumes'), []);
  assert.deepEqual(await local.aws('ec2', 'describe-addresses', '--query', 'Addresses'), []);
});

test('end looks after a stack that something else has deleted', async () => {
  const { code, stderr } = await run('end', '--stack', 'Class');
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^Nothing is left of Class\. Looked for: /);
  const never = await run('end', '--stack', 'Never');
  assert.deepEqual([never.code, never.stderr], [2,
    'error: There is no stack "Never" in eu-west-3, and none was deleted in the last 90 days; name another with --stack, or its region with --region.\n']);
});

test('end finds a log group that is kept, a volume that outlives its seat, and a seat that no stack has any more', async () => {
  await deploy(local, 'Kept', stack => new WorkshopInstance(stack, 'Workshop', {
    flowLogs: true,
    blockDevices: [{ deviceName: '/dev/sdf', volume: ec2.BlockDeviceVolume.ebs(5, { deleteOnTermination: false }) }],
  }));
  const [stray] = await local.aws('ec2', 'run-instances', '--image-id', 'ami-01fde5e5b31e98551', '--instance-type', 't2.micro', '--query', 'Instances[].InstanceId');
  // As one that was replaced while it was protected: CloudFormation has given it up, and its tags stay.
  await local.aws('ec2', 'create-tags', '--resources', stray, '--tags', 'Key=aws:cloudformation:stack-name,Value=Kept');
  const ended = await json('end', '--stack', 'Kept', '--yes');
  assert.equal(ended.code, 1);
  assert.deepEqual(ended.left.map(({ what }) => what), ['instance', 'volume', 'volume', 'log group']);
  assert.equal(ended.left[0].id, stray);
  assert.match((await run('end', '--stack', 'Kept')).stdout, /^log group +\S+ +aws logs delete-log-group --log-group-name \S+ --region eu-west-3$/m);
  await follow(ended.left);
  const after = await run('end', '--stack', 'Kept');
  assert.equal(after.code, 0, after.stdout);
});

test('check tells what stands in the way of a deployment, with what to do', async () => {
  synthesize(folder.directory, 'Big', stack => {
    new WorkshopFleet(stack, 'Fleet', { seats: 40, autoStop: [AutoStop.whenIdle()] });
    new WorkshopInstance(stack, 'Mapped', { machineImage: AmiSelector.genericLinux({ [REGION]: 'ami-00000000000000001' }, { rootDeviceName: '/dev/xvda' }) });
    new WorkshopInstance(stack, 'Gpu', { instanceType: new ec2.InstanceType('p3.2xlarge') });
  });
  const { code, stdout, stderr } = await run('check', '--stack', 'Big');
  assert.equal(code, 1, stderr);
  for (const line of [
    /^events\.amazonaws\.com has its service-linked role +\? +not yet; whoever deploys needs iam:CreateServiceLinkedRole, or "aws iam create-service-linked-role --aws-service-name events\.amazonaws\.com" is run once before$/m,
    /^3 VPCs fit into the quota +ok +5 of "VPCs per region", \d in use by others$/m,
    /^eu-west-3 is bootstrapped +no +there is no \/cdk-bootstrap\/hnb659fds\/version; run "npx cdk bootstrap aws:\/\/ACCOUNT\/eu-west-3"$/m,
    /^eu-west-3a offers t3\.micro +ok +offered in eu-west-3a, eu-west-3b, eu-west-3c$/m,
    /^eu-west-3a offers p3\.2xlarge +no +eu-west-3 does not offer it; name other availabilityZones, or another instanceType$/m,
    /^the image ami-00000000000000001 exists +no +ami-00000000000000001 is not in eu-west-3, or not shared with this account; choose another machineImage$/m,
    /^the image \/aws\/service\/ami-amazon-linux-latest\/\S+ exists +ok +ami-[0-9a-f]{17}$/m,
    /^82 vCPUs fit into the quota +no +64 of "Running On-Demand Standard .* instances", 0 in use by others; "aws service-quotas request-service-quota-increase .*--desired-value 82/m,
  ]) {
    assert.match(stdout, line);
  }
  assert.equal(stderr, 'Instances: 42, in the way: 4.\n');
});

test('check finds nothing where all is well', async () => {
  await local.aws('ssm', 'put-parameter', '--name', '/cdk-bootstrap/hnb659fds/version', '--value', '30', '--type', 'String');
  synthesize(folder.directory, 'Small', stack => new WorkshopFleet(stack, 'Fleet', { seats: 12 }));
  const { code, stdout, stderr } = await run('check', '--stack', 'Small');
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^24 vCPUs fit into the quota +ok /m);
  assert.equal(stderr, 'Instances: 12, in the way: 0.\n');
});

test('check counts VPCs and Elastic IP addresses beside those of other stacks', async () => {
  const networks = stack => {
    new WorkshopInstance(stack, 'Workshop');
    ['1', '2'].forEach(id => new ec2.CfnEIP(stack, `Address${id}`));
  };
  const others = (await local.aws('ec2', 'describe-vpcs', '--query', 'Vpcs')).length;
  await deploy(local, 'Networks', networks);
  await local.aws('ec2', 'allocate-address');
  synthesize(folder.directory, 'Networks', networks);
  const { stdout } = await run('check', '--stack', 'Networks');
  assert.match(stdout, new RegExp(`^1 VPC fits into the quota +ok +5 of "VPCs per region", ${others} in use by others$`, 'm'));
  assert.match(stdout, /^2 Elastic IP addresses fit into the quota +ok +5 of "Elastic IP addresses per region", 1 in use by others$/m);

  synthesize(folder.directory, 'Many', stack => ['1', '2', '3', '4', '5'].forEach(id => [new ec2.CfnEIP(stack, `Address${id}`), new WorkshopInstance(stack, `Seat${id}`)]));
  const many = await run('check', '--stack', 'Many');
  assert.equal(many.code, 1);
  assert.match(many.stdout, /^5 Elastic IP addresses fit into the quota +no +.*, 3 in use by others; "aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-0263D0A3 --desired-value 8 --region eu-west-3" asks for more$/m);
  assert.match(many.stdout, /^5 VPCs fit into the quota +no +.*; "aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-F678F1CE --desired-value \d /m);
  await local.aws('cloudformation', 'delete-stack', '--stack-name', 'Networks');
});

test('check looks for the roles of the services that the stack uses', async () => {
  synthesize(folder.directory, 'Roles', stack => new WorkshopInstance(stack, 'Workshop', { access: [WorkshopAccess.instanceConnectEndpoint()], autoStop: [AutoStop.whenIdle()] }));
  const roles = async at => {
    const { stdout } = await at.cdkWorkshop(['check', '--stack', 'Roles', '--region', REGION, '--json']);
    return JSON.parse(stdout).filter(({ check }) => check.includes('service-linked')).map(({ check, ok, found }) => [check.split(' ')[0], ok, found]);
  };
  assert.deepEqual(await roles(folder), [['ec2-instance-connect.amazonaws.com', undefined, 'not yet'], ['events.amazonaws.com', undefined, 'not yet']]);
  await local.aws('iam', 'create-service-linked-role', '--aws-service-name', 'ec2-instance-connect.amazonaws.com');
  assert.deepEqual((await roles(folder))[0], ['ec2-instance-connect.amazonaws.com', true, 'it has']);

  const proxy = await startFaultProxy(local.url, [{ service: 'iam', fault: 'deny' }]);
  const denied = folderInProcess(proxy.url);
  cpSync(join(folder.directory, 'cdk.out'), join(denied.directory, 'cdk.out'), { recursive: true });
  const [[, ok, found]] = await roles(denied);
  await proxy.stop();
  assert.deepEqual([ok, found], [undefined, 'The credentials may not call iam:ListRoles (AccessDeniedException); allow it in the policy of the user or role']);
});

test('check finds the stacks of stages, and says which there are', async () => {
  const app = new cdk.App({ outdir: `${folder.directory}/staged.out` });
  new WorkshopFleet(new cdk.Stack(new cdk.Stage(app, 'Monday'), 'Class'), 'Fleet', { seats: 1 });
  app.synth();
  assert.equal((await run('check', '--stack', 'Monday-Class', '--app', 'staged.out')).code, 0);
  const other = await run('check', '--stack', 'Class', '--app', 'staged.out');
  assert.equal(other.stderr, 'error: staged.out has no stack "Class", only Monday-Class; name one of these, or run "npx cdk synth" again.\n');
  assert.match((await run('check', '--stack', 'Class', '--app', 'elsewhere')).stderr, /^error: There is no manifest\.json in elsewhere; run "npx cdk synth"/);
});
