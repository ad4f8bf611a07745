/**
 * The object in the text of a JSON file.
 *
 * @param fix what mends a file that is broken
 * @throws where it is not JSON
 */
export function jsonIn(text: string, file: string, fix: string): Record<string, any> {
  try {
    return Object(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    throw new Error(`${file}: not JSON (${(error as Error).message}); ${fix}.`);
  }
}

/** What is an object of the values in an object. */
export function objectsIn(value: unknown): Record<string, any> {
  return Object.fromEntries(Object.entries(Object(value)).filter(([, each]) => typeof each === 'object' && each !== null));
}
