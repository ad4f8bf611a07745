// Stacks of the library, as they are built here.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { App, BootstraplessSynthesizer, Stack } = require('aws-cdk-lib');

/** The library, and what its users take beside it. */
export const library = { ...require('../../lib'), cdk: require('aws-cdk-lib'), ec2: require('aws-cdk-lib/aws-ec2') };

/** Deploys a stack to the local AWS, which has it already where it is to be changed. */
export async function deploy(local, name, make, call = 'create-stack') {
  const app = new App();
  make(new Stack(app, name, { synthesizer: new BootstraplessSynthesizer() }));
  const template = JSON.stringify(app.synth().getStackByName(name).template);
  await local.aws('cloudformation', call, '--stack-name', name, '--template-body', template, '--capabilities', 'CAPABILITY_IAM');
}

/** Synthesizes a stack into the folder cdk.out of another one, as `cdk synth` does. */
export function synthesize(directory, name, make) {
  const app = new App({ outdir: join(directory, 'cdk.out') });
  make(new Stack(app, name));
  app.synth();
}
