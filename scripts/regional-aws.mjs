// A local AWS in 30 regions, in which an image has an id of its own in each region, as on AWS; those of eu-west-3 are as in test/local-aws/data.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGION, startLocalAws } from './local-aws.mjs';
import { ROOT } from './project.mjs';
import { temporaryFolder } from './temporary.mjs';

const DATA = join(ROOT, 'test', 'local-aws', 'data');
const AMAZON_LINUX = '137112412989';

/** The accounts of Amazon Linux in the regions that are opted into, from moto's data of AWS. */
const AMAZON_LINUX_IN = {
  'af-south-1': '210953353124',
  'ap-east-1': '910595266909',
  'ap-south-2': '140264529686',
  'ap-southeast-3': '785737495101',
  'ap-southeast-4': '212415852945',
  'ap-southeast-5': '860882034098',
  'ca-west-1': '499701242899',
  'eu-central-2': '084269151793',
  'eu-south-1': '071630900071',
  'eu-south-2': '061882349855',
  'il-central-1': '659248058490',
  'me-central-1': '541802698383',
  'me-south-1': '656109587541',
};

const read = path => JSON.parse(readFileSync(path, 'utf8'));
const write = (path, value) => writeFileSync(path, JSON.stringify(value));

/** The images as they are in eu-west-3. */
export const IMAGES = readdirSync(join(DATA, 'images')).flatMap(file => read(join(DATA, 'images', file)));
const PARAMETERS = read(join(DATA, 'parameters.json'));

/** The enabled regions. */
export const REGIONS = [...new Set(Object.values(PARAMETERS).flatMap(value => typeof value === 'string' || value.versions ? [] : Object.keys(value)))].sort();

/** The id that the image of this id in eu-west-3 has in a region. */
export function idIn(region, id) {
  return region === REGION ? id : `ami-${createHash('sha256').update(`${region} ${id}`).digest('hex').slice(0, 17)}`;
}

/** Starts it with these regions filled. What it serves changes with `editImages` and `editParameters`. */
export async function startRegionalAws(venv, regions = REGIONS) {
  const directory = temporaryFolder('regions');
  const images = join(directory, 'images');
  const parameters = join(directory, 'parameters.json');
  const imagesOf = region => join(images, `${region}.json`);
  mkdirSync(images);
  regions.forEach(region => write(imagesOf(region), regionalImages(region)));
  write(parameters, regionalParameters(regions));
  const local = await startLocalAws(venv, { images, parameters });
  return {
    ...local,
    /** Replaces the images of a region by what `edit` makes of them. */
    editImages: (region, edit) => write(imagesOf(region), edit(read(imagesOf(region)))),
    /** Changes the parameters, name → region → value, in place. */
    editParameters: edit => {
      const values = read(parameters);
      edit(values);
      write(parameters, values);
    },
  };
}

function regionalImages(region) {
  return IMAGES.filter(image => image.regions?.includes(region) ?? true).map(image => ({
    ...image,
    ami_id: idIn(region, image.ami_id),
    owner_alias: image.owner_id === AMAZON_LINUX ? 'amazon' : image.owner_alias,
    owner_id: image.owner_id === AMAZON_LINUX ? AMAZON_LINUX_IN[region] ?? AMAZON_LINUX : image.owner_id,
    regions: [region],
  }));
}

function regionalParameters(regions) {
  return Object.fromEntries(Object.entries(PARAMETERS).map(([name, value]) => [name, Object.fromEntries(
    regions.filter(region => valueIn(region, value) !== undefined).map(region => [region, regionalValue(region, valueIn(region, value))]),
  )]));
}

function valueIn(region, value) {
  return typeof value === 'string' || value.versions ? value : value[region];
}

function regionalValue(region, value) {
  return typeof value === 'string'
    ? idIn(region, value)
    : { versions: Object.fromEntries(Object.entries(value.versions).map(([version, id]) => [version, idIn(region, id)])) };
}
