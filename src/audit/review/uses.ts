import { statementReader } from '../../engine/plain/index.ts';
import type { Results } from '../../engine/results.ts';
import { absolute, add, type Rational, ZERO } from '../../exact/rational.ts';
import { knownOf } from '../../report/known.ts';
import { type Need, needsOf, nodeNeeds } from '../../rules/dependencies.ts';
import type { Program, StatementLine } from '../../rules/program.ts';
import type { Workbook } from '../../workbook/port.ts';
import type { RuleMoney } from './review.ts';

/** One text for each thing of a program that others may need. */
export function needName(need: Need): string {
  return `${need.kind} ${'table' in need ? need.table : 'scalar' in need ? need.scalar : 'band' in need ? need.band : 'column' in need ? need.column : need.share}`;
}

/** What needs a thing directly, by name: what the rules call it. */
export function usersOf(program: Program): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  const note = (need: Need, user: string): void => {
    const name = needName(need);
    const found = users.get(name);
    if (found === undefined) users.set(name, new Set([user]));
    else found.add(user);
  };
  const from = (node: Parameters<typeof nodeNeeds>[0], user: string): void =>
    nodeNeeds(node, program, (need) => note(need, user));
  const inTable = (table: number, name: string): string => `${program.tables[table]?.name ?? ''}[${name}]`;
  program.scalars.forEach(({ name }, scalar) => {
    from({ kind: 'scalar', scalar }, name);
  });
  program.bands.forEach(({ name }, band) => {
    from({ kind: 'band', band }, name);
  });
  program.columns.forEach(({ table, name }, column) => {
    from({ kind: 'column', column }, inTable(table, name));
  });
  program.shares.forEach(({ table, name }, share) => {
    from({ kind: 'share', share }, inTable(table, name));
  });
  program.tables.forEach(({ name }, table) => {
    from({ kind: 'table', table }, name);
  });
  program.checks.forEach((_, check) => {
    from({ kind: 'check', check }, 'check');
  });
  return users;
}

/** An amount of money and everything that it depends on. */
interface Paid {
  readonly amount: Rational;
  readonly needs: ReadonlySet<string>;
}

/** By how much money each thing of a program matters; the run had no errors. */
export function moneyOf(program: Program, workbook: Workbook, results: Results): (need: Need) => RuleMoney {
  const components = componentsPaid(program, workbook, results);
  const shares = program.shares.map((_, share): Paid => {
    const pools = results.shares.filter((result) => result.share === share);
    return {
      amount: pools.reduce((sum, { shared }) => add(sum, shared), ZERO),
      needs: everythingNeeded(program, [{ kind: 'share', share }]),
    };
  });
  const sum = (list: readonly Paid[], name: string): Rational =>
    list.reduce((total, { amount, needs }) => (needs.has(name) ? add(total, amount) : total), ZERO);
  return (need) => {
    const name = needName(need);
    return { statements: sum(components, name), shares: sum(shares, name) };
  };
}

/** Every component of every statement with the sum of its amounts, their signs left out. */
function componentsPaid(program: Program, workbook: Workbook, results: Results): readonly Paid[] {
  const read = statementReader(program, workbook, knownOf(results));
  const sums = new Map<StatementLine, Rational>();
  for (const [id, column] of program.columns.entries()) {
    if (!column.definitions.some(({ kind }) => kind === 'statement')) continue;
    for (const row of results.tables[column.table]?.rows ?? [])
      for (const { component, amount } of read(id, row) ?? [])
        if (amount.kind === 'number')
          sums.set(component, add(sums.get(component) ?? ZERO, absolute(amount.value)));
  }
  return program.columns.flatMap((column, id) =>
    column.definitions.flatMap((definition): readonly Paid[] => {
      if (definition.kind !== 'statement') return [];
      return definition.components.map((component) => {
        const direct: Need[] = [{ kind: 'table', table: column.table }];
        needsOf(definition.where, (need) => direct.push(need));
        needsOf(component.value, (need) => direct.push(need));
        const needs = new Set(everythingNeeded(program, direct));
        needs.add(needName({ kind: 'column', column: id }));
        return { amount: sums.get(component) ?? ZERO, needs };
      });
    }),
  );
}

/** These things and all that they need, however far back. */
function everythingNeeded(program: Program, direct: readonly Need[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...direct];
  for (let need = open.pop(); need !== undefined; need = open.pop()) {
    const name = needName(need);
    if (seen.has(name)) continue;
    seen.add(name);
    nodeNeeds(need, program, (further) => open.push(further));
  }
  return seen;
}
