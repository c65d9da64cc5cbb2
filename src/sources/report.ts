import { columnValue } from '../exact/column.ts';
import { exactValueText } from '../exact/text.ts';
import type { SheetTable } from '../workbook/port.ts';
import { keyText } from './checks.ts';
import type { Issue } from './issues.ts';
import type { Mode, Source, SourceKind } from './model.ts';
import type { Staged } from './stage.ts';

/** What a refresh would make of a table. */
export interface TableReport {
  readonly table: string;
  readonly kind: SourceKind;
  readonly location: string;
  readonly mode: Mode;
  /** Rows that the source gave. */
  readonly fetched: number;
  readonly before: number;
  readonly after: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly same: number;
  /** Rows of locked periods that the source has otherwise, or no longer; they stay. */
  readonly locked: number;
  readonly totals: readonly { readonly heading: string; readonly before: string; readonly after: string }[];
  /** The first of those that change. */
  readonly changes: readonly Change[];
}

export type Change =
  | { readonly kind: 'added' | 'removed'; readonly key: string }
  | {
      readonly kind: 'changed';
      readonly key: string;
      readonly heading: string;
      readonly before: string;
      readonly after: string;
    };

export interface RefreshReport {
  readonly tables: readonly TableReport[];
  readonly issues: readonly Issue[];
}

/** An address without what should not have been written there, nor what its parameters say. */
export const shownLocation = (location: string): string =>
  location.replace(/(\/\/)[^/@\s]*@/, '$1•••@').replace(/([?&][^=&]+=)[^&]*/g, '$1…');

/** Changes that are told one by one. */
const TOLD = 5;

export function tableReport(
  source: Source,
  before: SheetTable,
  next: SheetTable,
  key: number,
  staged: Staged,
  fetched: number,
  totals: TableReport['totals'],
): TableReport {
  const count = (fate: Staged['fates'][number]): number =>
    staged.fates.reduce((sum, one) => sum + (one === fate ? 1 : 0), 0);
  return {
    table: before.name,
    kind: source.kind,
    location: shownLocation(source.location),
    mode: source.mode,
    fetched,
    before: before.rows,
    after: next.rows,
    added: count('added'),
    changed: count('changed'),
    removed: staged.removed.length,
    same: count('same') + count('locked'),
    locked: count('locked') + staged.missing.length,
    totals,
    changes: changesOf(before, next, key, staged),
  };
}

function changesOf(before: SheetTable, next: SheetTable, key: number, staged: Staged): readonly Change[] {
  const changed: Change[] = [];
  const added: Change[] = [];
  for (const [row, fate] of staged.fates.entries()) {
    const name = (): string => keyText(next, key, row);
    if (fate === 'added' && added.length < TOLD) added.push({ kind: 'added', key: name() });
    if (fate !== 'changed' || changed.length >= TOLD) continue;
    const { was = null, cells } = staged.rows[row] ?? { cells: [] };
    const column = cells.findIndex((cell) => cell !== null);
    const cell = cells[column] ?? null;
    const old = before.columns[column];
    if (cell === null || old === undefined || was === null) continue;
    const value = columnValue(old.data, was);
    changed.push({
      kind: 'changed',
      key: name(),
      heading: old.heading,
      before: value === null ? (old.data.texts[old.data.payload[was] ?? 0] ?? '') : exactValueText(value),
      after: exactValueText(cell),
    });
  }
  const removed = staged.removed
    .slice(0, TOLD)
    .map((row): Change => ({ kind: 'removed', key: keyText(before, key, row) }));
  return [...changed, ...added, ...removed];
}
