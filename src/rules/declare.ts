import type {
  BandStatement,
  CheckStatement,
  EachStatement,
  Expression,
  Name,
  NumberLiteral,
  PayStatement,
  Period,
  Rule,
  RuleFile,
  ScoreStatement,
  ShareStatement,
  Span,
  TableStatement,
} from '../../grammar/tree.ts';
import { foldName } from '../../grammar/tree.ts';
import { canonical } from './canonical.ts';
import type { Reporter } from './report.ts';
import type { Schema } from './schema.ts';

/** What a rule file declares, sorted by what it declares, versions of the same thing together. */
export interface Declarations {
  readonly unit: NumberLiteral | null;
  readonly tables: ReadonlyMap<number, TableStatement>;
  /** By folded name, in the order of the file. */
  readonly scalars: ReadonlyMap<string, readonly ScalarVersion[]>;
  readonly bands: ReadonlyMap<string, readonly BandVersion[]>;
  readonly columns: readonly ColumnGroup[];
  readonly shares: readonly ShareVersion[];
  readonly checks: readonly DeclaredCheck[];
  /** Every `each`, for its `where`. */
  readonly eaches: readonly { readonly statement: EachStatement; readonly table: number }[];
  /** Tables that the statements name. */
  readonly named: ReadonlySet<number>;
}

interface Version {
  readonly name: Name;
  readonly period: Period;
}

export type ScalarVersion = Version &
  ({ readonly kind: 'rule'; readonly rule: Rule } | { readonly kind: 'rest'; readonly share: ShareVersion });

export type BandVersion = Version & { readonly band: BandStatement };

/** Where rows come from: the table and condition of an `each`. Table −1: unknown (and reported). */
export interface Each {
  readonly table: number;
  readonly where: Expression | null;
}

export type ShareVersion = Version & {
  readonly statement: ShareStatement;
  readonly table: number;
  readonly each: Each | null;
};

/** All definitions of one column, grouped into versions of one another. */
export interface ColumnGroup {
  readonly table: number;
  /** As its first definition spells it. */
  readonly name: Name;
  readonly versions: readonly (readonly ColumnVersion[])[];
}

export type ColumnVersion = Version &
  (
    | { readonly kind: 'rule'; readonly rule: Rule; readonly where: Expression | null }
    | { readonly kind: 'score'; readonly score: ScoreStatement }
    | { readonly kind: 'statement'; readonly statement: PayStatement }
    | { readonly kind: 'share' | 'rest'; readonly share: ShareVersion }
  );

export interface DeclaredCheck {
  readonly statement: CheckStatement;
  readonly each: Each | null;
}

interface ColumnDraft {
  readonly table: number;
  readonly name: Name;
  readonly versions: Map<string, ColumnVersion[]>;
}

/** Reads what the statements declare; unknown and repeated tables and units are reported here. */
export function declare(file: RuleFile, schema: Schema, reporter: Reporter): Declarations {
  let unit: NumberLiteral | null = null;
  const tables = new Map<number, TableStatement>();
  const scalars = new Map<string, ScalarVersion[]>();
  const bands = new Map<string, BandVersion[]>();
  const columns = new Map<string, ColumnDraft>();
  const shares: ShareVersion[] = [];
  const checks: DeclaredCheck[] = [];
  const eaches: { statement: EachStatement; table: number }[] = [];
  const named = new Set<number>();

  function tableOf(name: Name): number {
    const index = schema.table(name.text);
    if (index < 0) reporter.error(name.span, unknownTable(name.text, schema));
    else named.add(index);
    return index;
  }

  function column(table: number, condition: string, version: ColumnVersion): void {
    if (table < 0) return;
    const id = `${table}|${foldName(version.name.text)}`;
    let draft = columns.get(id);
    if (draft === undefined) {
      draft = { table, name: version.name, versions: new Map() };
      columns.set(id, draft);
    }
    push(draft.versions, condition, version);
  }

  function share(statement: ShareStatement, each: Each | null, eachId: string): void {
    const version: ShareVersion = {
      name: statement.name,
      period: statement.period,
      statement,
      table: tableOf(statement.table),
      each,
    };
    shares.push(version);
    column(version.table, `${eachId}${canonical(statement.where)}`, {
      kind: 'share',
      share: version,
      name: version.name,
      period: version.period,
    });
    for (const line of statement.body) {
      if (line.kind !== 'rest') continue;
      const rest = { kind: 'rest', share: version, name: line.name, period: version.period } as const;
      if (each === null) push(scalars, foldName(line.name.text), rest);
      else column(each.table, eachId, rest);
    }
  }

  file.items.forEach((item, index) => {
    switch (item.kind) {
      case 'unit':
        if (unit !== null) reporter.error(keywordSpan(file, item.span), unitTwice(reporter, unit.span));
        else unit = item.value;
        break;
      case 'table': {
        const table = tableOf(item.table);
        const first = tables.get(table);
        if (table >= 0 && first !== undefined) {
          reporter.error(item.table.span, {
            code: 'duplicate-name',
            name: item.table.text,
            other: 'rule',
            first: reporter.place(first.table.span),
          });
        } else if (table >= 0) tables.set(table, item);
        for (const line of item.body) if (line.kind === 'reference') tableOf(line.table);
        break;
      }
      case 'rule':
        push(scalars, foldName(item.name.text), {
          kind: 'rule',
          rule: item,
          name: item.name,
          period: item.period,
        });
        break;
      case 'band':
        push(bands, foldName(item.name.text), { band: item, name: item.name, period: item.period });
        break;
      case 'each': {
        const each = { table: tableOf(item.table), where: item.where };
        eaches.push({ statement: item, table: each.table });
        for (const line of item.body) {
          if (line.kind === 'rule') {
            column(each.table, canonical(item.where), {
              kind: 'rule',
              rule: line,
              where: item.where,
              name: line.name,
              period: line.period,
            });
          } else if (line.kind === 'check') checks.push({ statement: line, each });
          else if (line.kind === 'share') share(line, each, `each ${index}|`);
        }
        break;
      }
      case 'score':
        column(tableOf(item.table), canonical(item.where), {
          kind: 'score',
          score: item,
          name: item.name,
          period: item.period,
        });
        break;
      case 'statement':
        column(tableOf(item.table), canonical(item.where), {
          kind: 'statement',
          statement: item,
          name: item.name,
          period: item.period,
        });
        break;
      case 'share':
        share(item, null, '');
        break;
      case 'check':
        checks.push({ statement: item, each: null });
        break;
      case 'comment':
      case 'blankLine':
        break;
      default: {
        const never: never = item;
        throw new TypeError(`unknown statement ${JSON.stringify(never)}`);
      }
    }
  });

  return {
    unit,
    tables,
    scalars,
    bands,
    columns: [...columns.values()].map((draft) => ({
      table: draft.table,
      name: draft.name,
      versions: [...draft.versions.values()],
    })),
    shares,
    checks,
    eaches,
    named,
  };
}

/** The data of an `unknown-table` problem, with the name that was probably meant. */
export function unknownTable(name: string, schema: Schema) {
  const suggestion = schema.suggestTable(name);
  return { code: 'unknown-table', name, ...(suggestion === undefined ? {} : { suggestion }) } as const;
}

function unitTwice(reporter: Reporter, first: Span) {
  return { code: 'duplicate-name', name: 'unit', other: 'unit', first: reporter.place(first) } as const;
}

/** The word that a line begins with. */
function keywordSpan(file: RuleFile, span: Span): Span {
  const word = /^[^\s\d]+/u.exec(file.lines[span.line]?.text.slice(span.start - 1) ?? '')?.[0] ?? '';
  return { ...span, end: span.start + Math.max(1, word.length) - 1 };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
