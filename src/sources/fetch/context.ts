import type { Source } from '../model.ts';

/** A secret that is kept outside of the workbook, and the host that it is for; null: whichever is asked. */
export interface Secret {
  readonly value: string;
  readonly host: string | null;
}

/** What fetching may use of the world. */
export interface FetchContext {
  /** Paths of sources begin in this folder. */
  readonly folder: string;
  /** Null where there is no such secret. */
  secret(name: string): Secret | null;
  /** Milliseconds that an answer may take. */
  readonly timeout: number;
  /** Bytes that an answer may have. */
  readonly limit: number;
  /** Milliseconds before the first of further attempts; doubled for each. */
  readonly pause: number;
  readonly signal?: AbortSignal;
}

/** Control totals that a source itself is to tell. */
export function controlsAsked({ options }: Source): readonly string[] {
  return [...options]
    .filter(([name, value]) => /^check\s/.test(name) && (value.startsWith('@') || /^select\s/i.test(value)))
    .map(([, value]) => value);
}

/** Rows of a sheet under its headings. */
export const MAX_ROWS = 1_048_575;
