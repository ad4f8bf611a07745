// An AWS that answers with nonsense, slowly or never.
import { createServer } from 'node:http';

const REQUEST = '<requestId>8b9f1c7e-0000-4000-8000-000000000000</requestId>';

const IMAGE = {
  imageId: 'ami-0c00000000002404a',
  name: 'golden-image-1',
  imageOwnerId: '123456789012',
  creationDate: '2026-09-16T08:00:00.000Z',
  architecture: 'x86_64',
  rootDeviceType: 'ebs',
  rootDeviceName: '/dev/sda1',
  imageState: 'available',
  virtualizationType: 'hvm',
  isPublic: 'false',
};

const element = ([name, value]) => `<${name}>${value}</${name}>`;
const imageWith = (changes = {}) => element(['item', Object.entries({ ...IMAGE, ...changes }).filter(([, value]) => value !== undefined).map(element).join('')]);
const answer = (images, more = '') => (
  `<?xml version="1.0"?><DescribeImagesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${REQUEST}<imagesSet>${images}</imagesSet>${more}</DescribeImagesResponse>`);
const refusal = (code, message) => `<?xml version="1.0"?><Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>x</RequestID></Response>`;

const XML = 'text/xml';
const HTML = 'text/html';
const send = (body, type = XML, status = 200) => response => response.writeHead(status, { 'content-type': type }).end(body);
const image = changes => send(answer(imageWith(changes)));
const start = response => response.writeHead(200, { 'content-type': XML }).write('<?xml version="1.0"?><DescribeImagesResponse><imagesSet>');

/** Ten times the one before, five times. */
const ENTITIES = ['a', 'b', 'c', 'd', 'e'].map((name, i, names) => `<!ENTITY ${name} "${(i === 0 ? 'a' : `&${names[i - 1]};`).repeat(10)}">`).join('');

/** What it answers, by what that is. */
export const ANSWERS = {
  'a page of HTML': send('<!DOCTYPE html><html><title>Login</title><body>Accept the terms<br></body></html>', HTML),
  'an empty body': send(''),
  'half of an answer': send(answer(imageWith()).slice(0, 200)),
  'less than it says': response => { response.writeHead(200, { 'content-type': XML, 'content-length': 100_000 }).write(answer(imageWith())); response.socket.end(); },
  'JSON': send('{"Images":[]}', 'application/json'),
  'binary': send(Buffer.from(Array.from({ length: 2000 }, (_, i) => i * 7 % 256)), 'application/octet-stream'),
  'an answer without anything': send('<DescribeImagesResponse/>'),
  'an image': image(),
  'no id': image({ imageId: undefined }),
  'no owner': image({ imageOwnerId: undefined }),
  'no date': image({ creationDate: undefined }),
  'no name': image({ name: undefined }),
  'no architecture': image({ architecture: undefined }),
  'a date that is none': image({ creationDate: 'yesterday' }),
  'a deprecation that is none': image({ deprecationTime: 'never' }),
  'a date of another form': image({ creationDate: '2026-09-16T08:00:00+00:00' }),
  'an id that is a command': image({ imageId: 'ami-XYZ; touch canary' }),
  'a name that is a command': image({ name: 'golden-image-$(touch canary)`touch canary`' }),
  'an owner that is none': image({ imageOwnerId: 'bob' }),
  'an alias that is none': image({ imageOwnerAlias: 'Amazon Inc.' }),
  'a stranger': image({ imageOwnerId: '666666666666' }),
  'a name with elements in it': image({ name: '<a><b>c</b></a>' }),
  'two names': send(answer(imageWith({ name: 'golden-image-1</name><name>golden-image-2' }))),
  'a name that a terminal obeys': image({ name: 'golden-image-&#27;]0;PWN&#7;&#27;[31mX&#10;::error::x&#155;1m&#8238;abc', description: '::error::&#27;[2J&#10;::error::' }),
  'a name of a megabyte': image({ name: `golden-image-${'x'.repeat(1e6)}`, description: 'x'.repeat(1e6) }),
  'elements, 100,000 deep': send(answer(`<item>${'<a>'.repeat(1e5)}${'</a>'.repeat(1e5)}</item>`)),
  'entities that grow': send(`<?xml version="1.0"?><!DOCTYPE l [${ENTITIES}]>${answer(imageWith({ name: 'golden-image-&e;' })).replace(/^<\?xml.*?\?>/, '')}`),
  'a redirection': response => response.writeHead(301, { location: 'http://127.0.0.1:1/' }).end('<html>moved</html>'),
  '403 of a proxy': send('<html><body>Blocked by \x1b[31mthe proxy</body></html>', HTML, 403),
  '404': send('<html>Not found</html>', HTML, 404),
  '407': send('<html>Proxy authentication</html>', HTML, 407),
  '500': send('oops', 'text/plain', 500),
  '503': send(refusal('RequestLimitExceeded', 'Request limit exceeded.'), XML, 503),
  'a refusal of several lines': send(refusal('InvalidParameterValue', 'The filter x is invalid&#27;[31m\nsecond line ::error::'), XML, 400),
  'a refusal of a megabyte': send(refusal('InvalidParameterValue', 'x'.repeat(1e6)), XML, 400),
  'a denial': send(refusal('UnauthorizedOperation', 'You are not authorized, with an explicit deny in a service control policy'), XML, 403),
  'a code that is none': send('<Response><Errors><Error><Code></Code></Error></Errors></Response>', XML, 400),
  'a code that is a command': send(refusal('$(touch canary)&#27;[31m', '`touch canary`'), XML, 400),
  'a connection that is reset': response => response.socket.destroy(),
};

/** What it does for as long as it is let. */
export const ENDLESS = {
  'nothing': () => {},
  'an answer that stops': start,
  'a blank every two seconds': response => {
    start(response);
    const timer = setInterval(() => response.write(' '), 2000);
    response.on('close', () => clearInterval(timer));
  },
  'another page each time': response => send(answer(imageWith(), element(['nextToken', String(Math.random())])))(response),
  '600 MB': response => {
    start(response);
    const block = Buffer.alloc(1_000_000, ' ');
    const write = left => left > 0 && !response.destroyed && (response.write(block) ? setImmediate(write, left - 1) : response.once('drain', () => write(left - 1)));
    write(600);
  },
  'the same page each time': send(answer(imageWith(), '<nextToken>same</nextToken>')),
};

/** Starts it. The first part of the path says which answer: `urlOf` makes it. */
export async function startBrokenAws() {
  const all = { ...ANSWERS, ...ENDLESS };
  const server = createServer((request, response) => {
    response.on('error', () => {});
    request.resume().on('end', () => all[decodeURIComponent(request.url.split(/[/?]/)[1])](response));
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    urlOf: what => `http://127.0.0.1:${server.address().port}/${encodeURIComponent(what)}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(resolve));
    },
  };
}
