import { peer } from '../peers.ts';
import { type Contestant, ready } from './contestant.ts';
import { formulaBook } from './formulas.ts';

interface Book {
  getSheetId(name: string): number | undefined;
  suspendEvaluation(): void;
  resumeEvaluation(): void;
  setCellContents(at: Address, content: number): void;
  getCellValue(at: Address): unknown;
}
interface Address {
  readonly sheet: number;
  readonly row: number;
  readonly col: number;
}
interface Module {
  readonly HyperFormula: {
    buildFromSheets(
      sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>,
      options: Readonly<Record<string, unknown>>,
    ): Book;
  };
}

/** Formulas in cells; timed is a recalculation of all of them, since every one depends on a setting that changes. */
export const hyperformula: Contestant = {
  async prepare(data) {
    const loaded = await peer<Module & { readonly default?: Module }>('hyperformula');
    const { HyperFormula } = loaded.HyperFormula === undefined ? (loaded.default ?? loaded) : loaded;
    const { sheets, settings, result } = formulaBook(data);
    const cells = Object.fromEntries(
      sheets.map(({ name, count, row }) => [
        name,
        Array.from({ length: count }, (_, i) =>
          row(i).map((cell) => (typeof cell === 'object' ? `=${cell.f}` : cell === '' ? null : cell)),
        ),
      ]),
    );
    const book = HyperFormula.buildFromSheets(cells, { licenseKey: 'gpl-v3', maxRows: 1_100_000 });
    const id = (name: string): number => book.getSheetId(name) ?? 0;
    const set = (factor: number): void => {
      book.suspendEvaluation();
      for (const [row, value] of settings)
        book.setCellContents({ sheet: id('Settings'), row, col: 1 }, value * factor);
    };
    let milliseconds = 0;
    return ready(
      () => {
        set(1.01);
        book.resumeEvaluation();
        set(1);
        const start = performance.now();
        book.resumeEvaluation();
        milliseconds = performance.now() - start;
        const staff = id('Staff');
        return Float64Array.from({ length: data.people }, (_, i) =>
          Number(book.getCellValue({ sheet: staff, row: i + 1, col: result })),
        );
      },
      { took: () => milliseconds },
    );
  },
};
