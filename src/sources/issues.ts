import type { Problem } from '../problems/problem.ts';
import type { Misfit } from './coerce.ts';
import type { CellType, FaultReason, SourcePlace } from './model.ts';

/** A row of a source or a table, for people: its key, or its number where it has none. */
export interface Example {
  readonly key: string;
  readonly value: string;
}

type Kind<K extends string, D> = { readonly kind: K } & Readonly<D>;

/** Something that stands against a refresh, or that is worth knowing. Like everything in reports, data and not prose. */
export type Issue = { readonly severity: 'error' | 'doubt' | 'note' } & (
  | Kind<'no-sheet', { sheets: readonly string[] }>
  | Kind<'no-column', { at: SourcePlace; heading: string }>
  | Kind<'bad-cell', { at: SourcePlace; heading: string; text: string; known: readonly string[] }>
  | Kind<'unknown-table', { table: string; at: SourcePlace }>
  | Kind<'twice', { table: string; at: SourcePlace }>
  | Kind<'not-asked', { table: string; tables: readonly string[] }>
  | Kind<
      'fault',
      { table: string; location: string; reason: FaultReason; detail: string; problem: Problem | null }
    >
  // What came doesn't fit the table.
  | Kind<'unknown-heading', { table: string; heading: string }>
  | Kind<'no-field', { table: string; heading: string; field: string; fields: readonly string[] }>
  | Kind<'unfilled', { table: string; heading: string; fields: readonly string[] }>
  | Kind<
      'misfit',
      {
        table: string;
        heading: string;
        why: Misfit;
        expected: CellType | null;
        count: number;
        examples: readonly Example[];
      }
    >
  | Kind<'blank-key', { table: string; heading: string; count: number; rows: readonly number[] }>
  | Kind<'same-key', { table: string; heading: string; count: number; keys: readonly string[] }>
  | Kind<'key-unfilled', { table: string; heading: string }>
  | Kind<
      'orphan',
      { table: string; heading: string; target: string; count: number; examples: readonly Example[] }
    >
  | Kind<'control', { table: string; heading: string | null; expected: string; found: string }>
  | Kind<'no-control', { table: string; heading: string | null; asked: string }>
  // What is unlikely.
  | Kind<'date-like', { table: string; heading: string; count: number; examples: readonly Example[] }>
  | Kind<
      'jump',
      { table: string; heading: string | null; before: string; now: string; from: string; to: string }
    >
  | Kind<'row-jump', { table: string; heading: string; count: number; examples: readonly Example[] }>
  | Kind<'emptied', { table: string; rows: number }>
  // Locked periods.
  | Kind<'locked', { table: string; run: string; asOf: string; differ: number; missing: number }>
  | Kind<'late', { table: string; run: string; asOf: string; count: number }>
  | Kind<'orphans-before', { table: string; heading: string; target: string; count: number }>
);

/** Examples of a kind of issue that are told. */
export const EXAMPLES = 3;

export const stops = (issues: readonly Issue[], accept: boolean): boolean =>
  issues.some(({ severity }) => severity === 'error' || (severity === 'doubt' && !accept));
