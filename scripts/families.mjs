// Writes docs/families.md: what AmiFamily knows, as lib/ has it.
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const fromRoot = path => fileURLToPath(new URL(`../${path}`, import.meta.url));
const require = createRequire(import.meta.url);

if (!existsSync(fromRoot('lib/ami-family.js'))) {
  throw new Error('lib/ami-family.js is not there; "npx projen compile" makes it.');
}
const { AmiFamily } = require('../lib/ami-family.js');
const { FACTS_DATE } = require('../lib/private/catalog/facts-date.js');
const { FAMILIES } = require('../lib/private/catalog/families.js');

const HEADER = ['Constant', 'Architectures', 'Root devices', 'Parameter', 'Name to search for', 'Owners', 'User', 'Support until', 'Preinstalled', 'Known from'];
const PREINSTALLED = { cfnBootstrap: 'cfn-init', ssmAgent: 'SSM agent', instanceConnect: 'Instance Connect' };
const EVIDENCE = { data: 'data of AWS', publisher: 'the publisher', others: 'others' };
const PARTITIONS = ['aws', 'aws-us-gov', 'aws-cn', 'aws-eusc'];

const unique = values => [...new Set(values)];
const code = text => `\`${text}\``;
const line = cells => `| ${cells.join(' | ')} |`;

/** Two names as one, with what differs in braces: `debian-13-{amd64,arm64}-*`. */
function merged(first, second) {
  const [one, other] = [first, second].map(name => name.split(/([-/. ])/));
  const same = (left, right) => {
    const end = left.findIndex((word, index) => word !== right[index]);
    return end < 0 ? left.length : end;
  };
  const before = same(one, other);
  const after = same(one.slice(before).reverse(), other.slice(before).reverse());
  const middle = words => words.slice(before, words.length - after).join('');
  const braces = first === second ? '' : `{${middle(one)},${middle(other)}}`;
  return one.slice(0, before).join('') + braces + one.slice(one.length - after).join('');
}

function names(family, key) {
  const rootDevices = unique(family.variants().map(variant => variant.rootDevice));
  const lines = rootDevices.map(rootDevice => {
    const all = family.variants().filter(variant => variant.rootDevice === rootDevice).flatMap(variant => variant[key] ?? []);
    const name = all.length === 0 ? '-' : code(all.reduce(merged));
    return rootDevices.length === 1 ? name : `${rootDevice}: ${name}`;
  });
  return lines.join('<br>');
}

function owners(family) {
  const known = PARTITIONS.filter(partition => family.owners(partition).length > 0);
  return known.map(partition => `${partition}: ${family.owners(partition).map(code).join(', ')}`).join('<br>') || 'not known';
}

function support(family) {
  const until = family.endOfSupport ?? 'not known';
  const ended = family.endOfSupport < FACTS_DATE ? ' (ended)' : '';
  return until + ended + (family.successor ? `<br>then ${code(family.successor.id)}` : '');
}

function preinstalled(family) {
  const known = Object.entries(PREINSTALLED).filter(([fact]) => family[fact] !== undefined);
  return known.map(([fact, name]) => family[fact] ? name : `no ${name}`).join('<br>') || 'not known';
}

function row(family) {
  const variants = family.variants();
  return line([
    code(family.id),
    unique(variants.map(variant => variant.architecture)).join(', '),
    unique(variants.map(variant => variant.rootDevice)).join(', '),
    names(family, 'parameterName'),
    names(family, 'imageName'),
    owners(family),
    family.defaultUser ?? 'not known',
    support(family),
    preinstalled(family),
    `[${EVIDENCE[FAMILIES[family.id].evidence]}](${FAMILIES[family.id].source})`,
  ]);
}

const families = AmiFamily.all();
const sections = unique(families.map(family => family.publisher)).map(publisher => [
  `## ${publisher}`,
  '',
  line(HEADER),
  line(HEADER.map(() => '---')),
  ...families.filter(family => family.publisher === publisher).map(row),
  '',
].join('\n'));

writeFileSync(fromRoot('docs/families.md'), `# The operating systems of AmiFamily

[All pages](index.md)

${families.length} families, with the facts of ${FACTS_DATE}; \`scripts/families.mjs\` writes this page from the catalog.

- Words in braces are those for x86_64 and arm64. A dash: the publisher has none, or a search finds none.
- A name to search for is one among the images of the owners only: anyone can publish an image under such a name.
- What is preinstalled is named where it is known, also where it is known to be missing.
- Known from: *data of AWS* is answers of AWS, which \`npm run facts\` compares; *the publisher* is pages or sources of who publishes the images, or of
  AWS; *others* is public code that reads the same names, and the least certain.
- [Choosing an AMI](choosing-an-ami.md) says what the columns mean.

${sections.join('\n').trimEnd()}
`);
