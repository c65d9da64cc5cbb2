import type {
  BookChanges,
  BookReader,
  BookStore,
  OutputSheet,
  Progress,
  SourceLine,
  WrittenSheet,
} from './port.ts';

/**
 * A workbook that is open in a host beside us, Excel or the workbench's grid, and that people change while we look.
 * Every method refuses with a BookError (or with the signal's reason where it is aborted); after a refusal the
 * workbook is what it was before the call.
 */
export interface LiveBook extends BookStore {
  /** The file's name, for people. */
  readonly title: string;
  /** Whether sheets are written with their charts. */
  readonly charts: boolean;
  /** Rules, names and headings as they are now. Its `read` reads the cells as they are when it is called. */
  open(progress?: Progress): Promise<BookReader>;
  /**
   * Puts sheets of ours into the workbook, all of them or none. A table of ours that is there is resized and rewritten
   * in place, never deleted, so that references to it hold.
   */
  writeSheets(sheets: readonly OutputSheet[], progress?: Progress): Promise<readonly WrittenSheet[]>;
  /**
   * Puts sheets and texts of ours into the workbook, and other rows into tables of data, all of it or nothing; sheets as
   * `writeSheets` does, rows as `TableRows` says. The tables come first in what it gives.
   */
  write(changes: LiveChanges, progress?: Progress): Promise<readonly WrittenSheet[]>;
  /** Every rule sheet in sheet order, row for row from row 1; blank rows at the end are left out. */
  ruleSheets(): Promise<readonly RuleSheet[]>;
  /**
   * Makes the columns A to C of a rule sheet say `lines`, one a row from row 1. Columns D onwards stay beside the line
   * that they stood beside. Nothing is written, and `changed` given back, where the sheet is not what `was` says.
   */
  writeRuleSheet(sheet: string, lines: readonly SourceLine[], was: RuleSheet): Promise<RuleWrite>;
  /** Adds a rule sheet after the last one, or at the end; gives the name that it got. */
  addRuleSheet(name: string, lines: readonly SourceLine[]): Promise<string>;
  /** Shows a cell and selects it. */
  select(cell: CellAddress): Promise<void>;
  /** The active cell; null where nothing, or something else than cells, is selected. */
  selection(): Promise<Selection | null>;
  /** Tells of changes until the function that it gives is called. */
  watch(listener: (change: BookChange) => void): () => void;
  /** Texts that belong to the workbook and are saved with it, under names of ours; null where there is none. */
  setting(name: string): Promise<string | null>;
  setSetting(name: string, value: string | null): Promise<void>;
  /** The workbook as the bytes of an `.xlsx` file, as it is now. */
  bytes(): Promise<Uint8Array>;
  /** Opens bytes as a new workbook, or offers them as a file where the host can't. */
  openCopy(bytes: Uint8Array, name: string): Promise<void>;
  /** Defined names that stand for our functions (an experiment: see the functions' page): which are there. */
  functionNames(): Promise<readonly string[]>;
  /** Adds names with these formulas, or takes them away; names that are somebody else's are left alone and given back. */
  setFunctionNames(names: readonly FunctionName[], present: boolean): Promise<readonly string[]>;
}

/** What is written in one go beside an open host. Rules are written sheet by sheet (`writeRuleSheet`). */
export type LiveChanges = Pick<BookChanges, 'sheets' | 'parts' | 'tables'> & { readonly rules?: never };

/** Row and column from 1. */
export interface CellAddress {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
}

export interface Selection extends CellAddress {
  /** With its `=`; null where the cell has none. */
  readonly formula: string | null;
  /** Of a cell in a table's body: the table, its column's heading and the text of the row's first cell. */
  readonly inTable: { readonly table: string; readonly heading: string; readonly key: string } | null;
}

export interface RuleSheet {
  readonly sheet: string;
  readonly rows: readonly RuleRow[];
}

/** `fixed` where the row can't be a line of text: a formula, a second cell or a line break in A to C. */
export interface RuleRow extends SourceLine {
  readonly fixed: boolean;
}

export type RuleWrite =
  | { readonly kind: 'written'; readonly sheet: RuleSheet }
  /** What the sheet says now. */
  | { readonly kind: 'changed'; readonly sheet: RuleSheet };

/** `sheets`: whose cells or tables changed; null where any may have. `shape`: sheets, tables or names came or went. */
export interface BookChange {
  readonly sheets: readonly string[] | null;
  readonly shape: boolean;
}

export interface FunctionName {
  readonly name: string;
  /** `=ALLOT.SUPPORTSCORE` or a LAMBDA around it. */
  readonly formula: string;
}
