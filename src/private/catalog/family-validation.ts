import type { AmiFamilyFacts, AmiFamilyVariant } from '../../ami-family-props';
import { isOwner, OWNER_ALIASES } from '../ec2/image-search';
import { message } from '../language';

/** @throws where a family of the user's own cannot be used */
export function checkFamily({ name, owners, images, endOfSupport }: AmiFamilyFacts & { readonly images: AmiFamilyVariant[] }): void {
  const fail = (problem: string) => { throw new Error(message`AmiFamily.custom(${JSON.stringify(name)}): ${problem}.`); };

  if (!name.trim()) {
    fail('name is empty; write what people call the operating system, such as "Ubuntu 24.04"');
  }
  if (images.length === 0) {
    fail(message`images is empty; give at least one, with a parameterName or an imageName`);
  }
  if (images.some(image => !image.parameterName && !image.imageName)) {
    fail(message`an image has neither a parameterName nor an imageName; give one of the two`);
  }
  const twice = repeated(images.map(each => `${each.architecture} ${each.rootDevice}`));
  if (twice !== undefined) {
    fail(`images has ${twice} twice; give one image for each architecture and root device`);
  }
  const parameter = repeated(images.flatMap(each => each.parameterName ?? []));
  if (parameter !== undefined) {
    fail(`${JSON.stringify(parameter)} is the parameter of two images; give each architecture and root device a parameter of its own`);
  }
  const all = Object.values(owners).flat();
  const wrong = all.find(owner => !isOwner(owner));
  if (wrong !== undefined) {
    fail(`${JSON.stringify(wrong)} is not an owner; write a 12-digit account id such as "099720109477", or one of ${OWNER_ALIASES.join(', ')}`);
  }
  if (all.length === 0 && images.some(image => image.imageName)) {
    fail(message`an imageName needs owners, as anyone can publish an image under a look-alike name; say whose images to search`);
  }
  if (endOfSupport !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(endOfSupport)) {
    fail(message`endOfSupport ${JSON.stringify(endOfSupport)} is not a date; write it as "2029-05-31"`);
  }
}

function repeated(values: string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}
