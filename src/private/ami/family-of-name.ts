import { AmiFamily } from '../../ami-family';
import { AmazonLinuxRelease } from '../../ami-family-props';

/** Families of which there are more names than those of the catalog, of images and parameters. */
const NAMES: { pattern: RegExp; family: () => AmiFamily }[] = [
  { pattern: /(^|\/)amzn-ami-/, family: () => AmiFamily.AMAZON_LINUX_1 },
  { pattern: /(^|\/)amzn2-ami-(?!ecs-)/, family: () => AmiFamily.amazonLinux({ release: AmazonLinuxRelease.AMAZON_LINUX_2 }) },
  { pattern: /(^|\/)amzn2-ami-ecs-|\/ecs\/optimized-ami\/amazon-linux-2\//, family: () => AmiFamily.ECS_OPTIMIZED_AMAZON_LINUX_2 },
  { pattern: /\/canonical\/ubuntu\/server(-minimal)?\/20\.04\//, family: () => AmiFamily.UBUNTU_20_04 },
];

/** The operating system that the name of an image, or of the parameter of a publisher, says. */
export function familyOfName(name: string): AmiFamily | undefined {
  return AmiFamily.all().find(family => family.variants().some(({ parameterName }) => parameterName === name))
    ?? NAMES.find(({ pattern }) => pattern.test(name))?.family();
}
