import { Image } from '../../src/cli/image';
import { checkQueryOptions, contradictions, queryOf, searchFor } from '../../src/cli/query';
import type { LockedQuery } from '../../src/private/lock-file/lock-file';

describe('options', () => {
  test.each([
    [{ family: 'UBUNTU_24_04', name: 'ubuntu*' }, '--family and --name exclude each other'],
    [{ family: 'UBUNTU_24_04', owner: ['self'] }, '--owner goes with --name'],
    [{ name: 'ubuntu*', owner: ['self'], parameter: '/x' }, '--name and --parameter exclude each other'],
    [{ parameter: '/x', owner: ['self'] }, '--owner goes with --name: a parameter names one image'],
    [{ parameter: '/x', tag: { 'tag:Stage': ['prod'] } }, '--filter and --tag do not go with --parameter'],
    [{ owner: ['self'] }, '--owner needs --name'],
    [{ name: 'ubuntu*' }, '--name "ubuntu*": --owner is missing, and anyone can publish a newer image under this name'],
    [{ name: '*', owner: ['self'] }, '--name "*": a name made of wildcards only matches every image of the owners'],
    [{ name: 'ubuntu*', owner: ['canonical'] }, '--name "ubuntu*": "canonical" is not an owner'],
  ])('fails for %j', (options, message) => {
    expect(() => checkQueryOptions(options)).toThrow(message);
  });

  test.each([{}, { family: 'UBUNTU_24_04' }, { parameter: '/x' }, { name: 'ubuntu*', owner: ['self', '099720109477'] }])('%j go together', options => {
    expect(() => checkQueryOptions(options)).not.toThrow();
  });
});

describe('the query of an entry', () => {
  test.each([
    ['a family', { family: 'debian 13' }, { family: 'DEBIAN_13', owners: ['136693071363'], architecture: 'x86_64', rootDevice: 'ebs' }],
    ['a name and a tag', { name: 'web-*', owner: ['self'], filter: { 'boot-mode': ['uefi'] }, tag: { 'tag:Stage': ['prod'] } },
      { name: 'web-*', owners: ['self'], architecture: 'x86_64', rootDevice: 'ebs', filters: { 'boot-mode': ['uefi'], 'tag:Stage': ['prod'] } }],
    ['a name', { name: 'web-*', owner: ['self'] }, { name: 'web-*', owners: ['self'], architecture: 'x86_64', rootDevice: 'ebs' }],
    ['a name that says an architecture', { name: 'web-arm64-*', owner: ['self'] }, { name: 'web-arm64-*', owners: ['self'], architecture: 'arm64', rootDevice: 'ebs' }],
    ['an instance store', { family: 'AMAZON_LINUX_1', rootDevice: 'instance-store' as const },
      { family: 'AMAZON_LINUX_1', owners: ['amazon'], architecture: 'x86_64', rootDevice: 'instance-store' }],
    ['a family whose owner is not known, with a parameter', { family: 'FREEBSD_15' },
      { family: 'FREEBSD_15', owners: [], architecture: 'x86_64', rootDevice: 'ebs' }],
  ])('of %s', (_, options, query) => {
    expect(queryOf(options, 'eu-west-3')).toEqual(query);
  });

  test('has the owners of the partition', () => {
    expect(queryOf({ family: 'UBUNTU_24_04' }, 'cn-north-1').owners).toEqual(['837727238323']);
  });

  test.each([
    ['an architecture that the family does not have', { family: 'AMAZON_LINUX_1', architecture: 'arm64' as const }, 'eu-west-3', 'it has x86_64 ebs, x86_64 instance-store.'],
    ['an architecture that the name denies', { name: 'web-arm64', owner: ['self'], architecture: 'x86_64' as const }, 'eu-west-3', 'but the name says arm64'],
    ['a partition in which nobody knows the owner', { family: 'FEDORA_44' }, 'cn-north-1', 'The account that Fedora publishes FEDORA_44 from in the partition aws-cn is not known'],
  ])('fails for %s', (_, options, region, message) => {
    expect(() => queryOf(options, region)).toThrow(message);
  });
});

test('a search asks for images that can be launched, and leaves out what is open', () => {
  const filters = { 'name': ['web-*'], 'virtualization-type': ['hvm'], 'image-type': ['machine'], 'state': ['available'] };
  expect(searchFor(['web-*'], ['self'], {})).toEqual({ owners: ['self'], filters });
  expect(searchFor(['web-*'], ['self'], { architecture: 'arm64', rootDevice: 'ebs' }).filters)
    .toEqual({ ...filters, 'architecture': ['arm64'], 'root-device-type': ['ebs'] });
});

describe('macOS', () => {
  const mac = {
    imageId: 'ami-1',
    name: 'amzn-ec2-macos-26.1-20260915-180011-arm64',
    owner: '628277914472',
    ownerAlias: 'amazon',
    architecture: 'arm64_mac',
    rootDevice: 'ebs',
    state: 'available',
  } as Image;

  test.each([
    ['a family', { family: 'MACOS_TAHOE' }],
    ['a name', { name: 'amzn-ec2-macos-26.*', owner: ['amazon'], architecture: 'arm64' as const }],
    ['a parameter', { parameter: '/aws/service/ec2-macos/tahoe/arm64_mac/latest/image_id', architecture: 'arm64' as const }],
  ])('has the architecture of EC2 for %s', (_, options) => {
    const query = { ...queryOf(options, 'eu-west-3'), owners: ['amazon'] };
    expect(query.architecture).toBe('arm64');
    expect(contradictions(mac, query, new Date())).toEqual([]);
    expect(contradictions({ ...mac, architecture: 'arm64' }, query, new Date())).toEqual(['is arm64, not arm64_mac']);
  });

  test('is searched for by it', () => {
    expect(searchFor(['amzn-ec2-macos-26.*'], ['amazon'], { architecture: 'arm64' }).filters.architecture).toEqual(['arm64_mac']);
  });

  test('is not what another family takes', () => {
    const query = queryOf({ family: 'AMAZON_LINUX_2023', architecture: 'arm64' as const }, 'eu-west-3');
    expect(contradictions(mac, query, new Date())).toEqual(['is arm64_mac, not arm64']);
  });
});

describe('an image', () => {
  const NOW = new Date('2026-11-22T00:00:00.000Z');
  const QUERY: LockedQuery = { name: 'web-*', owners: ['amazon'], architecture: 'x86_64', rootDevice: 'ebs' };
  const IMAGE = {
    imageId: 'ami-00000001', name: 'web-1', owner: '137112412989', ownerAlias: 'amazon', architecture: 'x86_64', rootDevice: 'ebs', state: 'available',
  } as Image;

  test.each([
    ['the alias of its owner', {}, {}],
    ['the account of its owner', { ownerAlias: undefined }, { owners: ['137112412989'] }],
    ['a family, whose names move on', { name: 'other' }, { name: undefined, family: 'UBUNTU_24_04' }],
    ['a later deprecation', { deprecationTime: '2026-11-22T00:00:01.000Z' }, {}],
  ])('fits with %s', (_, image, query) => {
    expect(contradictions({ ...IMAGE, ...image }, { ...QUERY, ...query }, NOW)).toEqual([]);
  });

  test.each([
    [{ owner: '666666666666', ownerAlias: undefined }, 'belongs to 666666666666, not to amazon'],
    [{ architecture: 'arm64' }, 'is arm64, not x86_64'],
    [{ rootDevice: 'instance-store' }, 'has an instance-store root device, not an ebs one'],
    [{ name: 'other' }, 'is called "other"'],
    [{ state: 'disabled' }, 'is disabled, not available'],
    [{ deprecationTime: '2026-11-22T00:00:00.000Z' }, 'is deprecated since 2026-11-22'],
  ])('does not fit with %j', (image, problem) => {
    expect(contradictions({ ...IMAGE, ...image }, QUERY, NOW)).toEqual([problem]);
  });
});
