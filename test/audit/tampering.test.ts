import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { lexLine } from '../../grammar/lexer.ts';
import { type Finding, isError } from '../../src/audit/findings.ts';
import { type Anchor, makeKeys, readAnchor, readPrivateKey, readPublicKey } from '../../src/audit/index.ts';
import { HEADINGS, LEDGER_SHEET } from '../../src/audit/ledger.ts';
import { verifyBook } from '../../src/audit/verify.ts';
import type { Cell } from '../support/book.ts';
import {
  adjustIn,
  copyOf,
  doer,
  enterFebruary,
  lockIn,
  type MemoryBook,
  payIn,
  readerOf,
  smallBook,
  stepIn,
} from './memory.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 2000);

let paid: MemoryBook = smallBook();
let key: CryptoKey;
let anchor: Anchor;

/** The paid run whose result sheets are there, and what was written last. */
const PAID = '6';
const LAST = '7';

/** Two months: proposed, approved, paid, locked, adjusted, the next month paid, the first adjusted again. */
beforeAll(async () => {
  const pair = await makeKeys();
  const [secret, open] = [await readPrivateKey(pair.privatePem), await readPublicKey(pair.publicText)];
  if (secret === null || open === null) throw new Error('no key');
  key = open;
  const book = smallBook();
  await stepIn(book, 'propose', doer('Maker'));
  await stepIn(book, 'approve', doer('Checker', secret));
  await payIn(book, '2026-01-31', doer('Payer', secret));
  await lockIn(book, '3', doer('Checker', secret));
  // A ticket of January was mended, then there was more to give out; once by rules that nobody approved.
  (book.sheets.Tickets?.[1] ?? [])[3] = 9;
  await adjustIn(book, '3', '2026-01-31', doer('Payer', secret));
  enterFebruary(book);
  await payIn(book, '2026-02-28', doer('Payer', secret));
  book.names.pool = 1200.1;
  book.rules[0] = '# Who gets what, and why not';
  const options = { override: 'late', language: 'zh-CN' } as const;
  const last = await adjustIn(book, '3', '2026-01-31', doer('Payer', secret), options);
  const line = readAnchor(last.anchor);
  if (line === null) throw new Error('no anchor');
  anchor = line;
  paid = book;
});

const findings = async (book: MemoryBook, line?: Anchor): Promise<readonly Finding[]> =>
  (await verifyBook(readerOf(book), { keys: [key], ...(line === undefined ? {} : { anchor: line }) }))
    .findings;

/** Something was changed in a book, and what verification must say of it. */
interface Tampered {
  readonly book: MemoryBook;
  readonly what: string;
  readonly expected: readonly Partial<Finding>[];
  readonly anchor?: Anchor;
}

type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;
const below = (draw: Draw, n: number): number => draw(fc.nat({ max: n - 1 }));
const pick = <T>(draw: Draw, list: readonly T[]): T => {
  const found = list[below(draw, list.length)];
  if (found === undefined) throw new Error('nothing to choose');
  return found;
};

/** A text with one character replaced, put in or taken out within a stretch of it. */
function otherText(draw: Draw, text: string, from: number, to: number): string {
  const letters = [...'abzQ019=+*(日'];
  const at = from + below(draw, to - from);
  const old = text.slice(at, at + 1);
  const put = pick(
    draw,
    letters.filter((letter) => letter !== old),
  );
  switch (below(draw, 3)) {
    case 0:
      return text.slice(0, at) + put + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + put + text.slice(at);
    default:
      return text.slice(0, at) + text.slice(at + 1);
  }
}

interface Stretch {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** Where rules, or comments, stand in the lines. */
function stretches(rules: readonly string[], comments: boolean): readonly Stretch[] {
  return rules.flatMap((text, line): readonly Stretch[] => {
    const start = lexLine(text, 0).comment?.startOffset;
    const indent = text.length - text.trimStart().length;
    const end = text.slice(0, start).trimEnd().length;
    const found = comments
      ? { line, from: (start ?? text.length) + 1, to: text.length }
      : { line, from: indent, to: end };
    return found.from < found.to ? [found] : [];
  });
}

function changeRule(draw: Draw, comments: boolean): Tampered {
  const book = copyOf(paid);
  const { line, from, to } = pick(draw, stretches(book.rules, comments));
  const was = book.rules[line] ?? '';
  let now = otherText(draw, was, from, to);
  // Two equal letters beside each other: taking one out or doubling the other is the same text as before.
  if (now === was) now = `${was.slice(0, from)}Q${was.slice(from)}`;
  book.rules[line] = now;
  const kind = comments ? 'rule-comment' : 'rule-text';
  const at = expect.objectContaining({ sheet: 'Rules.allot', row: line + 1 });
  return {
    book,
    what: `${was} → ${now}`,
    expected: [
      {
        severity: 'error',
        kind,
        run: LAST,
        adjustments: [LAST],
        at,
        was: was.trimStart(),
        now: now.trimStart(),
      },
    ],
  };
}

function otherCell(draw: Draw, cell: Cell): Cell {
  const others: readonly Cell[] = [
    null,
    'x',
    17,
    -0.125,
    true,
    false,
    { date: '2031-07-01' },
    { error: '#N/A' },
  ];
  const near: readonly Cell[] =
    typeof cell === 'number'
      ? [cell + 0.01, -cell - 1, String(cell), cell * 10 + 1]
      : typeof cell === 'string'
        ? [`${cell} `, `${cell}x`, cell.toLowerCase() === cell ? cell.toUpperCase() : cell.toLowerCase()]
        : [];
  const same = JSON.stringify(cell);
  return pick(
    draw,
    [...near, ...others].filter((other) => JSON.stringify(other) !== same),
  );
}

/** A cell's row by its sheet row, which is the index of its array plus one. */
function changeInput(draw: Draw): Tampered {
  const book = copyOf(paid);
  if (below(draw, 8) === 0) {
    const name = pick(draw, Object.keys(book.names));
    const was = book.names[name] ?? null;
    book.names[name] = otherCell(draw, was);
    return { book, what: name, expected: [{ severity: 'error', kind: 'name', run: LAST, name }] };
  }
  const table = pick(draw, Object.keys(book.sheets));
  const rows = book.sheets[table] ?? [];
  const row = 1 + below(draw, rows.length - 1);
  const cells = rows[row] ?? [];
  const column = below(draw, cells.length);
  const was = cells[column] ?? null;
  const now = otherCell(draw, was);
  const old = String(cells[0]);
  cells[column] = now;
  const at = { sheet: table, row: row + 1 };
  const what = `${table} ${row}:${column} ${JSON.stringify(was)} → ${JSON.stringify(now)}`;
  if (column > 0)
    return {
      book,
      what,
      expected: [{ severity: 'error', kind: 'row-changed', run: LAST, table, key: old, at }],
    };
  // T5 is of a month that was never paid.
  return old === 'T5'
    ? { book, what, expected: [{ severity: 'note', kind: 'rows-removed', table, count: 1 }] }
    : {
        book,
        what,
        expected: [
          { severity: 'error', kind: 'row-removed', run: LAST, table, key: old },
          { severity: 'error', kind: 'row-added', run: LAST, table, at },
        ],
      };
}

const KEYS: Readonly<Record<string, number>> = {
  'Allot Shares': 3,
  'Allot Statements': 4,
  'Allot Adjustments': 6,
  'Allot Adjustment Totals': 5,
};
const isAdjustment = (sheet: string): boolean => sheet.startsWith('Allot Adjustment');

function changePaid(draw: Draw, adjusted: boolean): Tampered {
  const book = copyOf(paid);
  const sheet = pick(
    draw,
    Object.keys(book.ours).filter((name) => name !== LEDGER_SHEET && isAdjustment(name) === adjusted),
  );
  const rows = book.ours[sheet] ?? [];
  const row = 1 + below(draw, rows.length - 1);
  const cells = rows[row] ?? [];
  const column = below(draw, cells.length);
  const was = cells[column] ?? null;
  const now = otherCell(draw, was);
  cells[column] = now;
  const what = `${sheet} ${row}:${column} ${JSON.stringify(was)} → ${JSON.stringify(now)}`;
  const at = { sheet, row: row + 1, column: column + 1 };
  // A row of an adjustment begins with its number.
  const run = adjusted ? String(column === 0 ? was : cells[0]) : PAID;
  const dated =
    sheet === 'Allot Scalars' && row === 1 && typeof now === 'object' && now !== null && 'date' in now;
  return column >= (KEYS[sheet] ?? 1)
    ? {
        book,
        what,
        expected: [{ severity: 'error', kind: dated ? 'other-run' : 'paid-changed', run, at }],
      }
    : {
        book,
        what,
        expected: [
          { severity: 'error', kind: 'paid-removed', run, sheet },
          ...(cells.every((cell) => cell === null)
            ? []
            : [
                {
                  severity: 'error',
                  kind: 'paid-added',
                  run: adjusted ? LAST : PAID,
                  at: { sheet, row: row + 1 },
                } as const,
              ]),
        ],
      };
}

const ledgerOf = (book: MemoryBook): Cell[][] => book.ours[LEDGER_SHEET] ?? [];

function changeLedgerCell(draw: Draw): Tampered {
  const book = copyOf(paid);
  const rows = ledgerOf(book);
  const row = 1 + below(draw, rows.length - 1);
  const cells = rows[row] ?? [];
  // Taking a signature off a row that is no payment takes nothing away: the next one proves it too.
  const column = below(draw, HEADINGS.length);
  const was = cells[column] ?? null;
  const text = typeof was === 'string' ? was : '';
  const heading = HEADINGS[column];
  let now = text === '' ? 'x' : otherText(draw, text, 0, text.length);
  if (now === text) now = `${text}0`;
  cells[column] = now === '' ? null : now;
  const n = String(row);
  const what = `ledger ${n} ${heading}: ${text} → ${now}`;
  if (heading === 'Signature')
    return { book, what, expected: [{ severity: 'error', kind: 'signature-wrong', row: n }] };
  return {
    book,
    what,
    expected: [
      { severity: 'error', kind: 'ledger-changed', row: n, at: expect.objectContaining({ row: row + 1 }) },
    ],
  };
}

function swapLedgerRows(draw: Draw): Tampered {
  const book = copyOf(paid);
  const rows = ledgerOf(book);
  const a = 1 + below(draw, rows.length - 1);
  const b = 1 + ((a + below(draw, rows.length - 2)) % (rows.length - 1));
  const [one = [], other = []] = [rows[a], rows[b]];
  rows[a] = other;
  rows[b] = one;
  return {
    book,
    what: `ledger ${a} ↔ ${b}`,
    expected: [a, b].map((n) => ({ severity: 'error', kind: 'ledger-order', row: String(n) })),
  };
}

function deleteLedgerRow(draw: Draw): Tampered {
  const book = copyOf(paid);
  const rows = ledgerOf(book);
  const row = 1 + below(draw, rows.length - 2);
  rows.splice(row, 1);
  const n = String(row);
  return {
    book,
    what: `ledger ${n} gone`,
    expected: [{ severity: 'error', kind: 'ledger-missing', row: n }],
  };
}

/** Thorough: the record of the dropped run goes too. A chain alone can't show that. */
function dropLastRows(draw: Draw): Tampered {
  const book = copyOf(paid);
  const rows = ledgerOf(book);
  const count = 1 + below(draw, rows.length - 1);
  rows.splice(rows.length - count, count);
  for (let n = rows.length; n <= Number(LAST); n++) delete book.parts[`record-${n}`];
  return {
    book,
    what: `last ${count} gone`,
    anchor,
    expected: [{ severity: 'error', kind: 'anchor-missing', row: LAST }],
  };
}

const KINDS: Readonly<Record<string, (draw: Draw) => Tampered>> = {
  'rule character': (draw) => changeRule(draw, false),
  'rule comment': (draw) => changeRule(draw, true),
  'input cell': changeInput,
  'paid amount': (draw) => changePaid(draw, false),
  'adjusted amount': (draw) => changePaid(draw, true),
  'ledger cell': changeLedgerCell,
  'ledger order': swapLedgerRows,
  'deleted ledger row': deleteLedgerRow,
  'dropped last row': dropLastRows,
};

describe('verification', () => {
  it('finds nothing where nothing was changed', async () => {
    expect((await findings(paid, anchor)).filter(isError)).toEqual([]);
  });

  it('finds every single change and names its place', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(KINDS)), fc.gen(), async (kind, gen) => {
        const draw: Draw = (arbitrary) => gen(() => arbitrary);
        const {
          book,
          what,
          expected,
          anchor: line,
        } = KINDS[kind]?.(draw) ?? { book: paid, what: '', expected: [] };
        const found = await findings(book, line);
        for (const one of expected) expect(found, what).toContainEqual(expect.objectContaining(one));
        expect(expected.length, what).toBeGreaterThan(0);
        // Nothing else is told: a changed comment is just that.
        const errors = expected.filter(({ severity }) => severity === 'error').length;
        if (kind !== 'dropped last row') expect(found.filter(isError), what).toHaveLength(errors);
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    if (RUNS >= 500) expect([...seen.keys()].sort()).toEqual(Object.keys(KINDS).sort());
  });
});
