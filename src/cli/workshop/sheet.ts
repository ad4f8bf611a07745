import type { Seat } from './seats';
import { printable } from '../../private/lock-file/printable';

const STYLE = `
  :root { color-scheme: light; }
  * { box-sizing: border-box; }
  body { margin: 2rem; font: 15px/1.45 system-ui, sans-serif; color: #111; background: #fff; }
  h1 { margin: 0 0 1.2rem; font-size: 1.3rem; }
  main { display: grid; grid-template-columns: repeat(auto-fill, minmax(21rem, 1fr)); gap: 1rem; }
  article { border: 1px solid #999; border-radius: 6px; padding: .9rem 1.1rem; break-inside: avoid; }
  h2 { margin: 0; font-size: 1.5rem; overflow-wrap: anywhere; }
  dl { margin: .2rem 0 .6rem; display: grid; grid-template-columns: max-content 1fr; gap: 0 .8rem; }
  dt { color: #555; }
  dd { margin: 0; overflow-wrap: anywhere; }
  code, a { display: block; margin-top: .4rem; padding: .4rem .5rem; border: 1px solid #ccc; border-radius: 4px; background: #f6f6f6; color: inherit;
    font: 12px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
  @media print {
    @page { margin: 12mm; }
    body { margin: 0; }
    main { grid-template-columns: 1fr 1fr; }
    code, a { background: none; }
  }`;

/** One file to print or to show, which loads nothing: a card for each seat, to be cut out. */
export function sheetOf(seats: Seat[], stack: string, region: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(stack)}: ${seats.length} seats</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${text(stack)} in ${text(region)}</h1>
<main>
${seats.map(cardOf).join('\n')}
</main>
</body>
</html>`;
}

function cardOf({ seat, state, instanceId, address, connect }: Seat): string {
  const facts = { Instance: instanceId, ...address === undefined ? { State: state } : { Address: address } };
  return [
    '<article>',
    `<h2>${text(seat)}</h2>`,
    `<dl>${Object.entries(facts).map(([name, value]) => `<dt>${name}</dt><dd>${text(value)}</dd>`).join('')}</dl>`,
    ...connect.map(line => /^https?:\/\/\S+$/.test(line) ? `<a href="${text(line)}">${text(line)}</a>` : `<code>${text(line)}</code>`),
    '</article>',
  ].join('\n');
}

/** Text of others, in which nothing is markup. */
function text(value: string): string {
  return printable(value).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
