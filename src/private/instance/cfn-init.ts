import { Aws, Duration, Lazy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { addReload, KEEP_UP_TO_DATE } from './cfn-hup';
import { installHelperScripts } from './helper-scripts';
import { BootStep } from './user-data';
import type { CommonWorkshopProps } from '../../workshop-props';
import { ResolvedImage } from '../ami/resolved-image';
import { DownloadSource } from '../checks/network';
import { code, message } from '../language';

/** How an instance is set up at its first boot, and kept so. */
interface CfnInit {
  readonly steps: BootStep[];
  readonly userDataCausesReplacement?: boolean;
  /** To be called with the instance that got the steps. */
  readonly apply: (instance: ec2.Instance) => void;
}

/** @throws where an instance cannot be set up like this */
export function cfnInit(scope: Construct, image: ResolvedImage | undefined, props: CommonWorkshopProps): CfnInit {
  const { init, initOptions: options = {}, keepUpToDate = false } = props;
  checkProps(scope, props);
  if (init === undefined) {
    return { steps: [], userDataCausesReplacement: props.userDataCausesReplacement, apply: () => {} };
  }
  const { install, isWindows } = scripts(scope, image, keepUpToDate);
  // Else a changed init would restart the instance, and change nothing on it.
  const embedFingerprint = options.embedFingerprint ?? props.userDataCausesReplacement ?? true;
  // First, so that a later change can mend what fails and is ignored.
  const configSets = [...keepUpToDate ? [KEEP_UP_TO_DATE] : [], ...options.configSets ?? ['default']];

  let instance: ec2.Instance;
  const signal = Lazy.uncachedString({
    produce: () => `/opt/aws/bin/cfn-signal -e ${options.ignoreFailures ? 0 : 1} ${resourceArguments(instance, options)}`,
  });
  return {
    steps: [isWindows ? { option: 'init' } : {
      option: 'init',
      downloads: install.length === 0 ? undefined : image?.family?._software.python === undefined ? DownloadSource.S3 : DownloadSource.INTERNET,
      // A script of the user that ends before cfn-init is told at once, not after the timeout.
      before: [...install, `trap '[ "\${isUserDataDone:-}" ] || ${signal}' EXIT`],
      after: ['isUserDataDone=yes'],
    }],
    userDataCausesReplacement: props.userDataCausesReplacement ?? (!keepUpToDate && embedFingerprint),
    apply: created => {
      instance = created;
      try {
        instance.applyCloudFormationInit(init, {
          ...options,
          configSets,
          embedFingerprint: !keepUpToDate && embedFingerprint,
          timeout: options.timeout ?? Duration.minutes(15),
        });
      } catch (error) {
        throw new Error(message`${scope.node.path}: init does not fit ${image!.family} (${(error as Error).message}); write elements that this operating system has.`);
      }
      if (keepUpToDate) {
        addReload(instance, {
          interval: props.keepUpToDateInterval ?? Duration.minutes(5),
          cfnInit: `/opt/aws/bin/cfn-init -v ${resourceArguments(instance, options)} -c ${configSets.join(',')}`,
          settings: [
            ...options.includeUrl ? [`url=${endpoint()}`] : [],
            ...options.includeRole ? [`role=${instance.role.roleName}`] : [],
          ],
        });
      }
    },
  };
}

function checkProps(scope: Construct, props: CommonWorkshopProps): void {
  const { keepUpToDateInterval: interval } = props;
  const fail = (problem: string) => { throw new Error(`${scope.node.path}: ${problem}.`); };
  const needing = (['initOptions', 'keepUpToDate'] as const).find(option => props[option]);

  if (props.init === undefined && needing !== undefined) {
    fail(`${code(needing)} is about init, and there is none; give init, an ec2.CloudFormationInit, or leave ${code(needing)} out`);
  }
  if (interval !== undefined && !props.keepUpToDate) {
    fail(message`keepUpToDateInterval has no meaning without keepUpToDate; say keepUpToDate: true, or leave the interval out`);
  }
  if (interval?.isUnresolved() === false && interval.toMilliseconds() < 60_000) {
    fail(message`keepUpToDateInterval ${interval.toHumanString()} is too short, as every look is a call of CloudFormation; give at least Duration.minutes(1)`);
  }
  if (props.keepUpToDate && props.initOptions?.embedFingerprint) {
    fail(message`initOptions.embedFingerprint changes the user data with init, which restarts the instance, and keepUpToDate applies init to it as it `
      + 'runs; leave one of the two out');
  }
}

/** How the helper scripts get onto the image. */
function scripts(scope: Construct, image: ResolvedImage | undefined, keepUpToDate: boolean): { install: string[]; isWindows: boolean } {
  const family = image?.family;
  if (family === undefined) {
    throw new Error(`${scope.node.path}: init runs the CloudFormation helper scripts, and of this image it is not known how it gets them; choose it `
      + message`with AmiSelector.latest, or say in the selector of which family it is, such as family: AmiFamily.AMAZON_LINUX_2023.`);
  }
  const install = installHelperScripts(family);
  if (install === undefined) {
    throw new Error(`${scope.node.path}: init runs the CloudFormation helper scripts, and it is not known how ${family} gets them; choose a family of `
      + 'Amazon Linux, Ubuntu, Debian, Red Hat, Rocky, AlmaLinux, CentOS, Fedora, SUSE or Windows, or an image that has them and '
      + message`AmiFamily.custom with cfnBootstrap: true.`);
  }
  const isWindows = family.osType === ec2.OperatingSystemType.WINDOWS;
  if (keepUpToDate && (isWindows || family._software.systemd === false)) {
    throw new Error(message`${scope.node.path}: keepUpToDate takes a timer of systemd, which ${family} does not have; leave it out, and a changed init `
      + 'replaces the instance.');
  }
  return { install, isWindows };
}

/** As aws-cdk-lib calls the helper scripts. */
function resourceArguments({ instance, role }: ec2.Instance, { includeUrl, includeRole }: ec2.ApplyCloudFormationInitOptions): string {
  return [
    `--region ${Aws.REGION} --stack ${Aws.STACK_NAME} --resource ${instance.logicalId}`,
    ...includeUrl ? [`--url ${endpoint()}`] : [],
    ...includeRole ? [`--role ${role.roleName}`] : [],
  ].join(' ');
}

function endpoint(): string {
  return `https://cloudformation.${Aws.REGION}.${Aws.URL_SUFFIX}`;
}
