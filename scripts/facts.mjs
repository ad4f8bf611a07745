// npm run facts: what the library knows of images, releases, instance types and regions, compared with the data that others ship.
// With --newest the newest packages that have such data are installed for it, in place of those that the project is tested with.
import { createRequire } from 'node:module';
import { compareRegion, compareWindows, knownVariants } from './catalog-facts.mjs';
import { compareNamedTypes, wrongArchitectures, wrongCredits, wrongRootDevices } from './instance-type-facts.mjs';
import { botocorePartitions, motoData } from './moto-data.mjs';
import { ENVIRONMENT, installPackages, newestData, ROOT } from './project.mjs';
import { compareRegions } from './region-facts.mjs';
import { compareSupport, distroInfo, endedSince, newerAmazonLinux, newerDistributions, newerInCdk, wordsOf } from './release-facts.mjs';
import { run, step } from './steps.mjs';

const require = createRequire(import.meta.url);
const sum = (items, key) => items.reduce((total, item) => total + item[key], 0);
const unique = values => [...new Set(values)];

async function main(isNewest) {
  await installPackages();
  const { venv, require: load } = isNewest ? await newestData() : { require };
  const moto = await motoData(venv);
  await step('Building the library', () => run('projen', ['compile'], { cwd: ROOT, env: ENVIRONMENT }));
  const library = require('../lib/ami-family.js');
  const families = library.AmiFamily.all();
  const cdk = isNewest ? 'aws-cdk-lib' : 'aws-cdk-lib-newest';
  const version = name => load(`${name}/package.json`).version;
  const parts = [
    ['images', images(moto, families)],
    ['ends of support', support(families)],
    ['newer releases', releases(moto, library, {
      windowsVersions: Object.values(load(`${cdk}/aws-ec2`).WindowsVersion),
      kubernetesVersions: Object.values(load(`${cdk}/aws-eks`).KubernetesVersion).map(each => each.version),
    })],
    ['instance types', instanceTypes(moto, Object.values(load('@aws-sdk/client-ec2')._InstanceType))],
    ['regions', regions(await botocorePartitions(venv))],
  ];

  const wrong = parts.flatMap(([, part]) => part.wrong);
  console.log([
    `moto ${moto.version}, @aws-sdk/client-ec2 ${version('@aws-sdk/client-ec2')}, aws-cdk-lib ${version(cdk)}.`,
    ...parts.map(([name, part]) => `${name}: ${[...part.compared, ...(part.skipped ?? []).map(each => `skipped: ${each}`)].join('; ')}.`),
    ...wrong,
    wrong.length === 0 ? 'All of it holds.' : `Facts that no longer hold: ${wrong.length}.`,
  ].join('\n'));
  return wrong.length === 0 ? 0 : 1;
}

function images(moto, families) {
  const variants = knownVariants(families);
  const compared = moto.regions.map(region => compareRegion(moto, variants, region));
  const windows = compareWindows(moto, families);
  return {
    wrong: [...compared.flatMap(region => region.wrong), ...windows.wrong],
    compared: [
      `${variants.length} of ${unique(variants.map(({ family }) => family)).length} families in ${compared.length} regions, `
      + `with ${sum(compared, 'parameters')} parameters, ${sum(compared, 'images')} images and ${sum(compared, 'notDescribed')} that moto does not describe`,
      `${windows.families} of Windows with ${windows.images} images`,
    ],
  };
}

function support(families) {
  const { FACTS_DATE } = require('../lib/private/catalog/facts-date.js');
  const { releases: known, skipped } = distroInfo();
  const today = new Date().toISOString().slice(0, 10);
  const dated = families.filter(family => family.endOfSupport !== undefined);
  const distributions = skipped === undefined ? compareSupport(families, known) : { wrong: [], compared: 0 };
  return {
    wrong: [...distributions.wrong, ...endedSince(families, FACTS_DATE, today), ...newerDistributions(families, known, today)],
    compared: [`${distributions.compared} with distro-info-data`, `all ${dated.length} with the day ${today}`],
    skipped: skipped && [skipped],
  };
}

function releases(moto, { AmiFamily }, ofCdk) {
  const families = AmiFamily.all();
  const parameterNames = unique(moto.regions.flatMap(region => [...moto.parameters(region).keys()]));
  const newer = newerAmazonLinux(families, parameterNames, name => canRender(AmiFamily, name));
  return {
    wrong: [...newer, ...newerInCdk(families, ofCdk)],
    compared: [`${parameterNames.length} parameters of Amazon`, `${ofCdk.windowsVersions.length} versions of Windows`, `${ofCdk.kubernetesVersions.length} of Kubernetes`],
  };
}

function canRender(AmiFamily, name) {
  try {
    return AmiFamily.amazonLinux(wordsOf(name)).variants().some(variant => variant.parameterName.endsWith(`/${name}`));
  } catch {
    return false;
  }
}

function instanceTypes(moto, names) {
  const { architectureOf, canBoot, isBurstable } = require('../lib/private/ec2/instance-type.js');
  const inventory = moto.instanceTypes();
  const architectures = wrongArchitectures(inventory, architectureOf).map(name => `${name}: its architecture is not ${architectureOf(name)}.`);
  const rootDevices = ['ebs', 'instance-store'].flatMap(rootDevice => wrongRootDevices(inventory, canBoot, rootDevice)
    .map(name => `${name}: it ${canBoot(name, rootDevice) ? 'does not boot' : 'boots'} from ${rootDevice}.`));
  const credits = wrongCredits(inventory, isBurstable).map(name => `${name}: it ${isBurstable(name) ? 'does not run' : 'runs'} on CPU credits.`);
  const named = compareNamedTypes(names, inventory, architectureOf);
  return {
    wrong: [...architectures, ...rootDevices, ...credits, ...named.wrong],
    compared: [
      `${inventory.length} with moto's inventory`,
      `of ${names.length} that the SDK names ${named.answered.length} answered and ${named.undefinedOnPurpose.length} undefined on purpose`
      + `${named.undefinedOnPurpose.length > 0 ? ` (${named.undefinedOnPurpose.join(', ')})` : ''}, by their names alone ${named.unread.join(', ') || 'none'}`,
    ],
  };
}

function regions({ version, partitions }) {
  const { RegionInfo } = require('aws-cdk-lib/region-info');
  const { isRegion, NEWER_REGIONS, partitionOf } = require('../lib/private/ec2/region.js');
  const known = [...RegionInfo.regions.map(({ name }) => name), ...NEWER_REGIONS];
  const compared = compareRegions(partitions, { isRegion, partitionOf, known });
  return { wrong: compared.wrong, compared: [`${compared.regions} of ${compared.partitions} partitions by botocore ${version}`] };
}

try {
  process.exitCode = await main(process.argv.includes('--newest'));
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
