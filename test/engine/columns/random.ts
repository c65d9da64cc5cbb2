import { rational } from '../../../src/exact/rational.ts';
import { foldText } from '../../../src/exact/value.ts';
import type {
  Aggregate,
  Band,
  BandLine,
  Check,
  CompareOperator,
  ComputedColumn,
  Definition,
  Expr,
  FunctionName,
  Node,
  Program,
  ProgramTable,
  Scalar,
  Share,
} from '../../../src/rules/program.ts';
import type { Workbook } from '../../../src/workbook/port.ts';
import { book, type Cell, cellValue } from '../../support/book.ts';
import { at, bin, iff, lit, neg, not } from '../../support/program.ts';

/**
 * Random programs from a tape of numbers: every choice takes the next one, 0 where the tape has ended, and 0 is the
 * simplest choice. A shorter tape or smaller numbers make a smaller program: that is how failures shrink.
 */
export function randomCase(tape: readonly number[]): { program: Program; workbook: Workbook } {
  const g = generator(tape);
  return g;
}

type Kind = 'number' | 'text' | 'date' | 'logical';
const KINDS: readonly Kind[] = ['number', 'text', 'date', 'logical'];

interface ColumnSpec {
  readonly kind: Kind;
  readonly blanks: boolean;
}

interface Computed {
  readonly id: number;
  readonly table: number;
  readonly kind: Kind;
}

const NUMBERS: readonly Cell[] = [
  1,
  2,
  3,
  0,
  10,
  5,
  4,
  100,
  0.5,
  0.1,
  0.2,
  2.5,
  -1,
  1.005,
  99.99,
  0.01,
  33.33,
  80,
  60,
  75,
  -0.5,
  1000,
  { number: '0.0000000001' },
  999999999999999,
  { number: '12345678901234567890.5' },
  0.125,
  1e-7,
  1e20,
  -7,
  { number: '9007199254740993' },
  90071992547409.92,
];
const TEXTS: readonly string[] = [
  'a',
  'b',
  'c',
  'A',
  'B',
  'd',
  'ab',
  'Ä',
  'ä',
  '二',
  '\u{1F600}',
  '\uFF21',
  'x1',
];
const DATES: readonly Cell[] = [
  { date: '2026-03-31' },
  { date: '2026-03-01' },
  { date: '2026-02-28 09:30' },
  { date: '2024-02-29' },
  { date: '2026-03-31 23:59:59' },
  { date: '2025-12-31' },
  { date: '2026-01-31' },
  { date: '0001-01-01' },
  { date: '9999-12-31' },
];

function generator(tape: readonly number[]): { program: Program; workbook: Workbook } {
  let position = 0;
  let places = 0;
  const pick = (n: number): number => (tape[position++] ?? 0) % n;
  /** True about once in n; never where the tape has ended. */
  const seldom = (n: number): boolean => pick(n) === n - 1;
  const of = <T>(list: readonly T[]): T => {
    const found = list[pick(list.length)];
    if (found === undefined) throw new RangeError('an empty choice');
    return found;
  };
  /** Small choices come more often. */
  const lean = <T>(list: readonly T[]): T => {
    const found = list[Math.min(pick(list.length), pick(list.length * 2), list.length - 1)];
    if (found === undefined) throw new RangeError('an empty choice');
    return found;
  };
  const place = () => at(1 + Math.floor(++places / 1000), 1 + (places % 1000));
  const placed = <T extends Expr>(expr: T): T => ({ ...expr, at: place() });

  const cellOf = (kind: Kind): Cell =>
    kind === 'number'
      ? lean(NUMBERS)
      : kind === 'text'
        ? lean(TEXTS)
        : kind === 'date'
          ? lean(DATES)
          : pick(2) === 0;
  const literal = (kind: Kind): Expr =>
    placed(lit(cellOf(kind) as Exclude<Cell, { readonly error: string }>));

  // Data.
  const specs: ColumnSpec[][] = [];
  const sheets: Record<string, readonly (readonly Cell[])[]> = {};
  const tableCount = 1 + pick(3);
  for (let t = 0; t < tableCount; t++) {
    const columns: ColumnSpec[] = [];
    const keyKind: Kind = lean(['text', 'number', 'date'] as const);
    columns.push({ kind: keyKind, blanks: false });
    const more = 2 + pick(4);
    for (let c = 0; c < more; c++)
      columns.push({
        kind: lean(['number', 'text', 'number', 'date', 'logical'] as const),
        blanks: pick(3) === 1,
      });
    specs.push(columns);
    const rows: Cell[][] = [];
    const keys = new Set<string>();
    const wanted = pick(9);
    const mixed = seldom(12);
    for (let r = 0; r < wanted; r++) {
      const row = columns.map((spec, c): Cell => {
        if (c === 0) return mixed && seldom(3) ? cellOf(of(KINDS)) : cellOf(spec.kind);
        if (spec.blanks && pick(4) === 1) return null;
        if (seldom(150)) return { error: '#N/A' };
        if (seldom(mixed ? 10 : 150)) return cellOf(of(KINDS));
        return cellOf(spec.kind);
      });
      const key = JSON.stringify(row[0]);
      const folded = typeof row[0] === 'string' ? foldText(key) : key;
      if (keys.has(folded)) continue;
      keys.add(folded);
      rows.push(row);
    }
    sheets[`T${t}`] = [columns.map((_, c) => `c${c}`), ...rows];
  }
  const nameKinds: Kind[] = [];
  const names: Record<string, Cell> = {};
  for (let i = pick(3); i > 0; i--) {
    const kind = of(KINDS);
    nameKinds.push(kind);
    names[`n${i}`] = seldom(15) ? null : seldom(30) ? { error: '#REF!' } : cellOf(kind);
  }
  const workbook = book(sheets, { names });

  // Rules.
  const scalars: Scalar[] = [];
  const scalarKinds: Kind[] = [];
  const columns: ComputedColumn[] = [];
  const computed: Computed[] = [];
  const bands: Band[] = [];
  const bandKinds: Kind[] = [];
  const shares: Share[] = [];
  const checks: Check[] = [];
  const order: Node[] = [];
  let budget = 0;
  /** Tables whose rows are counted by now: those before this one. */
  let counted = 0;

  type Scope = readonly number[];

  function columnsOf(scope: Scope, kind: Kind, only?: number): Expr[] {
    const out: Expr[] = [];
    scope.forEach((table, level) => {
      if (only !== undefined && level !== only) return;
      specs[table]?.forEach((spec, column) => {
        if (spec.kind === kind) out.push({ op: 'sheet', table, column, level, at: at(1) });
      });
      for (const c of computed)
        if (c.table === table && c.kind === kind) out.push({ op: 'column', column: c.id, level, at: at(1) });
    });
    return out;
  }

  function leaf(kind: Kind, scope: Scope): Expr {
    const found = columnsOf(scope, kind);
    // Columns of the innermost row first.
    found.reverse();
    const which = pick(6);
    if (which >= 2 && found.length > 0) return guarded(placed(of(found)), kind);
    const ids = scalarKinds.flatMap((k, i) => (k === kind ? [i] : []));
    if (which === 1 && ids.length > 0) return placed({ op: 'scalar', scalar: of(ids), at: at(1) });
    const named = nameKinds.flatMap((k, i) => (k === kind ? [i] : []));
    if (which >= 4 && named.length > 0) return placed({ op: 'name', name: of(named), at: at(1) });
    if (kind === 'date' && pick(3) === 1) return placed({ op: 'asOf', at: at(1) });
    if (seldom(40)) return placed(lit(null));
    return literal(kind);
  }

  /** Mostly with something for its blanks. */
  function guarded(expr: Expr, kind: Kind): Expr {
    const blanks = expr.op === 'sheet' ? (specs[expr.table]?.[expr.column]?.blanks ?? false) : true;
    if (!blanks || pick(5) === 1 || (expr.op === 'column' && pick(3) === 1)) return expr;
    return call('default', expr, literal(kind));
  }

  function call(name: FunctionName, ...args: Expr[]): Expr {
    return { op: 'call', name, args, at: place() };
  }

  function expr(wanted: Kind, scope: Scope, depth: number): Expr {
    const kind = seldom(120) ? of(KINDS) : wanted;
    if (depth <= 0 || budget <= 0) return leaf(kind, scope);
    budget--;
    const inner = (k: Kind): Expr => expr(k, scope, depth - 1);
    const common = pick(14);
    if (common === 1)
      return placed(iff(inner('logical'), inner(kind), inner(kind)));
    if (common === 2) return call('default', inner(kind), inner(kind));
    if (common === 3) {
      const fitting = bandKinds.flatMap((k, i) => (k === kind ? [i] : []));
      if (fitting.length > 0) {
        const band = of(fitting);
        const takes = bands[band]?.of ?? 'any';
        return { op: 'band', band, x: inner(takes === 'any' ? of(KINDS) : takes), at: place() };
      }
    }
    if (common >= 10) {
      const found = aggregate(kind, scope, depth - 1);
      if (found !== null) return pick(4) === 1 ? found : call('default', found, literal(kind));
    }
    switch (kind) {
      case 'number':
        return numeric(scope, depth, inner);
      case 'text':
        return leaf('text', scope);
      case 'date':
        return dated(inner, scope);
      case 'logical':
        return logical(inner, scope);
    }
  }

  function numeric(scope: Scope, depth: number, inner: (k: Kind) => Expr): Expr {
    const n = (): Expr => inner('number');
    const sized = (): Expr => (seldom(4) ? n() : literal('number'));
    switch (pick(20)) {
      case 1:
        return placed(bin(n(), '+', n()));
      case 2:
        return placed(bin(n(), '-', n()));
      case 3:
        return placed(bin(n(), '*', n()));
      case 4:
        return placed(bin(n(), '/', sized()));
      case 5:
        return placed(bin(n(), '^', placed(lit(of([2, 1, 0, 3, -1, 0.5, 10])))));
      case 6:
        return placed(neg(n()));
      case 7:
        return call(of(['min', 'max'] as const), n(), n(), ...(seldom(3) ? [n()] : []));
      case 8:
        return seldom(3)
          ? call('round', n())
          : call(of(['round', 'round_even'] as const), n(), placed(lit(of([0, 2, 1, -1, 20]))));
      case 9:
        return call(of(['mround', 'floor', 'ceiling', 'steps'] as const), n(), sized());
      case 10:
        return call(of(['year', 'month', 'day'] as const), inner('date'));
      case 11:
        return call(of(['hours', 'months'] as const), inner('date'), inner('date'));
      case 12:
        return call('clamp', n(), n(), n());
      case 13:
        return placed(bin(inner('date'), '-', inner('date')));
      case 14:
        return call('abs', n());
      case 15:
      case 16: {
        const [table] = scope;
        if (scope.length === 1 && table !== undefined && table < counted) return rank(table, depth - 1);
        return leaf('number', scope);
      }
      default:
        return leaf('number', scope);
    }
  }

  function rank(table: number, depth: number): Expr {
    const kind: Kind = seldom(4) ? 'date' : 'number';
    // Its value reads the counted row, at level 1, alone.
    const own = columnsOf([table, table], kind, 1);
    const value = own.length === 0 ? literal(kind) : placed(of(own));
    const arithmetic = kind === 'number' && seldom(3) ? placed(bin(value, '/', literal('number'))) : value;
    return {
      op: 'rank',
      table,
      level: 1,
      value: arithmetic,
      where: pick(3) === 0 ? null : condition([table, table], 1, depth),
      at: place(),
    };
  }

  function dated(inner: (k: Kind) => Expr, scope: Scope): Expr {
    switch (pick(8)) {
      case 1:
        return placed(bin(inner('date'), of(['+', '-']), placed(lit(of([1, 0, 30, 0.5, -1, 0.1])))));
      case 2:
        return call(of(['eomonth', 'edate'] as const), inner('date'), placed(lit(of([0, 1, -1, 12, 0.5]))));
      case 3:
        return call('date', inner('date'));
      case 4:
        return call(of(['min', 'max'] as const), inner('date'), inner('date'));
      case 5:
        return placed(bin(inner('date'), of(['+', '-']), inner('number')));
      default:
        return leaf('date', scope);
    }
  }

  const OPERATORS: readonly CompareOperator[] = ['=', '<>', '<', '<=', '>', '>='];

  function logical(inner: (k: Kind) => Expr, scope: Scope): Expr {
    switch (pick(12)) {
      case 1:
      case 2:
      case 3: {
        const kind = lean(KINDS);
        return placed(bin(inner(kind), of(OPERATORS), inner(kind)));
      }
      case 4:
        return placed(bin(inner('logical'), 'and', inner('logical')));
      case 5:
        return placed(bin(inner('logical'), 'or', inner('logical')));
      case 6:
        return placed(not(inner('logical')));
      case 7: {
        const kind = lean(['text', 'number', 'date'] as const);
        const list = [literal(kind), seldom(3) ? inner(kind) : literal(kind)];
        return { op: 'in', x: inner(kind), list, at: place() };
      }
      case 8:
        return call('blank', inner(of(KINDS)));
      case 9:
        return call('starts_with', inner('text'), seldom(3) ? inner('text') : literal('text'));
      default:
        return leaf('logical', scope);
    }
  }

  /** Conditions on the row at a level, often an equality with the rows around it. */
  function condition(scope: Scope, level: number, depth: number): Expr {
    const parts: Expr[] = [];
    for (let i = 1 + pick(3); i > 0; i--) {
      const kind = lean(['text', 'number', 'date', 'logical'] as const);
      const mine = columnsOf(scope, kind, level);
      const around = columnsOf(scope.slice(0, level), kind);
      const operator = pick(3) === 1 ? of(OPERATORS) : '=';
      if (mine.length > 0 && pick(4) !== 1) {
        const x = placed(of(mine));
        const y = around.length > 0 && pick(4) !== 1 ? placed(of(around)) : literal(kind);
        parts.push(placed(pick(2) === 0 ? bin(x, operator, y) : bin(y, operator, x)));
      } else parts.push(expr('logical', scope, depth - 1));
    }
    return parts.reduce((a, b) => placed(bin(a, 'and', b)));
  }

  function aggregate(kind: Kind, scope: Scope, depth: number): Expr | null {
    if (counted === 0) return null;
    const table = pick(counted);
    const level = scope.length;
    const inside = [...scope, table];
    if (level > 3) return null;
    const where = pick(3) === 0 ? null : condition(inside, level, depth);
    const common = { op: 'aggregate', table, level, where, at: place() } as const;
    const value = (k: Kind): Expr => (pick(3) === 0 ? expr(k, inside, depth) : leafOf(k, inside, level));
    const fns: readonly Aggregate['fn'][] =
      kind === 'number'
        ? ['sum', 'count', 'average', 'lookup', 'find', 'last', 'min', 'max', 'median', 'weighted']
        : kind === 'date'
          ? ['min', 'max', 'lookup', 'find', 'last']
          : ['lookup', 'find', 'last'];
    const fn = of(fns);
    switch (fn) {
      case 'count':
        return { ...common, fn, value: pick(2) === 0 ? null : value(of(KINDS)) };
      case 'average':
        return { ...common, fn, value: value(seldom(3) ? 'logical' : 'number') };
      case 'sum':
      case 'median':
        return { ...common, fn, value: value('number') };
      case 'min':
      case 'max':
        return { ...common, fn, value: value(kind) };
      case 'weighted':
        return { ...common, fn, value: value(seldom(4) ? 'logical' : 'number'), weight: value('number') };
      case 'last':
        return { ...common, fn, value: value(kind), by: value(lean(['date', 'number'] as const)) };
      case 'find':
        return { ...common, fn, value: value(kind) };
      case 'lookup': {
        const keyKind = specs[table]?.[0]?.kind ?? 'text';
        const keys = (sheets[`T${table}`] ?? []).slice(1).map((row) => row[0] ?? null);
        const around = columnsOf(scope, keyKind);
        // Mostly a key that is there.
        const key =
          around.length > 0 && pick(3) !== 0
            ? placed(of(around))
            : keys.length > 0 && !seldom(5)
              ? placed(lit(of(keys) as Exclude<Cell, { readonly error: string }>))
              : leaf(keyKind, scope);
        return { ...common, where: null, fn, value: value(kind), key };
      }
      default: {
        const never: never = fn;
        return never;
      }
    }
  }

  function leafOf(kind: Kind, scope: Scope, level: number): Expr {
    const found = columnsOf(scope, kind, level);
    return found.length === 0 || pick(5) === 1 ? leaf(kind, scope) : placed(of(found));
  }

  function rule(kind: Kind, scope: Scope): Expr {
    budget = 14;
    return expr(kind, scope, 1 + pick(5));
  }

  function addBand(): void {
    const result: Kind = lean(['number', 'text'] as const);
    const takes = lean(['number', 'text', 'date'] as const);
    const marginal = takes === 'number' && result === 'number' && pick(3) === 1;
    const value = (): Expr => {
      const ids = scalarKinds.flatMap((k, i) => (k === result ? [i] : []));
      return ids.length > 0 && pick(3) === 1
        ? placed({ op: 'scalar', scalar: of(ids), at: at(1) })
        : literal(result);
    };
    const lines: BandLine[] = [];
    if (takes === 'text') {
      for (let i = 1 + pick(2); i > 0; i--)
        lines.push({
          test: { kind: 'texts', texts: [foldText(of(TEXTS)), foldText(of(TEXTS))] },
          value: value(),
          at: place(),
        });
    } else {
      const bounds = new Set<string>();
      for (let i = 1 + pick(3); i > 0; i--) {
        const x = cellValue(cellOf(takes) as Exclude<Cell, { readonly error: string }>);
        const bound = x.kind === 'number' ? x.value : x.kind === 'date' ? x.ms : rational(0n);
        bounds.add(`${bound.n}/${bound.d}`);
      }
      const sorted = [...bounds]
        .map((text) => {
          const [n = '0', d = '1'] = text.split('/');
          return rational(BigInt(n), BigInt(d));
        })
        .sort((a, b) => (a.n * b.d < b.n * a.d ? -1 : 1));
      const falling = !marginal && pick(2) === 1;
      if (falling) sorted.reverse();
      for (const bound of sorted) {
        const kind = marginal
          ? 'upTo'
          : falling
            ? of(['atLeast', 'above'] as const)
            : of(['upTo', 'below'] as const);
        lines.push({ test: { kind, bound }, value: value(), at: place() });
      }
    }
    if (pick(4) !== 1) lines.push({ test: { kind: 'otherwise' }, value: value(), at: place() });
    bands.push({ name: `b${bands.length}`, at: place(), marginal, of: takes, lines });
    bandKinds.push(result);
  }

  function addScalar(kind: Kind): void {
    const id = scalars.length;
    const value = rule(kind, []);
    scalars.push({ name: `s${id}`, at: place(), source: { kind: 'rule', value } });
    scalarKinds.push(kind);
    order.push({ kind: 'scalar', scalar: id });
  }

  function addColumn(table: number, kind: Kind, definitions: readonly Definition[]): void {
    const id = columns.length;
    columns.push({ table, name: `k${id}`, at: place(), definitions });
    order.push({ kind: 'column', column: id });
    computed.push({ id, table, kind });
  }

  function whereOf(scope: Scope): Expr | null {
    budget = 6;
    return pick(3) === 0 ? null : condition(scope, scope.length - 1, 2);
  }

  function ruleColumn(): void {
    const table = pick(tableCount);
    const kind = lean(KINDS);
    const definitions: Definition[] = [
      { kind: 'rule', where: whereOf([table]), value: rule(kind, [table]), at: place() },
    ];
    if (seldom(5))
      definitions.push({ kind: 'rule', where: whereOf([table]), value: rule(kind, [table]), at: place() });
    addColumn(table, kind, definitions);
  }

  function scoreColumn(): void {
    const table = pick(tableCount);
    const scope = [table];
    const weights = of([[100], [50, 50], [40, 30, 30], [45, 35, 20], [33, 67]]);
    const scale = of([100, 100, 10, 1000]);
    const lines = weights.map((w) => {
      const raw = rule('number', scope);
      const value = seldom(5) ? raw : call('clamp', raw, placed(lit(0)), placed(lit(scale)));
      const open = seldom(3) ? leaf('number', scope) : value;
      return { weight: rational(BigInt(w), 100n), value: open };
    });
    addColumn(table, 'number', [
      {
        kind: 'score',
        where: whereOf(scope),
        scale: rational(BigInt(scale)),
        skipBlank: pick(2) === 1,
        lines,
        at: place(),
      },
    ]);
  }

  function statementColumn(): void {
    const table = pick(tableCount);
    const components = Array.from({ length: 1 + pick(3) }, () => {
      const value = rule('number', [table]);
      return {
        sign: of(['add', 'less'] as const),
        value: seldom(5) ? value : call('round', value),
        label: null,
      };
    });
    addColumn(table, 'number', [{ kind: 'statement', where: whereOf([table]), components, at: place() }]);
  }

  function addShare(): void {
    const id = shares.length;
    const table = pick(tableCount);
    const eachTable = pick(3) === 1 ? pick(tableCount) : null;
    const outer = eachTable === null ? [] : [eachTable];
    const memberLevel = eachTable === null ? 0 : 1;
    const scope = [...outer, table];
    const amount = (expression: Expr): Expr => (seldom(8) ? expression : call('abs', expression));
    budget = 8;
    const each = eachTable === null ? null : { table: eachTable, where: whereOf([eachTable]) };
    const pool = amount(
      seldom(2) ? rule('number', outer) : placed(lit(of([100, 0, 1, 10, 33.335, 0.005, 1000, 7]))),
    );
    const limit = (): Expr | null =>
      pick(3) === 0 ? null : pick(3) === 0 ? rule('number', scope) : columnOr(scope, memberLevel);
    const weight = pick(3) === 0 ? rule('number', scope) : leafOf('number', scope, memberLevel);
    const where = pick(3) === 0 ? null : condition(scope, memberLevel, 2);
    const floorSize = limit();
    const cap = limit();
    const share: Share = {
      name: `p${id}`,
      at: place(),
      table,
      each,
      memberLevel,
      pool,
      where,
      weight: amount(weight),
      // Small floors: most should fit into the pool.
      floor: floorSize === null || pick(2) === 1 ? floorSize : placed(bin(floorSize, '/', placed(lit(1000)))),
      cap: cap === null || pick(3) === 1 ? cap : placed(bin(call('abs', cap), '+', placed(lit(5)))),
      unit: pick(4) === 1 ? placed(lit(of([1, 0.01, 0.05, 10, -1, 3]))) : null,
    };
    shares.push(share);
    order.push({ kind: 'share', share: id });
    addColumn(table, 'number', [{ kind: 'share', share: id, at: place() }]);
    if (pick(2) === 1) {
      if (eachTable === null) {
        const scalar = scalars.length;
        scalars.push({ name: `r${scalar}`, at: place(), source: { kind: 'rest', share: id } });
        scalarKinds.push('number');
        order.push({ kind: 'scalar', scalar });
      } else addColumn(eachTable, 'number', [{ kind: 'rest', share: id, at: place() }]);
    }
  }

  function columnOr(scope: Scope, level: number): Expr {
    const found = columnsOf(scope, 'number', level);
    return found.length === 0 ? literal('number') : placed(of(found));
  }

  function addCheck(): void {
    const each = pick(2) === 0 ? null : { table: pick(tableCount) };
    const scope = each === null ? [] : [each.table];
    checks.push({
      each: each === null ? null : { table: each.table, where: whereOf(scope) },
      condition: rule('logical', scope),
      message: null,
    });
    order.push({ kind: 'check', check: checks.length - 1 });
  }

  if (pick(2) === 1) addScalar(of(KINDS));
  const tables = specs.map((_, table): ProgramTable => {
    budget = 4;
    counted = table;
    const where = pick(4) === 3 ? condition([table], 0, 2) : null;
    return { name: `T${table}`, named: true, key: 0, where, at: place(), references: [], columns: [] };
  });
  counted = tableCount;
  tables.forEach((_, table) => {
    order.push({ kind: 'table', table });
  });
  for (let i = pick(3); i > 0; i--) addBand();
  for (let i = 1 + pick(6); i > 0; i--) {
    switch (pick(9)) {
      case 1:
        addScalar(lean(KINDS));
        break;
      case 2:
        scoreColumn();
        break;
      case 3:
        statementColumn();
        break;
      case 4:
      case 5:
        addShare();
        break;
      case 6:
        addCheck();
        break;
      case 7:
        addBand();
        break;
      default:
        ruleColumn();
    }
  }
  const program: Program = {
    asOf: Date.UTC(2026, 2, 31),
    unit: of([rational(1n, 100n), rational(1n), rational(1n, 20n), rational(1n, 1000n)]),
    tables,
    scalars,
    bands,
    columns,
    shares,
    checks,
    order,
  };
  return { program, workbook };
}
