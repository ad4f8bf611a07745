// Synthesizes an app for each profile into the folder "open", where CDK and cdk-nag report what is not acknowledged, and
// once more into "all", where nothing is.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { App, Duration, Stack, TimeZone, Validations } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const { ScheduleExpression } = require('aws-cdk-lib/aws-scheduler');
const { AwsSolutionsChecks } = require('cdk-nag');
const { AmiSelector, AutoStop, WorkshopAccess, WorkshopFleet, WorkshopInstance } = require('cdk-workshop-instance');

const PARIS = { account: '123456789012', region: 'eu-west-3' };
const IMAGE = AmiSelector.genericLinux({ 'eu-west-3': 'ami-01fde5e5b31e98551' }, { rootDeviceName: '/dev/xvda' });

const PROFILES = {
  'default': { env: PARIS, make: stack => new WorkshopInstance(stack, 'Workshop') },
  'default, any region': { make: stack => new WorkshopInstance(stack, 'Workshop') },
  'access': { env: PARIS, make: makeWithEveryAccess },
  'autoStop': {
    env: PARIS,
    make: stack => new WorkshopInstance(stack, 'Workshop', {
      autoStop: [AutoStop.whenIdle(), AutoStop.at(ScheduleExpression.cron({ hour: '18', minute: '0', timeZone: TimeZone.EUROPE_PARIS }))],
    }),
  },
  'init': {
    env: PARIS,
    make: stack => new WorkshopInstance(stack, 'Workshop', {
      init: ec2.CloudFormationInit.fromElements(ec2.InitPackage.yum('nginx'), ec2.InitFile.fromString('/etc/motd', 'Welcome')), keepUpToDate: true,
    }),
  },
  'fleet': { env: PARIS, make: stack => new WorkshopFleet(stack, 'Fleet', { seats: 3, autoStop: [AutoStop.whenIdle()] }) },
  'fleet, hardened': { env: PARIS, make: stack => new WorkshopFleet(stack, 'Fleet', { seats: 3, hardened: true }) },
  'hardened': { env: PARIS, make: stack => new WorkshopInstance(stack, 'Workshop', { hardened: true }) },
  'hardened, any region': { make: stack => new WorkshopInstance(stack, 'Workshop', { hardened: true, machineImage: IMAGE }) },
  'bad': { env: PARIS, make: makeBadly },
};

function makeWithEveryAccess(stack) {
  const allowFrom = [ec2.Peer.ipv4('203.0.113.7/32')];
  new WorkshopInstance(stack, 'Workshop', {
    access: [
      WorkshopAccess.sessionManager(),
      WorkshopAccess.instanceConnectEndpoint(),
      WorkshopAccess.ssh({ keyPair: new ec2.KeyPair(stack, 'KeyPair'), allowFrom }),
      WorkshopAccess.port(8080, { allowFrom }),
    ],
  });
}

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

for (const [name, profile] of Object.entries(PROFILES)) {
  synthesize(join('open', name), profile);
}
Validations.prototype.acknowledge = () => {};
for (const [name, profile] of Object.entries(PROFILES)) {
  const outdir = join('all', name);
  synthesize(outdir, profile);
  withoutSkips(join(outdir, 'Stack.template.json'));
}
