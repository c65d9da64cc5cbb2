import { fileError } from '../bookError.ts';
import type { ExcelApi } from './batch.ts';

/** Bytes of one slice: Office's largest. */
const SLICE = 4_194_304;

/** The workbook as the bytes of an `.xlsx` file, as it is now. Refuses with `not-readable`. */
export async function workbookBytes(api: ExcelApi): Promise<Uint8Array> {
  const { context, FileType } = api.globals.Office;
  const file = await answered<Office.File>(api, (done) =>
    context.document.getFileAsync(FileType.Compressed, { sliceSize: SLICE }, done),
  );
  try {
    const bytes = new Uint8Array(file.size);
    let at = 0;
    for (let i = 0; i < file.sliceCount; i++) {
      const slice = await answered<Office.Slice>(api, (done) => file.getSliceAsync(i, done));
      const data: ArrayLike<number> = slice.data;
      bytes.set(data, at);
      at += data.length;
    }
    return at === bytes.length ? bytes : bytes.slice(0, at);
  } finally {
    // Office keeps no more than two files open.
    await answered<void>(api, (done) => file.closeAsync(done)).catch(() => undefined);
  }
}

/** Asks Office in its older way, with a function that it calls back. */
function answered<T>(
  api: ExcelApi,
  ask: (done: (result: Office.AsyncResult<T>) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    ask((result) => {
      if (String(result.status) === 'succeeded') resolve(result.value);
      else reject(fileError(api.title(), 'not-readable', result.error?.name));
    });
  });
}

/** Opens bytes as a new workbook, in a window of its own. */
export async function openBytes(api: ExcelApi, bytes: Uint8Array): Promise<void> {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000)
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  await api.globals.Excel.createWorkbook(btoa(text)).catch((error: unknown) => {
    throw fileError(api.title(), 'not-written', error instanceof Error ? error.name : undefined);
  });
}
