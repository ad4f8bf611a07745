import { NetworkError } from './aws';

/**
 * The proxy that leads to an address; undefined where none is to be asked. AWS is asked by https only.
 *
 * A name in NO_PROXY is also for all names below it, as the AWS CLI reads it: https://github.com/python/cpython/blob/main/Lib/urllib/request.py
 *
 * @throws where the variable names no proxy
 */
export function proxyFor({ protocol, hostname, port }: { protocol: string; hostname: string; port?: number }, env = process.env): URL | undefined {
  const proxy = env.https_proxy ?? env.HTTPS_PROXY;
  if (protocol !== 'https:' || !proxy || isExcepted(hostname.toLowerCase(), port ?? 443, env.no_proxy ?? env.NO_PROXY ?? '')) {
    return undefined;
  }
  const url = URL.canParse(proxy.includes('://') ? proxy : `http://${proxy}`) ? new URL(proxy.includes('://') ? proxy : `http://${proxy}`) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new NetworkError('HTTPS_PROXY is not the address of a proxy; write one such as http://proxy.example.com:8080.');
  }
  return url;
}

function isExcepted(hostname: string, port: number, exceptions: string): boolean {
  return exceptions.split(',').map(each => each.trim().toLowerCase().replace(/^\*?\.+/, '')).filter(Boolean)
    .some(name => name === '*' || [hostname, `${hostname}:${port}`].some(host => host === name || host.endsWith(`.${name}`)));
}
