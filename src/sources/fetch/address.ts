import { isIP } from 'node:net';
import { SourceFault } from '../model.ts';

/** Names of parameters in which people put secrets. */
const SECRET =
  /^(?:access[-_]?token|auth|authorization|token|api[-_]?key|key|password|passwd|pwd|secret|sig|signature)$/i;

/** Whether a host is this machine, and reached from nowhere else; `[::1]` as it stands in addresses too. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

/** An address that may be asked: https, or http on this machine, and no secret in it. Refuses with a SourceFault. */
export function webAddress(text: string): URL {
  if (!URL.canParse(text)) throw new SourceFault('bad-address');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw new SourceFault('user-in-address');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw new SourceFault('not-https', url.protocol.replace(/:$/, ''));
  for (const name of url.searchParams.keys())
    if (SECRET.test(name)) throw new SourceFault('secret-in-address', name);
  return url;
}

/** A database on a server. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

/** `host:port/database`, with `postgresql://` before it or without. Refuses with a SourceFault. */
export function serverAddress(text: string, port: number): ServerAddress {
  const plain = text.includes('://') ? text : `database://${text}`;
  // The parser of addresses treats hosts alike under schemes that it knows.
  const http = plain.replace(/^[a-z][a-z+.-]*:\/\//i, 'http://');
  if (!URL.canParse(http)) throw new SourceFault('bad-address');
  const url = new URL(http);
  if (url.username !== '' || url.password !== '') throw new SourceFault('user-in-address');
  if (url.search !== '' || url.hash !== '') throw new SourceFault('bad-address');
  const database = decodeURIComponent(url.pathname.replace(/^\//, ''));
  if (database === '' || database.includes('/')) throw new SourceFault('bad-address');
  // Port 80 is what `http` leaves out.
  const written = /^http:\/\/[^/]*:(\d+)(?:\/|$)/i.exec(http)?.[1];
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: written === undefined ? port : Number(written),
    database,
  };
}
