import { add, integer, multiply, type Rational, ZERO } from '../../exact/rational.ts';
import { numberValue } from '../../exact/value.ts';
import type { Evaluator } from '../plain/index.ts';
import type { Fault, ShareResult } from '../results.ts';
import type { Shared } from './definitions.ts';
import type { Machine } from './machine.ts';
import { type PoolDraft, poolsOf } from './pools.ts';
import { fitNumber, SAFE } from './scaled.ts';
import { type Cell, constant, fromCells, lazyVec, Tag, type Vec } from './vec.ts';

/** A share's pools, settled or not. */
export interface ShareOutcome {
  readonly shared: Shared;
  readonly settled: ReadonlyMap<number | null, ShareResult>;
  readonly list: readonly ShareResult[];
  readonly faults: readonly Fault[];
  /** Its one pool at the top, where that is divided: what an edit begins with. */
  readonly single: PoolDraft | null;
}

/** The pools of a share; the plain evaluator settles those that are unusual. Fills `settled` as it goes. */
export function shareOutcome(
  m: Machine,
  id: number,
  settled: Map<number | null, ShareResult>,
  plain: () => Evaluator,
): ShareOutcome {
  const share = m.program.shares[id];
  if (share === undefined) throw new RangeError(`no share ${id}`);
  const drafts = poolsOf(m, id, share);
  for (const { of, result } of drafts ?? []) if (result !== null) settled.set(of, result);
  const list: ShareResult[] = [];
  const faults: Fault[] = [];
  const outcome = drafts === null ? plain().pools(id) : drafts.map(({ of }) => of);
  if (!Array.isArray(outcome)) faults.push(outcome as Fault);
  else
    for (const of of outcome as readonly (number | null)[]) {
      const known = settled.get(of);
      if (known !== undefined) {
        list.push(known);
        continue;
      }
      const answer = plain().share(id, of);
      if ('kind' in answer) faults.push(...answer.faults);
      else {
        settled.set(of, answer);
        list.push(answer);
      }
    }
  const [first] = drafts ?? [];
  const single = first?.of === null && first.result !== null ? first : null;
  return { shared: sharedBy(m, id, drafts, settled), settled, list, faults, single };
}

/** What the pools of a share come to for its members and its rest. */
function sharedBy(
  m: Machine,
  id: number,
  drafts: readonly PoolDraft[] | null,
  settled: ReadonlyMap<number | null, ShareResult>,
): Shared {
  const share = m.program.shares[id];
  const total = m.workbook.tables[share?.table ?? -1]?.rows ?? 0;
  const member = new Uint8Array(total);
  if (share === undefined || drafts === null)
    return { member: member.fill(2), money: constant('ask'), tags: null, rest: constant('ask') };
  /** Units by row while all pools have one unit, money where they don't. */
  const unit = drafts[0]?.result?.unit ?? m.program.unit;
  const same = drafts.every(
    ({ result }) => result === null || (result.unit.n === unit.n && result.unit.d === unit.d),
  );
  const units = new Float64Array(total);
  const money: (Rational | undefined)[] = same ? [] : new Array(total).fill(undefined);
  let most = 0;
  for (const { members, result, divided } of drafts) {
    if (members === null) {
      member.fill(2);
      break;
    }
    for (let k = 0; k < members.length; k++) {
      const row = members[k] ?? 0;
      if (result === null) member[row] = 2;
      else if (member[row] === 0) member[row] = 1;
      const sum = (units[row] ?? 0) + Number(divided?.due(k) ?? 0);
      if (sum > most) most = sum;
      units[row] = sum;
    }
  }
  const vec = same && most <= SAFE ? inMoney(() => units, most, unit) : null;
  const rest = restOf(m, share.each?.table ?? null, drafts, settled);
  if (vec !== null) return { member, money: vec, tags: tagsOf(member), rest };
  for (const { members, result, divided } of drafts) {
    if (members === null || result === null) continue;
    members.forEach((row, k) => {
      money[row] = add(money[row] ?? ZERO, multiply({ n: BigInt(divided?.due(k) ?? 0), d: 1n }, result.unit));
    });
  }
  const cells = Array.from({ length: total }, (_, row): Cell => numberValue(money[row] ?? integer(0)));
  return { member, money: fromCells(cells), tags: null, rest };
}

/** Whole units, none above `most`, as money (the same array where a unit needs no factor); null where it does not fit into doubles. */
export function inMoney(units: () => Float64Array, most: number, unit: Rational): Vec | null {
  const p = fitNumber({ n: unit.n, d: 1n }, 1);
  const q = Number(unit.d);
  if (!(most * p <= SAFE && q <= SAFE)) return null;
  const data = p === 1 ? units : () => units().map((whole) => whole * p);
  return lazyVec({ kind: 'number', den: q, bound: most * p }, data);
}

function tagsOf(member: Uint8Array): Uint8Array | null {
  const tags = new Uint8Array(member.length);
  for (let row = 0; row < tags.length; row++) {
    if (member[row] === 2) return null;
    tags[row] = member[row] === 1 ? Tag.PLAIN : Tag.BLANK;
  }
  return tags;
}

function restOf(
  m: Machine,
  table: number | null,
  drafts: readonly PoolDraft[],
  settled: ReadonlyMap<number | null, ShareResult>,
): Vec {
  const cell = (of: number | null): Cell => {
    const result = settled.get(of);
    return result === undefined ? 'ask' : numberValue(result.unallocated);
  };
  if (table === null) return constant(cell(null));
  const cells: Cell[] = new Array(m.workbook.tables[table]?.rows ?? 0).fill('ask');
  for (const { of } of drafts) if (of !== null) cells[of] = cell(of);
  return fromCells(cells);
}
