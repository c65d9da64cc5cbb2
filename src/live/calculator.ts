import { foldName } from '../../grammar/tree.ts';
import type { Side } from '../audit/compare/sides.ts';
import type { Target } from '../engine/plain/index.ts';
import { hasErrors } from '../problems/errors.ts';
import type { Language } from '../problems/messages/index.ts';
import type { Problem } from '../problems/problem.ts';
import type { Progress, RuleLine, SheetTable } from '../workbook/port.ts';
import { broken, createAnswerer, noDate } from './answers.ts';
import type { CompareAsked, ComparedAnswer } from './compared.ts';
import { check, type Evaluated, evaluate, evaluateAgain, type Prepared, prepare } from './evaluated.ts';
import type { Explain } from './explained.ts';
import { outcomeOf } from './outcome.ts';
import type { BookData, Calculator, Evaluation } from './protocol.ts';
import type { Answer, Query } from './queries.ts';

/** So many as-of dates' results are kept: a run, the month before, and what functions ask for. */
const KEPT = 6;
/** A comparison takes about as long as so many runs. */
const RUNS = 10;

/**
 * A calculator that holds one book. What the pane alone asks for is loaded when it first asks.
 * Every method but `open` refuses where no book is open.
 */
export function createCalculator(): Calculator {
  let book: BookData | null = null;
  let prepared: Prepared | null = null;
  const tables = new Map<string, SheetTable>();
  const kept = new Map<number, Evaluated>();
  /** Evaluations of the book as it was: what has changed since is followed from there. */
  const before = new Map<number, Evaluated>();
  const explainers = new WeakMap<Evaluated, Explain | null>();
  const answerers = new Map<string, (query: Query) => Answer>();

  function changed(): void {
    prepared = null;
    for (const [asOf, found] of kept) before.set(asOf, found);
    for (const asOf of before.keys()) if (before.size > KEPT) before.delete(asOf);
    kept.clear();
    answerers.clear();
  }

  function opened(): BookData {
    if (book === null) throw new Error('no book is open');
    return book;
  }

  function ready(): Prepared {
    const { rules, problems } = opened();
    prepared ??= prepare(opened(), rules, problems, tables);
    return prepared;
  }

  function computed(asOf: number, report?: (done: number, total: number) => void): Evaluated {
    const found = kept.get(asOf) ?? anew(asOf, report === undefined ? {} : { report });
    // The date that was asked for last is the last to go.
    kept.delete(asOf);
    kept.set(asOf, found);
    for (const old of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(old);
      for (const name of answerers.keys()) if (name.startsWith(`${old} `)) answerers.delete(name);
    }
    return found;
  }

  function anew(asOf: number, progress: Progress): Evaluated {
    const old = before.get(asOf);
    before.delete(asOf);
    const followed = old === undefined ? null : evaluateAgain(old, ready(), progress);
    return followed ?? evaluate(ready(), asOf, progress);
  }

  /** With its results, where nothing forbids them. */
  function payable(asOf: number) {
    const { done, problems, workbook, file } = computed(asOf);
    return done === null || hasErrors(problems) ? null : { ...done, workbook, file };
  }

  function evaluationOf({ asOf, problems, done, workbook }: Evaluated): Evaluation {
    const outcome =
      done === null || hasErrors(problems) ? null : outcomeOf(done.program, workbook, done.results);
    return { asOf, problems, outcome };
  }

  function answererOf(asOf: number, language: Language): (query: Query) => Answer {
    const found = computed(asOf);
    const name = `${asOf} ${language}`;
    const known = answerers.get(name);
    if (known !== undefined) return known;
    const made = createAnswerer(found, language);
    answerers.set(name, made);
    return made;
  }

  function answerOf(query: Query, day: number, language: Language): Answer {
    if (query.kind !== 'problems') {
      const { done, problems } = computed(day);
      if (done === null || hasErrors(problems)) return broken(problems, language);
    }
    return answererOf(day, language)(query);
  }

  async function explainerOf(asOf: number): Promise<Explain | null> {
    const { explainOf } = await import('./explained.ts');
    const found = computed(asOf);
    const known = explainers.get(found);
    if (known !== undefined) return known;
    const made = explainOf(found);
    explainers.set(found, made);
    return made;
  }

  /** Whoever asks what may be explained will ask for it: what explaining looks up is made while nobody waits. */
  function prepareExplaining(found: Evaluated, targets: readonly Target[]): void {
    const [first, ...others] = targets;
    if (first === undefined) return;
    setTimeout(async () => {
      // Unless the book has changed meanwhile.
      if (kept.get(found.asOf) !== found) return;
      (await explainerOf(found.asOf))?.(first);
      prepareExplaining(found, others);
    });
  }

  return {
    async open(data) {
      book = data;
      const there = new Set(data.tables.map(({ name }) => foldName(name)));
      for (const name of tables.keys()) if (!there.has(name)) tables.delete(name);
      changed();
      return ready().workbook.tables.map(({ name }) => name);
    },
    async put(read) {
      for (const table of read) tables.set(foldName(table.name), table);
      changed();
    },
    async check(asOf) {
      return check(ready(), asOf);
    },
    async evaluate(asOf, report) {
      return evaluationOf(computed(asOf, report));
    },
    async answers(queries, asOf, language) {
      const days = queries.map((query) => (query.kind === 'problems' ? asOf : (query.asOf ?? asOf)));
      const answers = queries.map((): Answer => noDate(language));
      // Date by date, since only the last few are kept; the run's last, so that it is among them.
      const others = new Set(days.filter((day) => day !== asOf));
      for (const day of [...others, asOf]) {
        if (day === null) continue;
        for (const [i, query] of queries.entries())
          if (days[i] === day) answers[i] = answerOf(query, day, language);
      }
      return answers;
    },
    async sheets(asOf, language) {
      const found = payable(asOf);
      if (found === null) return null;
      const { resultSheets } = await import('../report/sheets.ts');
      return resultSheets(found.program, found.workbook, found.results, language);
    },
    async share(asOf, name) {
      const found = payable(asOf);
      if (found === null) return null;
      const { shareView } = await import('./shareView.ts');
      return shareView(found.program, found.workbook, found.results, name);
    },
    async parameters(asOf, name) {
      const found = computed(asOf);
      if (found.done === null) return [];
      const { parametersOf } = await import('./parameters.ts');
      return parametersOf(found.file, found.done.program, name);
    },
    async whatIf(asOf, name, changes) {
      const { changedLines, whatIf } = await import('./whatIf.ts');
      const base = computed(asOf);
      const rules = changedLines(opened().rules, changes);
      const other = evaluate(prepare(opened(), rules, opened().problems, tables), asOf);
      return whatIf(base, other, evaluationOf(other), name, changes);
    },
    async explain(asOf, { name, key }, language) {
      const { explained } = await import('./explained.ts');
      return explained(computed(asOf), await explainerOf(asOf), name, key, language);
    },
    async counterfactuals(asOf, target, language) {
      const { counterfactualsView } = await import(
        /* webpackChunkName: "counterfactual" */ './counterfactualView.ts'
      );
      return counterfactualsView(computed(asOf), target, language);
    },
    async targets(asOf) {
      const { firstTargets, targetLists } = await import('./explained.ts');
      const found = computed(asOf);
      prepareExplaining(found, firstTargets(found));
      return targetLists(found);
    },
    async statement(asOf, key, language) {
      const found = payable(asOf);
      if (found === null) return [];
      const { statementViews } = await import('./statementView.ts');
      const explain = await explainerOf(asOf);
      return explain === null
        ? []
        : statementViews(found.program, found.workbook, found.results, explain, key, language);
    },
    async statementRows(asOf) {
      const found = payable(asOf);
      if (found === null) return [];
      const { statementRows } = await import('./statementView.ts');
      return statementRows(found.program, found.workbook, found.results);
    },
    async comparable(asOf) {
      const found = payable(asOf);
      if (found === null) return [];
      const { comparableColumns } = await import(/* webpackChunkName: "compare" */ './compareView.ts');
      return comparableColumns(found);
    },
    async compare(asked, report) {
      return compared(asked, report ?? (() => undefined));
    },
    async review(asOf, source, language) {
      const { reviewView } = await import(/* webpackChunkName: "review" */ './reviewView.ts');
      return reviewView(computed(asOf), opened().title, source, language);
    },
    async insight(asOf, source, language) {
      const found = payable(asOf);
      if (found === null) return null;
      const { insightView } = await import(/* webpackChunkName: "insight" */ './insightView.ts');
      // the review knows what nobody meets: its code is that of its page
      const { unmetOf } = await import(/* webpackChunkName: "review" */ './reviewView.ts');
      const unmet = await unmetOf(found, found.file);
      return insightView(
        found,
        unmet,
        opened().tables,
        { tables: (names) => source.tables(names) },
        language,
      );
    },
    async checkRules(rules, asOf) {
      return checkOther(rules, asOf);
    },
    async vocabulary(rules) {
      const { vocabularyOf } = await import('./vocabulary.ts');
      const { file, workbook } = prepare(opened(), rules, [], tables);
      return vocabularyOf(file, workbook, opened().tables);
    },
    async format(text) {
      const { formatRules, formatText, linesOfText, parseRules } = await import('../../grammar/index.ts');
      const file = parseRules(linesOfText('', text));
      return file.problems.length > 0 ? null : formatText(formatRules(file));
    },
    async ledger(data, source, language) {
      const { ledgerView } = await import('./auditing.ts');
      return ledgerView(data, source, language);
    },
    async verify(data, source, against, language) {
      const { verificationView } = await import('./auditing.ts');
      return verificationView(data, source, against, language);
    },
    async adjustment(source, run, asOf) {
      const { adjustment } = await import('./auditing.ts');
      return adjustment(source, run, payable(asOf));
    },
    async plan(data, source, wanted, doer) {
      const run = wanted.kind === 'pay' || wanted.kind === 'adjust' ? payable(wanted.asOf) : null;
      const { planned } = await import('./auditing.ts');
      return planned(data, run, source, wanted, doer);
    },
    async sources(data, source, language) {
      const { sourcesView } = await refreshing();
      return sourcesView(data, source, language);
    },
    async refresh(data, source, asked, language, report) {
      const { refreshAnswer } = await refreshing();
      return refreshAnswer(data, source, asked, language, report === undefined ? {} : { report });
    },
    async refreshPlan(data, source, asked, agreed, doer) {
      const { refreshPlan } = await refreshing();
      return refreshPlan(data, source, asked, agreed, doer);
    },
  };

  /** Two runs, and what lies between them. */
  async function compared(
    { before, after, column, group }: CompareAsked,
    report: (done: number, total: number) => void,
  ): Promise<ComparedAnswer> {
    const sides: Side[] = [];
    for (const asOf of [before, after]) {
      const { problems } = computed(asOf, (done, total) =>
        report(sides.length + done / Math.max(1, total), RUNS),
      );
      const side = payable(asOf);
      if (side === null) return { kind: 'errors', asOf, problems };
      sides.push(side);
    }
    const [was, is] = sides;
    if (was === undefined || is === undefined) throw new Error('a comparison has two sides');
    const { comparedView } = await import(/* webpackChunkName: "compare" */ './compareView.ts');
    const rest = RUNS - sides.length;
    const view = comparedView([was, is], column, group, (done, total) =>
      report(sides.length + (done / Math.max(1, total)) * rest, RUNS),
    );
    return view === null ? { kind: 'gone' } : { kind: 'compared', view };
  }

  function checkOther(rules: readonly RuleLine[], asOf: number): readonly Problem[] {
    return check(prepare(opened(), rules, [], tables), asOf);
  }
}

/** What a refresh adds to the code that pays: it is behind it, so that neither is loaded twice. */
const refreshing = async () => (await import('./auditing.ts')).refreshing();
