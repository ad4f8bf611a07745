import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { cachedImagesIn } from '../../src/cli/context-file';

const IMAGE_ID = 'ami-01fde5e5b31e98551';

/** What the CDK CLI keeps for a machine image, under the key that aws-cdk-lib gives it. */
function cached(machineImage: ec2.IMachineImage, value: unknown = IMAGE_ID) {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'eu-west-3' } });
  machineImage.getImage(stack);
  const [{ key }] = app.synth().manifest.missing!;
  return { key, images: cachedImagesIn(JSON.stringify({ [key]: value }), 'cdk.context.json') };
}

const FOUND = { account: '123456789012', region: 'eu-west-3', imageId: IMAGE_ID };

test.each([
  ['without an owner', { name: 'web-*' }, { names: ['web-*'], owners: [] }],
  ['without an owner, and with a key that looks like one', { name: 'web-*', additionalCacheKey: 'a:owners.0=amazon' }, { names: ['web-*'], owners: [] }],
  ['with an owner', { name: 'web-*', owners: ['amazon'] }, { names: ['web-*'], owners: ['amazon'] }],
  ['with an owner in a filter', { name: 'web-*', filters: { 'owner-id': ['123456789012'] } }, { names: ['web-*'], owners: ['123456789012'] }],
  ['without an owner, and with tags that are called as what is searched for', { name: 'web-*', filters: { 'tag:owners': ['a'], 'tag:filters.name.0': ['b'] } },
    { names: ['web-*'], owners: [] }],
  ['by a name with a colon and an equals sign', { name: 'web:a=b', owners: ['self'] }, { names: ['web:a=b'], owners: ['self'] }],
])('a lookup %s', (_, props, search) => {
  const { key, images } = cached(ec2.MachineImage.lookup(props));
  expect(images).toEqual([{ key, ...FOUND, search }]);
});

test('a parameter that held an image', () => {
  const { key, images } = cached(ec2.MachineImage.fromSsmParameter('/my/image', { cachedInContext: true }));
  expect(images).toEqual([{ key, ...FOUND, parameterName: '/my/image' }]);
});

test.each<[string, () => unknown[]]>([
  ['a parameter that held something else', () => cached(ec2.MachineImage.fromSsmParameter('/my/text', { cachedInContext: true }), 'text').images],
  ['a list of images', () => cached(ec2.MachineImage.lookup({ name: 'web-*' }), [IMAGE_ID]).images],
  ['the answer of another provider', () => cachedImagesIn('{"availability-zones:account=1:region=eu-west-3":["eu-west-3a"]}', 'f')],
  ['an image of another provider', () => cachedImagesIn(`{"plugin:account=1:region=eu-west-3":"${IMAGE_ID}"}`, 'f')],
  ['an image of no region', () => cachedImagesIn(`{"ami:account=1:region=Paris":"${IMAGE_ID}","ami:account=1":"${IMAGE_ID}"}`, 'f')],
  ['a setting', () => cachedImagesIn('{"@aws-cdk/core:x":true,"ami":"ami-01fde5e5b31e98551"}', 'f')],
  ['null', () => cachedImagesIn('null', 'f')],
])('%s is left out', (_, images) => {
  expect(images()).toEqual([]);
});

test('fails for a file that is no JSON', () => {
  expect(() => cachedImagesIn('{', 'cdk.context.json')).toThrow(/^cdk\.context\.json: not JSON \(.+\); restore it from version control, or delete it/);
});
