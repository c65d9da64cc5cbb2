import { parseRules } from '../../grammar/index.ts';
import { foldName } from '../../grammar/tree.ts';
import { createEvaluator } from '../engine/plain/index.ts';
import { parseDate } from '../exact/date.ts';
import { checkRules } from '../rules/check.ts';
import { keyTextAt } from '../rules/keys.ts';
import type { DefinedName, RuleLine, SheetTable, Workbook } from '../workbook/port.ts';
import { fieldText, nameField } from './canonical.ts';
import { digestTable, type TableDigest } from './digest.ts';
import type { AuditPlace, Finding } from './findings.ts';
import { compareRows, compareTable, sameTexts, type TableChange, type TableState } from './inputs.ts';
import { inputsOf, type LedgerCells, NAMES_INPUT } from './ledger.ts';
import { type RunRecord, recordRules, type States } from './record.ts';

/** A paid run or an adjustment as the ledger tells it, with its record where that can be trusted. */
export interface VerifiedRun {
  /** The number of its row. */
  readonly run: string;
  /** The number of the run that it adjusts; null for a payment. */
  readonly adjusted: string | null;
  readonly cells: LedgerCells;
  readonly record: RunRecord | null;
  readonly states: States;
  readonly locked: boolean;
}

/** Says of findings which of the rows that they name are adjustments rather than runs. */
export function since(runs: readonly VerifiedRun[], findings: readonly Finding[]): readonly Finding[] {
  const numbers = runs.filter(({ adjusted }) => adjusted !== null).map(({ run }) => run);
  return numbers.length === 0 ? findings : findings.map((one) => ({ ...one, adjustments: numbers }));
}

/** Whether a row of a table as it is would count for a run: by its rules, as of its date. True where nobody can say. */
export type Counts = (run: VerifiedRun, table: SheetTable, row: number) => boolean;

/** Runs are looked into only where a question is asked of them. */
export function countingRuns(workbook: Workbook): Counts {
  const known = new Map<string, (table: SheetTable, row: number) => boolean>();
  const always = (): boolean => true;

  function counter({ record }: VerifiedRun): (table: SheetTable, row: number) => boolean {
    const asOf = record === null ? null : parseDate(record.asOf);
    if (record === null || asOf === null) return always;
    const rules = recordRules(record).map(
      ({ sheet, row, depth, text }): RuleLine => ({
        place: { kind: 'cell', sheet, row, column: depth + 1 },
        depth,
        text,
      }),
    );
    const { program } = checkRules(parseRules(rules), { ...workbook, rules, problems: [] }, asOf);
    if (program === null) return always;
    const evaluator = createEvaluator(program, workbook);
    return (table, row) => {
      const index = workbook.tables.indexOf(table);
      if (index < 0 || (program.tables[index]?.where ?? null) === null) return true;
      return evaluator.countsFault(index, row) !== null || evaluator.counts(index, row);
    };
  }

  return (run, table, row) => {
    const counts = known.get(run.run) ?? counter(run);
    known.set(run.run, counts);
    return counts(table, row);
  };
}

/** What became of the input tables. */
export function inputFindings(
  runs: readonly VerifiedRun[],
  workbook: Workbook,
  counts: Counts,
): readonly Finding[] {
  const tables = new Map(workbook.tables.map((table) => [foldName(table.name), table]));
  const digests = new Map<SheetTable, TableDigest>();
  const digested = (table: SheetTable): TableDigest => {
    const known = digests.get(table) ?? digestTable(table);
    digests.set(table, known);
    return known;
  };
  const findings: Finding[] = [];
  for (const { name, run, digest } of latest(runs)) {
    const table = tables.get(foldName(name));
    if (table === undefined)
      findings.push(
        ...since([run], [{ severity: 'error', kind: 'table-missing', run: run.run, table: name }]),
      );
    else if (digested(table).digest !== digest)
      findings.push(...since([run], tableFindings(run, runs, table, digested(table), counts)));
  }
  for (const [i, run] of runs.entries()) {
    const before = runs[i - 1];
    if (before !== undefined) findings.push(...since([before, run], between(before, run)));
    if (!run.locked) continue;
    // What was adjusted is paid: only what changed since then is not.
    const last = runs.findLastIndex(({ adjusted }) => adjusted === run.run);
    const { states } = runs[last] ?? run;
    if (Math.max(i, last) < runs.length - 1)
      findings.push(...lockedFindings(run, states, tables, digested, counts));
  }
  return findings;
}

/** For every table that a run has used: the last run that did, and its digest then. */
function latest(
  runs: readonly VerifiedRun[],
): readonly { readonly name: string; readonly run: VerifiedRun; readonly digest: string }[] {
  const found = new Map<string, { name: string; run: VerifiedRun; digest: string }>();
  for (const run of runs)
    for (const [name, digest] of inputsFound(run))
      if (name !== NAMES_INPUT) found.set(foldName(name), { name, run, digest });
  return [...found.values()];
}

/** By table: its digest in a run; of the record where that can be trusted, since cells of the ledger are changed easily. */
function inputsFound({ record, cells }: VerifiedRun): Iterable<readonly [name: string, digest: string]> {
  return record === null
    ? inputsOf(cells.Inputs)
    : record.inputs.map(({ name, digest }) => [name, digest] as const);
}

/** Rows that were removed or added count if they do for any run that was paid. */
function tableFindings(
  since: VerifiedRun,
  runs: readonly VerifiedRun[],
  table: SheetTable,
  { rows }: TableDigest,
  counts: Counts,
): readonly Finding[] {
  const { run } = since;
  const state = since.states.get(foldName(table.name)) ?? null;
  const differs: Finding = { severity: 'error', kind: 'table-differs', run, table: table.name };
  if (state === null) return [differs];
  const findings: Finding[] = [];
  const now = table.columns.map(({ heading }) => heading);
  if (!sameTexts(state.headings, now))
    findings.push({ severity: 'error', kind: 'headings', run, table: table.name, was: state.headings, now });
  const change = compareTable(state, table, rows);
  for (const row of change.changed)
    findings.push({
      severity: 'error',
      kind: 'row-changed',
      run,
      table: table.name,
      key: state.keys[row.was] ?? '',
      at: placeOf(table, row.now),
    });
  findings.push(...removedFindings(since, runs, table.name, state, change.removed));
  findings.push(...addedFindings(since, runs, table, state, change.added, counts));
  return findings.length === 0 ? [differs] : findings;
}

const placeOf = (table: SheetTable, row: number): AuditPlace => ({
  sheet: table.sheet,
  row: table.sheetRows[row] ?? 0,
});

function removedFindings(
  { run }: VerifiedRun,
  runs: readonly VerifiedRun[],
  table: string,
  state: TableState,
  removed: readonly number[],
): readonly Finding[] {
  if (removed.length === 0) return [];
  const counted = new Set<string>();
  for (const { states } of runs) {
    const other = states.get(foldName(table));
    other?.rows.forEach((digest, row) => {
      if (other.counted[row] === true) counted.add(digest);
    });
  }
  const findings: Finding[] = [];
  let others = 0;
  for (const row of removed) {
    const key = state.keys[row] ?? '';
    if (counted.has(state.rows[row] ?? ''))
      findings.push({ severity: 'error', kind: 'row-removed', run, table, key });
    else others++;
  }
  if (others > 0) findings.push({ severity: 'note', kind: 'rows-removed', run, table, count: others });
  return findings;
}

function addedFindings(
  { run }: VerifiedRun,
  runs: readonly VerifiedRun[],
  table: SheetTable,
  state: TableState,
  added: readonly number[],
  counts: Counts,
): readonly Finding[] {
  const findings: Finding[] = [];
  const column =
    table.columns.find(({ heading }) => heading === state.headings[state.key]) ?? table.columns[0];
  const users = runs.filter(({ states }) => states.has(foldName(table.name)));
  let others = 0;
  for (const row of added) {
    if (!users.some((user) => counts(user, table, row))) {
      others++;
      continue;
    }
    const key = column === undefined ? '' : keyTextAt(column.data, row);
    const at = placeOf(table, row);
    findings.push({ severity: 'error', kind: 'row-added', run, table: table.name, key, at });
  }
  if (others > 0)
    findings.push({ severity: 'note', kind: 'rows-added', run, table: table.name, count: others });
  return findings;
}

/** Rows that a run found changed or gone since the one before it: paying them has made them known. */
function between(before: VerifiedRun, run: VerifiedRun): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [name, state] of run.states) {
    const old = before.states.get(name);
    if (old === undefined || !sameTexts(old.headings, state.headings)) continue;
    const { changed, removed } = compareRows(old, state.rows, (row) => state.keys[row] ?? '');
    if (changed.length + removed.length === 0) continue;
    findings.push({
      severity: 'note',
      kind: 'between',
      from: before.run,
      run: run.run,
      table: state.name,
      changed: changed.length,
      removed: removed.length,
    });
  }
  return findings;
}

/** What a locked period would find otherwise today. */
function lockedFindings(
  run: VerifiedRun,
  states: States,
  tables: ReadonlyMap<string, SheetTable>,
  digested: (table: SheetTable) => TableDigest,
  counts: Counts,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [name, state] of states) {
    const table = tables.get(name);
    if (table === undefined) continue;
    const change: TableChange = compareTable(state, table, digested(table).rows);
    const changed = change.changed.filter(({ was }) => state.counted[was] === true).length;
    const removed = change.removed.filter((row) => state.counted[row] === true).length;
    const added = change.added.filter((row) => counts(run, table, row)).length;
    if (changed + removed + added === 0) continue;
    findings.push({
      severity: 'note',
      kind: 'locked-differs',
      run: run.run,
      asOf: run.cells['As of'],
      table: table.name,
      changed,
      removed,
      added,
    });
  }
  return findings;
}

/** What became of the defined names that the last run used. */
export function nameFindings(
  runs: readonly VerifiedRun[],
  names: readonly DefinedName[],
): readonly Finding[] {
  const last = runs.at(-1);
  if (last === undefined) return [];
  const { run, record } = last;
  // Without its record nobody knows which names the rules spoke of.
  if (record === null) return [];
  const findings = record.names.flatMap(([name, was]): readonly Finding[] => {
    const found = names.find((one) => foldName(one.name) === foldName(name));
    const now = found === undefined ? null : nameField(found);
    if (now === was) return [];
    const at =
      found === undefined ? {} : { at: { sheet: found.sheet, row: found.row, column: found.column } };
    return [
      {
        severity: 'error',
        kind: 'name',
        run,
        name,
        ...at,
        was: fieldText(was),
        now: now === null ? null : fieldText(now),
      },
    ];
  });
  return since([last], findings);
}
