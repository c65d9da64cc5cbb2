import type { Results, ShareMember, ShareResult } from '../engine/results.ts';
import { displayText, exactText } from '../exact/decimal.ts';
import { add, multiply, type Rational, rational, toDouble, ZERO } from '../exact/rational.ts';
import { foldText } from '../exact/value.ts';
import { keyHeading, keyText } from '../report/values.ts';
import type { Program } from '../rules/program.ts';
import type { Workbook } from '../workbook/port.ts';
import type { CellPlace, ShareName, ShareSummary } from './protocol.ts';
import { labelsOf } from './shareLabels.ts';
import type { ShareView } from './views.ts';

/** One line a pool, in the order of the results; money as plain decimals. */
export function shareSummaries(
  program: Program,
  workbook: Workbook,
  results: Results,
): readonly ShareSummary[] {
  const several = severalShares(program);
  return results.shares.map((result) => {
    const nth = several.get(result.share);
    return { ...nameOf(program, workbook, result, nth), ...summaryOf([result]) };
  });
}

/**
 * A pool with its members, or null where there is none of that name. Where the name fits several pools (`of` is null
 * and the share stands in an `each`, or several shares give the column and `nth` is left out) they are shown
 * together: amounts added up, no level, the pool as the first label, one line for each membership, by row.
 * The results are those of a run without errors.
 */
export function shareView(
  program: Program,
  workbook: Workbook,
  results: Results,
  share: ShareName,
): ShareView | null {
  const pools = poolsOf(program, workbook, results, share);
  const [first] = pools;
  if (first === undefined) return null;
  const together = pools.length > 1;
  const lines = membershipsOf(pools);
  const table = program.shares[first.share]?.table ?? -1;
  const columns = columnsOf(lines);
  return {
    ...(together ? plainName(program, first, share) : nameOf(program, workbook, first, share.nth)),
    ...summaryOf(pools),
    unit: exactText(first.unit),
    level: together || first.level === null ? null : displayText(first.level),
    keys: lines.map(({ member }) => keyText(program, workbook, table, member.row)),
    labels: labelsOf(
      program,
      workbook,
      results,
      table,
      lines.map(({ member }) => member.row),
      together ? poolLabel(program, workbook, lines) : null,
    ),
    ...columns,
    cells: lines.map(({ member }) => keyCell(program, workbook, table, member.row)),
  };
}

/** The pools that a name fits, in the order of the results. */
export function poolsOf(
  program: Program,
  workbook: Workbook,
  results: Results,
  share: ShareName,
): readonly ShareResult[] {
  const several = severalShares(program);
  return results.shares.filter((result) => {
    const name = nameOf(program, workbook, result, several.get(result.share));
    return (
      foldText(name.name) === foldText(share.name) &&
      foldText(name.table) === foldText(share.table) &&
      (share.of === null || (name.of !== null && foldText(name.of) === foldText(share.of))) &&
      (share.nth === undefined || (name.nth ?? 0) === share.nth)
    );
  });
}

/** Indexes of the program's shares that a name fits. */
export function sharesOf(program: Program, share: ShareName): readonly number[] {
  const several = severalShares(program);
  return program.shares.flatMap(({ name, table }, id) => {
    const fits =
      foldText(name) === foldText(share.name) &&
      foldText(program.tables[table]?.name ?? '') === foldText(share.table) &&
      (share.nth === undefined || (several.get(id) ?? 0) === share.nth);
    return fits ? [id] : [];
  });
}

/** What a member received, in money. */
export function amountOf(member: ShareMember, { unit }: ShareResult): Rational {
  return multiply(rational(member.units), unit);
}

/** Which of the shares that give the same column each is; shares that are the only one of theirs are left out. */
function severalShares(program: Program): ReadonlyMap<number, number> {
  const groups = new Map<string, number[]>();
  for (const [id, { name, table }] of program.shares.entries()) {
    const column = `${table} ${foldText(name)}`;
    groups.set(column, [...(groups.get(column) ?? []), id]);
  }
  return new Map(
    [...groups.values()].filter((ids) => ids.length > 1).flatMap((ids) => ids.map((id, nth) => [id, nth])),
  );
}

function nameOf(
  program: Program,
  workbook: Workbook,
  result: ShareResult,
  nth: number | undefined,
): ShareName {
  const share = program.shares[result.share];
  const of =
    share === undefined || share.each === null || result.of === null
      ? null
      : keyText(program, workbook, share.each.table, result.of);
  return {
    name: share?.name ?? '',
    table: program.tables[share?.table ?? -1]?.name ?? '',
    of,
    ...(nth === undefined ? {} : { nth }),
  };
}

function plainName(program: Program, result: ShareResult, { of, nth }: ShareName): ShareName {
  const share = program.shares[result.share];
  const table = program.tables[share?.table ?? -1]?.name ?? '';
  return { name: share?.name ?? '', table, of, ...(nth === undefined ? {} : { nth }) };
}

function summaryOf(pools: readonly ShareResult[]): Omit<ShareSummary, keyof ShareName> {
  const sum = (part: (pool: ShareResult) => Rational): string =>
    exactText(pools.reduce((total, pool) => add(total, part(pool)), ZERO));
  return {
    pool: sum(({ pool }) => pool),
    settled: sum(({ settled }) => settled),
    shared: sum(({ shared }) => shared),
    unallocated: sum(({ unallocated }) => unallocated),
    members: pools.reduce((count, { members }) => count + members.length, 0),
  };
}

interface Membership {
  readonly member: ShareMember;
  readonly pool: ShareResult;
}

/** By row; a row that is in several pools has its lines in the order of the pools. */
function membershipsOf(pools: readonly ShareResult[]): readonly Membership[] {
  const lines = pools.flatMap((pool) => pool.members.map((member) => ({ member, pool })));
  return pools.length === 1 ? lines : lines.sort((a, b) => a.member.row - b.member.row);
}

function columnsOf(lines: readonly Membership[]) {
  const money = (units: bigint | null, { unit }: ShareResult): string =>
    units === null ? '' : exactText(multiply(rational(units), unit));
  const amounts = lines.map(({ member, pool }) => amountOf(member, pool));
  return {
    weights: lines.map(({ member }) => displayText(member.weight)),
    weightNumbers: Float64Array.from(lines, ({ member }) => toDouble(member.weight)),
    quotas: lines.map(({ member, pool }) =>
      member.quota === null ? '' : displayText(multiply(member.quota, pool.unit)),
    ),
    floors: lines.map(({ member, pool }) => money(member.floor, pool)),
    caps: lines.map(({ member, pool }) => money(member.cap, pool)),
    by: lines.map(({ member }) => member.by),
    amounts: amounts.map(exactText),
    amountNumbers: Float64Array.from(amounts, toDouble),
  };
}

/** The key of the pool's row, or the share's place among those of the same column. */
function poolLabel(program: Program, workbook: Workbook, lines: readonly Membership[]) {
  const each = program.shares[lines[0]?.pool.share ?? -1]?.each ?? null;
  const several = severalShares(program);
  return {
    heading: each === null ? '#' : keyHeading(program, workbook, each.table),
    texts: lines.map(
      ({ pool }) =>
        nameOf(program, workbook, pool, undefined).of ?? String((several.get(pool.share) ?? 0) + 1),
    ),
  };
}

function keyCell(program: Program, workbook: Workbook, table: number, row: number): CellPlace {
  const sheet = workbook.tables[table];
  return {
    kind: 'cell',
    sheet: sheet?.sheet ?? '',
    row: sheet?.sheetRows[row] ?? 0,
    column: sheet?.columns[program.tables[table]?.key ?? 0]?.column ?? 0,
  };
}
