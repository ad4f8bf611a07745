import { Command, Option } from 'commander';
import { parseLockFile } from '../../private/lock-file/format';
import { imagesInTemplates } from '../cloud-assembly';
import { cachedImagesIn } from '../context-file';
import { Finding, findingsOfCached, findingsOfEntry, findingsOfPin } from '../findings';
import type { Host } from '../host';
import type { Image } from '../image';
import { pinsIn } from '../lock-changes';
import { FileOptions, filesNamed, readText } from '../lock-store';
import { awsOptions, collect, collectChoice, fileOption, recursiveOption, wholeNumber } from '../options';
import { sideBySide } from '../parallel';
import { imagesById } from '../resolve';
import { ExitCode, Result } from '../result';
import { Rule, RULES } from '../rules';

const CONTEXT_FILE = 'cdk.context.json';

interface CheckOptions extends FileOptions {
  readonly profile?: string;
  readonly context?: string;
  readonly within: number;
  readonly offline?: boolean;
  readonly app?: string[];
  readonly ignore?: Rule[];
}

export function checkCommand(): Command {
  const command = new Command('check').argument('[names...]', 'what to check (default: everything that is pinned, and cdk.context.json)')
    .summary('verify what is pinned, and what the CDK CLI has cached')
    .description('Verifies that AWS says of every pinned image what the file says, that it is what its query searches for, that it is not deprecated, and that '
      + `its operating system is supported. In ${CONTEXT_FILE} it finds images that are gone, and lookups without an owner, for which anyone can publish the `
      + 'newest image.');
  return recursiveOption(fileOption(awsOptions(command)))
    .option('--context <file>', `the file that the CDK CLI caches lookups in (default: "${CONTEXT_FILE}", if it is there and no name is given)`)
    .option('--within <days>', 'report what will be deprecated or lose its support within so many days', wholeNumber(0), 30)
    .option('--offline', 'ask nobody: what the files alone tell, without credentials, such as before a commit')
    .option('--app <folder>', 'report entries that no stack uses which was synthesized into this folder, such as cdk.out (repeatable)', collect)
    .addOption(new Option('--ignore <rule>', 'do not report this (repeatable)').choices(Object.keys(RULES)).argParser(collectChoice(Object.keys(RULES))))
    .addHelpText('after', `
Ends with 0 if nothing is wrong, with 1 if something is, and with 2 if not everything could be checked.

Examples:
  $ cdk-ami check
  $ cdk-ami check --offline --recursive
  $ npx cdk synth --quiet && cdk-ami check --app cdk.out
  $ cdk-ami check web --within 90 --json`);
}

export async function check(names: string[], options: CheckOptions, host: Host): Promise<Result> {
  const { profile, within, offline, app, ignore = [] } = options;
  const { locks, contexts } = filesToCheck(names, options, host);
  const pins = pinsIn(locks, names);
  const cached = contexts.flatMap(({ file, text }) => cachedImagesIn(text, file).map(image => ({ file, image })));
  const ids = [...pins.map(({ region, image }) => ({ region, imageId: image.imageId })), ...cached.map(({ image }) => image)];
  const regions = [...new Set(ids.map(({ region }) => region))].sort();

  const aws = offline || regions.length === 0 ? undefined : await host.connect({ profile, region: regions[0] });
  const now = host.now();
  const { done, failed } = await sideBySide<string, Map<string, Image> | undefined>(host.stderr, 'Checking', regions, async region => (
    aws && imagesById(aws, region, [...new Set(ids.filter(id => id.region === region).map(({ imageId }) => imageId))])));

  const used = app && new Set(app.flatMap(folder => imagesInTemplates(host, folder)));
  const found = [
    ...locks.flatMap(({ file, lock }) => Object.entries(lock.images)
      .filter(([name]) => names.length === 0 || names.includes(name))
      .flatMap(([name, entry]) => findingsOfEntry(name, entry, file, now, within, used))),
    ...done.flatMap(({ task: region, value: images }) => {
      const answer = ({ imageId }: { imageId: string }) => images === undefined ? 'not asked' : images.get(imageId);
      return [
        ...pins.filter(pin => pin.region === region).flatMap(pin => findingsOfPin(pin, answer(pin.image), now, within)),
        ...cached.filter(({ image }) => image.region === region).flatMap(({ file, image }) => findingsOfCached(image, file, answer(image))),
      ];
    }),
  ];
  const findings = found.filter(({ rule }) => !ignore.includes(rule))
    .map(finding => ({ ...finding, line: lineOf(finding, [...locks, ...contexts].find(({ file }) => file === finding.file)!.text) }));
  const failures = failed.map(({ task, error }) => ({ where: task, error }));
  return {
    exitCode: findings.length > 0 ? ExitCode.FOUND : ExitCode.DONE,
    data: { images: ids.length, findings, failures: failures.map(({ where, error }) => ({ region: where, message: error.message })) },
    findings,
    notes: [`Images: ${ids.length}, findings: ${findings.length}${failures.length > 0 ? `, regions that could not be checked: ${failures.length}` : ''}`
      + `${offline ? '; AWS was not asked' : ''}.`],
    failures,
  };
}

/** @throws where there is nothing to check */
function filesToCheck(names: string[], { file, recursive, context }: CheckOptions, host: Host) {
  const texts = (name: string) => filesNamed(host, name, recursive).flatMap(each => {
    const text = readText(host, each);
    return text === undefined ? [] : [{ file: each, text }];
  });
  const locks = texts(file).map(each => ({ ...each, lock: parseLockFile(each.text, each.file) }));
  const contexts = context === undefined && names.length > 0 ? [] : texts(context ?? CONTEXT_FILE);
  if ((locks.length === 0 && (contexts.length === 0 || names.length > 0)) || (contexts.length === 0 && context !== undefined)) {
    throw new Error(`There is no file ${locks.length === 0 ? file : context}${recursive ? ' in any folder' : ''}; run this in the folder of the app, or name the file.`);
  }
  return { locks, contexts };
}

/** Where a file has an image: the line of its region, behind that of its entry. */
function lineOf({ entry, region }: Finding, text: string): number {
  const lines = text.split('\n').map(line => line.trimStart());
  const lineOfKey = (key: string, from: number) => lines.findIndex((line, i) => i >= from && line.startsWith(JSON.stringify(key)));
  const ofEntry = lineOfKey(entry, 0);
  return Math.max(ofEntry, region === undefined ? 0 : lineOfKey(region, ofEntry), 0) + 1;
}
