// The lines as a table, for a terminal and for a page.
import { median } from './median.mjs';

const HEAD = ['row', 'what', 'of', 'beside', 'unit', 'is', 'beside', 'ratio', 'spread'];

export function table(lines) {
  const rows = lines.map(({ name, what, ours, other, unit, values, ratios, limit }) => [
    `\`${name}\``, what, ours, other, unit, ...values.map(number), ratio(ratios, limit), spread(ratios),
  ]);
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map(row => row[column].length)));
  const line = cells => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(HEAD), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Three digits that count, and all of those before the point. */
function number(value) {
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3);
}

function ratio(ratios, limit) {
  if (ratios.length === 0) {
    return '';
  }
  const middle = median(ratios);
  return middle > limit ? `**${middle.toFixed(2)}**, limit ${limit}` : middle.toFixed(2);
}

function spread(ratios) {
  return ratios.length > 1 ? `${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)}` : '';
}
