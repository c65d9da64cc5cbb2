import { strFromU8, strToU8, unzlibSync, zlibSync } from 'fflate';

/** How a record stands in its part: its text as UTF-8, deflated with a zlib head, in base64. */
export function packed(text: string): string {
  return bytesToBase64(zlibSync(strToU8(text), { level: 9 }));
}

/** The text again; null where it is none. */
export function unpacked(part: string): string | null {
  const bytes = base64ToBytes(part);
  if (bytes === null) return null;
  try {
    return strFromU8(unzlibSync(bytes));
  } catch {
    return null;
  }
}

/** Bytes that are turned into one string at once: more arguments than a function takes everywhere would fail. */
const PIECE = 0x2000;

export function bytesToBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}

export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> | null {
  const short = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(short) || short.length % 4 !== 0) return null;
  return Uint8Array.from(atob(short), (mark) => mark.charCodeAt(0));
}

export function hexToBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Plain data as JSON with the members of every object in the order of their names, without white space. */
export function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${sortedJson(one)}`);
  return `{${members.join(',')}}`;
}
