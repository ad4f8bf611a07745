import { Aws, AwsError, ImageSearch } from './aws';
import { Image, isDeprecated, newestFirst } from './image';
import { asPinned } from './lock-changes';
import { familyNamed, variantOf } from './named-family';
import { contradictions, queryOf, QueryOptions, searchFor } from './query';
import { ownersProblem } from '../private/ami/locked-family';
import { commandLine } from '../private/lock-file/commands';
import { imageFault } from '../private/lock-file/format';
import type { LockedQuery } from '../private/lock-file/lock-file';

// EC2 takes so many values in one filter.
const VALUES_IN_FILTER = 200;

/** Those images that are there, also deprecated ones. */
export async function imagesById(aws: Aws, region: string, imageIds: string[]): Promise<Map<string, Image>> {
  const found = new Map<string, Image>();
  for (let i = 0; i < imageIds.length; i += VALUES_IN_FILTER) {
    // As a filter, because a request for ids fails for all where one is gone.
    const images = await aws.images(region, { filters: { 'image-id': imageIds.slice(i, i + VALUES_IN_FILTER) }, includeDeprecated: true });
    images.forEach(image => found.set(image.imageId, image));
  }
  return found;
}

/** The image that a parameter names, which is the publisher's newest. */
export async function imageOfParameter(aws: Aws, region: string, parameterName: string): Promise<Image> {
  const imageId = await aws.parameter(region, parameterName);
  if (imageId === undefined) {
    throw new Error(`There is no parameter ${parameterName}: the publisher has no such image here; leave the region out, or choose another family.`);
  }
  const image = (await imagesById(aws, region, [imageId])).get(imageId);
  if (image === undefined) {
    throw new Error(`The parameter ${parameterName} names ${imageId}, which is not there; try again later.`);
  }
  return image;
}

/** The images that a search finds, newest first. */
export async function foundImages(aws: Aws, region: string, search: ImageSearch): Promise<Image[]> {
  const images = newestFirst(await aws.images(region, search));
  const now = new Date();
  // EC2 hides deprecated images of others only.
  return search.includeDeprecated ? images : images.filter(image => !isDeprecated(image, now));
}

/**
 * The account that `self` is, which EC2 tells with each of its images.
 *
 * @throws where it has no image of this name in any of the regions
 */
export async function ownAccount(aws: Aws, regions: string[], options: QueryOptions): Promise<string> {
  if (options.owner!.length > 1) {
    throw new Error('--owner self stands alone where an image is pinned; name the id of your account beside other owners.');
  }
  let failure: AwsError | undefined;
  for (const region of regions) {
    const query = queryOf(options, region);
    const [image] = await foundImages(aws, region, searchFor([query.name!], query.owners, query)).catch(error => {
      failure ??= error;
      return [];
    });
    if (image !== undefined) {
      return image.owner;
    }
  }
  throw failure ?? new Error(`${regions.join(', ')}: ${noImage(queryOf(options, regions[0]), options.name!).message}`);
}

/**
 * The image to pin: the one that the publisher's parameter names, or the newest that a search finds.
 *
 * @throws where there is none, or where it is not what was asked for
 */
export async function resolve(aws: Aws, region: string, query: LockedQuery, now: Date): Promise<Image> {
  const wrong = ownersProblem(query, region);
  if (wrong !== undefined) {
    throw new Error(`The query ${wrong}; "${commandLine('pin', 'NAME', '--family', query.family!, '--architecture', query.architecture)}" pins it anew.`);
  }
  const variant = query.family === undefined ? undefined : variantOf(familyNamed(query.family), query.architecture, query.rootDevice);
  if (variant?.parameterName === undefined) {
    const imageName = variant?.imageName ?? query.name!;
    const [image] = await foundImages(aws, region, searchFor([imageName], query.owners, query));
    if (image === undefined) {
      throw noImage(query, imageName);
    }
    return verified(image, query, now);
  }
  const image = await imageOfParameter(aws, region, variant.parameterName);
  // AWS alone writes parameters below /aws/service: where the catalog does not know the owner, it is the one of this image.
  return verified(image, query.owners.length > 0 ? query : { ...query, owners: [image.owner] }, now);
}

function noImage({ architecture, rootDevice, owners }: LockedQuery, name: string): Error {
  return new Error(`No ${architecture} image on ${rootDevice} of ${owners.join(' or ')} is called ${name}, or all are deprecated; `
    + `"${commandLine('search', '--include-deprecated')}" shows those too.`);
}

function verified(image: Image, query: LockedQuery, now: Date): Image {
  const fault = imageFault(asPinned(image));
  if (fault !== undefined) {
    throw new Error(`AWS answered with an image that ${fault}; run the command again, and check what stands between this machine and AWS.`);
  }
  const [wrong] = contradictions(image, query, now);
  if (wrong !== undefined) {
    throw new Error(`The newest image is ${image.imageId} (${image.name}), which ${wrong}; choose another one, that "${commandLine('search')}" shows.`);
  }
  return image;
}
