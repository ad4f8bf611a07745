// Makes a disk of the one that a process has on which each step takes SLOW_DISK milliseconds, so that kill -9 can meet any of them.
const fs = require('node:fs/promises');

const wait = () => new Promise(resolve => setTimeout(resolve, Number(process.env.SLOW_DISK)));

for (const name of ['open', 'readdir', 'rename']) {
  const original = fs[name];
  fs[name] = async (...args) => {
    await wait();
    const result = await original(...args);
    return name === 'open' ? slow(result) : result;
  };
}

function slow(handle) {
  const [writeFile, sync] = [handle.writeFile.bind(handle), handle.sync.bind(handle)];
  return Object.assign(handle, {
    writeFile: async text => {
      await writeFile(text.slice(0, text.length / 2));
      await wait();
      await writeFile(text.slice(text.length / 2));
    },
    sync: () => wait().then(sync),
  });
}
