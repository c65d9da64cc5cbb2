import { foldName } from '../../../grammar/tree.ts';
import { coveringDefinition } from '../../engine/plain/definitions.ts';
import { createMachine, lineKey } from '../../engine/plain/machine.ts';
import { attempt, type Env, isFault } from '../../engine/plain/reading.ts';
import type { ShareResult } from '../../engine/results.ts';
import { isoOfMs } from '../../exact/date.ts';
import { exactValueText } from '../../exact/text.ts';
import { BLANK, type Value } from '../../exact/value.ts';
import { labelsOf } from '../../live/shareLabels.ts';
import { knownOf } from '../../report/known.ts';
import { keyValue } from '../../report/values.ts';
import type { Expr } from '../../rules/program.ts';
import { wordsOf } from '../../rules/words.ts';
import { cellField, nameField, valueField } from '../canonical.ts';
import { sortedJson } from '../codec.ts';
import { digestText } from '../digest.ts';
import type { PaidRun } from '../record.ts';
import { type Common, collect, type Read, type Visited } from './collect.ts';
import type { ColumnFigure, Content, ExpressionFigure, Places, RowContent, ShareFigure } from './form.ts';
import { ruleRuns } from './form.ts';
import { ownersOf } from './owners.ts';
import { shareFigures } from './shareFigures.ts';
import { aroundOf, type Figures, giveExpression, given, shareResult, smallBook } from './smallBook.ts';

/** A statement that can be made: a row of a table that a statement covers. */
export interface Target {
  readonly table: number;
  /** Id of the statement's column. */
  readonly column: number;
  readonly row: number;
  readonly key: string;
}

export interface MadeStatement {
  readonly content: Content;
  readonly places: Places;
}

/** Makes the statements of a run without errors, one after another. */
export interface Maker {
  /** In the order of the rules, then of the sheet. */
  readonly targets: readonly Target[];
  /** `seed`: from which each gets its salt; null for one that nobody paid. */
  make(target: Target, seed: string | null): MadeStatement;
}

export function createMaker(run: PaidRun): Maker {
  const { program, workbook, results, file } = run;
  const counts = results.tables.map(({ rows }, table) => {
    const marks = new Uint8Array(workbook.tables[table]?.rows ?? 0);
    for (const row of rows) marks[row] = 1;
    return marks;
  });
  const known = { ...knownOf(results), counts: (table: number, row: number) => counts[table]?.[row] === 1 };
  const m = createMachine(program, workbook, known, false);
  const shares = new Map(results.shares.map((result) => [`${result.share} ${result.of}`, result]));
  const lines = new Map(workbook.rules.map(({ place }, i) => [lineKey(place), i]));
  const spoken = wordsOf(file);
  const names = workbook.names.flatMap((name, i) => (spoken.has(foldName(name.name)) ? [i] : []));
  const rules = workbook.rules.map(({ depth, text }) => [depth, text] as const);
  const rulePlaces = ruleRuns(workbook.rules.map(({ place }) => place));
  const namePlaces = names.map((i): Places['names'][number] => {
    const name = workbook.names[i];
    return [name?.sheet ?? '', name?.row ?? 0, name?.column ?? 0];
  });
  const memberships = new Map<string, ShareResult[]>();
  for (const result of results.shares)
    for (const { row } of result.members) {
      const name = `${result.share} ${row}`;
      const list = memberships.get(name);
      if (list === undefined) memberships.set(name, [result]);
      else list.push(result);
    }
  const pools = (share: number, row: number): readonly ShareResult[] =>
    memberships.get(`${share} ${row}`) ?? [];
  const perTable = new Map<number, { readonly common: Common; readonly labels: readonly string[] }>();
  const shareFigure = shareFigures(program, workbook);

  function forTable(table: number): { readonly common: Common; readonly labels: readonly string[] } {
    let found = perTable.get(table);
    if (found === undefined) {
      const rows = [...(results.tables[table]?.rows ?? [])];
      const labels = labelsOf(program, workbook, results, table, rows, null);
      const owners = ownersOf(program, workbook, results, table);
      const common = {
        program,
        m,
        owners,
        people: table,
        shares,
        pools,
        ties: new Map(),
        constant: new Map(),
      };
      found = { common, labels: labels.map(({ heading }) => heading) };
      perTable.set(table, found);
    }
    return found;
  }

  const targets = program.columns.flatMap(({ definitions, table }, column) => {
    if (!definitions.some(({ kind }) => kind === 'statement')) return [];
    const context = { rule: program.columns[column]?.name ?? '', keyLevel: 0 };
    return [...(results.tables[table]?.rows ?? [])].flatMap((row): Target[] => {
      const covering = attempt((): { kind: 'found'; is: boolean } => ({
        kind: 'found',
        is: coveringDefinition(m, column, { context, tables: [table], rows: [row] })?.kind === 'statement',
      }));
      if (isFault(covering) || !covering.is) return [];
      return [{ table, column, row, key: exactValueText(keyValue(program, workbook, table, row)) }];
    });
  });

  return { targets, make };

  function make(target: Target, seed: string | null): MadeStatement {
    const { table, column, row } = target;
    const { common, labels } = forTable(table);
    const headings = workbook.tables[table]?.columns ?? [];
    const sheetLabels = headings.flatMap(({ heading }, i) => (labels.includes(heading) ? [i] : []));
    const computed = (program.tables[table]?.columns ?? []).filter((id) =>
      labels.includes(program.columns[id]?.name ?? ''),
    );
    const read = collect(common, row, [...computed, column], sheetLabels);
    const sorted = sortRows(read);
    const small = smallOf(target, read, sorted);
    const figures = healed(target, read, sorted, small);
    const key = valueField(keyValue(program, workbook, table, row));
    const name = program.columns[column]?.name ?? '';
    const tableName = program.tables[table]?.name ?? '';
    const content: Content = {
      form: 1,
      salt:
        seed === null
          ? ''
          : digestText(`allot-salt-1\n${sortedJson([seed, tableName, name, key])}\n`).slice(0, 32),
      asOf: isoOfMs(results.asOf),
      table: tableName,
      key,
      statement: name,
      labels,
      rules,
      tables: small.content.tables,
      names: small.content.names,
      ...figures,
      shares: small.shares,
    };
    return { content, places: small.places };
  }

  /** Full rows of every table in the order of their cells, and where each of them is then. */
  function sortRows(read: Read): Sorted {
    const order = read.tables.map((rows, t) => {
      const columns = workbook.tables[t]?.columns ?? [];
      return [...rows]
        .map(([row, { own, cells }]): { row: number; content: RowContent; text: string } => {
          const shown = [...cells]
            .sort((a, b) => a - b)
            .flatMap((c): [number, string][] => {
              const at = columns[c];
              return at === undefined ? [] : [[c, cellField(at, row)]];
            })
            .filter(([, field]) => field !== '-');
          const content: RowContent = { own: own ? 1 : 0, cells: shown };
          return { row, content, text: JSON.stringify(shown) };
        })
        .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.row - b.row));
    });
    return { order, at: order.map((rows) => new Map(rows.map(({ row }, i) => [row, i]))) };
  }

  function smallOf(target: Target, read: Read, { order, at }: Sorted): Small {
    const tables = workbook.tables.map(({ name, columns }, t) => ({
      name,
      headings: columns.map(({ heading }) => heading),
      rows: (order[t] ?? []).map(({ content }) => content),
    }));
    const content = {
      tables,
      names: names.map((i): readonly [string, string] => {
        const name = workbook.names[i];
        return [name?.name ?? '', name !== undefined && read.names.has(i) ? nameField(name) : '-'];
      }),
    };
    const places: Places = {
      rules: rulePlaces,
      tables: workbook.tables.map(({ sheet, headingRow, columns, sheetRows }, t) => ({
        sheet,
        headingRow,
        columns: columns.map((one) => one.column),
        rows: (order[t] ?? []).map(({ row }) => sheetRows[row] ?? 0),
      })),
      names: namePlaces,
    };
    const all = read.shares
      .map(({ result, member }) => shareFigure(result, member ? target.row : null, at))
      .sort((a, b) => a.share - b.share || (a.of?.[1] ?? -1) - (b.of?.[1] ?? -1));
    return { content, places, shares: all };
  }

  /** Figures without which the small book would come to something else than the run: found by computing it. */
  function healed(target: Target, read: Read, { at }: Sorted, small: Small): Found {
    // The machine of the run knows names by their numbers there.
    const book = { ...smallBook(small.content, small.places) };
    const placed = workbook.names.map((name, i) => {
      const own = names.indexOf(i);
      return own < 0 ? { ...name, value: BLANK } : (book.names[own] ?? name);
    });
    const smallWorkbook = { ...book, names: placed };
    const figures: Figures = {
      scalars: new Map(),
      columns: new Map(),
      expressions: new Map(),
      shares: new Map(
        small.shares.map((figure) => [
          `${figure.share} ${figure.of?.[1] ?? null}`,
          shareResult(figure, at[target.table]?.get(target.row) ?? -1),
        ]),
      ),
      shared: small.content.tables.map(
        ({ rows }) => new Set(rows.flatMap(({ own }, row) => (own === 0 ? [row] : []))),
      ),
    };
    const found = {
      scalars: [] as Content['scalars'][number][],
      columns: [] as ColumnFigure[],
      figures: [] as ExpressionFigure[],
    };
    for (const { column, row } of read.columns.values()) giveColumn(column, row);
    for (const { expr, around, figure } of read.expressions) {
      const moved = around.map(([level, t, row]) => [level, t, at[t]?.get(row) ?? -1] as const);
      giveExpr(expr, {
        around: moved,
        value: valueField(figure.value),
        rows: figure.rows,
        blank: figure.blank,
      });
    }
    const machine = () => createMachine(program, smallWorkbook, given(figures), false);
    let mini = machine();
    for (const one of read.visited) {
      if (agrees(one)) continue;
      if (one.kind === 'column' && one.id === target.column && one.row === target.row) continue;
      if (one.kind === 'scalar') giveScalar(one.id);
      else giveColumn(one.id, one.row);
      mini = machine();
    }
    components();
    found.scalars.sort((a, b) => (a.name < b.name ? -1 : 1));
    found.columns.sort((a, b) => a.table - b.table || a.row - b.row || (a.column < b.column ? -1 : 1));
    found.figures.sort(
      (a, b) =>
        a.line - b.line ||
        a.start - b.start ||
        a.end - b.end ||
        (JSON.stringify(a.around) < JSON.stringify(b.around) ? -1 : 1),
    );
    return found;

    function agrees(one: Visited): boolean {
      if (one.kind === 'scalar') {
        const wanted = results.scalars[one.id];
        return sameValue(
          attempt(() => mini.scalar(one.id)),
          wanted,
        );
      }
      const table = program.columns[one.id]?.table ?? 0;
      const row = at[table]?.get(one.row) ?? -1;
      return sameValue(
        attempt(() => mini.cell(one.id, row)),
        results.columns[one.id]?.at(one.row),
      );
    }

    function giveScalar(id: number): void {
      const value = results.scalars[id];
      if (value === undefined || value.kind === 'fault') return;
      const withheld = value.kind === 'text';
      const shown = withheld ? BLANK : value;
      figures.scalars.set(id, shown);
      const figure = { name: program.scalars[id]?.name ?? '', value: valueField(shown) };
      found.scalars.push(withheld ? { ...figure, withheld: true } : figure);
    }

    function giveColumn(id: number, row: number): void {
      const { table = 0, name = '' } = program.columns[id] ?? {};
      const value = results.columns[id]?.at(row) ?? BLANK;
      const moved = at[table]?.get(row);
      if (value.kind === 'fault' || moved === undefined) return;
      const withheld = value.kind === 'text';
      const shown = withheld ? BLANK : value;
      figures.columns.set(`${id} ${moved}`, shown);
      const figure = { table, row: moved, column: name, value: valueField(shown) };
      found.columns.push(withheld ? { ...figure, withheld: true } : figure);
    }

    function giveExpr(
      expr: Expr,
      figure: Pick<ExpressionFigure, 'around' | 'value' | 'rows' | 'blank'>,
    ): void {
      if (expr.at.kind !== 'rule') return;
      giveExpression(figures, [expr], figure);
      const line = lines.get(lineKey(expr.at.line)) ?? -1;
      found.figures.push({ line, start: expr.at.start, end: expr.at.end, ...figure });
    }

    /** The lines of the statement itself have no name of their own to be given by. */
    function components(): void {
      const context = { rule: '', keyLevel: 0 };
      const row = at[target.table]?.get(target.row) ?? -1;
      const here: Env = { context, tables: [target.table], rows: [row] };
      const there: Env = { ...here, rows: [target.row] };
      const definition = coveringDefinition(m, target.column, there);
      if (definition?.kind !== 'statement') return;
      for (const { value } of definition.components) {
        const wanted = attempt(() => m.read(value, there));
        if (
          isFault(wanted) ||
          sameValue(
            attempt(() => mini.read(value, here)),
            wanted,
          )
        )
          continue;
        const field = wanted.kind === 'blank' ? '-' : valueField(wanted);
        giveExpr(value, { around: aroundOf(value, here), value: field, rows: 0, blank: 0 });
        mini = machine();
      }
      const total = attempt(() => mini.cell(target.column, row));
      if (!sameValue(total, results.columns[target.column]?.at(target.row)))
        throw new RangeError(`the statement of ${target.key} does not follow from what it would say`);
    }
  }
}

interface Sorted {
  readonly order: readonly (readonly { readonly row: number; readonly content: RowContent }[])[];
  readonly at: readonly ReadonlyMap<number, number>[];
}

interface Small {
  readonly content: Pick<Content, 'tables' | 'names'>;
  readonly places: Places;
  readonly shares: readonly ShareFigure[];
}

type Found = Pick<Content, 'scalars' | 'columns' | 'figures'>;

type Maybe = { readonly kind: string } | undefined;

/** Whether two values, as an evaluator and a run have them, are the same. */
function sameValue(a: Maybe, b: Maybe): boolean {
  if (a === undefined || b === undefined || a.kind !== b.kind || a.kind === 'fault') return false;
  return a.kind === 'blank' || valueField(a as Value) === valueField(b as Value);
}
