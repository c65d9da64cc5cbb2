import type { Expression, Name, RuleFile, Span } from '../../grammar/tree.ts';
import { foldName } from '../../grammar/tree.ts';
import { displayText } from '../exact/decimal.ts';
import { add, equal, ONE, type Rational, rational } from '../exact/rational.ts';
import type { Workbook } from '../workbook/port.ts';
import { bandShape } from './bands.ts';
import { functionName } from './calls.ts';
import { type Compiler, createCompiler } from './compile.ts';
import type {
  BandVersion,
  ColumnVersion,
  Declarations,
  Each,
  ScalarVersion,
  ShareVersion,
} from './declare.ts';
import { numberOf } from './literals.ts';
import type { Band, Check, ComputedColumn, Definition, Expr, Program, Scalar, Share } from './program.ts';
import type { Reporter } from './report.ts';
import type { Schema } from './schema.ts';
import { aggregateScope, type Globals, noRows, rowScope, type Scope } from './scope.ts';
import { checkVersions, inForce } from './versions.ts';

const HUNDRED = rational(100n);
const CENT = rational(1n, 100n);

/** A program whose nodes are not in order yet, with the names that its parts were defined by (for problems). */
export interface Linked {
  readonly program: Omit<Program, 'order'>;
  readonly spans: {
    readonly tables: readonly (Span | null)[];
    readonly scalars: readonly Span[];
    readonly bands: readonly Span[];
    readonly columns: readonly Span[];
    readonly shares: readonly Span[];
  };
}

/** Picks the versions in force, resolves every name, and reports what is wrong, in force or not. */
export function link(
  file: RuleFile,
  declared: Declarations,
  workbook: Workbook,
  schema: Schema,
  asOf: number,
  reporter: Reporter,
): Linked {
  const brokenBodies = new Set(file.brokenBodies);
  const named = new Set(declared.named);

  // Which versions are in force, and their ids.
  const groups = declared.columns.map((group) => ({
    ...group,
    current: group.versions.map((versions) => {
      checkVersions(versions, reporter);
      return inForce(versions, asOf);
    }),
  }));
  const currentShares = new Set<ShareVersion>();
  for (const group of groups)
    for (const version of group.current) if (version?.kind === 'share') currentShares.add(version.share);
  const shareVersions = declared.shares.filter((share) => currentShares.has(share));
  const shareIds = new Map(shareVersions.map((share, id) => [share, id]));

  const scalars = [...declared.scalars].map(([folded, versions]) => ({
    folded,
    versions,
    current: restInForce(pick(versions)),
  }));
  const bands = [...declared.bands].map(([folded, versions]) => ({
    folded,
    versions,
    current: pick(versions),
  }));
  const scalarsInForce = scalars.flatMap(({ current }) => current ?? []);
  const bandsInForce = bands.flatMap(({ current }) => current ?? []);
  const columnsInForce = groups.filter((group) => group.current.some((v) => restInForce(v) !== null));
  checkNames();

  const globals: Globals = {
    scalars: idsOf(scalars, scalarsInForce),
    bands: idsOf(bands, bandsInForce),
    columns: workbook.tables.map((_, table) => {
      const ids = new Map<string, number | null>();
      for (const group of groups) {
        if (group.table !== table) continue;
        const id = columnsInForce.indexOf(group);
        ids.set(foldName(group.name.text), id < 0 ? null : id);
      }
      return ids;
    }),
    broken: new Set(file.brokenNames.map((name) => foldName(name.text))),
    spelling: new Map(
      [
        ...scalars.map(({ versions }) => versions[0]?.name),
        ...bands.map(({ versions }) => versions[0]?.name),
        ...groups.map((group) => group.name),
      ].flatMap((name) => (name === undefined ? [] : [[foldName(name.text), name.text] as const])),
    ),
  };
  const compiler = createCompiler(workbook, schema, globals, asOf, reporter, (table) => named.add(table));
  const whereOf = sharedWheres(compiler);

  function pick<T extends ScalarVersion | BandVersion>(versions: readonly T[]): T | null {
    checkVersions(versions, reporter);
    return inForce(versions, asOf);
  }

  /** What a share left over exists only with the share. */
  function restInForce<T extends ScalarVersion | ColumnVersion>(version: T | null): T | null {
    return version?.kind === 'rest' && !currentShares.has(version.share) ? null : version;
  }

  function checkNames(): void {
    for (const { folded, versions } of bands) {
      const [first] = versions;
      if (first === undefined) continue;
      if (functionName(first.name.text) !== null)
        reporter.error(first.name.span, { code: 'duplicate-name', name: first.name.text, other: 'function' });
      const [scalar] = declared.scalars.get(folded) ?? [];
      if (scalar === undefined) continue;
      const [earlier, later] =
        scalar.name.span.line < first.name.span.line ? [scalar, first] : [first, scalar];
      reporter.error(later.name.span, {
        code: 'duplicate-name',
        name: later.name.text,
        other: 'rule',
        first: reporter.place(earlier.name.span),
      });
    }
    for (const group of groups) {
      const name = group.name.text;
      const reserved = foldName(name) === 'key';
      if (!reserved && schema.column(group.table, name) < 0) continue;
      const other = reserved ? 'reserved' : 'sheet column';
      for (const { name: defined } of group.versions.flat())
        reporter.error(defined.span, { code: 'duplicate-name', name: defined.text, other });
    }
  }

  function shareScopes(share: ShareVersion, current: boolean): { pool: Scope; member: Scope } {
    if (share.each === null) {
      const member = aggregateScope(noRows(current), share.table);
      return { pool: noRows(current), member: { ...member, thisRow: member.rows[0] ?? null } };
    }
    const pool = { ...rowScope(share.each.table, current), rank: false };
    return { pool, member: aggregateScope(pool, share.table) };
  }

  function compileShare(share: ShareVersion, current: boolean): Share {
    const { pool, member } = shareScopes(share, current);
    const { statement } = share;
    const lines = new Map<string, Expr>();
    for (const line of statement.body) {
      if (line.kind === 'blankLine' || line.kind === 'comment' || line.kind === 'rest') continue;
      if (lines.has(line.kind)) {
        reporter.error(line.span, { code: 'syntax', reason: 'unexpected', found: line.kind });
        continue;
      }
      lines.set(line.kind, compiler.compile(line.value, line.kind === 'shareUnit' ? pool : member));
    }
    return {
      name: share.name.text,
      at: reporter.place(share.name.span),
      table: share.table,
      each: share.each === null ? null : { table: share.each.table, where: whereOf(share.each, current) },
      memberLevel: share.each === null ? 0 : 1,
      pool: compiler.compile(statement.pool, pool),
      where: compiler.maybe(statement.where, member),
      weight: compiler.compile(statement.weight, member),
      floor: lines.get('floor') ?? null,
      cap: lines.get('cap') ?? null,
      unit: lines.get('shareUnit') ?? null,
    };
  }

  function definition(version: ColumnVersion, table: number, current: boolean): Definition | null {
    const scope = rowScope(table, current);
    const at = reporter.place(version.name.span);
    switch (version.kind) {
      case 'rule':
        return {
          kind: 'rule',
          where: whereOf({ table, where: version.where }, current),
          value: compiler.compile(version.rule.value, scope),
          at,
        };
      case 'score': {
        const { score } = version;
        const lines = score.body.flatMap((line) =>
          line.kind === 'scoreLine'
            ? [{ weight: numberOf(line.weight, reporter), value: compiler.compile(line.value, scope) }]
            : [],
        );
        checkWeights(
          version.name,
          lines.map((line) => line.weight),
          brokenBodies.has(score.span.line),
        );
        return {
          kind: 'score',
          where: whereOf({ table, where: score.where }, current),
          scale: score.outOf === null ? HUNDRED : numberOf(score.outOf, reporter),
          skipBlank: score.skipBlank,
          lines,
          at,
        };
      }
      case 'statement': {
        const { statement } = version;
        return {
          kind: 'statement',
          where: whereOf({ table, where: statement.where }, current),
          components: statement.body.flatMap((line) =>
            line.kind === 'component'
              ? [
                  {
                    sign: line.sign,
                    value: compiler.compile(line.value, scope),
                    label: line.label?.value ?? null,
                  },
                ]
              : [],
          ),
          at,
        };
      }
      case 'share':
      case 'rest': {
        const share = shareIds.get(version.share);
        return share === undefined ? null : { kind: version.kind, share, at };
      }
      default: {
        const never: never = version;
        return never;
      }
    }
  }

  function checkWeights(name: Name, weights: readonly Rational[], incomplete: boolean): void {
    const total = weights.reduce(add, rational(0n));
    if (incomplete || equal(total, ONE)) return;
    const percent = displayText(rational(total.n * 100n, total.d));
    reporter.error(name.span, { code: 'weights-not-100', name: name.text, total: `${percent}%` });
  }

  function compileBand({ band, name }: BandVersion, current: boolean): Band {
    const shape = bandShape(band, !brokenBodies.has(band.span.line), reporter);
    const scope = noRows(current);
    return {
      name: name.text,
      at: reporter.place(name.span),
      marginal: band.marginal,
      of: shape.of,
      lines: shape.tests.map(({ test, line }) => ({
        test,
        value: compiler.compile(line.value, scope),
        at: reporter.place(line.span),
      })),
    };
  }

  function scalarOf(version: ScalarVersion): Scalar {
    const base = { name: version.name.text, at: reporter.place(version.name.span) };
    return version.kind === 'rule'
      ? { ...base, source: { kind: 'rule', value: compiler.compile(version.rule.value, noRows(true)) } }
      : { ...base, source: { kind: 'rest', share: shareIds.get(version.share) ?? 0 } };
  }

  // Versions that are not in force are read too, for what is wrong in them.
  for (const { versions, current } of scalars)
    for (const version of versions)
      if (version !== current && version.kind === 'rule') compiler.compile(version.rule.value, noRows(false));
  for (const { versions, current } of bands)
    for (const version of versions) if (version !== current) compileBand(version, false);
  for (const share of declared.shares) if (!currentShares.has(share)) compileShare(share, false);
  for (const group of groups)
    group.versions.forEach((versions, i) => {
      for (const version of versions)
        if (version !== group.current[i]) definition(version, group.table, false);
    });

  const columns: ComputedColumn[] = columnsInForce.map((group) => ({
    table: group.table,
    name: group.name.text,
    at: reporter.place(group.name.span),
    definitions: group.current.flatMap((version) => {
      const current = restInForce(version);
      return (current === null ? null : definition(current, group.table, true)) ?? [];
    }),
  }));
  const checks: Check[] = declared.checks.map(({ statement, each }) => ({
    each: each === null ? null : { table: each.table, where: whereOf(each, true) },
    condition: compiler.compile(
      statement.condition,
      each === null ? noRows(true) : rowScope(each.table, true),
    ),
    message: statement.message?.value ?? null,
  }));
  const shares = shareVersions.map((share) => compileShare(share, true));
  const scalarPrograms = scalarsInForce.map(scalarOf);
  const bandPrograms = bandsInForce.map((band) => compileBand(band, true));
  const tables = workbook.tables.map((table, index) => {
    const statement = declared.tables.get(index);
    const scope = { ...rowScope(index, true), sheetOnly: index, rank: false };
    const key = statement?.key == null ? 0 : sheetColumn(index, statement.key, scope);
    const where = compiler.maybe(statement?.where ?? null, scope);
    const references = (statement?.body ?? []).flatMap((line) => {
      if (line.kind !== 'reference') return [];
      const target = schema.table(line.table.text);
      const column = sheetColumn(index, line.column, scope);
      return target < 0 || column < 0 ? [] : [{ column, table: target, at: reporter.place(line.span) }];
    });
    return {
      name: table.name,
      named: false,
      key: Math.max(0, key),
      where,
      at: statement === undefined ? null : reporter.place(statement.table.span),
      references,
      columns: columns.flatMap((column, id) => (column.table === index ? [id] : [])),
    };
  });

  /** A column that must be one of the sheet; reported where it isn't. */
  function sheetColumn(table: number, name: Name, scope: Scope): number {
    const index = schema.column(table, name.text);
    if (index < 0) compiler.compile({ kind: 'thisRow', column: name.text, span: name.span }, scope);
    return index;
  }

  const unit = declared.unit === null ? CENT : numberOf(declared.unit, reporter);
  if (declared.unit !== null && unit.n === 0n)
    reporter.error(declared.unit.span, { code: 'division-by-zero' });

  return {
    program: {
      asOf,
      unit,
      tables: tables.map((table, index) => ({ ...table, named: named.has(index) })),
      scalars: scalarPrograms,
      bands: bandPrograms,
      columns,
      shares,
      checks,
    },
    spans: {
      tables: workbook.tables.map((_, index) => declared.tables.get(index)?.table.span ?? null),
      scalars: scalarsInForce.map((scalar) => scalar.name.span),
      bands: bandsInForce.map((band) => band.name.span),
      columns: columnsInForce.map((group) => firstSpan(group.current, restInForce) ?? group.name.span),
      shares: shareVersions.map((share) => share.name.span),
    },
  };
}

const firstSpan = (
  versions: readonly (ColumnVersion | null)[],
  inForceNow: (version: ColumnVersion | null) => ColumnVersion | null,
): Span | undefined => versions.flatMap((version) => inForceNow(version)?.name.span ?? [])[0];

/** An `each` has one condition for all its rules: resolved once, so that it is evaluated once. */
function sharedWheres(compiler: Compiler): (each: Each, current: boolean) => Expr | null {
  const found = new Map<string, Map<Expression, Expr>>();
  return ({ table, where }, current) => {
    if (where === null) return null;
    const id = `${table} ${current}`;
    const known = found.get(id) ?? new Map<Expression, Expr>();
    found.set(id, known);
    const expr = known.get(where) ?? compiler.compile(where, rowScope(table, current));
    known.set(where, expr);
    return expr;
  };
}

function idsOf<T>(
  all: readonly { readonly folded: string; readonly current: T | null }[],
  inForceNow: readonly T[],
): ReadonlyMap<string, number | null> {
  return new Map(
    all.map(({ folded, current }) => [folded, current === null ? null : inForceNow.indexOf(current)]),
  );
}
