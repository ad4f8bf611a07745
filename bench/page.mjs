// docs/performance.md: the table of the last run, with the machine and the versions.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { GO_MODULES } from '../scripts/example-app.mjs';
import { ROOT } from '../scripts/project.mjs';
import { run } from '../scripts/steps.mjs';
import { GO_RELEASE, JAVA_RELEASE, NEWEST, PEERS } from './places.mjs';
import { table } from './table.mjs';

const PAGE = join(ROOT, 'docs', 'performance.md');
const pythonApp = join(ROOT, '.cache', 'python-app', 'bin', 'python');
const MARK = '<!-- npm run bench -- --write replaces what is below. -->';

/** Leaves what stands above the mark as it is written. */
export async function writePage(lines, left, load) {
  const [text] = readFileSync(PAGE, 'utf8').split(MARK);
  writeFileSync(PAGE, `${text}${MARK}

${await circumstances(load)}

${[table(lines), ...left.map(each => each.split('\n')[0])].join('\n\n')}
`);
}

async function circumstances(load) {
  const [{ model }] = cpus();
  const cores = cpus().length;
  const busy = load > cores / 2
    ? `Other work ran beside it (${load.toFixed(1)} processes at its start on ${cores} cores), so that the spread is wide, and milliseconds are too many.`
    : `Nothing else ran beside it (${load.toFixed(1)} processes at its start).`;
  return `Measured on ${new Date().toISOString().slice(0, 10)}: ${model.trim()}, ${cores} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory. ${busy}

${(await versions()).map(([name, version]) => `${name} ${version}`).join(', ')}.`;
}

async function versions() {
  const printed = (command, args, pattern) => run(command, args).then(text => pattern.exec(text)[0], () => 'not installed');
  const number = /\d+(\.\d+)+/;
  const inPython = name => printed(pythonApp, ['-c', `import importlib.metadata; print(importlib.metadata.version("${name}"))`], number);
  return [
    ['Node.js', process.versions.node],
    ['aws-cdk-lib', NEWEST],
    ...Object.entries(PEERS),
    ['Python', `${await printed(pythonApp, ['--version'], number)} with aws-cdk-lib ${await inPython('aws-cdk-lib')} and jsii ${await inPython('jsii')}`],
    ['Java', `${await printed('java', ['--version'], number)} with aws-cdk-lib ${JAVA_RELEASE}`],
    ['Go', `${await printed('go', ['version'], number)} with aws-cdk-lib ${GO_RELEASE} and jsii ${GO_MODULES['github.com/aws/jsii-runtime-go'].slice(1)}`],
  ];
}
