/**
 * Whether EC2 finds a name by this pattern: `*` is any text, `?` one character or none, and a backslash takes their meaning away.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
 */
export function matchesWildcards(pattern: string, name: string): boolean {
  const expression = pattern.replace(/\\?[^]/g, part => WILDCARDS[part] ?? part.slice(-1).replace(/[^\w]/, '\\$&'));
  return new RegExp(`^${expression}$`).test(name);
}

const WILDCARDS: Record<string, string> = { '*': '.*', '?': '.?' };

/** Whether a pattern finds images of every name. */
export function isOpenPattern(pattern: string): boolean {
  return /^[*?\s]*$/.test(pattern);
}
