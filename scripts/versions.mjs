// npm run versions: the packed library with every release of aws-cdk-lib that it takes, or with those that are named.
import { installPackages, packForNpm } from './project.mjs';
import { releasesInRange, smokeTest } from './releases.mjs';

await installPackages();
const inRange = await releasesInRange();
const named = process.argv.slice(2);
const unknown = named.find(release => !inRange.includes(release));
if (unknown !== undefined) {
  console.error(`There is no aws-cdk-lib ${unknown} that the library takes; the oldest is ${inRange[0]}, the newest ${inRange.at(-1)}.`);
  process.exit(2);
}
const releases = named.length > 0 ? named : inRange;
const smoke = smokeTest(await packForNpm());
const failed = new Set();

console.log(`\n${'aws-cdk-lib'.padEnd(12)} ${'flags'.padEnd(9)} ${'seconds'.padStart(7)}  outcome`);
for (const release of releases) {
  for (const { flags, seconds, failures } of await outcomes(release)) {
    if (failures.length > 0) {
      failed.add(release);
    }
    const outcome = failures.length === 0 ? 'passed' : `failed: ${failures[0]}${failures.length > 1 ? ` (and ${failures.length - 1} more)` : ''}`;
    console.log(`${release.padEnd(12)} ${flags.padEnd(9)} ${seconds.toFixed(1).padStart(7)}  ${outcome}`);
  }
}
console.log(`\n${releases.length - failed.size} of ${releases.length} releases pass`);
process.exitCode = failed.size === 0 ? 0 : 1;

/** What came of a release. One that breaks off fails; the others go on. */
async function outcomes(release) {
  try {
    return await smoke(release);
  } catch (error) {
    // The line after the command that ended so; npm begins with a code.
    const [command, ...lines] = error.message.split('\n');
    return [{ flags: '', seconds: 0, failures: [lines.find(line => /error/i.test(line) && !/error code/.test(line)) ?? command] }];
  }
}
