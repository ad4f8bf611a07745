// This machine as an instance that boots with user data, and has the CloudFormation helper scripts for real.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { REGION } from '../../scripts/local-aws.mjs';
import { ENVIRONMENT, ROOT } from '../../scripts/project.mjs';
import { run } from '../../scripts/steps.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';

const HERE = join(ROOT, 'test', 'cfn-bootstrap');
const ARCHIVE = 'https://s3.amazonaws.com/cloudformation-examples/aws-cfn-bootstrap-py3-latest.tar.gz';

/** Why there can be no instance on this machine, or false. */
export async function whyNot() {
  const mounts = ['--map-root-user', '--mount', 'mount', '--bind', '/etc', '/opt'];
  return run('unshare', mounts).then(() => false, () => 'takes a Linux that lets everyone make user namespaces');
}

/**
 * Waits for the instance of a stack, and has this machine be it.
 *
 * @param preinstalled another instance, the helper scripts of which are in the image already
 */
export async function instanceOf(stack, local, helperScripts, preinstalled) {
  const folder = temporaryFolder('instance');
  if (preinstalled) {
    cpSync(join(preinstalled.folder, 'opt', 'aws'), join(folder, 'opt', 'aws'), { recursive: true, verbatimSymlinks: true });
  }
  const instanceId = await launched(stack, local);
  const env = {
    PATH: [join(HERE, 'bin'), join(helperScripts, 'bin'), ENVIRONMENT.PATH].join(delimiter),
    HOME: folder,
    AWS_ENDPOINT_URL: local.url,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: await metadataService(instanceId),
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: helperScripts,
  };
  const execute = (...command) => run('unshare', ['--map-root-user', '--mount', join(HERE, 'instance.sh'), folder, ...command], { cwd: folder, env });

  return {
    folder,
    instanceId,
    execute,
    read: path => readFileSync(join(folder, path), 'utf8'),
    /** Runs the user data as EC2 hands it out. Resolves to what it prints, also where it fails. */
    boot: async () => {
      const { UserData } = await local.aws('ec2', 'describe-instance-attribute', '--instance-id', instanceId, '--attribute', 'userData');
      const script = Buffer.from(UserData.Value, 'base64').toString().replace(ARCHIVE, join(helperScripts, 'converted.tar.gz'));
      writeFileSync(join(folder, 'user-data'), script, { mode: 0o755 });
      return execute('sh', '-c', 'exec "$0" 2>&1', join(folder, 'user-data')).catch(error => error.message);
    },
  };
}

async function launched(stack, local) {
  for (let i = 0; i < 60; i++) {
    const ids = await local.aws('ec2', 'describe-instances', '--query', 'Reservations[].Instances[].InstanceId',
      '--filters', 'Name=instance-state-name,Values=pending,running', `Name=tag:aws:cloudformation:stack-name,Values=${stack}`);
    if (ids.length > 0) {
      return ids[0];
    }
    await sleep(200);
  }
  throw new Error(`The stack ${stack} has launched no instance.`);
}

/** Serves what an instance can ask about itself, until this process ends. */
async function metadataService(instanceId) {
  const answers = {
    '/latest/meta-data/instance-id': instanceId,
    '/latest/dynamic/instance-identity/document': JSON.stringify({ instanceId, region: REGION }),
    '/latest/dynamic/instance-identity/signature': 'signature',
  };
  const server = createServer((request, response) => {
    response.statusCode = request.url in answers ? 200 : 404;
    response.end(answers[request.url]);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${server.address().port}`;
}
