import { columnValue } from '../exact/column.ts';
import { exactText } from '../exact/decimal.ts';
import { add, toDouble, ZERO } from '../exact/rational.ts';
import { displayValueText } from '../exact/text.ts';
import { keyText } from '../report/values.ts';
import { foldName } from '../workbook/names.ts';
import type { Roles } from './roles.ts';
import { giniOf, quantileOf, spearman } from './statistics.ts';
import type { Ran } from './worth.ts';

export interface PayPerformance {
  readonly asOf: string;
  /** Each column that pays against each score of the same table. */
  readonly pairs: readonly PayPair[];
  /** Of each paying column: how it is spread, over all and by group. */
  readonly spreads: readonly Spread[];
  readonly clamps: readonly Clamp[];
  /** Pay and score of everybody, of the statement and the score that most people have; null without both. */
  readonly points: PayPoints | null;
}

export interface PayPoints {
  readonly pay: string;
  readonly score: string;
  readonly people: readonly { readonly key: string; readonly score: number; readonly pay: number }[];
}

export interface PayPair {
  readonly table: string;
  readonly pay: string;
  readonly score: string;
  readonly people: number;
  /** Spearman: 1 where more score always is more pay. */
  readonly rho: number;
  readonly p: number;
  /** The same among people of one group (grade), the groups weighted by their people; null without groups. */
  readonly within: number | null;
}

export interface Spread {
  readonly table: string;
  readonly pay: string;
  /** The heading that people are grouped by; null for everybody. */
  readonly by: string | null;
  readonly groups: readonly SpreadGroup[];
  /** Only for everybody: how many people are paid from `from` to below `to` (the last: to `to`). */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly people: number }[];
}

export interface SpreadGroup {
  readonly group: string | null;
  readonly people: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly gini: number;
}

/** Where a share's floor or cap decided instead of the score. */
export interface Clamp {
  readonly share: string;
  readonly table: string;
  readonly members: number;
  readonly atFloor: number;
  readonly atCap: number;
  /** Exact. */
  readonly pool: string;
  readonly unallocated: string;
  readonly hasFloor: boolean;
  readonly hasCap: boolean;
}

/** Fewer say nothing about a correlation. */
const FEWEST = 10;
const BINS = 20;

export function payPerformanceOf(
  { program, workbook, results }: Ran,
  roles: Roles,
  asOf: string,
): PayPerformance {
  const groupings = ['grade', 'department'].flatMap((part) => roles.people?.columns[part] ?? []);
  const peopleTable = foldName(roles.people?.table.name ?? '');
  const paying = program.columns.flatMap((column, id) =>
    column.definitions.some(({ kind }) => kind === 'statement' || kind === 'share')
      ? [{ ...column, id }]
      : [],
  );
  const valuesOf = (id: number, table: number): ReadonlyMap<number, number> => {
    const values = new Map<number, number>();
    for (const row of results.tables[table]?.rows ?? []) {
      const value = results.columns[id]?.at(row);
      if (value?.kind === 'number') values.set(row, toDouble(value.value));
    }
    return values;
  };
  const grouped = (table: number, heading: string): ((row: number) => string) | null => {
    if (foldName(program.tables[table]?.name ?? '') !== peopleTable) return null;
    const data = workbook.tables[table]?.columns.find((column) => column.heading === heading)?.data;
    if (data === undefined) return null;
    return (row) => {
      const value = columnValue(data, row);
      return value === null || value.kind === 'blank' ? '' : displayValueText(value);
    };
  };
  const pairs: PayPair[] = [];
  const spreads: Spread[] = [];
  let points: PayPoints | null = null;
  for (const pay of paying) {
    const values = valuesOf(pay.id, pay.table);
    if (values.size < FEWEST) continue;
    const table = program.tables[pay.table]?.name ?? '';
    const all = [...values.values()];
    spreads.push({ table, pay: pay.name, by: null, groups: [spreadOf(null, all)], bins: binsOf(all) });
    for (const { heading } of groupings) {
      const group = grouped(pay.table, heading);
      if (group !== null)
        spreads.push({ table, pay: pay.name, by: heading, groups: spreadsBy(values, group), bins: [] });
    }
    const own = groupings[0] === undefined ? null : grouped(pay.table, groupings[0].heading);
    program.columns.forEach((column, id) => {
      if (column.table !== pay.table || !column.definitions.some(({ kind }) => kind === 'score')) return;
      const scores = valuesOf(id, column.table);
      const rows = [...values.keys()].filter((row) => scores.has(row));
      const found = rows.length < FEWEST ? null : correlation(rows, values, scores);
      if (found === null) return;
      const within = own === null ? null : withinGroups(rows, values, scores, own);
      const statement = pay.definitions.some(({ kind }) => kind === 'statement');
      if (statement && rows.length > (points?.people.length ?? 0))
        points = {
          pay: pay.name,
          score: column.name,
          people: rows.map((row) => ({
            key: keyText(program, workbook, pay.table, row),
            score: scores.get(row) ?? 0,
            pay: values.get(row) ?? 0,
          })),
        };
      pairs.push({ table, pay: pay.name, score: column.name, people: rows.length, ...found, within });
    });
  }
  return { asOf, pairs, spreads, clamps: clampsOf({ program, workbook, results }), points };
}

type Values = ReadonlyMap<number, number>;

function correlation(rows: readonly number[], pay: Values, score: Values) {
  return spearman(
    rows.map((row) => score.get(row) ?? 0),
    rows.map((row) => pay.get(row) ?? 0),
  );
}

function byGroup(
  rows: Iterable<number>,
  group: (row: number) => string,
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const name = group(row);
    const list = groups.get(name);
    if (list === undefined) groups.set(name, [row]);
    else list.push(row);
  }
  return groups;
}

function withinGroups(
  rows: readonly number[],
  pay: Values,
  score: Values,
  group: (row: number) => string,
): number | null {
  let sum = 0;
  let people = 0;
  for (const members of byGroup(rows, group).values()) {
    const found = members.length < FEWEST ? null : correlation(members, pay, score);
    if (found === null) continue;
    sum += found.rho * members.length;
    people += members.length;
  }
  return people === 0 ? null : sum / people;
}

function spreadOf(group: string | null, values: readonly number[]): SpreadGroup {
  return {
    group,
    people: values.length,
    p10: quantileOf(values, 0.1),
    p50: quantileOf(values, 0.5),
    p90: quantileOf(values, 0.9),
    gini: giniOf(values),
  };
}

function spreadsBy(values: Values, group: (row: number) => string): readonly SpreadGroup[] {
  return [...byGroup(values.keys(), group)]
    .map(([name, rows]) =>
      spreadOf(
        name,
        rows.flatMap((row) => values.get(row) ?? []),
      ),
    )
    .sort((a, b) => b.p50 - a.p50);
}

function binsOf(values: readonly number[]): Spread['bins'] {
  const low = values.reduce((least, x) => Math.min(least, x), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY);
  const width = niceStep((high - low) / BINS);
  const from = Math.floor(low / width) * width;
  const count = Math.max(1, Math.floor((high - from) / width) + 1);
  const people = Array.from({ length: count }, () => 0);
  for (const x of values) {
    const bin = Math.min(count - 1, Math.floor((x - from) / width));
    people[bin] = (people[bin] ?? 0) + 1;
  }
  return people.map((n, i) => ({ from: from + i * width, to: from + (i + 1) * width, people: n }));
}

/** 1, 2 or 5 times a power of ten, no less than `least`. */
function niceStep(least: number): number {
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least) ?? 10 * power;
}

function clampsOf({ program, results }: Ran): readonly Clamp[] {
  return program.shares.map(({ name, table, floor, cap }, share): Clamp => {
    let members = 0;
    let atFloor = 0;
    let atCap = 0;
    let pool = ZERO;
    let unallocated = ZERO;
    for (const one of results.shares) {
      if (one.share !== share) continue;
      members += one.members.length;
      for (const { by } of one.members) {
        if (by === 'floor') atFloor++;
        if (by === 'cap') atCap++;
      }
      pool = add(pool, one.settled);
      unallocated = add(unallocated, one.unallocated);
    }
    return {
      share: name,
      table: program.tables[table]?.name ?? '',
      members,
      atFloor,
      atCap,
      pool: exactText(pool),
      unallocated: exactText(unallocated),
      hasFloor: floor !== null,
      hasCap: cap !== null,
    };
  });
}
