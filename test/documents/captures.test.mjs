// What is left on a terminal of all that a command has written to it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screen } from '../../scripts/captures.mjs';

const seen = {
  'text, with the styles that it is printed in': ['a \x1b[1mbold\x1b[22m \x1b[4m\x1b[36mline\x1b[39m\x1b[24m.\r\n', [['a ', ['bold', 'bold'], ' ', ['underline cyan', 'line'], '.'], []]],
  'a colour in the place of another, and none after 0': ['\x1b[31mred\x1b[32mgreen\x1b[0mplain', [[['red', 'red'], ['green', 'green'], 'plain']]],
  'the last text where others were in its place': ['Searching 1\r\x1b[KSearching 2\r\x1b[K2 changed.\n', [['2 changed.'], []]],
  'lines that were written again': ['one\ntwo\n\x1b[2A\x1b[Kthree\n\x1b[K\n', [['three'], [], []]],
  'nothing below what was erased': ['one\ntwo\n\x1b[2A\x1b[Jthree', [['three']]],
  'an answer in its column': ['asked? \r\x1b[8Gy\r\n', [['asked? y'], []]],
};

for (const [what, [printed, lines]] of Object.entries(seen)) {
  test(what, () => assert.deepEqual(screen(printed), lines));
}
