import type { Finding } from './findings';
import { colors, Format, plainText, table } from './output';
import type { Result } from './result';
import { RULES } from './rules';
import { clipped, printable } from '../private/lock-file/printable';

/** What is printed of a result, in each format. */
export const RENDERERS: Record<Format, (result: Result) => string> = {
  text: ({ title, table: rows, findings = [], text }) => (
    [title && printable(title), rows && table(rows.head, rows.rows), text, ...findings.map(inWords)].filter(Boolean).join('\n')),
  json: ({ data }) => JSON.stringify(data, undefined, 2),
  markdown,
  github: ({ findings = [] }) => findings.map(annotation).join('\n'),
  sarif: ({ findings = [] }) => JSON.stringify(sarif(findings), undefined, 2),
  csv: ({ table: rows, csv = rows }) => csv === undefined ? '' : [csv.head, ...csv.rows.map(row => row.map(plainText))].map(csvRow).join('\n'),
  html: ({ html }) => html?.() ?? '',
};

function inWords({ file, entry, region, imageId, imageName, problem, fix }: Finding): string {
  const where = entry.includes(':') ? file : `${file}: ${entry}`;
  const image = imageName === undefined ? imageId : `${imageId} (${imageName})`;
  return `${colors.bold(where)}${inRegion(region)}${image === undefined ? '' : `: ${printable(clipped(image, 300))}`} ${colors.red(problem)}.\n  ${printable(fix)}`;
}

function inRegion(region: string | undefined): string {
  return region === undefined ? '' : ` in ${region}`;
}

/** https://www.rfc-editor.org/rfc/rfc4180, in which nothing is a formula: https://owasp.org/www-community/attacks/CSV_Injection */
function csvRow(cells: string[]): string {
  return cells.map(cell => printable(clipped(cell)).replace(/^(?=[=+@\t-].)/, '\'')).map(cell => /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell).join(',');
}

/** The body of a pull request, or a summary of a job. */
function markdown({ title, table: rows, findings, notes = [], failures = [] }: Result): string {
  const found = findings && {
    head: ['file', 'entry', 'region', 'image', 'problem', 'fix'],
    rows: findings.map(({ file, entry, region = '', imageId = '', imageName = '', problem, fix }) => [file, entry, region, `${imageId} ${imageName}`.trim(), problem, fix]),
  };
  const tables = [rows, found].filter(each => each !== undefined && each.rows.length > 0).map(each => [
    markdownRow(each!.head.map(text => text || ' ')),
    markdownRow(each!.head.map(() => '---'), text => text),
    ...each!.rows.map(row => markdownRow(row.map(plainText))),
  ].join('\n'));
  const failed = failures.map(({ where, error }) => `- ${markdownText(`${where}: ${error.message}`)}`).join('\n');
  return [title && markdownText(title), ...tables, ...notes.map(markdownText), failed].filter(Boolean).join('\n\n');
}

function markdownRow(cells: string[], escape = markdownText): string {
  return `| ${cells.map(escape).join(' | ')} |`;
}

/** Nothing of others becomes markup, a link or a mention. */
function markdownText(text: string): string {
  return printable(clipped(text, 1000)).replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&').replace(/@(?=\w)/g, '@\u200b').replace(/:\/\//g, ':\u200b//');
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function annotation({ rule, file, line, entry, region, imageId, problem, fix }: Finding): string {
  const { level } = RULES[rule];
  const properties = Object.entries({ file, line: String(line ?? 1), title: `${entry}${inRegion(region)}: ${rule}` })
    .map(([key, value]) => `${key}=${escapedData(printable(clipped(value))).replaceAll(':', '%3A').replaceAll(',', '%2C')}`);
  const text = `${printable(clipped(`${imageId ?? entry} ${problem}.`))}\n${printable(fix)}`;
  return `::${level === 'note' ? 'notice' : level} ${properties.join(',')}::${escapedData(text)}`;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
function sarif(findings: Finding[]) {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'cdk-ami',
          rules: Object.entries(RULES).map(([id, { level, text }]) => ({ id, shortDescription: { text }, defaultConfiguration: { level } })),
        },
      },
      results: findings.map(({ rule, file, line = 1, entry, region, imageId, problem, fix }) => ({
        ruleId: rule,
        ruleIndex: Object.keys(RULES).indexOf(rule),
        level: RULES[rule].level,
        message: { text: printable(clipped(`${entry}${inRegion(region)}${imageId === undefined ? '' : `: ${imageId}`} ${problem}. ${fix}`)) },
        locations: [{ physicalLocation: { artifactLocation: { uri: file.split(/[\\/]/).map(encodeURIComponent).join('/') }, region: { startLine: line } } }],
        partialFingerprints: { 'cdkAmi/v1': [rule, entry, region, imageId].filter(Boolean).join(' ') },
      })),
    }],
  };
}
