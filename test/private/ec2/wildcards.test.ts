import { matchesWildcards } from '../../../src/private/ec2/wildcards';

test.each([
  ['al2023-*', 'al2023-ami-2023.0', true],
  ['al2023-*', 'xal2023-ami-2023.0', false],
  ['al2023.ami', 'al2023-ami', false],
  ['Alma OS 9.* (x86)', 'Alma OS 9.8 (x86)', true],
  ['v????', 'v2026', true],
  ['v????', 'v202', true],
  ['v????', 'v20260', false],
  ['100\\*', '100*', true],
  ['100\\*', '1000', false],
  ['a\\\\b', 'a\\b', true],
  ['ends\\', 'ends\\', true],
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['?', '', true],
  ['a', '', false],
  ['a*b?c*', 'abc', true],
  ['a*b?c*', 'a-b-b-c-', true],
  ['a*b?c*', 'a-b--c', false],
  ['?a', 'aa', true],
  ['*.*', 'a.b\nc', true],
  ['v?', 'v\u{1F600}', true],
])('the pattern %j finds the name %j: %s', (pattern, name, found) => {
  expect(matchesWildcards(pattern, name)).toBe(found);
});

test.each([
  ['many stars', `${'a*'.repeat(500)}b`, 'a'.repeat(1000)],
  ['many question marks', '?'.repeat(1000), 'a'.repeat(1001)],
  ['both', `${'*?a'.repeat(300)}b`, 'a'.repeat(1000)],
])('%s end, which a regular expression for them would not', (_, pattern, name) => {
  expect(matchesWildcards(pattern, name)).toBe(false);
});

test('any pattern finds what a regular expression for it finds', () => {
  const texts = (letters: string, length: number): string[] => length === 0 ? ['']
    : texts(letters, length - 1).flatMap(text => text.length === length - 1 ? [text, ...[...letters].map(letter => text + letter)] : [text]);
  const names = texts('ab', 4);
  for (const pattern of texts('ab*?', 4)) {
    const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.?')}$`);
    expect(names.filter(name => matchesWildcards(pattern, name))).toEqual(names.filter(name => expression.test(name)));
  }
});
