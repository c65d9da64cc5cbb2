/** `coldRules.cjs FILE`: parses and checks a file of rules over the tables of the data set, without rows. */
import { readFileSync } from 'node:fs';
import { parseRules } from '../../../grammar/index.ts';
import { columnBuilder } from '../../../src/exact/columnBuilder.ts';
import { checkRules } from '../../../src/rules/check.ts';
import type { SheetTable } from '../../../src/workbook/port.ts';

const table = (name: string, headings: readonly string[]): SheetTable => ({
  name,
  sheet: name,
  columns: headings.map((heading, i) => ({ heading, column: i + 1, data: columnBuilder(1).finish() })),
  rows: 0,
  sheetRows: new Uint32Array(),
  headingRow: 1,
});

const file = process.argv[2] ?? '';
const rules = readFileSync(file, 'utf8')
  .split('\n')
  .map((text, i) => ({ place: { kind: 'text', file, line: i + 1 } as const, depth: -1, text }));
const tables = [
  table('Staff', ['Id', 'Side', 'Commission']),
  table('Tickets', ['Ticket', 'Engineer', 'Minutes', 'Resolved', 'Feedback']),
  table('Groups', ['Id', 'Rate']),
  table('Rows', ['No', 'Group', 'X', 'Y', 'Points', 'Kind', 'Good']),
];
const { program, problems } = checkRules(
  parseRules(rules),
  { tables, names: [], rules, hasRules: true, problems: [] },
  Date.UTC(2026, 2, 31),
);
if (program === null) throw new Error(problems[0]?.code ?? 'no program');
console.log(program.order.length);
