import { Command } from 'commander';
import { cachedImages } from '../context-file';
import { findingsOfCached, findingsOfPin } from '../findings';
import type { Host } from '../host';
import { EMPTY_LOCK, pinsIn } from '../lock-changes';
import { readLock, readText } from '../lock-store';
import { awsOptions, fileOption, wholeNumber } from '../options';
import { sideBySide } from '../parallel';
import { imagesById } from '../resolve';
import { ExitCode, Result } from '../result';

const CONTEXT_FILE = 'cdk.context.json';

interface CheckOptions {
  readonly profile?: string;
  readonly file: string;
  readonly context?: string;
  readonly within: number;
}

export function checkCommand(): Command {
  const command = new Command('check').argument('[names...]', 'what to check (default: everything that is pinned, and cdk.context.json)')
    .summary('verify what is pinned, and what the CDK CLI has cached')
    .description('Verifies that AWS says of every pinned image what the file says, that it is what its query searches for, and that it is not deprecated. In '
      + `${CONTEXT_FILE} it finds images that are gone, and lookups without an owner, for which anyone can publish the newest image.`);
  return fileOption(awsOptions(command))
    .option('--context <file>', `the file that the CDK CLI caches lookups in (default: "${CONTEXT_FILE}", if it is there and no name is given)`)
    .option('--within <days>', 'report images that will be deprecated within so many days', wholeNumber(0), 30)
    .addHelpText('after', `
Ends with 0 if nothing is wrong, with 1 if something is, and with 2 if not everything could be checked.

Examples:
  $ cdk-ami check
  $ cdk-ami check web --within 90 --json`);
}

export async function check(names: string[], { profile, file, within, ...options }: CheckOptions, host: Host): Promise<Result> {
  const context = options.context ?? CONTEXT_FILE;
  const contextText = options.context === undefined && names.length > 0 ? undefined : readText(host, context);
  const lock = await readLock(host, file);
  if ((lock === undefined && (contextText === undefined || names.length > 0)) || (contextText === undefined && options.context !== undefined)) {
    throw new Error(`There is no file ${lock === undefined ? file : context}; run this in the folder of the app, or name the file.`);
  }
  const pins = pinsIn(lock ?? EMPTY_LOCK, file, names);
  const cached = contextText === undefined ? [] : cachedImages(contextText, context);
  const regions = [...new Set([...pins, ...cached].map(({ region }) => region))].sort();

  const aws = regions.length === 0 ? undefined : await host.connect({ profile, region: regions[0] });
  const now = host.now();
  const { done, failed } = await sideBySide(host.stderr, 'Checking', regions, async region => {
    const [here, cachedHere] = [pins.filter(pin => pin.region === region), cached.filter(each => each.region === region)];
    const imageIds = new Set([...here.map(({ image }) => image.imageId), ...cachedHere.map(({ imageId }) => imageId)]);
    const images = await imagesById(aws!, region, [...imageIds]);
    return [
      ...here.flatMap(pin => findingsOfPin(pin, file, images.get(pin.image.imageId), now, within)),
      ...cachedHere.flatMap(each => findingsOfCached(each, context, images.get(each.imageId))),
    ];
  });
  const findings = done.flatMap(({ value }) => value);
  const failures = failed.map(({ task, error }) => ({ where: task, error }));
  const count = pins.length + cached.length;
  return {
    exitCode: findings.length > 0 ? ExitCode.FOUND : ExitCode.DONE,
    data: { images: count, findings, failures: failures.map(({ where, error }) => ({ region: where, message: error.message })) },
    findings,
    notes: [`Images: ${count}, findings: ${findings.length}${failures.length > 0 ? `, regions that could not be checked: ${failures.length}` : ''}.`],
    failures,
  };
}
