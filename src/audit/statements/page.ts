import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { money } from '../../exact/grouped.ts';
import { multiply, rational } from '../../exact/rational.ts';
import { foldText } from '../../exact/value.ts';
import { columnLetters, type Place, placeText, sheetText } from '../../problems/problem.ts';
import { fieldText } from '../canonical.ts';
import { bytesToBase64 } from '../codec.ts';
import type { Compiled } from './compiled.ts';
import {
  type Content,
  contentDigest,
  dataText,
  type Memo,
  newMemo,
  type ShareFigure,
  type StatementData,
} from './form.ts';
import { number } from './numbers.ts';
import { STYLE } from './pageStyle.ts';
import { exact } from './smallBook.ts';
import { type Line, type Step, type View, viewOf } from './view.ts';
import { type StatementWords, statementWords } from './words.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of cells and rules as text of a page: nothing of it becomes a tag, and no character turns the direction. */
export function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? mark);
}

const JSON_ESCAPES = /[<>&\u2028\u2029\u0085\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** JSON inside a page: the same JSON, without a character that HTML knows. */
function inert(json: string): string {
  return json.replace(JSON_ESCAPES, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What stands around the data in a file. */
export const DATA_START = '<script type="application/json" id="statement">';
export const DATA_END = '</script>';

/** What is the same on every page. */
export interface PageFrame {
  readonly policy: string;
  readonly memo: Memo;
}

export function pageFrame(): PageFrame {
  const hash = bytesToBase64(sha256(utf8ToBytes(STYLE)));
  return {
    policy: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    memo: newMemo(),
  };
}

/** The whole file of a statement; null where it does not follow from its data. */
export function statementPage(
  compiled: Compiled,
  data: Omit<StatementData, 'sum'>,
  { policy, memo }: PageFrame = pageFrame(),
): string | null {
  const view = viewOf(compiled, data);
  if (view === null) return null;
  const { content, language } = data;
  const w = statementWords(language);
  const key = fieldText(content.key);
  const body = [
    header(content, view, w),
    data.proof === null ? `<p class="draft"><b>${w.draft}</b> ${w.draftText}</p>` : '',
    `<section><h2>${w.lines}</h2><ol class="lines">${view.lines.map((line) => item(line, w)).join('')}</ol>`,
    `<p class="sum"><span>${w.total}</span><span class="amount">${escaped(money(view.total))}</span></p></section>`,
    ...content.shares.filter(({ member }) => member !== null).map((share) => shareBlock(content, share, w)),
    onPaper(data, w),
    rowsBlock(data, 1, w),
    rowsBlock(data, 0, w),
    figuresBlock(compiled, content, w),
    proofBlock(data, contentDigest(content, memo), w),
  ];
  return `<!doctype html>
<html lang="${w.htmlLanguage}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>${w.title} ${content.asOf} ${escaped(key)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body.filter((part) => part !== '').join('\n')}
</main>
${DATA_START}${inert(dataText(data, memo).text)}${DATA_END}
</body>
</html>
`;
}

function header(content: Content, { labels, total }: View, w: StatementWords): string {
  const who = [{ heading: w.person, text: fieldText(content.key) }, ...labels].filter(
    ({ text }) => text !== '',
  );
  const dl = who
    .map(({ heading, text }) => `<div><dt>${escaped(heading)}</dt><dd>${escaped(text)}</dd></div>`)
    .join('');
  return `<header><h1>${w.title}</h1><p class="period">${w.asOf} ${content.asOf}</p><p class="total-name">${w.total}</p><p class="total">${escaped(money(total))}</p><dl class="who">${dl}</dl></header>`;
}

function item(line: Line, w: StatementWords): string {
  const amount = signed(line);
  const rule = line.rule.map(escaped).join('\n');
  const at = line.place === null ? '' : ` <span class="at">${escaped(linePlace(line.place))}</span>`;
  const worked =
    line.worked === '' ? '' : `<dt>${w.worked}</dt><dd><code>${escaped(line.worked)}</code></dd>`;
  const more =
    line.steps.length === 0
      ? ''
      : `<details><summary>${w.steps}</summary><ul class="steps">${line.steps.map((step) => stepItem(step, w)).join('')}</ul></details>`;
  return `<li><div class="head"><span>${escaped(line.item)}</span><span class="amount">${escaped(amount)}</span></div><dl class="how"><dt>${w.rule}</dt><dd><code>${rule}</code>${at}</dd>${worked}</dl>${more}</li>`;
}

/** What is taken off has a minus. */
function signed({ sign, amount }: Line): string {
  const shown = money(amount);
  if (sign === 'add' || /^-?[0.,]+$/.test(shown)) return shown;
  return shown.startsWith('-') ? shown.slice(1) : `-${shown}`;
}

function stepItem(step: Step, w: StatementWords): string {
  const cell =
    step.place?.kind === 'cell' ? ` <span class="at">${escaped(placeText(step.place))}</span>` : '';
  const source = step.source === null ? '' : `<code>${escaped(step.source)}</code>`;
  const mark = step.given ? ` <span class="given">${w.given}</span>` : '';
  const below =
    step.children.length === 0 ? '' : `<ul>${step.children.map((child) => stepItem(child, w)).join('')}</ul>`;
  return `<li>${escaped(step.said)}${mark}${cell}${source}${below}</li>`;
}

/** The line of a rule, without its characters. */
function linePlace(place: Place): string {
  return placeText(place).replace(/:\d+(-\d+)?$/, '');
}

function shareBlock(content: Content, share: ShareFigure, w: StatementWords): string {
  const { member, open, cutOff, of } = share;
  if (member === null) return '';
  const unit = exact(share.unit);
  const show = (text: string): string => number(exact(text));
  const inMoney = (units: string): string => money(number(multiply(rational(BigInt(units)), unit)));
  const s = w.shareLines;
  const lines: (readonly [string, string])[] = [[s.pool, money(show(share.pool))]];
  if (share.settled !== share.pool) lines.push([s.settled, money(show(share.settled))]);
  if (share.unallocated !== '0') lines.push([s.unallocated, money(show(share.unallocated))]);
  lines.push(
    [s.members, String(share.members)],
    [s.weights, show(share.weights)],
    [s.weight, show(member.weight)],
  );
  if (member.floor !== null) lines.push([s.floor, inMoney(member.floor)]);
  if (member.cap !== null) lines.push([s.cap, inMoney(member.cap)]);
  if (share.level !== null) lines.push([s.level, show(share.level)]);
  if (open.members > 0)
    lines.push([s.open, w.openMembers(open.members, show(open.weights), show(open.units), share.unit)]);
  if (member.quota !== null)
    lines.push([
      s.quota,
      w.quota(show(member.weight), show(open.weights), show(open.units), show(member.quota)),
    ]);
  if (cutOff !== null && member.quota !== null) {
    const { fraction, above, tied, extra, place } = cutOff;
    const said = w.cutOff(show(fraction), above, tied, extra);
    lines.push([
      s.cutOff,
      place === null || tied < 2
        ? said
        : `${said}${w.htmlLanguage === 'en' ? '; ' : '；'}${w.place(place, tied)}`,
    ]);
  }
  lines.push([s.got, w.units(show(member.units), share.unit, inMoney(member.units), member.by)]);
  const ofRow = of === null ? null : rowKey(content, of[0], of[1]);
  return `<section><h2>${escaped(w.share(share.name, ofRow))}</h2><dl class="grid">${lines
    .map(([name, text]) => `<dt>${escaped(name)}</dt><dd>${escaped(text)}</dd>`)
    .join('')}</dl></section>`;
}

/** What a row is called: its first cell that is here, as tables begin with their keys. */
function rowKey(content: Content, table: number, row: number): string {
  const cells = content.tables[table]?.rows[row]?.cells ?? [];
  return fieldText(cells[0]?.[1] ?? '-');
}

function rowsBlock({ content, places }: Omit<StatementData, 'sum'>, own: 0 | 1, w: StatementWords): string {
  let count = 0;
  const tables = content.tables.flatMap(({ name, headings, rows }, t): string[] => {
    const shown = rows.flatMap((row, r) => (row.own === own && row.cells.length > 0 ? [{ row, r }] : []));
    if (shown.length === 0) return [];
    count += shown.length;
    const at = places.tables[t];
    const used = headings.flatMap((heading, c) =>
      shown.some(({ row }) => row.cells.some(([column]) => column === c)) ? [{ heading, c }] : [],
    );
    const head = used
      .map(
        ({ heading, c }) =>
          `<th scope="col">${escaped(heading)} <small>${columnLetters(at?.columns[c] ?? c + 1)}</small></th>`,
      )
      .join('');
    const body = shown
      .map(({ row, r }) => {
        const cells = used.map(({ c }) => {
          const field = row.cells.find(([column]) => column === c)?.[1] ?? '-';
          return `<td${field.startsWith('t:') ? '' : ' class="n"'}>${escaped(cellText(field))}</td>`;
        });
        return `<tr><th scope="row">${at?.rows[r] ?? ''}</th>${cells.join('')}</tr>`;
      })
      .join('');
    const where =
      at === undefined || foldText(at.sheet) === foldText(name)
        ? ''
        : ` <span class="at">${escaped(sheetText(at.sheet))}</span>`;
    return [
      `<h3>${escaped(name)}${where}</h3><div class="scroll" tabindex="0" role="region" aria-label="${escaped(name)}"><table><thead><tr><th scope="col">${w.row}</th>${head}</tr></thead><tbody>${body}</tbody></table></div>`,
    ];
  });
  if (tables.length === 0) return '';
  const title = own === 1 ? w.data : w.lookedUp;
  const hint = own === 1 ? `<p class="hint">${w.dataText}</p>` : '';
  return `<section class="screen"><details${own === 1 ? ' open' : ''}><summary><h2>${title}</h2> <span class="at">${escaped(w.rows(count))}</span></summary>${hint}${tables.join('')}</details></section>`;
}

/** On paper: which rows of which sheets the data are. */
function onPaper({ content, places }: Omit<StatementData, 'sum'>, w: StatementWords): string {
  const list = content.tables.flatMap(({ name, rows }, t): string[] => {
    const at = places.tables[t]?.rows ?? [];
    const numbers = rows.flatMap(({ cells }, r) => (cells.length > 0 ? [at[r] ?? 0] : []));
    return numbers.length === 0
      ? []
      : [`<dt>${escaped(sheetText(places.tables[t]?.sheet ?? name))}</dt><dd>${ranges(numbers)}</dd>`];
  });
  return `<section class="paper"><h2>${w.rowsRead}</h2><dl class="columns">${list.map((one) => `<div>${one}</div>`).join('')}</dl></section>`;
}

/** `3, 7–9` of row numbers. */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] + 1 >= n) last[1] = n;
    else runs.push([n, n]);
  }
  const shown = runs.slice(0, 40).map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
  return `${shown.join(', ')}${runs.length > 40 ? ' …' : ''}`;
}

function cellText(field: string): string {
  return field.startsWith('d:') ? fieldText(field).replace('T', ' ') : fieldText(field);
}

function figuresBlock({ program, lines }: Compiled, content: Content, w: StatementWords): string {
  const show = (field: string): string =>
    field === '-' ? w.blank : field.startsWith('n:') ? number(exact(field.slice(2))) : fieldText(field);
  const list: (readonly [string, string])[] = [
    ...content.scalars.map(
      ({ name, value, withheld }) => [name, withheld === true ? w.withheld : show(value)] as const,
    ),
    ...content.columns.map(({ table, row, column, value, withheld }) => {
      const text = withheld === true ? w.withheld : show(value);
      return [
        `${program.tables[table]?.name ?? ''} ${rowKey(content, table, row)}: ${column}`,
        text,
      ] as const;
    }),
    ...content.figures.map(({ line, start, end, value, rows, around }) => {
      const text = lines[line]?.text.slice(start - 1, end) ?? '';
      const [, table, row] = around.at(-1) ?? [];
      const of =
        table === undefined || row === undefined || around.length < 1
          ? ''
          : `${rowKey(content, table, row)}: `;
      return [`${of}${text}`, `${show(value)}${rows === 0 ? '' : ` (${w.rows(rows)})`}`] as const;
    }),
  ];
  // Pools that the person has no share in, but whose rest counts.
  for (const share of content.shares)
    if (share.member === null) {
      const of = share.of === null ? null : rowKey(content, share.of[0], share.of[1]);
      list.push([w.share(share.name, of), `${w.shareLines.unallocated} ${number(exact(share.unallocated))}`]);
    }
  if (list.length === 0) return '';
  return `<section class="screen"><details><summary><h2>${w.figures}</h2></summary><p class="hint">${w.figuresText}</p><dl class="grid">${list
    .map(([name, text]) => `<dt>${escaped(name)}</dt><dd>${escaped(text)}</dd>`)
    .join('')}</dl></details></section>`;
}

function proofBlock({ proof }: Omit<StatementData, 'sum'>, digest: string, w: StatementWords): string {
  const lines: (readonly [string, string])[] = [[w.digest, digest]];
  if (proof !== null) lines.push([w.ledgerRow, proof.row.Digest]);
  const paid =
    proof === null
      ? ''
      : `<p class="hint">${escaped(w.paid(proof.row.Number, proof.row.Time.slice(0, 10), proof.row.By))}</p>`;
  return `<section class="proof"><h2>${w.proof}</h2>${paid}<dl class="grid">${lines
    .map(([name, text]) => `<dt>${name}</dt><dd><code>${text}</code></dd>`)
    .join(
      '',
    )}<dt>${w.check}</dt><dd><code>allot verify-statement FILE${proof === null ? '' : ' --anchor LINE'}</code></dd></dl></section>`;
}
