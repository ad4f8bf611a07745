import { findingsOfCached, findingsOfPin } from '../../src/cli/findings';
import type { Image } from '../../src/cli/image';
import type { Pin } from '../../src/cli/lock-changes';

const NOW = new Date('2026-11-22T00:00:00.000Z');
const PIN: Pin = {
  name: 'web',
  region: 'eu-west-3',
  query: { family: 'UBUNTU_24_04', owners: ['099720109477'], architecture: 'x86_64', rootDevice: 'ebs' },
  image: { imageId: 'ami-00000001', name: 'noble', owner: '099720109477', creationDate: '2026-09-16T08:00:00.000Z' },
};
const IMAGE = { ...PIN.image, architecture: 'x86_64', rootDevice: 'ebs', state: 'available' } as Image;

describe('a pinned image', () => {
  const problemsOf = (image?: Image) => findingsOfPin(PIN, 'ami.lock.json', image, NOW, 30).map(({ problem }) => problem);

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
    ['that is disabled', { state: 'disabled' }, ['is disabled, not available']],
    ['that is deprecated', { deprecationTime: '2026-11-21T00:00:00.000Z' }, ['is deprecated since 2026-11-21']],
    ['deprecated in 30 days', { deprecationTime: '2026-12-22T00:00:00.000Z' }, ['will be deprecated on 2026-12-22']],
  ])('%s is found', (_, changes, problems) => {
    expect(problemsOf({ ...IMAGE, ...changes })).toEqual(problems);
  });

  test('that is gone is found, with the command that moves it', () => {
    const [{ problem, fix }] = findingsOfPin(PIN, 'infra/ami.lock.json', undefined, NOW, 30);
    expect(problem).toMatch(/^is gone/);
    expect(fix).toBe('npx --package cdk-workshop-instance cdk-ami update web --region eu-west-3 --file infra/ami.lock.json');
  });
});

describe('an image of cdk.context.json', () => {
  const CACHED = { key: 'ami:a=b', account: '123456789012', region: 'eu-west-3', imageId: 'ami-00000001' };

  test.each([
    ['looked up with an owner', { names: ['noble'], isOpen: false }],
    ['of a parameter', undefined],
  ])('%s is fine', (_, search) => {
    expect(findingsOfCached({ ...CACHED, search }, 'cdk.context.json', IMAGE)).toEqual([]);
  });

  test('looked up without an owner is found, with who owns it', () => {
    const [{ problem, fix }] = findingsOfCached({ ...CACHED, search: { names: ['noble*'], isOpen: true } }, 'cdk.context.json', IMAGE);
    expect(problem).toMatch(/^of 099720109477 was looked up without an owner, and anyone can publish a newer image called "noble\*"; name the owners/);
    expect(fix).toBe('npx aws-cdk@2 context --reset ami:a=b');
  });

  test('that is gone is found', () => {
    expect(findingsOfCached(CACHED, 'cdk.context.json', undefined).map(({ problem }) => problem)).toEqual([
      'is gone: it was deregistered, or is not shared with this account any more (the app deploys to 123456789012)',
    ]);
  });
});
