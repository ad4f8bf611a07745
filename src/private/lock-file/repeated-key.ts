/** A key that an object of this JSON text has twice, of which JSON.parse takes the last without a word. */
export function repeatedKey(text: string): string | undefined {
  const objects: Set<string>[] = [];
  for (const [token, key] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') {
      objects.push(new Set());
    } else if (token === '}') {
      objects.pop();
    } else if (key !== undefined) {
      const keys = objects[objects.length - 1];
      if (keys.has(JSON.parse(key))) {
        return JSON.parse(key);
      }
      keys.add(JSON.parse(key));
    }
  }
  return undefined;
}
