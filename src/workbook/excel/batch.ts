import { BookError, fileError } from '../bookError.ts';
import type { OfficeGlobals } from './office.ts';
import { runAsOneStep } from './optional.ts';

/** Office.js as the rest of this folder uses it: errors are BookErrors. */
export interface ExcelApi {
  readonly globals: OfficeGlobals;
  /** The workbook's file name. */
  title(): string;
  /** Runs a batch that changes nothing. Refuses with `not-readable` and Excel's error code. */
  read<T>(batch: (context: Excel.RequestContext) => Promise<T>): Promise<T>;
  /** Runs a batch that changes the workbook, one step of Undo where Excel can. Refuses with `not-written`. */
  write<T>(batch: (context: Excel.RequestContext) => Promise<T>): Promise<T>;
}

export function excelApi(globals: OfficeGlobals): ExcelApi {
  const title = (): string => titleOf(globals.Office.context.document.url);
  return {
    globals,
    title,
    read: (batch) =>
      whole(batch, (all) => globals.Excel.run({ delayForCellEdit: true }, all)).catch((error: unknown) => {
        throw excelError(title(), error, 'not-readable');
      }),
    write: (batch) =>
      whole(batch, (all) => runAsOneStep(globals, all)).catch((error: unknown) => {
        throw excelError(title(), error, 'not-written');
      }),
  };
}

type Batch<T> = (context: Excel.RequestContext) => Promise<T>;

/** `Excel.run` tidies up when a batch is through: what goes wrong then changes nothing of what the batch did. */
async function whole<T>(batch: Batch<T>, run: (batch: Batch<T>) => Promise<T>): Promise<T> {
  let through: { readonly result: T } | null = null;
  try {
    return await run(async (context) => {
      const result = await batch(context);
      through = { result };
      return result;
    });
  } catch (error) {
    // What is assigned in a function is out of the compiler's sight.
    const kept = through as { readonly result: T } | null;
    if (kept !== null) return kept.result;
    throw error;
  }
}

/** The last part of a path or an address, decoded; a workbook that was never saved may have none. */
function titleOf(url: string | null | undefined): string {
  const last =
    (url ?? '')
      .replace(/[?#].*$/, '')
      .split(/[\\/]/)
      .pop() ?? '';
  try {
    return decodeURIComponent(last) || 'Excel';
  } catch {
    return last;
  }
}

/** Office.js' own error code (`AccessDenied`, `InvalidArgument` …); null for errors that it did not make. */
export function officeCode(error: unknown): string | null {
  if (error instanceof BookError || typeof error !== 'object' || error === null) return null;
  return 'code' in error && typeof error.code === 'string' && 'debugInfo' in error ? error.code : null;
}

/** An error of Office.js as the BookError that it is to people; others as they are. `where`: the sheet it was about. */
export function excelError(
  title: string,
  error: unknown,
  reason: 'not-readable' | 'not-written',
  where?: string,
): unknown {
  const code = officeCode(error);
  if (code === null) return error;
  return fileError(title, reason, where === undefined ? code : `${where}: ${code}`);
}
