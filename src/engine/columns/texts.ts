import { placeOfText, type TextIndex } from '../../exact/textIndex.ts';
import { foldText, mayFoldTogether } from '../../exact/value.ts';

/** Texts of a vector: positions hold indexes into them. The same text may stand in it twice. */
export interface Pool {
  readonly texts: readonly string[];
  /** Where each text stands, where that is known. */
  readonly index?: TextIndex;
}

export const EMPTY_POOL: Pool = { texts: [] };

export const poolOf = (texts: readonly string[]): Pool => (texts.length === 0 ? EMPTY_POOL : { texts });

/** Several pools as one, and how far the indexes of each have moved. */
export function joinPools(pools: readonly Pool[]): { pool: Pool; offset: (pool: Pool) => number } {
  const offsets = new Map<Pool, number>();
  const first = pools[0] ?? EMPTY_POOL;
  if (pools.every((p) => p === first)) return { pool: first, offset: () => 0 };
  let texts: string[] = [];
  for (const pool of pools) {
    if (offsets.has(pool)) continue;
    offsets.set(pool, texts.length);
    texts = texts.concat(pool.texts);
  }
  return { pool: { texts }, offset: (pool) => offsets.get(pool) ?? 0 };
}

/** Numbers the values of one run, so that two are equal where their ids are (texts without regard to case). */
export interface Interner {
  readonly size: number;
  text(folded: string): number;
  /** Of every text of a pool. */
  pool(pool: Pool): Int32Array;
  /** Of a whole number or an exact number's text; of a date by its milliseconds. */
  number(key: number | string): number;
  date(key: number | string): number;
  /** Ids 1 and 2; a blank is 0. */
  logical(value: boolean): number;
}

export const BLANK_ID = 0;

export function createInterner(): Interner {
  const texts = new Map<string, number>();
  const numbers = new Map<number | string, number>();
  const dates = new Map<number | string, number>();
  const pools = new WeakMap<Pool, Int32Array>();
  const idIn = <K>(ids: Map<K, number>, key: K): number => {
    let id = ids.get(key);
    if (id === undefined) {
      id = interner.size++;
      ids.set(key, id);
    }
    return id;
  };
  const interner: Interner & { size: number } = {
    size: 3,
    text: (folded) => idIn(texts, folded),
    pool(pool) {
      let ids = pools.get(pool);
      if (ids === undefined) {
        ids = Int32Array.from(pool.texts, (text) => idIn(texts, foldText(text)));
        pools.set(pool, ids);
      }
      return ids;
    },
    number: (key) => idIn(numbers, key),
    date: (key) => idIn(dates, key),
    logical: (value) => (value ? 2 : 1),
  };
  return interner;
}

/** By index of a text of one pool: that of the same text of another. */
export interface SameTexts {
  readonly own: readonly string[];
  readonly other: TextIndex;
  /** What has been asked for. Filled as it goes. */
  readonly known: Int32Array;
}

/** Null where the other pool doesn't know its indexes, or case may matter. */
export function sameTexts({ texts: own }: Pool, { texts, index }: Pool): SameTexts | null {
  if (index === undefined || mayFoldTogether(own, texts)) return null;
  return { own, other: index, known: new Int32Array(own.length).fill(UNKNOWN) };
}
const UNKNOWN = -2;

/** −1 where there is none. Only texts that are asked for are looked up. */
export function sameText({ own, other, known }: SameTexts, text: number): number {
  const found = known[text] ?? -1;
  if (found !== UNKNOWN) return found;
  const at = placeOfText(other, own[text] ?? '');
  known[text] = at;
  return at;
}
