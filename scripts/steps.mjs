// Long steps that are seen to go on, and commands that fail with what they printed.
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';

/** Children that are still running; they end with this process. */
const running = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const child of running) {
      child.kill(signal);
    }
    process.exit(signal === 'SIGINT' ? 130 : 143);
  });
}

const output = new AsyncLocalStorage();

/** Runs an action. What its steps and commands print goes to this stream instead of standard output. */
export function printingTo(stream, action) {
  return output.run(stream, action);
}

export function print(text) {
  (output.getStore() ?? process.stdout).write(text);
}

/** Prints what is going on, a dot every five seconds, and how long it took. */
export async function step(title, action) {
  const start = Date.now();
  print(`${title} ...`);
  const dots = setInterval(() => print('.'), 5000);
  try {
    const result = await action();
    print(` done (${Math.round((Date.now() - start) / 1000)} s)\n`);
    return result;
  } catch (error) {
    print(' failed\n');
    throw error;
  } finally {
    clearInterval(dots);
  }
}

/** Runs a command silently. Resolves to what it printed on standard output; rejects with all that it printed. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = [];
    const output = [];
    child.stdout.on('data', data => (output.push(data), printed.push(data)));
    child.stderr.on('data', data => printed.push(data));
    child.on('error', reject);
    child.on('close', code => code === 0
      ? resolve(Buffer.concat(output).toString())
      : reject(new Error(`${[command, ...args].join(' ')} ended with ${code}:\n${Buffer.concat(printed)}`)));
  });
}

/** Runs a command that prints for itself. Resolves to its exit code. */
export function show(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const stream = output.getStore();
    const child = start(command, args, { ...options, stdio: ['ignore', ...stream ? ['pipe', 'pipe'] : ['inherit', 'inherit']] });
    for (const printed of stream ? [child.stdout, child.stderr] : []) {
      printed.on('data', data => stream.write(data));
    }
    child.on('error', reject);
    child.on('close', code => resolve(code ?? 1));
  });
}

/** Starts a command that ends with this process. */
export function start(command, args, options) {
  const child = spawn(command, args, options);
  running.add(child);
  child.on('close', () => running.delete(child));
  return child;
}
