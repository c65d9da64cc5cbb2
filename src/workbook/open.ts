import { stat } from 'node:fs/promises';
import { systemError } from './bookError.ts';
import { openFolder } from './csv/folder.ts';
import type { OpenBook } from './port.ts';
import { openXlsx } from './xlsx/open.ts';

/**
 * Opens the BOOK of the command line: a folder of CSV tables and rule files, or a workbook.
 * Refuses with a BookError: `missing`, `unsupported` and whatever is wrong inside.
 */
export async function openBook(book: string): Promise<OpenBook> {
  const found = await stat(book).catch((error: unknown) => {
    throw systemError(book, error);
  });
  if (found.isDirectory()) return openFolder(book);
  return openXlsx(book);
}
