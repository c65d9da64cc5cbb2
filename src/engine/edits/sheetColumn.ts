import { Kind, type SheetColumn, uniformOf } from '../../exact/column.ts';
import { decimalsOf, POWERS_OF_TEN } from '../../exact/decimal.ts';
import { holding, type Payload } from '../../exact/payload.ts';
import { type Rational, rational } from '../../exact/rational.ts';
import { type TextIndex, textIndexOf } from '../../exact/textIndex.ts';
import type { CellContent } from './change.ts';
import { laidOver } from './overlay.ts';

const SAFE = Number.MAX_SAFE_INTEGER;
const MOST_DECIMALS = 15;

/** A column under change. */
interface Draft {
  /** The old column's as long as no row is of another kind. */
  kinds: Uint8Array;
  readonly oldKinds: Uint8Array;
  payload: Payload;
  scale: number;
  bound: number;
  texts: readonly string[];
  wide: ReadonlyMap<number, Rational>;
}

/**
 * A column with some cells changed, as if it had been imported so, but that `bound` and `scale` may be larger than
 * they need to be. The old one stays as it is.
 */
export function withCells(column: SheetColumn, cells: ReadonlyMap<number, CellContent>): SheetColumn {
  const laid = laidOver(column, cells);
  if (laid !== null) return laid;
  const { kinds, payload, scale, bound, texts, wide, length } = column;
  const draft: Draft = {
    kinds,
    oldKinds: kinds,
    payload: payload.slice(),
    scale,
    bound,
    texts,
    wide,
  };
  /** Texts that a cell had and may have been the only one to have. */
  const left = new Set<string>();
  for (const [row, value] of cells) {
    if (kinds[row] === Kind.TEXT || kinds[row] === Kind.ERROR) left.add(texts[payload[row] ?? 0] ?? '');
    put(draft, row, value);
  }
  for (const text of left) dropUnused(draft, text);
  const { oldKinds: _, ...rest } = draft;
  const changed = { length, ...rest };
  const known = uniformOf(column);
  const still =
    known !== null &&
    draft.wide.size === 0 &&
    [...cells.keys()].every((row) => draft.kinds[row] === known.only);
  if (!still) return changed;
  const index = known.index === null || draft.texts === texts ? known.index : indexOf(draft.texts);
  return { ...changed, uniform: { only: known.only, index, kinds: draft.kinds, payload: draft.payload } };
}

/** Where each text is; null where they are so many that it is not worth it. */
function indexOf(texts: readonly string[]): TextIndex | null {
  return texts.length > MOST_INDEXED ? null : textIndexOf(texts);
}

const MOST_INDEXED = 2 ** 16;

function put(draft: Draft, row: number, value: CellContent): void {
  const set = (kind: number, x: number): void => store(draft, row, kind, x);
  if (draft.wide.has(row)) draft.wide = without(draft.wide, row);
  switch (value.kind) {
    case 'blank':
      return set(Kind.BLANK, 0);
    case 'logical':
      return set(Kind.LOGICAL, value.value ? 1 : 0);
    case 'text':
      return set(Kind.TEXT, textId(draft, value.value));
    case 'error':
      return set(Kind.ERROR, textId(draft, value.code));
    case 'date':
      // A cell's date is whole milliseconds.
      return set(Kind.DATE, Number(value.ms.n / value.ms.d));
    case 'number':
      return putNumber(draft, row, value.value);
    default: {
      const never: never = value;
      return never;
    }
  }
}

function store(draft: Draft, row: number, kind: number, x: number): void {
  draft.payload = holding(draft.payload, x);
  if (draft.kinds[row] !== kind) ownKinds(draft)[row] = kind;
  draft.payload[row] = x;
}

/** Kinds that may be written to. */
function ownKinds(draft: Draft): Uint8Array {
  if (draft.kinds === draft.oldKinds) draft.kinds = draft.kinds.slice();
  return draft.kinds;
}

function without<V>(map: ReadonlyMap<number, V>, key: number): ReadonlyMap<number, V> {
  const out = new Map(map);
  out.delete(key);
  return out;
}

function textId(draft: Draft, text: string): number {
  const found = draft.texts.indexOf(text);
  if (found >= 0) return found;
  draft.texts = [...draft.texts, text];
  return draft.texts.length - 1;
}

function putNumber(draft: Draft, row: number, value: Rational): void {
  const decimals = decimalsOf(value) ?? MOST_DECIMALS + 1;
  if (decimals > draft.scale && decimals <= MOST_DECIMALS) rescale(draft, decimals);
  const ten = 10n ** BigInt(draft.scale);
  const k = decimals <= draft.scale ? Number(value.n * (ten / value.d)) : Number.NaN;
  if (Math.abs(k) <= SAFE) {
    store(draft, row, Kind.NUMBER, k);
    draft.bound = Math.max(draft.bound, Math.abs(k));
  } else {
    store(draft, row, Kind.WIDE, 0);
    draft.wide = new Map(draft.wide).set(row, value);
  }
}

/** More decimals for all numbers; those that don't fit any more become wide. */
function rescale(draft: Draft, decimals: number): void {
  const { scale } = draft;
  const kinds = ownKinds(draft);
  const payload = new Float64Array(draft.payload);
  draft.payload = payload;
  const factor = POWERS_OF_TEN[decimals - scale] ?? Number.NaN;
  draft.scale = decimals;
  if (draft.bound * factor <= SAFE) {
    for (let i = 0; i < kinds.length; i++)
      if (kinds[i] === Kind.NUMBER) payload[i] = (payload[i] ?? 0) * factor;
    draft.bound *= factor;
    return;
  }
  draft.bound = 0;
  const wide = new Map(draft.wide);
  const ten = 10n ** BigInt(scale);
  for (let i = 0; i < kinds.length; i++) {
    if (kinds[i] !== Kind.NUMBER) continue;
    const k = payload[i] ?? 0;
    const grown = k * factor;
    if (Math.abs(grown) <= SAFE) {
      payload[i] = grown;
      draft.bound = Math.max(draft.bound, Math.abs(grown));
    } else {
      kinds[i] = Kind.WIDE;
      payload[i] = 0;
      wide.set(i, rational(BigInt(k), ten));
    }
  }
  draft.wide = wide;
}

/** Takes away a text that no cell has any more: keys are looked for among a column's texts. */
function dropUnused(draft: Draft, text: string): void {
  const { kinds, payload } = draft;
  const id = draft.texts.indexOf(text);
  if (id < 0) return;
  const isText = (row: number): boolean => kinds[row] === Kind.TEXT || kinds[row] === Kind.ERROR;
  for (let row = payload.indexOf(id); row >= 0; row = payload.indexOf(id, row + 1)) if (isText(row)) return;
  const last = draft.texts.length - 1;
  const texts = draft.texts.slice(0, last);
  if (id !== last) {
    texts[id] = draft.texts[last] ?? '';
    for (let row = payload.indexOf(last); row >= 0; row = payload.indexOf(last, row + 1))
      if (isText(row)) payload[row] = id;
  }
  draft.texts = texts;
}
