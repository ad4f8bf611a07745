// npm start: deploys the example app from the packed library to a local AWS, shows what came of it, and removes it.
import { parseArgs } from 'node:util';
import { LANGUAGES, libraryFor } from './example-app.mjs';
import { startLocalAws } from './local-aws.mjs';
import { installPackages, localAwsEnvironment } from './project.mjs';
import { step } from './steps.mjs';
import { keepTemporaryFolders } from './temporary.mjs';

const USAGE = `Usage: npm start -- [${LANGUAGES.join(' | ')}] [--keep]

Deploys the example app "workshop" with the CDK CLI to a local AWS, shows the VPC and the instance, and removes both.

  --keep  leave everything up, and say how to look at it and how to end it`;

async function main({ language, keep }) {
  await installPackages();
  const venv = await localAwsEnvironment();
  const makeApp = await libraryFor(language);
  const app = await makeApp('workshop');
  const local = await step('Starting the local AWS', () => startLocalAws(venv, { stay: keep }));
  try {
    await step('Preparing the account (cdk bootstrap)', local.bootstrap);
    const before = await inventory(local);

    console.log('\ncdk deploy');
    await expectSuccess(app.showCdk(local.env, 'deploy', '--require-approval', 'never', '--progress', 'events'));
    await describe(local);
    if (keep) {
      return;
    }

    console.log('\ncdk destroy');
    await expectSuccess(app.showCdk(local.env, 'destroy', '--force'));
    await step('Checking that nothing is left', async () => {
      const left = Object.entries(await inventory(local)).flatMap(([kind, ids]) => ids.filter(id => !before[kind].includes(id)).map(id => `${kind}: ${id}`));
      if (left.length > 0) {
        throw new Error(`cdk destroy left behind:\n${left.join('\n')}`);
      }
    });
  } finally {
    await (keep ? leave(local, app) : local.stop());
  }
}

async function expectSuccess(exitCode) {
  if (await exitCode !== 0) {
    throw new Error('The CDK CLI failed; what it printed says why.');
  }
}

async function describe(local) {
  const running = 'Name=instance-state-name,Values=running';
  const [instance] = await local.aws('ec2', 'describe-instances', '--filters', running, '--query', 'Reservations[].Instances[]');
  const [vpc] = await local.aws('ec2', 'describe-vpcs', '--vpc-ids', instance.VpcId, '--query', 'Vpcs');
  const subnets = await local.aws('ec2', 'describe-subnets', '--filters', `Name=vpc-id,Values=${vpc.VpcId}`, '--query', 'Subnets');
  const [image] = await local.aws('ec2', 'describe-images', '--image-ids', instance.ImageId, '--query', 'Images');

  console.log('\nThe VPC, as the EC2 API describes it');
  console.table(subnets.map(subnet => ({
    'VPC': vpc.VpcId, 'CIDR': vpc.CidrBlock, 'Subnet': subnet.SubnetId, 'Subnet CIDR': subnet.CidrBlock, 'AZ': subnet.AvailabilityZone,
  })));
  console.log('The instance');
  console.table([{ 'Instance': instance.InstanceId, 'Type': instance.InstanceType, 'Architecture': instance.Architecture, 'State': instance.State.Name }]);
  console.log('Its image');
  console.table([{ 'Image': instance.ImageId, 'Name': image.Name, 'Root device': `${instance.RootDeviceType} (${instance.RootDeviceName})` }]);
}

/** The ids of everything that a deployment may leave behind. */
async function inventory(local) {
  const query = {
    instances: ['ec2', 'describe-instances', 'Reservations[].Instances[?State.Name!=`terminated`][].InstanceId'],
    volumes: ['ec2', 'describe-volumes', 'Volumes[].VolumeId'],
    vpcs: ['ec2', 'describe-vpcs', 'Vpcs[].VpcId'],
    subnets: ['ec2', 'describe-subnets', 'Subnets[].SubnetId'],
    gateways: ['ec2', 'describe-internet-gateways', 'InternetGateways[].InternetGatewayId'],
    routeTables: ['ec2', 'describe-route-tables', 'RouteTables[].RouteTableId'],
    securityGroups: ['ec2', 'describe-security-groups', 'SecurityGroups[].GroupId'],
    roles: ['iam', 'list-roles', 'Roles[].RoleName'],
    instanceProfiles: ['iam', 'list-instance-profiles', 'InstanceProfiles[].InstanceProfileName'],
    stacks: ['cloudformation', 'describe-stacks', 'Stacks[].StackName'],
  };
  const entries = Object.entries(query).map(async ([kind, [service, action, path]]) => [kind, await local.aws(service, action, '--query', path)]);
  return Object.fromEntries(await Promise.all(entries));
}

function leave(local, app) {
  local.leave();
  const variables = ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_REGION', 'AWS_DEFAULT_REGION'];
  console.log(`
Everything stays up. To look at it with the AWS CLI or the CDK CLI:

  ${variables.map(name => `export ${name}=${local.env[name]}`).join('\n  ')}
  export PATH=${local.env.PATH.split(':')[0]}:$PATH
  aws ec2 describe-instances --output table
  cd ${app.directory}

To end it:

  kill ${local.pid}
  rm -r ${keepTemporaryFolders().join(' ')}`);
}

function parse(args) {
  const { values, positionals } = parseArgs({
    args, allowPositionals: true, options: { keep: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  const [language = 'typescript', ...rest] = positionals;
  if (!LANGUAGES.includes(language) || rest.length > 0) {
    throw new Error(`${JSON.stringify(positionals.join(' '))} is not a language of the example.`);
  }
  return { language, ...values };
}

let options;
try {
  options = parse(process.argv.slice(2));
} catch (error) {
  console.error(`${error.message}\n\n${USAGE}`);
  process.exit(2);
}
if (options.help) {
  console.log(USAGE);
  process.exit();
}
try {
  await main(options);
} catch (error) {
  console.error(`\n${error.message}`);
  process.exit(1);
}
