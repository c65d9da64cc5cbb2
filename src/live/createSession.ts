import { isoOfMs, parseDate } from '../exact/date.ts';
import { BookError } from '../workbook/bookError.ts';
import type { BookChange, LiveBook } from '../workbook/live.ts';
import { foldName, isOurSheet } from '../workbook/names.ts';
import type { BookReader, SheetTable } from '../workbook/port.ts';
import { periodLock } from './audit.ts';
import type { CalculatorHandle } from './handle.ts';
import { PeriodLocked } from './periodLocked.ts';
import type { BookData } from './protocol.ts';
import { sameTable } from './same.ts';
import type { Failure, Session, SessionState } from './session.ts';

export interface SessionOptions {
  /** Milliseconds that are waited for further changes. */
  readonly delay?: number;
  /** The day that rules are checked for while no as-of date is set: whole milliseconds since 1970-01-01. */
  readonly today: number;
}

/** Under this name the as-of date is kept in the workbook. */
export const AS_OF = 'asOf';

const START: SessionState = {
  revision: 0,
  phase: 'idle',
  done: null,
  asOf: null,
  hasRules: false,
  rules: [],
  problems: [],
  outcome: null,
  failure: null,
};

/** What is to be done before the state is up to date. */
interface Due {
  /** Sheets to read anew; null: all. */
  sheets: Set<string> | null;
  read: boolean;
  compute: boolean;
}

/** Evaluations that follow each other within so many milliseconds are on end; so many may be, then the waits grow. */
const ON_END = 1000;
const MOST_ON_END = 100;
const LONGEST = 5000;

const nothing = (): Due => ({ sheets: new Set(), read: false, compute: false });

/** Opens a session over a workbook: reads it, computes it where an as-of date is kept in it, and follows its changes. */
export function createSession(book: LiveBook, handle: CalculatorHandle, options: SessionOptions): Session {
  const { calculator } = handle;
  const listeners = new Set<(state: SessionState) => void>();
  const tables = new Map<string, SheetTable>();
  let due: Due = { sheets: null, read: true, compute: true };
  let state = START;
  /** What the calculator has been given; null where that may be half of something. */
  let data: { readonly text: string; readonly wanted: readonly string[] } | null = null;
  let abort = new AbortController();
  let loop: Promise<void> | null = null;
  let closed = false;
  let dated = false;
  let computedAt = Number.NEGATIVE_INFINITY;
  let hurried = 0;

  const unwatch = book.watch(onChange);
  void wake();

  function set(next: Partial<SessionState>): void {
    if (closed) return;
    state = { ...state, ...next };
    for (const listener of [...listeners]) listener(state);
  }

  function onChange({ sheets, shape }: BookChange): void {
    if (sheets?.every(isOurSheet)) return;
    if (sheets === null || shape) due.sheets = null;
    else for (const sheet of sheets) due.sheets?.add(sheet);
    due.read = true;
    void wake();
  }

  /** Does what is due, one thing after the other; changes that arrive meanwhile are due afterwards. */
  function wake(): Promise<void> {
    loop ??= work().finally(() => {
      loop = null;
      if (!closed && (due.read || due.compute)) void wake();
    });
    return loop;
  }

  /**
   * A formula that feeds one of our functions with its own result may never come to rest, and no host says what made a
   * cell change: after many evaluations on end each waits longer for the next.
   */
  function patience(): number {
    const { delay = 30 } = options;
    hurried = Date.now() - computedAt < ON_END ? hurried + 1 : 0;
    return hurried <= MOST_ON_END ? delay : Math.min(LONGEST, (delay + 1) * 2 ** (hurried - MOST_ON_END));
  }

  async function work(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, patience()));
    if (closed || !(due.read || due.compute)) return;
    // What is asked for from now on stays due, whatever becomes of this.
    const now = due;
    due = nothing();
    abort = new AbortController();
    const { signal } = abort;
    try {
      if (!dated) {
        const kept = await book.setting(AS_OF);
        // A date may have been set meanwhile.
        if (!dated) set({ asOf: kept === null ? null : parseDate(kept) });
        dated = true;
        signal.throwIfAborted();
      }
      const changed = (now.read || data === null) && (await read(data === null ? null : now.sheets, signal));
      if (now.compute || changed) await compute(signal);
      else set({ phase: 'idle', done: null, failure: null });
    } catch (error) {
      // It is not tried again by itself; the next change or wish reads everything anew, since the calculator may have half of it.
      data = null;
      tables.clear();
      set({ phase: 'idle', done: null, failure: failureOf(error) });
    }
  }

  /** Reads rules, names and headings, and the tables that may have changed; says whether anything has. */
  async function read(sheets: Due['sheets'], signal: AbortSignal): Promise<boolean> {
    set({ phase: 'reading', done: null });
    const reader = await book.open({ signal });
    // A host need not look at the signal.
    signal.throwIfAborted();
    const opened = dataOf(book.title, reader);
    const text = JSON.stringify(opened, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
    let changed = false;
    if (data === null || data.text !== text) {
      const wanted = await calculator.open(opened);
      data = { text, wanted };
      changed = true;
      const there = new Set(opened.tables.map(({ name }) => foldName(name)));
      for (const name of tables.keys()) if (!there.has(name)) tables.delete(name);
    }
    const stale = data.wanted.filter((name) => {
      const known = tables.get(foldName(name));
      return known === undefined || sheets === null || sheets.has(known.sheet);
    });
    if (stale.length > 0) {
      const report = (done: number, total: number): void => set({ done: total === 0 ? null : done / total });
      const { tables: found } = await reader.read(stale, { signal, report });
      signal.throwIfAborted();
      const other = found.filter((table) => {
        const known = tables.get(foldName(table.name));
        return known === undefined || !sameTable(known, table);
      });
      if (other.length > 0) {
        await calculator.put(other);
        for (const table of other) tables.set(foldName(table.name), table);
        changed = true;
      }
    }
    set({ hasRules: opened.hasRules, rules: opened.rules });
    return changed;
  }

  async function compute(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    due.compute = false;
    const { asOf } = state;
    set({ phase: 'computing', done: null });
    const { problems, outcome } =
      asOf === null || !state.hasRules
        ? {
            problems: state.hasRules ? await calculator.check(asOf ?? options.today) : [],
            outcome: null,
          }
        : await calculator.evaluate(asOf, (done, total) => set({ done: total === 0 ? null : done / total }));
    // Another date was set meanwhile: results of one are never shown under the other.
    if (state.asOf !== asOf) return compute(signal);
    computedAt = Date.now();
    set({ revision: state.revision + 1, phase: 'idle', done: null, problems, outcome, failure: null });
  }

  async function settled(): Promise<SessionState> {
    while (!closed && (loop !== null || due.read || due.compute)) await (loop ?? wake());
    return state;
  }

  return {
    book,
    calculator,
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async setAsOf(asOf) {
      await book.setSetting(AS_OF, asOf === null ? null : isoOfMs(asOf));
      dated = true;
      set({ asOf });
      due.compute = true;
      await wake();
      await settled();
    },
    async refresh() {
      due.sheets = null;
      due.read = true;
      due.compute = true;
      await settled();
    },
    settled,
    cancel() {
      if (state.phase === 'idle') return;
      const reason = new DOMException('given up', 'AbortError');
      due = nothing();
      abort.abort(reason);
      handle.stop(reason);
    },
    async write(language, progress) {
      const { asOf, outcome, failure } = await settled();
      // After a failure the outcome is an earlier one, and the calculator may have half of what was read.
      if (asOf === null || outcome === null || failure !== null) return null;
      const day = isoOfMs(asOf);
      const lock = await periodLock({ book, calculator }, day);
      if (lock !== null) throw new PeriodLocked(day, lock);
      const sheets = await calculator.sheets(asOf, language);
      return sheets === null ? null : book.writeSheets(sheets, progress);
    },
    close() {
      closed = true;
      unwatch();
      listeners.clear();
      abort.abort(new DOMException('closed', 'AbortError'));
      handle.close();
    },
  };
}

function dataOf(title: string, { rules, hasRules, names, problems, tables }: BookReader): BookData {
  return { title, rules, hasRules, names, problems, tables };
}

function failureOf(error: unknown): Failure {
  if (error instanceof BookError) return { kind: 'book', problem: error.problem };
  if (error instanceof Error && error.name === 'AbortError') return { kind: 'cancelled' };
  return { kind: 'crash', text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
