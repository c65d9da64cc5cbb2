import { Inflate } from 'fflate';
import { type BookError, fileError } from '../bookError.ts';
import { crc32 } from './crc.ts';

/** One file of a zip, as its central directory describes it. */
export interface ZipEntry {
  readonly name: string;
  /** The name's bytes as stored. */
  readonly rawName: Uint8Array;
  readonly flags: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  /** MS-DOS time and date. */
  readonly time: number;
  readonly crc: number;
  /** Compressed and whole size in bytes. */
  readonly packed: number;
  readonly size: number;
  /** Where the compressed bytes begin. */
  readonly start: number;
  readonly attributes: number;
  readonly versionMade: number;
}

export interface Zip {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** In the order of the central directory. */
  readonly entries: readonly ZipEntry[];
}

/** Limits against zip bombs: no workbook that people made comes near them. */
export const LIMITS = {
  entries: 20_000,
  part: 1 << 30,
  total: 2 ** 31,
  /** A part that is read at once into memory. */
  whole: 1 << 28,
  /** Whole to compressed size, of parts above `ratioFrom` bytes. */
  ratio: 300,
  ratioFrom: 1 << 23,
} as const;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const END64 = 0x06064b50;
const MAX32 = 0xffffffff;

/** Reads the directory of a zip. Refuses with `not-zip`, `truncated`, `encrypted`, `unsupported` or `bomb`. */
export function readZip(bytes: Uint8Array, path: string): Zip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint32(0, true) !== LOCAL)
    throw fileError(path, bytes.length < 4 ? 'truncated' : 'not-zip');
  try {
    const entries = directory(view, bytes, path);
    checkSizes(entries, bytes.length, path);
    return { path, bytes, entries };
  } catch (error) {
    // A DataView refuses to read past its end.
    if (error instanceof RangeError) throw fileError(path, 'truncated');
    throw error;
  }
}

interface End {
  readonly count: number;
  readonly start: number;
}

function findEnd(view: DataView, path: string): End {
  const least = Math.max(0, view.byteLength - 22 - 65_535);
  for (let i = view.byteLength - 22; i >= least; i--) {
    if (view.getUint32(i, true) !== END) continue;
    const count = view.getUint16(i + 10, true);
    const start = view.getUint32(i + 16, true);
    if (count !== 0xffff && start !== MAX32) return { count, start };
    const locator = i - 20;
    if (locator < 0 || view.getUint32(locator, true) !== END64_LOCATOR) return { count, start };
    const at = Number(view.getBigUint64(locator + 8, true));
    if (view.getUint32(at, true) !== END64) throw fileError(path, 'truncated');
    return {
      count: Number(view.getBigUint64(at + 32, true)),
      start: Number(view.getBigUint64(at + 48, true)),
    };
  }
  throw fileError(path, 'truncated');
}

function directory(view: DataView, bytes: Uint8Array, path: string): readonly ZipEntry[] {
  const { count, start } = findEnd(view, path);
  if (count > LIMITS.entries) throw fileError(path, 'bomb', `${count} parts`);
  const utf8 = new TextDecoder();
  const entries: ZipEntry[] = [];
  const seen = new Set<string>();
  let at = start;
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== CENTRAL) throw fileError(path, 'truncated');
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const rawName = bytes.subarray(at + 46, at + 46 + nameLength);
    const name = utf8.decode(rawName).replaceAll('\\', '/').replace(/^\//, '');
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    if ((flags & 1) !== 0) throw fileError(path, 'encrypted', name);
    if (method !== 0 && method !== 8) throw fileError(path, 'unsupported', `${name}: ${method}`);
    let packed = view.getUint32(at + 20, true);
    let size = view.getUint32(at + 24, true);
    let local = view.getUint32(at + 42, true);
    // Sizes beyond 32 bits stand in an extra field, those that are needed in this order.
    const end = at + 46 + nameLength + extraLength;
    for (let x = at + 46 + nameLength; x + 4 <= end; x += 4 + view.getUint16(x + 2, true)) {
      if (view.getUint16(x, true) !== 1) continue;
      let y = x + 4;
      if (size === MAX32) {
        size = Number(view.getBigUint64(y, true));
        y += 8;
      }
      if (packed === MAX32) {
        packed = Number(view.getBigUint64(y, true));
        y += 8;
      }
      if (local === MAX32) local = Number(view.getBigUint64(y, true));
    }
    if (view.getUint32(local, true) !== LOCAL) throw fileError(path, 'truncated', name);
    const dataStart = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (dataStart + packed > bytes.length) throw fileError(path, 'truncated', name);
    if (seen.has(name.toLowerCase())) throw fileError(path, 'broken-part', name);
    seen.add(name.toLowerCase());
    entries.push({
      name,
      rawName,
      flags,
      method,
      time: view.getUint32(at + 12, true),
      crc: view.getUint32(at + 16, true),
      packed,
      size,
      start: dataStart,
      attributes: view.getUint32(at + 38, true),
      versionMade: view.getUint16(at + 4, true),
    });
    at = end + view.getUint16(at + 32, true);
  }
  return entries;
}

function checkSizes(entries: readonly ZipEntry[], length: number, path: string): void {
  let total = 0;
  let past = 0;
  // Parts that share their bytes are how small files unfold into huge ones.
  for (const entry of [...entries].sort((a, b) => a.start - b.start)) {
    if (entry.packed > 0 && entry.start < past) throw fileError(path, 'bomb', entry.name);
    past = Math.max(past, entry.start + entry.packed);
    total += entry.size;
    if (entry.size > LIMITS.part || total > LIMITS.total) throw fileError(path, 'bomb', entry.name);
    if (entry.size > LIMITS.ratioFrom && entry.size > entry.packed * LIMITS.ratio)
      throw fileError(path, 'bomb', entry.name);
  }
  if (past > length) throw fileError(path, 'truncated');
}

const broken = (zip: Zip, entry: ZipEntry): BookError => fileError(zip.path, 'broken-part', entry.name);

/**
 * Unpacks a part piece by piece. `take` may say false to stop early (then the checksum is not looked at).
 * Refuses with `broken-part` where the part is damaged, and with `bomb` where it is larger than it says.
 */
export function inflatePart(zip: Zip, entry: ZipEntry, take: (piece: Uint8Array) => boolean): void {
  const packed = zip.bytes.subarray(entry.start, entry.start + entry.packed);
  let crc = 0;
  let size = 0;
  let going = true;
  const piece = (chunk: Uint8Array): void => {
    size += chunk.length;
    if (size > entry.size) throw fileError(zip.path, 'bomb', entry.name);
    crc = crc32(chunk, crc);
    if (going && chunk.length > 0) going = take(chunk);
  };
  if (entry.method === 0) piece(packed);
  else inflateBy(zip, entry, packed, piece, () => going);
  if (going && (size !== entry.size || crc !== entry.crc)) throw broken(zip, entry);
}

/** Compressed bytes that are unpacked at a step: at most some 16 MB come of them. */
const STEP = 1 << 14;

function inflateBy(
  zip: Zip,
  entry: ZipEntry,
  packed: Uint8Array,
  piece: (chunk: Uint8Array) => void,
  going: () => boolean,
): void {
  const inflate = new Inflate(piece);
  for (let at = 0; at < packed.length && going(); at += STEP) {
    try {
      inflate.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
    } catch (error) {
      // fflate throws errors with a numeric code; ours and those of `take` pass.
      if (error instanceof Error && 'code' in error && typeof error.code === 'number')
        throw broken(zip, entry);
      throw error;
    }
  }
}

/** A part as a whole. */
export function partBytes(zip: Zip, entry: ZipEntry): Uint8Array {
  if (entry.size > LIMITS.whole) throw fileError(zip.path, 'bomb', entry.name);
  const bytes = new Uint8Array(entry.size);
  let at = 0;
  inflatePart(zip, entry, (piece) => {
    bytes.set(piece, at);
    at += piece.length;
    return true;
  });
  return bytes;
}
