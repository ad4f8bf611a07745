import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { RootDevice } from '../../ami-types';
import { code } from '../language';

interface NamedFacts {
  readonly architecture?: ec2.InstanceArchitecture;
  readonly rootDevice?: RootDevice;
  readonly rootDeviceName?: string;
  /** Whether it is an image of macOS, for whose architectures EC2 has values of its own. */
  readonly isMac?: boolean;
}

/** What publishers write into the names of their images and parameters. */
const WORDS: { pattern: RegExp; facts: NamedFacts }[] = [
  { pattern: /(?<![a-z0-9])(x86_64(_mac)?|amd64)(?![a-z0-9_])/, facts: { architecture: ec2.InstanceArchitecture.X86_64 } },
  { pattern: /(?<![a-z0-9])(arm64(_mac)?|aarch64)(?![a-z0-9_])/, facts: { architecture: ec2.InstanceArchitecture.ARM_64 } },
  { pattern: /-s3$|\/instance-store\/|\/hvm-instance\//, facts: { rootDevice: RootDevice.INSTANCE_STORE } },
  { pattern: /-(ebs|gp2|gp3)$|\/ebs-|\/hvm-ssd/, facts: { rootDevice: RootDevice.EBS } },
  { pattern: /(?<![a-z0-9])(x86_64|arm64)_mac(?![a-z0-9_])|^amzn-ec2-macos-/, facts: { isMac: true } },
  { pattern: /(^|\/)(al2023-ami-|amzn2-ami-)/, facts: { rootDeviceName: '/dev/xvda' } },
];

function factsIn(name: string): NamedFacts {
  return Object.assign({}, ...WORDS.filter(word => word.pattern.test(name)).map(word => word.facts));
}

/** Whether the name of an image or parameter is one of macOS. */
export function isNameOfMac(name?: string): boolean {
  return name !== undefined && factsIn(name).isMac === true;
}

/** That of the CPU, of an architecture of the EC2 API. */
export function cpuArchitecture(architecture: string): string {
  return architecture.replace(/_mac$/, '');
}

/** The architecture of an image as the EC2 API says it. */
export function ec2Architecture(architecture: string, isMac = false): string {
  return isMac ? `${architecture}_mac` : architecture;
}

/** What is known of an image by the options, else by its name, and in a sentence where the two contradict each other. */
export function factsFromName(name: string, options: NamedFacts): NamedFacts & { readonly contradiction?: string } {
  const told = factsIn(name);
  const denied = (['architecture', 'rootDevice'] as const)
    .find(fact => options[fact] !== undefined && told[fact] !== undefined && options[fact] !== told[fact]);
  return {
    architecture: options.architecture ?? told.architecture,
    rootDevice: options.rootDevice ?? told.rootDevice,
    rootDeviceName: options.rootDeviceName ?? told.rootDeviceName,
    isMac: told.isMac,
    contradiction: denied && `${code(denied)} is given as ${options[denied]}, but the name says ${told[denied]}; leave ${code(denied)} out, or name the `
      + `${options[denied]} image.`,
  };
}
