import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { npmPackage, ROOT } from '../../scripts/project.mjs';
import { FLOOR, smokeTest } from '../../scripts/releases.mjs';

const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const newest = devDependencies['aws-cdk-lib-newest'].split('@').at(-1);

/** Where a release differs from those before it in what the library meets. All releases: npm run versions. */
const RELEASES = {
  [FLOOR]: 'the oldest that the library takes',
  '2.250.0': 'the last without Validations',
  '2.251.0': 'Validations without acknowledge',
  '2.252.0': 'the first acknowledge, which refuses the ids of cdk-nag that have an ARN',
  '2.257.0': 'the oldest that cdk-nag 3 takes',
  '2.263.0': 'rules that later releases dropped, and that the flags of cdk init make errors of',
  '2.268.0': 'the last that refuses such ids',
  '2.269.0': 'the first that takes them',
  [newest]: 'the newest that the project knows',
};

const smoke = smokeTest(npmPackage());
let neverCalled;

for (const [release, why] of Object.entries(RELEASES)) {
  test(`synthesizes with aws-cdk-lib ${release}: ${why}`, async t => {
    for (const outcome of await smoke(release)) {
      await t.test(`feature flags: ${outcome.flags}`, () => assert.deepEqual(outcome.failures, []));
      ({ neverCalled } = outcome);
    }
  });
}

test('leaves no factory of the library out: each is in test/profiles.cjs or test/versions/app.cjs', () => {
  assert.deepEqual(neverCalled, []);
});
