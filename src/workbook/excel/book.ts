import type { LiveBook } from '../live.ts';
import { excelApi } from './batch.ts';
import { type CellMeaning, cellMeaning } from './cells.ts';
import { openBytes, workbookBytes } from './file.ts';
import type { OfficeGlobals } from './office.ts';
import { chartSets } from './optional.ts';
import { readPart } from './parts.ts';
import { openExcel, readOurs } from './read.ts';
import { addRules, ruleSheetsOf, writeRules } from './ruleSheets.ts';
import { activeCell, selectCell } from './selection.ts';
import { readFunctionNames, readSetting, writeFunctionNames, writeSetting } from './settings.ts';
import { countsFrom1904 } from './structure.ts';
import { watchExcel } from './watch.ts';
import { writeResults } from './write.ts';

/** The workbook that this add-in runs beside, in Excel. Ask `missingRequirements` first. */
export function excelBook(globals: OfficeGlobals = { Excel, Office }): LiveBook {
  const api = excelApi(globals);
  let asked: Promise<boolean> | null = null;
  // Asked once: nobody changes it while figures stand in the workbook.
  const from1904 = (): Promise<boolean> => {
    asked ??= api.read(countsFrom1904).catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
  const meaning = async (): Promise<CellMeaning> => cellMeaning(await from1904());
  // Writes wait for one another: each puts back what it found if it fails.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }

  return {
    get title() {
      return api.title();
    },
    get charts() {
      return chartSets(globals).draws;
    },
    open: async (progress) => openExcel(api, await meaning(), progress),
    writeSheets: (sheets, progress) =>
      inTurn(async () => writeResults(api, { sheets }, await from1904(), progress)),
    write: (changes, progress) => inTurn(async () => writeResults(api, changes, await from1904(), progress)),
    ours: async (name) => readOurs(api, await meaning(), name),
    part: (name) => readPart(api, name),
    ruleSheets: async () => ruleSheetsOf(api, await meaning()),
    writeRuleSheet: (sheet, lines, was) =>
      inTurn(async () => writeRules(api, await meaning(), sheet, lines, was)),
    addRuleSheet: (name, lines) => inTurn(() => addRules(api, name, lines)),
    select: (cell) => selectCell(api, cell),
    selection: async () => activeCell(api, await meaning()),
    watch: (listener) => watchExcel(api, listener),
    setting: (name) => readSetting(api, name),
    setSetting: (name, value) => inTurn(() => writeSetting(api, name, value)),
    bytes: () => workbookBytes(api),
    openCopy: (bytes) => openBytes(api, bytes),
    functionNames: () => readFunctionNames(api),
    setFunctionNames: (names, present) => inTurn(() => writeFunctionNames(api, names, present)),
  };
}
