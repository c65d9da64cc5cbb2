import type { Vocabulary } from '../../../../live/protocol.ts';
import type { Language } from '../../../../problems/messages/index.ts';
import type { RuleRow, RuleSheet } from '../../../../workbook/live.ts';
import type { Help, HelpCatalogue } from '../help.ts';

/** What the page and its editor say to one another; the editor's own code is loaded when the page is first opened. */
export interface EditorHooks {
  readonly language: Language;
  readonly help: HelpCatalogue;
  /** Problems of the rules as they are now, in this sheet. Lines from 1; characters from 0, `to` past the end. */
  check(sheet: string): Promise<readonly Mark[]>;
  vocabulary(): Promise<Vocabulary | null>;
  onChange(sheet: string): void;
  onCursor(cursor: Cursor): void;
  /** Somebody tried to change a row that can't be text. */
  onRefused(): void;
  onSave(): void;
  onFormat(): void;
  onGoTo(): void;
  onProblemsKey(): void;
}

export interface Mark {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning';
  readonly text: string;
  /** What may be written there instead. */
  readonly fix: string | null;
}

export interface Cursor {
  /** From 1. */
  readonly line: number;
  /** In the line's cell, from 1: the character before which it stands. */
  readonly character: number;
  readonly word: string;
  /** Of the keyword or function that the cursor is at. */
  readonly help: Help | null;
  /** Why the line can't be changed here. */
  readonly fixed: string | null;
}

/** Why a row (from 1) can't be text, in words. */
export type Why = (row: number) => string;

export interface RuleEditor {
  open(sheet: RuleSheet, why: Why): void;
  close(sheet: string): void;
  show(sheet: string): void;
  lines(sheet: string): readonly string[];
  /** Rows that can't be text, by line from 0. */
  fixed(sheet: string): ReadonlyMap<number, RuleRow>;
  /** Makes the text say what the sheet says. It can be undone. */
  replace(sheet: RuleSheet, why: Why): void;
  /** Makes the text of a sheet these lines, but for rows that can't be text; how many places changed, and were left. */
  write(sheet: string, lines: readonly string[]): { readonly changed: number; readonly skipped: number };
  /** Selects characters of a line of the sheet that is shown, and takes the focus. */
  select(line: number, from: number, to: number): void;
  /** Writes something in place of characters of a line of the sheet that is shown, and takes the focus. */
  mend(line: number, from: number, to: number, text: string): void;
  cursor(): Cursor;
  /** The row of the sheet, as it is saved, in which a line of the text stands. */
  sheetRow(sheet: RuleSheet, line: number): number;
  run(command: 'undo' | 'redo' | 'find'): void;
  can(): { readonly undo: boolean; readonly redo: boolean };
  /** Checks again: something else than the text has changed. */
  check(): void;
  focus(): void;
  destroy(): void;
}
