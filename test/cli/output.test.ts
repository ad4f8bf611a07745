import { colors, printLine, table } from '../../src/cli/output';

function printed(text: string): string {
  let written = '';
  printLine({ write: more => (written += more) }, text);
  return written;
}

test.each([
  ['a line that a runner of GitHub takes for a command', 'a\n  ::error::b', 'a\n  \\u003a:error::b\n'],
  ['a command of older runners, and of Azure', 'a ##[error]b ##vso[x]c', 'a #\\u0023[error]b #\\u0023vso[x]c\n'],
  ['what a terminal takes for a command', 'a\r\x1b[2Jb', 'a\\u000d\\u001b[2Jb\n'],
  ['colons elsewhere', 'arn:aws:: a::b', 'arn:aws:: a::b\n'],
  ['a colour where there is no terminal', `${colors.red('red')}`, 'red\n'],
])('%s is printed as text', (_, text, line) => {
  expect(printed(text)).toBe(line);
});

test('a table has text of others in its cells, and colours of its own', () => {
  const text = table(['name'], [['\x1b[31mred'], [colors.red('\x1b[32mgreen')], ['x'.repeat(1e6)]]);
  expect(text.split('\n').map(line => line.trim().slice(0, 40))).toEqual([
    '\x1b[1mname\x1b[22m', '\\u001b[31mred', '\x1b[31m\\u001b[32mgreen\x1b[39m', 'x'.repeat(40),
  ]);
});
