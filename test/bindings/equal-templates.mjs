// That an example has the same template in another language as in TypeScript, with the same aws-cdk-lib.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { typescriptApps } from '../../scripts/example-app.mjs';
import { ENVIRONMENT, npmPackage } from '../../scripts/project.mjs';

export const EXAMPLES = ['workshop', 'pinned-fleet'];

const sorted = (_key, value) => value?.constructor === Object ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)) : value;
const hash = templates => createHash('sha256').update(JSON.stringify(templates, sorted)).digest('hex').slice(0, 16);

/** Tests each example, whose copies in the other language `apps` makes. */
export function testEqualTemplates(language, release, apps, options) {
  let packages;
  for (const name of EXAMPLES) {
    test(`the example ${name} has the template of TypeScript, with aws-cdk-lib ${release}`, options, async t => {
      const inTypescript = await typescriptApps(npmPackage(), packages ? [] : [`aws-cdk-lib@${release}`])(name);
      packages ??= (process.env.EXAMPLE_PACKAGES = join(inTypescript.directory, 'node_modules'));
      const wanted = await inTypescript.templates(ENVIRONMENT);
      const actual = await (await apps())(name).then(app => app.templates(ENVIRONMENT));
      assert.deepEqual(actual, wanted);
      t.diagnostic(`${name} in ${language} and TypeScript, aws-cdk-lib ${release}: ${hash(actual)}, ${hash(wanted)}`);
    });
  }
}
