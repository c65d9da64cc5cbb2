import type { LedgerCells } from './ledger.ts';

/**
 * One line that proves a ledger up to a row, wherever it is kept: mailed, printed, read out at a meeting.
 * `allot:3:<digest>:2026-03-31`; the last field is empty for a row without an as-of date.
 */
export interface Anchor {
  readonly number: string;
  readonly digest: string;
  readonly asOf: string;
}

export function anchorLine(cells: LedgerCells): string {
  return `allot:${cells.Number}:${cells.Digest}:${cells['As of']}`;
}

/** The anchor of a line, spaces around it ignored; null where it is none. */
export function readAnchor(text: string): Anchor | null {
  const found = /^allot:([1-9]\d*):([0-9a-f]{64}):(\d{4}-\d{2}-\d{2}|)$/.exec(text.trim());
  if (found === null) return null;
  const [, number = '', digest = '', asOf = ''] = found;
  return { number, digest, asOf };
}
