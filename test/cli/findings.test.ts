import { findingsOfCached, findingsOfPin } from '../../src/cli/findings';
import type { Image } from '../../src/cli/image';
import type { Pin } from '../../src/cli/lock-changes';

const NOW = new Date('2026-11-22T00:00:00.000Z');
const NOBLE = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260916';
const PIN: Pin = {
  file: 'ami.lock.json',
  name: 'web',
  region: 'eu-west-3',
  query: { family: 'UBUNTU_24_04', owners: ['099720109477'], architecture: 'x86_64', rootDevice: 'ebs' },
  image: { imageId: 'ami-00000001', name: NOBLE, owner: '099720109477', creationDate: '2026-09-16T08:00:00.000Z' },
};
const IMAGE = { ...PIN.image, architecture: 'x86_64', rootDevice: 'ebs', state: 'available', isPublic: true } as Image;

describe('a pinned image', () => {
  const problemsOf = (image?: Image) => findingsOfPin(PIN, image, NOW, 30).map(({ problem }) => problem);

  test.each([
    ['as it was', {}],
    ['deprecated in 31 days', { deprecationTime: '2026-12-23T00:00:00.000Z' }],
  ])('%s is fine', (_, changes) => {
    expect(problemsOf({ ...IMAGE, ...changes })).toEqual([]);
  });

  test.each([
    ['of another owner', { owner: '666666666666' }, ['belongs to 666666666666, not to 099720109477']],
    ['of another architecture', { architecture: 'arm64' }, ['is arm64, not x86_64']],
    ['of another root device', { rootDevice: 'instance-store' }, ['has an instance-store root device, not an ebs one']],
    ['of another name', { name: 'jammy' }, ['is called "jammy"']],
    ['that is not public', { isPublic: false }, ['is not public, as the images of UBUNTU_24_04 are']],
    ['that is disabled', { state: 'disabled' }, ['is disabled, not available']],
    ['that is deprecated', { deprecationTime: '2026-11-21T00:00:00.000Z' }, ['is deprecated since 2026-11-21']],
    ['deprecated in 30 days', { deprecationTime: '2026-12-22T00:00:00.000Z' }, ['will be deprecated on 2026-12-22']],
  ])('%s is found', (_, changes, problems) => {
    expect(problemsOf({ ...IMAGE, ...changes })).toEqual(problems);
  });

  test('that is gone is found, with the command that moves it', () => {
    const [{ problem, fix }] = findingsOfPin({ ...PIN, file: 'infra/ami.lock.json' }, undefined, NOW, 30);
    expect(problem).toMatch(/^is gone/);
    expect(fix).toBe('npx --package cdk-workshop-instance cdk-ami update web --region eu-west-3 --file infra/ami.lock.json');
  });
});

describe('what the file says of an image is compared with EC2, and with what was searched for:', () => {
  const AL2023 = { imageId: 'ami-00000001', name: 'al2023-ami-2023.12.20260930.0-kernel-6.1-x86_64', creationDate: '2026-09-16T08:00:00.000Z' };
  const QUERY = { family: 'AMAZON_LINUX_2023', owners: ['amazon'], architecture: 'x86_64', rootDevice: 'ebs' } as const;
  const JAMMY = 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20260916';

  test.each([
    ['an alias that is only typed in', { query: QUERY, image: { ...AL2023, owner: '666666666666', ownerAlias: 'amazon' } }, {},
      { ownerAlias: undefined }, ['belongs to the alias none, not amazon']],
    ['a date that is only typed in', PIN, {}, { creationDate: '2026-09-17T08:00:00.000Z' }, ['was created at 2026-09-17T08:00:00.000Z, not 2026-09-16T08:00:00.000Z']],
    ['a root device name', PIN, { rootDeviceName: '/dev/xvda' }, { rootDeviceName: '/dev/sda1' }, ['has the root device name /dev/sda1, not /dev/xvda']],
    ['an image of another family', PIN, { name: JAMMY }, {}, [`is "${JAMMY}", an image of AmiFamily.UBUNTU_22_04 and not of AmiFamily.UBUNTU_24_04`]],
    ['an image of no family', PIN, { name: 'noble' }, {},
      ['is called "noble", and images of UBUNTU_24_04 are called "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*"']],
  ])('%s', (_, pin, image, actual, problems) => {
    const pinned: Pin = { ...PIN, ...pin, image: { ...pin.image, ...image } };
    const found = { ...IMAGE, ...pinned.image, ...actual };
    expect(findingsOfPin(pinned, found, NOW, 30).map(({ problem }) => problem)).toEqual(problems);
  });

  test('a query that takes images of a stranger, which is pinned anew', () => {
    const query = { ...PIN.query, owners: ['666666666666'] };
    const image = { ...PIN.image, owner: '666666666666' };
    expect(findingsOfPin({ ...PIN, query, image }, { ...IMAGE, ...image }, NOW, 30).map(({ problem, fix }) => [problem, fix])).toEqual([[
      'is found by a query that takes images of 666666666666, and those of AmiFamily.UBUNTU_24_04 are of Canonical (099720109477)',
      'npx --package cdk-workshop-instance cdk-ami pin web --family UBUNTU_24_04 --architecture x86_64 --region eu-west-3',
    ]]);
  });
});

describe('an image of cdk.context.json', () => {
  const CACHED = { key: 'ami:a=b', account: '123456789012', region: 'eu-west-3', imageId: 'ami-00000001' };

  test.each([
    ['looked up with an owner', { names: ['noble'], owners: ['099720109477'] }],
    ['of a parameter', undefined],
  ])('%s is fine', (_, search) => {
    expect(findingsOfCached({ ...CACHED, search }, 'cdk.context.json', IMAGE)).toEqual([]);
  });

  test('looked up without an owner is found, with who owns it', () => {
    const [{ problem, fix }] = findingsOfCached({ ...CACHED, search: { names: ['noble*'], owners: [] } }, 'cdk.context.json', IMAGE);
    expect(problem).toMatch(/^of 099720109477 was looked up without an owner, and anyone can publish a newer image called "noble\*"; name the owners/);
    expect(fix).toBe('npx aws-cdk@2 context --reset ami:a=b');
  });

  test('that is gone is found', () => {
    expect(findingsOfCached(CACHED, 'cdk.context.json', undefined).map(({ problem }) => problem)).toEqual([
      'is gone: it was deregistered, or is not shared with this account any more (the app deploys to 123456789012)',
    ]);
  });
});
