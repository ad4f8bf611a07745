// Two images to pin, of which there is an older and a newer one: one that a parameter names, and one that a search finds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idIn, IMAGES } from '../../scripts/regional-aws.mjs';
import { ROOT } from '../../scripts/project.mjs';

const PARAMETER = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64';

export const AMAZON_LINUX = { query: ['--family', 'AMAZON_LINUX_2023_KERNEL_6_1'], older: 'ami-0a20230000000061a', newer: 'ami-03cd84e5bcdbb5761' };
export const UBUNTU = {
  query: ['--name', 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*', '--owner', '099720109477'],
  older: 'ami-0c00000000240403a',
  newer: 'ami-0c00000000002404a',
};
export const ATTACKER = '666666666666';
/** The names of images by their ids in eu-west-3. */
export const NAMES = Object.fromEntries(IMAGES.map(image => [image.ami_id, image.name]));

/** The ids that were expected of a search in eu-west-3: family → architecture → root device → id. */
export const EXPECTED = JSON.parse(readFileSync(join(ROOT, 'test', 'local-aws', 'data', 'expected-images.json'), 'utf8'));

const withdrawn = new Map();

/** Makes the older images the newest of these regions. */
export function withdrawNewer(local, regions) {
  for (const region of regions) {
    local.editImages(region, images => {
      withdrawn.set(region, images);
      return images.filter(image => ![AMAZON_LINUX, UBUNTU].some(({ newer }) => image.ami_id === idIn(region, newer)));
    });
  }
  local.editParameters(values => regions.forEach(region => (values[PARAMETER][region] = idIn(region, AMAZON_LINUX.older))));
}

/** Publishes the newer images again. */
export function publishNewer(local, regions) {
  regions.forEach(region => local.editImages(region, () => withdrawn.get(region)));
  local.editParameters(values => regions.forEach(region => (values[PARAMETER][region] = idIn(region, AMAZON_LINUX.newer))));
}
