import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isLoopback } from '../sources/fetch/address.ts';

/** What a token may be written with (RFC 6750), so that a header can hold it. */
const TOKEN = /^[\w.~+/-]{16,}=*$/;

/** A token from a file or the environment, white space around it left out; null where it is none. */
export function tokenOf(text: string): string | null {
  const token = text.trim();
  return TOKEN.test(token) ? token : null;
}

/** 256 bits that nobody can guess. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Whether the header `Authorization` has the token, in a time that does not tell how much of it was right. */
export function hasToken(header: string | undefined, token: string): boolean {
  const [, given = ''] = /^Bearer +(\S+) *$/i.exec(header ?? '') ?? [];
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/**
 * Whether the header `Host` names this machine: a page of another site can make its own name mean this machine, but
 * then that name stands there.
 */
export function namesThisMachine(header: string | undefined): boolean {
  const [, name = ''] = /^(\[[^\]]*\]|[^:]*)(?::\d{1,5})?$/.exec(header ?? '') ?? [];
  return isLoopback(name);
}
