import { basename } from 'path';
import * as cdk from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { violationsIn } from './private/checks/app-checks';
import { APP_RULES } from './private/checks/app-rules';
import { APP, expect } from './private/expected';
import { message } from './private/language';
import type { LockFile } from './private/lock-file/lock-file';
import { lockFilesNamed } from './private/lock-file/read';

/** Before 2.253, aws-cdk-lib shows no report that fails nothing. */
const HIDES_WARNINGS = !('_toBeta1Plugin' in cdk);

/**
 * Options of `AmiChecks`.
 */
export interface AmiChecksOptions {
  /**
   * The files in which the command `cdk-ami` pins images, as paths from the folder that the app is started in (that of `cdk.json`): the
   * ids in them are known. A file that is named here and is not there throws.
   *
   * @default - `ami.lock.json`, where it is there
   */
  readonly lockFiles?: string[];
}

/**
 * Fails synth where an image cannot start what an app launches, or where anyone could publish it, and warns where it is not safe to keep: in
 * every construct of the app, also in those that know nothing of `AmiSelector`.
 *
 * The rules `AmiChecks::AMI1` to `AmiChecks::AMI7` are acknowledged for a construct, and all that is in it, with
 * `Validations.of(construct).acknowledge({ id: 'AmiChecks::AMI5', reason: '…' })`; before aws-cdk-lib 2.252 with
 * `Annotations.of(construct).acknowledgeWarning('AmiChecks::AMI5', '…')`.
 *
 * @see https://github.com/cdk-workshop-instance/cdk-workshop-instance/blob/main/docs/ami-checks.md
 */
export class AmiChecks implements cdk.IPolicyValidationPluginBeta1 {
  /**
   * Checks an app, or a stage, each time it is synthesized.
   *
   * @param stage the app, for all of its stages too
   * @param options a lock file that is named and is not there, or cannot be read, throws
   */
  public static add(stage: cdk.Stage, options: AmiChecksOptions = {}): void {
    expect('AmiChecks.add', { stage }, { stage: APP.stage }, ['stage']);
    const checks = new AmiChecks(options);
    checks.root = stage.node.root;
    const { Validations } = cdk as { Validations?: { of(scope: IConstruct): { addPlugins?(...plugins: unknown[]): void } } };
    const validations = Validations?.of(stage);
    if (validations?.addPlugins) {
      validations.addPlugins(checks);
    } else {
      stage.policyValidationBeta1.push(checks);
    }
  }

  /**
   * The prefix of the rules, where they are acknowledged.
   */
  public readonly name = 'AmiChecks';

  /**
   * The rules, as CDK reports them.
   */
  public readonly ruleIds?: string[] = APP_RULES.map(({ id }) => id);

  private readonly lockFiles: LockFile[];
  /** Where aws-cdk-lib hands plugins the templates alone. */
  private root?: IConstruct;

  /**
   * For `Validations.of(app).addPlugins`, beside other plugins. `AmiChecks.add` works with every release of aws-cdk-lib.
   */
  public constructor(options: AmiChecksOptions = {}) {
    expect('AmiChecks', options, { lockFiles: APP.lockFiles });
    this.lockFiles = lockFilesNamed('AmiChecks', options.lockFiles);
  }

  /**
   * Called by CDK, once the templates are there.
   */
  public validate(context: cdk.IPolicyValidationContextBeta1): cdk.PolicyValidationPluginReportBeta1 {
    const { appConstruct } = context as { appConstruct?: IConstruct };
    const root = appConstruct ?? this.root;
    if (root === undefined) {
      throw new Error(message`this aws-cdk-lib gives plugins the templates alone; write AmiChecks.add(app) in place of a plugin.`);
    }
    const violations = violationsIn(root, context.templatePaths, this.lockFiles);
    const success = violations.every(({ severity }) => severity !== 'error');
    if (success && HIDES_WARNINGS) {
      violations.forEach(violation => console.error(warningOf(violation)));
    }
    return { success, violations };
  }
}

function warningOf({ ruleName, description, fix, violatingResources }: cdk.PolicyViolationBeta1): string {
  const places = violatingResources.map(({ resourceLogicalId, templatePath }) => `${resourceLogicalId} in ${basename(templatePath)}`);
  return `[Warning] ${places.join(', ')}: ${description} ${fix} [ack: AmiChecks::${ruleName}]`;
}
