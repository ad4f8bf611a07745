import { join } from 'path';
import { shown } from '../../private/lock-file/printable';
import type { Host } from '../host';
import { readText } from '../lock-store';

/** A stack as `cdk synth` writes it. */
export interface SynthesizedStack {
  readonly template: Template;
  readonly bootstrap?: { readonly parameter: string; readonly version: number };
}

export interface Template {
  readonly Parameters?: Record<string, { readonly Type?: string; readonly Default?: unknown }>;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly Resources?: Record<string, { readonly Type: string; readonly Properties?: Record<string, any> }>;
}

interface Artifact {
  readonly type?: string;
  readonly properties?: {
    readonly stackName?: string;
    readonly templateFile?: string;
    readonly directoryName?: string;
    readonly requiresBootstrapStackVersion?: number;
    readonly bootstrapStackVersionSsmParameter?: string;
  };
}

/** @throws where there is no such folder or stack */
export function synthesizedStack(host: Host, folder: string, name: string): SynthesizedStack {
  const stacks = stacksIn(host, folder);
  const found = stacks.get(name);
  if (found === undefined) {
    throw new Error(stacks.size === 0
      ? `There is no manifest.json in ${folder}; run "npx cdk synth" in the folder of the app first, or name its output with --app.`
      : `${folder} has no stack ${shown(name)}, only ${[...stacks.keys()].join(', ')}; name one of these, or run "npx cdk synth" again.`);
  }
  return found();
}

/** Those of an app, and of its stages. */
function stacksIn(host: Host, folder: string): Map<string, () => SynthesizedStack> {
  const artifacts: Record<string, Artifact> = jsonIn(host, join(folder, 'manifest.json'))?.artifacts ?? {};
  return new Map(Object.entries(artifacts).flatMap(([id, { type, properties = {} }]): [string, () => SynthesizedStack][] => {
    if (type === 'cdk:cloud-assembly' && properties.directoryName !== undefined) {
      return [...stacksIn(host, join(folder, properties.directoryName))];
    }
    if (type !== 'aws:cloudformation:stack' || properties.templateFile === undefined) {
      return [];
    }
    const { templateFile, requiresBootstrapStackVersion: version, bootstrapStackVersionSsmParameter: parameter } = properties;
    return [[properties.stackName ?? id, () => ({
      template: templateIn(host, join(folder, templateFile)),
      bootstrap: version !== undefined && parameter !== undefined ? { version, parameter } : undefined,
    })]];
  }));
}

function templateIn(host: Host, file: string): Template {
  const template = jsonIn(host, file);
  if (template === undefined) {
    throw new Error(`There is no ${file}, which the manifest names; run "npx cdk synth" again.`);
  }
  return template;
}

/** Undefined where there is no such file. */
function jsonIn(host: Host, file: string): any {
  const text = readText(host, file);
  try {
    return text === undefined ? undefined : Object(JSON.parse(text));
  } catch (error) {
    throw new Error(`${file} is not JSON (${(error as Error).message}); run "npx cdk synth" again.`);
  }
}
