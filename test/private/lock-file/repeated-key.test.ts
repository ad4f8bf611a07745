import { repeatedKey } from '../../../src/private/lock-file/repeated-key';

test.each([
  ['{"a":{"b":1},"c":{"b":1}}', undefined],
  ['{"a":1,"b":{"a":1},"a":2}', 'a'],
  ['{"a":[{"b":1},{"b":1,"b":1}]}', 'b'],
  ['{"a":"\\"a\\":{","b":"}\\\\"}', undefined],
  ['{"a":"x{","a":1}', 'a'],
  ['{"a":1,"\\u0061":1}', 'a'],
])('the key that %s has twice is %j', (text, key) => {
  expect(repeatedKey(text)).toBe(key);
});
