import { setTimeout as sleep } from 'timers/promises';
import type { Output } from '../host';
import { showProgress } from '../output';

const INTERVAL_MS = 3_000;

/**
 * Asks again and again until nothing is awaited any more, and shows how far it is where a person looks at it.
 *
 * @param awaited what is not there yet
 * @throws where it takes too long
 */
export async function until(output: Output, title: string, minutes: number, awaited: () => Promise<string[]>): Promise<void> {
  const end = Date.now() + minutes * 60_000;
  let all = 0;
  for (;;) {
    const left = await awaited();
    all = Math.max(all, left.length);
    showProgress(output, left.length === 0 ? '' : `${title}: ${all - left.length} of ${all}`);
    if (left.length === 0) {
      return;
    }
    if (Date.now() > end) {
      throw new Error(`${title} takes longer than ${minutes} minutes for ${left.join(', ')}; run the command again to see how far it is.`);
    }
    await sleep(INTERVAL_MS);
  }
}
