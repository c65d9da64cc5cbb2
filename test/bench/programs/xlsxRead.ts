/** `xlsxRead.cjs FILE`: exceljs opens the workbook, no more. `--stream`: its streaming reader, every row looked at once. */

import { createRequire } from 'node:module';
import path from 'node:path';

interface Rows extends AsyncIterable<AsyncIterable<{ readonly cellCount: number }>> {}
interface ExcelJs {
  readonly Workbook: new () => {
    readonly xlsx: { readFile(file: string): Promise<unknown> };
    eachSheet(visit: (sheet: { readonly actualRowCount: number }) => void): void;
  };
  readonly stream: {
    readonly xlsx: { readonly WorkbookReader: new (file: string, options: object) => Rows };
  };
}

const [file = '', how] = process.argv.slice(2);
// The package is the benchmark's own; this program runs from `out/bench/`.
const bench = path.resolve(process.argv[1] ?? '', '../../../test/bench/package.json');
const excel: ExcelJs = createRequire(bench)('exceljs');

async function main(): Promise<void> {
  let rows = 0;
  if (how === '--stream') {
    const reader = new excel.stream.xlsx.WorkbookReader(file, { sharedStrings: 'cache', worksheets: 'emit' });
    for await (const sheet of reader) for await (const row of sheet) rows += row.cellCount > 0 ? 1 : 0;
  } else {
    const book = new excel.Workbook();
    await book.xlsx.readFile(file);
    book.eachSheet((sheet) => {
      rows += sheet.actualRowCount;
    });
  }
  console.log(rows);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
