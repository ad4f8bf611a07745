import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { exampleApps } from '../../scripts/example-app.mjs';
import { ACCOUNT, REGION, startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';

const CLASSROOM = '203.0.113.0/24';
const SEATS = Array.from({ length: 30 }, (_, i) => `seat-${i + 1}`);

let apps;
let local;
let templates;

function resources(stack, type) {
  return local.aws('cloudformation', 'describe-stack-resources', '--stack-name', stack,
    '--query', `StackResources[?ResourceType=='${type}'].[LogicalResourceId, PhysicalResourceId]`);
}

function instances(stack) {
  return local.aws('ec2', 'describe-instances', '--query', 'Reservations[].Instances[]',
    '--filters', 'Name=instance-state-name,Values=running', `Name=tag:aws:cloudformation:stack-name,Values=${stack}`);
}

/** Seat → the id of its instance. */
async function seats() {
  const all = await instances('Fleet');
  return Object.fromEntries(all.map(({ Tags, InstanceId }) => [Tags.find(({ Key }) => Key === 'Seat').Value, InstanceId]));
}

async function instanceNamed(stack, name) {
  return (await instances(stack)).find(instance => instance.Tags.some(({ Key, Value }) => Key === 'Name' && Value.startsWith(`${stack}/${name}`)));
}

async function outputs(stack) {
  const list = await local.aws('cloudformation', 'describe-stacks', '--stack-name', stack, '--query', 'Stacks[0].Outputs');
  return Object.fromEntries(list.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

async function ingress(instance) {
  const groups = await local.aws('ec2', 'describe-security-groups', '--group-ids', instance.SecurityGroups[0].GroupId, '--query', 'SecurityGroups');
  return groups[0].IpPermissions.map(({ FromPort, IpRanges, UserIdGroupPairs }) => ({
    port: FromPort, from: [...IpRanges.map(({ CidrIp }) => CidrIp), ...UserIdGroupPairs.map(({ GroupId }) => GroupId)],
  }));
}

/** Deploys stacks as they were synthesized for the comparison. */
function deploy(...stacks) {
  return apps.typescript.cdk(local.env, 'deploy', ...stacks, '--app', 'cdk.out', '--require-approval', 'never');
}

/** Plays the instance, which runs nothing here: says that it is set up. */
async function signalWhenStarted(stack, deployment) {
  for (;;) {
    const [instance] = await instances(stack).catch(() => []);
    if (instance !== undefined) {
      const [[logicalId]] = await resources(stack, 'AWS::EC2::Instance');
      await local.aws('cloudformation', 'signal-resource', '--stack-name', stack, '--logical-resource-id', logicalId, '--unique-id', instance.InstanceId,
        '--status', 'SUCCESS');
      return instance;
    }
    if (await Promise.race([deployment.then(() => true, () => true), sleep(500, false)])) {
      throw new Error('The deployment ended before there was an instance.');
    }
  }
}

before(async () => {
  local = await startLocalAws(await localAwsEnvironment());
  [apps] = await Promise.all([exampleApps('classroom'), local.bootstrap()]);
  templates = await Promise.all([apps.typescript, apps.python].map(app => app.templates(local.env)));
});

after(() => local.stop());

test('the templates in TypeScript and in Python are equal', () => {
  const [typescript, python] = templates;
  assert.deepEqual(Object.keys(typescript).sort(), ['Access', 'AutoStop', 'Fleet', 'SetUp']);
  assert.deepEqual(python, typescript);
});

describe('a classroom', () => {
  before(() => deploy('Access', 'AutoStop', 'Fleet'));

  after(async () => {
    await apps.typescript.cdk(local.env, 'destroy', '--app', 'cdk.out', '--all', '--force');
    assert.deepEqual(await local.aws('scheduler', 'list-schedules', '--query', 'Schedules'), []);
    assert.deepEqual(await local.aws('cloudwatch', 'describe-alarms', '--query', 'MetricAlarms'), []);
    assert.deepEqual(await local.aws('budgets', 'describe-budgets', '--account-id', ACCOUNT, '--query', 'Budgets'), []);
  });

  test('Session Manager opens no port, and its role may do what the agent needs', async () => {
    const instance = await instanceNamed('Access', 'SessionManager');
    assert.deepEqual(await ingress(instance), []);
    const profile = await local.aws('iam', 'get-instance-profile', '--instance-profile-name', instance.IamInstanceProfile.Arn.split('/').pop());
    const [{ RoleName }] = profile.InstanceProfile.Roles;
    const { PolicyNames } = await local.aws('iam', 'list-role-policies', '--role-name', RoleName);
    const policies = await Promise.all(PolicyNames.map(name => local.aws('iam', 'get-role-policy', '--role-name', RoleName, '--policy-name', name)));
    const actions = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action));
    assert.ok(actions.includes('ssmmessages:OpenDataChannel'), actions.join());
    assert.ok(actions.every(action => /^ssm(messages)?:/.test(action)), actions.join());
  });

  test('an EC2 Instance Connect Endpoint alone gets to port 22', async () => {
    const instance = await instanceNamed('Access', 'Endpoint');
    const endpoints = await local.aws('ec2', 'describe-instance-connect-endpoints', '--query', 'InstanceConnectEndpoints');
    assert.equal(endpoints.length, 1);
    assert.equal(endpoints[0].VpcId, instance.VpcId);
    assert.deepEqual(await ingress(instance), [{ port: 22, from: endpoints[0].SecurityGroupIds }]);
  });

  test('SSH with a key pair gets in from the classroom only', async () => {
    const instance = await instanceNamed('Access', 'Ssh');
    assert.deepEqual(await ingress(instance), [{ port: 22, from: [CLASSROOM] }]);
    const [[, keyName]] = await resources('Access', 'AWS::EC2::KeyPair');
    assert.equal(instance.KeyName, keyName);
  });

  test('a port of the workshop opens to the classroom only', async () => {
    assert.deepEqual(await ingress(await instanceNamed('Access', 'Web')), [{ port: 8080, from: [CLASSROOM] }]);
  });

  test('each way in prints a command to paste', async () => {
    const commands = Object.values(await outputs('Access'));
    const ids = await Promise.all(['SessionManager', 'Endpoint', 'Ssh', 'Web'].map(async name => (await instanceNamed('Access', name)).InstanceId));
    for (const wanted of [
      new RegExp(`^aws ssm start-session --target ${ids[0]} `), new RegExp(`^aws ec2-instance-connect ssh .*--instance-id ${ids[1]} `),
      /^ssh .*ec2-user@/, /^http:\/\/.*:8080$/,
    ]) {
      assert.ok(commands.some(command => wanted.test(command)), `${wanted}\n${commands.join('\n')}`);
    }
  });

  test('an idle instance is stopped by an alarm with the action of EC2', async () => {
    const { InstanceId } = await instanceNamed('AutoStop', 'WhenIdle');
    const [alarm, ...others] = await local.aws('cloudwatch', 'describe-alarms', '--query', 'MetricAlarms');
    assert.deepEqual(others, []);
    assert.deepEqual(alarm.Dimensions, [{ Name: 'InstanceId', Value: InstanceId }]);
    assert.deepEqual([alarm.MetricName, alarm.ComparisonOperator, alarm.Period * alarm.EvaluationPeriods], ['CPUUtilization', 'LessThanThreshold', 3600]);
    assert.deepEqual(alarm.AlarmActions, [`arn:aws:automate:${REGION}:ec2:stop`]);
  });

  test('a schedule stops its instance in its time zone, with a role for that instance alone', async () => {
    const { InstanceId } = await instanceNamed('AutoStop', 'AtSix');
    const [{ Name }, ...others] = await local.aws('scheduler', 'list-schedules', '--query', 'Schedules');
    assert.deepEqual(others, []);
    const schedule = await local.aws('scheduler', 'get-schedule', '--name', Name);
    assert.equal(schedule.ScheduleExpressionTimezone, 'Europe/Paris');
    assert.equal(schedule.ScheduleExpression, 'cron(0 18 ? * MON-FRI *)');
    assert.equal(schedule.Target.Arn, 'arn:aws:scheduler:::aws-sdk:ec2:stopInstances');
    assert.deepEqual(JSON.parse(schedule.Target.Input), { InstanceIds: [InstanceId] });
    const role = schedule.Target.RoleArn.split('/').pop();
    const { PolicyNames } = await local.aws('iam', 'list-role-policies', '--role-name', role);
    const { PolicyDocument } = await local.aws('iam', 'get-role-policy', '--role-name', role, '--policy-name', PolicyNames[0]);
    assert.deepEqual(PolicyNames.length, 1);
    assert.deepEqual(PolicyDocument.Statement.map(({ Action, Resource }) => ({ Action, Resource })), [{
      Action: 'ec2:StopInstances', Resource: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${InstanceId}`,
    }]);
  });

  test('a fleet has a seat for everyone in one network, and one output that lists them', async () => {
    const bySeat = await seats();
    assert.deepEqual(Object.keys(bySeat).sort(), [...SEATS].sort());
    assert.equal(new Set((await instances('Fleet')).map(({ VpcId }) => VpcId)).size, 1);
    assert.equal((await resources('Fleet', 'AWS::IAM::Role')).length, 1);
    const [list, ...others] = Object.values(await outputs('Fleet'));
    assert.deepEqual(others, []);
    const listed = JSON.parse(list);
    assert.deepEqual(Object.fromEntries(Object.entries(listed).map(([seat, { instanceId }]) => [seat, instanceId])), bySeat);
    assert.match(JSON.stringify(listed['seat-30']), new RegExp(`aws ssm start-session --target ${bySeat['seat-30']}`));
  });

  test('a budget watches the tag that all instances of the stack carry, and mails the organiser', async () => {
    const [{ BudgetName, BudgetLimit, CostFilters }, ...others] = await local.aws('budgets', 'describe-budgets', '--account-id', ACCOUNT, '--query', 'Budgets');
    assert.deepEqual(others, []);
    assert.deepEqual([BudgetLimit, CostFilters], [{ Amount: '50', Unit: 'USD' }, { TagKeyValue: ['aws:cloudformation:stack-name$Fleet'] }]);
    const budget = ['--account-id', ACCOUNT, '--budget-name', BudgetName];
    const notifications = await local.aws('budgets', 'describe-notifications-for-budget', ...budget, '--query', 'Notifications');
    assert.deepEqual(notifications.map(({ NotificationType, Threshold }) => [NotificationType, Threshold]), [['ACTUAL', 80], ['ACTUAL', 100]]);
    for (const notification of notifications) {
      const told = await local.aws('budgets', 'describe-subscribers-for-notification', ...budget, '--notification', JSON.stringify(notification),
        '--query', 'Subscribers[].Address');
      assert.deepEqual(told, ['organiser@example.com']);
    }
  });

  test('a seat that is added, removed or renamed leaves the instances of the others alone', async () => {
    const before = await seats();
    // seat-1 goes, seat-2 has another name, one more comes.
    const names = JSON.stringify([...SEATS.slice(2), 'ada', 'grace']);
    const file = join(apps.typescript.directory, 'app.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replace('seats: 30', `seatNames: ${names}`));
    await apps.typescript.cdk(local.env, 'deploy', 'Fleet', '--output', 'changed.out', '--require-approval', 'never');

    const after = await seats();
    assert.deepEqual(Object.keys(after).sort(), [...SEATS.slice(2), 'ada', 'grace'].sort());
    SEATS.slice(2).forEach(seat => assert.equal(after[seat], before[seat], seat));
  });

  test('an instance that is set up holds the deployment until it signals', async () => {
    const deployment = deploy('SetUp');
    const { InstanceId } = await signalWhenStarted('SetUp', deployment);
    await deployment;
    const reasons = await local.aws('cloudformation', 'describe-stack-events', '--stack-name', 'SetUp', '--query', 'StackEvents[].ResourceStatusReason');
    assert.ok(reasons.includes(`Received SUCCESS signal with UniqueId ${InstanceId}`), reasons.join('\n'));
  });
});
