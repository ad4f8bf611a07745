// An image pinned in 30 regions with 200 ms on every call: by the command, and by a loop that asks one region after another.
import { fileURLToPath } from 'node:url';
import { installCommand, userEnvironment, workingFolder } from '../scripts/command.mjs';
import { startFaultProxy } from '../scripts/fault-proxy.mjs';
import { localAwsEnvironment } from '../scripts/project.mjs';
import { REGIONS, startRegionalAws } from '../scripts/regional-aws.mjs';
import { run } from '../scripts/steps.mjs';

const FAMILY = 'AMAZON_LINUX_2023_KERNEL_6_1';
const PARAMETER = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64';
const LOOP = fileURLToPath(new URL('one-region-after-another.mjs', import.meta.url));
const DELAY = 200;

/** The seconds of both, the calls of both, and how many of the command's were under way at once. */
export async function pinnedInThirtyRegions() {
  const local = await startRegionalAws(await localAwsEnvironment());
  const proxy = await startFaultProxy(local.url);
  const env = { ...userEnvironment(local.env), AWS_ENDPOINT_URL: proxy.url };
  const bin = await installCommand();
  const byCommand = async () => {
    const folder = workingFolder(bin, env);
    const { code, stderr } = await folder.cdkAmi(['pin', 'web', '--family', FAMILY, '--all-regions']);
    if (code !== 0) {
      throw new Error(stderr);
    }
    return Object.fromEntries(Object.entries(folder.lock().images.web.regions).map(([region, { imageId }]) => [region, imageId]));
  };
  const byLoop = async () => JSON.parse(await run('node', [LOOP, PARAMETER], { env: { ...env, NODE_NO_WARNINGS: '1' } }));
  const measure = async action => {
    proxy.reset([{ delay: DELAY }]);
    const start = performance.now();
    const ids = await action();
    return { ids, seconds: (performance.now() - start) / 1000, calls: proxy.calls.length, atOnce: proxy.mostAtOnce };
  };
  try {
    // The local AWS makes a region when it is first asked for it.
    await byCommand();
    const byCommands = [await measure(byCommand), await measure(byCommand), await measure(byCommand)];
    const [, command] = byCommands.sort((one, other) => one.seconds - other.seconds);
    const loop = await measure(byLoop);
    const sorted = ids => JSON.stringify(Object.entries(ids).sort());
    if (Object.keys(loop.ids).length !== REGIONS.length || sorted(command.ids) !== sorted(loop.ids) || command.calls !== loop.calls) {
      throw new Error('The two sides do not ask for the same, or do not find the same, so they cannot be compared.');
    }
    return { command, loop };
  } finally {
    await proxy.stop();
    await local.stop();
  }
}
