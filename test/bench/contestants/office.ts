import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { makeXlsx, temporary } from '../files/book.ts';
import { type Contestant, ready } from './contestant.ts';
import { formulaBook } from './formulas.ts';

const PLACES = ['/usr/bin/soffice', '/usr/local/bin/soffice', '/opt/libreoffice/program/soffice'];
export const officeBin = (): string | null => PLACES.find((place) => existsSync(place)) ?? null;

/** All of the sheet `Staff`, numbers as they are. */
const CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,1';

/**
 * LibreOffice calculating formulas that have no values yet: the time to turn the workbook into CSV, less that of the same
 * workbook with numbers in place of the formulas (starting, loading, writing).
 */
export const office: Contestant = {
  async prepare(data) {
    const bin = officeBin();
    if (bin === null) return { kind: 'absent', why: 'LibreOffice is not installed' };
    const folder = temporary();
    const file = (name: string): string => path.join(folder, `${name}.xlsx`);
    const book = formulaBook(data);
    makeXlsx(file('formulas'), book.sheets);
    makeXlsx(file('values'), formulaBook(data, false).sheets);
    const convert = (name: string): number => {
      const start = performance.now();
      execFileSync(
        bin,
        [
          `-env:UserInstallation=file://${folder}/profile`,
          '--headless',
          '--convert-to',
          CSV,
          '--outdir',
          folder,
          file(name),
        ],
        { stdio: 'ignore' },
      );
      return performance.now() - start;
    };
    convert('values');
    let milliseconds = 0;
    return ready(
      () => {
        milliseconds = convert('formulas') - convert('values');
        const written = readdirSync(folder).find((name) => /^formulas.*\.csv$/.test(name));
        const text = readFileSync(path.join(folder, written ?? 'formulas.csv'), 'utf8');
        const rows = Papa.parse<string[]>(text).data;
        return Float64Array.from({ length: data.people }, (_, i) =>
          Number(rows[i + 1]?.[book.result] ?? Number.NaN),
        );
      },
      {
        took: () => milliseconds,
        close: async () => rmSync(folder, { recursive: true, force: true }),
      },
    );
  },
};
