import type { SheetColumn } from '../exact/column.ts';
import type { Rational } from '../exact/rational.ts';
import type { Value } from '../exact/value.ts';
import type { LinePlace, Problem } from '../problems/problem.ts';

/**
 * The port: what every host of a workbook (a file, a folder of CSV, Excel, a browser grid) gives and takes.
 * A snapshot is plain and readonly; nothing behind it changes when the host does.
 */
export interface Workbook {
  /** In sheet order. Rule sheets and sheets of ours (`Allot …`) are not among them. */
  readonly tables: readonly SheetTable[];
  /** Defined names that refer to one cell. */
  readonly names: readonly DefinedName[];
  /** Rule lines in reading order: sheet by sheet, file by file. */
  readonly rules: readonly RuleLine[];
  /** Whether there is any rule sheet or file, be it empty. */
  readonly hasRules: boolean;
  /** What is wrong with rule cells: a formula, a second cell, a line break (code `syntax`). */
  readonly problems: readonly Problem[];
}

/** A line of rules as its author wrote it; the text of a text file's line includes its indentation. */
export interface RuleLine {
  readonly place: LinePlace;
  /** 0, 1, 2; for a text file the reader of the language finds it from the indentation: −1. */
  readonly depth: number;
  readonly text: string;
}

export interface SheetTable {
  readonly name: string;
  /** For places: the sheet's name (a CSV's name without its extension). */
  readonly sheet: string;
  /** Headed columns in sheet order. */
  readonly columns: readonly TableColumn[];
  /** Number of rows that are not blank throughout. */
  readonly rows: number;
  /** Sheet row (from 1) of each of them. */
  readonly sheetRows: Uint32Array;
  /** Sheet row of the headings. */
  readonly headingRow: number;
}

export interface TableColumn {
  /** As written, trimmed. */
  readonly heading: string;
  /** Sheet column from 1. */
  readonly column: number;
  readonly data: SheetColumn;
}

export interface DefinedName {
  readonly name: string;
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  /** Null for an Excel error value, whose text is in `error`. */
  readonly value: Value | null;
  readonly error?: string;
}

/** Something that is written as a sheet of ours: one Excel table under an optional title row. */
export interface OutputSheet {
  /** `Allot Staff`; the host shortens and makes it unique within Excel's 31 characters. */
  readonly name: string;
  readonly columns: readonly OutputColumn[];
  readonly rows: readonly (readonly OutputCell[])[];
  /** Drawn beside the table by the spreadsheet program itself, from the table's cells; a host without charts leaves them out. */
  readonly charts?: readonly OutputChart[];
}

/** A chart over columns of its sheet's table; columns and rows count from 0, headings are no row. */
export interface OutputChart {
  /** `bars` stand, `lying-bars` lie with the first row on top. */
  readonly kind: 'bars' | 'lying-bars' | 'lines' | 'points';
  readonly title: string;
  /** The column of the categories, or of x. */
  readonly x: number;
  readonly series: readonly OutputSeries[];
  /** From `from` to before `to`; all rows where absent. */
  readonly rows?: { readonly from: number; readonly to: number };
  readonly xTitle?: string;
  readonly yTitle?: string;
  /** Excel number formats of the axes. */
  readonly xFormat?: string;
  readonly yFormat?: string;
}

export interface OutputSeries {
  readonly column: number;
  /** `faint`: what the others are measured against. */
  readonly look?: 'strong' | 'faint' | 'dashed';
}

export interface OutputColumn {
  readonly heading: string;
  /** In characters, CJK ones counted twice. */
  readonly width: number;
  /** An Excel number format such as `0.00` or `yyyy-mm-dd`; General where absent. */
  readonly format?: string;
}

/** What goes into a cell. A number is written as the double that is closest to it. */
export type OutputCell =
  | { readonly kind: 'blank' }
  | { readonly kind: 'number'; readonly value: Rational }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'date'; readonly ms: Rational }
  | { readonly kind: 'logical'; readonly value: boolean };

/** Long work says how far it is (done of total, any unit) and stops where `signal` is aborted. */
export interface Progress {
  readonly report?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A table before its cells are read. */
export interface TableHead {
  readonly name: string;
  readonly sheet: string;
  /** As written, trimmed, in sheet order; columns without a heading are left out. */
  readonly headings: readonly string[];
}

/**
 * A book whose rules, names and headings have been read; cells come with `read`.
 * Every method refuses with a BookError, and with the signal's reason where it is aborted.
 */
export interface BookReader {
  readonly rules: readonly RuleLine[];
  readonly hasRules: boolean;
  readonly names: readonly DefinedName[];
  readonly problems: readonly Problem[];
  /** In sheet order. */
  readonly tables: readonly TableHead[];
  /** The snapshot; with `only`, of the tables of these names (as in the rules: without regard to case, `_` as a space). */
  read(only?: readonly string[], progress?: Progress): Promise<Workbook>;
}

/** What a book keeps of ours besides data and rules. Every method refuses with a BookError. */
export interface BookStore {
  /**
   * The table of a sheet of ours (`Allot Ledger`, `Allot Staff`, …; in any case), which is never data, read like any
   * other; null where the book has none of that name.
   */
  ours(name: string): Promise<SheetTable | null>;
  /** A text that is kept beside the sheets under a name of ours; null where there is none. */
  part(name: string): Promise<string | null>;
}

/** Several things to be written in one go, all of them or none. */
export interface BookChanges {
  readonly sheets?: readonly OutputSheet[];
  /** Texts to be kept beside the sheets; null takes one away. Names are of letters, digits and `-`. */
  readonly parts?: readonly { readonly name: string; readonly text: string | null }[];
  /** Lines that become the book's rules. */
  readonly rules?: readonly SourceLine[];
  /** Tables of data that get other rows. */
  readonly tables?: readonly TableRows[];
}

/**
 * A table of data whose rows become these. An Excel table grows or shrinks with them; whatever stands beside the table
 * stays as it is. Refused (`formula-cell`, `no-room`) where a cell of the table holds a formula, or where something
 * stands below that would be written over.
 */
export interface TableRows {
  /** The table's name, as in `tables`. */
  readonly table: string;
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** The row that it was, an index among the rows as they are read: its looks go with it. Null for a new row. */
  readonly was: number | null;
  /** By the table's headings. Null: as it was; in a new row blank. */
  readonly cells: readonly (OutputCell | null)[];
}

/**
 * A book in a file. It keeps what it read from the file when it was opened, so that what is written belongs to what
 * was read.
 */
export interface OpenBook extends BookReader, BookStore {
  readonly path: string;
  /** What of the book doesn't show; absent where its host can hide nothing. */
  inspect?(): Promise<BookInspection>;
  /** Writes the book with these sheets added, or put in place of ours of the same name, to `out`, all or nothing. */
  writeSheets(sheets: readonly OutputSheet[], out: string, progress?: Progress): Promise<WriteReport>;
  /** Writes the book with these lines as its rules to `out`. */
  writeRules(lines: readonly SourceLine[], out: string): Promise<WriteReport>;
  /** Writes the book with all of these changes to `out`. */
  write(changes: BookChanges, out: string, progress?: Progress): Promise<WriteReport>;
}

/** What somebody may have hidden in a workbook: a sheet, or a row or column (from 1) of a rule sheet. */
export type HiddenPlace =
  /** `deep`: Excel's menus don't show it. */
  | {
      readonly kind: 'sheet';
      readonly sheet: string;
      readonly use: 'rules' | 'ours' | 'data';
      readonly deep: boolean;
    }
  | { readonly kind: 'row'; readonly sheet: string; readonly row: number }
  | { readonly kind: 'column'; readonly sheet: string; readonly column: number };

export interface BookInspection {
  readonly hidden: readonly HiddenPlace[];
  /** Cells of sheets of ours that hold a formula where a result was written. */
  readonly formulas: readonly { readonly sheet: string; readonly row: number; readonly column: number }[];
}

/** A line of rules to be put into a cell. */
export interface SourceLine {
  /** 0, 1 or 2; anything deeper goes into column C. */
  readonly depth: number;
  /** Without its indentation. */
  readonly text: string;
}

/** Where things were written. */
export interface WriteReport {
  readonly path: string;
  readonly sheets: readonly WrittenSheet[];
}

export interface WrittenSheet {
  /** The name asked for, and the one that it got within Excel's rules. */
  readonly asked: string;
  readonly sheet: string;
  /** `A1:D18`, headings included. */
  readonly ref: string;
  /** The Excel table's name; absent for rules. */
  readonly table?: string;
  /** Whether a sheet that was there has been written anew. */
  readonly replaced: boolean;
}
