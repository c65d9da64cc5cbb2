import { statementReader } from '../engine/plain/index.ts';
import type { Results } from '../engine/results.ts';
import type { Value } from '../exact/value.ts';
import { BLANK } from '../exact/value.ts';
import type { Expr, Program } from '../rules/program.ts';
import { sourceText } from '../rules/source.ts';
import type { Workbook } from '../workbook/port.ts';
import { knownOf } from './known.ts';

/** A statement as one person reads it: its lines in order, and what they come to. */
export interface PersonStatement {
  readonly table: number;
  readonly row: number;
  readonly name: string;
  readonly lines: readonly PersonLine[];
  readonly total: Value;
}

export interface PersonLine {
  readonly sign: 'add' | 'less';
  /** Its label, or what the rule says where it has none. */
  readonly item: string;
  readonly amount: Value;
}

/** Every statement of every row that has one, column by column, row by row. The run had no errors. */
export function* personStatements(
  program: Program,
  workbook: Workbook,
  results: Results,
): Generator<PersonStatement> {
  const componentsOf = statementReader(program, workbook, knownOf(results));
  const items = new Map<Expr, string>();
  for (const [id, column] of program.columns.entries()) {
    if (!column.definitions.some((definition) => definition.kind === 'statement')) continue;
    for (const row of results.tables[column.table]?.rows ?? []) {
      const components = componentsOf(id, row);
      if (components === null) continue;
      const lines = components.map(({ component: { sign, label, value }, amount }): PersonLine => {
        const item = label ?? items.get(value) ?? sourceText(workbook.rules, value.at);
        if (label === null) items.set(value, item);
        return { sign, item, amount };
      });
      const total = results.columns[id]?.at(row) ?? BLANK;
      if (total.kind === 'fault') continue;
      yield { table: column.table, row, name: column.name, lines, total };
    }
  }
}
