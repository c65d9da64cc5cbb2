import type { Expression, Name, Span } from '../../grammar/tree.ts';
import { foldName } from '../../grammar/tree.ts';
import { isoOfMs } from '../exact/date.ts';
import { integer } from '../exact/rational.ts';
import { BLANK, dateValue, logicalValue, numberValue, textValue } from '../exact/value.ts';
import type { Workbook } from '../workbook/port.ts';
import type { AggregateName, Call } from './calls.ts';
import {
  AGGREGATES,
  aggregateFits,
  FUNCTIONS,
  functionName,
  insteadOf,
  isAggregate,
  tablesNamed,
} from './calls.ts';
import { unknownTable } from './declare.ts';
import { dateOf, numberOf } from './literals.ts';
import type { Expr } from './program.ts';
import type { Reporter } from './report.ts';
import type { Schema } from './schema.ts';
import {
  aggregateScope,
  findColumn,
  type Globals,
  type Scope,
  type ScopeRow,
  suggestColumn,
  suggestFunction,
  suggestName,
} from './scope.ts';

/** Tables of rows: one that isn't there (so nothing is known of its columns), and one that is out of sight. */
const UNKNOWN = -1;
const HIDDEN = -2;

/** Turns expressions into resolved ones; what can't be resolved is reported, and a blank stands in its place. */
export interface Compiler {
  compile(node: Expression, scope: Scope): Expr;
  /** The same for an optional expression. */
  maybe(node: Expression | null, scope: Scope): Expr | null;
}

export function createCompiler(
  workbook: Workbook,
  schema: Schema,
  globals: Globals,
  asOf: number,
  reporter: Reporter,
  onTable: (table: number) => void,
): Compiler {
  const definedNames = workbook.names.map((name) => name.name);

  const nothing = (span: Span): Expr => ({ op: 'literal', value: BLANK, at: reporter.place(span) });

  function notInForce(name: string, span: Span, scope: Scope): Expr {
    if (scope.inForce) reporter.error(span, { code: 'no-version-in-force', name, asOf: isoOfMs(asOf) });
    return nothing(span);
  }

  function unknownColumn(name: string, table: number, span: Span, scope: Scope): Expr {
    if (table >= 0 && !globals.broken.has(foldName(name))) {
      const near = suggestColumn(name, table, scope, globals, schema);
      const tableName = schema.tables[table]?.name ?? '';
      reporter.error(span, {
        code: 'unknown-name',
        name,
        table: tableName,
        ...(near === undefined ? {} : { suggestion: near }),
      });
    }
    return nothing(span);
  }

  /** A column of a row in sight. `span` is what a problem points at, `whole` the operand. */
  function column(row: ScopeRow, name: string, span: Span, whole: Span, scope: Scope): Expr {
    const found = row.table < 0 ? null : findColumn(row.table, name, scope, globals, schema);
    if (found === null) return unknownColumn(name, row.table, span, scope);
    const at = reporter.place(whole);
    if (found.kind === 'sheet')
      return { op: 'sheet', table: row.table, column: found.column, level: row.level, at };
    if (found.column === null) return notInForce(name, span, scope);
    return { op: 'column', column: found.column, level: row.level, at };
  }

  function bareName(name: string, span: Span, scope: Scope): Expr {
    const holders = scope.rows.filter(
      (row) => row.table >= 0 && findColumn(row.table, name, scope, globals, schema) !== null,
    );
    const innermost = holders.at(-1);
    if (innermost !== undefined) {
      const tables = [...new Set(holders.map((row) => schema.tables[row.table]?.name ?? ''))];
      if (tables.length > 1) {
        reporter.error(span, { code: 'ambiguous-name', name, tables });
        return nothing(span);
      }
      return column(innermost, name, span, span, scope);
    }
    const folded = foldName(name);
    const scalar = globals.scalars.get(folded);
    if (scalar !== undefined) {
      return scalar === null
        ? notInForce(name, span, scope)
        : { op: 'scalar', scalar, at: reporter.place(span) };
    }
    const definedName = schema.definedName(name);
    if (definedName >= 0) return { op: 'name', name: definedName, at: reporter.place(span) };
    if (!globals.broken.has(folded) && !scope.rows.some((row) => row.table === UNKNOWN)) {
      const near = suggestName(name, scope, globals, schema, definedNames);
      reporter.error(span, {
        code: 'unknown-name',
        name,
        ...(near === undefined ? {} : { suggestion: near }),
      });
    }
    return nothing(span);
  }

  function tableColumn(table: Name, name: Name, whole: Span, scope: Scope): Expr {
    const index = schema.table(table.text);
    if (index < 0) {
      reporter.error(table.span, unknownTable(table.text, schema));
      return nothing(whole);
    }
    onTable(index);
    const row = scope.rows.findLast((r) => r.aggregated && r.table === index);
    if (row !== undefined) return column(row, name.text, name.span, whole, scope);
    if (findColumn(index, name.text, scope, globals, schema) === null)
      return unknownColumn(name.text, index, name.span, scope);
    const tableName = schema.tables[index]?.name ?? table.text;
    reporter.error(whole, { code: 'column-outside-aggregate', table: tableName, column: name.text });
    return nothing(whole);
  }

  /** Whatever is wrong with a call, its arguments are read all the same: one run shows every problem. */
  function readArguments(call: Call, scope: Scope): void {
    for (const arg of [...call.args, call.by, call.where]) if (arg !== null) compile(arg, scope);
  }

  function wrongArguments(call: Call, usage: string): Expr {
    reporter.error(call.name.span, { code: 'wrong-arguments', name: call.name.text, usage });
    return nothing(call.span);
  }

  /** The table that an aggregate runs over, or null (and reported) where it names none. */
  function aggregatedTable(call: Call, name: AggregateName, scope: Scope): number | null {
    const [first] = call.args;
    if (first === undefined) return null;
    if (name === 'count' && first.kind === 'name') {
      const index = schema.table(first.name);
      if (index < 0) reporter.error(first.span, unknownTable(first.name, schema));
      else onTable(index);
      return index < 0 ? null : index;
    }
    const named = tablesNamed(first);
    const indexes = [...new Set(named.map((node) => schema.table(node.table.text)))];
    // A table that is aggregated further out may be meant as that one's row.
    const own = indexes.filter((i) => !scope.rows.some((row) => row.aggregated && row.table === i));
    const table = own[0] ?? indexes[0];
    if (table === undefined) {
      wrongArguments(call, AGGREGATES[name]);
      return null;
    }
    const missing = named.find((node) => schema.table(node.table.text) < 0);
    if (table < 0 && missing !== undefined)
      reporter.error(missing.table.span, unknownTable(missing.table.text, schema));
    return table < 0 ? null : table;
  }

  function rank(call: Call, scope: Scope): Expr {
    const [value] = call.args;
    const own = scope.thisRow;
    if (!scope.rank || own === null || value === undefined) return wrongArguments(call, AGGREGATES.rank);
    const counted: ScopeRow = { table: own.table, level: scope.rows.length, aggregated: true };
    const level = counted.level;
    // The value is computed as a row rule of the counted row; its condition sees that row and this one.
    const valueScope: Scope = {
      ...scope,
      rows: [...scope.rows.slice(0, -1), { ...own, level }],
      thisRow: { ...own, level },
      rank: false,
    };
    return {
      op: 'rank',
      table: own.table,
      level,
      value: compile(value, { ...valueScope, rows: padTo(valueScope.rows, level) }),
      where: maybe(call.where, aggregateScope(scope, own.table)),
      at: reporter.place(call.span),
    };
  }

  function aggregate(call: Call, name: AggregateName, scope: Scope): Expr {
    if (!aggregateFits(name, call)) return wrongArguments(call, AGGREGATES[name]);
    if (name === 'rank') return rank(call, scope);
    const [first, second] = call.args;
    const table = aggregatedTable(call, name, scope);
    if (first === undefined || table === null) {
      // Read what can be read all the same, so that one run shows every problem.
      if (second !== undefined) compile(second, scope);
      return nothing(call.span);
    }
    const inner = aggregateScope(scope, table);
    const rowless = name === 'count' && first.kind === 'name';
    const level = scope.rows.length;
    const at = reporter.place(call.span);
    const value = rowless ? null : compile(first, inner);
    const by = maybe(call.by, inner);
    const key = second === undefined ? null : compile(second, scope);
    const where = maybe(call.where, inner);
    const base = { op: 'aggregate', table, level, where, at } as const;
    if (name === 'count') return { ...base, fn: 'count', value };
    if (value === null) return nothing(call.span);
    switch (name) {
      case 'lookup':
        return key === null ? { ...base, fn: 'find', value } : { ...base, fn: 'lookup', value, key };
      case 'last':
        return by === null ? nothing(call.span) : { ...base, fn: 'last', value, by };
      case 'average':
        return by === null
          ? { ...base, fn: 'average', value }
          : { ...base, fn: 'weighted', value, weight: by };
      case 'sum':
      case 'min':
      case 'max':
      case 'median':
        return { ...base, fn: name, value };
      default: {
        const never: never = name;
        return never;
      }
    }
  }

  function call(node: Call, scope: Scope): Expr {
    const name = functionName(node.name.text);
    if (name !== null && isAggregate(node)) return aggregate(node, name as AggregateName, scope);
    if (name !== null && Object.hasOwn(FUNCTIONS, name)) {
      const fn = FUNCTIONS[name as keyof typeof FUNCTIONS];
      const count = node.args.length;
      if (count < fn.least || count > fn.most || node.by !== null || node.where !== null) {
        readArguments(node, scope);
        return wrongArguments(node, fn.usage);
      }
      const args = node.args.map((arg) => compile(arg, scope));
      const at = reporter.place(node.span);
      const [condition, then, otherwise] = args;
      if (name !== 'if') return { op: 'call', name: name as Exclude<keyof typeof FUNCTIONS, 'if'>, args, at };
      if (condition === undefined || then === undefined || otherwise === undefined) return nothing(node.span);
      return { op: 'if', condition, then, otherwise, at };
    }
    const band = globals.bands.get(foldName(node.name.text));
    if (band === undefined) {
      readArguments(node, scope);
      if (!globals.broken.has(foldName(node.name.text))) {
        const instead = insteadOf(node.name.text);
        const near = instead === undefined ? suggestFunction(node.name.text, globals) : undefined;
        reporter.error(node.name.span, {
          code: 'unknown-function',
          name: node.name.text,
          ...(near === undefined ? {} : { suggestion: near }),
          ...(instead === undefined ? {} : { instead }),
        });
      }
      return nothing(node.span);
    }
    const [x] = node.args;
    if (x === undefined || node.args.length > 1 || node.by !== null || node.where !== null) {
      readArguments(node, scope);
      return wrongArguments(node, `${node.name.text}(x)`);
    }
    const argument = compile(x, scope);
    if (band === null) return notInForce(node.name.text, node.name.span, scope);
    return { op: 'band', band, x: argument, at: reporter.place(node.span) };
  }

  function binary(node: Extract<Expression, { kind: 'binary' }>, scope: Scope): Expr {
    const left = compile(node.left, scope);
    const right = compile(node.right, scope);
    const at = reporter.place(node.span);
    switch (node.operator) {
      case 'and':
      case 'or':
      case '+':
      case '-':
      case '*':
      case '/':
      case '^':
        return { op: node.operator, left, right, at };
      case '=':
      case '<>':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return { op: 'compare', operator: node.operator, left, right, at };
    }
  }

  function compile(node: Expression, scope: Scope): Expr {
    const literal = (value: Extract<Expr, { op: 'literal' }>['value']): Expr => ({
      op: 'literal',
      value,
      at: reporter.place(node.span),
    });
    switch (node.kind) {
      case 'number':
        return literal(numberValue(numberOf(node, reporter)));
      case 'text':
        return literal(textValue(node.value));
      case 'date':
        return literal(dateValue(integer(dateOf(node.value))));
      case 'logical':
        return literal(logicalValue(node.value));
      case 'blank':
        return literal(BLANK);
      case 'asOf':
        return { op: 'asOf', at: reporter.place(node.span) };
      case 'name':
        return bareName(node.name, node.span, scope);
      case 'thisRow': {
        if (scope.thisRow === null) {
          reporter.error(node.span, { code: 'unknown-name', name: `@${node.column}` });
          return nothing(node.span);
        }
        return column(scope.thisRow, node.column, node.span, node.span, scope);
      }
      case 'tableColumn':
        return tableColumn(node.table, node.column, node.span, scope);
      case 'unary': {
        const x = compile(node.operand, scope);
        return { op: node.operator === '-' ? 'negate' : 'not', x, at: reporter.place(node.span) };
      }
      case 'binary':
        return binary(node, scope);
      case 'in': {
        const x = compile(node.operand, scope);
        return {
          op: 'in',
          x,
          list: node.list.map((item) => compile(item, scope)),
          at: reporter.place(node.span),
        };
      }
      case 'call':
        return call(node, scope);
      case 'group': {
        // The operand as written includes its parentheses; but a call is pointed at by itself.
        const inner = compile(node.inner, scope);
        return inner.op === 'aggregate' ? inner : { ...inner, at: reporter.place(node.span) };
      }
      default: {
        const never: never = node;
        return never;
      }
    }
  }

  function maybe(node: Expression | null, scope: Scope): Expr | null {
    return node === null ? null : compile(node, scope);
  }

  return { compile, maybe };
}

/** Rows up to (not including) `level` hidden, so that the row at `level` is the only one in sight and nests right. */
function padTo(rows: readonly ScopeRow[], level: number): readonly ScopeRow[] {
  const last = rows.at(-1);
  if (last === undefined) return rows;
  const hidden = Array.from({ length: level }, (_, i) => ({ table: HIDDEN, level: i, aggregated: false }));
  return [...hidden, last];
}
