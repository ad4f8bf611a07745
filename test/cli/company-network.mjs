// The network of a company: nothing leaves it but through a proxy, and what comes back has a certificate of the company's own authority.
import { readFileSync } from 'node:fs';
import { createServer, request as requestOf } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../../scripts/project.mjs';
import { run } from '../../scripts/steps.mjs';
import { temporaryFolder } from '../../scripts/temporary.mjs';

const listening = server => new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

/**
 * Starts it in front of the AWS at this address, which then answers for all of these names.
 *
 * @returns the proxy's address, the file of the authority, and the names with ports that were asked for, in `asked`.
 * `answer` may be set to what the proxy answers instead of letting anybody through.
 */
export async function startCompanyNetwork(venv, target, names) {
  const directory = temporaryFolder('company');
  await run(join(venv, 'bin', 'python'), [join(ROOT, 'test', 'cli', 'certificates.py'), directory, ...names]);
  const [cert, key] = ['host.pem', 'host.key'].map(file => readFileSync(join(directory, file)));

  const inside = createTlsServer({ cert, key }, (incoming, outgoing) => {
    incoming.pipe(requestOf(new URL(incoming.url, target), { method: incoming.method, headers: incoming.headers }, answer => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    }).on('error', () => outgoing.destroy()));
  });
  const insidePort = await listening(inside);

  const network = { authority: join(directory, 'authority.pem'), insidePort, asked: [], authorizations: [], answer: undefined };
  const sockets = new Set();
  const proxy = createServer((_, outgoing) => outgoing.writeHead(400).end());
  proxy.on('connection', socket => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  proxy.on('connect', ({ url, headers }, socket, head) => {
    network.asked.push(url);
    network.authorizations.push(headers['proxy-authorization']);
    if (network.answer !== undefined) {
      socket.end(network.answer);
      return;
    }
    const onward = connect(insidePort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
  });
  const port = await listening(proxy);

  return Object.assign(network, {
    proxy: `http://127.0.0.1:${port}`,
    stop: async () => {
      sockets.forEach(socket => socket.destroy());
      inside.closeAllConnections();
      await Promise.all([inside, proxy].map(server => new Promise(resolve => server.close(resolve))));
    },
  });
}
