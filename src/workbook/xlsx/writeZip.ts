import { deflateSync } from 'fflate';
import { crc32 } from './crc.ts';
import type { Zip, ZipEntry } from './zip.ts';

/** A part of a new zip: one that stays as it is, or new content. */
export type PlannedPart =
  | { readonly kind: 'copy'; readonly entry: ZipEntry }
  | { readonly kind: 'new'; readonly name: string; readonly bytes: Uint8Array };

/** 1980-01-01 00:00, the first time that a zip knows: the same content gives the same bytes. */
const FIXED_TIME = 0x0021_0000;
/** Bytes from which speed counts for more than the last tenth of size. */
const LARGE = 1 << 20;
const UTF8_FLAG = 0x0800;

interface Written {
  readonly name: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly time: number;
  readonly crc: number;
  readonly size: number;
  readonly data: Uint8Array;
  readonly attributes: number;
  readonly versionMade: number;
}

/** A zip of the parts in order. The compressed bytes of those that stay are copied, not made anew. */
export function writeZip(source: Zip | null, parts: readonly PlannedPart[]): Uint8Array {
  const written = parts.map((part) =>
    part.kind === 'copy' ? copied(source, part.entry) : packed(part.name, part.bytes),
  );
  const length = written.reduce((sum, one) => sum + 30 + 46 + 2 * one.name.length + one.data.length, 22);
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  const offsets: number[] = [];
  let at = 0;
  for (const one of written) {
    offsets.push(at);
    view.setUint32(at, 0x04034b50, true);
    view.setUint16(at + 4, 20, true);
    common(view, at + 6, one);
    out.set(one.name, at + 30);
    out.set(one.data, at + 30 + one.name.length);
    at += 30 + one.name.length + one.data.length;
  }
  const start = at;
  written.forEach((one, i) => {
    view.setUint32(at, 0x02014b50, true);
    view.setUint16(at + 4, one.versionMade, true);
    view.setUint16(at + 6, 20, true);
    common(view, at + 8, one);
    view.setUint32(at + 38, one.attributes, true);
    view.setUint32(at + 42, offsets[i] ?? 0, true);
    out.set(one.name, at + 46);
    at += 46 + one.name.length;
  });
  view.setUint32(at, 0x06054b50, true);
  view.setUint16(at + 8, written.length, true);
  view.setUint16(at + 10, written.length, true);
  view.setUint32(at + 12, at - start, true);
  view.setUint32(at + 16, start, true);
  return out;
}

/** The fields that local and central headers share: flags to the name's length. */
function common(view: DataView, at: number, one: Written): void {
  view.setUint16(at, one.flags, true);
  view.setUint16(at + 2, one.method, true);
  view.setUint32(at + 4, one.time, true);
  view.setUint32(at + 8, one.crc, true);
  view.setUint32(at + 12, one.data.length, true);
  view.setUint32(at + 16, one.size, true);
  view.setUint16(at + 20, one.name.length, true);
}

function copied(source: Zip | null, entry: ZipEntry): Written {
  const data = source?.bytes.subarray(entry.start, entry.start + entry.packed) ?? new Uint8Array();
  const { rawName, method, time, crc, size, attributes, versionMade } = entry;
  // Sizes now stand in the header: no data descriptor follows (bit 3).
  return { name: rawName, flags: entry.flags & ~8, method, time, crc, size, data, attributes, versionMade };
}

function packed(name: string, bytes: Uint8Array): Written {
  const deflated = deflateSync(bytes, { level: bytes.length > LARGE ? 3 : 6 });
  const smaller = deflated.length < bytes.length;
  const raw = new TextEncoder().encode(name);
  return {
    name: raw,
    flags: raw.length === name.length ? 0 : UTF8_FLAG,
    method: smaller ? 8 : 0,
    time: FIXED_TIME,
    crc: crc32(bytes),
    size: bytes.length,
    data: smaller ? deflated : bytes,
    attributes: 0,
    versionMade: 20,
  };
}
