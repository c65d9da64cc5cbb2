import { coveringDefinition } from '../engine/plain/definitions.ts';
import { createMachine, type PlainMachine } from '../engine/plain/machine.ts';
import { attempt, type Env, isFault } from '../engine/plain/reading.ts';
import type { Results } from '../engine/results.ts';
import type { Value } from '../exact/value.ts';
import { BLANK } from '../exact/value.ts';
import type { Definition, Expr, Program } from '../rules/program.ts';
import type { Workbook } from '../workbook/port.ts';
import { knownOf } from './known.ts';
import { sourceText } from './source.ts';

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
  const machine = createMachine(program, workbook, knownOf(results), false);
  const items = new Map<Expr, string>();
  for (const [id, column] of program.columns.entries()) {
    if (!column.definitions.some((definition) => definition.kind === 'statement')) continue;
    for (const row of results.tables[column.table]?.rows ?? []) {
      const env: Env = {
        context: { rule: column.name, keyLevel: 0 },
        tables: [column.table],
        rows: [row],
      };
      const definition = covering(machine, id, env);
      if (definition?.kind !== 'statement') continue;
      const lines = definition.components.map(({ sign, label, value }): PersonLine => {
        const item = label ?? items.get(value) ?? sourceText(workbook.rules, value.at);
        if (label === null) items.set(value, item);
        return { sign, item, amount: amountOf(() => machine.read(value, env)) };
      });
      const total = results.columns[id]?.at(row) ?? BLANK;
      if (total.kind === 'fault') continue;
      yield { table: column.table, row, name: column.name, lines, total };
    }
  }
}

function covering(machine: PlainMachine, column: number, env: Env): Definition | null {
  const found = attempt((): { readonly kind: 'found'; readonly definition: Definition | null } => ({
    kind: 'found',
    definition: coveringDefinition(machine, column, env),
  }));
  return isFault(found) ? null : found.definition;
}

/** A run without errors has no faults; should there be one all the same, nothing is shown for it. */
function amountOf(read: () => Value): Value {
  const outcome = attempt(read);
  return isFault(outcome) ? BLANK : outcome;
}
