/** Different texts and where each stands among them, in plain arrays that take less than a map and grow faster. */
export interface TextIndex {
  readonly texts: string[];
  /** By the lowest bits of a hash: one more than the last text that has them; 0 for none. As many as a power of two. */
  heads: Int32Array;
  /** By text: one more than the one before it with the same bits; 0 for none. */
  before: Int32Array;
  /** By text: its hash. */
  hashes: Int32Array;
  /** What hashes are made with: where nobody knows it, nobody can write texts that all have one. */
  readonly odd: number;
}

const NONE = new Int32Array(0);
const FEWEST = 8;

/** The same for a whole process: the same texts make the same index. */
const ODD = 31 + 2 * Math.floor(Math.random() * 2 ** 28);

export const freshTextIndex = (odd = ODD): TextIndex => ({
  texts: [],
  heads: NONE,
  before: NONE,
  hashes: NONE,
  odd,
});

/** An index of texts that are all different. */
export function textIndexOf(texts: readonly string[], odd?: number): TextIndex {
  const index = freshTextIndex(odd);
  for (const text of texts) addText(index, text, hashOf(index, text));
  return index;
}

/** Where a text stands; −1 where it doesn't. */
export function placeOfText(index: TextIndex, text: string, hash = hashOf(index, text)): number {
  const { texts, heads, before, hashes } = index;
  let place = (heads[hash & (heads.length - 1)] ?? 0) - 1;
  while (place >= 0 && (hashes[place] !== hash || texts[place] !== text)) place = (before[place] ?? 0) - 1;
  return place;
}

/** Puts a text that isn't among them at their end; where that is. */
export function addText(index: TextIndex, text: string, hash: number): number {
  const place = index.texts.length;
  if (place === index.heads.length) grow(index);
  index.texts.push(text);
  enter(index, place, hash);
  return place;
}

function enter({ heads, before, hashes }: TextIndex, place: number, hash: number): void {
  const slot = hash & (heads.length - 1);
  hashes[place] = hash;
  before[place] = heads[slot] ?? 0;
  heads[slot] = place + 1;
}

function grow(index: TextIndex): void {
  const { hashes } = index;
  const room = Math.max(FEWEST, index.heads.length * 2);
  index.heads = new Int32Array(room);
  index.before = new Int32Array(room);
  index.hashes = new Int32Array(room);
  for (let place = 0; place < hashes.length; place++) enter(index, place, hashes[place] ?? 0);
}

/** A text's hash in an index. Texts mostly differ at their ends, which a product alone would leave in the lowest bits. */
export function hashOf({ odd }: TextIndex, text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, odd) + text.charCodeAt(i)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return hash ^ (hash >>> 15);
}
