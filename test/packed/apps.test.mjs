// The examples as users compile, bundle and run them: whatever the way, the templates are the same.
import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { build } from 'esbuild';
import { ENVIRONMENT, npmPackage, ROOT } from '../../scripts/project.mjs';
import { run, step } from '../../scripts/steps.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';

const EXAMPLES = join(ROOT, 'examples', 'typescript');
const NAMES = readdirSync(EXAMPLES);
const CACHE = join(ROOT, '.cache');
const tarball = npmPackage();

/** Has a copy of all examples, with the packages of one of them, and the newest TypeScript beside theirs. */
const folder = temporaryFolder('apps');
/** Example → its templates, as the compiler and Node.js make them. */
const expected = {};

before(async () => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest('workshop')));
  for (const name of NAMES) {
    cpSync(join(EXAMPLES, name), join(folder, name), { recursive: true });
    rmSync(join(folder, name, 'package.json'));
  }
  cpSync(join(EXAMPLES, 'workshop', 'app.ts'), join(folder, 'workshop', 'app.mts'));
  docsBlocks().forEach((block, i) => writeFileSync(join(folder, `docs-${i}.ts`), block));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { target: 'es2022', lib: ['es2022'], strict: true, skipLibCheck: false, types: ['node'], outDir: 'compiled' },
    include: ['*.ts', '*/app.ts', '*/app.mts'],
  }));
  await step('Installing the package', () => run('npm', ['install', '--prefer-offline', tarball, 'typescript-newest@npm:typescript@^7'], { cwd: folder }));
});

function manifest(name) {
  return JSON.parse(readFileSync(join(EXAMPLES, name, 'package.json'), 'utf8'));
}

/** The code blocks of docs/, as modules that compile. */
function docsBlocks() {
  const fixture = readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8');
  const blocks = [...readFileSync(join(ROOT, 'docs', 'choosing-an-ami.md'), 'utf8').matchAll(/^```ts\n([^]*?)^```/gm)].map(match => match[1]);
  assert.ok(blocks.length > 0);
  return blocks.map(block => `${fixture}\n{\n${block}}\n`);
}

/** The templates that a command makes of an example, in a copy of it. */
async function templates(name, command, args, { cwd = join(folder, name), env } = {}) {
  const out = temporaryFolder('cdk.out');
  const { context } = JSON.parse(readFileSync(join(EXAMPLES, name, 'cdk.json'), 'utf8'));
  await run(command, args, {
    cwd,
    env: {
      ...ENVIRONMENT,
      ...env,
      CDK_OUTDIR: out,
      // Without the metadata that CDK adds about itself, which names its version.
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:version-reporting': false }),
      CDK_DEFAULT_ACCOUNT: '111111111111',
    },
  });
  const files = readdirSync(out, { recursive: true }).filter(file => file.endsWith('.template.json'));
  assert.ok(files.length > 0);
  return Object.fromEntries(files.sort().map(file => [file, readFileSync(join(out, file), 'utf8')]));
}

const compile = (typescript, ...args) => run('node', [join('node_modules', typescript, 'bin', 'tsc'), ...args], { cwd: folder });

test('compiles with TypeScript 5.9 for Node.js, its own types and those of aws-cdk-lib included, and runs', async () => {
  await compile('typescript', '--module', 'nodenext');
  for (const name of NAMES) {
    expected[name] = await templates(name, 'node', [join(folder, 'compiled', name, 'app.js')]);
  }
  assert.deepEqual(await templates('workshop', 'node', [join(folder, 'compiled', 'workshop', 'app.mjs')]), expected.workshop);
});

for (const [typescript, title] of [['typescript', 'TypeScript 5.9'], ['typescript-newest', 'the newest TypeScript']]) {
  for (const args of [['--module', 'nodenext'], ['--module', 'esnext', '--moduleResolution', 'bundler']]) {
    if (typescript !== 'typescript' || args.includes('bundler')) {
      test(`compiles with ${title} and ${args.join(' ')}`, () => compile(typescript, ...args, '--noEmit'));
    }
  }
}

test('runs under tsx, as CommonJS and as an ES module', async () => {
  const tsx = join(folder, 'node_modules', '.bin', 'tsx');
  assert.deepEqual(await templates('classroom', tsx, ['app.ts']), expected.classroom);
  assert.deepEqual(await templates('workshop', tsx, ['app.mts']), expected.workshop);
});

/** What CommonJS in an ES module takes from Node.js. */
const COMMONJS = `import { createRequire as requireOf } from 'node:module';
const require = requireOf(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;`;

async function bundle(name, format, external) {
  const outfile = join(folder, external.length > 0 ? 'bundled' : 'bundled-whole', `${name}.${format === 'esm' ? 'mjs' : 'cjs'}`);
  const { metafile } = await build({
    entryPoints: [join(folder, name, 'app.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    external,
    banner: format === 'esm' ? { js: COMMONJS } : {},
    logLevel: 'error',
    metafile: true,
  });
  assert.ok(Object.keys(metafile.inputs).some(file => file.includes('node_modules/cdk-workshop-instance/lib/')));
  return outfile;
}

for (const format of ['cjs', 'esm']) {
  test(`runs as a bundle of esbuild, ${format}, with aws-cdk-lib beside it`, async () => {
    for (const name of NAMES) {
      assert.deepEqual(await templates(name, 'node', [await bundle(name, format, ['aws-cdk-lib', 'constructs'])]), expected[name]);
    }
  });

  test(`runs as a bundle of esbuild, ${format}, with aws-cdk-lib in it`, async () => {
    const file = await bundle('classroom', format, []);
    // The one file that aws-cdk-lib reads while it runs.
    const wasm = join('node_modules', 'aws-cdk-lib', 'node_modules', '@aws', 'cloudformation-validate', 'bindings_wasm_bg.wasm');
    cpSync(join(folder, wasm), join(folder, 'bundled-whole', 'bindings_wasm_bg.wasm'));
    assert.deepEqual(await templates('classroom', 'node', [file]), expected.classroom);
  });
}

/** A copy of an example for another package manager, which takes the package as a file. */
function exampleFor(manager, name, dependencies) {
  const directory = temporaryFolder(manager);
  cpSync(join(EXAMPLES, name), directory, { recursive: true });
  cpSync(tarball, join(directory, 'library.tgz'));
  const { dependencies: own, ...rest } = manifest(name);
  writeFileSync(join(directory, 'package.json'), JSON.stringify({
    ...rest, dependencies: { ...own, ...dependencies, 'cdk-workshop-instance': 'file:library.tgz' },
  }));
  return directory;
}

test('compiles and runs where pnpm installs it, and the command too', async () => {
  const cwd = exampleFor('pnpm', 'classroom');
  await step('Installing with pnpm', () => run('pnpm', ['install', '--no-frozen-lockfile', '--store-dir', join(CACHE, 'pnpm')], { cwd, env: ENVIRONMENT }));
  assert.deepEqual(await templates('classroom', 'pnpm', ['exec', 'tsx', 'app.ts'], { cwd }), expected.classroom);
  await run('node', [join(folder, 'node_modules', 'typescript-newest', 'bin', 'tsc')], { cwd });
  assert.match(await run('pnpm', ['exec', 'cdk-ami', '--help'], { cwd, env: ENVIRONMENT }), /^Usage: cdk-ami/);
});

test('runs where Yarn installs it without node_modules (Plug\'n\'Play), with the oldest aws-cdk-lib, and the command too', async () => {
  const { peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  // The newest one needs packages that Yarn looks up, though they are bundled in it.
  const cwd = exampleFor('yarn', 'classroom', { 'aws-cdk-lib': peerDependencies['aws-cdk-lib'].replace('^', '') });
  writeFileSync(join(cwd, 'yarn.lock'), '');
  const env = {
    ...ENVIRONMENT,
    YARN_NODE_LINKER: 'pnp',
    YARN_GLOBAL_FOLDER: join(CACHE, 'yarn'),
    YARN_ENABLE_TELEMETRY: '0',
    YARN_ENABLE_IMMUTABLE_INSTALLS: '0',
  };
  await step('Installing with Yarn', () => run('yarn', ['install'], { cwd, env }));
  assert.deepEqual(await templates('classroom', 'yarn', ['tsx', 'app.ts'], { cwd, env }), expected.classroom);
  assert.match(await run('yarn', ['cdk-ami', '--help'], { cwd, env }), /^Usage: cdk-ami/);
});
