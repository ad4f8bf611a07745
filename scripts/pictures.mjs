// Writes the pictures of docs/pictures: SVG, light and dark, at the width of a README.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COLUMNS, recorded } from './captures.mjs';

const FOLDER = fileURLToPath(new URL('../docs/pictures', import.meta.url));
const WIDTH = 830;
const THEMES = {
  light: { text: '#1f2328', faint: '#59636e', line: '#818b98', accent: '#0969da', fill: '#f6f8fa', strong: '#ddf4ff', good: '#1a7f37', warn: '#9a6700', bad: '#d1242f', cyan: '#1b7c83' },
  dark: { text: '#f0f6fc', faint: '#9198a1', line: '#656c76', accent: '#4493f8', fill: '#151b23', strong: '#121d2f', good: '#3fb950', warn: '#d29922', bad: '#f85149', cyan: '#39c5cf' },
};

const escaped = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const words = (x, y, text, { size = 14, color = 'text', anchor = 'middle', weight = 'normal', mono = false } = {}) => theme =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${theme[color]}" text-anchor="${anchor}" font-weight="${weight}"${mono ? ' font-family="ui-monospace, DejaVu Sans Mono, monospace"' : ''}>${escaped(text)}</text>`;
const frame = (x, y, width, height, { fill = 'none', line = 'line', dashed = false } = {}) => theme =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${fill === 'none' ? fill : theme[fill]}" stroke="${theme[line]}" stroke-width="1.5"${dashed ? ' stroke-dasharray="6 4"' : ''}/>`;
const arrow = (x1, y1, x2, y2, color = 'accent') => theme => {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const head = [-0.4, 0.4].map(turn => `L${(x2 - 10 * Math.cos(angle + turn)).toFixed(1)} ${(y2 - 10 * Math.sin(angle + turn)).toFixed(1)}`);
  return `<path d="M${x1} ${y1} L${x2} ${y2} ${head[0]} M${x2} ${y2} ${head[1]}" fill="none" stroke="${theme[color]}" stroke-width="2"/>`;
};
/** A box with a title and lines below it. */
const box = (x, y, width, height, title, lines = [], options = {}) => theme => [
  frame(x, y, width, height, { fill: 'fill', ...options }),
  words(x + width / 2, y + 24, title, { weight: 'bold', mono: options.mono, size: options.size }),
  ...lines.map((line, i) => words(x + width / 2, y + 46 + 19 * i, line, { size: 13, color: 'faint' })),
].map(part => part(theme)).join('');

const CELL = { width: (WIDTH - 30) / COLUMNS, height: 15 };
const TERMINAL_COLORS = { red: 'bad', green: 'good', yellow: 'warn', cyan: 'cyan', gray: 'faint', dim: 'faint' };
/** A terminal with what was recorded: each text has its cells, whatever the font. */
function terminal(name, title) {
  const rows = recorded(name).flatMap(rowsOf);
  return {
    height: 26 + CELL.height * rows.length,
    title,
    parts: [
      theme => `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="12">${frame(1, 1, WIDTH - 2, 24 + CELL.height * rows.length, { fill: 'fill' })(theme)}`,
      ...rows.flatMap((row, y) => row.map(({ column, width, text, styles }) => theme => {
        const color = theme[TERMINAL_COLORS[styles.find(style => style in TERMINAL_COLORS)] ?? 'text'];
        const attributes = [
          `x="${(15 + column * CELL.width).toFixed(1)}" y="${25 + y * CELL.height}" textLength="${(width * CELL.width).toFixed(1)}" fill="${color}"`,
          ...styles.includes('bold') ? ['font-weight="bold"'] : [],
          ...styles.includes('underline') ? ['text-decoration="underline"'] : [],
        ];
        return `<text ${attributes.join(' ')}>${escaped(text)}</text>`;
      })),
      () => '</g>',
    ],
  };
}

/** The texts of a line by the column that they begin at, in as many rows as the terminal needs for them. */
function rowsOf(line) {
  const rows = [[]];
  let end = 0;
  for (const run of line) {
    const [style, text] = typeof run === 'string' ? ['', run] : run;
    for (const [word] of text.matchAll(/\S+(?: \S+)*| +/g)) {
      for (let rest = [...word]; rest.length > 0;) {
        if (end >= COLUMNS) {
          rows.push([]);
          end = 0;
        }
        const part = rest.splice(0, COLUMNS - end).join('');
        const width = part.replace(/\p{Emoji_Presentation}/gu, '  ').length;
        if (part.trim() !== '') {
          rows.at(-1).push({ column: end, width, text: part.trimEnd(), styles: style.split(' ') });
        }
        end += width;
      }
    }
  }
  return rows;
}

const PICTURES = {
  default: {
    height: 290,
    title: 'What a WorkshopInstance deploys, and how one gets in without an open port',
    parts: [
      box(10, 95, 170, 90, 'You', ['browser, or', 'aws ssm start-session']),
      box(235, 95, 165, 90, 'Session Manager', ['asks IAM who', 'may connect'], { line: 'accent', fill: 'strong' }),
      arrow(180, 140, 233, 140),
      frame(465, 15, 355, 260), words(480, 38, 'VPC, one Availability Zone, no NAT gateway', { anchor: 'start', size: 13, color: 'faint' }),
      frame(485, 52, 315, 206, { dashed: true }), words(500, 74, 'public subnet /24', { anchor: 'start', size: 13, color: 'faint' }),
      box(505, 88, 275, 122, 'EC2 instance t3.micro', ['newest Amazon Linux 2023 at its start', 'IMDSv2, hop limit 1', 'root volume gp3, encrypted', 'a role for the agent, no more']),
      words(642, 240, 'security group: nothing is let in', { color: 'good', size: 13, weight: 'bold' }),
      arrow(505, 140, 402, 140), words(433, 128, 'agent', { size: 12, color: 'faint' }), words(433, 160, 'dials out', { size: 12, color: 'faint' }),
    ],
  },
  fleet: {
    height: 300,
    title: 'Twelve seats of a WorkshopFleet on one network',
    parts: [
      box(10, 50, 165, 90, 'Participants', ['each has a line', 'to paste']),
      box(235, 50, 165, 90, 'Session Manager', ['asks IAM who', 'may connect'], { line: 'accent', fill: 'strong' }),
      box(10, 185, 390, 72, 'AutoStop', ['an alarm or a schedule for each seat'], { line: 'accent', fill: 'strong' }),
      arrow(175, 95, 233, 95), arrow(465, 95, 402, 95), arrow(402, 221, 463, 221),
      frame(465, 15, 355, 270), words(480, 38, 'VPC, one security group and one role for all', { anchor: 'start', size: 13, color: 'faint' }),
      frame(485, 52, 315, 216, { dashed: true }), words(500, 74, 'public subnet /24', { anchor: 'start', size: 13, color: 'faint' }),
      ...Array.from({ length: 12 }, (_, i) => {
        const [x, y] = [500 + (i % 3) * 97, 86 + Math.floor(i / 3) * 44];
        return [frame(x, y, 91, 38, { fill: 'fill' }), words(x + 45.5, y + 24, `seat-${i + 1}`, { size: 13, mono: true })];
      }).flat(),
    ],
  },
  selector: {
    height: 372,
    title: 'How an AmiSelector decides: where the id of the image is, and when it may change',
    parts: [
      ...['You write', 'The id of the image is in', 'It changes'].map((text, i) => words([130, 415, 695][i], 24, text, { weight: 'bold', color: 'accent' })),
      ...[
        ['latest(family)', "the publisher's parameter", 'not under a WorkshopInstance:', 'a new one starts the newest'],
        ['fromSsmParameter(name)', 'a parameter of your own', 'as above, unless', 'updates says otherwise'],
        ['lookup({ name, owners })', 'cdk.context.json', 'when you reset its entry'],
        ['genericLinux(map)', 'your app, by region', 'never: you keep the ids'],
        ['fromLockFile(name)', 'ami.lock.json', 'when cdk-ami update', 'moves it'],
      ].flatMap(([written, place, ...change], i) => {
        const y = 38 + i * 54;
        return [
          frame(10, y, 240, 44, { fill: 'strong', line: 'accent' }), words(130, y + 27, written, { mono: true, size: 14 }),
          arrow(252, y + 22, 298, y + 22),
          frame(300, y, 230, 44, { fill: 'fill' }), words(415, y + 27, place),
          arrow(532, y + 22, 573, y + 22),
          frame(575, y, 245, 44, { fill: 'fill' }),
          ...change.map((line, n) => words(697, y + (change.length === 1 ? 27 : 18 + 17 * n), line, { size: 13 })),
        ];
      }),
      frame(10, 318, 810, 42, { dashed: true, line: 'good' }),
      words(415, 344, 'Before it is deployed: owner, region, architecture, root device and user data fit, or synth fails', { color: 'good', size: 14 }),
    ],
  },
  deploy: terminal('deploy', 'A terminal with cdk deploy: the permissions that it asks about, and the lines by which the machine is reached'),
  update: terminal('update', 'A terminal with cdk-ami update: the old and the new image in each region'),
};

mkdirSync(FOLDER, { recursive: true });
for (const [name, { height, title, parts }] of Object.entries(PICTURES)) {
  for (const [theme, colors] of Object.entries(THEMES)) {
    writeFileSync(join(FOLDER, `${name}-${theme}.svg`), [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="system-ui, Segoe UI, DejaVu Sans, sans-serif">`,
      `<title>${title}</title>`,
      ...parts.map(part => part(colors)),
      '</svg>',
      '',
    ].join('\n'));
  }
}
