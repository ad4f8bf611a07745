import { CachedImage, cachedImages } from '../private/ami/cached-image';

/** The images in the text of a context file. */
export function cachedImagesIn(text: string, file: string): CachedImage[] {
  return cachedImages(parse(text, file));
}

function parse(text: string, file: string): object {
  try {
    return Object(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    throw new Error(`${file}: not JSON (${(error as Error).message}); restore it from version control, or delete it, and the next synth makes it anew.`);
  }
}
