import { Kind, type SheetColumn } from '../../exact/column.ts';
import { decimalsOf } from '../../exact/decimal.ts';
import { limitsOf, type Payload } from '../../exact/payload.ts';
import type { CellContent } from './change.ts';

/** A column that is another one but for some payloads: all of them are put together only when somebody wants them. */
interface Overlay {
  readonly base: Payload;
  readonly changed: ReadonlyMap<number, number>;
}

/** Columns know of their overlay by this: copies of their fields don't. */
const OVERLAY = Symbol('overlay');

interface Laid extends SheetColumn {
  readonly [OVERLAY]: Overlay;
}

/** More changed rows are put together with the others. */
const MOST_CHANGED = 1000;

/**
 * A column with some cells changed, over the old one's payload, where that needs no other kind, scale, text or wider payload; else
 * null. The old one stays as it is.
 */
export function laidOver(column: SheetColumn, cells: ReadonlyMap<number, CellContent>): SheetColumn | null {
  const before = isLaid(column) ? column[OVERLAY] : { base: column.payload, changed: new Map() };
  if (before.changed.size + cells.size > MOST_CHANGED) return null;
  const [low, high] = limitsOf(before.base);
  const changed = new Map(before.changed);
  let { bound } = column;
  for (const [row, value] of cells) {
    const x = payloadOf(column, row, value);
    if (Number.isNaN(x) || x < low || x > high) return null;
    changed.set(row, x);
    if (value.kind === 'number') bound = Math.max(bound, Math.abs(x));
  }
  return laid(column, { base: before.base, changed }, bound);
}

const isLaid = (column: SheetColumn): column is Laid => OVERLAY in column;

/** What a value is in a row of its kind; NaN where it is of another kind, or none of the column's integers. */
function payloadOf({ kinds, scale }: SheetColumn, row: number, value: CellContent): number {
  const kind = kinds[row];
  switch (value.kind) {
    case 'number': {
      const decimals = kind === Kind.NUMBER ? decimalsOf(value.value) : null;
      return decimals === null || decimals > scale
        ? Number.NaN
        : Number(value.value.n * (10n ** BigInt(scale) / value.value.d));
    }
    case 'logical':
      return kind === Kind.LOGICAL ? Number(value.value) : Number.NaN;
    case 'date':
      return kind === Kind.DATE ? Number(value.ms.n / value.ms.d) : Number.NaN;
    case 'blank':
    case 'text':
    case 'error':
      return Number.NaN;
    default: {
      const never: never = value;
      return never;
    }
  }
}

function laid(column: SheetColumn, overlay: Overlay, bound: number): SheetColumn {
  const { length, kinds, scale, texts, wide, uniform } = column;
  const { base, changed } = overlay;
  let whole: Payload | null = null;
  const payload = (): Payload => {
    if (whole !== null) return whole;
    whole = base.slice();
    for (const [row, x] of changed) whole[row] = x;
    return whole;
  };
  const made = {
    length,
    kinds,
    get payload() {
      return payload();
    },
    scale,
    bound,
    texts,
    wide,
    // An old one's facts are about its own kinds.
    ...(uniform === undefined || uniform.kinds !== kinds || !isOwn(column)
      ? {}
      : {
          uniform: {
            only: uniform.only,
            index: null,
            kinds,
            get payload() {
              return payload();
            },
          },
        }),
  };
  const hidden = { enumerable: false };
  Object.defineProperty(made, OVERLAY, { ...hidden, value: overlay });
  Object.defineProperty(made, 'payloadAt', {
    ...hidden,
    value: (row: number): number => changed.get(row) ?? base[row] ?? 0,
  });
  return made;
}

/** Whether a column's facts are about itself, not about one that it was copied from. */
function isOwn(column: SheetColumn): boolean {
  return isLaid(column) || column.uniform?.payload === column.payload;
}
