import { mergedLock } from '../../src/cli/lock-merge';
import type { LockedEntry, LockedImage, LockedQuery, LockFile } from '../../src/private/lock-file/lock-file';

const QUERY: LockedQuery = { family: 'UBUNTU_24_04', owners: ['099720109477'], architecture: 'x86_64', rootDevice: 'ebs' };
const ARM: LockedQuery = { ...QUERY, architecture: 'arm64' };
const NAMED: LockedQuery = { name: 'image *', owners: ['099720109477'], architecture: 'x86_64', rootDevice: 'ebs' };
const [PARIS, DUBLIN] = ['eu-west-3', 'eu-west-1'];

/** The image of a day of September. */
function image(day: number, changes: Partial<LockedImage> = {}): LockedImage {
  return { imageId: `ami-0000000${day}`, name: `image ${day}`, owner: '099720109477', creationDate: `2026-09-0${day}T08:00:00.000Z`, ...changes };
}

function entry(regions: Record<string, LockedImage>, query = QUERY): LockedEntry {
  return { query, regions };
}

function lock(web?: LockedEntry, others: Record<string, LockedEntry> = {}): LockFile {
  return { version: 1, images: { ...web && { web }, ...others } };
}

test.each<[string, (LockedEntry | undefined)[], LockedEntry | undefined]>([
  ['an entry of one side', [undefined, entry({ [PARIS]: image(1) }), undefined], entry({ [PARIS]: image(1) })],
  ['a region of each side', [entry({}), entry({ [PARIS]: image(1) }), entry({ [DUBLIN]: image(1) })], entry({ [PARIS]: image(1), [DUBLIN]: image(1) })],
  ['a move of one side', [entry({ [PARIS]: image(1) }), entry({ [PARIS]: image(1) }), entry({ [PARIS]: image(2) })], entry({ [PARIS]: image(2) })],
  ['a move of one side to an older image', [entry({ [PARIS]: image(2) }), entry({ [PARIS]: image(2) }), entry({ [PARIS]: image(1) })],
    entry({ [PARIS]: image(1) })],
  ['the newer of two moves', [entry({ [PARIS]: image(1) }), entry({ [PARIS]: image(3) }), entry({ [PARIS]: image(2) })], entry({ [PARIS]: image(3) })],
  ['moves in two regions', [
    entry({ [PARIS]: image(1), [DUBLIN]: image(1) }),
    entry({ [PARIS]: image(2), [DUBLIN]: image(1) }),
    entry({ [PARIS]: image(1), [DUBLIN]: image(3) }),
  ], entry({ [PARIS]: image(2), [DUBLIN]: image(3) })],
  ['the same entry of both sides', [undefined, entry({ [PARIS]: image(2) }), entry({ [PARIS]: image(1), [DUBLIN]: image(1) })],
    entry({ [PARIS]: image(2), [DUBLIN]: image(1) })],
  ['no entry that one side has removed', [entry({ [PARIS]: image(1) }), undefined, entry({ [PARIS]: image(1) })], undefined],
  ['no region that one side has removed', [
    entry({ [PARIS]: image(1), [DUBLIN]: image(1) }), entry({ [PARIS]: image(1) }), entry({ [PARIS]: image(2), [DUBLIN]: image(1) }),
  ], entry({ [PARIS]: image(2) })],
  ['an entry that one side has removed, and the other has moved', [entry({ [PARIS]: image(1) }), undefined, entry({ [PARIS]: image(2) })],
    entry({ [PARIS]: image(2) })],
  ['the query that one side has changed, with the images of it', [entry({ [PARIS]: image(1) }), entry({ [PARIS]: image(3) }), entry({ [PARIS]: image(2) }, ARM)],
    entry({ [PARIS]: image(2) }, ARM)],
  ['the newer image that the query of both takes', [
    entry({ [PARIS]: image(1) }, NAMED), entry({ [PARIS]: image(3) }, NAMED), entry({ [PARIS]: image(2) }, { ...NAMED, name: 'image ?' }),
  ], entry({ [PARIS]: image(3) }, { ...NAMED, name: 'image ?' })],
  ['no newer image that the changed query does not take', [
    entry({ [PARIS]: image(1) }, NAMED), entry({ [PARIS]: image(3) }, NAMED), entry({ [PARIS]: image(2) }, { ...NAMED, name: 'image 2' }),
  ], entry({ [PARIS]: image(2) }, { ...NAMED, name: 'image 2' })],
])('the merge has %s, whichever side it is', (_, [base, one, other], expected) => {
  expect(mergedLock({ base: lock(base), ours: lock(one), theirs: lock(other) }).lock).toEqual(lock(expected));
  expect(mergedLock({ base: lock(base), ours: lock(other), theirs: lock(one) }).lock).toEqual(lock(expected));
});

test('a region that was added for a query which the other side has changed is left out, and told', () => {
  const ours = lock(entry({ [PARIS]: image(1), [DUBLIN]: image(1) }));
  const sides = { base: lock(entry({ [PARIS]: image(1) })), ours, theirs: lock(entry({ [PARIS]: image(2) }, ARM)) };
  const { lock: merged, decisions } = mergedLock(sides);
  expect(merged).toEqual(lock(entry({ [PARIS]: image(2) }, ARM)));
  expect(decisions).toEqual([{ name: 'web', region: DUBLIN, reason: 'was pinned for another query, and is left out' }]);
});

test('of two changed queries that of the preferred side stays', () => {
  const sides = { base: lock(), ours: lock(entry({ [PARIS]: image(1) })), theirs: lock(entry({ [PARIS]: image(2) }, ARM)) };
  expect(() => mergedLock(sides)).toThrow('Both sides have changed what is searched for as web; take the query of one with --prefer ours or --prefer theirs.');
  expect(mergedLock(sides, 'ours').lock).toEqual(sides.ours);
  expect(mergedLock(sides, 'theirs').lock).toEqual(sides.theirs);
});
