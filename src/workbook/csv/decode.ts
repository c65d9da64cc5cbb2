import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import { fileError } from '../bookError.ts';

/**
 * The text of a file: UTF-8 with or without a byte order mark, UTF-16 with one, else GB18030, which is what a
 * Chinese Excel writes as CSV. Refuses with `encoding` where none of them fits.
 */
export function decodeText(bytes: Uint8Array, path: string): string {
  const text = decoded(bytes, path);
  if (text.includes('\0') || text.includes('\ufffd')) throw fileError(path, 'encoding');
  return text;
}

function decoded(bytes: Uint8Array, path: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (buffer[0] === 0xff && buffer[1] === 0xfe)
      return new TextDecoder('utf-16le', { fatal: true }).decode(buffer);
    if (buffer[0] === 0xfe && buffer[1] === 0xff)
      return new TextDecoder('utf-16be', { fatal: true }).decode(buffer);
    const marked = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
    const body = marked ? buffer.subarray(3) : buffer;
    if (isAscii(body)) return body.toString('latin1');
    if (isUtf8(body)) return body.toString('utf8');
    if (marked) throw fileError(path, 'encoding');
    return new TextDecoder('gb18030').decode(body);
  } catch (error) {
    if (error instanceof TypeError) throw fileError(path, 'encoding');
    // A string has an upper limit of about half a gigabyte.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_STRING_TOO_LONG')
      throw fileError(path, 'unsupported', 'over 512 MB');
    throw error;
  }
}

/** Line ends of every kind as `\n`. */
export function plainLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
