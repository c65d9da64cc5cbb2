import type { Figure, Known } from '../../engine/plain/known.ts';
import { lineKey } from '../../engine/plain/machine.ts';
import type { Env } from '../../engine/plain/reading.ts';
import { nodeExpressions, some } from '../../engine/plain/walk.ts';
import type { ShareMember, ShareResult } from '../../engine/results.ts';
import type { SheetColumn } from '../../exact/column.ts';
import { columnBuilder } from '../../exact/columnBuilder.ts';
import { ONE, type Rational, ZERO } from '../../exact/rational.ts';
import { BLANK, type Value } from '../../exact/value.ts';
import type { Place } from '../../problems/problem.ts';
import type { Expr, Program } from '../../rules/program.ts';
import type { SheetTable, TableColumn, Workbook } from '../../workbook/port.ts';
import { fieldValue } from '../canonical.ts';
import { type Content, type ExpressionFigure, type Places, rulePlaces, type ShareFigure } from './form.ts';
import { levelsRead } from './owners.ts';

/** The workbook that a statement carries: every table with its headings, and only the rows and cells that were read. */
export function smallBook(content: Pick<Content, 'tables' | 'names'>, places: Places): Workbook {
  const blanks = new Map<number, SheetColumn>();
  const blank = (rows: number): SheetColumn => {
    let column = blanks.get(rows);
    if (column === undefined) {
      column = filled([], rows);
      blanks.set(rows, column);
    }
    return column;
  };
  return {
    tables: content.tables.map(({ name, headings, rows }, t): SheetTable => {
      const at = places.tables[t];
      const cells: (readonly [row: number, field: string])[][] = headings.map(() => []);
      rows.forEach((row, r) => {
        for (const [column, field] of row.cells) cells[column]?.push([r, field]);
      });
      return {
        name,
        sheet: at?.sheet ?? name,
        columns: headings.map((heading, c): TableColumn => {
          const list = cells[c] ?? [];
          return {
            heading,
            column: at?.columns[c] ?? c + 1,
            data: list.length === 0 ? blank(rows.length) : filled(list, rows.length),
          };
        }),
        rows: rows.length,
        sheetRows: Uint32Array.from(at?.rows ?? []),
        headingRow: at?.headingRow ?? 1,
      };
    }),
    names: content.names.map(([name, field], i) => {
      const [sheet, row, column] = places.names[i] ?? ['', 0, 0];
      return { name, sheet, row, column, value: fieldValue(field) };
    }),
    // Whoever needs the rules has them; a machine that is made for one person after another would index them each time.
    rules: [],
    hasRules: true,
    problems: [],
  };
}

function filled(cells: readonly (readonly [row: number, field: string])[], rows: number): SheetColumn {
  const builder = columnBuilder(rows);
  let next = 0;
  for (const [row, field] of cells) {
    for (; next < row; next++) builder.blank();
    next++;
    const value = fieldValue(field);
    if (value === null) builder.error(field.slice(2));
    else put(builder, value, field);
  }
  for (; next < rows; next++) builder.blank();
  return builder.finish();
}

function put(builder: ReturnType<typeof columnBuilder>, value: Value, field: string): void {
  switch (value.kind) {
    case 'blank':
      builder.blank();
      return;
    case 'number':
      // A cell's number ends.
      if (!builder.decimal(field.slice(2), false)) builder.error('#NUM!');
      return;
    case 'text':
      builder.text(value.value);
      return;
    case 'date':
      builder.date(Number(value.ms.n));
      return;
    case 'logical':
      builder.logical(value.value);
      return;
    default: {
      value satisfies never;
    }
  }
}

/** The expressions of a program by where they stand; several may stand at one place, as a condition of many rules does. */
export type Standing = ReadonlyMap<string, readonly Expr[]>;

export function standingOf(program: Program): Standing {
  const found = new Map<string, Expr[]>();
  const add = (expr: Expr): void => {
    some(expr, (part) => {
      const name = placeKey(part.at);
      const list = found.get(name);
      if (list === undefined) found.set(name, [part]);
      else if (!list.includes(part)) list.push(part);
      return false;
    });
  };
  for (const node of program.order) for (const expr of nodeExpressions(program, node)) add(expr);
  for (const { lines } of program.bands) for (const { value } of lines) add(value);
  return found;
}

export function placeKey(at: Place): string {
  return at.kind === 'rule' ? `${lineKey(at.line)} ${at.start} ${at.end}` : '';
}

/** The figures of a statement as the evaluator takes them. They may grow while it is being made. */
export interface Given extends Known {
  readonly figures: Figures;
}

export interface Figures {
  readonly scalars: Map<number, Value>;
  /** By `column row`. */
  readonly columns: Map<string, Value>;
  readonly expressions: Map<Expr, { readonly levels: readonly number[]; readonly by: Map<string, Figure> }>;
  readonly shares: Map<string, ShareResult>;
  /** Rows of each table that everybody may look up: they count, whatever their cells say. */
  readonly shared: readonly ReadonlySet<number>[];
}

export function given(figures: Figures): Given {
  return {
    figures,
    scalar: (id) => figures.scalars.get(id),
    cell: (column, row) => figures.columns.get(`${column} ${row}`),
    counts: (table, row) => (figures.shared[table]?.has(row) === true ? true : undefined),
    share: (id, of) => figures.shares.get(`${id} ${of}`) ?? nobodysShare(id, of),
    figure(expr, env) {
      const found = figures.expressions.get(expr);
      return found === undefined ? undefined : found.by.get(aroundKey(found.levels, env));
    },
  };
}

/** A pool that the person has no part in: nothing of it is told. */
function nobodysShare(share: number, of: number | null): ShareResult {
  const none = { pool: ZERO, settled: ZERO, shared: ZERO, unallocated: ZERO };
  return { share, of, unit: ONE, ...none, members: [], level: null };
}

function aroundKey(levels: readonly number[], env: Env): string {
  let key = '';
  for (const level of levels) key += `${level} ${env.tables[level] ?? 0} ${env.rows[level] ?? 0} `;
  return key;
}

/** Puts a figure of an expression in. */
export function giveExpression(
  figures: Figures,
  exprs: readonly Expr[],
  { around, value, rows, blank }: Pick<ExpressionFigure, 'around' | 'value' | 'rows' | 'blank'>,
): void {
  const key = around.map((one) => `${one.join(' ')} `).join('');
  for (const expr of exprs) {
    let at = figures.expressions.get(expr);
    if (at === undefined) {
      at = { levels: around.map(([level]) => level), by: new Map() };
      figures.expressions.set(expr, at);
    }
    at.by.set(key, { value: fieldValue(value) ?? BLANK, rows, blank });
  }
}

/** The levels around an expression that say which figure is its. */
export function aroundOf(expr: Expr, env: Env): ExpressionFigure['around'] {
  const base = expr.op === 'aggregate' || expr.op === 'rank' ? expr.level : env.rows.length;
  return levelsRead(expr, base).map((level) => [level, env.tables[level] ?? 0, env.rows[level] ?? 0]);
}

export function shareResult(figure: ShareFigure, row: number): ShareResult {
  const { member, of } = figure;
  const members: ShareMember[] =
    member === null
      ? []
      : [
          {
            row,
            weight: exact(member.weight),
            floor: member.floor === null ? null : BigInt(member.floor),
            cap: member.cap === null ? null : BigInt(member.cap),
            quota: member.quota === null ? null : exact(member.quota),
            units: BigInt(member.units),
            by: member.by,
          },
        ];
  return {
    share: figure.share,
    of: of === null ? null : of[1],
    pool: exact(figure.pool),
    unit: exact(figure.unit),
    settled: exact(figure.settled),
    shared: exact(figure.shared),
    unallocated: exact(figure.unallocated),
    members,
    level: figure.level === null ? null : exact(figure.level),
  };
}

/** A number of an exact text; 0 where it is none. */
export function exact(text: string): Rational {
  const value = fieldValue(`n:${text}`);
  return value?.kind === 'number' ? value.value : ZERO;
}

/** All figures of a statement. */
export function figuresOf(content: Content, program: Program, places: Places, standing: Standing): Figures {
  const figures: Figures = {
    scalars: new Map(),
    columns: new Map(),
    expressions: new Map(),
    shares: new Map(),
    shared: content.tables.map(
      ({ rows }) => new Set(rows.flatMap(({ own }, row) => (own === 0 ? [row] : []))),
    ),
  };
  const person = personRow(content);
  for (const { name, value } of content.scalars) {
    const id = program.scalars.findIndex((scalar) => scalar.name === name);
    if (id >= 0) figures.scalars.set(id, fieldValue(value) ?? BLANK);
  }
  for (const { table, row, column, value } of content.columns) {
    const id = program.tables[table]?.columns.find((one) => program.columns[one]?.name === column);
    if (id !== undefined) figures.columns.set(`${id} ${row}`, fieldValue(value) ?? BLANK);
  }
  const lines = rulePlaces(places);
  for (const figure of content.figures) {
    const line = lines[figure.line];
    if (line === undefined) continue;
    const name = `${lineKey(line)} ${figure.start} ${figure.end}`;
    const depth = figure.around.map(([level]) => level).join(' ');
    const exprs = (standing.get(name) ?? []).filter((expr) => {
      const base = expr.op === 'aggregate' || expr.op === 'rank' ? expr.level : 2;
      return levelsRead(expr, base).join(' ') === depth;
    });
    giveExpression(figures, exprs, figure);
  }
  for (const figure of content.shares)
    figures.shares.set(`${figure.share} ${figure.of?.[1] ?? null}`, shareResult(figure, person));
  return figures;
}

/** The row of the person in their table, of which no other row is theirs; −1 where it is not there. */
export function personRow({ tables, table }: Content): number {
  return tables.find(({ name }) => name === table)?.rows.findIndex(({ own }) => own === 1) ?? -1;
}
