// npm run facts: what the library knows of images and instance types, compared with AWS's data as moto ships it.
import { createRequire } from 'node:module';
import { compareRegion, compareWindows, knownVariants, wrongArchitectures, wrongCredits, wrongRootDevices } from './catalog-facts.mjs';
import { motoData } from './moto-data.mjs';
import { ENVIRONMENT, installPackages, ROOT } from './project.mjs';
import { run, step } from './steps.mjs';

const require = createRequire(import.meta.url);
const sum = (items, key) => items.reduce((total, item) => total + item[key], 0);

async function main() {
  await installPackages();
  const moto = await motoData();
  await step('Building the library', () => run('projen', ['compile'], { cwd: ROOT, env: ENVIRONMENT }));
  const images = compareImages(moto);
  const types = compareInstanceTypes(moto);

  const wrong = [...images.wrong, ...types.wrong];
  console.log(wrong.map(line => `${line}\n`).join('')
    + `Compared with moto ${moto.version}: ${[...images.compared, ...types.compared].join('; ')}.\n`
    + (wrong.length === 0 ? 'All of it holds.' : `Facts that no longer hold: ${wrong.length}.`));
  return wrong.length === 0 ? 0 : 1;
}

function compareImages(moto) {
  const families = require('../lib/ami-family.js').AmiFamily.all();
  const variants = knownVariants(families);
  const regions = moto.regions.map(region => compareRegion(moto, variants, region));
  const windows = compareWindows(moto, families);
  return {
    wrong: [...regions.flatMap(region => region.wrong), ...windows.wrong],
    compared: [
      `${variants.length} images of ${new Set(variants.map(({ family }) => family)).size} families in ${regions.length} regions, `
      + `with ${sum(regions, 'parameters')} parameters, ${sum(regions, 'images')} images and ${sum(regions, 'notDescribed')} that moto does not describe`,
      `${windows.families} Windows families with ${windows.images} images`,
    ],
  };
}

function compareInstanceTypes(moto) {
  const { architectureOf, canBoot, isBurstable } = require('../lib/private/ec2/instance-type.js');
  const inventory = moto.instanceTypes();
  const architectures = wrongArchitectures(inventory, architectureOf).map(name => `${name}: its architecture is not ${architectureOf(name)}.`);
  const rootDevices = ['ebs', 'instance-store'].flatMap(rootDevice => wrongRootDevices(inventory, canBoot, rootDevice)
    .map(name => `${name}: it ${canBoot(name, rootDevice) ? 'does not boot' : 'boots'} from ${rootDevice}.`));
  const credits = wrongCredits(inventory, isBurstable).map(name => `${name}: it ${isBurstable(name) ? 'does not run' : 'runs'} on CPU credits.`);
  return { wrong: [...architectures, ...rootDevices, ...credits], compared: [`${inventory.length} instance types`] };
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
