import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { csvRows, workbookRows } from '../exports.ts';
import { type Fetched, type Source, SourceFault } from '../model.ts';
import type { FetchContext } from './context.ts';

/** Rows of a CSV file. */
export async function fetchCsv(source: Source, context: FetchContext): Promise<Fetched> {
  return csvRows(await bytesOf(source.location, context), source.location);
}

/** Rows of a table of another workbook: `exports.xlsx`, or `exports.xlsx#Table` where it is called otherwise there. */
export async function fetchWorkbook(source: Source, context: FetchContext): Promise<Fetched> {
  const [, file = source.location, table = source.table] = /^(.*)#([^#/\\]+)$/.exec(source.location) ?? [];
  return workbookRows(await bytesOf(file, context), file, table);
}

async function bytesOf(location: string, { folder, limit }: FetchContext): Promise<Uint8Array> {
  const file = path.resolve(folder, location);
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new SourceFault('not-readable', 'EISDIR');
    if (found.size > limit) throw new SourceFault('too-large', String(limit));
    return await readFile(file);
  } catch (error) {
    if (error instanceof SourceFault) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new SourceFault(
      code === 'ENOENT' ? 'missing-file' : 'not-readable',
      code === 'ENOENT' ? location : code,
    );
  }
}
