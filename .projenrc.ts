import { awscdk, javascript, JsonFile } from 'projen';
import { factsWorkflow } from './projenrc/facts';
import { versionsWorkflow } from './projenrc/versions';

const NAME = 'cdk-workshop-instance';
const PYTHON_MODULE = 'cdk_workshop_instance';
const OWNER = 'cdk-workshop-instance';
const REPOSITORY_URL = `https://github.com/${OWNER}/${NAME}.git`;

// The first release in which ec2.Instance takes `httpTokens` (IMDSv2 without a launch template).
const CDK_FLOOR = '2.231.0';
// The release that the unit tests run against a second time, and that the examples install.
const CDK_NEWEST = '2.276.0';
// npm's `latest` of the CLI is an old build that refuses today's library: always name the major version.
const CDK_CLI = '^2.1148.1';

// What the command cdk-ami is made of; esbuild puts it into one file, so users install none of it.
const COMMAND = [
  '@aws-sdk/client-ec2@^3',
  '@aws-sdk/client-ssm@^3',
  'cli-table3@^0.6.5',
  'commander@^14', // The last for Node.js 20.
  'p-limit@^7',
  'picocolors@^1',
  'proper-lockfile@^4',
  '@types/proper-lockfile@^4',
];

// What the packed library is tried with, as its users have it.
const USERS_TOOLS = [
  '@arethetypeswrong/cli@^0.18',
  '@yarnpkg/cli-dist@^4',
  'pnpm@^10', // The last that runs without an install script.
  'publint@^0.3',
];

const project = new awscdk.AwsCdkConstructLibrary({
  name: NAME,
  description: 'A minimal VPC with one EC2 instance, and a safe way to choose its AMI and to pin it, as AWS CDK constructs and a command',
  keywords: ['aws', 'cdk', 'ec2', 'ami', 'vpc', 'workshop'],
  author: `The ${NAME} maintainers`,
  authorAddress: REPOSITORY_URL.replace(/\.git$/, ''),
  authorOrganization: true,
  repositoryUrl: REPOSITORY_URL,
  license: 'Apache-2.0',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '24',
  cdkVersion: CDK_FLOOR,
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~5.9.0',
  projenrcTs: true,
  sampleCode: false,
  bin: { 'cdk-ami': 'bin/cdk-ami' },
  publishToPypi: { distName: NAME, module: PYTHON_MODULE },
  devDeps: [
    `aws-cdk@${CDK_CLI}`,
    `aws-cdk-lib-newest@npm:aws-cdk-lib@${CDK_NEWEST}`,
    '@types/node@^20',
    'ajv@^8',
    'esbuild@^0.28.0',
    'pyright@^1.1.414',
    ...COMMAND,
    ...USERS_TOOLS,
  ],
  // One configuration for lint, ts-jest and editors: test/tsconfig.json extends it.
  tsconfigDev: {
    fileName: 'tsconfig.dev.json',
    compilerOptions: { rootDir: '.', stripInternal: false },
    include: ['src/**/*.ts', 'test/**/*.ts', '.projenrc.ts'],
  },
  eslintOptions: { dirs: ['src'], devdirs: ['test'], tsconfigPath: './tsconfig.dev.json' },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      // Nothing reads it, and it doubles what the tests compute.
      collectCoverage: false,
      maxWorkers: '100%',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/deploy/', '<rootDir>/test/packed/', '<rootDir>/test/newest/'],
    },
  },
  gitignore: ['/.cache/', '__pycache__/', '.pytest_cache/', 'cdk.out/', '.jsii.tabl.json.gz', '/THIRD_PARTY_LICENSES', '*.tsbuildinfo'],
});

project.npmignore?.exclude(
  ...['.cache', '.ci', 'bench', 'docs', 'examples', 'rosetta', 'scripts'].map(folder => `/${folder}/`),
  ...['API.md', '.npmrc'].map(file => `/${file}`),
);

// Maps would be half of the package.
project.tsconfig?.file.addOverride('compilerOptions.inlineSourceMap', false);
project.tsconfig?.file.addOverride('compilerOptions.inlineSources', false);

project.compileTask.exec('node scripts/lazy-index.mjs');

// What an earlier build has left is in no package: neither files whose source is gone, nor translations that name old lines.
project.compileTask.prependExec('rm -rf lib');
project.preCompileTask.exec('rm -f .jsii.tabl.json.gz');

// Every code block of the README and of the API compiles. The translations are part of the npm package: the jobs that make the
// packages of the other languages have nothing else of the build, and without them the documents of Python would show TypeScript.
project.compileTask.exec('jsii-rosetta extract --strict --compress-tablet');
project.tasks.addEnvironment('JSII_PACMAK_ROSETTA_UNKNOWN_SNIPPETS', 'fail');

// The command is no part of the library: jsii leaves it out, esbuild makes one file of it.
project.tsconfig?.addExclude('src/cli/**');
project.eslint?.addOverride({ files: ['src/cli/**'], rules: { 'import/no-extraneous-dependencies': 'off' } });
project.compileTask.exec('tsc --noEmit --project src/cli');
project.compileTask.exec('node scripts/bundle-command.mjs');
project.tasks.tryFind('package:python')?.exec('python3 scripts/replace-launcher.py');

// The page of the catalog; a build that changes it fails in CI, as everything that a build changes.
project.postCompileTask.exec('node scripts/families.mjs');

new JsonFile(project, 'test/tsconfig.json', { obj: { extends: '../tsconfig.dev.json', include: ['**/*.ts'] } });
new JsonFile(project, 'src/cli/tsconfig.json', {
  obj: {
    extends: '../../tsconfig.dev.json',
    compilerOptions: { rootDir: '../..', module: 'esnext', moduleResolution: 'bundler', types: ['node'] },
    include: ['**/*.ts'],
    exclude: [],
  },
});

new javascript.NpmConfig(project).addConfig('omit-lockfile-registry-resolved', 'true');

project.package.addField('type', 'commonjs');

// The release tool knows where npm packages go.
project.tryFindObjectFile('.github/workflows/release.yml')?.addDeletionOverride('jobs.release_npm.steps.9.env.NPM_REGISTRY');

// 1.13.0 came without the packages of some platforms, and npm ci refuses a lock file that lacks them.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// They run on a fresh clone, before anything is installed, so they are plain Node.
project.setScript('start', 'node scripts/start.mjs');
project.setScript('test', 'node scripts/test.mjs');
project.setScript('unit', 'jest');
project.setScript('facts', 'node scripts/facts.mjs');
project.setScript('bench', 'node bench/run.mjs');
project.setScript('faults', 'node scripts/faults.mjs');
project.setScript('versions', 'node scripts/versions.mjs');

versionsWorkflow(project);
factsWorkflow(project);

project.synth();
