import { integer } from '../../exact/rational.ts';
import { numberValue, type Value } from '../../exact/value.ts';
import type { Expr } from '../../rules/program.ts';
import { asked } from './aggregate.ts';
import { order } from './boxed.ts';
import { compareVec } from './compare.ts';
import { remembered } from './evaluate.ts';
import { type Frame, numbersFrom } from './frames.ts';
import type { Machine } from './machine.ts';
import { type Batch, match } from './match.ts';
import { plainRanks } from './rankPlain.ts';
import { byGroup } from './reduce.ts';
import { type Cell, cellAt, constant, fromCells, gather, Tag, tagAt, type Vec } from './vec.ts';

type Rank = Extract<Expr, { readonly op: 'rank' }>;

/** 1 + how many rows have a greater value: sorted once a group, or counted over pairs. */
export function rankVec(m: Machine, expr: Rank, frame: Frame): Vec {
  const counted = m.count(expr.table);
  if (counted.faulty) return constant('ask');
  const inner = m.inner(expr.table, expr.level);
  const all = remembered(m, expr.value, inner);
  const { positions } = counted;
  const rows = frame.rows(0);
  const place = new Int32Array(frame.n);
  for (let o = 0; o < frame.n; o++) {
    const row = rows === null ? o : (rows[o] ?? 0);
    place[o] = positions === null ? row : (positions[row] ?? 0);
  }
  const own = gather(all, place);
  const { table, level, where } = expr;
  const matched = match(m, { table, level, where, reads: 0 }, frame);
  const plain =
    matched.kind === 'groups' ? plainRanks(all, own, frame.n, matched.batch, matched.groupOf) : null;
  if (plain !== null) return asked(plain, frame.n, matched.marks);
  const cells: Cell[] = new Array(frame.n).fill(null);
  if (matched.kind === 'groups') {
    const ladders = laddersOf(all, matched.batch);
    for (let o = 0; o < frame.n; o++) cells[o] = rankIn(ladders(matched.groupOf[o] ?? 0), own, o);
  } else {
    for (const batch of matched.batches()) {
      const greater = countGreater(m, all, own, batch, batch.from);
      for (let o = batch.from; o < batch.to; o++) {
        const count = greater[o - batch.from] ?? 0;
        cells[o] = ranked(own, o, () => (count < 0 ? 'ask' : numberValue(integer(count + 1))));
      }
    }
  }
  return asked(fromCells(cells), frame.n, keptMarks(own, matched.marks));
}

/** A blank of its own has no rank, whatever other rows are. */
function keptMarks(own: Vec, marks: Uint8Array): Uint8Array {
  return marks.map((mark, o) => (tagAt(own, o) === Tag.BLANK ? 0 : mark));
}

function ranked(own: Vec, o: number, count: () => Cell): Cell {
  const mine = cellAt(own, o);
  if (mine === null || mine === 'ask' || mine.kind === 'blank') return mine;
  return mine.kind === 'number' || mine.kind === 'date' ? count() : null;
}

/** The values of a group, rising; null where some are of another kind or at fault. */
type Ladder = readonly Value[] | null;

function laddersOf(all: Vec, batch: Batch): (group: number) => Ladder {
  const { starts, order: items } = byGroup(batch.frame.n, batch.group, batch.groups);
  const made: (Ladder | undefined)[] = [];
  const make = (g: number): Ladder => {
    const values: Value[] = [];
    for (let k = starts[g] ?? 0; k < (starts[g + 1] ?? 0); k++) {
      const item = items[k] ?? 0;
      const value = cellAt(all, batch.inner === null ? item : (batch.inner[item] ?? 0));
      if (value === null || value === 'ask') return null;
      if (value.kind === 'blank') continue;
      if (value.kind !== all.kind) return null;
      values.push(value);
    }
    return values.sort((a, b) => order(a, b) ?? 0);
  };
  return (g) => {
    const found = made[g];
    if (found !== undefined) return found;
    const ladder = make(g);
    made[g] = ladder;
    return ladder;
  };
}

function rankIn(ladder: Ladder, own: Vec, o: number): Cell {
  return ranked(own, o, () => {
    if (ladder === null) return 'ask';
    const mine = cellAt(own, o);
    if (mine === null || mine === 'ask' || (ladder.length > 0 && mine.kind !== own.kind)) return 'ask';
    let low = 0;
    let high = ladder.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const value = ladder[middle];
      if (value !== undefined && order(value, mine) === 1) high = middle;
      else low = middle + 1;
    }
    return numberValue(integer(ladder.length - low + 1));
  });
}

/** By outer position of the batch; −1 where it is not sure. */
function countGreater(m: Machine, all: Vec, own: Vec, batch: Batch, from: number): Float64Array {
  const greater = new Float64Array(batch.groups);
  const { n } = batch.frame;
  const inner = batch.inner ?? numbersFrom(0, n);
  const group = batch.group ?? new Int32Array(n);
  const theirs = gather(all, inner);
  const mine = gather(
    own,
    group.map((g) => g + from),
  );
  const above = compareVec('>', theirs, mine, n, m.interner, m.stats);
  for (let k = 0; k < n; k++) {
    const g = group[k] ?? 0;
    if (tagAt(theirs, k) === Tag.BLANK || greater[g] === -1) continue;
    if (tagAt(above, k) !== Tag.PLAIN) greater[g] = -1;
    else greater[g] = (greater[g] ?? 0) + (above.data[k & above.mask] ?? 0);
  }
  return greater;
}
