import { readFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { PolicyViolatingResourceBeta1, PolicyViolationBeta1, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isAcknowledged } from './acknowledge';
import { APP_RULES, AppRule } from './app-rules';
import { ImageOrigins } from './image-origin';
import { Launch, launchesIn } from './launched-resources';
import type { LockFile } from '../lock-file/lock-file';

/** What the rules find in the stacks of these templates. What is acknowledged, or told by a selector, is left out. */
export function violationsIn(root: IConstruct, templatePaths: string[], lockFiles: LockFile[]): PolicyViolationBeta1[] {
  const origins = new ImageOrigins(root, lockFiles, missingContext(templatePaths));
  const violations = new Map<string, PolicyViolationBeta1>();

  for (const stack of root.node.findAll().filter(Stack.isStack)) {
    const templatePath = templatePaths.find(path => basename(path) === stack.templateFile);
    for (const launch of templatePath === undefined ? [] : launchesIn(stack)) {
      for (const origin of origins.of(launch.imageId, launch.resource.stack)) {
        for (const rule of APP_RULES) {
          for (const description of rule.find(launch, origin).filter(sentence => !isTold(rule, launch, sentence))) {
            const { violatingResources = [] } = violations.get(description) ?? {};
            violations.set(description, violationOf(rule, description, [...violatingResources, resourceOf(launch, rule, templatePath!)]));
          }
        }
      }
    }
  }
  return [...violations.values()];
}

/** The keys of what the CDK CLI will look up before it synthesizes again. */
function missingContext(templatePaths: string[]): string[] {
  const folders = new Set(templatePaths.map(path => dirname(path)));
  return [...folders].flatMap(folder => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).missing ?? []).map(({ key }) => key);
}

function isTold({ id, toldAs }: AppRule, { resource }: Launch, sentence: string): boolean {
  return isAcknowledged(resource, `AmiChecks::${id}`, sentence)
    || (toldAs !== undefined && (isWarnedOf(resource, toldAs) || isAcknowledged(resource, toldAs, sentence)));
}

function isWarnedOf(resource: IConstruct, id: string): boolean {
  return resource.node.scopes.some(scope => scope.node.metadata.some(({ data }) => String(data).endsWith(` [ack: ${id}]`)));
}

function violationOf({ id, severity, fix }: AppRule, description: string, violatingResources: PolicyViolatingResourceBeta1[]): PolicyViolationBeta1 {
  return { ruleName: id, severity, description, fix: fix(), violatingResources };
}

function resourceOf({ resource }: Launch, { property }: AppRule, templatePath: string): PolicyViolatingResourceBeta1 {
  // Later releases of aws-cdk-lib take the path too, which tells the resources of nested stacks apart.
  const place = { constructPath: resource.node.path, templatePath, locations: [`Properties/${property}`] };
  return { resourceLogicalId: resource.stack.resolve(resource.logicalId), ...place };
}
