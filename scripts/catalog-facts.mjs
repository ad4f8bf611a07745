// What must hold of the images of the library's catalog, measured against moto's data of AWS.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const AMAZON_LINUX = '/aws/service/ami-amazon-linux-latest/';
const AMAZON_ECS = '/aws/service/ecs/optimized-ami/';
const WINDOWS = 'Windows_Server-';

// Parameters that are not in all regions: Amazon Linux 1 is older than some, and moto's data of me-south-1 is older than kernel 6.18.
const MISSING = [
  [/\/amzn-ami-.*-(gp2|ebs)$/, ['ap-southeast-5', 'ca-west-1']],
  [/\/amzn-ami-.*-s3$/, [
    'ap-south-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ca-west-1', 'eu-central-2', 'eu-south-2', 'il-central-1', 'me-central-1',
  ]],
  [/-kernel-6\.18-/, ['me-south-1']],
];

// Images that moto's data leaves out.
const NOT_DESCRIBED = /\/amzn-ami-(.*-s3|minimal-.*)$/;

/** Every image of the catalog whose parameter moto has, as `{ family, architecture, rootDevice, parameterName, imageName }`. */
export function knownVariants(families) {
  return families
    .flatMap(family => family.variants().map(variant => ({ family, ...variant })))
    .filter(({ parameterName }) => parameterName?.startsWith(AMAZON_LINUX) || parameterName?.startsWith(AMAZON_ECS));
}

/** What is wrong with the parameters and the images of these variants in a region, and how much of both was compared. */
export function compareRegion(moto, variants, region) {
  const [parameters, images] = [moto.parameters(region), moto.images(region)];
  const result = { wrong: [], parameters: 0, images: 0, notDescribed: 0 };
  for (const variant of variants) {
    const { parameterName } = variant;
    const say = problem => result.wrong.push(`${nameOf(variant)}, ${region}: ${problem}.`);
    const imageId = parameters.get(parameterName);
    result.parameters += 1;
    if (isMissing(parameterName, region) !== (imageId === undefined)) {
      say(imageId === undefined ? `there is no parameter ${parameterName}` : `there is a parameter ${parameterName} now`);
    }
    if (imageId === undefined) {
      continue;
    }
    const image = images.get(imageId);
    if (image !== undefined) {
      result.images += 1;
      differences(variant, image).forEach(say);
      const problem = problemIfLocked(variant.family, region, image);
      if (problem !== undefined) {
        say(`${image.name}, pinned, would be refused as it ${problem}`);
      }
    } else if (NOT_DESCRIBED.test(parameterName)) {
      result.notDescribed += 1;
    } else {
      say(`${parameterName} is ${imageId}, which is not described`);
    }
  }
  return result;
}

/** How an image differs from what the catalog says of it. */
export function differences({ family, architecture, rootDevice, imageName }, image) {
  const owners = family.owners('aws');
  return [
    image.architecture !== architecture && `${image.name} is for ${image.architecture}`,
    image.root_device_type !== rootDevice && `${image.name} boots from ${image.root_device_type}`,
    image.root_device_name !== family.rootDeviceName && family.rootDeviceName !== undefined
      && `${image.name} boots from ${image.root_device_name}, not from ${family.rootDeviceName}`,
    !owners.includes('amazon') && !owners.includes(image.owner_id) && `${image.name} is of ${image.owner_id}, not of ${owners.join(' or ')}`,
    imageName !== undefined && !matches(imageName, image.name) && `${image.name} is not found by ${imageName}`,
  ].filter(Boolean);
}

/** What is wrong with the Windows families, of which moto has old images only, and no parameters. */
export function compareWindows(moto, families) {
  const images = moto.samples().filter(image => image.name.startsWith(WINDOWS) && image.architecture === 'x86_64');
  const variants = families
    .flatMap(family => family.variants().map(variant => ({ family, ...variant })))
    .filter(({ imageName }) => imageName?.startsWith(WINDOWS))
    .map(variant => ({ ...variant, imageName: `${WINDOWS}*` }));
  return {
    wrong: variants.flatMap(variant => images.flatMap(image => differences(variant, image).map(problem => `${nameOf(variant)}: ${problem}.`))),
    families: variants.length,
    images: images.length,
  };
}

function nameOf({ family, architecture, rootDevice }) {
  return `${family.id} ${architecture} ${rootDevice}`;
}

function isMissing(parameterName, region) {
  return MISSING.some(([pattern, regions]) => pattern.test(parameterName) && regions.includes(region));
}

/** What synth says of an image that is pinned in a region. */
function problemIfLocked({ id }, region, { name, owner_id: owner }) {
  return require('../lib/private/ami/locked-family.js').imageProblem({ family: id }, region, { name, owner, ownerAlias: 'amazon' });
}

/** Whether EC2 finds a name by this pattern. `npm run facts` builds the library after it loaded this file. */
export function matches(pattern, name) {
  return require('../lib/private/ec2/wildcards.js').matchesWildcards(pattern, name);
}
