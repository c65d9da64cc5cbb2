import type { CellPlace } from '../engine/results.ts';
import type { Language } from '../problems/messages/index.ts';
import type { Problem } from '../problems/problem.ts';
import type { DefinedName, OutputSheet, RuleLine, SheetTable, TableHead } from '../workbook/port.ts';
import type { AdjustmentAnswer } from './adjusted.ts';
import type {
  AuditAct,
  AuditAgainst,
  AuditDoer,
  AuditPlan,
  AuditSource,
  AuditVerified,
  LedgerView,
} from './audit.ts';
import type { ComparableColumn, CompareAsked, ComparedAnswer } from './compared.ts';
import type { CounterfactualsView } from './counterfactualView.ts';
import type { InsightSource, InsightView } from './insighted.ts';
import type { Answer, Query } from './queries.ts';
import type { RefreshAnswer, RefreshAsked, SourcesView } from './refreshed.ts';
import type { ReviewSource, ReviewView } from './reviewed.ts';
import type { Parameter, ReasonView, ShareView, StatementView, WhatIf, WhatIfChange } from './views.ts';

/**
 * What the pane and the functions ask of the calculator. It runs in a worker: everything here is plain data that can
 * be posted. As-of dates are whole milliseconds since 1970-01-01.
 */
export interface Calculator {
  /** Takes what was read of a workbook but its cells; gives the names of the tables that its rules speak of. */
  open(book: BookData): Promise<readonly string[]>;
  /** Takes tables with their cells, in place of those that it has by the same names. */
  put(tables: readonly SheetTable[]): Promise<void>;
  /** Checks the rules over the headings and keys. */
  check(asOf: number): Promise<readonly Problem[]>;
  /** Runs the rules. `report` hears nodes done of all. The last few dates' results are kept. */
  evaluate(asOf: number, report?: (done: number, total: number) => void): Promise<Evaluation>;
  /** What functions in cells ask, all at once; `asOf` where a query names no date. One evaluation a date. */
  answers(queries: readonly Query[], asOf: number | null, language: Language): Promise<readonly Answer[]>;
  /** The sheets that a run writes; null where it has errors. */
  sheets(asOf: number, language: Language): Promise<readonly OutputSheet[] | null>;
  /** Pools of a share by its name, table and, inside an `each`, the key of the pool's row. */
  share(asOf: number, share: ShareName): Promise<ShareView | null>;
  /** Literals in the rules that a share depends on, for trying other ones. */
  parameters(asOf: number, share: ShareName): Promise<readonly Parameter[]>;
  /** The share as it would be with other literals; nothing is written. */
  whatIf(asOf: number, share: ShareName, changes: readonly WhatIfChange[]): Promise<WhatIf>;
  /** Why a value is what it is. */
  explain(asOf: number, target: TargetName, language: Language): Promise<Explained>;
  /** What cells would have to hold for a value of a computed column to be more. Takes some seconds at most. */
  counterfactuals(asOf: number, target: TargetName, language: Language): Promise<CounterfactualsView>;
  /** What may be explained, for a box with suggestions: rules, computed columns with the keys of their tables. */
  targets(asOf: number): Promise<readonly TargetList[]>;
  /** The statements of one row, by its key. */
  statement(asOf: number, key: string, language: Language): Promise<readonly StatementView[]>;
  /** Every row that has a statement: its key, and the texts that say who it is. */
  statementRows(asOf: number): Promise<readonly { readonly key: string; readonly label: string }[]>;
  /** The columns that a run pays into, to be compared; none where it has errors. */
  comparable(asOf: number): Promise<readonly ComparableColumn[]>;
  /**
   * Who is paid differently as of another date, by how much and why. `report` hears parts done of all. It takes as long as
   * some runs: `signal` gives it up, with whatever else this calculator is asked meanwhile; the book stays open.
   */
  compare(
    asked: CompareAsked,
    report?: (done: number, total: number) => void,
    signal?: AbortSignal,
  ): Promise<ComparedAnswer>;
  /**
   * The rules for an auditor: what is used and by how much money, and what to look at. Null where the rules or the
   * headings have an error; a run with errors is reviewed without amounts. `signal` gives it up as it does `compare`.
   */
  review(
    asOf: number,
    source: ReviewSource,
    language: Language,
    signal?: AbortSignal,
  ): Promise<ReviewView | null>;
  /** What the tables show beyond what the rules pay; null where the run has errors. Given up as `compare` is. */
  insight(
    asOf: number,
    source: InsightSource,
    language: Language,
    signal?: AbortSignal,
  ): Promise<InsightView | null>;
  /** What the editor needs: problems of other rules over the same tables. Places are those of `rules`. */
  checkRules(rules: readonly RuleLine[], asOf: number): Promise<readonly Problem[]>;
  /** Names that may stand in rules, for completion. */
  vocabulary(rules: readonly RuleLine[], asOf: number): Promise<Vocabulary>;
  /** Rule text in the usual layout; null where it can't be parsed. */
  format(text: string): Promise<string | null>;
  /** The ledger of a book, as `source` has it now; `data`: the book as it was opened for this. */
  ledger(data: BookData, source: AuditSource, language: Language): Promise<LedgerView>;
  /** What was changed in a book since it was paid. */
  verify(
    data: BookData,
    source: AuditSource,
    against: AuditAgainst,
    language: Language,
  ): Promise<AuditVerified>;
  /** What is due for a paid run (by its number) of an as-of date, by the book that is open here. */
  adjustment(source: AuditSource, run: string, asOf: number): Promise<AdjustmentAnswer>;
  /** What an act of the audit would write. What is paid or adjusted is the run of the book that is open here. */
  plan(data: BookData, source: AuditSource, wanted: AuditAct, doer: AuditDoer): Promise<AuditPlan>;
  /** Where a book's tables come from. */
  sources(data: BookData, source: AuditSource, language: Language): Promise<SourcesView>;
  /** What picked files would change; nothing is written. `report` hears tables done of all. Given up as `compare` is. */
  refresh(
    data: BookData,
    source: AuditSource,
    asked: RefreshAsked,
    language: Language,
    report?: (done: number, total: number) => void,
    signal?: AbortSignal,
  ): Promise<RefreshAnswer>;
  /** What writing them takes, as long as it is what was `agreed` to. */
  refreshPlan(
    data: BookData,
    source: AuditSource,
    asked: RefreshAsked,
    agreed: string,
    doer: AuditDoer,
  ): Promise<AuditPlan>;
}

export interface BookData {
  readonly title: string;
  readonly rules: readonly RuleLine[];
  readonly hasRules: boolean;
  readonly names: readonly DefinedName[];
  readonly problems: readonly Problem[];
  readonly tables: readonly TableHead[];
}

export interface Evaluation {
  readonly asOf: number;
  /** Of the rules, the data and the run, each once. */
  readonly problems: readonly Problem[];
  /** Null where any of them is an error. */
  readonly outcome: RunOutcome | null;
}

export interface RunOutcome {
  readonly inputs: readonly { readonly name: string; readonly rows: number; readonly excluded: number }[];
  /** How many values were computed. */
  readonly values: number;
  /** Shown as people read them. */
  readonly scalars: readonly { readonly name: string; readonly value: string }[];
  readonly tables: readonly {
    readonly name: string;
    readonly rows: number;
    readonly columns: readonly string[];
  }[];
  readonly shares: readonly ShareSummary[];
}

export interface ShareName {
  readonly name: string;
  readonly table: string;
  /** Key of the row of the `each` whose pool it is; null at depth 0, or for all the pools of the `each` together. */
  readonly of: string | null;
  /** Which of several shares in force that give the same column, from 0; absent where there is one, or for all of them. */
  readonly nth?: number;
}

/** Money as plain decimals. */
export interface ShareSummary extends ShareName {
  readonly pool: string;
  readonly settled: string;
  readonly shared: string;
  readonly unallocated: string;
  readonly members: number;
}

/** A name as in the rules (`reward`, `Staff[reward]`) and the key of a row, as written; or a cell of a result. */
export interface TargetName {
  readonly name: string;
  readonly key: string | null;
}

export type Explained =
  | {
      readonly kind: 'reason';
      readonly name: string;
      readonly key: string | null;
      readonly reason: ReasonView;
    }
  /** `said`: the whole sentence, where the problem has none of its own. */
  | { readonly kind: 'refusal'; readonly problem: Problem; readonly said: string };

export interface TargetList {
  readonly table: string | null;
  readonly names: readonly string[];
  /** Of the rows that count; empty for scalar rules. */
  readonly keys: readonly string[];
}

export interface Vocabulary {
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[];
  /** Computed columns by table. */
  readonly computed: readonly { readonly table: string; readonly name: string }[];
  readonly scalars: readonly string[];
  readonly bands: readonly string[];
  readonly names: readonly string[];
  readonly functions: readonly { readonly name: string; readonly usage: string }[];
}

export type { CellPlace };
