import type { Reason } from '../engine/plain/index.ts';
import { isoOfMs } from '../exact/date.ts';
import type { Language } from '../problems/messages/index.ts';
import { type Json, reasonJson } from './reasonsJson.ts';

/** What `allot explain --json` prints: the tree of reasons of a value, and how many errors its run has. */
export function explanationJson(
  asOf: number,
  { name, key }: { readonly name: string; readonly key: string | null },
  errors: number,
  reason: Reason,
  language: Language,
): Json {
  return {
    asOf: isoOfMs(asOf),
    name,
    ...(key === null ? {} : { key }),
    errors,
    reason: reasonJson(reason, language),
  };
}
