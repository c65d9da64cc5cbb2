import { parseRules } from '../../../grammar/index.ts';
import type { Results } from '../../../src/engine/results.ts';
import { run } from '../../../src/engine/run.ts';
import { columnBuilder } from '../../../src/exact/columnBuilder.ts';
import { parseDate } from '../../../src/exact/date.ts';
import { checkRules } from '../../../src/rules/check.ts';
import type { Program } from '../../../src/rules/program.ts';
import { rowsOfBlock } from '../../../src/workbook/excel/blocks.ts';
import { cellMeaning, type ExcelCell, isBlank } from '../../../src/workbook/excel/cells.ts';
import type { RuleLine, SheetTable, Workbook } from '../../../src/workbook/port.ts';
import { regionsOf, type TableRegion, tableReader } from '../../../src/workbook/tableReading.ts';
import {
  type CellBlock,
  cellBlocks,
  type Data,
  STAFF_HEADINGS,
  staffRow,
  TICKET_HEADINGS,
  ticketRow,
} from '../data.ts';
import { AS_OF, type Cents, RULES } from '../job.ts';
import { type Contestant, ready } from './contestant.ts';

/** The evaluation before, which whoever shows its results has still: with all of it gone, compiled code would go too. */
interface Kept {
  last: { readonly program: Program; readonly workbook: Workbook; readonly results: Results } | null;
}

/** Everything from the text of the rules on, over columns as the engine has them. */
export const oursColumns: Contestant = {
  async prepare(data) {
    const tables = tablesOf(data);
    const kept: Kept = { last: null };
    return ready(() => {
      // Nothing that is remembered by the object may help the next round.
      const workbook = workbookOf(tables.map((table) => ({ ...table })));
      const program = compile(workbook);
      return amounts(program, workbook, kept);
    });
  },
};

/** The evaluation alone, rules checked before. */
export const oursEvaluation: Contestant = {
  async prepare(data) {
    const workbook = workbookOf(tablesOf(data));
    const program = compile(workbook);
    const kept: Kept = { last: null };
    return ready(() => amounts(program, workbook, kept));
  },
};

/** Everything from the cells on, as they come from Excel. */
export const oursValues: Contestant = {
  async prepare(data) {
    const staff = cellBlocks(data.people, 3, (i) => staffRow(data, i));
    const tickets = cellBlocks(data.tickets, 5, (i) => ticketRow(data, i));
    const kept: Kept = { last: null };
    return ready(() => {
      const workbook = workbookOf([
        readBlocks('Staff', STAFF_HEADINGS, staff),
        readBlocks('Tickets', TICKET_HEADINGS, tickets),
      ]);
      return amounts(compile(workbook), workbook, kept);
    });
  },
};

/** What the Excel host does with the blocks that it gets. */
function readBlocks(name: string, headings: readonly string[], blocks: readonly CellBlock[]): SheetTable {
  const regions: readonly TableRegion[] = regionsOf(
    { name, tables: [] },
    headings.map((text, i) => ({ column: i + 1, text })),
  );
  const meaning = cellMeaning(false);
  const reader = tableReader<Readonly<ExcelCell>>(
    regions,
    {
      isBlank,
      push: (builder, { value, type, format }) => meaning.push(builder, value, type, format),
      disorder: ({ row }) => new Error(`row ${row} twice`),
    },
    blocks.reduce((rows, { values }) => rows + values.length, 0),
  );
  let top = 2;
  for (const block of blocks) {
    reader.takeRows(rowsOfBlock({ ...block, top, left: 1, formulas: [] }, meaning));
    top += block.values.length;
  }
  const [table] = reader.finish();
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

/** The data as the engine's columns. */
export function tablesOf(data: Data): readonly SheetTable[] {
  return [
    columnsOf('Staff', STAFF_HEADINGS, data.people, (i) => staffRow(data, i)),
    columnsOf('Tickets', TICKET_HEADINGS, data.tickets, (i) => ticketRow(data, i)),
  ];
}

/** A table of so many rows as the engine's columns. */
export function columnsOf(
  name: string,
  headings: readonly string[],
  rows: number,
  row: (i: number) => readonly (string | number | boolean)[],
): SheetTable {
  const builders = headings.map(() => columnBuilder(rows));
  for (let i = 0; i < rows; i++) {
    const cells = row(i);
    builders.forEach((builder, j) => {
      const cell = cells[j] ?? '';
      if (cell === '') builder.blank();
      else if (typeof cell === 'number') builder.double(cell);
      else if (typeof cell === 'boolean') builder.logical(cell);
      else builder.text(cell);
    });
  }
  return {
    name,
    sheet: name,
    columns: builders.map((builder, i) => ({
      heading: headings[i] ?? '',
      column: i + 1,
      data: builder.finish(),
    })),
    rows,
    sheetRows: Uint32Array.from({ length: rows }, (_, i) => i + 2),
    headingRow: 1,
  };
}

export function workbookOf(tables: readonly SheetTable[], rules = RULES): Workbook {
  const lines = rules.split('\n').map(
    (text, i): RuleLine => ({
      place: { kind: 'text', file: 'Rules.allot', line: i + 1 },
      depth: -1,
      text,
    }),
  );
  return { tables, names: [], rules: lines, hasRules: true, problems: [] };
}

/** The program of a workbook without a mistake. */
export function compile(workbook: Workbook): Program {
  const { program, problems } = checkRules(parseRules(workbook.rules), workbook, parseDate(AS_OF) ?? 0);
  const [problem] = problems;
  if (program === null || problem !== undefined) throw new Error(JSON.stringify(problem, plainly));
  return program;
}

/** Runs the program and reads the amounts of all people in cents. */
function amounts(program: Program, workbook: Workbook, kept: Kept): Cents {
  const results = run(program, workbook);
  kept.last = { program, workbook, results };
  const { columns, problems, tables } = results;
  const [problem] = problems;
  if (problem !== undefined) throw new Error(JSON.stringify(problem, plainly));
  const at = (name: string) => {
    const column = columns[program.columns.findIndex((one) => one.name === name)];
    if (column === undefined) throw new Error(`no column ${name}`);
    return column;
  };
  const toPool = at('to_pool');
  const reward = at('reward');
  const cents = new Float64Array(tables[0]?.rows.length ?? 0);
  for (let row = 0; row < cents.length; row++) {
    const given = toPool.at(row);
    const value = given.kind === 'blank' ? reward.at(row) : given;
    if (value.kind !== 'number') throw new Error(`no amount in row ${row}`);
    const den = Number(value.value.d);
    if (100 % den !== 0) throw new Error(`no cents in row ${row}`);
    cents[row] = Number(value.value.n) * (100 / den);
  }
  return cents;
}

const plainly = (_: string, x: unknown): unknown => (typeof x === 'bigint' ? `${x}` : x);
