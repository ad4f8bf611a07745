/**
 * Text of others, as it may be printed: what a terminal takes for a command, what turns the direction of a line, and what is not seen at all
 * stands there as JSON would write it. So does ##[, which runners of GitHub and Azure take for a command anywhere in a line.
 */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]|(?<=#)#(?=\[|vso\[)/gu, escaped);
}

/** A value in at most a line of a message, in quotes in which a shell runs nothing. */
export function shown(value: unknown, most = 150): string {
  return printable(clipped(jsonOf(value), most)).replace(/[$`]/g, escaped);
}

/** The start of text that is longer than anything that is not made to do harm. */
export function clipped(text: string, most = 2000): string {
  const start = [...text.slice(0, 2 * most)].slice(0, most).join('');
  return start.length < text.length ? `${start} … (${text.length} characters)` : text;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return 'a value of many levels';
  }
}

/** Words, in at most a line of a message. */
export function listed(words: readonly string[], most = 10): string {
  return words.length <= most ? words.join(', ') : `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
}

function escaped(character: string): string {
  return character.split('').map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
