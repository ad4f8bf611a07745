import { jsonIn } from './json';
import { CachedImage, cachedImages } from '../private/ami/cached-image';

/** The images in the text of a context file. */
export function cachedImagesIn(text: string, file: string): CachedImage[] {
  return cachedImages(jsonIn(text, file, 'restore it from version control, or delete it, and the next synth makes it anew'));
}
