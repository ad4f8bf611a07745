import { CfnResource, Stack } from 'aws-cdk-lib';
import { Finding, Launch } from './launched-resources';
import { ResolvedImage } from '../ami/resolved-image';
import type { PackageManager } from '../catalog/software-facts';
import { code, message } from '../language';

/** What each way of cfn-init to install packages runs on. That of Windows aws-cdk-lib tells apart. */
const PACKAGES: Record<string, PackageManager[]> = {
  apt: ['apt'],
  yum: ['dnf', 'yum'],
  rpm: ['dnf', 'yum', 'zypper'],
  zypper: ['zypper'],
};

/** What to write for packages. */
const ADVICE: Record<PackageManager, string> = {
  apt: 'ec2.InitPackage.apt',
  dnf: 'ec2.InitPackage.yum',
  yum: 'ec2.InitPackage.yum',
  zypper: 'ec2.InitCommand.shellCommand with zypper',
};

/** That what is set up on an instance, and who may open a session on it, fits its operating system. */
export function operatingSystem(launch: Launch, { family }: ResolvedImage): Finding[] {
  const init = family && initOf(launch);
  if (family === undefined || (init === undefined && family.ssmAgent !== false)) {
    return [];
  }
  const commands = JSON.stringify([launch.userData, init]);
  const { packageManager, systemd = true } = family._software;
  const configs = init === undefined ? [] : configsOf(init, commands);
  const packages = configs.flatMap(config => Object.keys(config.packages ?? {}))
    .filter(way => packageManager !== undefined && PACKAGES[way]?.includes(packageManager) === false);
  const services = (manager: string) => configs.flatMap(config => Object.keys(config.services?.[manager] ?? {})).join(', ');

  return [
    ...[...new Set(packages)].map(way => ({
      id: 'cdk-workshop-instance:initPackageOfOtherSystem',
      message: message`init installs packages with ${way}, which ${family} does not have; write ${code(ADVICE[packageManager!])}.`,
    })),
    // Amazon Linux 2 passes on to systemd what is meant for sysvinit.
    ...packageManager !== undefined && ['apt', 'dnf', 'zypper'].includes(packageManager) && services('sysvinit') ? [{
      id: 'cdk-workshop-instance:initServiceOfOtherSystem',
      isWarning: true,
      message: message`init takes ${services('sysvinit')} for services of sysvinit, as aws-cdk-lib does where nothing is said, and ${family} has systemd, so that they may not `
        + message`start; say serviceManager: ec2.ServiceManager.SYSTEMD.`,
    }] : [],
    ...!systemd && services('systemd') ? [{
      id: 'cdk-workshop-instance:initServiceOfOtherSystem',
      isWarning: true,
      message: message`init takes ${services('systemd')} for services of systemd, which ${family} does not have; say serviceManager: ec2.ServiceManager.SYSVINIT.`,
    }] : [],
    ...init && family.cfnBootstrap === false && /cfn-init\b/.test(commands) && !commands.includes('cfn-bootstrap') ? [{
      id: 'cdk-workshop-instance:helperScriptsMissing',
      isWarning: true,
      message: message`init runs cfn-init, which ${family} does not have, so that the stack waits for its signal in vain; install aws-cfn-bootstrap in the user data, as a `
        + message`WorkshopInstance does, or choose AmiFamily.AMAZON_LINUX_2023.`,
    }] : [],
    ...family.ssmAgent === false && mayOpenSessions(launch.resource) && !commands.includes('amazon-ssm-agent') ? [{
      id: 'cdk-workshop-instance:ssmAgentMissing',
      isWarning: true,
      message: message`the role is one for Session Manager (ssmSessionPermissions), and ${family} does not have the SSM agent; install amazon-ssm-agent in the user data, as a `
        + message`WorkshopInstance does, or choose AmiFamily.AMAZON_LINUX_2023.`,
    }] : [],
  ];
}

/** What cfn-init is to do: it stands at the instance, or at the group that launches it. */
function initOf({ resource, users }: Launch): any {
  const { scope } = resource.node;
  const beside = scope === undefined || Stack.isStack(scope) ? [] : scope.node.children.filter(CfnResource.isCfnResource);
  const init = [resource, ...beside, ...users().map(user => user.resource)]
    .map(each => each.cfnOptions.metadata?.['AWS::CloudFormation::Init']).find(each => each !== undefined);
  return init && resource.stack.resolve(init);
}

/** The parts that the commands run, which may name sets of them. */
function configsOf({ configSets = { default: ['config'] }, ...configs }: any, commands: string): any[] {
  const sets = /cfn-init[^\\\n]* -c ([\w.,-]+)/.exec(commands)?.[1].split(',') ?? ['default'];
  const names: string[] = sets.flatMap(set => configSets[set] ?? []).flatMap((each: any) => each?.ConfigSet ? configSets[each.ConfigSet] : [each]);
  return names.map(name => configs[name]).filter(config => config !== undefined);
}

function mayOpenSessions({ node: { scope }, stack }: CfnResource): boolean {
  const policies = (scope as any)?.role?.node?.defaultChild?.managedPolicyArns;
  return `${JSON.stringify(stack.resolve(policies))}`.includes('AmazonSSMManagedInstanceCore');
}
