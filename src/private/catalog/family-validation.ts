import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { FAMILIES } from './families';
import type { AmiFamilyProps, AmiFamilyVariant } from '../../ami-family-props';
import { isOwner, OWNER_ALIASES } from '../ec2/image-search';

/** Every architecture and root device that there is, with its names. */
export function variantsOf({ images, architectures }: AmiFamilyProps): AmiFamilyVariant[] {
  return images.flatMap(image => Object.entries(architectures)
    .filter(([architecture]) => image.architecture === undefined || image.architecture === architecture)
    .map(([architecture, word]) => ({
      architecture: architecture as ec2.InstanceArchitecture,
      rootDevice: image.rootDevice,
      parameterName: image.parameterName?.replaceAll('{architecture}', word),
      imageName: image.imageName?.replaceAll('{architecture}', word),
    })));
}

/** @throws where a family of the user's own cannot be used */
export function checkProps(props: AmiFamilyProps): void {
  const call = `AmiFamily.custom(${JSON.stringify(props.name)})`;
  const fail = (problem: string) => { throw new Error(`${call}: ${problem}.`); };

  if (!props.name.trim()) {
    fail('name is empty; write what people call the operating system, such as "Ubuntu 24.04"');
  }
  const architectures = Object.keys(props.architectures);
  const known: string[] = Object.values(ec2.InstanceArchitecture);
  const unknown = architectures.find(architecture => !known.includes(architecture));
  if (architectures.length === 0) {
    fail('architectures is empty; write each one and the word for it in names, such as { "x86_64": "amd64" }');
  }
  if (unknown !== undefined) {
    fail(`architectures has ${JSON.stringify(unknown)}; write ${known.join(' or ')} and the word for it in names, such as { "x86_64": "amd64" }`);
  }
  if (props.images.length === 0) {
    fail('images is empty; give at least one, with a parameterName or an imageName');
  }
  if (props.images.some(image => !image.parameterName && !image.imageName)) {
    fail('an image has neither a parameterName nor an imageName; give one of the two');
  }
  const astray = props.images.find(image => image.architecture !== undefined && !architectures.includes(image.architecture));
  if (astray !== undefined) {
    fail(`an image is for ${astray.architecture}, which architectures does not have; add it there`);
  }
  const variants = variantsOf(props);
  const twice = repeated(variants.map(each => `${each.architecture} ${each.rootDevice}`));
  if (twice !== undefined) {
    fail(`images has ${twice} twice; give one image for each architecture and root device`);
  }
  const parameter = repeated(variants.flatMap(each => each.parameterName ?? []));
  if (parameter !== undefined) {
    fail(`${JSON.stringify(parameter)} is the parameter of two images; write {architecture} in it, or give each architecture an image of its own`);
  }
  const owners = Object.values(props.owners).flat();
  const wrong = owners.find(owner => !isOwner(owner));
  if (wrong !== undefined) {
    fail(`${JSON.stringify(wrong)} is not an owner; write a 12-digit account id such as "099720109477", or one of ${OWNER_ALIASES.join(', ')}`);
  }
  if (owners.length === 0 && props.images.some(image => image.imageName)) {
    fail('an imageName needs owners, as anyone can publish an image under a look-alike name; say whose images to search');
  }
  if (props.endOfSupport !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(props.endOfSupport)) {
    fail(`endOfSupport ${JSON.stringify(props.endOfSupport)} is not a date; write it as "2029-05-31"`);
  }
  if (props.successor !== undefined && !Object.keys(FAMILIES).includes(props.successor)) {
    fail(`successor ${JSON.stringify(props.successor)} is not a constant of AmiFamily; write one such as "AMAZON_LINUX_2023"`);
  }
}

function repeated(values: string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}
