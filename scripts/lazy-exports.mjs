// Rewrites lib/index.js, as jsii compiled it, so that an export loads its file when it is first used:
// aws-cdk-lib does the same, and `require('cdk-workshop-instance')` costs nothing until then.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const index = fileURLToPath(new URL('../lib/index.js', import.meta.url));
const require = createRequire(index);

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
