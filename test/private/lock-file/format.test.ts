import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv from 'ajv';
import { formatLockFile, parseLockFile, styleOf } from '../../../src/private/lock-file/format';
import type { LockFile } from '../../../src/private/lock-file/lock-file';

const IMAGE = {
  imageId: 'ami-01fde5e5b31e98551',
  name: 'amzn2-ami-hvm-2.0.20260930.0-x86_64-gp2',
  owner: '137112412989',
  ownerAlias: 'amazon',
  creationDate: '2026-09-30T19:58:37.000Z',
  deprecationTime: '2026-12-29T19:58:37.000Z',
  rootDeviceName: '/dev/xvda',
};
const QUERY = { name: 'amzn2-ami-hvm-2.0.*', owners: ['amazon'], architecture: 'x86_64', rootDevice: 'ebs' };
const ENTRY = { query: QUERY, regions: { 'eu-west-3': IMAGE } };

/** A file with one entry, in which parts are replaced, or left out where they are undefined. */
function fileWith({ top = {}, entry = {}, query = {}, image = {} }: { top?: object; entry?: object; query?: object; image?: object } = {}): string {
  const regions = { 'eu-west-3': { ...IMAGE, ...image } };
  return JSON.stringify({ version: 1, images: { web: { query: { ...QUERY, ...query }, regions, ...entry } }, ...top });
}

const FAMILY = { family: 'UBUNTU_24_04', name: undefined, owners: ['099720109477'] };
const UBUNTU = { name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260930', owner: '099720109477' };

const inSchema = new Ajv().compile(JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'ami.lock.schema.json'), 'utf8')));

describe('a file that holds', () => {
  test.each([
    ['nothing', fileWith({ top: { images: {} } })],
    ['an image found by a name', fileWith()],
    ['an image of a family', fileWith({ query: FAMILY, image: UBUNTU })],
    ['an image that a parameter names', fileWith({ query: { name: undefined, parameter: '/images/web:prod' } })],
    ['a family that this version does not know', fileWith({ query: { ...FAMILY, family: 'UBUNTU_99_04' }, image: UBUNTU })],
    ['the schema for editors', fileWith({ top: { $schema: './node_modules/cdk-workshop-instance/ami.lock.schema.json' } })],
    ['an entry without a region', fileWith({ entry: { regions: {} } })],
    ['only what must be', fileWith({ query: { owners: ['137112412989'] }, image: { ownerAlias: undefined, deprecationTime: undefined, rootDeviceName: undefined } })],
    ['an image of one\'s own', fileWith({ query: { owners: ['123456789012'] }, image: { ownerAlias: undefined, owner: '123456789012' } })],
    ['an id of 8 digits and a time without milliseconds', fileWith({ image: { imageId: 'ami-01fde5e5', creationDate: '2026-09-30T19:58:37Z' } })],
    ['an image on instance store', fileWith({ query: { rootDevice: 'instance-store' } })],
    ['what a query waits for', fileWith({ query: { minAgeDays: 7, skip: ['ami-00000001'], filters: { 'boot-mode': ['uefi'], 'tag:Stage': ['prod'] } } })],
    ['a wait of a day', fileWith({ query: { minAgeDays: 1 } })],
    ['a wait of ten years', fileWith({ query: { minAgeDays: 3650 } })],
    ['a parameter without a slash', fileWith({ query: { name: undefined, parameter: 'web' } })],
    ['a parameter as long as there can be', fileWith({ query: { name: undefined, parameter: `/${'a'.repeat(1010)}` } })],
    ['a name with the middle of a merge in it', fileWith({ image: { name: 'amzn2-ami-hvm-2.0. ======= 1' } })],
    ['two regions of a partition', fileWith({ entry: { regions: { 'cn-north-1': IMAGE, 'cn-northwest-1': IMAGE } } })],
    ['a name of a method of objects', JSON.stringify({ version: 1, images: { constructor: ENTRY } })],
    ['a byte order mark', `\uFEFF${fileWith()}`],
  ])('%s is read', (_, text) => {
    const content = JSON.parse(text.replace('\uFEFF', ''));
    expect(parseLockFile(text)).toEqual(content);
    expect(inSchema(content)).toBe(true);
  });
});

describe('fails for', () => {
  const ANEW = 'take the entry out of the file, and "npx --package cdk-workshop-instance cdk-ami pin web --name \'amzn2-ami-hvm-2.0.*\' --owner amazon --architecture x86_64 '
    + '--region eu-west-3" pins it anew.';
  const AGAIN = 'take eu-west-3 out of the entry, and "npx --package cdk-workshop-instance cdk-ami pin web --region eu-west-3" pins it anew.';
  const RESTORE = 'restore it from version control, or delete it and pin the images anew with "npx --package cdk-workshop-instance cdk-ami pin --help".';
  const ONE_SENTENCE = /^ami\.lock\.json: [^\n]+\.$/;

  test.each([
    ['no JSON', '{', /^ami\.lock\.json: not JSON \(.+\); restore the file from version control, or delete it/],
    ['no JSON in some line', '{\n  "version": one\n}', /^ami\.lock\.json: not JSON \(([^\s\\]+ )*[^\s\\]+\); /],
    ['no JSON that begins as a merge does', '= web\n| web\n> web', /^ami\.lock\.json: not JSON/],
    ['a byte order mark at the end', `${fileWith()}\uFEFF`, /^ami\.lock\.json: not JSON/],
    ['no text', '', /^ami\.lock\.json: not JSON/],
    ['a merge', '{\n<<<<<<< HEAD\n', 'line 2 is the conflict marker of a merge; "npx --package cdk-workshop-instance cdk-ami resolve" puts both sides together.'],
    ['a merge from its first line on', '<<<<<<< HEAD\n{}', 'line 1 is the conflict marker of a merge'],
    ['the middle of a merge', '{\n\n=======\n}', 'line 3 is the conflict marker of a merge'],
    ['a key that stands twice', `{"version":1,"images":{},"images":{"web":${JSON.stringify(ENTRY)}}}`, '"images" stands twice in one object'],
  ])('%s', (_, text, message) => {
    expect(() => parseLockFile(text)).toThrow(message);
    expect(() => parseLockFile(text)).toThrow(ONE_SENTENCE);
  });

  test.each([
    ['a list', '[]', `the file is [], not an object with $schema, version, images; ${RESTORE}`],
    ['null', 'null', 'the file is null, not an object'],
    ['a newer version', '{"version":2,"pins":[]}', 'the file is of version 2, and this cdk-workshop-instance reads version 1; install a newer one with '
      + '"npm install cdk-workshop-instance@latest" or "pip install --upgrade cdk-workshop-instance".'],
    ['a version that is no number', fileWith({ top: { version: '1' } }), `the file has the version "1", which is not the number 1; ${RESTORE}`],
    ['no version', fileWith({ top: { version: undefined } }), 'the file has no version, which is the number 1'],
    ['an unknown part', fileWith({ top: { comment: 'x' } }), 'the file has "comment", which is none of $schema, version, images'],
    ['a list of images', fileWith({ top: { images: [] } }), 'the file has the images [], which is not an object'],
    ['a name with a blank', fileWith({ top: { images: { 'my web': ENTRY } } }), 'the entry "my web" has a name that cannot be; write at most 128 letters, digits and'],
    ['a name like an option', fileWith({ top: { images: { '-f': ENTRY } } }), 'the entry "-f" has a name that cannot be'],
    ['an entry that is none', fileWith({ top: { images: { web: 'ami-01fde5e5' } } }), 'the entry "web" is "ami-01fde5e5", not an object with query, regions'],
    ['an entry that is null', fileWith({ top: { images: { web: null } } }), 'the entry "web" is null, not an object with query, regions'],
    ['a schema that is no text', fileWith({ top: { $schema: 1 } }), 'the file has the $schema 1, which is not a text'],
    ['an entry without a query', fileWith({ entry: { query: undefined } }), 'the entry "web" has no query, which is an object'],
    ['an unknown part of an entry', fileWith({ entry: { note: 1 } }), `the entry "web" has "note", which is none of query, regions; ${ANEW}`],
    ['neither family nor name', fileWith({ query: { name: undefined } }), 'the query of "web" has no family, name or parameter, and takes one of them; '
      + 'take the entry out of the file, and "npx --package cdk-workshop-instance cdk-ami pin web --family UBUNTU_24_04 --architecture x86_64 --region eu-west-3" pins it anew.'],
    ['both family and name', fileWith({ query: { family: 'DEBIAN_13' } }), 'the query of "web" has family and name, and takes one of them; '],
    ['a name and a parameter', fileWith({ query: { parameter: '/images/web' } }), 'the query of "web" has name and parameter, and takes one of them; '],
    ['a parameter that is none', fileWith({ query: { name: undefined, parameter: '/images/$(id)' } }), 'the query of "web" has the parameter "/images/\\u0024(id)", which is not the name of a parameter'],
    ['a parameter that begins as none does', fileWith({ query: { name: undefined, parameter: '$images/web' } }), 'the query of "web" has the parameter "\\u0024images/web"'],
    ['a parameter that is too long', fileWith({ query: { name: undefined, parameter: `/${'a'.repeat(1011)}` } }), 'which is not the name of a parameter'],
    ['a family that begins as none does', fileWith({ query: { ...FAMILY, family: 'xUBUNTU_24_04' } }), 'the query of "web" has the family "xUBUNTU_24_04"'],
    ['a family that is no constant', fileWith({ query: { ...FAMILY, family: 'Ubuntu' } }), 'the query of "web" has the family "Ubuntu", which is not the name of'],
    ['a name of wildcards', fileWith({ query: { name: '**' } }), 'the query of "web" has the name "**", which is not the name of an image with at most some'],
    ['a name that a shell runs at its start', fileWith({ query: { name: '`id`-*' } }), 'the query of "web" has the name "\\u0060id\\u0060-*", which is not'],
    ['a name that a shell ends', fileWith({ query: { name: 'amzn2;' } }), 'the query of "web" has the name "amzn2;", which is not'],
    ['no owners', fileWith({ query: { owners: [] } }), 'the query of "web" has the owners [], which is not a list of different owners: 12-digit account ids or amazon'],
    ['an owner that is none', fileWith({ query: { owners: ['canonical'] } }), 'the query of "web" has the owners ["canonical"]'],
    ['an owner that is none among others', fileWith({ query: { owners: ['amazon', 'canonical'] } }), 'the query of "web" has the owners ["amazon","canonical"]'],
    ['an owner who is another for each reader', fileWith({ query: { owners: ['self'] } }), 'the query of "web" has the owners ["self"], which is not a list of'],
    ['an owner twice', fileWith({ query: { owners: ['amazon', 'amazon'] } }), 'the query of "web" has the owners ["amazon","amazon"]'],
    ['an owner that is a number', fileWith({ query: { owners: [137112412989] } }), 'the query of "web" has the owners [137112412989]'],
    ['another architecture', fileWith({ query: { architecture: 'i386' } }), 'the query of "web" has the architecture "i386", which is not "x86_64" or "arm64"'],
    ['a list of architectures', fileWith({ query: { architecture: ['x86_64'] } }), 'the query of "web" has the architecture ["x86_64"], which is not "x86_64" or "arm64"'],
    ['another root device', fileWith({ query: { rootDevice: 'nfs' } }), 'the query of "web" has the rootDevice "nfs", which is not "ebs" or "instance-store"'],
    ['arm64 on instance store', fileWith({ query: { architecture: 'arm64', rootDevice: 'instance-store' } }), 'the query of "web" has arm64 and instance-store'],
    ['an age below a day', fileWith({ query: { minAgeDays: 0 } }), 'the query of "web" has the minAgeDays 0, which is not a number of days from 1 to 3650'],
    ['an age of more than ten years', fileWith({ query: { minAgeDays: 3651 } }), 'the query of "web" has the minAgeDays 3651, which is not a number of days'],
    ['no id to skip', fileWith({ query: { skip: ['ami-1'] } }), 'the query of "web" has the skip ["ami-1"], which is not a list of different ids'],
    ['a list to skip', fileWith({ query: { skip: [['ami-00000001']] } }), 'the query of "web" has the skip [["ami-00000001"]], which is not a list of different ids'],
    ['nothing to skip', fileWith({ query: { skip: [] } }), 'the query of "web" has the skip [], which is not a list of different ids of images'],
    ['a filter of what the query has', fileWith({ query: { filters: { 'owner-id': ['1'] } } }), 'the query of "web" has the filters {"owner-id":["1"]}, which is not an'],
    ['a filter of what the query has among others', fileWith({ query: { filters: { 'boot-mode': ['uefi'], 'state': ['pending'] } } }), 'the query of "web" has the filters'],
    ...['Boot-Mode', '$boot-mode', 'boot-mode;', 'tag:`id`'].map(name =>
      [`the filter ${name}`, fileWith({ query: { filters: { [name]: ['uefi'] } } }), 'which is not an object of filters of EC2'] as const),
    ['a region that is none', fileWith({ entry: { regions: { Paris: IMAGE } } }), 'the entry "web" has "Paris", which is not the name of a region such as'],
    ['a wrong id', fileWith({ image: { imageId: 'ami-1' } }), 'the image of "web" in eu-west-3 has the imageId "ami-1", which is not "ami-" and 8 or 17 hex '
      + `digits; ${AGAIN}`],
    ['a list of ids', fileWith({ image: { imageId: ['ami-01fde5e5'] } }), 'the image of "web" in eu-west-3 has the imageId ["ami-01fde5e5"], which is not "ami-" and'],
    ['an id that is missing', fileWith({ image: { imageId: undefined } }), `the image of "web" in eu-west-3 has no imageId, which is "ami-" and 8 or 17 hex digits; ${AGAIN}`],
    ['a date that is none', fileWith({ image: { creationDate: '2026-09-30' } }), 'has the creationDate "2026-09-30", which is not a time such as'],
    ['a null', fileWith({ image: { deprecationTime: null } }), 'has the deprecationTime null, which is not a time such as'],
  ])('%s, as the schema does', (_, text, message) => {
    expect(() => parseLockFile(text)).toThrow(message);
    expect(() => parseLockFile(text)).toThrow(ONE_SENTENCE);
    expect(inSchema(JSON.parse(text))).toBe(false);
  });

  test.each([
    ['regions of two partitions', fileWith({ entry: { regions: { 'eu-west-3': IMAGE, 'us-gov-west-1': IMAGE } } }),
      'the entry "web" has eu-west-3 and us-gov-west-1, which are of the partitions aws and aws-us-gov; keep the regions of one'],
    ['another owner', fileWith({ image: { owner: '666666666666', ownerAlias: undefined } }),
      `the image of "web" in eu-west-3 is of the owner 666666666666, and its query takes images of amazon only; ${AGAIN}`],
    ['another alias', fileWith({ image: { ownerAlias: 'aws-marketplace' } }), 'is of the owner 137112412989, aws-marketplace, and its query takes images of amazon only'],
    ['another image', fileWith({ image: { name: 'al2023-ami-2023.0-x86_64' } }),
      `the image of "web" in eu-west-3 is "al2023-ami-2023.0-x86_64", which its query "amzn2-ami-hvm-2.0.*" does not find; ${AGAIN}`],
  ])('%s, which a schema cannot say', (_, text, message) => {
    expect(() => parseLockFile(text)).toThrow(message);
    expect(() => parseLockFile(text)).toThrow(ONE_SENTENCE);
    expect(inSchema(JSON.parse(text))).toBe(true);
  });

  test('a mistake, with the call and the file of the user', () => {
    expect(() => parseLockFile(fileWith({ image: { imageId: 'ami-1' } }), 'etc/my images.json', 'AmiSelector.fromLockFile("api")')).toThrow(
      /^AmiSelector\.fromLockFile\("api"\): etc\/my images\.json: the image of .+ "npx --package cdk-workshop-instance cdk-ami pin web --region eu-west-3 --file 'etc\/my images\.json'" pins it anew\.$/);
  });
});

describe('the text of a file', () => {
  const LOCK = JSON.parse(fileWith({ top: { images: { web: ENTRY, api: ENTRY } } })) as LockFile;

  test('is the same in whatever order the content was put together', () => {
    const reversed = (value: any): any => Array.isArray(value) || typeof value !== 'object' ? value
      : Object.fromEntries(Object.entries(value).reverse().map(([key, each]) => [key, reversed(each)]));
    expect(formatLockFile(reversed(LOCK))).toBe(formatLockFile(LOCK));
    expect(Object.keys(JSON.parse(formatLockFile(LOCK)).images)).toEqual(['api', 'web']);
  });

  test('takes owners in any order', () => {
    const withOwners = (owners: string[]) => formatLockFile(JSON.parse(fileWith({ query: { owners } })));
    expect(withOwners(['123456789012', 'amazon'])).toBe(withOwners(['amazon', '123456789012']));
  });

  test('has lines for people and ends with one', () => {
    expect(formatLockFile({ version: 1, images: {} })).toBe('{\n  "images": {},\n  "version": 1\n}\n');
  });

  test('has a list in one line where 80 characters hold it, as prettier does', () => {
    const textWith = (name: string) => formatLockFile(JSON.parse(fileWith({ query: { owners: ['amazon', '123456789012'], filters: { 'tag:Name': ['a]', name] } } })));
    const [fits, doesNot] = ['x'.repeat(48), 'x'.repeat(49)];
    expect(textWith(fits)).toContain(`\n          "tag:Name": ["a]", "${fits}"]\n        },\n`);
    expect(textWith(fits)).toContain('\n        "owners": ["123456789012", "amazon"],\n');
    expect(textWith(doesNot)).toContain(`\n          "tag:Name": [\n            "a]",\n            "${doesNot}"\n          ]\n        },\n`);
  });

  test.each([['  ', '\n'], ['    ', '\n'], ['\t', '\n'], ['  ', '\r\n']])('keeps the indentation %j and the ends of lines %j that someone chose', (indentation, newline) => {
    const text = formatLockFile(LOCK, { indentation, newline });
    expect(text).toContain(`${newline}${indentation}"version": 1${newline}`);
    expect(styleOf(text)).toEqual({ indentation, newline });
  });

  test.each(['', '{"version":1}', '{ "version": 1 }'])('has two spaces where someone wrote %j', text => {
    expect(styleOf(text)).toEqual({ indentation: '  ', newline: '\n' });
  });

  test('is read back as it was, with the schema for editors', () => {
    const lock = { ...LOCK, $schema: './ami.lock.schema.json' };
    expect(parseLockFile(formatLockFile(lock))).toEqual(lock);
  });
});
