import type { AwsOptions } from './aws';
import type { Host } from './host';
import { printLine } from './output';
import { clipped, printable } from '../private/lock-file/printable';

/** The host, which tells on standard error what AWS is asked, how long that took, and what came of it. It never tells credentials. */
export function telling(host: Host): Host {
  const tell = (text: string) => printLine(host.stderr, `debug: ${printable(clipped(text, 1000))}`);
  const connecting = <T extends { readonly region: string }>(connect: (options: AwsOptions) => Promise<T>) => async (options: AwsOptions) => {
    const aws = await timed(tell, `connect ${JSON.stringify(options)}`, () => connect(options), ({ region }) => region);
    return new Proxy(aws, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        return typeof member !== 'function' ? member : (...args: unknown[]) => (
          timed(tell, [name, ...args.map(arg => JSON.stringify(arg))].join(' '), () => member.apply(target, args), summary));
      },
    });
  };
  return { ...host, connect: connecting(host.connect), connectWorkshop: connecting(host.connectWorkshop) };
}

async function timed<T>(tell: (text: string) => void, question: string, ask: () => Promise<T>, answer: (value: T) => string): Promise<T> {
  const start = performance.now();
  const took = () => `${question}: ${Math.round(performance.now() - start)} ms`;
  try {
    const value = await ask();
    tell(`${took()}, ${answer(value)}`);
    return value;
  } catch (error) {
    tell(`${took()}, ${inWords(error)}`);
    throw error;
  }
}

function summary(value: unknown): string {
  return Array.isArray(value) ? `${value.length} found` : JSON.stringify(value instanceof Map ? [...value] : value) ?? 'nothing found';
}

/** An error with those that it came from, and what AWS says of the request. */
function inWords(error: unknown): string {
  const { name, message, stack = '', cause, $metadata } = error as Error & { $metadata?: object };
  const [, place = ''] = /\n\s+(at .*)/.exec(stack) ?? [];
  return [`${name}: ${message}`, place, $metadata && JSON.stringify($metadata), cause !== undefined && `from ${inWords(cause)}`].filter(Boolean).join(' ');
}
