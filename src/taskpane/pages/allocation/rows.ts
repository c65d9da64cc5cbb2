import type { ShareView, WhatIf } from '../../../live/views.ts';
import { money } from '../../parts/numbers.ts';
import type { AllocationWords } from './words.ts';

/** A table that is drawn row by row as it scrolls: everything about a row is asked by its index. */
export interface Rows {
  readonly count: number;
  readonly columns: readonly Column[];
  readonly key: (row: number) => string;
  /** Said below the key; empty where there is no such text. */
  readonly name: (row: number) => string;
}

export interface Column {
  readonly id: string;
  readonly heading: string;
  readonly kind: 'member' | 'text' | 'number' | 'mark' | 'difference';
  /** As it is shown. */
  readonly text: (row: number) => string;
  /** For a file: a plain number, or text. */
  readonly plain: (row: number) => string;
  /** Of a mark: which one, for its look. */
  readonly mark?: (row: number) => ShareView['by'][number];
  /** What it is sorted by. */
  readonly order: (row: number) => number | string;
}

/** Members of a share, a line each. */
export function memberRows(view: ShareView, w: AllocationWords): Rows {
  const at = (texts: readonly string[]) => (row: number) => texts[row] ?? '';
  const key = at(view.keys);
  const called = nameAt(view.labels);
  const name = at(view.labels[called]?.texts ?? []);
  const by = (row: number) => view.by[row] ?? 'none';
  const bound = (row: number): string => {
    if (by(row) === 'floor') return view.floors[row] ?? '';
    return by(row) === 'cap' ? (view.caps[row] ?? '') : '';
  };
  const decided = (row: number): string => w.by(by(row), money(bound(row)), view.unit);
  const none = (texts: readonly string[]): boolean => texts.every((text) => text === '');
  return {
    count: view.keys.length,
    key,
    name,
    columns: [
      memberColumn(key, name, w),
      number('amount', w.amount, view.amounts, money, view.amountNumbers),
      number('weight', w.weight, view.weights, short, view.weightNumbers),
      {
        id: 'decided',
        heading: w.decided,
        kind: 'mark',
        text: decided,
        plain: decided,
        order: decided,
        mark: by,
      },
      number('quota', w.quota, view.quotas, short),
      ...(none(view.floors) ? [] : [number('floor', w.floor, view.floors, money)]),
      ...(none(view.caps) ? [] : [number('cap', w.cap, view.caps, money)]),
      ...view.labels.flatMap(({ heading, texts }, i) =>
        i === called ? [] : [label(`label${i}`, heading, at(texts))],
      ),
    ],
  };
}

/** Whose amount changes, a line each. Labels and what decides come from the views before and after. */
export function changeRows(tried: WhatIf, before: ShareView, w: AllocationWords): Rows {
  const { changes, share } = tried;
  const was = rowsByKey(before.keys);
  const now = rowsByKey(share?.keys ?? []);
  const key = (row: number): string => changes[row]?.key ?? '';
  // Who is new in the share has no line in the old one.
  const labelOf = (i: number) => (row: number) =>
    before.labels[i]?.texts[was.get(key(row)) ?? -1] ??
    share?.labels[i]?.texts[now.get(key(row)) ?? -1] ??
    '';
  const called = nameAt(before.labels);
  const name = labelOf(called);
  const weight = (row: number): string => short(share?.weights[now.get(key(row)) ?? -1] ?? '');
  const texts = (part: 'before' | 'after' | 'difference'): readonly string[] => changes.map((c) => c[part]);
  return {
    count: changes.length,
    key,
    name,
    columns: [
      memberColumn(key, name, w),
      {
        ...number('difference', w.difference, texts('difference'), signed),
        kind: 'difference',
        order: (row) => changes[row]?.differenceNumber ?? 0,
      },
      number('before', w.before, texts('before'), money),
      number('after', w.after, texts('after'), money),
      {
        id: 'weight',
        heading: w.weight,
        kind: 'number',
        text: weight,
        plain: weight,
        order: (row) => numberOf(weight(row)),
      },
      ...before.labels.flatMap(({ heading }, i) =>
        i === called ? [] : [label(`label${i}`, heading, labelOf(i))],
      ),
    ],
  };
}

/** Which label stands below the key: the one that tells most members apart, the first of equal ones. */
export function nameAt(labels: ShareView['labels']): number {
  const kinds = labels.map(({ texts }) => new Set(texts).size);
  return kinds.indexOf(Math.max(...kinds));
}

const rowsByKey = (keys: readonly string[]): ReadonlyMap<string, number> =>
  new Map(keys.map((key, row) => [key, row]));

function memberColumn(
  key: (row: number) => string,
  name: (row: number) => string,
  w: AllocationWords,
): Column {
  const text = (row: number): string => (name(row) === '' ? key(row) : `${key(row)} ${name(row)}`);
  return { id: 'member', heading: w.member, kind: 'member', text, plain: key, order: key };
}

function label(id: string, heading: string, text: (row: number) => string): Column {
  return { id, heading, kind: 'text', text, plain: text, order: text };
}

function number(
  id: string,
  heading: string,
  texts: readonly string[],
  show: (text: string) => string,
  numbers?: Float64Array,
): Column {
  return {
    id,
    heading,
    kind: 'number',
    text: (row) => show(texts[row] ?? ''),
    plain: (row) => (texts[row] ?? '').replace('≈', ''),
    order: (row) => numbers?.[row] ?? numberOf(texts[row] ?? ''),
  };
}

/** For sorting only. Nothing comes before every number. */
function numberOf(text: string): number {
  return text === '' ? Number.NEGATIVE_INFINITY : Number(text.replaceAll(/[≈,+]/g, '').replace('−', '-'));
}

/** Places that a long number is shown with; the file has them all. */
const PLACES = 4;

/** A decimal rounded to at most four places (halves up), `≈` before it where some were left out. */
export function short(text: string): string {
  const parts = /^(≈?)(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (parts === null) return text;
  const [, near = '', minus = '', whole = '', places = ''] = parts;
  if (places.length <= PLACES) return text;
  const up = (places[PLACES] ?? '0') >= '5' ? 1n : 0n;
  const digits = String(BigInt(whole + places.slice(0, PLACES)) + up).padStart(PLACES + 1, '0');
  return `${near || '≈'}${minus}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}

/** Money with its sign, for a difference: `+3.44`, `−51.20`. */
export function signed(text: string): string {
  if (/^-?0*\.?0*$/.test(text)) return money(text.replace('-', ''));
  return text.startsWith('-') ? `−${money(text.slice(1))}` : `+${money(text)}`;
}

export interface Sorting {
  readonly column: string;
  readonly down: boolean;
}

/** Rows that hold every word of `search` in one of their texts, sorted; equal ones stay in the order of the sheet. */
export function arranged(
  rows: Rows,
  search: string,
  sorting: Sorting | null,
  collator: Intl.Collator,
): Uint32Array {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const texts = rows.columns.filter(({ kind }) => kind === 'member' || kind === 'text' || kind === 'mark');
  const found: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    if (words.length > 0) {
      const all = texts.map(({ text }) => text(row).toLowerCase());
      if (!words.every((word) => all.some((text) => text.includes(word)))) continue;
    }
    found.push(row);
  }
  const column = rows.columns.find(({ id }) => id === sorting?.column);
  if (column === undefined || sorting === null) return Uint32Array.from(found);
  const orders = Array.from({ length: rows.count }, (_, row) => column.order(row));
  const turn = sorting.down ? -1 : 1;
  found.sort((a, b) => turn * compared(orders[a] ?? '', orders[b] ?? '', collator) || a - b);
  return Uint32Array.from(found);
}

function compared(a: number | string, b: number | string, collator: Intl.Collator): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  return collator.compare(String(a), String(b));
}
