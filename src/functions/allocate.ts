import { divideUnits } from '../engine/plain/share.ts';
import { compareKeys, identity } from '../engine/plain/values.ts';
import { cellRational, displayText } from '../exact/decimal.ts';
import {
  absolute,
  ceilingInteger,
  divide,
  floorInteger,
  multiply,
  type Rational,
  rational,
  roundInteger,
  ZERO,
} from '../exact/rational.ts';
import { logicalValue, numberValue, textValue } from '../exact/value.ts';
import { closestDouble } from '../live/answers/cells.ts';
import type { Answer } from '../live/queries.ts';
import { type Arguments, type Cells, isBlank, refuse } from './arguments.ts';

const POOL = 0;
const WEIGHTS = 1;
const FLOORS = 2;
const CAPS = 3;
const UNIT = 4;
const KEYS = 5;

const CENT = rational(1n, 100n);

type Key = Parameters<typeof compareKeys>[0];

/**
 * ALLOCATE(pool, weights, [floors], [caps], [unit], [keys]): divides a pool as a `share` statement does, in the shape of
 * `weights`, which are read row by row. Floors and caps have the size of `weights`, or are one value for all.
 * Without keys a remainder that is equal goes to the smaller position. Throws a Refusal.
 */
export function allocate(args: Arguments): Answer {
  const { words } = args;
  const pool = args.number(POOL);
  if (pool.n < 0n) refuse(words.negativePool(args.at(POOL), displayText(pool)));
  const unit = absolute(args.maybeNumber(UNIT) ?? CENT);
  if (unit.n === 0n) refuse(words.zeroUnit(args.at(UNIT)), '#DIV/0!');
  const weights = args.cells(WEIGHTS);
  const floors = limits(args, FLOORS, weights);
  const caps = limits(args, CAPS, weights);
  const keys = keysOf(args, weights);

  const claims = weights.values.map((_, i) => {
    const weight = args.numberIn(WEIGHTS, weights, i) ?? refuse(words.blank(args.cellAt(WEIGHTS, i)));
    if (weight.n < 0n) refuse(words.negativeWeight(args.cellAt(WEIGHTS, i), displayText(weight)));
    const low = floors(i);
    const high = caps(i);
    const floor = low === null ? null : low.n <= 0n ? 0n : ceilingInteger(divide(low, unit));
    const cap = high === null ? null : floorInteger(divide(high, unit));
    if (cap !== null && (floor ?? 0n) > cap)
      refuse(words.floorAboveCap(i + 1, displayText(low ?? ZERO), displayText(high ?? ZERO)));
    return { weight, floor, cap };
  });

  const units = roundInteger(divide(pool, unit));
  const division = divideUnits(units, claims, keys === null ? (i, j) => i - j : byKey(keys));
  if (division === 'no-weight') return refuse(words.noWeight(displayText(pool)));
  if (division === 'floors-exceed-pool') {
    const total = claims.reduce((sum, { weight, floor }) => sum + (weight.n > 0n ? (floor ?? 0n) : 0n), 0n);
    const money = (n: bigint): string => displayText(multiply(rational(n), unit));
    return refuse(words.floorsExceedPool(money(total), money(units)));
  }
  const amounts = division.parts.map((part) => closestDouble(multiply(rational(part.units), unit)));
  const rows = Array.from({ length: weights.rows }, (_, row) =>
    amounts.slice(row * weights.columns, (row + 1) * weights.columns),
  );
  return { kind: 'cells', rows };
}

/** The floor or cap of each weight. */
function limits(args: Arguments, index: number, weights: Cells): (cell: number) => Rational | null {
  const cells = args.maybeCells(index);
  if (cells === null) return () => null;
  if (cells.values.length === 1) {
    const only = args.numberIn(index, cells, 0);
    return () => only;
  }
  sameSize(args, index, cells, weights);
  return (cell) => args.numberIn(index, cells, cell);
}

/** A row may stand beside a column; two rectangles are alike. */
export function sameSize(args: Arguments, index: number, cells: Cells, weights: Cells): void {
  const vector = ({ rows, columns }: Cells): boolean => rows === 1 || columns === 1;
  const alike = cells.columns === weights.columns || (vector(cells) && vector(weights));
  if (cells.values.length !== weights.values.length || !alike)
    refuse(args.words.otherSize(args.at(index), cells.values.length, weights.values.length));
}

function keysOf(args: Arguments, weights: Cells): readonly Key[] | null {
  const cells = args.maybeCells(KEYS);
  if (cells === null) return null;
  sameSize(args, KEYS, cells, weights);
  const seen = new Map<string, number>();
  return cells.values.map((value, i) => {
    if (isBlank(value)) return refuse(args.words.blank(args.cellAt(KEYS, i)));
    const key = keyOf(value);
    const name = identity(key);
    const first = seen.get(name);
    if (first !== undefined) return refuse(args.words.repeated(args.cellAt(KEYS, i), first + 1));
    seen.set(name, i);
    return key;
  });
}

function keyOf(value: number | string | boolean): Key {
  const key =
    typeof value === 'number'
      ? numberValue(cellRational(value))
      : typeof value === 'string'
        ? textValue(value)
        : logicalValue(value);
  if (key.kind === 'blank') throw new RangeError('a key that is blank');
  return key;
}

function byKey(keys: readonly Key[]): (i: number, j: number) => number {
  return (i, j) => {
    const a = keys[i];
    const b = keys[j];
    return a === undefined || b === undefined ? 0 : compareKeys(a, b);
  };
}
