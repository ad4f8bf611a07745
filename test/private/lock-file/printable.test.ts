import { clipped, listed, printable, shown } from '../../../src/private/lock-file/printable';

test.each([
  ['text', 'ubuntu/images/*-24.04 (é, 日本, 👍)', 'ubuntu/images/*-24.04 (é, 日本, 👍)'],
  ['the ends of lines', 'a\r\n\tb', 'a\\u000d\\u000a\\u0009b'],
  ['what a terminal takes for a command', '\x1b[2J\x1b]0;title\x07\x9b1m\x7f', '\\u001b[2J\\u001b]0;title\\u0007\\u009b1m\\u007f'],
  ['what turns the direction', 'abc\u202exyz\u2066', 'abc\\u202exyz\\u2066'],
  ['what is not seen', 'a\u200b\u2028\ufeff\u{e0041}', 'a\\u200b\\u2028\\ufeff\\udb40\\udc41'],
  ['half a character', '\ud83d', '\\ud83d'],
])('%s of others is printable', (_, text, printed) => {
  expect(printable(text)).toBe(printed);
});

test('a value is at most a line, in which a shell runs nothing', () => {
  expect(shown({ a: '`id` $(id)' })).toBe('{"a":"\\u0060id\\u0060 \\u0024(id)"}');
  expect(shown(undefined)).toBe('undefined');
  expect(shown('x'.repeat(1e6))).toBe(`"${'x'.repeat(149)} … (1000002 characters)`);
  expect(shown(JSON.parse(`${'['.repeat(1e5)}${']'.repeat(1e5)}`)).length).toBeLessThan(200);
});

test('text is not cut within a character', () => {
  expect(clipped('👍'.repeat(3), 2)).toBe('👍👍 … (6 characters)');
  expect(clipped('👍👍', 2)).toBe('👍👍');
});

test('of many words some are listed', () => {
  expect(listed(['a', 'b'])).toBe('a, b');
  expect(listed(['a', 'b'], 2)).toBe('a, b');
  expect(listed(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
});
