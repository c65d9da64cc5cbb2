import { BLANK, type Value } from '../../exact/value.ts';
import type { Definition, Program, StatementLine } from '../../rules/program.ts';
import type { Workbook } from '../../workbook/port.ts';
import { coveringDefinition } from './definitions.ts';
import type { Known } from './known.ts';
import { createMachine } from './machine.ts';
import { attempt, type Env, isFault } from './reading.ts';

/** A component of a statement with what it comes to for one row. */
export interface StatementAmount {
  readonly component: StatementLine;
  readonly amount: Value;
}

/**
 * Reads the components of statements row by row: null where no statement covers the row. For runs without errors: a
 * component at fault is blank.
 */
export function statementReader(
  program: Program,
  workbook: Workbook,
  known: Known,
): (column: number, row: number) => readonly StatementAmount[] | null {
  const machine = createMachine(program, workbook, known, false);
  return (id, row) => {
    const column = program.columns[id];
    if (column === undefined) return null;
    const env: Env = { context: { rule: column.name, keyLevel: 0 }, tables: [column.table], rows: [row] };
    const found = attempt((): { readonly kind: 'found'; readonly definition: Definition | null } => ({
      kind: 'found',
      definition: coveringDefinition(machine, id, env),
    }));
    if (isFault(found) || found.definition?.kind !== 'statement') return null;
    return found.definition.components.map((component) => {
      const amount = attempt(() => machine.read(component.value, env));
      return { component, amount: isFault(amount) ? BLANK : amount };
    });
  };
}
