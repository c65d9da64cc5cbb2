/**
 * Draws the rule sheet of `small.xlsx` as it stands in a spreadsheet, for the README: `npx tsx samples/picture.ts`.
 * The text comes from the workbook, so the picture can't say what the sample doesn't.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { keywordOf } from '../grammar/index.ts';
import { openBook } from '../src/workbook/open.ts';

const LINE = 19;
const CHARACTER = 7.83;
const LEFT = 46;
const INDENT = 26;
const WIDTH = 960;
const HEAD = 24;
const WORD = /"[^"]*"|up to|at least|out of|skip blank|[\p{L}\p{N}_]+%?|\s+|./gu;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function colour(word: string): string | null {
  if (word.startsWith('"')) return '#8a4b08';
  if (/^\d/.test(word)) return '#0b6e4f';
  return word.includes(' ') || keywordOf(word) !== undefined ? '#1d4ed8' : null;
}

/** One line of rules as text elements: words that the language knows are coloured, a comment is grey. */
function lineOf(text: string, x: number, y: number): string {
  const comment = text.indexOf('#');
  const code = comment < 0 ? text : text.slice(0, comment);
  const spans = [...code.matchAll(WORD)].map(([word]) => {
    const fill = colour(word);
    return fill === null ? escaped(word) : `<tspan fill="${fill}">${escaped(word)}</tspan>`;
  });
  if (comment >= 0)
    spans.push(`<tspan fill="#6b7280" font-style="italic">${escaped(text.slice(comment))}</tspan>`);
  return `<text x="${x}" y="${y}" xml:space="preserve">${spans.join('')}</text>`;
}

export async function picture(): Promise<string> {
  const book = await openBook(path.join(import.meta.dirname, 'small.xlsx'));
  const { rules } = book;
  const height = HEAD + rules.length * LINE;
  const columns = [LEFT, LEFT + INDENT, LEFT + 2 * INDENT, WIDTH - 60, WIDTH];
  const longest = Math.max(...rules.map((r) => r.text.length * CHARACTER + Math.max(0, r.depth) * INDENT));
  if (LEFT + longest > WIDTH) throw new Error('a line of the sample is too long for its picture');
  const grid = rules.map((_, i) => {
    const y = HEAD + i * LINE;
    return `<path d="M0 ${y}H${WIDTH}" stroke="#e5e7eb"/><text x="${LEFT / 2}" y="${y + 14}" text-anchor="middle" class="head">${i + 1}</text>`;
  });
  const letters = ['A', 'B', 'C', 'D'].map((letter, i) => {
    const [from = 0, to = 0] = columns.slice(i, i + 2);
    return `<path d="M${from} 0V${HEAD}" stroke="#cbd5e1"/><text x="${(from + to) / 2}" y="16" text-anchor="middle" class="head">${letter}</text>`;
  });
  const lines = rules.map(({ text, depth }, i) =>
    lineOf(text, LEFT + 5 + Math.max(0, depth) * INDENT, HEAD + i * LINE + 14),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="A rule sheet">
<style>text{font:13px ui-monospace,Consolas,Menlo,monospace;fill:#111827}.head{font:11px system-ui,sans-serif;fill:#64748b}</style>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<rect width="${WIDTH}" height="${HEAD}" fill="#f1f5f9"/><rect width="${LEFT}" height="${height}" fill="#f1f5f9"/>
${grid.join('\n')}
${letters.join('\n')}
<path d="M${LEFT} 0V${height}" stroke="#cbd5e1"/><path d="M0 ${HEAD}H${WIDTH}" stroke="#cbd5e1"/>
${lines.join('\n')}
<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" fill="none" stroke="#cbd5e1"/>
</svg>
`;
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === import.meta.filename)
  writeFileSync(path.join(import.meta.dirname, 'pictures', 'rules.svg'), await picture());
