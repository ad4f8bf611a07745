/**
 * Whether EC2 finds a name by this pattern: `*` is any text, `?` one character or none, and a backslash takes their meaning away.
 *
 * Whatever the pattern, this takes the time of one look at each of its characters for each of the name: a regular expression may take for ever.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
 */
export function matchesWildcards(pattern: string, name: string): boolean {
  const parts = partsOf(pattern);
  // Whether the parts before the one with this index match what of the name has been read.
  let matched = withoutText(parts, [true]);
  for (const character of name) {
    const next: boolean[] = [];
    parts.forEach((part, i) => {
      next[i] ||= part === ANY && matched[i];
      next[i + 1] = matched[i] && (part === ONE || part === character);
    });
    matched = withoutText(parts, next);
  }
  return Boolean(matched[parts.length]);
}

const ANY = Symbol('any text');
const ONE = Symbol('one character or none');

function partsOf(pattern: string): (string | symbol)[] {
  return (pattern.match(/\\?[^]/gu) ?? []).map(part => part === '*' ? ANY : part === '?' ? ONE : part.replace(/^\\(?=.)/su, ''));
}

/** Steps over the parts that no text matches too. */
function withoutText(parts: (string | symbol)[], matched: boolean[]): boolean[] {
  parts.forEach((part, i) => (matched[i + 1] ||= matched[i] && typeof part === 'symbol'));
  return matched;
}

/** Whether a pattern finds images of every name. */
export function isOpenPattern(pattern: string): boolean {
  return /^[*?\s]*$/.test(pattern);
}
