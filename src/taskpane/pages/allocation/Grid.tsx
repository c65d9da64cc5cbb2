// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, which those of a table can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid keeps the focus and names its current cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for its cells
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: both roles of a cell have a column
// biome-ignore-all lint/a11y/noStaticElementInteractions: every cell has a role
import type { JSX } from 'preact';
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from '../../parts/Icon.tsx';
import { moved } from './moves.ts';
import type { Column, Rows, Sorting } from './rows.ts';
import { useVirtual } from './useVirtual.ts';

const HEAD = 32;
const ONE_LINE = 32;
const TWO_LINES = 44;

export interface GridProps {
  readonly label: string;
  readonly help: string;
  readonly rows: Rows;
  /** Indexes of rows, as they are shown. */
  readonly order: Uint32Array;
  readonly sorting: Sorting | null;
  readonly onSort: (column: Column) => void;
  /** What Enter and a click on a member do. */
  readonly onOpen: (row: number) => void;
  /** Hears which row is current; null where there is none. */
  readonly onCurrent: (row: number | null) => void;
}

interface Cell {
  /** Place among those shown; −1 is the head. */
  readonly row: number;
  readonly column: number;
}

/**
 * A table that draws the rows in sight. It is one stop of the Tab key; the arrow keys move in it as in a sheet, and
 * the current cell is told to screen readers with its place among all.
 */
export function Grid({
  label,
  help,
  rows,
  order,
  sorting,
  onSort,
  onOpen,
  onCurrent,
}: GridProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [cell, setCell] = useState<Cell | null>(null);
  const named = useMemo(() => hasNames(rows), [rows]);
  const { items, height, show } = useVirtual(scroller, order.length, named ? TWO_LINES : ONE_LINE, HEAD);
  const widths = useMemo(() => widthsOf(rows), [rows]);
  const { columns } = rows;

  // Other rows, or another order: what was current is somewhere else. The head stays where it is.
  useLayoutEffect(() => {
    const focused = scroller.current !== null && document.activeElement === scroller.current;
    setCell((was) => {
      if (was !== null && was.row < 0)
        return { row: -1, column: Math.min(was.column, rows.columns.length - 1) };
      return focused && order.length > 0 ? { row: 0, column: 0 } : null;
    });
    onCurrent(focused ? (order[0] ?? null) : null);
    scroller.current?.scrollTo({ top: 0 });
  }, [rows, order]);

  function go(to: Cell): void {
    setCell(to);
    onCurrent(to.row < 0 ? null : (order[to.row] ?? null));
    if (to.row >= 0) show(to.row);
    reveal(scroller.current, widths, to.column);
  }

  function act({ row, column }: Cell): void {
    const at = columns[column];
    const shown = order[row];
    if (row < 0 && at !== undefined) onSort(at);
    else if (shown !== undefined) onOpen(shown);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const now = cell ?? { row: order.length === 0 ? -1 : 0, column: 0 };
    if (event.key === 'Enter') {
      event.preventDefault();
      act(now);
      return;
    }
    const page = Math.max(
      1,
      Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD) / (named ? 44 : 32)) - 1,
    );
    const to = moved(now, event.key, event.ctrlKey || event.metaKey, {
      rows: order.length,
      columns: columns.length,
      page,
    });
    if (to === null) return;
    event.preventDefault();
    go(cell === null && to.row === now.row + 1 ? now : to);
  }

  const idOf = ({ row, column }: Cell): string => `${id}-${row}-${column}`;
  const template = widths.map((width) => `${width}px`).join(' ');
  const total = widths.reduce((sum, width) => sum + width, 0);
  const isCurrent = (row: number, column: number): boolean => cell?.row === row && cell.column === column;

  return (
    <>
      <div id={`${id}-help`} class="visually-hidden">
        {help}
      </div>
      <div
        ref={scroller}
        role="grid"
        class="al-grid"
        tabIndex={0}
        aria-label={label}
        aria-describedby={`${id}-help`}
        aria-rowcount={order.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={cell === null ? undefined : idOf(cell)}
        onKeyDown={onKeyDown}
        onFocus={() => {
          if (cell === null) go({ row: order.length === 0 ? -1 : 0, column: 0 });
        }}
      >
        <div role="rowgroup" class="al-grid-head" style={{ minWidth: `${total}px` }}>
          <div role="row" aria-rowindex={1} class="al-grid-row" style={{ gridTemplateColumns: template }}>
            {columns.map((column, c) => (
              <div
                key={column.id}
                id={idOf({ row: -1, column: c })}
                role="columnheader"
                tabIndex={-1}
                aria-colindex={c + 1}
                aria-sort={sortOf(column, sorting)}
                class={cellClass(column, isCurrent(-1, c))}
                onClick={() => {
                  go({ row: -1, column: c });
                  onSort(column);
                }}
              >
                <span class="al-cell-text">{column.heading}</span>
                {sorting?.column === column.id ? (
                  <Icon name="chevron" class={sorting.down ? 'al-sort al-sort-down' : 'al-sort'} />
                ) : null}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" class="al-grid-body" style={{ height: `${height}px`, minWidth: `${total}px` }}>
          {items.map((item) => {
            const row = order[item.index] ?? 0;
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                class={`al-grid-row al-grid-line${cell?.row === item.index ? ' al-grid-current' : ''}`}
                style={{
                  gridTemplateColumns: template,
                  height: `${item.size}px`,
                  transform: `translateY(${item.start}px)`,
                }}
              >
                {columns.map((column, c) => (
                  <div
                    key={column.id}
                    id={idOf({ row: item.index, column: c })}
                    role={c === 0 ? 'rowheader' : 'gridcell'}
                    tabIndex={-1}
                    aria-colindex={c + 1}
                    class={cellClass(column, isCurrent(item.index, c))}
                    onClick={() => go({ row: item.index, column: c })}
                    onDblClick={() => onOpen(row)}
                  >
                    <CellText column={column} rows={rows} row={row} named={named} />
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

function CellText({
  column,
  rows,
  row,
  named,
}: {
  readonly column: Column;
  readonly rows: Rows;
  readonly row: number;
  readonly named: boolean;
}): JSX.Element {
  const text = column.text(row);
  switch (column.kind) {
    case 'member':
      return (
        <span class="al-member">
          <span class="al-member-key">{rows.key(row)}</span>
          {named ? <span class="al-member-name">{rows.name(row)}</span> : null}
        </span>
      );
    case 'mark':
      return <span class={`al-mark al-mark-${markOf(column, row)}`}>{text}</span>;
    case 'difference':
      return <span class={`al-cell-text ${text.startsWith('−') ? 'al-less' : 'al-more-money'}`}>{text}</span>;
    case 'text':
    case 'number':
      return (
        <span class="al-cell-text" title={column.kind === 'text' ? text : undefined}>
          {text}
        </span>
      );
    default: {
      const never: never = column.kind;
      return never;
    }
  }
}

const markOf = (column: Column, row: number): string => column.mark?.(row) ?? 'none';

function cellClass({ kind }: Column, current: boolean): string {
  return `al-cell al-cell-${kind}${current ? ' al-cell-current' : ''}`;
}

function sortOf({ id }: Column, sorting: Sorting | null): 'ascending' | 'descending' | 'none' {
  if (sorting?.column !== id) return 'none';
  return sorting.down ? 'descending' : 'ascending';
}

function hasNames(rows: Rows): boolean {
  for (let row = 0; row < rows.count; row++) if (rows.name(row) !== '') return true;
  return false;
}

const LEAST = 64;
const MOST = { member: 150, text: 170, number: 140, mark: 170, difference: 130 } as const;

/** Of columns in pixels, by their longest texts: every row counts alike, so that scrolling moves nothing. */
function widthsOf(rows: Rows): readonly number[] {
  return rows.columns.map(({ kind, heading, text }) => {
    let most = measure(heading) * 0.9 + 14;
    for (let row = 0; row < rows.count; row++) {
      const here =
        kind === 'member'
          ? Math.max(measure(rows.key(row)), measure(rows.name(row)) * 0.9)
          : measure(text(row));
      if (here > most) most = here;
    }
    const padding = kind === 'mark' ? 32 : 18;
    return Math.round(Math.min(MOST[kind], Math.max(LEAST, most + padding)));
  });
}

/** About how wide a text is at 14 px: Chinese characters are as wide as they are high. */
function measure(text: string): number {
  let width = 0;
  for (const point of text) width += point > '\u2e80' ? 14 : point > '\u2200' ? 10 : 7.6;
  return width;
}

/** Scrolls sideways so that a column is in sight beside the first, which stays. */
function reveal(scroller: HTMLElement | null, widths: readonly number[], column: number): void {
  if (scroller === null || column === 0) return;
  const start = widths.slice(0, column).reduce((sum, width) => sum + width, 0);
  const end = start + (widths[column] ?? 0);
  const fixed = widths[0] ?? 0;
  if (start - fixed < scroller.scrollLeft) scroller.scrollLeft = start - fixed;
  else if (end > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = end - scroller.clientWidth;
}
