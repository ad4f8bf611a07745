// Uses all of the library once, with the feature flags in the file that is named, if any. Prints what fails, and the factories that nothing here calls, as JSON.
const { existsSync, mkdtempSync, readFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { App, Stack, TimeZone } = require('aws-cdk-lib');
const { InstanceArchitecture, LaunchTemplate, MachineImage } = require('aws-cdk-lib/aws-ec2');
const { Role } = require('aws-cdk-lib/aws-iam');
const { ScheduleExpression } = require('aws-cdk-lib/aws-scheduler');
const library = require('cdk-workshop-instance');
const neverCalled = watchFactories();
const { PARIS, PROFILES } = require('./profiles.cjs');

const { AllowedAmis, AmazonLinuxRelease, AmiChecks, AmiFamily, AmiSelector, AmiUpdates, AutoStart, RootDevice, WorkshopInstance } = library;
const AL2_ID = 'ami-01fde5e5b31e98551';
const AL2023 = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64';
const OURS = {
  name: 'Ours',
  publisher: 'Us',
  owners: { aws: ['123456789012'] },
  images: [{ architecture: InstanceArchitecture.X86_64, rootDevice: RootDevice.EBS, imageName: 'ours-*' }],
};

const SELECTORS = {
  'genericLinux': () => AmiSelector.genericLinux({ 'eu-west-3': AL2_ID }, { rootDeviceName: '/dev/xvda' }),
  'fromSsmParameter': () => AmiSelector.fromSsmParameter(AL2023),
  'fromSsmParameter, on request': () => AmiSelector.fromSsmParameter(AL2023, { updates: AmiUpdates.ON_REQUEST }),
  'fromSsmParameter, with its version': () => AmiSelector.fromSsmParameter(AL2023, { parameterVersion: 2 }),
  'lookup': () => AmiSelector.lookup({ name: 'al2023-ami-2023.*-kernel-6.1-x86_64', owners: ['amazon'] }),
  'latest, from a parameter': () => AmiSelector.latest(AmiFamily.UBUNTU_24_04),
  'latest, from a search': () => AmiSelector.latest(AmiFamily.ROCKY_10),
  'latest, of all': () => AmiSelector.latest(AmiFamily.all().find(family => family === AmiFamily.DEBIAN_13)),
  'latest, of amazonLinux': () => AmiSelector.latest(AmiFamily.amazonLinux({ release: AmazonLinuxRelease.AMAZON_LINUX_2023 })),
  'latest, of a custom family': () => AmiSelector.latest(AmiFamily.custom(OURS)),
  'fromLockFile': () => AmiSelector.fromLockFile('web'),
};

const CASES = {
  ...PROFILES,
  ...Object.fromEntries(Object.entries(SELECTORS).map(([name, machineImage]) => [`AmiSelector.${name}`, {
    env: PARIS, make: stack => new WorkshopInstance(stack, 'Workshop', { machineImage: machineImage() }),
  }])),
  'a launch template': {
    env: PARIS,
    make: stack => {
      new LaunchTemplate(stack, 'Template', { machineImage: AmiSelector.fromSsmParameter(AL2023, { updates: AmiUpdates.ON_LAUNCH }) });
      AllowedAmis.of(stack);
    },
  },
  'a start at a time': {
    env: PARIS,
    make: stack => new WorkshopInstance(stack, 'Workshop', { autoStart: [AutoStart.at(ScheduleExpression.cron({ hour: '8', minute: '0', timeZone: TimeZone.EUROPE_PARIS }))] }),
  },
  'roles that someone else makes': {
    env: PARIS,
    make: stack => {
      Role.customizeRoles(stack, { usePrecreatedRoles: { 'Workshop/Role': 'made-by-others' } });
      new WorkshopInstance(stack, 'Workshop');
    },
  },
};

/** The constructs and factories of the library that are not called from now on. */
function watchFactories() {
  const manifest = require.resolve('cdk-workshop-instance/package.json').replace('package.json', '.jsii');
  const { types } = JSON.parse(readFileSync(manifest, 'utf8'));
  const names = Object.values(types).flatMap(({ name, methods = [] }) => methods.filter(method => method.static).map(method => [name, method.name]));
  const missing = new Set(names.map(([type, method]) => `${type}.${method}`));
  for (const [type, method] of names) {
    const original = library[type][method];
    library[type][method] = (...args) => {
      missing.delete(`${type}.${method}`);
      return original.apply(library[type], args);
    };
  }
  return missing;
}

/** What the CLI would find for an app that lacks it. */
const ANSWERS = { 'ami': AL2_ID, 'ssm': AL2_ID, 'availability-zones': ['eu-west-3a', 'eu-west-3b', 'eu-west-3c'] };

/** The assembly of a case, once nothing is missing in the context. What the CLI finds is put there, and stays for the other cases. */
function synthesize(oneCase, context) {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'versions-')), analyticsReporting: false, context });
  oneCase.make(new Stack(app, 'Stack', { env: oneCase.env }));
  AmiChecks.add(app);
  const assembly = app.synth();
  const missing = assembly.manifest.missing ?? [];
  missing.forEach(({ key, provider }) => context[key] = ANSWERS[provider]);
  return missing.length === 0 ? assembly : synthesize(oneCase, context);
}

/** What CDK's own validation finds in the template. */
function findings({ directory }) {
  const report = join(directory, 'validation-report.json');
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).pluginReports
    .filter(({ pluginName }) => pluginName === 'CloudFormation Validate')
    .flatMap(({ violations }) => violations.map(({ ruleName, description }) => `${ruleName} ${description}`)) : [];
}

/** How often a warning of AmiChecks is told. */
function timesTold() {
  const printed = [];
  const { write } = process.stderr;
  process.stderr.write = text => printed.push(text);
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'versions-')), analyticsReporting: false });
  AmiChecks.add(app);
  new LaunchTemplate(new Stack(app, 'Stack', { env: PARIS }), 'Template', {
    machineImage: MachineImage.genericLinux({ 'eu-west-3': 'ami-0123456789abcdef0' }), requireImdsv2: true,
  });
  app.synth();
  process.stderr.write = write;
  return printed.join('').split('Nothing tells what').length - 1;
}

function failures(oneCase, context) {
  try {
    const assembly = synthesize(oneCase, context);
    const { Resources } = assembly.getStackByName('Stack').template;
    const startsInstances = Object.values(Resources).some(({ Type }) => /^AWS::EC2::(Instance|LaunchTemplate)$/.test(Type));
    return startsInstances ? findings(assembly) : ['no instance in the template'];
  } catch ({ message }) {
    return [message.replace(/^Validation failed with the following errors:\s*/, '').split('\n')[0]];
  }
}

const [, , flags] = process.argv;
const context = flags === undefined ? {} : JSON.parse(readFileSync(flags, 'utf8'));
const found = Object.entries(CASES).flatMap(([name, oneCase]) => failures(oneCase, context).map(failure => `${name}: ${failure}`));
const told = timesTold();
found.push(...told === 1 ? [] : [`AmiChecks: a warning is told ${told} times`]);
process.stdout.write(`\n${JSON.stringify({ failures: found, neverCalled: [...neverCalled] })}\n`);
