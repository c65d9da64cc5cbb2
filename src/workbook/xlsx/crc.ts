/** Eight tables of the CRC-32 that zip uses, so that eight bytes are taken at a step. */
function crcTables(): readonly Int32Array[] {
  const first = new Int32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    first[n] = c;
  }
  const tables = [first];
  for (let t = 1; t < 8; t++) {
    const before = tables[t - 1];
    tables.push(Int32Array.from(first, (_, n) => (at(before, n) >>> 8) ^ at(first, at(before, n) & 255)));
  }
  return tables;
}

function at(table: Int32Array | undefined, index: number): number {
  return table?.[index] ?? 0;
}

const [T0, T1, T2, T3, T4, T5, T6, T7] = crcTables();

/** The CRC-32 of bytes, carried on from `crc` (0 to begin with); unsigned. */
export function crc32(bytes: Uint8Array, crc = 0): number {
  let c = ~crc;
  let i = 0;
  const length = bytes.length;
  for (; i + 8 <= length; i += 8) {
    const low = c ^ word(bytes, i);
    const high = word(bytes, i + 4);
    c =
      at(T7, low & 255) ^
      at(T6, (low >>> 8) & 255) ^
      at(T5, (low >>> 16) & 255) ^
      at(T4, low >>> 24) ^
      at(T3, high & 255) ^
      at(T2, (high >>> 8) & 255) ^
      at(T1, (high >>> 16) & 255) ^
      at(T0, high >>> 24);
  }
  for (; i < length; i++) c = (c >>> 8) ^ at(T0, (c ^ (bytes[i] ?? 0)) & 255);
  return ~c >>> 0;
}

function word(bytes: Uint8Array, i: number): number {
  return (
    (bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24)
  );
}
