import { nearest } from '../../../src/private/lock-file/did-you-mean';

test.each([
  ['wbe', ['api', 'web'], 'web'],
  ['Web', ['api', 'web'], 'web'],
  ['UBUNTU_2404', ['UBUNTU_24_04_MINIMAL', 'UBUNTU_24_04', 'UBUNTU_22_04'], 'UBUNTU_24_04'],
  ['we', ['web'], 'web'],
  ['abx', ['cax'], undefined],
  ['cax', ['abx'], undefined],
  ['badc', ['abcd'], undefined],
  ['database', ['api', 'web'], undefined],
  ['web', [], undefined],
])('whoever writes %j of %j means %j', (word, words, near) => {
  expect(nearest(word, words)).toBe(near);
});
