/** The word of a list that someone may have meant: at most a third of its letters are others, or in another order. */
export function nearest(word: string, words: string[]): string | undefined {
  const [near] = words
    .map(each => ({ each, distance: distanceBetween(word.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, distance }) => distance <= Math.max(each.length, word.length) / 3)
    .sort((a, b) => a.distance - b.distance);
  return near?.each;
}

/** How many letters to add, drop, change or swap to get from one word to the other (Damerau and Levenshtein). */
function distanceBetween(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= one.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= other.length; j++) {
      const changed = rows[i - 1][j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
      const isSwapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      rows[i].push(Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, changed, isSwapped ? rows[i - 2][j - 2] + 1 : Infinity));
    }
  }
  return rows[one.length][other.length];
}
