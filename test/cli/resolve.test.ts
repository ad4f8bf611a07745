import type { Aws } from '../../src/cli/aws';
import type { Image } from '../../src/cli/image';
import { resolve } from '../../src/cli/resolve';

const NOW = new Date('2026-11-22T00:00:00.000Z');
const NOBLE = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260916';
const IMAGE = {
  imageId: 'ami-00000001',
  name: NOBLE,
  owner: '099720109477',
  creationDate: '2026-09-16T08:00:00.000Z',
  architecture: 'x86_64',
  rootDevice: 'ebs',
  rootDeviceName: '/dev/sda1',
  state: 'available',
} as Image;
const KIND = { owners: ['099720109477'], architecture: 'x86_64', rootDevice: 'ebs' } as const;

/** An AWS that answers each question with this image, whatever was asked for. */
const answering = (image: Image) => ({ images: async () => [image], parameter: async () => image.imageId } as Partial<Aws> as Aws);

describe.each([
  ['the image of a parameter', { ...KIND, family: 'UBUNTU_24_04' }],
  ['the image that a search finds', { ...KIND, name: 'ubuntu/images/*-noble-24.04-amd64-server-*' }],
])('%s', (_, query) => {
  const resolved = (changes: Partial<Image>) => resolve(answering({ ...IMAGE, ...changes }), 'eu-west-3', query, NOW);

  test('is pinned where it is what was asked for', async () => {
    expect(await resolved({})).toEqual(IMAGE);
  });

  test.each([
    ['of another owner', { owner: '666666666666' }, 'belongs to 666666666666'],
    ['of another architecture', { architecture: 'arm64' }, 'is arm64, not x86_64'],
    ['of another root device', { rootDevice: 'instance-store' }, 'has an instance-store root device'],
    ['that is not there yet', { state: 'pending' }, 'is pending, not available'],
  ])('%s is refused', async (__, changes, problem) => {
    await expect(resolved(changes)).rejects.toThrow(`The newest image is ami-00000001 (${NOBLE}), which ${problem}`);
  });

  test('whose id is none is refused', async () => {
    await expect(resolved({ imageId: 'ami-1' })).rejects.toThrow(/AWS answered with an image that |names "ami-1", which is no id of an image/);
  });
});
