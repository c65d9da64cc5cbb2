import { foldName, type RuleFile } from '../../grammar/tree.ts';
import type { Results } from '../engine/results.ts';
import { isoOfMs } from '../exact/date.ts';
import type { Language } from '../problems/messages/index.ts';
import { resultSheets } from '../report/sheets.ts';
import type { Program } from '../rules/program.ts';
import { wordsOf } from '../rules/words.ts';
import type { OutputSheet, Workbook } from '../workbook/port.ts';
import { nameField, namesText, type PlainLine, plainLines } from './canonical.ts';
import { packed, sortedJson, unpacked } from './codec.ts';
import { digestTable, digestText } from './digest.ts';
import { type KeptTable, keepTable as keepInput, restoreTable, type TableState } from './inputs.ts';
import { NAMES_INPUT } from './ledger.ts';
import { keepSheets, type PaidSheet } from './paid.ts';

/** What a workbook keeps of a paid run or an adjustment, for ever. Its digest stands in the ledger's row. */
export interface RunRecord {
  readonly version: 1;
  /** The number of its row in the ledger. */
  readonly number: number;
  readonly asOf: string;
  /** Of an adjustment: the number of the run that it adjusts. */
  readonly run?: number;
  /** The run whose record `inputs` build on; null where they stand for themselves. */
  readonly base: number | null;
  /** Sheet, row, depth and text of every line. */
  readonly rules: readonly (readonly [sheet: string, row: number, depth: number, text: string])[];
  /** Defined names that the rules speak of, each with what its cell held. */
  readonly names: readonly (readonly [name: string, value: string])[];
  readonly inputs: readonly KeptTable[];
  /** What was paid, as it was written into the result sheets, but exact. */
  readonly sheets: readonly PaidSheet[];
}

/** A run whose results have no error, and its rules. */
export interface PaidRun {
  readonly file: RuleFile;
  readonly program: Program;
  readonly workbook: Workbook;
  readonly results: Results;
}

export interface MadeRecord {
  readonly record: RunRecord;
  /** What the part holds, and the digest of its text. */
  readonly part: string;
  readonly digest: string;
  /** By table, and of the defined names: what the ledger's row says. */
  readonly inputs: readonly (readonly [name: string, digest: string])[];
  /** The result sheets that the amounts are written into. */
  readonly output: readonly OutputSheet[];
}

/** States of input tables, by their folded names. */
export type States = ReadonlyMap<string, TableState>;

/** The run whose record another one may build on. */
export interface RecordBase {
  readonly number: number;
  readonly states: States;
}

export function makeRecord(
  run: PaidRun,
  language: Language,
  number: number,
  base: RecordBase | null,
): MadeRecord {
  const { program, workbook, results } = run;
  const output = resultSheets(program, workbook, results, language);
  return { ...recordOf(run, number, base, { sheets: keepSheets(program, results, output) }), output };
}

/** A record of what a run was made from, with what was given by it. */
export function recordOf(
  { file, program, workbook, results }: PaidRun,
  number: number,
  base: RecordBase | null,
  given: Pick<RunRecord, 'run' | 'sheets'>,
): Omit<MadeRecord, 'output'> {
  const spoken = wordsOf(file);
  const names = workbook.names
    .filter(({ name }) => spoken.has(foldName(name)))
    .map((name) => [name.name, nameField(name)] as const);
  const inputs: (readonly [string, string])[] = [];
  const tables: KeptTable[] = [];
  for (const [i, table] of workbook.tables.entries()) {
    const plan = program.tables[i];
    if (plan?.named !== true) continue;
    const digested = digestTable(table);
    const before = base?.states.get(foldName(table.name)) ?? null;
    inputs.push([table.name, digested.digest]);
    tables.push(keepInput(table, digested, plan.key, results.tables[i]?.rows ?? new Uint32Array(), before));
  }
  if (names.length > 0) inputs.push([NAMES_INPUT, digestText(namesText(names))]);
  const record: RunRecord = {
    version: 1,
    number,
    asOf: isoOfMs(results.asOf),
    ...given,
    base: base !== null && tables.some(({ drop }) => drop !== undefined) ? base.number : null,
    rules: plainLines(workbook.rules).map(({ sheet, row, depth, text }) => [sheet, row, depth, text]),
    names,
    inputs: tables,
  };
  const text = sortedJson(record);
  return { record, part: packed(text), digest: digestText(text), inputs };
}

/** A record as it stands in the workbook. */
export type KeptRecord =
  | { readonly kind: 'missing' }
  /** Not what the ledger's row says, or nothing that can be read. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'record'; readonly record: RunRecord };

/** Reads a part; `digest` is what the ledger says of it. */
export function readRecord(part: string | null, digest: string): KeptRecord {
  if (part === null) return { kind: 'missing' };
  const text = unpacked(part);
  if (text === null || digestText(text) !== digest) return { kind: 'changed' };
  // Its digest says that it was written by us as it is.
  const record = JSON.parse(text) as RunRecord;
  return { kind: 'record', record };
}

/** The digest of a part's text; null where it has none. */
export function recordDigest(part: string | null): string | null {
  const text = part === null ? null : unpacked(part);
  return text === null ? null : digestText(text);
}

/** A record's lines of rules. */
export function recordRules({ rules }: RunRecord): readonly PlainLine[] {
  return rules.map(([sheet, row, depth, text]) => ({ sheet, row, depth, text }));
}

/** The input tables of records, oldest first; a table whose base is not there is left out. */
export function recordStates(records: readonly RunRecord[]): ReadonlyMap<number, States> {
  const all = new Map<number, States>();
  for (const record of records) {
    const base = record.base === null ? undefined : all.get(record.base);
    const states = new Map<string, TableState>();
    for (const kept of record.inputs) {
      const state = restoreTable(kept, base?.get(foldName(kept.name)) ?? null);
      if (state !== null) states.set(foldName(kept.name), state);
    }
    all.set(record.number, states);
  }
  return all;
}
