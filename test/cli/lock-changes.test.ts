import { changeOf, EMPTY_LOCK, pinsIn, withMoved, withPinned } from '../../src/cli/lock-changes';
import type { LockedImage, LockedQuery } from '../../src/private/lock-file/lock-file';

const QUERY: LockedQuery = { family: 'UBUNTU_24_04', owners: ['099720109477'], architecture: 'x86_64', rootDevice: 'ebs' };
const ARM: LockedQuery = { ...QUERY, architecture: 'arm64' };

function image(digit: number): LockedImage {
  return { imageId: `ami-0000000${digit}`, name: `image ${digit}`, owner: '099720109477', creationDate: '2026-09-16T08:00:00.000Z' };
}

function pinned(query: LockedQuery, regions: Record<string, LockedImage>) {
  return { version: 1 as const, images: { web: { query, regions } } };
}

describe('pinning', () => {
  test('adds an entry beside others', () => {
    const lock = withPinned(pinned(QUERY, { 'eu-west-3': image(1) }), 'constructor', undefined, { query: ARM, regions: { 'eu-west-1': image(2) } });
    expect(lock.images).toEqual({
      web: { query: QUERY, regions: { 'eu-west-3': image(1) } },
      constructor: { query: ARM, regions: { 'eu-west-1': image(2) } },
    });
  });

  test('adds regions to an entry, and leaves those that it has', () => {
    const before = pinned(QUERY, { 'eu-west-3': image(1) });
    const lock = withPinned(before, 'web', before.images.web, { query: QUERY, regions: { 'eu-west-3': image(2), 'eu-west-1': image(2) } });
    expect(lock).toEqual(pinned(QUERY, { 'eu-west-3': image(1), 'eu-west-1': image(2) }));
  });

  test('adds to what another command has pinned meanwhile', () => {
    const lock = withPinned(pinned(QUERY, { 'eu-west-3': image(1) }), 'web', undefined, { query: QUERY, regions: { 'eu-west-1': image(2) } });
    expect(lock).toEqual(pinned(QUERY, { 'eu-west-3': image(1), 'eu-west-1': image(2) }));
  });

  test('replaces an entry with another query', () => {
    const before = pinned(QUERY, { 'eu-west-3': image(1) });
    const lock = withPinned(before, 'web', before.images.web, { query: ARM, regions: { 'eu-west-3': image(2) } });
    expect(lock).toEqual(pinned(ARM, { 'eu-west-3': image(2) }));
  });

  test.each([
    ['pins the name with another query', undefined, pinned(QUERY, {})],
    ['changes the query', pinned({ ...QUERY, family: 'UBUNTU_22_04' }, {}), pinned(QUERY, {})],
    ['adds a region to what is replaced', pinned(QUERY, {}), pinned(QUERY, { 'eu-west-1': image(1) })],
  ])('fails where another command meanwhile %s', (_, before, now) => {
    expect(() => withPinned(now, 'web', before?.images.web, { query: ARM, regions: { 'eu-west-3': image(2) } }))
      .toThrow('web was changed by another command meanwhile, and stays as that one left it; run this one again.');
  });
});

describe('what is pinned', () => {
  const LOCK = {
    version: 1 as const,
    images: { web: { query: QUERY, regions: { 'eu-west-3': image(1), 'eu-west-1': image(2) } }, batch: { query: ARM, regions: { 'eu-west-3': image(3) } } },
  };
  const idsOf = (names: string[], regions?: string[]) => pinsIn([{ file: 'ami.lock.json', lock: LOCK }], names, regions).map(pin => `${pin.name} ${pin.region} ${pin.image.imageId}`);

  test.each([
    ['everywhere', [], undefined, ['web eu-west-3 ami-00000001', 'web eu-west-1 ami-00000002', 'batch eu-west-3 ami-00000003']],
    ['under a name', ['batch'], undefined, ['batch eu-west-3 ami-00000003']],
    ['in a region', [], ['eu-west-1'], ['web eu-west-1 ami-00000002']],
  ])('%s', (_, names, regions, ids) => {
    expect(idsOf(names, regions)).toEqual(ids);
  });

  test.each([
    ['a name that is not there', ['bath'], undefined, 'ami.lock.json has no "bath" (did you mean batch?); it has web, batch.'],
    ['a region that is not there', ['web'], ['us-east-1'], 'ami.lock.json has no web in us-east-1; "npx --package cdk-workshop-instance cdk-ami pin web --region us-east-1" adds one.'],
  ])('fails for %s', (_, names, regions, message) => {
    expect(() => idsOf(names, regions)).toThrow(message);
  });
});

test('a region that is not there fails with the command for this file', () => {
  expect(() => pinsIn([{ file: 'infra/my images.json', lock: pinned(QUERY, {}) }], ['web'], ['us-east-1'])).toThrow(
    'infra/my images.json has no web in us-east-1; "npx --package cdk-workshop-instance cdk-ami pin web --region us-east-1 --file \'infra/my images.json\'" adds one.');
});

test.each([
  ['another image', image(2), 'image 1 → image 2'],
  ['another image of the same name', { ...image(1), imageId: 'ami-00000002' }, 'image 1: ami-00000001 → ami-00000002'],
  ['an older image', { ...image(2), creationDate: '2026-09-15T08:00:00.000Z' }, 'image 1 → image 2, OLDER: 2026-09-16T08:00:00.000Z → 2026-09-15T08:00:00.000Z'],
  ['another root device', { ...image(2), rootDeviceName: '/dev/xvda' }, 'image 1 → image 2, OTHER ROOT DEVICE: none → /dev/xvda'],
  ['a date', { ...image(1), deprecationTime: '2026-12-22T00:00:00.000Z' }, 'image 1: deprecationTime none → 2026-12-22T00:00:00.000Z'],
  ['nothing', image(1), undefined],
])('a change of %s is told', (_, after, change) => {
  expect(changeOf({ before: image(1), after })).toBe(change);
});

describe('moving', () => {
  const move = { name: 'web', region: 'eu-west-3', before: image(1), after: image(2) };

  test('changes one region', () => {
    expect(withMoved(pinned(QUERY, { 'eu-west-3': image(1), 'eu-west-1': image(1) }), [move]))
      .toEqual(pinned(QUERY, { 'eu-west-3': image(2), 'eu-west-1': image(1) }));
  });

  test('takes it that another command has done the same meanwhile', () => {
    expect(withMoved(pinned(QUERY, { 'eu-west-3': image(2) }), [move])).toEqual(pinned(QUERY, { 'eu-west-3': image(2) }));
  });

  test.each([
    ['moved it to a third image', pinned(QUERY, { 'eu-west-3': image(3) })],
    ['removed the region', pinned(QUERY, {})],
    ['removed the entry', EMPTY_LOCK],
  ])('fails where another command meanwhile %s', (_, now) => {
    expect(() => withMoved(now, [move])).toThrow('web was changed by another command meanwhile');
  });
});
