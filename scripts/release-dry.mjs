// npm run release:dry: makes every package of a release, and shows what is in it. Publishes nothing. A finding ends it with exit code 1.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { ENVIRONMENT, generate, installPackages, missingToolchain, packForNpm, packForPython, ROOT, twineEnvironment } from './project.mjs';
import { comparedWithSecondBuild } from './reproducible.mjs';
import { run } from './steps.mjs';

/** The languages whose toolchain may be missing, what shows that it is there, and how the package is made here. */
const OTHER_LANGUAGES = {
  java: { toolchain: ['mvn', '--version'], options: [] },
  // The module is its code, which the release pushes into a repository.
  go: { toolchain: ['go', 'version'], options: ['--code-only'] },
  dotnet: { toolchain: ['dotnet', '--version'], options: [] },
};

const JAR_FILES = /^META-INF\/(MANIFEST\.MF|INDEX\.LIST|maven\/.+\/pom\.(properties|xml))$/;

/** The packages of a release, and which files may be in each. Their names begin with the version, or with a folder of tar. */
export const PACKAGES = [
  {
    name: /^js\/.+\.jsii\.tgz$/,
    allowed: [
      /^package\/(\.jsii|\.jsii\.tabl\.json\.gz|LICENSE|README\.md|THIRD_PARTY_LICENSES|ami\.lock\.schema\.json|bin\/cdk-(ami|workshop)|package\.json)$/,
      /^package\/lib\/(?!cli\/).+\.(js|d\.ts)$/,
      /^package\/lib\/cli\/commands\.js$/,
    ],
  },
  {
    name: /^python\/.+\.whl$/,
    allowed: [
      /^cdk_workshop_instance\/(__init__\.py|py\.typed|_jsii\/__init__\.py|_jsii\/[^/]+\.jsii\.tgz)$/,
      /^[^/]+\.data\/scripts\/cdk-(ami|workshop)$/,
      /^[^/]+\.dist-info\/(LICENSE|METADATA|RECORD|WHEEL|top_level\.txt)$/,
    ],
  },
  {
    name: /^python\/.+\.tar\.gz$/,
    allowed: [
      /^[^/]+\/(LICENSE|MANIFEST\.in|PKG-INFO|README\.md|pyproject\.toml|setup\.(cfg|py))$/,
      /^[^/]+\/src\/cdk_workshop_instance\/(__init__\.py|py\.typed|_jsii\/__init__\.py|_jsii\/bin\/cdk-(ami|workshop)|_jsii\/[^/]+\.jsii\.tgz)$/,
      /^[^/]+\/src\/[^/]+\.egg-info\/[^/]+\.txt$/,
      /^[^/]+\/src\/[^/]+\.egg-info\/PKG-INFO$/,
    ],
  },
  {
    name: /^java\/.+\/[^/]+-[\d.]+\.jar$/,
    allowed: [JAR_FILES, /^io\/github\/cdkworkshopinstance\/.+\.(class|jsii\.tgz|txt)$/],
  },
  {
    name: /^java\/.+-sources\.jar$/,
    allowed: [JAR_FILES, /^io\/github\/cdkworkshopinstance\/.+\.(java|jsii\.tgz|txt)$/],
  },
  { name: /^java\/.+-javadoc\.jar$/, allowed: [JAR_FILES, /\.(css|html|js|md|png|svg|txt|zip)$/, /^(element-list|package-list|legal\/.+)$/] },
  { name: /^java\/.+(\.pom|maven-metadata\.xml)$/ },
  { name: /^java\/.+\.(md5|sha1|sha256|sha512)$/ },
  { name: /^go\/cdkworkshopinstance\/((internal\/|jsii\/)?[^/]+\.go|go\.mod|LICENSE|README\.md|version|jsii\/.+\.tgz)$/ },
  { name: /^dotnet\/.+\.s?nupkg$/, allowed: [/^(\[Content_Types\]\.xml|README\.md|.+\.nuspec|_rels\/\.rels|package\/.+\.psmdcp|lib\/.+\.(dll|xml|pdb))$/] },
];

/** What is wrong with the files of a package. */
export function findings(name, files = []) {
  const kind = PACKAGES.find(each => each.name.test(name));
  return kind === undefined
    ? [`${name} is no package of a release`]
    : files.filter(file => !kind.allowed?.some(pattern => pattern.test(file))).map(file => `${name} holds ${file}, which no user needs`);
}

async function filesOf(path) {
  if (!/\.(whl|jar|s?nupkg|tgz|tar\.gz)$/.test(path) || path.includes('/go/')) {
    return [];
  }
  const listed = /\.(whl|jar|s?nupkg)$/.test(path)
    ? await run('python3', ['-c', 'import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))', path])
    : await run('tar', ['tzf', path]);
  return listed.trim().split('\n').filter(file => !file.endsWith('/'));
}

async function main() {
  await installPackages();
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  await run('projen', ['pre-compile'], { cwd: ROOT, env: ENVIRONMENT });
  await packForNpm();
  await packForPython();
  const skipped = [];
  for (const [language, { toolchain, options }] of Object.entries(OTHER_LANGUAGES)) {
    const missing = await missingToolchain(language, ...toolchain);
    await (missing ? skipped.push(missing) : generate(language, join(ROOT, 'dist'), ...options));
  }
  const dist = join(ROOT, 'dist');
  const names = readdirSync(dist, { recursive: true }).filter(name => statSync(join(dist, name)).isFile()).sort();
  const found = [];
  for (const name of names) {
    const content = readFileSync(join(ROOT, 'dist', name));
    const files = await filesOf(join(ROOT, 'dist', name));
    console.log(`\n${name}: ${(content.length / 1000).toFixed(1)} KB, ${files.length} files, sha256 ${createHash('sha256').update(content).digest('hex')}`);
    files.sort().forEach(file => console.log(`  ${file}`));
    found.push(...findings(name, files));
  }
  const made = readdirSync(dist);
  for (const { name } of PACKAGES.filter(each => made.includes(each.name.source.split('\\')[0].slice(1)) && !names.some(file => each.name.test(file)))) {
    found.push(`there is no package ${name}`);
  }
  const twine = join(await twineEnvironment(), 'bin', 'twine');
  const python = readdirSync(join(ROOT, 'dist', 'python')).map(file => join(ROOT, 'dist', 'python', file));
  await run(twine, ['check', '--strict', ...python]).then(printed => console.log(`\n${printed.trim()}`), error => found.push(`twine: ${error.message}`));
  // A jar has the time at which it was made.
  const compared = await comparedWithSecondBuild(['js', 'python']);
  found.push(...compared.filter(({ equal }) => !equal).map(({ name }) => `${name} is another one in a second build`));
  console.log(`${compared.filter(({ equal }) => equal).length} of ${compared.length} packages are byte by byte those of a second build\n`);
  skipped.forEach(each => console.log(`skipped: ${each}`));
  found.forEach(each => console.log(each));
  console.log(`${found.length} findings`);
  return found.length === 0 ? 0 : 1;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main();
}
