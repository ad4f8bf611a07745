// What the command prints does nothing to whoever reads it, be it a person, a terminal, a shell or a runner.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/project.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';

const LONGEST = 2100; // Characters of a line.

/** What a terminal or a runner would take for a command, or a reader for one of ours. */
export function problemsOf({ code, stdout, stderr }) {
  const printed = stdout + stderr;
  return [
    ![0, 1, 2].includes(code) && `ended with ${code}`,
    /[^\P{C}\n]|[\u2028\u2029]/u.test(printed) && 'printed what is not seen',
    /^\s*::|##(vso)?\[/m.test(printed) && 'printed a command of a runner',
    /^\s+at .*:\d+/m.test(printed) && 'printed a stack trace',
    !/^((error: [^\n]+|[^\n]+\.|\(Did you mean [^\n]+)\n?)*$/.test(stderr) && 'told something else than a sentence in each line',
    printed.split('\n').some(line => line.length > LONGEST) && 'repeated more than a line',
  ].filter(Boolean);
}

/** The commands that messages name, between double quotes. */
export function remediesIn(lines) {
  return lines.flatMap(line => line.match(/(?<=")(npx|cdk-ami|git|aws|npm|pip) [^"]*(?=")/g) ?? []);
}

/**
 * Pastes each of these into a shell, in a folder of its own.
 *
 * @returns those that ran something else than the commands that messages name
 */
export function pasted(texts) {
  const pastes = [...new Set(texts)].filter(Boolean);
  const directory = temporaryFolder('pasted');
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  ['npx', 'cdk-ami', 'git', 'aws', 'npm', 'pip'].forEach(name => writeFileSync(join(bin, name), '#!/bin/sh\n', { mode: 0o755 }));
  pastes.forEach((paste, i) => {
    mkdirSync(join(directory, `${i}`));
    writeFileSync(join(directory, `${i}.txt`), `${paste}\n`);
  });
  const script = 'for file in *.txt; do (cd "${file%.txt}" && PATH="$BIN:$PATH" timeout 10 bash < "../$file"); done; true';
  execFileSync('bash', ['-c', script], { cwd: directory, env: { ...process.env, BIN: bin }, stdio: 'ignore' });
  const ran = pastes.filter((_, i) => readdirSync(join(directory, `${i}`)).length > 0);
  rmSync(directory, { recursive: true });
  return ran;
}

/** Leaves a table beside the reports of the tests. */
export function writeTable(name, rows) {
  mkdirSync(join(ROOT, 'test-reports'), { recursive: true });
  writeFileSync(join(ROOT, 'test-reports', name), rows.map(row => `${row.join('\t')}\n`).join(''));
}
