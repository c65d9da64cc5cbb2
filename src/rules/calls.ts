import type { Expression } from '../../grammar/tree.ts';
import { foldName } from '../../grammar/tree.ts';
import type { FunctionName } from './program.ts';

export type Call = Extract<Expression, { kind: 'call' }>;

/** Functions of values: how many arguments, and how a call is written (for messages). */
export const FUNCTIONS: Readonly<
  Record<FunctionName | 'if', { least: number; most: number; usage: string }>
> = {
  if: { least: 3, most: 3, usage: 'if(condition, a, b)' },
  abs: { least: 1, most: 1, usage: 'abs(x)' },
  min: { least: 2, most: Number.POSITIVE_INFINITY, usage: 'min(a, b, …)' },
  max: { least: 2, most: Number.POSITIVE_INFINITY, usage: 'max(a, b, …)' },
  round: { least: 1, most: 2, usage: 'round(x, digits)' },
  round_even: { least: 2, most: 2, usage: 'round_even(x, digits)' },
  mround: { least: 2, most: 2, usage: 'mround(x, unit)' },
  floor: { least: 2, most: 2, usage: 'floor(x, unit)' },
  ceiling: { least: 2, most: 2, usage: 'ceiling(x, unit)' },
  year: { least: 1, most: 1, usage: 'year(d)' },
  month: { least: 1, most: 1, usage: 'month(d)' },
  day: { least: 1, most: 1, usage: 'day(d)' },
  eomonth: { least: 2, most: 2, usage: 'eomonth(d, n)' },
  edate: { least: 2, most: 2, usage: 'edate(d, n)' },
  default: { least: 2, most: 2, usage: 'default(x, y)' },
  blank: { least: 1, most: 1, usage: 'blank(x)' },
  clamp: { least: 3, most: 3, usage: 'clamp(x, low, high)' },
  steps: { least: 2, most: 2, usage: 'steps(x, size)' },
  date: { least: 1, most: 1, usage: 'date(x)' },
  hours: { least: 2, most: 2, usage: 'hours(start, end)' },
  months: { least: 2, most: 2, usage: 'months(start, end)' },
  starts_with: { least: 2, most: 2, usage: 'starts_with(text, prefix)' },
};

export type AggregateName =
  | 'sum'
  | 'average'
  | 'count'
  | 'min'
  | 'max'
  | 'median'
  | 'lookup'
  | 'last'
  | 'rank';

export const AGGREGATES: Readonly<Record<AggregateName, string>> = {
  sum: 'sum(Table[x] where …)',
  average: 'average(Table[x] by Table[weight] where …)',
  count: 'count(Table where …)',
  min: 'min(Table[x] where …)',
  max: 'max(Table[x] where …)',
  median: 'median(Table[x] where …)',
  lookup: 'lookup(Table[x], key) / lookup(Table[x] where …)',
  last: 'last(Table[x] by day where …)',
  rank: 'rank(x where …)',
};

/** What users of Excel try, and how it is said here; by folded name. */
const INSTEAD: ReadonlyMap<string, string> = new Map(
  (
    [
      ['sum(Table[x] where …)', 'sumif sumifs 求和'],
      ['sum(Table[x] * Table[y] where …)', 'sumproduct'],
      ['count(Table where …)', 'countif countifs counta 计数'],
      ['average(Table[x] where …)', 'averageif averageifs 平均 平均值'],
      ['max(Table[x] where …)', 'maxifs 最大值'],
      ['min(Table[x] where …)', 'minifs 最小值'],
      ['lookup(Table[x], key)', 'vlookup hlookup xlookup index match'],
      ['if(b = 0, 0, a / b)', 'iferror ifna'],
      ['if(a, x, if(b, y, z))', 'ifs switch choose'],
      ['floor(x, 1)', 'int'],
      ['ceiling(x, 0.01)', 'roundup'],
      ['floor(x, 0.01)', 'rounddown trunc'],
      ['round(x, 2), year(d), month(d)', 'text'],
      ['months(start, end)', 'datedif'],
      ['as_of', 'today now'],
      ['blank(x)', 'isblank'],
    ] as const
  ).flatMap(([instead, names]) => names.split(' ').map((name) => [name, instead])),
);

/** How to write what a function of Excel does, where it is called otherwise here. */
export function insteadOf(name: string): string | undefined {
  return INSTEAD.get(fold(name));
}

const fold = (name: string): string => foldName(name).replaceAll(' ', '_');

/** The function's name in the tables above, or null where there is no such function. */
export function functionName(name: string): FunctionName | 'if' | AggregateName | null {
  const folded = fold(name);
  if (Object.hasOwn(FUNCTIONS, folded)) return folded as FunctionName | 'if';
  return Object.hasOwn(AGGREGATES, folded) ? (folded as AggregateName) : null;
}

/** `min` and `max` of one argument run over a table; of more they compare values. */
export function isAggregate(call: Call): boolean {
  const name = functionName(call.name.text);
  if (name === 'min' || name === 'max') return call.args.length === 1;
  return name !== null && Object.hasOwn(AGGREGATES, name);
}

/** Whether the arguments are those that the aggregate takes (the table itself is found elsewhere). */
export function aggregateFits(name: AggregateName, call: Call): boolean {
  const one = call.args.length === 1;
  switch (name) {
    case 'sum':
    case 'count':
    case 'min':
    case 'max':
    case 'median':
    case 'rank':
      return one && call.by === null;
    case 'average':
      return one;
    case 'last':
      return one && call.by !== null;
    case 'lookup':
      return call.by === null && (call.where === null ? call.args.length === 2 : one);
  }
}

/**
 * The tables that an aggregate's first argument names itself: what nested aggregates name belongs to them, but the
 * key of a nested `lookup` is read outside it.
 */
export function tablesNamed(node: Expression): readonly Extract<Expression, { kind: 'tableColumn' }>[] {
  switch (node.kind) {
    case 'tableColumn':
      return [node];
    case 'unary':
      return tablesNamed(node.operand);
    case 'group':
      return tablesNamed(node.inner);
    case 'binary':
      return [...tablesNamed(node.left), ...tablesNamed(node.right)];
    case 'in':
      return [node.operand, ...node.list].flatMap(tablesNamed);
    case 'call':
      return (isAggregate(node) ? node.args.slice(1) : node.args).flatMap(tablesNamed);
    default:
      return [];
  }
}
