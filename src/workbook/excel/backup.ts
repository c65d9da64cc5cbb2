import type { Area } from '../area.ts';
import type { Progress } from '../port.ts';
import { eachBlock, rangeOf } from './blocks.ts';
import { type Input, sameInput } from './input.ts';
import type { Target } from './layout.ts';

/** What stood in an area, as it is put back. */
export interface Backup {
  readonly area: Area;
  readonly pieces: readonly {
    readonly top: number;
    readonly inputs: Input[][];
    readonly formats: unknown[][];
  }[];
}

/** Keeps what stands in an area of a sheet. */
export async function backUp(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  area: Area,
  progress?: Progress,
): Promise<Backup> {
  const pieces: Backup['pieces'][number][] = [];
  await eachBlock(
    context,
    sheet,
    area,
    ({ top, values, types, formats, formulas }) =>
      pieces.push({
        top,
        inputs: values.map((row, i) =>
          row.map((value, j) => sameInput(value, types[i]?.[j] ?? '', formulas[i]?.[j])),
        ),
        formats: formats.map((row) => [...row]),
      }),
    {
      formulas: true,
      ...(progress?.signal === undefined ? {} : { progress: { signal: progress.signal } }),
    },
  );
  return { area, pieces };
}

/** Puts back what stood in the area, piece by piece. */
export async function putBack(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  { area, pieces }: Backup,
): Promise<void> {
  for (const { top, inputs, formats } of pieces)
    for (const { from, to } of slices(inputs)) {
      const range = rangeOf(sheet, { ...area, top: top + from, bottom: top + to - 1 });
      // Under the format of texts a formula would become one.
      range.numberFormat = inputs.slice(from, to).map((row) => row.map(() => 'General'));
      range.values = inputs.slice(from, to);
      range.numberFormat = formats.slice(from, to);
      range.untrack();
      await context.sync();
    }
}

/** Bytes and cells of one request: far below 5 MB. */
const WRITE_BYTES = 1_000_000;
export const WRITE_CELLS = 20_000;

/** Runs of rows that go into one request each. */
export function slices(
  rows: readonly (readonly Input[])[],
): readonly { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  let from = 0;
  let bytes = 0;
  let cells = 0;
  for (const [i, row] of rows.entries()) {
    const size = row.reduce<number>(
      (sum, input) => sum + (typeof input === 'string' ? input.length * 3 : 20) + 24,
      0,
    );
    if (i > from && (bytes + size > WRITE_BYTES || cells + row.length > WRITE_CELLS)) {
      found.push({ from, to: i });
      from = i;
      bytes = 0;
      cells = 0;
    }
    bytes += size;
    cells += row.length;
  }
  if (rows.length > from) found.push({ from, to: rows.length });
  return found;
}

/** The part of a target's area that may hold anything; null where that is nothing. */
export function oldArea({ touched, old }: Target): Area | null {
  if (old === null) return null;
  const { used, tables } = old.sheet;
  const areas = [...(used === null ? [] : [used]), ...tables.map((table) => table.area)];
  const bottom = Math.min(touched.bottom, Math.max(0, ...areas.map((area) => area.bottom)));
  const right = Math.min(touched.right, Math.max(0, ...areas.map((area) => area.right)));
  return bottom === 0 || right === 0 ? null : { ...touched, bottom, right };
}
