import { stripVTControlCharacters } from 'util';
import type { Finding } from '../../src/cli/findings';
import { RENDERERS } from '../../src/cli/render';
import { RULES } from '../../src/cli/rules';

const FINDING: Finding = {
  rule: 'image-deprecated',
  file: 'infra/ami.lock.json',
  line: 12,
  entry: 'web',
  region: 'eu-west-3',
  imageId: 'ami-00000001',
  imageName: 'noble',
  problem: 'will be deprecated on 2026-12-01',
  fix: 'npx cdk-ami update web',
};
const HOSTILE: Finding = { ...FINDING, file: 'a,b:c%.json', problem: 'is called "x\n::error::100%"', imageName: '| [a](http://b) <img> @all `rm`' };

test('an annotation of GitHub names the file, the line and the command, in one line', () => {
  expect(RENDERERS.github({ data: undefined, findings: [FINDING] })).toBe(
    '::warning file=infra/ami.lock.json,line=12,title=web in eu-west-3%3A image-deprecated::ami-00000001 will be deprecated on 2026-12-01.%0Anpx cdk-ami update web');
});

test('in an annotation nothing of others is a command or a property', () => {
  expect(RENDERERS.github({ data: undefined, findings: [HOSTILE] })).toBe(
    '::warning file=a%2Cb%3Ac%25.json,line=12,title=web in eu-west-3%3A image-deprecated::ami-00000001 is called "x\\u000a::error::100%25".%0Anpx cdk-ami update web');
});

test('in markdown nothing of others is markup, a link, a mention or another cell', () => {
  const [, , row] = RENDERERS.markdown({ data: undefined, findings: [HOSTILE] }).split('\n');
  expect(row.match(/(?<!\\)\|/g)).toHaveLength(7);
  expect(row).not.toMatch(/(?<!\\)[[<`]|@all|http:\/\//);
});

test('markdown tells the notes and what failed, too', () => {
  const text = RENDERERS.markdown({
    data: undefined,
    title: 'web',
    table: { head: ['name', ''], rows: [['web', 'pinned']] },
    notes: ['1 changed.'],
    failures: [{ where: 'us-east-1', error: new Error('did not answer') }],
  });
  expect(text).toBe('web\n\n| name |   |\n| --- | --- |\n| web | pinned |\n\n1 changed.\n\n- us-east-1: did not answer');
});

test('SARIF has each rule, and each finding at its line', () => {
  const { version, runs: [{ tool, results }] } = JSON.parse(RENDERERS.sarif({ data: undefined, findings: [FINDING, HOSTILE] }));
  expect(version).toBe('2.1.0');
  expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(Object.keys(RULES));
  expect(tool.driver.rules[results[0].ruleIndex].id).toBe(results[0].ruleId);
  expect(results[0]).toMatchObject({ level: 'warning', locations: [{ physicalLocation: { artifactLocation: { uri: 'infra/ami.lock.json' }, region: { startLine: 12 } } }] });
  expect(results[1].locations[0].physicalLocation.artifactLocation.uri).toBe('a%2Cb%3Ac%25.json');
});

test('what is wrong with an entry is told without a region and an image', () => {
  const finding: Finding = { rule: 'end-of-support', file: 'ami.lock.json', line: 4, entry: 'web', problem: 'is old', fix: 'npx cdk-ami pin web' };
  const render = (format: keyof typeof RENDERERS) => RENDERERS[format]({ data: undefined, findings: [finding] });
  expect(stripVTControlCharacters(render('text'))).toBe('ami.lock.json: web is old.\n  npx cdk-ami pin web');
  expect(render('markdown').split('\n')[2]).toBe('| ami.lock.json | web |  |  | is old | npx cdk-ami pin web |');
  expect(render('github')).toBe('::warning file=ami.lock.json,line=4,title=web%3A end-of-support::web is old.%0Anpx cdk-ami pin web');
  expect(JSON.parse(render('sarif')).runs[0].results[0]).toMatchObject({ message: { text: 'web is old. npx cdk-ami pin web' }, partialFingerprints: { 'cdkAmi/v1': 'end-of-support web' } });
});

test('nothing found is an empty list for GitHub, and a run without results in SARIF', () => {
  expect(RENDERERS.github({ data: undefined, findings: [] })).toBe('');
  expect(JSON.parse(RENDERERS.sarif({ data: undefined })).runs[0].results).toEqual([]);
});
