import { createFollower, type Follower } from '../functions/follow.ts';
import { createSession } from '../live/createSession.ts';
import { startWorker, workerHandle } from '../live/handle.ts';
import type { Session } from '../live/session.ts';
import type { Language } from '../problems/messages/index.ts';
import { breathe } from '../workbook/breathe.ts';
import { type GridBook, univerBook } from '../workbook/univer/adapter.ts';
import { loadBook, loadContext } from '../workbook/univer/load.ts';
import { fileSettings } from '../workbook/univer/settings.ts';
import { readXlsx } from '../workbook/xlsx/book.ts';
import { type GridFunctions, gridFunctions } from './functions.ts';
import { offerFile } from './offer.ts';
import type { DrawnGrid } from './univer.ts';

/** The grid with at most one workbook in it, its session and our functions in its cells. */
export interface Room {
  readonly grid: DrawnGrid;
  readonly functions: GridFunctions;
  readonly open: OpenBook | null;
  /** Opens a workbook in place of the one that is there, which stays where the new one can't be read. */
  load(bytes: Uint8Array, name: string, progress: (done: number) => void): Promise<OpenBook>;
  setLanguage(language: Language): void;
}

export interface OpenBook {
  readonly name: string;
  readonly unitId: string;
  readonly book: GridBook;
  readonly session: Session;
  /** Whether cells were changed since it was opened or saved. */
  readonly isChanged: () => boolean;
  /** Its bytes now are in a file. */
  saved(): void;
}

/** A unit that is there from the start, so that the grid's services are. */
const NOTHING = 'nothing';

/** Rows above a cell that is shown, and pixels to its left. */
const ABOVE = 4;
const LEFT_OF = 450;

const SELECTED = 'sheet.operation.set-selections';

interface SelectedParams {
  readonly subUnitId?: string;
  readonly selections?: readonly {
    readonly range: { readonly startRow: number; readonly startColumn: number };
  }[];
}

/** What the page is told of what happens in the grid. */
export interface RoomEvents {
  /** Somebody wanted to delete a sheet of the opened file, which stays. */
  readonly onKept: () => void;
  /** What is wrong in the selected cell; null where nothing is. */
  readonly onMessage: (message: string | null) => void;
}

export async function enterRoom(
  element: HTMLElement,
  first: Language,
  dark: boolean,
  { onKept, onMessage }: RoomEvents,
): Promise<Room> {
  const { drawGrid, ENGINE } = await import('./univer.ts');
  const grid = drawGrid(element, first, dark);
  const { api, injector } = grid;
  api.createWorkbook({ id: NOTHING, name: '', sheetOrder: ['s'], sheets: { s: { id: 's', name: ' ' } } });
  api.addEvent(api.Event.BeforeSheetDelete, (event) => {
    if (open?.book.isOfFile(event.worksheet.getSheetId()) !== true) return;
    event.cancel = true;
    onKept();
  });
  const functions = gridFunctions({ api, injector, engine: ENGINE, language: first });
  api.addEvent(api.Event.CommandExecuted, ({ id, params }) => {
    if (id !== SELECTED) return;
    const { subUnitId, selections }: SelectedParams = params ?? {};
    const range = selections?.[0]?.range;
    const shown = range !== undefined && subUnitId !== undefined;
    onMessage(shown ? functions.messageAt(subUnitId, range.startRow, range.startColumn) : null);
  });
  const known = injector.get(ENGINE.IFunctionService);
  let language = first;
  let open: (OpenBook & { close(): void }) | null = null;
  let follower: Follower | null = null;
  let units = 0;

  function follow({ session, unitId }: OpenBook): void {
    const before = follower;
    follower = createFollower(session, language);
    functions.follow(unitId, follower, language);
    before?.close();
  }

  async function load(bytes: Uint8Array, name: string, progress: (done: number) => void): Promise<OpenBook> {
    await breathe();
    const file = readXlsx(bytes, name);
    const context = loadContext(file.structure, (wanted) => known.hasExecutor(wanted));
    const unitId = `book${++units}`;
    const loaded = await loadBook(
      context,
      { id: unitId, title: name },
      {
        report: (done, total) => progress(total === 0 ? 1 : done / total),
      },
    );
    close();
    api.createWorkbook(loaded.data);
    const book = univerBook(api, {
      title: name,
      file,
      context,
      loaded,
      settings: fileSettings(file.structure),
      show(sheet, row, column) {
        const shown = api.getWorkbook(unitId)?.getSheetBySheetId(sheet.getSheetId());
        if (!shown) return;
        // What stands above and to the left says what the cell is.
        let left = column;
        for (let width = 0; left > 0; left--) {
          width += shown.getColumnWidth(left - 1);
          if (width > LEFT_OF) break;
        }
        shown.scrollToCell(Math.max(0, row - ABOVE), left);
      },
      openCopy: async (copy, title) => offerFile(copy, title),
    });
    const session = createSession(book, workerHandle(startWorker), { today: today() });
    const changes = changesOf(grid, unitId);
    open = {
      name,
      unitId,
      book,
      session,
      isChanged: changes.any,
      saved: changes.none,
      close() {
        changes.stop();
        functions.leave();
        follower?.close();
        follower = null;
        session.close();
        book.close();
        api.disposeUnit(unitId);
      },
    };
    api.disposeUnit(NOTHING);
    follow(open);
    return open;
  }

  function close(): void {
    open?.close();
    open = null;
  }

  return {
    grid,
    functions,
    get open() {
      return open;
    },
    load,
    setLanguage(spoken) {
      language = spoken;
      grid.setLanguage(spoken);
      if (open !== null) follow(open);
    },
  };
}

/** The day that it is here, as a day without a time zone. */
function today(): number {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
}

/** Whether anything but the results of formulas has changed. */
function changesOf({ api }: DrawnGrid, unitId: string): { any(): boolean; none(): void; stop(): void } {
  let changed = false;
  const event = api.addEvent(api.Event.CommandExecuted, ({ id, params, options }) => {
    const { unitId: unit } = (params ?? {}) as { readonly unitId?: string };
    if (
      unit !== unitId ||
      options?.onlyLocal === true ||
      !/^sheet\.mutation\.(?!set-worksheet-active)/.test(id)
    )
      return;
    changed = true;
  });
  return {
    any: () => changed,
    none() {
      changed = false;
    },
    stop: () => event.dispose(),
  };
}
