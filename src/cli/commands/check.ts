import { Command, Option } from 'commander';
import { parseLockFile } from '../../private/lock-file/format';
import { cachedImagesIn } from '../context-file';
import { Finding, findingsOfCached, findingsOfEntry, findingsOfPin } from '../findings';
import type { Host } from '../host';
import type { Image } from '../image';
import { EMPTY_LOCK, pinsIn } from '../lock-changes';
import { readText } from '../lock-store';
import { awsOptions, collectChoice, fileOption, wholeNumber } from '../options';
import { sideBySide } from '../parallel';
import { imagesById } from '../resolve';
import { ExitCode, Result } from '../result';
import { Rule, RULES } from '../rules';

const CONTEXT_FILE = 'cdk.context.json';

interface CheckOptions {
  readonly profile?: string;
  readonly file: string;
  readonly context?: string;
  readonly within: number;
  readonly offline?: boolean;
  readonly ignore?: Rule[];
}

export function checkCommand(): Command {
  const command = new Command('check').argument('[names...]', 'what to check (default: everything that is pinned, and cdk.context.json)')
    .summary('verify what is pinned, and what the CDK CLI has cached')
    .description('Verifies that AWS says of every pinned image what the file says, that it is what its query searches for, that it is not deprecated, and that '
      + `its operating system is supported. In ${CONTEXT_FILE} it finds images that are gone, and lookups without an owner, for which anyone can publish the `
      + 'newest image.');
  return fileOption(awsOptions(command))
    .option('--context <file>', `the file that the CDK CLI caches lookups in (default: "${CONTEXT_FILE}", if it is there and no name is given)`)
    .option('--within <days>', 'report what will be deprecated or lose its support within so many days', wholeNumber(0), 30)
    .option('--offline', 'ask nobody: what the files alone tell, without credentials, such as before a commit')
    .addOption(new Option('--ignore <rule>', 'do not report this (repeatable)').choices(Object.keys(RULES)).argParser(collectChoice(Object.keys(RULES))))
    .addHelpText('after', `
Ends with 0 if nothing is wrong, with 1 if something is, and with 2 if not everything could be checked.

Examples:
  $ cdk-ami check
  $ cdk-ami check --offline
  $ cdk-ami check web --within 90 --json`);
}

export async function check(names: string[], { profile, file, within, offline, ignore = [], ...options }: CheckOptions, host: Host): Promise<Result> {
  const context = options.context ?? CONTEXT_FILE;
  const contextText = options.context === undefined && names.length > 0 ? undefined : readText(host, context);
  const lockText = readText(host, file);
  if ((lockText === undefined && (contextText === undefined || names.length > 0)) || (contextText === undefined && options.context !== undefined)) {
    throw new Error(`There is no file ${lockText === undefined ? file : context}; run this in the folder of the app, or name the file.`);
  }
  const lock = lockText === undefined ? EMPTY_LOCK : parseLockFile(lockText, file);
  const pins = pinsIn(lock, file, names);
  const cached = contextText === undefined ? [] : cachedImagesIn(contextText, context);
  const regions = [...new Set([...pins, ...cached].map(({ region }) => region))].sort();

  const aws = offline || regions.length === 0 ? undefined : await host.connect({ profile, region: regions[0] });
  const now = host.now();
  const { done, failed } = await sideBySide<string, Map<string, Image> | undefined>(host.stderr, 'Checking', regions, async region => (
    aws && imagesById(aws, region, [...new Set([
      ...pins.filter(pin => pin.region === region).map(({ image }) => image.imageId),
      ...cached.filter(each => each.region === region).map(({ imageId }) => imageId),
    ])])));

  const entries = Object.entries(lock.images).filter(([name]) => names.length === 0 || names.includes(name));
  const ofImages = done.flatMap(({ task: region, value: images }) => {
    const answer = (imageId: string) => images === undefined ? 'not asked' : images.get(imageId);
    return [
      ...pins.filter(pin => pin.region === region).flatMap(pin => findingsOfPin(pin, file, answer(pin.image.imageId), now, within)),
      ...cached.filter(each => each.region === region).flatMap(each => findingsOfCached(each, context, answer(each.imageId))),
    ];
  });
  const findings = [...entries.flatMap(([name, entry]) => findingsOfEntry(name, entry, file, now, within)), ...ofImages]
    .filter(({ rule }) => !ignore.includes(rule))
    .map(finding => ({ ...finding, line: lineOf(finding, (finding.file === file ? lockText : contextText)!) }));
  const failures = failed.map(({ task, error }) => ({ where: task, error }));
  const count = pins.length + cached.length;
  return {
    exitCode: findings.length > 0 ? ExitCode.FOUND : ExitCode.DONE,
    data: { images: count, findings, failures: failures.map(({ where, error }) => ({ region: where, message: error.message })) },
    findings,
    notes: [`Images: ${count}, findings: ${findings.length}${failures.length > 0 ? `, regions that could not be checked: ${failures.length}` : ''}`
      + `${offline ? '; AWS was not asked' : ''}.`],
    failures,
  };
}

/** Where a file has an image: the line of its region, behind that of its entry. */
function lineOf({ entry, region }: Finding, text: string): number {
  const lines = text.split('\n').map(line => line.trimStart());
  const lineOfKey = (key: string, from: number) => lines.findIndex((line, i) => i >= from && line.startsWith(JSON.stringify(key)));
  const ofEntry = lineOfKey(entry, 0);
  return Math.max(ofEntry, region === undefined ? 0 : lineOfKey(region, ofEntry), 0) + 1;
}
