import { Kind, type SheetColumn } from '../exact/column.ts';
import { add, type Rational, rational, ZERO } from '../exact/rational.ts';

/** The exact sum of a column's numbers, of some of its rows or all; null where it has no number. */
export function totalOf(column: SheetColumn, rows?: Iterable<number>): Rational | null {
  let scaled = 0n;
  let wide = ZERO;
  let any = false;
  const take = (row: number): void => {
    const kind = column.kinds[row];
    if (kind === Kind.NUMBER) scaled += BigInt(column.payload[row] ?? 0);
    else if (kind === Kind.WIDE) wide = add(wide, column.wide.get(row) ?? ZERO);
    else return;
    any = true;
  };
  if (rows === undefined) for (let row = 0; row < column.length; row++) take(row);
  else for (const row of rows) take(row);
  return any ? add(rational(scaled, 10n ** BigInt(column.scale)), wide) : null;
}

/** Whether two amounts differ tenfold or more, whichever sign they have; 0 differs from none. */
export function isTenfold(a: Rational, b: Rational): boolean {
  const size = (x: bigint): bigint => (x < 0n ? -x : x);
  const [x, y] = [size(a.n) * b.d, size(b.n) * a.d];
  return x !== 0n && y !== 0n && (x >= 10n * y || y >= 10n * x);
}
