import { proxyFor } from '../../src/cli/proxy';

const PROXY = 'http://proxy.example.com:8080';
const EC2 = { protocol: 'https:', hostname: 'ec2.eu-west-3.amazonaws.com' };

const found = (env: NodeJS.ProcessEnv, address: object = {}) => proxyFor({ ...EC2, ...address }, env)?.href;

test.each([
  [{ HTTPS_PROXY: PROXY }],
  [{ https_proxy: PROXY }],
  [{ https_proxy: PROXY, HTTPS_PROXY: 'http://other.example.com' }],
  [{ HTTPS_PROXY: 'proxy.example.com:8080' }],
  [{ HTTPS_PROXY: PROXY, NO_PROXY: '' }],
  [{ HTTPS_PROXY: PROXY, NO_PROXY: 'naws.com, example.com,, .' }],
  [{ HTTPS_PROXY: PROXY, NO_PROXY: 'amazonaws.com:80' }],
  [{ HTTPS_PROXY: PROXY, NO_PROXY: 'ec2.eu-west-3.amazonaws.com.example.com' }],
])('%j leads through the proxy', env => expect(found(env)).toBe(`${PROXY}/`));

test.each([
  [{}],
  [{ HTTP_PROXY: PROXY }],
  [{ HTTPS_PROXY: '' }],
  [{ https_proxy: '', HTTPS_PROXY: PROXY }],
  ...['*', 'ec2.eu-west-3.amazonaws.com', 'amazonaws.com', '.amazonaws.com', '*.amazonaws.com', 'AmazonAWS.com', 'example.com, amazonaws.com', 'amazonaws.com:443']
    .map(NO_PROXY => [{ HTTPS_PROXY: PROXY, NO_PROXY }]),
  [{ HTTPS_PROXY: PROXY, no_proxy: 'amazonaws.com', NO_PROXY: 'example.com' }],
])('%j leads through none', env => expect(found(env)).toBeUndefined());

test('an address without TLS is none of AWS, and is reached without a proxy', () => {
  expect(found({ HTTPS_PROXY: PROXY }, { protocol: 'http:' })).toBeUndefined();
});

test.each(['socks5://127.0.0.1', 'http://', ':', 'http://a b'])('%j is refused, as it is the address of no proxy', address => {
  expect(() => found({ HTTPS_PROXY: address })).toThrow('HTTPS_PROXY is not the address of a proxy; write one such as http://proxy.example.com:8080.');
});
