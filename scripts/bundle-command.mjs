// Makes one file of the commands: lib/cli/commands.js, with all that they are made of, and beside the library THIRD_PARTY_LICENSES.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const fromRoot = path => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What the commands take from aws-cdk-lib, which they must not need: a few enums and names, as they are in this version. */
function standIns() {
  const { InstanceArchitecture, OperatingSystemType } = require('aws-cdk-lib/aws-ec2');
  const { RegionInfo } = require('aws-cdk-lib/region-info');
  return {
    'aws-cdk-lib/aws-ec2': { InstanceArchitecture, OperatingSystemType },
    'aws-cdk-lib/region-info': { RegionInfo: { regions: RegionInfo.regions.map(({ name }) => ({ name })) } },
  };
}

const withoutCdk = {
  name: 'without-aws-cdk-lib',
  setup({ onResolve, onLoad }) {
    const modules = standIns();
    onResolve({ filter: /^(aws-cdk-lib|constructs)(\/|$)/ }, ({ path, importer }) => path in modules
      ? { path, namespace: 'stand-in' }
      : { errors: [{ text: `${path} cannot be in a command, which runs without it; ${importer} imports it.` }] });
    onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => ({
      contents: Object.entries(modules[path]).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join('\n'),
    }));
  },
};

/** The licenses of all that is in the bundle, each text once. */
function licenses({ inputs }) {
  const folders = new Set(Object.keys(inputs).flatMap(file => /^(.*node_modules\/(@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
  const packages = new Map();
  for (const folder of [...folders].sort()) {
    const manifest = JSON.parse(readFileSync(fromRoot(join(folder, 'package.json')), 'utf8'));
    const text = licenseText(folder, manifest);
    packages.set(text, [...packages.get(text) ?? [], `${manifest.name} ${manifest.version} (${manifest.license})`]);
  }
  return [...packages].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}

function licenseText(folder, { name, license }) {
  const file = readdirSync(fromRoot(folder)).find(each => /^licen[cs]e/i.test(each));
  if (file !== undefined) {
    return readFileSync(fromRoot(join(folder, file)), 'utf8').trim();
  }
  if (license !== 'Apache-2.0') {
    throw new Error(`${name} has no file with the text of its license ${license}; find the text, or leave the package out.`);
  }
  // Some packages of the AWS SDK name their license only; its text is that of ours.
  return readFileSync(fromRoot('LICENSE'), 'utf8').trim();
}

const { metafile } = await build({
  entryPoints: [fromRoot('src/cli/main.ts')],
  outfile: fromRoot('lib/cli/commands.js'),
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  // Half of the size: modules leave out what is not used.
  mainFields: ['module', 'main'],
  tsconfig: fromRoot('src/cli/tsconfig.json'),
  plugins: [withoutCdk],
  // What a stand-in lacks.
  logOverride: { 'import-is-undefined': 'error' },
  logLevel: 'warning',
  metafile: true,
  absWorkingDir: fromRoot('.'),
});
writeFileSync(fromRoot('THIRD_PARTY_LICENSES'), `The commands cdk-ami and cdk-workshop contain these packages, under these licenses:\n\n${licenses(metafile)}`);
