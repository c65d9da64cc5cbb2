import { rational } from '../../../src/exact/rational.ts';
import { foldText } from '../../../src/exact/value.ts';
import type {
  BandLine,
  Check,
  ComputedColumn,
  Definition,
  Expr,
  Node,
  Program,
  ProgramTable,
  Scalar,
  Share,
} from '../../../src/rules/program.ts';
import type { Workbook } from '../../../src/workbook/port.ts';
import { cellValue } from '../../support/book.ts';
import { at, bin, lit } from '../../support/program.ts';
import { KINDS, type Kind, randomBook, randomCell, TEXTS } from './randomBook.ts';
import { expressions, type Literal, type Scope, type World } from './randomExpr.ts';
import { tapeOf } from './tape.ts';

/** A random program, well formed, over a random book; from a tape of numbers, see `tapeOf`. */
export function randomCase(numbers: readonly number[]): { program: Program; workbook: Workbook } {
  const tape = tapeOf(numbers);
  const { pick, seldom, of, lean, place, placed } = tape;
  const data = randomBook(tape);
  const { specs, workbook } = data;
  const tableCount = specs.length;
  const world: World = { scalarKinds: [], computed: [], bands: [], bandKinds: [], counted: 0, budget: 0 };
  const { scalarKinds, computed, bands, bandKinds } = world;
  const { literal, columnsOf, leaf, leafOf, call, condition, rule } = expressions(tape, data, world);
  const scalars: Scalar[] = [];
  const columns: ComputedColumn[] = [];
  const shares: Share[] = [];
  const checks: Check[] = [];
  const order: Node[] = [];

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
        const between = takes === 'number' && pick(3) === 1;
        // Bounds between the numbers of a column too.
        const x = cellValue(
          between ? of([0.5, 2.5, 1.5, 0.05, 99.995]) : (randomCell(tape, takes) as Literal),
        );
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
    world.budget = 6;
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
    world.budget = 8;
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
    world.budget = 4;
    world.counted = table;
    const where = pick(4) === 3 ? condition([table], 0, 2) : null;
    return { name: `T${table}`, named: true, key: 0, where, at: place(), references: [], columns: [] };
  });
  world.counted = tableCount;
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
