import { isoOfMs, parseDate } from '../../exact/date.ts';
import type { Language } from '../../problems/messages/index.ts';
import type { LinePlace } from '../../problems/problem.ts';
import type { RuleLine } from '../../workbook/port.ts';
import { sortedJson } from '../codec.ts';
import { digestText } from '../digest.ts';
import type { LedgerCells } from '../ledger.ts';

/** A value in the canonical form of README.md one room up: `n:12.5`, `t:text`, `d:2026-03-31`, `b:TRUE`, `-`. */
export type Field = string;

/**
 * What a statement says, and all that it follows from. No place in the workbook is in it, so that sorting a sheet
 * changes nothing; rows stand in the order of their cells. Its digest is a leaf of the tree whose root is in the ledger.
 */
export interface Content {
  readonly form: 1;
  /** Keeps others from finding out a statement by guessing what it says. Empty where nothing was paid. */
  readonly salt: string;
  readonly asOf: string;
  /** The table and key of the person, and the name of the statement. */
  readonly table: string;
  readonly key: Field;
  readonly statement: string;
  /** Columns whose texts say who it is. */
  readonly labels: readonly string[];
  /** Every line as it stands in the workbook. */
  readonly rules: readonly (readonly [depth: number, text: string])[];
  readonly tables: readonly TableContent[];
  /** Defined names that the rules speak of; those that the statement does not read are blank. */
  readonly names: readonly (readonly [name: string, value: Field])[];
  readonly scalars: readonly ScalarFigure[];
  readonly columns: readonly ColumnFigure[];
  readonly figures: readonly ExpressionFigure[];
  readonly shares: readonly ShareFigure[];
}

/** A table with those rows that belong to the person (1) or that everybody may look up (0), each with the cells that were read. */
export interface TableContent {
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: readonly RowContent[];
}

export interface RowContent {
  readonly own: 0 | 1;
  readonly cells: readonly (readonly [column: number, value: Field])[];
}

/** A scalar rule that is given, by its name: it can't be computed from what is here. `withheld`: see ColumnFigure. */
export interface ScalarFigure {
  readonly name: string;
  readonly value: Field;
  readonly withheld?: true;
}

/** A computed column of a row that is given. `withheld`: its text belongs to somebody else, and counts as blank. */
export interface ColumnFigure {
  readonly table: number;
  readonly row: number;
  readonly column: string;
  readonly value: Field;
  readonly withheld?: true;
}

/** An expression that is given: where it stands in the rules, the rows around it, its value and how many rows it is of. */
export interface ExpressionFigure {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly around: readonly (readonly [level: number, table: number, row: number])[];
  readonly value: Field;
  readonly rows: number;
  readonly blank: number;
}

/** One pool of a share, the others in it as counts and sums. Numbers are exact texts. */
export interface ShareFigure {
  /** Index among the shares in force. */
  readonly share: number;
  readonly name: string;
  /** Row of the table with a pool a row; null at the top. */
  readonly of: readonly [table: number, row: number] | null;
  readonly pool: string;
  readonly unit: string;
  readonly settled: string;
  readonly shared: string;
  readonly unallocated: string;
  readonly level: string | null;
  readonly members: number;
  readonly weights: string;
  /** Members at neither floor nor cap. */
  readonly open: { readonly members: number; readonly weights: string; readonly units: string };
  readonly cutOff: CutOff | null;
  readonly member: MemberFigure | null;
}

/** Who of the open members got one unit more: all with a fraction above `fraction`, and `extra` of the `tied` ones that have just it, smaller keys first. */
export interface CutOff {
  readonly fraction: string;
  readonly above: number;
  readonly tied: number;
  readonly extra: number;
  /** The person's place among those tied, from 1; null where they are not one of them. */
  readonly place: number | null;
}

export interface MemberFigure {
  readonly weight: string;
  readonly floor: string | null;
  readonly cap: string | null;
  readonly quota: string | null;
  readonly units: string;
  readonly by: 'floor' | 'cap' | 'quota' | 'remainder' | 'none';
}

/** Where things stand in the workbook. Sorting a sheet changes them, so that no digest in the ledger proves them. */
export interface Places {
  readonly rules: readonly RuleRun[];
  readonly tables: readonly {
    readonly sheet: string;
    readonly headingRow: number;
    readonly columns: readonly number[];
    readonly rows: readonly number[];
  }[];
  readonly names: readonly (readonly [sheet: string, row: number, column: number])[];
}

/** Lines of rules that stand below one another: from a row of a sheet, with the column of each, or from a line of a file. */
export type RuleRun =
  | { readonly sheet: string; readonly row: number; readonly columns: readonly number[] }
  | { readonly file: string; readonly line: number; readonly lines: number };

/** How a statement leads to a row of the ledger. */
export interface Proof {
  /** From the leaf to the root: the digest beside it, and on which side that stands. */
  readonly path: readonly (readonly [side: 'left' | 'right', digest: string])[];
  readonly row: LedgerCells;
}

/** All that a file holds. `sum` is the digest of everything else, against mistakes. */
export interface StatementData {
  readonly content: Content;
  readonly language: Language;
  readonly places: Places;
  readonly proof: Proof | null;
  readonly sum: string;
}

/** Texts of parts that many statements share, so that each is put together once. */
export interface Memo {
  readonly texts: WeakMap<object, string>;
  readonly digests: WeakMap<object, string>;
}

export const newMemo = (): Memo => ({ texts: new WeakMap(), digests: new WeakMap() });

/** JSON with sorted members; what the memo has is not put together again. */
function json(
  value: Readonly<Record<string, unknown>>,
  memo: Memo | undefined,
  shared: readonly string[],
): string {
  const members = Object.keys(value)
    .sort()
    .map((name) => {
      const one = value[name];
      const kept = typeof one === 'object' && one !== null && shared.includes(name) ? one : null;
      let text = kept === null ? undefined : memo?.texts.get(kept);
      if (text === undefined) {
        text = sortedJson(one);
        if (kept !== null) memo?.texts.set(kept, text);
      }
      return `${JSON.stringify(name)}:${text}`;
    });
  return `{${members.join(',')}}`;
}

export const contentJson = (content: Content, memo?: Memo): string =>
  json({ ...content }, memo, ['rules', 'labels']);

/** The text that is digested: of the rules it has the digest only, as they are the same for everybody. */
export function contentText(content: Content, memo?: Memo): string {
  const { rules, ...own } = content;
  let digest = memo?.digests.get(rules);
  if (digest === undefined) {
    digest = digestText(`${sortedJson(rules)}\n`);
    memo?.digests.set(rules, digest);
  }
  return `allot-statement-1\n${json({ ...own, rules: digest }, memo, ['labels'])}\n`;
}

export function contentDigest(content: Content, memo?: Memo): string {
  let digest = memo?.digests.get(content);
  if (digest === undefined) {
    digest = digestText(contentText(content, memo));
    memo?.digests.set(content, digest);
  }
  return digest;
}

/** All of a file's data as its text, without the sum and with it. */
export interface DataText {
  readonly sum: string;
  readonly text: string;
}

export function dataText(
  { content, language, places, proof }: Omit<StatementData, 'sum'>,
  memo?: Memo,
): DataText {
  const rest = [
    `"language":${JSON.stringify(language)}`,
    `"places":${json({ ...places }, memo, ['rules', 'names'])}`,
    `"proof":${sortedJson(proof)}`,
  ].join(',');
  const sum = digestText(`allot-file-1\n{"content":"${contentDigest(content, memo)}",${rest}}\n`);
  return { sum, text: `{"content":${contentJson(content, memo)},${rest},"sum":"${sum}"}` };
}

/** The lines of rules in a statement as a workbook has them. */
export function ruleLines({ rules }: Content, places: Places): readonly RuleLine[] {
  const at = rulePlaces(places);
  return rules.flatMap(([depth, text], i): RuleLine[] => {
    const place = at[i];
    return place === undefined ? [] : [{ place, depth, text }];
  });
}

/** Where each line of the rules stands. */
export function rulePlaces({ rules }: Pick<Places, 'rules'>): readonly LinePlace[] {
  return rules.flatMap((run): LinePlace[] =>
    'sheet' in run
      ? run.columns.map((column, i) => ({ kind: 'cell', sheet: run.sheet, row: run.row + i, column }))
      : Array.from({ length: run.lines }, (_, i) => ({ kind: 'text', file: run.file, line: run.line + i })),
  );
}

/** The same the other way. */
export function ruleRuns(places: readonly LinePlace[]): readonly RuleRun[] {
  const runs: (
    | { sheet: string; row: number; columns: number[] }
    | { file: string; line: number; lines: number }
  )[] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (place.kind === 'cell') {
      if (
        last !== undefined &&
        'sheet' in last &&
        last.sheet === place.sheet &&
        last.row + last.columns.length === place.row
      )
        last.columns.push(place.column);
      else runs.push({ sheet: place.sheet, row: place.row, columns: [place.column] });
    } else if (
      last !== undefined &&
      'file' in last &&
      last.file === place.file &&
      last.line + last.lines === place.line
    )
      last.lines++;
    else runs.push({ file: place.file, line: place.line, lines: 1 });
  }
  return runs;
}

/** An as-of date in whole milliseconds; null where it is none. */
export function asOfMs({ asOf }: Pick<Content, 'asOf'>): number | null {
  const ms = parseDate(asOf);
  return ms === null || isoOfMs(ms) !== asOf ? null : ms;
}
