// Writes docs/errors.md: each message of the constructs, as src/ has it, with what it means. With --check it writes nothing, and prints as JSON
// what is not explained, and which explanations are of no message.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { EXPLAINED, IDS, OTHERS } from './errors-explained.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Several words with a fix after a semicolon, or a sentence. What a shell runs has semicolons, too. */
const isMessage = text => /\w.* .* .* \S/.test(text) && /; |\.$/.test(text) && !/^\s*(for|if) /.test(text);

/** The text of an expression, with … for what is put in. */
function textOf(node) {
  if (ts.isStringLiteralLike(node)) {
    return node.text;
  }
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
  }
  if (ts.isTaggedTemplateExpression(node)) {
    return textOf(node.template);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const parts = [textOf(node.left), textOf(node.right)];
    return parts.some(part => part !== undefined) ? parts.map(part => part ?? '…').join('') : undefined;
  }
  return undefined;
}

/** A reason of an acknowledgement is read in the template only. */
const isReason = ({ parent }) => ts.isPropertyAssignment(parent) && parent.name.getText() === 'reason';

function messagesOf(node) {
  const text = textOf(node);
  if (text !== undefined && isMessage(text)) {
    return isReason(node) ? [] : [text];
  }
  const found = [];
  ts.forEachChild(node, child => {
    found.push(...messagesOf(child));
  });
  return found;
}

const contents = readdirSync(join(ROOT, 'src'), { recursive: true })
  .filter(file => file.endsWith('.ts') && !file.startsWith('cli'))
  // docs/ami-checks.md explains these.
  .filter(file => !file.endsWith('app-rules.ts')).sort()
  .map(file => readFileSync(join(ROOT, 'src', file), 'utf8'));
const messages = [...new Set(contents.flatMap(content => messagesOf(ts.createSourceFile('.ts', content, ts.ScriptTarget.Latest, true))))];
const ids = [...new Set(contents.flatMap(content => [...content.matchAll(/cdk-workshop-instance:(\w+)|\bfinding\('(\w+)'/g)].map(([, id, name]) => id ?? name)))].sort();

const rows = EXPLAINED.flatMap(section => section.messages);
const rowOf = message => rows.find(([words]) => message.includes(words));

if (process.argv.includes('--check')) {
  console.log(JSON.stringify({
    messages,
    ids,
    notExplained: [...messages.filter(message => rowOf(message) === undefined), ...ids.filter(id => IDS[id] === undefined)],
    ofNoMessage: [...rows.filter(row => !messages.some(message => rowOf(message) === row)).map(([words]) => words), ...Object.keys(IDS).filter(id => !ids.includes(id))],
  }, undefined, 2));
  process.exit();
}

process.env.JSII_AGENT = 'Python';
const { code } = createRequire(import.meta.url)('../lib/private/language.js');
const quoted = text => text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;

function entry([words, meaning]) {
  return messages.filter(message => rowOf(message)[0] === words).flatMap(message => {
    const text = message.replace(/^…: /, '');
    const python = code(text);
    return ['', `- ${quoted(text)}`, ...python === text ? [] : ['', `  In Python: ${quoted(python)}`], '', `  ${meaning}`];
  });
}

writeFileSync(join(ROOT, 'docs', 'errors.md'), `# Messages

[All pages](index.md)

Each message of the constructs with what it means, as \`scripts/errors.mjs\` collects them from the code. \`…\` stands for what a message fills in: a
path, a name, a value. What to do is said by the message itself. To find one, search this page for its id, or for some words of it without what
is yours.

${[...EXPLAINED.map(({ title }) => title), 'Findings with an id', ...OTHERS.map(({ title }) => title)]
    .map(title => `- [${title}](#${title.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-')})`).join('\n')}

${EXPLAINED.map(({ title, messages: of }) => [`## ${title}`, ...of.flatMap(entry)].join('\n')).join('\n\n')}

## Findings with an id

A finding is acknowledged where it is meant so: \`Annotations.of(construct).acknowledgeWarning(id, reason)\`, in Python
\`Annotations.of(construct).acknowledge_warning(id, reason)\`. An id stays what it is.

| id | what was found |
|---|---|
${ids.map(id => `| \`cdk-workshop-instance:${id}\` | ${IDS[id] ?? ''} |`).join('\n')}

${OTHERS.map(({ title, text }) => `## ${title}\n\n${text.trim()}`).join('\n\n')}
`);
