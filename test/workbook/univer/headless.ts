import { createRequire } from 'node:module';
import type { FUniver } from '@univerjs/presets';
import { type GridBook, univerBook } from '../../../src/workbook/univer/adapter.ts';
import { type LoadedBook, loadBook, loadContext } from '../../../src/workbook/univer/load.ts';
import { readXlsx } from '../../../src/workbook/xlsx/book.ts';

const require = createRequire(import.meta.url);

/** The grid without anything to be seen: its data, commands and formulas, in Node. */
export interface Headless {
  readonly api: FUniver;
  /** Opens the bytes of a workbook in it, as the workbench does. */
  open(bytes: Uint8Array, title: string): Promise<{ readonly book: GridBook; readonly loaded: LoadedBook }>;
  /** When formulas have been calculated. */
  calculated(): Promise<void>;
  close(): void;
}

interface Presets {
  createUniver(options: object): { univer: { dispose(): void }; univerAPI: FUniver };
  readonly LocaleType: { readonly EN_US: string };
}

/** The grid's packages are bundled for browsers; Node reads their CommonJS form only. */
export function headless(): Headless {
  const { createUniver, LocaleType } = require('@univerjs/presets') as Presets;
  const { UniverSheetsNodeCorePreset } = require('@univerjs/presets/preset-sheets-node-core') as {
    UniverSheetsNodeCorePreset(options: object): unknown;
  };
  const words: unknown = require('@univerjs/presets/preset-sheets-node-core/locales/en-US');
  const { univer, univerAPI: api } = createUniver({
    locale: LocaleType.EN_US,
    locales: { [LocaleType.EN_US]: words },
    presets: [UniverSheetsNodeCorePreset({ formula: {} })],
  });
  let units = 0;
  return {
    api,
    async open(bytes, title) {
      const file = readXlsx(bytes, title);
      const context = loadContext(file.structure, () => true);
      const loaded = await loadBook(context, { id: `book${++units}`, title });
      api.createWorkbook(loaded.data);
      return { book: univerBook(api, { title, file, context, loaded }), loaded };
    },
    calculated: () => api.getFormula().onCalculationResultApplied(5000),
    close: () => univer.dispose(),
  };
}
