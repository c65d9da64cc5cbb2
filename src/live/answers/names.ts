import { foldName } from '../../../grammar/tree.ts';
import { findTarget } from '../../report/target.ts';
import type { FunctionError } from '../queries.ts';
import { type AnswerBook, refusal } from './book.ts';

/** What a name means, with or without a key after it. */
export type Named =
  | { readonly kind: 'scalar'; readonly scalar: number }
  | { readonly kind: 'column'; readonly table: number; readonly column: number }
  /** A column of the sheet: `at` among the table's columns. */
  | { readonly kind: 'sheet'; readonly table: number; readonly at: number }
  /** A defined name of the workbook. */
  | { readonly kind: 'name'; readonly name: number }
  | FunctionError;

const TABLE_COLUMN = /^\s*(.+?)\s*\[([^[\]]+)\]\s*$/;
const BRACKETED = /^\s*\[([^[\]]+)\]\s*$/;

/** A name as it is asked for: `reward`, `[Response hours]` or `Staff[reward]`, folded. */
export function askedName(asked: string): { readonly table: string | null; readonly name: string } {
  const qualified = TABLE_COLUMN.exec(asked);
  return {
    table: qualified === null ? null : foldName(qualified[1] ?? ''),
    name: foldName(qualified?.[2] ?? BRACKETED.exec(asked)?.[1] ?? asked),
  };
}

/** Finds what names mean by the rules of `findTarget`, each once; its sentences say why there is nothing. */
export function nameIndex(book: AnswerBook): (asked: string, keyed: boolean) => Named {
  const known = new Map<string, Named>();
  return (asked, keyed) => {
    const id = `${keyed ? 'key' : 'all'} ${asked}`;
    const found = known.get(id) ?? find(book, asked, keyed);
    known.set(id, found);
    return found;
  };
}

function find(book: AnswerBook, asked: string, keyed: boolean): Named {
  const { program, workbook } = book;
  const { table, name } = askedName(asked);
  const inTable = (called: string | undefined): boolean => table === null || foldName(called ?? '') === table;

  const columns = program.columns.flatMap((column, id) =>
    foldName(column.name) === name && inTable(program.tables[column.table]?.name)
      ? [{ kind: 'column', table: column.table, column: id } as const]
      : [],
  );
  const scalar = table === null ? program.scalars.findIndex((rule) => foldName(rule.name) === name) : -1;
  if (scalar >= 0 && !(keyed && columns.length > 0))
    return keyed ? refused(book, asked) : { kind: 'scalar', scalar };
  if (columns.length > 0) return only(columns) ?? refused(book, asked);

  const sheets = workbook.tables.flatMap((sheet, index) =>
    inTable(sheet.name)
      ? sheet.columns.flatMap((column, at) =>
          foldName(column.heading) === name ? [{ kind: 'sheet', table: index, at } as const] : [],
        )
      : [],
  );
  const defined = table === null ? workbook.names.findIndex((one) => foldName(one.name) === name) : -1;
  if (defined >= 0 && !(keyed && sheets.length > 0))
    return keyed ? refused(book, asked) : { kind: 'name', name: defined };
  return only(sheets) ?? refused(book, asked);
}

function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** Why a name means nothing, or not one thing. */
function refused(book: AnswerBook, asked: string): FunctionError {
  // Some key: what is wrong here is wrong with any.
  const found = findTarget(book, asked, '', book.language);
  if (found.kind !== 'refusal') throw new RangeError(`a name that means something: ${asked}`);
  return refusal(found.problem, book.language, found.said);
}
