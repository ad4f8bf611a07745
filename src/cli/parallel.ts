import ora from 'ora';
import pLimit from 'p-limit';

// Each region counts and throttles its callers apart, so the limit is for the sockets of this machine.
const AT_ONCE = 32;

export interface Outcome<Task, Result> {
  readonly done: { task: Task; result: Result }[];
  readonly failed: { task: Task; error: Error }[];
}

/** Runs tasks side by side, and shows how far they are where a person looks at it. One that fails does not stop the others. */
export async function sideBySide<Task, Result>(
  title: string, tasks: Task[], action: (task: Task) => Promise<Result>,
): Promise<Outcome<Task, Result>> {
  const limit = pLimit(AT_ONCE);
  // On a terminal without a width, as some programs make it, ora would clear lines for ever.
  const isWatched = process.stderr.isTTY && process.stderr.columns > 0;
  const spinner = ora({ stream: process.stderr, isEnabled: isWatched, isSilent: !isWatched, color: false, discardStdin: false }).start(title);
  let ended = 0;
  const settled = await Promise.allSettled(tasks.map(task => limit(async () => {
    try {
      return await action(task);
    } finally {
      ended += 1;
      spinner.text = `${title}: ${ended} of ${tasks.length}`;
    }
  })));
  spinner.stop();
  return {
    done: settled.flatMap((each, i) => each.status === 'fulfilled' ? [{ task: tasks[i], result: each.value }] : []),
    failed: settled.flatMap((each, i) => each.status === 'rejected' ? [{ task: tasks[i], error: each.reason }] : []),
  };
}
