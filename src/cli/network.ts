import { X509Certificate } from 'crypto';
import { statSync } from 'fs';
import type { ClientRequest } from 'http';
import { devNull } from 'os';
import { join } from 'path';
import { Transform, type Readable } from 'stream';
import { getHomeDir, loadConfig } from '@smithy/core/config';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { NetworkError } from './aws';
import { proxyFor } from './proxy';
import { readTextFile } from '../private/lock-file/text-file';

// A thousand images are less than four.
const LARGEST_MB = 50;

const CONNECTING = { connectionTimeout: 5_000 };

type Handle = NodeHttpHandler['handle'];
type HttpRequest = Parameters<Handle>[0];
type HttpResponse = Awaited<ReturnType<Handle>>['response'];

/** Sends requests as the environment says: through a proxy, and trusting the certificates that it names. Answers have an end. */
export class Network extends NodeHttpHandler {
  private readonly throughProxies = new Map<string, NodeHttpHandler>();

  /**
   * @param ca certificates that are trusted instead of those that Node.js trusts
   * @param longest milliseconds of an answer, where whoever asks has no end of its own
   */
  constructor(private readonly ca?: string, private readonly longest?: number) {
    super({ ...CONNECTING, httpsAgent: { ca } });
  }

  public override async handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const abortSignal = this.longest === undefined ? options?.abortSignal : AbortSignal.timeout(this.longest);
    const explained = (error: Error) => this.longest === undefined || !abortSignal?.aborted ? error
      : new NetworkError(`${request.hostname} did not answer in ${this.longest / 1000} s; check the network and the proxy.`);
    const proxy = proxyFor(request);
    const handler = proxy === undefined ? super.handle.bind(this) : this.through(proxy);
    const { response } = await handler(request, { ...options, abortSignal }).catch(error => { throw explained(error); });
    checkSender(response, request);
    return { response: Object.assign(response, { body: limited(response.body, explained) }) };
  }

  private through(proxy: URL): Handle {
    const made = this.throughProxies.get(proxy.href) ?? new NodeHttpHandler({ ...CONNECTING, httpsAgent: new Tunnel(proxy, this.ca) as object });
    this.throughProxies.set(proxy.href, made);
    return made.handle.bind(made);
  }
}

/** A connection through a proxy. What the proxy says of its own is an error, and no answer of AWS. */
class Tunnel extends HttpsProxyAgent<string> {
  constructor(proxy: URL, private readonly ca?: string) {
    super(proxy.href, { ca, keepAlive: true });
  }

  public override async connect(request: ClientRequest, options: Parameters<HttpsProxyAgent<string>['connect']>[1]) {
    let status = 200;
    request.once('proxyConnect', ({ statusCode }) => (status = statusCode));
    const socket = await super.connect(request, { ...options, ca: this.ca } as typeof options).catch(error => {
      throw Object.assign(error, { proxy: this.proxy.host });
    });
    if (status === 200) {
      return socket;
    }
    socket.destroy();
    const refusal = `The proxy ${this.proxy.host}, which HTTPS_PROXY names, refuses the way to ${options.host} (${status})`;
    throw status === 407
      ? new NetworkError(`${refusal}; write a user and a password that it knows into the variable: http://USER:PASSWORD@${this.proxy.host}.`)
      : new NetworkError(`${refusal}; have it let this name through, or name it in NO_PROXY.`, status >= 500);
  }
}

/** @throws where a page has come, or the way to one, which AWS sends only where it is broken itself */
function checkSender({ statusCode, headers }: HttpResponse, { hostname }: HttpRequest): void {
  const isPage = /\bhtml\b/i.test(headers['content-type'] ?? '') && statusCode < 500;
  if (isPage || statusCode === 407 || (statusCode >= 300 && statusCode < 400)) {
    throw new NetworkError(`A proxy has answered in the place of ${hostname} (${statusCode}, ${isPage ? 'a page for a browser' : 'which AWS never says'}); `
      + 'sign in to the network or at the proxy, or have it let this name through.');
  }
}

function limited(body: Readable, explained: (error: Error) => Error): Readable {
  let size = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      done(size > LARGEST_MB * 1_000_000 ? new NetworkError(`The answer has more than ${LARGEST_MB} MB; check what stands between this machine and AWS.`) : null, chunk);
    },
  });
  body.on('error', error => limit.destroy(explained(error)));
  return body.pipe(limit).on('close', () => body.destroy());
}

/** The certificates that are to be trusted. https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html */
export async function trustedCertificates(): Promise<string | undefined> {
  const file = await loadConfig<string | undefined>({
    environmentVariableSelector: env => env.AWS_CA_BUNDLE || undefined,
    configFileSelector: profile => profile.ca_bundle,
    default: undefined,
  })();
  if (file === undefined) {
    return undefined;
  }
  const name = process.env.AWS_CA_BUNDLE ? `${file}, which AWS_CA_BUNDLE names,` : `${file}, the ca_bundle of the profile,`;
  const text = readTextFile(file, name);
  if (text === undefined) {
    throw new Error(`${name} is not there; name the file with the certificates that are trusted.`);
  }
  try {
    new X509Certificate(text);
  } catch {
    throw new Error(`${name} has no certificate in it; name a file of certificates in PEM, which start with -----BEGIN CERTIFICATE-----.`);
  }
  return text;
}

/** @throws where a file of the configuration is none: of a FIFO the SDK would wait for ever */
export function checkConfiguration(): void {
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, AWS_WEB_IDENTITY_TOKEN_FILE } = process.env;
  const files = [AWS_CONFIG_FILE || join(getHomeDir(), '.aws', 'config'), AWS_SHARED_CREDENTIALS_FILE || join(getHomeDir(), '.aws', 'credentials'), AWS_WEB_IDENTITY_TOKEN_FILE];
  for (const file of files) {
    if (file && file !== devNull && !isFileOrNothing(file)) {
      throw new Error(`${file}, from which credentials and settings are read, is no regular file; name one, or /dev/null.`);
    }
  }
}

function isFileOrNothing(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return true;
  }
}
