import { parseDecimal } from '../../../../src/exact/decimal.ts';
import { createSession } from '../../../../src/live/createSession.ts';
import { type CalculatorHandle, startWorker, workerHandle } from '../../../../src/live/handle.ts';
import type { Session } from '../../../../src/live/session.ts';
import type { Language } from '../../../../src/problems/messages/index.ts';
import type { FileReason } from '../../../../src/problems/problem.ts';
import { mountPane, type Theme } from '../../../../src/taskpane/index.tsx';
import type { Route } from '../../../../src/taskpane/page.ts';
import { fileError } from '../../../../src/workbook/bookError.ts';
import type { LiveBook } from '../../../../src/workbook/live.ts';
import type { CellContent } from '../../../../src/workbook/xlsx/cellContent.ts';
import { type XlsxLive, xlsxLiveBook } from '../../../../src/workbook/xlsx/live.ts';
import './harness.css';

/** What a test reaches through `window.allot`, besides what a person sees. */
export interface Harness {
  readonly book: XlsxLive;
  readonly session: Session;
  /** Puts what is typed into cells: a formula, a number, else text. */
  readonly type: (cells: readonly Typed[]) => Promise<void>;
  /** Lets the workbook refuse to be read, or no longer. */
  readonly refuse: (reason: FileReason | null) => void;
  /** As a ribbon command does. */
  readonly go: (to: Route) => void;
  readonly unmount: () => void;
}

export type Typed = readonly [sheet: string, row: number, column: number, typed: string];

declare global {
  interface Window {
    allot: Promise<Harness>;
  }
}

/** The page's address: `?sample=small.xlsx&language=zh-CN&theme=dark&asOf=2026-03-31&slow=2000`. */
async function start(): Promise<Harness> {
  const asked = new URLSearchParams(location.search);
  const sample = asked.get('sample') ?? 'small.xlsx';
  const language: Language = asked.get('language') === 'zh-CN' ? 'zh-CN' : 'en';
  const asOf = asked.get('asOf');
  const element = document.querySelector<HTMLElement>('#allot');
  if (element === null) throw new Error('the page has no #allot');
  document.documentElement.lang = language;
  const answer = await fetch(`samples/${encodeURIComponent(sample)}`);
  const book = xlsxLiveBook(new Uint8Array(await answer.arrayBuffer()), sample, {
    ...(asOf === null ? {} : { settings: { asOf } }),
    onCopy: download,
  });
  const handle = slowed(workerHandle(startWorker), Number(asked.get('slow') ?? 0));
  const session = createSession(book, handle, { today: Date.UTC(2026, 2, 31) });
  const opens = book.open;
  const listeners = new Set<(to: Route) => void>();
  const unmount = mountPane(element, {
    session,
    language,
    theme: themeOf(asked.get('theme')),
    onRoute(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  return {
    book,
    session,
    unmount,
    refuse(reason) {
      const open: LiveBook['open'] = () => Promise.reject(fileError(sample, reason ?? 'broken-part'));
      Object.assign(book, { open: reason === null ? opens : open });
    },
    async type(cells) {
      await book.edit(
        cells.map(([sheet, row, column, typed]) => ({ sheet, row, column, value: contentOf(typed) })),
      );
      await session.settled();
    },
    go: (to) => {
      for (const listener of listeners) listener(to);
    },
  };
}

/** A copy of the workbook is a file that the browser saves. */
function download(bytes: Uint8Array, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes.slice()]));
  link.download = name;
  link.click();
}

function contentOf(typed: string): CellContent {
  if (typed.startsWith('=')) return { kind: 'formula', formula: typed };
  const number = parseDecimal(typed);
  return number === null ? { kind: 'text', value: typed } : { kind: 'number', value: number };
}

/** A calculator that takes so many milliseconds more to evaluate, so that progress and Cancel can be seen. */
function slowed(handle: CalculatorHandle, ms: number): CalculatorHandle {
  if (ms === 0) return handle;
  const waiting = new Set<(reason: unknown) => void>();
  return {
    ...handle,
    calculator: {
      ...handle.calculator,
      async evaluate(asOf, report) {
        report?.(1, 4);
        await new Promise((resolve, reject) => {
          waiting.add(reject);
          setTimeout(resolve, ms);
        });
        return handle.calculator.evaluate(asOf, report);
      },
    },
    stop(reason) {
      for (const refuse of waiting) refuse(reason);
      handle.stop(reason);
    },
  };
}

function themeOf(text: string | null): Theme {
  return text === 'dark' || text === 'light' ? text : 'system';
}

window.allot = start();
