// Synthesizes an app for each profile into the folder "open", where CDK and cdk-nag report what is not acknowledged, and
// once more into "all", where nothing is.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { App, Stack, Validations } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { AwsSolutionsChecks } = require('cdk-nag');
const { Node } = require('constructs');
const { PARIS, PROFILES } = require('./profiles.cjs');

const PROFILES_AND_BAD = { ...PROFILES, bad: { env: PARIS, make: makeBadly } };

/** What each scanner finds something in. */
function makeBadly(stack) {
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false });
  const instance = new ec2.Instance(stack, 'Instance', {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    instanceType: new ec2.InstanceType('t3.micro'),
    machineImage: ec2.MachineImage.genericLinux({ 'eu-west-3': 'ami-01fde5e5b31e98551' }),
  });
  instance.connections.allowFromAnyIpv4(ec2.Port.SSH);
}

/** Without what keeps scanners that read templates only from telling. */
function withoutSkips(file) {
  const template = JSON.parse(readFileSync(file, 'utf8'));
  for (const { Metadata } of Object.values(template.Resources)) {
    delete Metadata?.checkov;
    delete Metadata?.['cfn-lint'];
  }
  writeFileSync(file, JSON.stringify(template, undefined, 1));
}

function synthesize(outdir, { env, make }) {
  const app = new App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  make(new Stack(app, 'Stack', { env }));
  try {
    app.synth();
  } catch (error) {
    // Findings make synth fail once they are written; anything else is an error.
    if (!existsSync(join(outdir, 'validation-report.json'))) {
      throw error;
    }
  }
}

for (const [name, profile] of Object.entries(PROFILES_AND_BAD)) {
  synthesize(join('open', name), profile);
}
const { addMetadata } = Node.prototype;
Node.prototype.addMetadata = function (type, ...data) {
  if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY) {
    addMetadata.call(this, type, ...data);
  }
};
for (const [name, profile] of Object.entries(PROFILES_AND_BAD)) {
  const outdir = join('all', name);
  synthesize(outdir, profile);
  withoutSkips(join(outdir, 'Stack.template.json'));
}
