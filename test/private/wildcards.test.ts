import { matchesWildcards } from '../../src/private/wildcards';

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
])('the pattern %j finds the name %j: %s', (pattern, name, found) => {
  expect(matchesWildcards(pattern, name)).toBe(found);
});
