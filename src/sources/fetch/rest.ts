import { type Fetched, type Source, type SourceCell, SourceFault } from '../model.ts';
import { webAddress } from './address.ts';
import { controlsAsked, type FetchContext, MAX_ROWS } from './context.ts';
import { type Answer, ask } from './http.ts';
import { atPath, jsonCell, readJson, rowsIn, tableOf } from './json.ts';
import { secretFor } from './secrets.ts';

/** Pages of one source. */
const MAX_PAGES = 10_000;

/**
 * Rows from a REST endpoint: JSON over https, page by page. Options: `rows` (path of the list), `next` (path of the next page's
 * address, or with `cursor` of what goes into that parameter), `page` (a parameter that counts pages from `first` until one is
 * empty), `token` (the secret that goes along as a bearer token). Without these a `Link` header with `rel="next"` is followed.
 */
export async function fetchRest(source: Source, context: FetchContext): Promise<Fetched> {
  const { options } = source;
  const first = webAddress(source.location);
  const token = secretFor(source, 'token', first.hostname, context);
  const headers = {
    accept: 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const page = options.get('page');
  const controls = new Map<string, SourceCell>();
  const rows: unknown[] = [];
  const seen = new Set<string>();
  let number = Number(options.get('first') ?? '1');
  if (!Number.isInteger(number)) throw new SourceFault('bad-option', 'first');
  let url: URL | null = first;
  if (page !== undefined) url = withParameter(first, page, String(number));
  while (url !== null) {
    if (seen.has(url.href) || seen.size >= MAX_PAGES) throw new SourceFault('paging', url.pathname);
    seen.add(url.href);
    const answer = await ask({ url, method: 'GET', headers }, context);
    if (answer.status !== 200) throw new SourceFault('status', String(answer.status));
    const json = readJson(answer.text);
    const list = rowsIn(json, options.get('rows'));
    for (const row of list) rows.push(row);
    if (rows.length > MAX_ROWS) throw new SourceFault('too-large', String(MAX_ROWS));
    if (seen.size === 1)
      for (const asked of controlsAsked(source)) {
        const cell = jsonCell(atPath(json, asked.slice(1).trim()));
        if (cell !== undefined && cell.kind !== 'blank') controls.set(asked, cell);
      }
    if (page !== undefined) url = list.length === 0 ? null : withParameter(first, page, String(++number));
    else url = nextOf(json, answer, source, first);
  }
  const wanted = source.mapping.flatMap(({ field }) => (field === null ? [] : [field]));
  return { ...tableOf(rows, wanted), controls };
}

function withParameter(url: URL, name: string, value: string): URL {
  const next = new URL(url);
  next.searchParams.set(name, value);
  return next;
}

/** The address of the page after an answer; null after the last one. It lies where the first one does. */
function nextOf(json: unknown, answer: Answer, { options }: Source, first: URL): URL | null {
  const path = options.get('next');
  if (path === undefined) return linked(answer, first);
  const found = atPath(json, path);
  if (found === undefined || found === null || found === '' || found === false) return null;
  const text = typeof found === 'number' ? String(found) : found;
  if (typeof text !== 'string') throw new SourceFault('paging', path);
  const cursor = options.get('cursor');
  return cursor === undefined ? within(text, answer, first) : withParameter(first, cursor, text);
}

function linked(answer: Answer, first: URL): URL | null {
  const link = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(answer.headers.get('link') ?? '')?.[1];
  return link === undefined ? null : within(link, answer, first);
}

function within(text: string, { url }: Answer, first: URL): URL {
  if (!URL.canParse(text, url)) throw new SourceFault('paging', text);
  const next = new URL(text, url);
  if (next.origin !== first.origin) throw new SourceFault('redirect', next.origin);
  return next;
}
