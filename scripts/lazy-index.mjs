// An export of lib/index.js loads its file when it is first used, as in aws-cdk-lib: users pay for what they use.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const INDEX = fileURLToPath(new URL('../lib/index.js', import.meta.url));
const require = createRequire(INDEX);

const files = [...readFileSync(INDEX, 'utf8').matchAll(/^__exportStar\(require\("(.+?)"\), exports\);$/gm)].map(match => match[1]);
if (files.length === 0) {
  throw new Error('lib/index.js: no line `__exportStar(require("…"), exports);` to make lazy; compile with jsii first.');
}
const exported = files.flatMap(file => Object.keys(require(file)).map(name => [name, file]));
writeFileSync(INDEX, `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
function lazy(name, load) {
    Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: load });
}
// By these lines Node.js knows the names that an ES module can import.
${exported.map(([name]) => `exports.${name} = void 0;`).join('\n')}
// By these paths bundlers know the files.
${exported.map(([name, file]) => `lazy("${name}", () => require("${file}").${name});`).join('\n')}
`);
