import { compareKeys } from '../../engine/plain/values.ts';
import type { ShareMember, ShareResult } from '../../engine/results.ts';
import { exactText } from '../../exact/decimal.ts';
import { add, compare, floorInteger, type Rational, rational, subtract, ZERO } from '../../exact/rational.ts';
import { keyValue } from '../../report/values.ts';
import type { Program } from '../../rules/program.ts';
import type { Workbook } from '../../workbook/port.ts';
import type { CutOff, ShareFigure } from './form.ts';

/** What of a pool's `CutOff` is the same for all its members; `rows`: of those that are tied, smaller keys first. */
interface Cut {
  readonly fraction: Rational;
  readonly above: number;
  readonly tied: number;
  readonly extra: number;
  readonly rows: readonly number[];
}

/** Where rows of the run are in a statement, by table. */
type RowsAt = readonly ReadonlyMap<number, number>[];

/**
 * What statements tell of the pools of a run, the others in them as counts and sums. `person`: the row of the member
 * whose statement it is, null for one who is no member.
 */
export function shareFigures(
  program: Program,
  workbook: Workbook,
): (result: ShareResult, person: number | null, at: RowsAt) => ShareFigure {
  const cuts = new WeakMap<ShareResult, Cut | null>();
  return shareFigure;

  function shareFigure(result: ShareResult, person: number | null, at: RowsAt): ShareFigure {
    const { pool, unit, settled, shared, unallocated, level, members, of } = result;
    const each = program.shares[result.share]?.each ?? null;
    const open = members.filter(({ by }) => by === 'quota' || by === 'remainder');
    const sum = (list: readonly ShareMember[]): Rational =>
      list.reduce((total, { weight }) => add(total, weight), ZERO);
    const mine = person === null ? undefined : members.find((member) => member.row === person);
    return {
      share: result.share,
      name: program.shares[result.share]?.name ?? '',
      of: of === null || each === null ? null : [each.table, at[each.table]?.get(of) ?? -1],
      pool: exactText(pool),
      unit: exactText(unit),
      settled: exactText(settled),
      shared: exactText(shared),
      unallocated: exactText(unallocated),
      level: level === null ? null : exactText(level),
      members: members.length,
      weights: exactText(sum(members)),
      open: {
        members: open.length,
        weights: exactText(sum(open)),
        units: open.reduce((total, { units }) => total + units, 0n).toString(),
      },
      cutOff: cutOff(result, mine),
      member:
        mine === undefined
          ? null
          : {
              weight: exactText(mine.weight),
              floor: mine.floor?.toString() ?? null,
              cap: mine.cap?.toString() ?? null,
              quota: mine.quota === null ? null : exactText(mine.quota),
              units: mine.units.toString(),
              by: mine.by,
            },
    };
  }

  function cutOff(result: ShareResult, mine: ShareMember | undefined): CutOff | null {
    let cut = cuts.get(result);
    if (cut === undefined) {
      cut = cutOf(result);
      cuts.set(result, cut);
    }
    if (cut === null) return null;
    const { fraction, above, tied, extra, rows } = cut;
    const place = mine === undefined ? -1 : rows.indexOf(mine.row);
    return { fraction: exactText(fraction), above, tied, extra, place: place < 0 ? null : place + 1 };
  }

  function cutOf({ share, members }: ShareResult): Cut | null {
    const table = program.shares[share]?.table ?? 0;
    const rest = members.flatMap(({ row, quota, by }) =>
      quota === null ? [] : [{ row, by, fraction: subtract(quota, rational(floorInteger(quota))) }],
    );
    const last = rest
      .filter(({ by }) => by === 'remainder')
      .map(({ fraction }) => fraction)
      .reduce(
        (least: Rational | null, one) => (least === null || compare(one, least) < 0 ? one : least),
        null,
      );
    if (last === null) return null;
    const tied = rest
      .filter(({ fraction }) => compare(fraction, last) === 0)
      .map(({ row, by }) => ({ row, by, key: keyValue(program, workbook, table, row) }))
      .sort((a, b) => (a.key.kind === 'blank' || b.key.kind === 'blank' ? 0 : compareKeys(a.key, b.key)));
    return {
      fraction: last,
      above: rest.filter(({ fraction }) => compare(fraction, last) > 0).length,
      tied: tied.length,
      extra: tied.filter(({ by }) => by === 'remainder').length,
      rows: tied.map(({ row }) => row),
    };
  }
}
