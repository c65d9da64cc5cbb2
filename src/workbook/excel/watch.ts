import type { BookChange } from '../live.ts';
import type { ExcelApi } from './batch.ts';
import { onSheetRenamed } from './optional.ts';

type Handle = { readonly context: OfficeExtension.ClientRequestContext; remove(): void };

/**
 * Tells of changes until it is stopped: of those after a reading that begins now, since Excel takes one thing at a time. Excel tells of cells that are typed or written, of formulas that were calculated (the
 * sheet only), and of sheets and tables that come and go; of names it tells nothing, nor of a table that is only given another
 * name or size.
 */
export function watchExcel(api: ExcelApi, listener: (change: BookChange) => void): () => void {
  let stopped = false;
  /** Names of sheets by their id, which is all that events tell. */
  const names = new Map<string, string>();

  function tell(id: string | null, shape: boolean): void {
    if (stopped) return;
    const name = id === null ? undefined : names.get(id);
    listener({ sheets: name === undefined ? null : [name], shape });
  }

  function readNames(): Promise<void> {
    return api.read(async (context) => {
      const { worksheets } = context.workbook;
      worksheets.load('items/id,items/name');
      await context.sync();
      names.clear();
      for (const { id, name } of worksheets.items) names.set(id, name);
    });
  }

  /** A name that can't be read now is unknown: `null`, any sheet. */
  const shapeChanged = async (id: string): Promise<void> => {
    const before = names.get(id);
    await readNames().catch(() => names.clear());
    if (before !== undefined && !names.has(id)) names.set(id, before);
    tell(id, true);
  };

  const ready = api.read(async (context) => {
    const { worksheets, tables } = context.workbook;
    const handles: (Handle | null)[] = [
      worksheets.onChanged.add(async ({ worksheetId }) => tell(worksheetId, false)),
      worksheets.onCalculated.add(async ({ worksheetId }) => tell(worksheetId, false)),
      worksheets.onAdded.add(({ worksheetId }) => shapeChanged(worksheetId)),
      worksheets.onDeleted.add(({ worksheetId }) => shapeChanged(worksheetId)),
      tables.onAdded.add(async ({ worksheetId }) => tell(worksheetId, true)),
      tables.onDeleted.add(async ({ worksheetId }) => tell(worksheetId, true)),
      onSheetRenamed(api.globals, worksheets, async (before, after) => {
        await readNames().catch(() => names.clear());
        if (!stopped) listener({ sheets: [before, after], shape: true });
      }),
    ];
    await context.sync();
    return handles.flatMap((handle) => handle ?? []);
  });
  // Where Excel refuses to tell, nothing is told: the pane can still read anew when it is asked to.
  const started = ready.then(
    (handles) =>
      readNames().then(
        () => handles,
        () => handles,
      ),
    () => [],
  );

  return () => {
    stopped = true;
    void started.then(async ([...handles]) => {
      const [first] = handles;
      if (first === undefined) return;
      for (const handle of handles) handle.remove();
      await first.context.sync().catch(() => undefined);
    });
  };
}
