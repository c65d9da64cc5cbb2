import { proxy, type Remote, releaseProxy, wrap } from 'comlink';
import { foldName } from '../workbook/names.ts';
import type { SheetTable } from '../workbook/port.ts';
import type { AdjustmentAnswer } from './adjusted.ts';
import type { AuditPlan, AuditVerified } from './audit.ts';
import type { ComparedAnswer } from './compared.ts';
import type { CounterfactualsView } from './counterfactualView.ts';
import type { InsightView } from './insighted.ts';
import type { BookData, Calculator, Explained } from './protocol.ts';
import type { RefreshAnswer, SourcesView } from './refreshed.ts';
import type { ReviewView } from './reviewed.ts';

/** A calculator whose work can be given up. */
export interface CalculatorHandle {
  readonly calculator: Calculator;
  /** Gives up what is under way: its calls are refused with `reason`. The book stays open. */
  stop(reason: unknown): void;
  close(): void;
}

/** A calculator on this thread: its work can't be given up while it computes. */
export function directHandle(calculator: Calculator): CalculatorHandle {
  return { calculator, stop() {}, close() {} };
}

interface Running {
  readonly worker: Worker;
  readonly remote: Remote<Calculator>;
  /** When the book that was open is open again. */
  readonly replayed: Promise<void>;
  readonly given: Set<(reason: unknown) => void>;
}

/**
 * A calculator in a worker. A thread that computes can't be interrupted: to give work up the worker is ended, and the
 * next call starts another one, with the book as it was.
 */
export function workerHandle(start: () => Worker): CalculatorHandle {
  let running: Running | null = null;
  let book: BookData | null = null;
  let closed = false;
  const tables = new Map<string, SheetTable>();

  function run(): Running {
    if (running !== null) return running;
    if (closed) throw new Error('the calculator is closed');
    const worker = start();
    const remote = wrap<Calculator>(worker);
    const given: Running['given'] = new Set();
    worker.addEventListener('error', (event) => stop(new Error(event.message || 'the calculator has ended')));
    const replayed = replay(remote);
    const started: Running = { worker, remote, replayed, given };
    running = started;
    // A worker without its book answers nothing right: the next call starts another.
    replayed.catch((error: unknown) => {
      if (running === started) stop(error);
    });
    return started;
  }

  async function replay(remote: Remote<Calculator>): Promise<void> {
    if (book === null) return;
    await remote.open(book);
    if (tables.size > 0) await remote.put([...tables.values()]);
  }

  function stop(reason: unknown): void {
    const { worker, remote, given } = running ?? {};
    running = null;
    remote?.[releaseProxy]();
    worker?.terminate();
    for (const give of given ?? []) give(reason);
  }

  /** One call, refused where the worker is ended meanwhile. */
  async function call<T>(ask: (remote: Remote<Calculator>) => Promise<T>): Promise<T> {
    const { remote, replayed, given } = run();
    let give: (reason: unknown) => void = () => {};
    const givenUp = new Promise<never>((_, reject) => {
      give = reject;
    });
    given.add(give);
    try {
      return await Promise.race([replayed.then(() => ask(remote)), givenUp]);
    } finally {
      given.delete(give);
    }
  }

  /** A call that `signal` gives up, with whatever else the worker does. */
  async function givable<T>(
    signal: AbortSignal | undefined,
    ask: (remote: Remote<Calculator>) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const abort = (): void => stop(signal?.reason);
    signal?.addEventListener('abort', abort);
    try {
      return await call(ask);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  const calculator: Calculator = {
    open(data) {
      const opened = call((remote) => remote.open(data));
      book = data;
      const there = new Set(data.tables.map(({ name }) => foldName(name)));
      for (const name of tables.keys()) if (!there.has(name)) tables.delete(name);
      return opened;
    },
    put(read) {
      const taken = call((remote) => remote.put(read));
      for (const table of read) tables.set(foldName(table.name), table);
      return taken;
    },
    check: (asOf) => call((remote) => remote.check(asOf)),
    evaluate: (asOf, report) =>
      call((remote) => remote.evaluate(asOf, report === undefined ? undefined : proxy(report))),
    answers: (queries, asOf, language) => call((remote) => remote.answers(queries, asOf, language)),
    sheets: (asOf, language) => call((remote) => remote.sheets(asOf, language)),
    share: (asOf, share) => call((remote) => remote.share(asOf, share)),
    parameters: (asOf, share) => call((remote) => remote.parameters(asOf, share)),
    whatIf: (asOf, share, changes) => call((remote) => remote.whatIf(asOf, share, changes)),
    explain: (asOf, target, language) => call<Explained>((remote) => remote.explain(asOf, target, language)),
    counterfactuals: (asOf, target, language) =>
      call<CounterfactualsView>((remote) => remote.counterfactuals(asOf, target, language)),
    targets: (asOf) => call((remote) => remote.targets(asOf)),
    statement: (asOf, key, language) => call((remote) => remote.statement(asOf, key, language)),
    statementRows: (asOf) => call((remote) => remote.statementRows(asOf)),
    comparable: (asOf) => call((remote) => remote.comparable(asOf)),
    compare: (asked, report, signal) =>
      givable<ComparedAnswer>(signal, (remote) =>
        remote.compare(asked, report === undefined ? undefined : proxy(report)),
      ),
    review: (asOf, source, language, signal) =>
      givable<ReviewView | null>(signal, (remote) => remote.review(asOf, proxy({ ...source }), language)),
    insight: (asOf, source, language, signal) =>
      givable<InsightView | null>(signal, (remote) => remote.insight(asOf, proxy({ ...source }), language)),
    checkRules: (rules, asOf) => call((remote) => remote.checkRules(rules, asOf)),
    vocabulary: (rules, asOf) => call((remote) => remote.vocabulary(rules, asOf)),
    format: (text) => call((remote) => remote.format(text)),
    // What is asked back comes over the same thread as the answers.
    ledger: (data, source, language) => call((remote) => remote.ledger(data, proxy({ ...source }), language)),
    verify: (data, source, against, language) =>
      call<AuditVerified>((remote) => remote.verify(data, proxy({ ...source }), against, language)),
    adjustment: (source, run, asOf) =>
      call<AdjustmentAnswer>((remote) => remote.adjustment(proxy({ ...source }), run, asOf)),
    plan: (data, source, wanted, doer) =>
      call<AuditPlan>((remote) => remote.plan(data, proxy({ ...source }), wanted, doer)),
    sources: (data, source, language) =>
      call<SourcesView>((remote) => remote.sources(data, proxy({ ...source }), language)),
    refresh: (data, source, asked, language, report, signal) =>
      givable<RefreshAnswer>(signal, (remote) =>
        remote.refresh(
          data,
          proxy({ ...source }),
          asked,
          language,
          report === undefined ? undefined : proxy(report),
        ),
      ),
    refreshPlan: (data, source, asked, agreed, doer) =>
      call<AuditPlan>((remote) => remote.refreshPlan(data, proxy({ ...source }), asked, agreed, doer)),
  };

  return {
    calculator,
    stop,
    close() {
      closed = true;
      stop(new Error('the calculator is closed'));
    },
  };
}

/** The worker of this page's own files. */
export function startWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
}
