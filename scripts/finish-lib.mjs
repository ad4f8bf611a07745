// Finishes lib/ as jsii compiled it, so that the package is small and costs nothing until it is used.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

const ASSEMBLY = fileURLToPath(new URL('../.jsii', import.meta.url));
const LIB = fileURLToPath(new URL('../lib', import.meta.url));
const require = createRequire(join(LIB, 'index.js'));

/**
 * Drops comments and white space, but no name; the documentation stands in the .d.ts files, where editors read it.
 *
 * Node.js shows the line that threw above the message: lines stay short.
 */
function minify(file) {
  writeFileSync(file, transformSync(readFileSync(file, 'utf8'), { minifyWhitespace: true, minifySyntax: true, lineLimit: 100 }).code);
}

/** An export loads its file when it is first used, as in aws-cdk-lib. */
function makeExportsLazy(index) {
  const files = [...readFileSync(index, 'utf8').matchAll(/^__exportStar\(require\("(.+?)"\), exports\);$/gm)].map(match => match[1]);
  if (files.length === 0) {
    throw new Error('lib/index.js: no line `__exportStar(require("…"), exports);` to make lazy; compile with jsii first.');
  }
  const exported = files.flatMap(file => Object.keys(require(file)).map(name => [name, file]));
  writeFileSync(index, `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
// What the import statements of ES modules find the names by.
${exported.map(([name]) => `exports.${name} = void 0;`).join('\n')}
for (const [name, file] of ${JSON.stringify(exported)}) {
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => require(file)[name] });
}
`);
}

makeExportsLazy(join(LIB, 'index.js'));
for (const file of readdirSync(LIB, { recursive: true }).filter(name => name.endsWith('.js'))) {
  minify(join(LIB, file));
}
writeFileSync(ASSEMBLY, JSON.stringify(JSON.parse(readFileSync(ASSEMBLY, 'utf8'))));
