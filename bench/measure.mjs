// A row, measured: the values of both sides and their ratios, over all samples.
import { median } from './median.mjs';

/** Lines of the table: one for each unit of the row. */
export async function measure({ name, what, ours, other, units, samples, sample, limit }) {
  const taken = [];
  for (let i = 0; i < samples; i++) {
    taken.push(await sample(i));
  }
  return units.map((unit, u) => {
    const [one, two] = [0, 1].map(side => median(taken.map(sides => sides[side][u])));
    // Nothing, such as no function at all, is in no ratio to something.
    const ratios = one === 0 || two === 0 ? [] : taken.map(([mine, theirs]) => mine[u] / theirs[u]).sort((a, b) => a - b);
    return { name, what, ours, other, unit, values: [one, two], ratios, limit };
  });
}
