import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { cachedImages } from '../../src/cli/context-file';

const IMAGE_ID = 'ami-01fde5e5b31e98551';

/** What the CDK CLI keeps for a machine image, under the key that aws-cdk-lib gives it. */
function cached(machineImage: ec2.IMachineImage, value: unknown = IMAGE_ID) {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'eu-west-3' } });
  machineImage.getImage(stack);
  const [{ key }] = app.synth().manifest.missing!;
  return { key, images: cachedImages(JSON.stringify({ [key]: value }), 'cdk.context.json') };
}

const FOUND = { account: '123456789012', region: 'eu-west-3', imageId: IMAGE_ID };

test.each([
  ['without an owner', { name: 'web-*' }, { names: ['web-*'], isOpen: true }],
  ['without an owner, and with a key that looks like one', { name: 'web-*', additionalCacheKey: 'a:owners.0=amazon' }, { names: ['web-*'], isOpen: true }],
  ['with an owner', { name: 'web-*', owners: ['amazon'] }, { names: ['web-*'], isOpen: false }],
  ['with an owner in a filter', { name: 'web-*', filters: { 'owner-id': ['123456789012'] } }, { names: ['web-*'], isOpen: false }],
  ['by a name with a colon and an equals sign', { name: 'web:a=b', owners: ['self'] }, { names: ['web:a=b'], isOpen: false }],
])('a lookup %s', (_, props, search) => {
  const { key, images } = cached(ec2.MachineImage.lookup(props));
  expect(images).toEqual([{ key, ...FOUND, search }]);
});

test('a parameter that held an image', () => {
  const { key, images } = cached(ec2.MachineImage.fromSsmParameter('/my/image', { cachedInContext: true }));
  expect(images).toEqual([{ key, ...FOUND, search: undefined }]);
});

test.each([
  ['a parameter that held something else', cached(ec2.MachineImage.fromSsmParameter('/my/text', { cachedInContext: true }), 'text').images],
  ['the answer of another provider', cachedImages('{"availability-zones:account=1:region=eu-west-3":["eu-west-3a"]}', 'f')],
  ['a setting', cachedImages('{"@aws-cdk/core:x":true,"ami":"ami-01fde5e5b31e98551"}', 'f')],
  ['null', cachedImages('null', 'f')],
])('%s is left out', (_, images) => {
  expect(images).toEqual([]);
});

test('fails for a file that is no JSON', () => {
  expect(() => cachedImages('{', 'cdk.context.json')).toThrow(/^cdk\.context\.json: not JSON \(.+\); restore it from version control, or delete it/);
});
