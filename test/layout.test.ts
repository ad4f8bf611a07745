import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';
import * as ts from 'typescript';

const SRC = join(__dirname, '..', 'src');

/** File → the files of the project that it takes something from, also a type only, or when it is first used. */
const IMPORTS = new Map(readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => [file, importsOf(file)]));

/** The public files that what is private may know: facts, enums and properties, no constructs and no factories. */
const SHARED = ['ami-family.ts', 'ami-family-props.ts', 'ami-types.ts', 'workshop-props.ts'];

function importsOf(file: string): string[] {
  return ts.preProcessFile(readFileSync(join(SRC, file), 'utf8'), true, true).importedFiles
    .map(({ fileName }) => fileName)
    .filter(name => name.startsWith('.'))
    .map(name => `${relative(SRC, resolve(SRC, dirname(file), name))}.ts`)
    .filter(name => existsSync(join(SRC, name)));
}

/** The files on a way from a file back to itself. */
function circle(start: string): string[] | undefined {
  const seen = new Set<string>();
  const search = (path: string[]): string[] | undefined => {
    for (const next of IMPORTS.get(path[path.length - 1])!) {
      if (next === start) {
        return [...path, start];
      }
      if (!seen.has(next)) {
        seen.add(next);
        const found = search([...path, next]);
        if (found) {
          return found;
        }
      }
    }
    return undefined;
  };
  return search([start]);
}

test('the imports are read', () => {
  expect(IMPORTS.get('workshop-instance.ts')).toEqual(expect.arrayContaining(['workshop-access.ts', 'ami-family.ts']));
});

test('no file imports itself through others', () => {
  expect([...IMPORTS.keys()].map(circle).filter(each => each !== undefined)).toEqual([]);
});

test('what is private imports no public construct and no factory', () => {
  const wrong = [...IMPORTS].filter(([file]) => file.startsWith('private/'))
    .flatMap(([file, imports]) => imports.filter(each => !each.startsWith('private/') && !SHARED.includes(each)).map(each => `${file} → ${each}`));
  expect(wrong).toEqual([]);
});

test('the format of the lock file, which the command shares, loads nothing of AWS CDK', () => {
  const loading = [...IMPORTS.keys()].filter(file => file.startsWith('private/lock-file/'))
    .filter(file => /^import (?!type).* from 'aws-cdk-lib/m.test(readFileSync(join(SRC, file), 'utf8')));
  expect(loading).toEqual([]);
});
