import { join } from 'path';
import { shown } from '../../private/lock-file/printable';
import type { Host } from '../host';
import { jsonIn, objectsIn } from '../json';
import { readText } from '../lock-store';

const FIX = 'run "npx cdk synth" again';

/** A stack as `cdk synth` writes it. */
export interface SynthesizedStack {
  readonly template: Template;
  readonly bootstrap?: { readonly parameter: string; readonly version: number };
}

export interface Template {
  readonly Parameters: Record<string, { readonly Type?: string; readonly Default?: unknown }>;
  readonly Mappings: Record<string, any>;
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, any> }>;
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

/** @throws where there is no such folder or stack, or what stands there is broken */
export function synthesizedStack(host: Host, folder: string, name: string): SynthesizedStack {
  const stacks = stacksIn(host, folder);
  const found = stacks.get(name);
  if (found === undefined) {
    throw new Error(stacks.size === 0
      ? `There is no manifest.json in ${folder}; run "npx cdk synth" in the folder of the app first, or name its output with --app.`
      : `${folder} has no stack ${shown(name)}, only ${[...stacks.keys()].join(', ')}; name one of these, or ${FIX}.`);
  }
  return found();
}

/** Those of an app, and of its stages. */
function stacksIn(host: Host, folder: string): Map<string, () => SynthesizedStack> {
  const file = join(folder, 'manifest.json');
  const artifacts: Record<string, Artifact> = objectsIn(jsonIn(readText(host, file) ?? '{}', file, FIX).artifacts);
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
  const text = readText(host, file);
  if (text === undefined) {
    throw new Error(`There is no ${file}, which the manifest.json beside it names; ${FIX}.`);
  }
  const { Parameters, Mappings, Resources } = jsonIn(text, file, FIX);
  const resources = Object.entries(objectsIn(Resources)).map(([id, resource]) => [id, { ...resource, Properties: Object(resource.Properties) }]);
  return { Parameters: objectsIn(Parameters), Mappings: objectsIn(Mappings), Resources: Object.fromEntries(resources) };
}
