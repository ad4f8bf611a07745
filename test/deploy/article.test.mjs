// docs/from-the-article.md: its commands one after the other, those of parts I and II on the stack of the article, the others on that of part III.
// For the instance's this machine is the instance, with aws-cfn-bootstrap (that of PyPI, converted to Python 3, which passes over services of systemd)
// and the local AWS. See test/cfn-bootstrap for what stands for the rest.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { exampleApps } from '../../scripts/example-app.mjs';
import { startLocalAws } from '../../scripts/local-aws.mjs';
import { cfnBootstrapEnvironment, localAwsEnvironment, ROOT } from '../../scripts/project.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';
import { instanceOf, whyNot } from '../cfn-bootstrap/instance.mjs';

const PAGE = readFileSync(join(ROOT, 'docs', 'from-the-article.md'), 'utf8');
const blocks = (kind, text) => [...text.matchAll(new RegExp(`^\`\`\`${kind}\\n([^]*?)^\`\`\``, 'gm'))].map(([, block]) => block);

/** Number of a part → its text, and the commands in it. */
const PARTS = Object.fromEntries([...PAGE.matchAll(/^## (\w+): [^]*?(?=^## |(?![^]))/gm)].map(([text, part]) => [part, text]));
const commandsOf = part => blocks('sh', PARTS[part]).flatMap(block => block.trim().split('\n'));

/** The code of a part, as an app. */
const appOf = part => `${readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8').split('declare')[0]}
const stack = new Stack(new App(), 'Workshop', { env: { region: 'eu-west-3' } });
${blocks('ts', PARTS[part])[0]}`;

/** What each command of parts I and II prints. */
const PRINTED = [
  /^amzn2-ami-hvm-2\.0\.20230320\.0-x86_64-gp2\t137112412989\tx86_64\tebs\t\/dev\/xvda\tLinux\/UNIX\n$/,
  /^ami-[0-9a-f]{17}\tamzn2-ami-hvm-2\.0\.2026\d+\.\d-x86_64-gp2\n$/,
  /^ami-[0-9a-f]{17}\n$/,
  /^id +ami-01fde5e5b31e98551\n[^]*^instance types +\d+, in families: /m,
  /^[^\n]*\n[^\n]*ami-[0-9a-f]{17}/,
  /^i-[0-9a-f]{17}\tami-01fde5e5b31e98551\tt2\.micro\t1\tLinux\/UNIX\n$/,
  /^vpc-[0-9a-f]+\t10\.0\.0\.0\/\d+\n$/,
  /^8\tgp3\tTrue\n$/,
  /^Instance +running +i-[0-9a-f]{17} +[\d.]+ +aws ssm start-session --target i-/m,
];
const COMMANDS = [...commandsOf('I'), ...commandsOf('II')];

const skip = await whyNot();
let local;
let app;

const run = command => app.run(local.env, 'sh', '-c', command);

function instancesOf(stack, ...states) {
  return local.aws('ec2', 'describe-instances', '--query', 'Reservations[].Instances[].InstanceId',
    '--filters', `Name=tag:aws:cloudformation:stack-name,Values=${stack}`, ...states.length > 0 ? [`Name=instance-state-name,Values=${states}`] : []);
}

before(async () => {
  local = await startLocalAws(await localAwsEnvironment());
  [{ typescript: app }] = await Promise.all([exampleApps('workshop'), local.bootstrap()]);
  await app.cdk(local.env, 'deploy', '--require-approval', 'never');
});

after(() => local.stop());

test('the page has a command for each of these answers', () => assert.equal(COMMANDS.length, PRINTED.length, COMMANDS.join('\n')));

COMMANDS.forEach((command, i) => test(command, async () => assert.match(await run(command), PRINTED[i])));

test('a stack whose instance was terminated by hand is destroyed all the same', async () => {
  await local.aws('ec2', 'terminate-instances', '--instance-ids', ...await instancesOf('Workshop'));
  await app.cdk(local.env, 'destroy', '--app', 'cdk.out', '--force');
  assert.equal(await run('npx cdk-workshop end --stack Workshop --region eu-west-3'), '');
});

describe('an instance that is set up', { skip }, () => {
  const folder = temporaryFolder('set-up');
  const written = file => readFileSync(join(folder, file), 'utf8');
  let helperScripts;
  let ubuntu;
  let instance;

  /** Deploys, and has this machine be the instance meanwhile. Resolves to the instance, what its user data printed, and the message where the deployment fails. */
  async function setUp(stack, deployment, preinstalled) {
    const outcome = deployment.then(() => undefined, error => error.message);
    const made = await instanceOf(stack, local, helperScripts, preinstalled);
    assert.equal(await Promise.race([outcome, 'waiting']), 'waiting');
    return { made, printed: await made.boot(), failure: await outcome };
  }

  const deploy = stack => app.cdk({ ...local.env, FOLDER: folder }, 'deploy', stack, '--app', 'node init-app.cjs', '--output', `${stack}.out`, '--require-approval', 'never');
  const onInstance = command => instance.execute('sh', '-c', command);
  const userData = () => local.aws('ec2', 'describe-instance-attribute', '--instance-id', instance.instanceId, '--attribute', 'userData');

  before(async () => {
    helperScripts = await cfnBootstrapEnvironment();
    cpSync(join(ROOT, 'test', 'deploy', 'init-app.cjs'), join(app.directory, 'init-app.cjs'));
  });

  test('III: on Ubuntu the user data installs the helper scripts before anything else', async () => {
    const { made, printed, failure } = await setUp('HelperScripts', deploy('HelperScripts'));
    ubuntu = made;
    assert.equal(failure, undefined, printed);
    assert.equal(ubuntu.read('/var/log/apt-get.log'), 'apt-get update\napt-get install -y python3-venv\n');
    assert.equal(written('helper-scripts').match(/^cfn-(init|signal|hup|get-metadata)$/gm).length, 4);
    assert.equal(written('welcome'), 'Welcome!');
  });

  test('III: the instance of the page has its package and its file once the deployment is through', async () => {
    writeFileSync(join(app.directory, 'app.ts'), appOf('III'));
    const [command, ...others] = commandsOf('III');
    assert.deepEqual(others, []);
    const { made, printed, failure } = await setUp('Workshop', run(command), ubuntu);
    instance = made;
    assert.equal(failure, undefined, printed);
    assert.match(instance.read('/var/log/yum.log'), /^yum -y install nginx$/m);
    assert.equal(instance.read('/usr/share/nginx/html/index.html'), 'Welcome!');
  });

  test('IV: it can read its metadata', async () => {
    const [command, ...others] = commandsOf('IV');
    assert.deepEqual(others, []);
    const { files } = JSON.parse(await onInstance(command))['AWS::CloudFormation::Init'].config;
    assert.equal(files['/usr/share/nginx/html/index.html'].content, 'Welcome!');
  });

  test('V: the deployment has waited for its signal', async () => {
    const [command, ...others] = commandsOf('V');
    assert.deepEqual(others, []);
    assert.equal(await run(command), `InstanceF2C4A69D\tReceived SUCCESS signal with UniqueId ${instance.instanceId}\n`);
  });

  for (const [failing, stack, log] of [
    ['a command', 'FailingCommand', /Command 000 failed/],
    ['the user data before it', 'FailingUserData', /no such seat/],
  ]) {
    test(`V: the deployment fails at once where ${failing} fails, and leaves nothing but its log on the console`, async () => {
      const { made, printed, failure } = await setUp(stack, deploy(stack), ubuntu);
      assert.match(printed, log);
      assert.match(failure, new RegExp(`Received FAILURE signal with UniqueId ${made.instanceId}`));
      assert.deepEqual(await instancesOf(stack, 'pending', 'running'), []);
    });
  }

  test('VI: it gets a changed file when cfn-hup looks the next time, and is not replaced', async () => {
    const before = await userData();
    writeFileSync(join(app.directory, 'app.ts'), appOf('III').replace('Welcome!', 'Welcome back!'));
    await run(commandsOf('III')[0]);
    assert.deepEqual(await instancesOf('Workshop', 'pending', 'running'), [instance.instanceId]);
    assert.deepEqual(await userData(), before);
    assert.equal(instance.read('/usr/share/nginx/html/index.html'), 'Welcome!');

    const printed = [];
    for (const command of commandsOf('VI')) {
      printed.push(await onInstance(command));
    }
    assert.deepEqual(printed, ['', 'Welcome back!']);
  });

  test('VI: it is left alone when cfn-hup finds no change', async () => {
    await onInstance('echo mine > /usr/share/nginx/html/index.html');
    await onInstance('systemctl start cfn-hup.service');
    assert.equal(instance.read('/usr/share/nginx/html/index.html'), 'mine\n');
  });
});
