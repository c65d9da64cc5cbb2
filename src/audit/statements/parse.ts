import { HEADINGS } from '../ledger.ts';
import type { StatementData } from './form.ts';
import { DATA_END, DATA_START } from './page.ts';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const any =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const tuple =
  (...checks: readonly Check[]): Check =>
  (value) =>
    Array.isArray(value) && value.length === checks.length && checks.every((check, i) => check(value[i]));
const one =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const matching =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const orNull = (check: Check): Check => any(one(null), check);

/** An object with just these members; those of `may` may be missing. */
const object =
  (members: Readonly<Record<string, Check>>, may: Readonly<Record<string, Check>> = {}): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const has = value as Readonly<Record<string, unknown>>;
    return (
      Object.entries(members).every(([name, check]) => Object.hasOwn(has, name) && check(has[name])) &&
      Object.entries(has).every(
        ([name, member]) => Object.hasOwn(members, name) || may[name]?.(member) === true,
      )
    );
  };

/** A number as an exact text: an integer, a decimal or a fraction. */
const exactNumber = matching(/^-?\d{1,4000}(\.\d{1,4000}|\/[1-9]\d{0,3999})?$/);
const units = matching(/^\d{1,4000}$/);
const field = matching(
  /^(-|t:[\s\S]*|e:[\s\S]*|b:(TRUE|FALSE)|n:-?\d{1,4000}(\.\d{1,4000}|\/[1-9]\d{0,3999})?|d:\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{3})?)?)$/,
);

const CONTENT = object({
  form: one(1),
  salt: matching(/^([0-9a-f]{32})?$/),
  asOf: text,
  table: text,
  key: field,
  statement: text,
  labels: list(text),
  rules: list(tuple(any(one(-1), whole), text)),
  tables: list(
    object({
      name: text,
      headings: list(text),
      rows: list(object({ own: one(0, 1), cells: list(tuple(whole, field)) })),
    }),
  ),
  names: list(tuple(text, field)),
  scalars: list(object({ name: text, value: field }, { withheld: one(true) })),
  columns: list(object({ table: whole, row: whole, column: text, value: field }, { withheld: one(true) })),
  figures: list(
    object({
      line: whole,
      start: whole,
      end: whole,
      around: list(tuple(whole, whole, whole)),
      value: field,
      rows: whole,
      blank: whole,
    }),
  ),
  shares: list(
    object({
      share: whole,
      name: text,
      of: orNull(tuple(whole, whole)),
      pool: exactNumber,
      unit: exactNumber,
      settled: exactNumber,
      shared: exactNumber,
      unallocated: exactNumber,
      level: orNull(exactNumber),
      members: whole,
      weights: exactNumber,
      open: object({ members: whole, weights: exactNumber, units }),
      cutOff: orNull(
        object({ fraction: exactNumber, above: whole, tied: whole, extra: whole, place: orNull(whole) }),
      ),
      member: orNull(
        object({
          weight: exactNumber,
          floor: orNull(units),
          cap: orNull(units),
          quota: orNull(exactNumber),
          units,
          by: one('floor', 'cap', 'quota', 'remainder', 'none'),
        }),
      ),
    }),
  ),
});

const PLACES = object({
  rules: list(
    any(
      object({ sheet: text, row: whole, columns: list(whole) }),
      object({ file: text, line: whole, lines: (value) => whole(value) && (value as number) < 1_000_000 }),
    ),
  ),
  tables: list(object({ sheet: text, headingRow: whole, columns: list(whole), rows: list(whole) })),
  names: list(tuple(text, whole, whole)),
});

const DATA = object({
  content: CONTENT,
  language: one('en', 'zh-CN'),
  places: PLACES,
  proof: orNull(
    object({
      path: list(tuple(one('left', 'right'), matching(/^[0-9a-f]{64}$/))),
      row: object(Object.fromEntries(HEADINGS.map((heading) => [heading, text]))),
    }),
  ),
  sum: text,
});

/** The data of a statement's file; null where it holds none that can be read. */
export function readData(file: string): StatementData | null {
  const start = file.indexOf(DATA_START);
  const end = file.indexOf(DATA_END, start);
  if (start < 0 || end < 0) return null;
  let data: unknown;
  try {
    data = JSON.parse(file.slice(start + DATA_START.length, end));
  } catch {
    return null;
  }
  return DATA(data) ? (data as StatementData) : null;
}
