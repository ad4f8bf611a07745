import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { RootDevice } from '../../ami-types';

interface NamedFacts {
  readonly architecture?: ec2.InstanceArchitecture;
  readonly rootDevice?: RootDevice;
  readonly rootDeviceName?: string;
}

/** What publishers write into the names of their images and parameters. */
const WORDS: { pattern: RegExp; facts: NamedFacts }[] = [
  { pattern: /(?<![a-z0-9])(x86_64|amd64)(?![a-z0-9_])/, facts: { architecture: ec2.InstanceArchitecture.X86_64 } },
  { pattern: /(?<![a-z0-9])(arm64|aarch64)(?![a-z0-9_])/, facts: { architecture: ec2.InstanceArchitecture.ARM_64 } },
  { pattern: /-s3$|\/instance-store\/|\/hvm-instance\//, facts: { rootDevice: RootDevice.INSTANCE_STORE } },
  { pattern: /-(ebs|gp2|gp3)$|\/ebs-|\/hvm-ssd/, facts: { rootDevice: RootDevice.EBS } },
  { pattern: /(^|\/)(al2023-ami-|amzn2-ami-)/, facts: { rootDeviceName: '/dev/xvda' } },
];

/**
 * What is known of an image by the options and by its name.
 *
 * @throws where the options say something else than the name
 */
export function factsFromName(call: string, name: string, options: NamedFacts): NamedFacts {
  const told: NamedFacts = Object.assign({}, ...WORDS.filter(word => word.pattern.test(name)).map(word => word.facts));
  for (const fact of ['architecture', 'rootDevice'] as const) {
    if (options[fact] !== undefined && told[fact] !== undefined && options[fact] !== told[fact]) {
      throw new Error(`${call}: ${fact} is given as ${options[fact]}, but the name says ${told[fact]}; leave ${fact} out, or name the `
        + `${options[fact]} image.`);
    }
  }
  return {
    architecture: options.architecture ?? told.architecture,
    rootDevice: options.rootDevice ?? told.rootDevice,
    rootDeviceName: options.rootDeviceName ?? told.rootDeviceName,
  };
}
