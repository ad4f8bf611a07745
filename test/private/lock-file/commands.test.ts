import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { commandLine, commandToPin, shellWord } from '../../../src/private/lock-file/commands';

const FILE = 'ami.lock.json';
const NPX = 'npx --package cdk-workshop-instance cdk-ami';

const project = process.cwd();
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'commands-')));
  process.chdir(folder);
});

afterEach(() => process.chdir(project));

describe('the command that pins an image', () => {
  test('says the query where there is none yet', () => {
    const query = { family: 'AMAZON_LINUX_1', owners: ['amazon'], rootDevice: 'instance-store' } as const;
    expect(commandToPin('web', { query, regions: ['eu-west-1', 'eu-west-3'], file: FILE })).toBe(
      `${NPX} pin web --family AMAZON_LINUX_1 --architecture x86_64 --root-device instance-store --region eu-west-1 --region eu-west-3`);
  });

  test('names a parameter', () => {
    expect(commandToPin('web', { query: { parameter: '/images/web', owners: ['123456789012'], architecture: 'arm64' }, regions: [], file: FILE })).toBe(
      `${NPX} pin web --parameter /images/web --architecture arm64`);
  });

  test('names whose images to search, Amazon where nobody is named', () => {
    expect(commandToPin('web', { query: { name: 'web-1', owners: ['123456789012', 'aws-marketplace'] }, regions: [], file: FILE })).toBe(
      `${NPX} pin web --name web-1 --owner 123456789012 --owner aws-marketplace --architecture x86_64`);
    expect(commandToPin('web', { query: { name: 'web-1' }, regions: [], file: FILE })).toBe(`${NPX} pin web --name web-1 --owner amazon --architecture x86_64`);
  });

  test('leaves out what cannot be in a query', () => {
    const query = { name: '*', family: { toString: 1 }, owners: ['; id', null], architecture: '`id`', rootDevice: ['$(id)'] };
    expect(commandToPin('; id', { query, regions: ['eu-west-3'], file: FILE })).toBe(
      `${NPX} pin NAME --family UBUNTU_24_04 --architecture x86_64 --region eu-west-3`);
  });
});

describe('the command is called', () => {
  test('with the name of its package where npx would fetch whatever has the name of the command', () => {
    expect(commandLine('check')).toBe(`${NPX} check`);
  });

  test('with npx below a folder that has the package', () => {
    mkdirSync(join(folder, 'node_modules', 'cdk-workshop-instance'), { recursive: true });
    mkdirSync(join(folder, 'apps', 'web'), { recursive: true });
    process.chdir(join(folder, 'apps', 'web'));
    expect(commandLine('check')).toBe('npx cdk-ami check');
  });

  test.each([['Python/3.11', 'cdk-ami check'], ['Java/17', `${NPX} check`]])('from %s with %s', (agent, line) => {
    process.env.JSII_AGENT = agent;
    try {
      expect(commandLine('check')).toBe(line);
    } finally {
      delete process.env.JSII_AGENT;
    }
  });
});

test.each([
  '', 'web', '-x', 'a b', 'it\'s', '\'; touch canary; \'', '$(touch canary)', '`touch canary`', '"; touch canary; "', 'a\\', '\\\'', 'a\ntouch canary', '~', '*', '=ls', '#', '!!', 'a&touch canary',
  '{a,b}', 'é', 'ami:account=123456789012:filters.name.0=web*:region=eu-west-3',
])('a shell takes %j for one word', word => {
  expect(execFileSync('bash', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' })).toBe(word);
  expect(readdirSync(folder)).toEqual([]);
});
