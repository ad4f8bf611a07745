// How the commands cdk-ami and cdk-workshop are made: they are no part of the library, so jsii leaves them out, and esbuild makes one file of both.
import { JsonFile } from 'projen';
import type { awscdk } from 'projen';

/** What they are made of; users install none of it. */
export const COMMAND_PACKAGES = [
  '@aws-sdk/client-cloudformation@^3',
  '@aws-sdk/client-cloudwatch-logs@^3',
  '@aws-sdk/client-ec2@^3',
  '@aws-sdk/client-iam@^3',
  '@aws-sdk/client-pricing@^3',
  '@aws-sdk/client-service-quotas@^3',
  '@aws-sdk/client-ssm@^3',
  '@aws-sdk/credential-provider-env@^3',
  '@aws-sdk/credential-provider-ini@^3',
  '@aws-sdk/credential-provider-node@^3',
  '@smithy/core@^3',
  '@smithy/node-http-handler@^4',
  'cli-table3@^0.6.5',
  'commander@^14', // The last for Node.js 20.
  'https-proxy-agent@^7', // The last that is without Kerberos.
  'p-limit@^7',
  'picocolors@^1',
  'proper-lockfile@^4',
  '@types/proper-lockfile@^4',
];

export function bundleCommand(project: awscdk.AwsCdkConstructLibrary) {
  project.tsconfig?.addExclude('src/cli/**');
  project.eslint?.addOverride({ files: ['src/cli/**'], rules: { 'import/no-extraneous-dependencies': 'off' } });
  new JsonFile(project, 'src/cli/tsconfig.json', {
    obj: {
      extends: '../../tsconfig.dev.json',
      compilerOptions: { rootDir: '../..', module: 'esnext', moduleResolution: 'bundler', types: ['node'] },
      include: ['**/*.ts'],
      exclude: [],
    },
  });
  project.compileTask.exec('tsc --noEmit --project src/cli');
  project.compileTask.exec('node scripts/bundle-command.mjs');
  project.tasks.tryFind('package:python')?.exec('python3 scripts/replace-launcher.py');
}
