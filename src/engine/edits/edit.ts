import { lazily } from '../../exact/lazily.ts';
import { BLANK } from '../../exact/value.ts';
import type { Node } from '../../rules/program.ts';
import type { Workbook } from '../../workbook/port.ts';
import { read } from '../columns/evaluate.ts';
import { Truth, truths } from '../columns/logic.ts';
import { type Counted, createMachine } from '../columns/machine.ts';
import { type ShareOutcome, shareOutcome } from '../columns/shareOutcome.ts';
import { cellAt, constant } from '../columns/vec.ts';
import { sheetValue } from '../plain/reading.ts';
import type { Fault, Outcome, ShareResult, TableResult } from '../results.ts';
import type { Bench, Cellular, Edited } from './bench.ts';
import { type Computing, rowOutcomes, wholeColumn } from './columns.ts';
import { freshDirt, isClean, isTouched, type Rows, rowsOfRef, soil, union } from './dirt.ts';
import { askFor, rowCounts } from './evaluation.ts';
import { knownTotal, knownVisit, rowsWalked, type Scene, touch } from './indexes.ts';
import { patchesOf } from './patches.ts';
import { paidColumn, redivide } from './redivide.ts';
import { changedMembers, flipped, suspects } from './rows.ts';
import type { Ref, Shape } from './shape.ts';
import { manyChanged, mostOver } from './sizes.ts';
import {
  type ColumnState,
  differingRows,
  outcomeAt,
  type State,
  sameOutcome,
  settled,
  withRows,
} from './state.ts';

/**
 * Follows an edit through a program: what depends on the changed cells is computed anew, by the plain evaluator where
 * few rows do, else by whole vectors. Null where only a run of everything will do; the indexes are then of no use.
 */
export function followEdit(bench: Bench, workbook: Workbook, cells: readonly Cellular[]): Edited | null {
  const { plan, before, indexes, lists, orders, sizes } = bench;
  const { program, steps } = plan;
  const m = createMachine(program, workbook, bench.machine, read, bench.machine.caches);
  const dirt = freshDirt();
  const counted: (Counted | undefined)[] = m.counted;
  const tables: TableResult[] = [...before.tables];
  const scalars: (Outcome | undefined)[] = [];
  const columns: (ColumnState | undefined)[] = [];
  const shares: (Pick<ShareOutcome, 'settled'> | undefined)[] = [];
  const outcomes: ShareOutcome[] = [...before.shares];
  const checks: ReadonlyMap<number | null, Fault>[] = [...before.checks];
  let computed = 0;

  for (const { table, row, column } of cells) {
    if (program.tables[table]?.key === column) return null;
    soil(dirt, table, column, row);
  }
  program.tables.forEach(({ where }, table) => {
    if (where === null) counted[table] = before.counted[table];
  });

  const asked = lazily(() =>
    askFor(program, { workbook, counted, scalars, columns, shares }, lists, orders, {
      visit: (where, env) => {
        const over = plan.overs.get(where);
        if (over === undefined) return undefined;
        touch(scene, over, null);
        return knownVisit(scene, over, env);
      },
      total: (expr, env) => {
        const over = plan.overs.get(expr);
        if (over === undefined) return undefined;
        touch(scene, over, null);
        return knownTotal(scene, over, env);
      },
    }),
  );
  const askedBefore = lazily(() => askFor(program, before, lists, orders, {}));
  const scene: Scene = {
    m,
    dirt,
    indexes,
    sizes,
    touched: new Map(),
    before: () => askedBefore().machine,
    now: () => asked().machine,
    prepare,
  };

  const computing: Computing = { m, asked, shared, total: totalOf };

  for (const { node, shape } of steps) {
    if (!step(node, shape)) return null;
    m.forget();
  }
  for (const [table] of program.tables.entries()) counted[table] ??= before.counted[table];
  const state: State = {
    workbook,
    counted: counted as readonly Counted[],
    tables,
    scalars: scalars as readonly Outcome[],
    columns: columns as readonly ColumnState[],
    shares: outcomes,
    checks,
  };
  return { state, machine: m, asked, computed, dirt };

  /** Whole vectors of columns that the engine is about to read. */
  function prepare(refs: readonly Ref[]): void {
    for (const ref of refs) {
      if (ref.kind !== 'column') continue;
      const column = columns[ref.column];
      if (column === undefined) continue;
      const whole = settled(column, totalOf(program.columns[ref.column]?.table ?? 0));
      columns[ref.column] = whole;
      m.columns[ref.column] = whole.vec;
    }
  }

  function prepareAll(shape: Shape): void {
    prepare(shape.refs);
    for (const { refs, deep } of shape.overs) {
      prepare(refs);
      prepare(deep);
    }
  }

  function totalOf(table: number): number {
    return workbook.tables[table]?.rows ?? 0;
  }

  function step(node: Node, shape: Shape): boolean {
    const touched = isTouched(dirt, shape);
    switch (node.kind) {
      case 'table':
        return tableStep(node.table, shape, touched);
      case 'scalar':
        scalarStep(node.scalar, shape, touched);
        return true;
      case 'column':
        columnStep(node.column, shape, touched);
        return true;
      case 'share':
        shareStep(node.share, shape, touched);
        return true;
      case 'check':
        checkStep(node.check, shape, touched);
        return true;
      default: {
        const never: never = node;
        return never;
      }
    }
  }

  /** Rows of its own table that a node has to be computed for. */
  function dirtyRows(shape: Shape, table: number | null, around = table): Rows {
    const overs = shape.overs.map((over) => touch(scene, over, around));
    if (shape.scalars.some((id) => dirt.scalars.has(id))) return 'all';
    return union([
      ...(table === null ? [] : [dirt.counts.get(table) ?? new Set<number>()]),
      ...shape.refs.map((ref) => rowsOfRef(dirt, ref)),
      ...shape.shares.flatMap((id) => [
        ...(program.shares[id]?.table === table ? [dirt.members.get(id) ?? new Set<number>()] : []),
        ...(program.shares[id]?.each?.table === table ? [dirt.rests.get(id) ?? new Set<number>()] : []),
      ]),
      ...overs,
    ]);
  }

  function tableStep(table: number, shape: Shape, touched: boolean): boolean {
    const where = program.tables[table]?.where ?? null;
    const old = before.counted[table];
    if (old === undefined) return false;
    if (where === null || !touched) {
      counted[table] = old;
      return true;
    }
    // Its own rows are not counted yet: there is no index of them.
    const rows = dirtyRows(shape, table, null);
    if (rows === 'all') return false;
    const flips = new Set<number>();
    for (const row of rows) {
      const counts = asked().machine.counted(table, row);
      computed++;
      if (typeof counts !== 'boolean') return false;
      if (counts !== rowCounts(old, row)) flips.add(row);
    }
    counted[table] = flips.size === 0 ? old : flipped(old, flips, totalOf(table));
    if (flips.size === 0) return true;
    const next = counted[table];
    tables[table] = {
      rows: Uint32Array.from(next?.rows ?? lists.rows(next ?? old)),
      excluded: totalOf(table) - (next?.n ?? 0),
    };
    dirt.counts.set(table, flips);
    return true;
  }

  function isSame(old: Outcome, next: Outcome): boolean {
    if (old.kind === 'blank' && next.kind === 'blank') return !bench.faulty;
    return sameOutcome(old, next);
  }

  function scalarStep(id: number, shape: Shape, touched: boolean): void {
    const old = before.scalars[id] ?? BLANK;
    const next = touched ? scalarOutcome(id, shape) : old;
    scalars[id] = next;
    m.scalars[id] = constant(next.kind === 'fault' ? null : next);
    if (touched && !isSame(old, next)) dirt.scalars.add(id);
  }

  function scalarOutcome(id: number, shape: Shape): Outcome {
    dirtyRows(shape, null);
    computed++;
    const source = program.scalars[id]?.source;
    if (source?.kind === 'rest') {
      const cell = cellAt(shared(source.share).rest, 0);
      if (cell !== null && cell !== 'ask') return cell;
    }
    if (source?.kind === 'rule' && !isCheap(shape, 1)) {
      prepareAll(shape);
      const cell = cellAt(m.read(source.value, m.root), 0);
      if (cell !== null && cell !== 'ask') return cell;
    }
    return asked().evaluator.scalar(id);
  }

  /** Whether the plain evaluator does some rows quicker than the engine does its vectors. */
  function isCheap({ overs, shares: given }: Shape, rows: number): boolean {
    // The plain evaluator would look at all members of the pools.
    if (given.length > 0) return false;
    let walked = 4;
    let whole = sizes.vectorCost + rows * 0.3;
    for (const over of overs) {
      walked += rowsWalked(scene, over);
      whole += m.count(over.table).n * 0.05;
    }
    return rows * walked <= whole;
  }

  function columnStep(id: number, shape: Shape, touched: boolean): void {
    const column = program.columns[id];
    const old = before.columns[id];
    if (column === undefined || old === undefined) throw new RangeError(`no column ${id}`);
    const rows = touched ? dirtyRows(shape, column.table) : new Set<number>();
    if (isClean(rows)) {
      columns[id] = old;
      m.columns[id] = old.over.size === 0 ? old.vec : undefined;
      return;
    }
    const total = totalOf(column.table);
    const paid = paidColumn(column, old, shared, dirt);
    if (paid !== null) {
      columns[id] = paid.column;
      m.columns[id] = paid.column.vec;
      dirt.columns.set(id, paid.changed);
      return;
    }
    if (rows === 'all' || rows.size > total * sizes.wholePart) {
      prepareAll(shape);
      computed += m.count(column.table).n;
      const next = wholeColumn(computing, id);
      columns[id] = next;
      m.columns[id] = next.vec;
      const differing = differingRows(old.vec, next.vec, total, bench.faulty, manyChanged(total));
      const changed = differing === null ? 'all' : new Set(differing);
      if (changed !== 'all')
        for (const [row, outcome] of patchesOf(old.over)) {
          if (isSame(outcome, outcomeAt(next, row))) changed.delete(row);
          else changed.add(row);
        }
      if (!isClean(changed)) dirt.columns.set(id, changed);
      return;
    }
    const sorted = [...rows].sort((a, b) => a - b);
    const here = m.count(column.table);
    const there = sorted.filter((row) => rowCounts(here, row));
    computed += there.length;
    const cheap = isCheap(shape, there.length);
    if (!cheap) prepareAll(shape);
    const found = rowOutcomes(computing, id, there, cheap);
    const next: (readonly [number, Outcome])[] = [];
    const changed = new Set<number>();
    for (const row of sorted) {
      const outcome = found.get(row) ?? BLANK;
      if (!isSame(outcomeAt(old, row), outcome)) changed.add(row);
      next.push([row, outcome]);
    }
    const state = withRows(old, next);
    const many = state.over.size > mostOver(total);
    columns[id] = many ? settled(state, total) : state;
    m.columns[id] = many ? columns[id]?.vec : undefined;
    if (changed.size > 0) dirt.columns.set(id, changed);
  }

  function shared(id: number) {
    const outcome = outcomes[id];
    if (outcome === undefined) throw new RangeError(`share ${id} is needed before its node`);
    return outcome.shared;
  }

  function now(ref: Ref, row: number): Outcome {
    if (ref.kind === 'sheet') return sheetValue(workbook, ref.table, ref.column, row) ?? BLANK;
    const column = columns[ref.column];
    return column === undefined ? BLANK : outcomeAt(column, row);
  }

  function shareStep(id: number, shape: Shape, touched: boolean): void {
    const old = before.shares[id];
    if (old === undefined) throw new RangeError(`no share ${id}`);
    if (!touched) {
      shares[id] = old;
      return;
    }
    computed++;
    const division = plan.divisions[id] ?? null;
    const again =
      division === null
        ? null
        : redivide(
            { m, dirt, prepare: prepareAll, weight: (row) => now(division.weight, row) },
            id,
            division,
            old,
          );
    if (again !== null) {
      shares[id] = again.outcome;
      outcomes[id] = again.outcome;
      if (!isClean(again.changed)) dirt.members.set(id, again.changed);
      dirt.rests.set(id, new Set([0]));
      return;
    }
    prepareAll(shape);
    const done = new Map<number | null, ShareResult>();
    shares[id] = { settled: done };
    const next = shareOutcome(m, id, done, () => asked().evaluator);
    outcomes[id] = next;
    const share = program.shares[id];
    const total = totalOf(share?.table ?? 0);
    const members = changedMembers(old.shared, next.shared, total);
    if (!isClean(members)) dirt.members.set(id, members);
    const each = share?.each ?? null;
    const pools = each === null ? 1 : totalOf(each.table);
    const rests = differingRows(old.shared.rest, next.shared.rest, pools, true, pools);
    if (rests !== null && rests.length > 0) dirt.rests.set(id, new Set(rests));
  }

  function checkStep(id: number, shape: Shape, touched: boolean): void {
    if (!touched) return;
    const check = program.checks[id];
    if (check === undefined) throw new RangeError(`no check ${id}`);
    const { each } = check;
    if (each === null) {
      dirtyRows(shape, null);
      computed++;
      if (!isCheap(shape, 1)) {
        prepareAll(shape);
        if (truths(m.read(check.condition, m.root), 1)[0] === Truth.YES) {
          checks[id] = new Map();
          return;
        }
      }
      const fault = asked().evaluator.check(id, null);
      checks[id] = new Map(fault === null ? [] : [[null, fault]]);
      return;
    }
    const rows = dirtyRows(shape, each.table);
    if (isClean(rows)) return;
    const here = m.count(each.table);
    const all = rows === 'all';
    const list = all ? lists.rows(here) : [...rows].filter((row) => rowCounts(here, row));
    const faults = new Map(all ? [] : (checks[id] ?? new Map<number | null, Fault>()));
    if (!all) for (const row of rows) faults.delete(row);
    computed += list.length;
    const cheap = isCheap(shape, list.length);
    if (!cheap) prepareAll(shape);
    const failing = cheap ? list : suspects(m, check, list);
    for (const row of failing) {
      const fault = asked().evaluator.check(id, row);
      if (fault !== null) faults.set(row, fault);
    }
    checks[id] = faults;
  }
}
