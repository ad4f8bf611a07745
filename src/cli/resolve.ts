import { Aws, AwsError, ImageSearch } from './aws';
import { Image, isDeprecated, newestFirst } from './image';
import { asPinned } from './lock-changes';
import { familyNamed, variantOf } from './named-family';
import { contradictions, queryOf, QueryOptions, searchFor } from './query';
import { ownersProblem } from '../private/ami/locked-family';
import { isAmiId } from '../private/ec2/ami-id';
import { commandLine } from '../private/lock-file/commands';
import { imageFault } from '../private/lock-file/format';
import type { LockedQuery } from '../private/lock-file/lock-file';
import { shown } from '../private/lock-file/printable';

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

/** The image that a parameter names, which is the newest of whoever writes it. */
export async function imageOfParameter(aws: Aws, region: string, parameterName: string): Promise<Image> {
  const value = await aws.parameter(region, parameterName);
  const isOfAws = parameterName.startsWith('/aws/service/');
  if (value === undefined) {
    throw new Error(`There is no parameter ${parameterName}${isOfAws
      ? ': the publisher has no such image here; leave the region out, or choose another family.' : ' here; leave the region out, or name one that is there.'}`);
  }
  const image = isAmiId(value) ? (await imagesById(aws, region, [value])).get(value) : undefined;
  if (image === undefined) {
    throw new Error(`The parameter ${parameterName} names ${shown(value)}, which is ${isAmiId(value) ? 'not there, or not shared with this account' : 'no id of an image'}; `
      + `${isOfAws ? 'try again later' : 'put the id of an image of this region there'}.`);
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

/** Which of the images is taken, besides what the query says. */
export interface Preference {
  /** The image that is pinned: it stays, however young it is. */
  readonly current?: string;
  /** The image was created before this time. */
  readonly before?: Date;
  /** No other image. */
  readonly imageId?: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The image to pin: the one that the publisher's parameter names, or the newest that a search finds.
 *
 * @throws where there is none, or where it is not what was asked for
 */
export async function resolve(aws: Aws, region: string, query: LockedQuery, now: Date, preference: Preference = {}): Promise<Image> {
  const wrong = ownersProblem(query, region);
  if (wrong !== undefined) {
    throw new Error(`The query ${wrong}; "${commandLine('pin', 'NAME', '--family', query.family!, '--architecture', query.architecture)}" pins it anew.`);
  }
  if (preference.imageId !== undefined) {
    const chosen = (await imagesById(aws, region, [preference.imageId])).get(preference.imageId);
    if (chosen === undefined) {
      throw new Error(`There is no image ${preference.imageId}, or it is not shared with this account.`);
    }
    return verified(chosen, query, now);
  }
  const { skip = [], minAgeDays = 0 } = query;
  const created = ({ creationDate }: Image) => new Date(creationDate).getTime();
  // A date that is none is no reason to wait, and is told later.
  const isTooYoung = (image: Image) => created(image) > now.getTime() - minAgeDays * DAY_MS
    || created(image) >= (preference.before?.getTime() ?? Infinity);
  const isTaken = (image: Image) => !skip.includes(image.imageId) && (image.imageId === preference.current || !isTooYoung(image));
  const variant = query.family === undefined ? undefined : variantOf(familyNamed(query.family), query.architecture, query.rootDevice);
  const imageName = variant?.imageName ?? query.name;
  const parameterName = query.parameter ?? variant?.parameterName;
  if (query.filters !== undefined && imageName === undefined) {
    throw new Error(`Images of ${query.family ?? query.parameter} are named by a parameter and not searched for, so that no filter applies; leave the filters out.`);
  }
  const newest = parameterName === undefined || query.filters ? undefined : await imageOfParameter(aws, region, parameterName);
  if (newest === undefined || !isTaken(newest)) {
    const owners = query.owners.length > 0 ? query.owners : [newest!.owner];
    const images = imageName !== undefined
      ? await foundImages(aws, region, searchFor([imageName], owners, query))
      : [...(await imagesById(aws, region, [preference.current].filter(id => id !== undefined))).values()];
    const image = images.find(isTaken);
    if (image === undefined) {
      throw images.length === 0 && newest === undefined ? noImage(query, imageName!) : waits(newest ?? images[0], imageName);
    }
    return verified(image, { ...query, owners }, now);
  }
  const image = newest;
  // AWS alone writes parameters below /aws/service, and others are chosen by their name: where the owner is not known yet, it is the one of this image.
  return verified(image, query.owners.length > 0 ? query : { ...query, owners: [image.owner] }, now);
}

function waits({ imageId, name, creationDate }: Image, imageName?: string): Error {
  return new Error(`No image is old enough, and not skipped: the newest is ${imageId} (${name}) of ${creationDate}`
    + `${imageName === undefined ? ', and the publisher tells the newest only; choose another with --image' : ''}.`);
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
