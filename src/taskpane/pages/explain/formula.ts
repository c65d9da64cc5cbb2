import { msOfDay, parseDate } from '../../../exact/date.ts';

/** An argument of a call, as far as its text alone tells it. */
export type Argument =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'omitted' }
  /** A date written as `DATE(2026,3,31)`. */
  | { readonly kind: 'date'; readonly ms: number }
  /** A reference or a computation: only the workbook knows its value. */
  | { readonly kind: 'other' };

export interface Call {
  readonly name: string;
  readonly arguments: readonly Argument[];
}

/** Our functions as Excel shows them and as it stores them. */
const OURS = /(?:ALLOT\.|_xldudf_ALLOT_)([A-Z]+)\(/i;

/** The first call of one of our functions in a formula; null where there is none. Texts in quotes are no calls. */
export function ourCall(formula: string): Call | null {
  const found = OURS.exec(blanked(formula));
  if (found === null) return null;
  const inside = formula.slice(found.index + found[0].length);
  const given = argumentsOf(inside);
  return given === null ? null : { name: (found[1] ?? '').toUpperCase(), arguments: given };
}

/** The formula with what stands in quotes made blank, at the same length. */
function blanked(formula: string): string {
  return formula.replace(/"(?:[^"]|"")*"/g, (text) => ' '.repeat(text.length));
}

/** Splits what stands before the call's closing bracket at its commas; null where it isn't closed. */
function argumentsOf(inside: string): readonly Argument[] | null {
  const plain = blanked(inside);
  const found: Argument[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < plain.length; at++) {
    const char = plain[at];
    if (char === '(' || char === '[' || char === '{') depth++;
    else if ((char === ')' || char === ']' || char === '}') && depth > 0) depth--;
    else if (char === ')') {
      found.push(argumentOf(inside.slice(from, at)));
      return found.length === 1 && found[0]?.kind === 'omitted' ? [] : found;
    } else if (char === ',' && depth === 0) {
      found.push(argumentOf(inside.slice(from, at)));
      from = at + 1;
    }
  }
  return null;
}

const TEXT = /^"((?:[^"]|"")*)"$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const DATE = /^DATE\(\s*(\d{1,4})\s*,\s*(\d{1,2})\s*,\s*(\d{1,2})\s*\)$/i;

function argumentOf(written: string): Argument {
  const text = written.trim();
  if (text === '') return { kind: 'omitted' };
  const quoted = TEXT.exec(text);
  if (quoted !== null) return { kind: 'text', text: (quoted[1] ?? '').replaceAll('""', '"') };
  if (NUMBER.test(text)) return { kind: 'text', text };
  const date = DATE.exec(text);
  const ms = date === null ? null : msOfDay(Number(date[1]), Number(date[2]), Number(date[3]));
  return ms === null ? { kind: 'other' } : { kind: 'date', ms };
}

/** The as-of date that an argument names: null for the run's, `unknown` where its text doesn't tell. */
export function dateOf(argument: Argument | undefined): number | null | 'unknown' {
  if (argument === undefined || argument.kind === 'omitted') return null;
  if (argument.kind === 'date') return argument.ms;
  return argument.kind === 'text' ? (parseDate(argument.text) ?? 'unknown') : 'unknown';
}
