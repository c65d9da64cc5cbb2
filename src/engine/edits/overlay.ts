import { Kind, type SheetColumn } from '../../exact/column.ts';
import { decimalsOf } from '../../exact/decimal.ts';
import { limitsOf, type Payload } from '../../exact/payload.ts';
import { placeOfText } from '../../exact/textIndex.ts';
import type { CellContent } from './change.ts';
import { noPatches, type Patches, patchAt, patched, patchesOf } from './patches.ts';

/** A column that is another one but for some payloads: all of them are put together only when somebody wants them. */
interface Overlay {
  readonly base: Payload;
  readonly changed: Patches<number>;
}

/** Columns know of their overlay by this: copies of their fields don't. */
const OVERLAY = Symbol('overlay');

interface Laid extends SheetColumn {
  readonly [OVERLAY]: Overlay;
}

/** More changed rows are put together with the others. */
const MOST_CHANGED = 4096;

/**
 * A column with some cells changed, over the old one's payload, where that needs no other kind, scale, text or wider
 * payload, and leaves no text unused; else null. The old one stays as it is.
 */
export function laidOver(column: SheetColumn, cells: ReadonlyMap<number, CellContent>): SheetColumn | null {
  const before = isLaid(column) ? column[OVERLAY] : { base: column.payload, changed: noPatches<number>() };
  if (before.changed.size + cells.size > MOST_CHANGED) return null;
  const [low, high] = limitsOf(before.base);
  const now: (readonly [number, number])[] = [];
  /** Texts that a cell had and may have been the only one to have. */
  const left = new Set<number>();
  let { bound } = column;
  for (const [row, value] of cells) {
    const x = payloadOf(column, row, value);
    if (Number.isNaN(x) || x < low || x > high) return null;
    if (value.kind === 'text') left.add(patchAt(before.changed, row) ?? before.base[row] ?? 0);
    now.push([row, x]);
    if (value.kind === 'number') bound = Math.max(bound, Math.abs(x));
  }
  const overlay = { base: before.base, changed: patched(before.changed, now) };
  for (const id of left) if (!isTextUsed(column.kinds, overlay, id)) return null;
  return laid(column, overlay, bound);
}

/** Whether some cell has a text: keys are looked for among a column's texts. */
function isTextUsed(kinds: Uint8Array, { base, changed }: Overlay, id: number): boolean {
  const isText = (row: number): boolean => kinds[row] === Kind.TEXT || kinds[row] === Kind.ERROR;
  for (let row = base.indexOf(id); row >= 0; row = base.indexOf(id, row + 1))
    if (isText(row) && patchAt(changed, row) === undefined) return true;
  for (const [row, x] of patchesOf(changed)) if (x === id && isText(row)) return true;
  return false;
}

const isLaid = (column: SheetColumn): column is Laid => OVERLAY in column;

/** What a value is in a row of its kind; NaN where it is of another kind, or none of the column's integers. */
function payloadOf({ kinds, scale, texts, uniform }: SheetColumn, row: number, value: CellContent): number {
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
    case 'text': {
      if (kind !== Kind.TEXT) return Number.NaN;
      // The index may be one that a copy of a column has kept.
      const known = uniform?.index == null ? -1 : placeOfText(uniform.index, value.value);
      const id = texts[known] === value.value ? known : texts.indexOf(value.value);
      return id < 0 ? Number.NaN : id;
    }
    case 'blank':
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
    for (const [row, x] of patchesOf(changed)) whole[row] = x;
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
            index: uniform.index,
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
    value: (row: number): number => patchAt(changed, row) ?? base[row] ?? 0,
  });
  return made;
}

/** Whether a column's facts are about itself, not about one that it was copied from. */
function isOwn(column: SheetColumn): boolean {
  return isLaid(column) || column.uniform?.payload === column.payload;
}
