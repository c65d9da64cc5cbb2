import { foldText } from '../../../src/exact/value.ts';
import type { Workbook } from '../../../src/workbook/port.ts';
import { book, type Cell } from '../../support/book.ts';
import type { Tape } from './tape.ts';

export type Kind = 'number' | 'text' | 'date' | 'logical';
export const KINDS: readonly Kind[] = ['number', 'text', 'date', 'logical'];

export interface ColumnSpec {
  readonly kind: Kind;
  readonly blanks: boolean;
}

const NUMBERS: readonly Cell[] = [
  1,
  2,
  3,
  0,
  10,
  5,
  4,
  100,
  0.5,
  0.1,
  0.2,
  2.5,
  -1,
  1.005,
  99.99,
  0.01,
  33.33,
  80,
  60,
  75,
  -0.5,
  1000,
  { number: '0.0000000001' },
  999999999999999,
  { number: '12345678901234567890.5' },
  0.125,
  1e-7,
  1e20,
  -7,
  { number: '9007199254740993' },
  90071992547409.92,
];
export const TEXTS: readonly string[] = [
  'a',
  'b',
  'c',
  'A',
  'B',
  'd',
  'ab',
  'Ä',
  'ä',
  '二',
  '\u{1F600}',
  '\uFF21',
  'x1',
];
const DATES: readonly Cell[] = [
  { date: '2026-03-31' },
  { date: '2026-03-01' },
  { date: '2026-02-28 09:30' },
  { date: '2024-02-29' },
  { date: '2026-03-31 23:59:59' },
  { date: '2025-12-31' },
  { date: '2026-01-31' },
  { date: '0001-01-01' },
  { date: '9999-12-31' },
];

/** Tables T0, T1, … with a key in their first column, and what their columns mostly hold. */
export interface RandomBook {
  readonly workbook: Workbook;
  readonly specs: readonly (readonly ColumnSpec[])[];
  readonly nameKinds: readonly Kind[];
  readonly keys: readonly (readonly Cell[])[];
}

export function randomCell({ lean, of, pick }: Tape, kind: Kind): Cell {
  return kind === 'number'
    ? pick(4) === 3
      ? of(NUMBERS)
      : lean(NUMBERS)
    : kind === 'text'
      ? lean(TEXTS)
      : kind === 'date'
        ? lean(DATES)
        : pick(2) === 0;
}

export function randomBook(tape: Tape): RandomBook {
  const { pick, seldom, of, lean } = tape;
  const cellOf = (kind: Kind): Cell => randomCell(tape, kind);
  const specs: ColumnSpec[][] = [];
  const sheets: Record<string, readonly (readonly Cell[])[]> = {};
  const tableCount = 1 + pick(3);
  for (let t = 0; t < tableCount; t++) {
    const columns: ColumnSpec[] = [];
    const keyKind: Kind = lean(['text', 'number', 'date'] as const);
    columns.push({ kind: keyKind, blanks: false });
    const more = 2 + pick(4);
    for (let c = 0; c < more; c++)
      columns.push({
        kind: lean(['number', 'text', 'number', 'date', 'logical'] as const),
        blanks: pick(3) === 1,
      });
    specs.push(columns);
    const rows: Cell[][] = [];
    const keys = new Set<string>();
    const wanted = pick(9);
    const mixed = seldom(12);
    for (let r = 0; r < wanted; r++) {
      const row = columns.map((spec, c): Cell => {
        if (c === 0) return mixed && seldom(3) ? cellOf(of(KINDS)) : cellOf(spec.kind);
        if (spec.blanks && pick(4) === 1) return null;
        if (seldom(150)) return { error: '#N/A' };
        if (seldom(mixed ? 10 : 150)) return cellOf(of(KINDS));
        return cellOf(spec.kind);
      });
      const key = JSON.stringify(row[0]);
      const folded = typeof row[0] === 'string' ? foldText(key) : key;
      if (keys.has(folded)) continue;
      keys.add(folded);
      rows.push(row);
    }
    sheets[`T${t}`] = [columns.map((_, c) => `c${c}`), ...rows];
  }
  const nameKinds: Kind[] = [];
  const names: Record<string, Cell> = {};
  for (let i = pick(3); i > 0; i--) {
    const kind = of(KINDS);
    nameKinds.push(kind);
    names[`n${i}`] = seldom(15) ? null : seldom(30) ? { error: '#REF!' } : cellOf(kind);
  }
  const workbook = book(sheets, { names });
  const keyed = specs.map((_, t) => (sheets[`T${t}`] ?? []).slice(1).map((row) => row[0] ?? null));
  return { workbook, specs, nameKinds, keys: keyed };
}
