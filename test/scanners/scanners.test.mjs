import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { typescriptApps } from '../../scripts/example-app.mjs';
import { ENVIRONMENT, npmPackage, ROOT, virtualEnvironment } from '../../scripts/project.mjs';
import { run } from '../../scripts/steps.mjs';

const FOLDER = join(ROOT, 'test', 'scanners');
const CDK_NAG = 'cdk-nag@3.0.2';

/** The rules that the profiles break, and that are acknowledged with a reason. A new one is a decision. */
const ACKNOWLEDGED = {
  'cdk-nag': ['AwsSolutions-EC28', 'AwsSolutions-EC29', 'AwsSolutions-IAM5', 'AwsSolutions-VPC7'],
  'CDK, strict': ['E1152'],
  'cfn-lint': ['E1152', 'W3010'],
  'checkov': ['CKV_AWS_158'],
};

let app;
let venv;

/** What each scanner finds in a folder: a profile, a rule and a place. */
const SCANNERS = {
  'cdk-nag': folder => reported(folder, 'AwsSolutions'),
  'CDK, strict': folder => reported(folder, 'CloudFormation Validate'),
  'cfn-lint': async folder => {
    const printed = await run(join(venv, 'bin', 'cfn-lint'), ['--format', 'json', '--non-zero-exit-code', 'none', ...templates(folder)], { env: ENVIRONMENT });
    return JSON.parse(printed).map(({ Filename, Rule, Location }) => ({ profile: profileOf(Filename), rule: Rule.Id, place: Location.Path[1] }));
  },
  'checkov': async folder => {
    const args = ['--framework', 'cloudformation', '--skip-download', '--soft-fail', '--quiet', '--compact', '--output', 'json'];
    const printed = await run(join(venv, 'bin', 'checkov'), [...args, ...templates(folder).flatMap(file => ['--file', file])], { env: ENVIRONMENT });
    return JSON.parse(printed).results.failed_checks.map(check => ({ profile: profileOf(check.file_abs_path), rule: check.check_id, place: check.resource }));
  },
};

/** The findings of a plugin of CDK's policy validation. */
function reported(folder, plugin) {
  return profilesIn(folder).flatMap(profile => {
    const file = join(app.directory, folder, profile, 'validation-report.json');
    const { pluginReports } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { pluginReports: [] };
    return pluginReports.filter(({ pluginName }) => pluginName === plugin)
      .flatMap(({ violations }) => violations)
      .flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => ({ profile, rule: ruleName, place: constructPath })));
  });
}

const profilesIn = folder => readdirSync(join(app.directory, folder));
const templates = folder => profilesIn(folder).map(profile => join(app.directory, folder, profile, 'Stack.template.json'));
const profileOf = file => basename(dirname(file));

const findings = {};

before(async () => {
  const requirements = join(FOLDER, 'requirements.txt');
  venv = await virtualEnvironment('scanners', 'Installing cfn-lint and checkov', ['-r', requirements], [requirements]);
  app = await typescriptApps(npmPackage(), [CDK_NAG])('workshop');
  cpSync(join(FOLDER, 'app.cjs'), join(app.directory, 'scanned-app.cjs'));
  cpSync(join(ROOT, 'test', 'profiles.cjs'), join(app.directory, 'profiles.cjs'));
  await app.run(ENVIRONMENT, 'node', 'scanned-app.cjs');
  for (const [scanner, scan] of Object.entries(SCANNERS)) {
    findings[scanner] = { open: await scan('open'), all: await scan('all') };
  }
});

after(() => {
  const count = (found, profile) => found.filter(finding => finding.profile === profile).length;
  console.log('What the scanners find: open / acknowledged');
  console.table(Object.fromEntries(profilesIn('open').map(profile => [profile, Object.fromEntries(Object.entries(findings).map(([scanner, { open, all }]) =>
    [scanner, `${count(open, profile)} / ${count(all, profile) - count(open, profile)}`]))])));
});

for (const scanner of Object.keys(SCANNERS)) {
  test(`${scanner} finds something in a bad template`, () => {
    assert.notDeepEqual(findings[scanner].open.filter(({ profile }) => profile === 'bad'), []);
  });

  test(`${scanner} finds nothing open in any profile`, () => {
    assert.deepEqual(findings[scanner].open.filter(({ profile }) => profile !== 'bad'), []);
  });

  test(`${scanner} would find these rules broken, which are acknowledged: ${ACKNOWLEDGED[scanner].join(', ')}`, () => {
    const rules = findings[scanner].all.filter(({ profile }) => profile !== 'bad').map(({ rule }) => rule.split('[')[0]);
    assert.deepEqual([...new Set(rules)].sort(), ACKNOWLEDGED[scanner]);
  });
}
