import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { exampleApps } from '../../scripts/example-app.mjs';
import { startLocalAws } from '../../scripts/local-aws.mjs';
import { localAwsEnvironment } from '../../scripts/project.mjs';

let apps;
let local;

before(async () => {
  local = await startLocalAws(await localAwsEnvironment());
  [apps] = await Promise.all([exampleApps('workshop'), local.bootstrap()]);
});

after(() => local.stop());

for (const language of ['typescript', 'python']) {
  describe(`the article, in ${language}`, () => {
    let instance;

    before(async () => {
      await apps[language].cdk(local.env, 'deploy', '--require-approval', 'never');
      [instance] = await local.aws('ec2', 'describe-instances', '--filters', 'Name=instance-state-name,Values=running', '--query', 'Reservations[].Instances[]');
    });

    test('starts the image of the map on a t2.micro', () => {
      assert.equal(instance.ImageId, 'ami-01fde5e5b31e98551');
      assert.equal(instance.InstanceType, 't2.micro');
      assert.equal(instance.Architecture, 'x86_64');
      assert.equal(instance.RootDeviceType, 'ebs');
    });

    test('puts it into a VPC of one Availability Zone with one public /24 subnet', async () => {
      const subnets = await local.aws('ec2', 'describe-subnets', '--filters', `Name=vpc-id,Values=${instance.VpcId}`, '--query', 'Subnets');
      assert.equal(subnets.length, 1);
      assert.match(subnets[0].CidrBlock, /\/24$/);
      assert.equal(subnets[0].MapPublicIpOnLaunch, true);
      assert.ok(instance.PublicIpAddress);
    });

    test('requires IMDSv2, encrypts the root volume and lets nothing in', async () => {
      assert.equal(instance.MetadataOptions.HttpTokens, 'required');
      assert.equal(instance.MetadataOptions.HttpPutResponseHopLimit, 1);
      const volumes = await local.aws('ec2', 'describe-volumes', '--filters', `Name=attachment.instance-id,Values=${instance.InstanceId}`, '--query', 'Volumes');
      assert.deepEqual(volumes.map(({ Encrypted, VolumeType }) => ({ Encrypted, VolumeType })), [{ Encrypted: true, VolumeType: 'gp3' }]);
      const groups = await local.aws('ec2', 'describe-security-groups', '--group-ids', instance.SecurityGroups[0].GroupId, '--query', 'SecurityGroups');
      assert.deepEqual(groups[0].IpPermissions, []);
    });

    test('prints the instance id and the command that connects to it', async () => {
      const outputs = await local.aws('cloudformation', 'describe-stacks', '--stack-name', 'Workshop', '--query', 'Stacks[0].Outputs[].OutputValue');
      assert.deepEqual(outputs.sort(), [
        `aws ssm start-session --target ${instance.InstanceId} --region eu-west-3`,
        `https://eu-west-3.console.aws.amazon.com/systems-manager/session-manager/${instance.InstanceId}?region=eu-west-3`,
        instance.InstanceId,
      ]);
    });

    test('leaves nothing after cdk destroy', async () => {
      await apps[language].cdk(local.env, 'destroy', '--app', 'cdk.out', '--force');
      assert.deepEqual(await local.aws('ec2', 'describe-vpcs', '--vpc-ids', '--filters', 'Name=is-default,Values=false', '--query', 'Vpcs'), []);
    });
  });
}
