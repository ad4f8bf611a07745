import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { ROOT } from '../../scripts/project.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const PAGES = ['README.md', ...readdirSync(join(ROOT, 'docs')).filter(file => file.endsWith('.md')).map(file => `docs/${file}`)];

/** What blocks take for granted: that of rosetta, with values. */
const FIXTURE = `${readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8').split('declare')[0]}
const app = new App();
const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'eu-west-3' } });
const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
void [Annotations, Duration, Size, TimeZone, scheduler, AllowedAmis, AmiChecks, AmiFamily, AmiSelector, AmiUpdates, AutoStart, AutoStop, AutoStopAction, RootDevice, WorkshopAccess, WorkshopBudget, WorkshopFleet, WorkshopInstance];
`;

/** Each block of TypeScript as a file, by its page and its number. */
const blocks = new Map(PAGES.flatMap(page => [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^( *)```ts( nofixture)?\n([^]*?)^ *```/gm)].map(([, , bare, code], i) => [
  `${page} ${i + 1}`, bare ? code : `${FIXTURE}{\n${code}\n}\nvoid vpc;\napp.synth();\n`,
])));
const file = name => join(ROOT, `block-${name.replace(/\W/g, '-')}.ts`);

test('each block of TypeScript compiles', () => {
  const texts = new Map([...blocks].map(([name, code]) => [file(name), `${code}\nexport {};\n`]));
  const options = {
    target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, strict: true, noEmit: true, skipLibCheck: true, types: ['node'],
    paths: { 'cdk-workshop-instance': [join(ROOT, 'lib', 'index.d.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  const program = ts.createProgram([...texts.keys()], options, {
    ...host,
    fileExists: name => texts.has(name) || fileExists(name),
    readFile: name => texts.get(name) ?? readFile(name),
    getSourceFile: (name, version) => texts.has(name) ? ts.createSourceFile(name, texts.get(name), version) : host.getSourceFile(name, version),
  });
  const wrong = ts.getPreEmitDiagnostics(program).map(({ file: of, messageText }) => `${of?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  assert.deepEqual(wrong, []);
  assert.ok(blocks.size > 20, `${blocks.size} blocks`);
});

test('each block of TypeScript synthesizes', t => {
  const folder = temporaryFolder('blocks');
  copyFileSync(join(ROOT, 'examples', 'python', 'pinned', 'ami.lock.json'), join(folder, 'ami.lock.json'));
  process.chdir(folder);
  const load = name => name === 'cdk-workshop-instance' ? require(ROOT) : require(name);
  for (const [name, code] of blocks) {
    const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS } });
    assert.doesNotThrow(() => new Function('require', 'exports', outputText)(load, {}), name);
  }
  t.diagnostic(`${blocks.size} blocks`);
});

test('each block of TypeScript in docs has one of Python after it', () => {
  for (const page of PAGES) {
    const kinds = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^ *```(ts|python)\b/gm)].map(([, kind]) => kind);
    assert.deepEqual(kinds, kinds.map((_, i) => i % 2 === 0 ? 'ts' : 'python'), page);
  }
});

test('links lead to a page that is there, and to a heading of it', () => {
  const BASE = 'https://github.com/cdk-workshop-instance/cdk-workshop-instance/blob/main/';
  const anchors = page => [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^#+ (.*)$/gm)]
    .map(([, title]) => title.toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-'));
  const broken = PAGES.flatMap(page => [...readFileSync(join(ROOT, page), 'utf8').replace(/^```[^]*?^```/gm, '').matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => {
    if (page === 'README.md' && !/^(https:|#)/.test(link)) {
      return [`${page}: ${link} is no link from a package index`];
    }
    if (/^https?:/.test(link) && !link.startsWith(BASE)) {
      return [];
    }
    const [path, anchor] = link.replace(BASE, '').split('#');
    const target = link.startsWith(BASE) ? path : path === '' ? page : join(page, '..', path);
    const isThere = ts.sys.fileExists(join(ROOT, target)) || ts.sys.directoryExists(join(ROOT, target));
    return isThere && (anchor === undefined || anchors(target).includes(anchor)) ? [] : [`${page}: ${link}`];
  }));
  assert.deepEqual(broken, []);
});

test('each page leads back to the list of pages, which has them all', () => {
  const index = readFileSync(join(ROOT, 'docs', 'index.md'), 'utf8');
  for (const page of PAGES.filter(each => each.startsWith('docs/') && each !== 'docs/index.md')) {
    assert.ok(index.includes(`](${page.replace('docs/', '')})`), page);
    assert.match(readFileSync(join(ROOT, page), 'utf8'), /^# .+\n\n\[All pages\]\(index\.md\)\n/, page);
  }
});

test('the README fits: at most 200 lines, with a table of contents of all its headings', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  assert.ok(readme.split('\n').length <= 201, `${readme.split('\n').length} lines`);
  const contents = readme.split(/^## /m)[0];
  for (const [, title] of readme.matchAll(/^## (.*)$/gm)) {
    assert.ok(contents.includes(`[${title}]`), title);
  }
});
