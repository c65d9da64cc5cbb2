import type { Outcome, Results } from '../engine/results.ts';
import { isoOfMs } from '../exact/date.ts';
import { displayText } from '../exact/decimal.ts';
import { displayValueText } from '../exact/text.ts';
import type { Language } from '../problems/messages/index.ts';
import type { Program } from '../rules/program.ts';
import type { Workbook } from '../workbook/port.ts';
import { type TextColumn, tableText } from './table.ts';
import { keyHeading, keyText } from './values.ts';
import { words } from './words.ts';

export interface TextOptions {
  readonly language: Language;
  /** Rows of each table that are shown. */
  readonly rows: number;
  /** Places of a line. */
  readonly width: number;
}

/** The results of a run without errors for people: one line that sums up, then what was read and computed. */
export function* runText(
  program: Program,
  workbook: Workbook,
  results: Results,
  options: TextOptions,
): Generator<string> {
  const w = words(options.language);
  const inputs = program.tables.flatMap(({ name, named }, i) => {
    const counted = results.tables[i];
    return named && counted !== undefined
      ? [{ name, rows: counted.rows.length, excluded: counted.excluded }]
      : [];
  });
  const sum = (list: readonly number[]): number => list.reduce((total, n) => total + n, 0);
  const cells = program.columns.map(({ table }) => results.tables[table]?.rows.length ?? 0);
  yield `${w.summary({
    asOf: isoOfMs(results.asOf),
    tables: inputs.length,
    rows: sum(inputs.map(({ rows }) => rows)),
    excluded: sum(inputs.map(({ excluded }) => excluded)),
    values: program.scalars.length + sum(cells),
    pools: results.shares.length,
  })}\n`;
  if (inputs.length > 0) {
    const rows = inputs.map(({ name, rows, excluded }) => [name, String(rows), String(excluded)]);
    yield section(w.inputs, tableText([left(w.table), right(w.rows), right(w.leftOut)], rows, options.width));
  }
  if (program.scalars.length > 0) {
    const values = program.scalars.map((_, i) => results.scalars[i]);
    const rows = program.scalars.map(({ name }, i) => [name, shown(values[i])]);
    yield section(w.scalars, tableText([left(w.name), column(w.value, values)], rows, options.width));
  }
  for (const [index, { columns }] of program.tables.entries())
    if (columns.length > 0) yield tableSection(program, workbook, results, index, options);
  if (results.shares.length > 0) yield shareSection(program, workbook, results, options);
}

function tableSection(
  program: Program,
  workbook: Workbook,
  results: Results,
  table: number,
  { language, rows, width }: TextOptions,
): string {
  const ids = program.tables[table]?.columns ?? [];
  const counted = results.tables[table]?.rows ?? new Uint32Array();
  const first = Array.from(counted.subarray(0, rows));
  const values = ids.map((id) => first.map((row) => results.columns[id]?.at(row)));
  const columns = [
    left(keyHeading(program, workbook, table)),
    ...ids.map((id, i) => column(program.columns[id]?.name ?? '', values[i] ?? [])),
  ];
  const lines = first.map((row, i) => [
    keyText(program, workbook, table, row),
    ...values.map((column) => shown(column[i])),
  ]);
  const more = counted.length - first.length;
  const text = tableText(columns, lines, width);
  return section(
    program.tables[table]?.name ?? '',
    more === 0 ? text : `${text}  ${words(language).moreRows(more)}\n`,
  );
}

function shareSection(
  program: Program,
  workbook: Workbook,
  results: Results,
  { language, rows, width }: TextOptions,
): string {
  const w = words(language);
  const shares = results.shares.slice(0, Math.max(rows, MOST_POOLS));
  const nested = shares.some(({ of }) => of !== null);
  const lines = shares.map((result) => {
    const share = program.shares[result.share];
    const of =
      share === undefined || share.each === null || result.of === null
        ? ''
        : keyText(program, workbook, share.each.table, result.of);
    const numbers = [result.pool, result.settled, result.shared, result.unallocated].map(displayText);
    return [share?.name ?? '', ...(nested ? [of] : []), ...numbers, String(result.members.length)];
  });
  const columns = [
    left(w.share),
    ...(nested ? [left(w.of)] : []),
    ...[w.pool, w.settled, w.shared, w.unallocated, w.members].map(right),
  ];
  const more = results.shares.length - shares.length;
  const text = tableText(columns, lines, width);
  return section(w.shares, more === 0 ? text : `${text}  ${w.moreRows(more)}\n`);
}

const MOST_POOLS = 20;

const section = (heading: string, text: string): string => `\n${heading}\n${text}`;
const left = (heading: string): TextColumn => ({ heading, align: 'left' });
const right = (heading: string): TextColumn => ({ heading, align: 'right' });

/** Numbers to the right, everything else to the left. */
function column(heading: string, values: readonly (Outcome | undefined)[]): TextColumn {
  const numbers = values.every((x) => x === undefined || x.kind === 'number' || x.kind === 'blank');
  return numbers ? right(heading) : left(heading);
}

function shown(outcome: Outcome | undefined): string {
  return outcome === undefined || outcome.kind === 'fault' ? '' : displayValueText(outcome);
}
