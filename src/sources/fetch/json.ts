import { cellRational, parseDecimal } from '../../exact/decimal.ts';
import { rational } from '../../exact/rational.ts';
import { BLANK, logicalValue, numberValue, textValue } from '../../exact/value.ts';
import { type SourceCell, SourceFault } from '../model.ts';

/** Marks a number that a double would change. No text of JSON that we get begins so. */
const MARK = '\u0000number ';

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON in which numbers of more than 15 digits are kept as marked texts. Refuses with `bad-json`. */
export function readJson(text: string): unknown {
  try {
    const kept = text.replace(TOKEN, (token) =>
      token.startsWith('"') || token.replace(/[eE].*$|[-.]/g, '').replace(/^0+/, '').length <= 15
        ? token
        : JSON.stringify(MARK + token),
    );
    return JSON.parse(kept);
  } catch {
    throw new SourceFault('bad-json');
  }
}

/** A value of JSON as a cell; undefined for lists and objects. */
export function jsonCell(value: unknown): SourceCell | undefined {
  if (value === null || value === undefined) return BLANK;
  switch (typeof value) {
    case 'string':
      return value.startsWith(MARK) ? longNumber(value.slice(MARK.length)) : textValue(value);
    case 'number':
      return numberValue(cellRational(value));
    case 'boolean':
      return logicalValue(value);
    default:
      return undefined;
  }
}

function longNumber(text: string): SourceCell {
  const [digits = '', exponent = '0'] = text.toLowerCase().split('e');
  const base = parseDecimal(digits);
  const e = Number(exponent);
  if (base === null || Math.abs(e) > 400) return { kind: 'error', text };
  return numberValue(
    e >= 0 ? rational(base.n * 10n ** BigInt(e), base.d) : rational(base.n, base.d * 10n ** BigInt(-e)),
  );
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at `data.items.0.id`; undefined where nothing does. A name with dots in it goes before a path. */
export function atPath(value: unknown, path: string): unknown {
  if (path === '') return value;
  if (isObject(value) && Object.hasOwn(value, path)) return value[path];
  let at = value;
  for (const step of path.split('.')) {
    if (Array.isArray(at)) at = /^\d+$/.test(step) ? at[Number(step)] : undefined;
    else if (isObject(at)) at = Object.hasOwn(at, step) ? at[step] : undefined;
    else return undefined;
  }
  return at;
}

const DEPTH = 4;

/** The list of rows in an answer: at a path, or the answer itself, or the only list that its objects lead to. */
export function rowsIn(answer: unknown, path: string | undefined): readonly unknown[] {
  const found = path === undefined ? onlyList(answer, DEPTH) : atPath(answer, path);
  if (Array.isArray(found)) return found;
  throw new SourceFault('no-rows', path ?? '');
}

function onlyList(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return value;
  if (!isObject(value) || depth === 0) return undefined;
  const lists = Object.values(value)
    .map((one) => onlyList(one, depth - 1))
    .filter((one) => one !== undefined);
  return lists.length === 1 ? lists[0] : undefined;
}

/** Objects as rows: their fields, those of objects inside by paths such as `customer.id`. */
export function tableOf(
  rows: readonly unknown[],
  wanted: readonly string[],
  cellOf: (value: unknown) => SourceCell | undefined = jsonCell,
): { readonly fields: readonly string[]; readonly rows: readonly (readonly SourceCell[])[] } {
  const fields = new Map<string, number>();
  const add = (path: string): void => {
    if (!fields.has(path)) fields.set(path, fields.size);
  };
  const flat = (value: unknown, prefix: string, depth: number): void => {
    if (!isObject(value)) return;
    for (const [name, inner] of Object.entries(value)) {
      if (isObject(inner) && depth > 1) flat(inner, `${prefix}${name}.`, depth - 1);
      else if (cellOf(inner) !== undefined) add(prefix + name);
    }
  };
  rows.forEach((row, i) => {
    if (!isObject(row)) throw new SourceFault('bad-row', String(i + 1));
    flat(row, '', DEPTH);
  });
  for (const path of wanted)
    if (rows.some((row) => cellOf(atPath(row, path)) !== undefined && atPath(row, path) !== undefined))
      add(path);
  const names = [...fields.keys()];
  return {
    fields: names,
    rows: rows.map((row, i) =>
      names.map((path) => {
        const cell = cellOf(atPath(row, path));
        if (cell === undefined && wanted.includes(path))
          throw new SourceFault('bad-row', `${i + 1}: ${path}`);
        // What is a list or an object in this row, and no value, only matters to whom it is asked for.
        return cell ?? { kind: 'error', text: '{…}' };
      }),
    ),
  };
}
