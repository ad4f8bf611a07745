import pLimit from 'p-limit';
import type { Output } from './host';
import { showProgress } from './output';

// Each region counts and throttles its callers apart, so the limit is for the sockets of this machine.
const AT_ONCE = 32;

export interface Outcome<Task, Value> {
  readonly done: { task: Task; value: Value }[];
  readonly failed: { task: Task; error: Error }[];
}

/** Runs tasks side by side, and shows how far they are where a person looks at it. One that fails does not stop the others. */
export async function sideBySide<Task, Value>(
  output: Output, title: string, tasks: Task[], action: (task: Task) => Promise<Value>,
): Promise<Outcome<Task, Value>> {
  const limit = pLimit(AT_ONCE);
  let ended = 0;
  const settled = await Promise.allSettled(tasks.map(task => limit(async () => {
    showProgress(output, `${title}: ${ended} of ${tasks.length}`);
    try {
      return await action(task);
    } finally {
      ended += 1;
      showProgress(output, `${title}: ${ended} of ${tasks.length}`);
    }
  })));
  showProgress(output, '');
  return {
    done: settled.flatMap((each, i) => each.status === 'fulfilled' ? [{ task: tasks[i], value: each.value }] : []),
    failed: settled.flatMap((each, i) => each.status === 'rejected' ? [{ task: tasks[i], error: each.reason }] : []),
  };
}
