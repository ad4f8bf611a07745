// Makes of the API.md of jsii-docgen, which has an order of its own and no option for it, a page with a table of contents, in the order of a
// reader, without what every construct has and without constructors that say no more than their signature.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILE = join(fileURLToPath(new URL('..', import.meta.url)), 'API.md');

/** What a reader wants → the classes, structs and enums for it, in their order. */
export const GROUPS = {
  'Machines': ['WorkshopInstance', 'WorkshopInstanceProps', 'WorkshopFleet', 'WorkshopFleetProps', 'CommonWorkshopProps'],
  'Choosing an image': [
    'AmiSelector', 'LatestAmiOptions', 'SsmParameterAmiOptions', 'LookupAmiOptions', 'GenericLinuxAmiOptions', 'AmiOptions', 'AmiUpdates', 'RootDevice',
  ],
  'Operating systems': ['AmiFamily', 'AmazonLinuxAmiOptions', 'AmazonLinuxRelease', 'AmiFamilyProps', 'AmiFamilyFacts', 'AmiFamilyVariant', 'UserDataFormat'],
  'Pinning': ['LockFileAmiOptions'],
  'Access': [
    'WorkshopAccess', 'SshAccessOptions', 'RdpAccessOptions', 'InstanceConnectEndpointAccessOptions', 'PortForwardingAccessOptions', 'BrowserIdeAccessOptions',
    'PortAccessOptions', 'TcpAccessOptions',
  ],
  'Stopping and starting': ['AutoStop', 'AutoStopWhenIdleOptions', 'AutoStopAtOptions', 'AutoStopOptions', 'AutoStopAction', 'AutoStart'],
  'A budget': ['WorkshopBudget', 'WorkshopBudgetOptions'],
  'Checks': ['AmiChecks', 'AmiChecksOptions', 'AllowedAmis', 'AllowedAmisState'],
};

const OF_EVERY_CONSTRUCT = /\.(toString|with|isConstruct|property\.node)"/;

/** @throws where a type is in no group, or a group has one that there is not */
export function arranged(markdown, groups = GROUPS) {
  // jsii takes what is before a semicolon for a sentence of its own.
  const whole = markdown.replace(/^## .*\n/gm, '').replace(/;\n\n(?=\S)/g, '; ').replace(/; \|$/gm, '. |');
  const types = new Map(whole.split(/^(?=### )/m).slice(1).map(text => [/^### (\w+)/.exec(text)[1], text]));
  const grouped = Object.values(groups).flat();
  const missing = [...types.keys()].filter(name => !grouped.includes(name));
  const gone = grouped.filter(name => !types.has(name));
  if (missing.length > 0 || gone.length > 0) {
    throw new Error([
      ...missing.map(name => `API.md has ${name}, and GROUPS in scripts/api.mjs does not say where; add it to the group in which a reader looks for it.`),
      ...gone.map(name => `GROUPS in scripts/api.mjs has ${name}, and API.md does not; take it out.`),
    ].join('\n'));
  }
  return [
    '# API Reference',
    'Names are those of TypeScript; in Python a property `machineImage` is `machine_image`, a method `fromLockFile` is `from_lock_file`, and the properties '
    + 'of a struct are keyword arguments.',
    Object.entries(groups).map(([group, names]) => [
      `- [${group}](#${group.toLowerCase().replaceAll(' ', '-')})`,
      ...names.map(name => `  - [${name}](#cdk-workshop-instance.${name}): ${summaryOf(types.get(name))}`),
    ].join('\n')).join('\n'),
    ...Object.entries(groups).flatMap(([group, names]) => [`## ${group}`, ...names.map(name => withoutNoise(types.get(name)))]),
  ].join('\n\n').replace(/ <a name="([\w ]+)" id="\1"><\/a>/g, '').replace(/\n{3,}/g, '\n\n').trimEnd() + '\n';
}

/** The first paragraph, up to a semicolon. */
function summaryOf(type) {
  return type.split('\n\n').slice(1).find(paragraph => !/^(- \*|#)/.test(paragraph)).replaceAll('\n', ' ').replace(/; .*/, '.');
}

function withoutNoise(type) {
  const isOfEveryConstruct = line => type.includes('.isConstruct"') && OF_EVERY_CONSTRUCT.test(line);
  const [head, ...sections] = type.split(/^(?=#### )/m);
  return [head, ...sections.flatMap(section => {
    const [table, ...members] = section.split(/^(?=##### )/m);
    if (/^#### Initializer /.test(table)) {
      return [];
    }
    if (isBareConstructor(table)) {
      return [table.replace(/^\|[^]*/m, '')];
    }
    const rows = table.replace(/^\| <code>.*\n/gm, row => isOfEveryConstruct(row) ? '' : row);
    const kept = members.filter(member => !isOfEveryConstruct(member.split('\n')[0]));
    return members.length > 0 && kept.length === 0 ? [] : [rows, ...kept];
  })].join('');
}

/** Whether nothing is said of any parameter. */
function isBareConstructor(table) {
  const rows = table.match(/^\| <code>.*$/gm) ?? [];
  return /^#### Initializers /.test(table) && rows.every(row => row.endsWith('| *No description.* |'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(FILE, arranged(readFileSync(FILE, 'utf8')));
}
