import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';

export interface Virtual {
  /** Rows to draw, with their offsets. */
  readonly items: readonly VirtualItem[];
  /** Height of all rows. */
  readonly height: number;
  readonly show: (row: number) => void;
}

/** Rows beyond the visible ones that are drawn, so that scrolling by a line shows nothing blank. */
const OVERSCAN = 6;

/** Draws only the rows in sight of an element that scrolls; all of them are `size` high, below a head of `head`. */
export function useVirtual(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  size: number,
  head: number,
): Virtual {
  const [, drawAnew] = useReducer((n: number) => n + 1, 0);
  const kept = useRef<Virtualizer<HTMLElement, HTMLElement> | null>(null);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    overscan: OVERSCAN,
    // The head stays at the top, over the rows.
    scrollPaddingStart: head,
    onChange: () => drawAnew(0),
  };
  kept.current ??= new Virtualizer<HTMLElement, HTMLElement>(options);
  const virtualizer = kept.current;
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, size]);
  return {
    items: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    show: (row) => virtualizer.scrollToIndex(row, { align: 'auto' }),
  };
}
