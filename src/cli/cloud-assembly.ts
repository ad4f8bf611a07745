import { readdirSync } from 'fs';
import { join, resolve } from 'path';
import type { Host } from './host';
import { readText } from './lock-store';
import { commandLine } from '../private/lock-file/commands';
import { explainedFileError } from '../private/lock-file/text-file';

/**
 * The ids of images in the templates that the CDK CLI synthesized into a folder, those of stages and nested stacks included.
 *
 * @throws where there is no template
 */
export function imagesInTemplates(host: Host, folder: string): string[] {
  let files: string[];
  try {
    files = readdirSync(resolve(host.directory, folder), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.template.json'));
  } catch (error) {
    throw explainedFileError(error, folder);
  }
  if (files.length === 0) {
    throw new Error(`There is no template in ${folder}; synthesize the app, and run "${commandLine('check', '--app', folder)}" again.`);
  }
  return files.flatMap(file => readText(host, join(folder, file))?.match(/\bami-[0-9a-f]{8,17}\b/g) ?? []);
}
