import type { Language } from '../problems/messages/index.ts';

/** What the command line was asked to do. */
export type Request = CheckRequest | RunRequest | ExplainRequest | RulesRequest | FreezeRequest;

interface Common {
  readonly book: string;
  readonly language: Language;
}

export interface CheckRequest extends Common {
  readonly kind: 'check';
  /** Whole milliseconds, without a time of day. */
  readonly asOf: number;
  readonly json: boolean;
}

export interface RunRequest extends Common {
  readonly kind: 'run';
  readonly asOf: number;
  readonly json: boolean;
  readonly out: string | null;
}

export interface ExplainRequest extends Common {
  readonly kind: 'explain';
  readonly asOf: number;
  readonly json: boolean;
  readonly name: string;
  readonly key: string | null;
}

export interface RulesRequest extends Common {
  readonly kind: 'rules';
  readonly format: boolean;
  /** A text file of rules and the workbook to write. */
  readonly put: { readonly from: string; readonly out: string } | null;
}

export interface FreezeRequest extends Common {
  readonly kind: 'freeze';
  readonly out: string;
}
