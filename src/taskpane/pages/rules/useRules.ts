import { useEffect, useRef, useState } from 'preact/hooks';
import type { Vocabulary } from '../../../live/protocol.ts';
import type { Place, Problem } from '../../../problems/problem.ts';
import type { RuleSheet } from '../../../workbook/live.ts';
import type { SourceLine } from '../../../workbook/port.ts';
import type { PageProps } from '../../page.ts';
import { failureText } from '../../parts/failure.ts';
import { again, today } from './ask.ts';
import type { Cursor, EditorHooks, Mark, RuleEditor } from './editor/contract.ts';
import { forFormatting, fromFormatted } from './formatting.ts';
import { type HelpCatalogue, loadHelp } from './help.ts';
import { type EditedSheet, marksOf, rulesOf, whyFixed } from './marks.ts';
import { isEdited, type Kept, merge, nextName } from './sheets.ts';
import { cellsOfText, charactersOf } from './text.ts';
import { rulesWords } from './words.ts';

type EditorCode = typeof import('./editor/index.ts') & { readonly help: HelpCatalogue };

/** Milliseconds without a change of the workbook before its rules are read again. */
const QUIET = 150;

/** A mark, and the line that it was made for. */
interface Marked {
  readonly mark: Mark;
  readonly text: string;
}

export interface Conflicted {
  readonly sheet: string;
  /** What the sheet says now. */
  readonly theirs: RuleSheet;
  readonly mine: readonly string[];
}

/** The Rules page without its looks: sheets and their texts, checking, saving. Everything lives as long as the page is mounted. */
export function useRules(props: PageProps) {
  const latest = useRef(props);
  latest.current = props;
  const { session, state, language } = props;
  const w = rulesWords(language);
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<RuleEditor | null>(null);
  const [code, setCode] = useState<EditorCode | null>(null);
  const [kept, setKept] = useState<readonly Kept[] | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const [problems, setProblems] = useState<readonly Problem[] | null>(null);
  const [marks, setMarks] = useState<ReadonlyMap<Problem, Marked>>(new Map());
  const [failure, setFailure] = useState<string | null>(null);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [can, setCan] = useState({ undo: false, redo: false });
  const [conflict, setConflict] = useState<Conflicted | null>(null);
  const [busy, setBusy] = useState<'saving' | 'adding' | null>(null);
  /** What callbacks of the editor and of the workbook see, at once and not only when the page is next drawn. */
  const now = useRef<{
    kept: readonly Kept[];
    current: string | null;
    words: Promise<Vocabulary | null> | null;
  }>({
    kept: [],
    current: null,
    words: null,
  });
  const turn = useRef<Promise<unknown>>(Promise.resolve());
  const list = useRef<HTMLElement>(null);

  const fail = (error: unknown): void => {
    latest.current.say({ intent: 'error', text: failureText(error, language) });
  };
  const why = (sheet: string) => (row: number) =>
    whyFixed(latest.current.session.state.problems, sheet, row, language, w.fixedRow);
  const keep = (next: readonly Kept[]): void => {
    now.current.kept = next;
    setKept(next);
  };
  const keptOf = (sheet: string | null): Kept | undefined =>
    now.current.kept.find(({ base }) => base.sheet === sheet);
  const textOf = (sheet: string): EditedSheet => ({
    sheet,
    lines: editor.current?.lines(sheet) ?? [],
    fixed: editor.current?.fixed(sheet) ?? new Map(),
  });
  const cellsOf = ({ base }: Kept) => {
    const { lines, fixed } = textOf(base.sheet);
    return cellsOfText(lines, fixed, base);
  };
  const isDirty = (sheet: string): boolean => {
    const one = keptOf(sheet);
    return one !== undefined && (one.gone || isEdited(one.base, cellsOf(one)));
  };
  const mark = (): void => {
    const dirty = now.current.kept.map(({ base }) => base.sheet).filter(isDirty);
    setEdited((before) =>
      before.size === dirty.length && dirty.every((sheet) => before.has(sheet)) ? before : new Set(dirty),
    );
    setCan(editor.current?.can() ?? { undo: false, redo: false });
  };
  const show = (sheet: string | null): void => {
    now.current.current = sheet;
    setCurrent(sheet);
    setProblems(null);
    if (sheet !== null) editor.current?.show(sheet);
    mark();
  };

  /** Sheets are read and written one after the other. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.current.then(work);
    turn.current = next.catch(() => {});
    return next;
  };
  const reload = (): Promise<void> =>
    inTurn(async () => {
      const found = await session.book.ruleSheets();
      const its = editor.current;
      if (its === null) return;
      const merged = merge(now.current.kept, found, isDirty);
      for (const sheet of merged.opened) its.open(sheet, why(sheet.sheet));
      for (const sheet of merged.closed) its.close(sheet);
      keep(merged.kept);
      for (const sheet of merged.replaced) its.replace(sheet, why(sheet.sheet));
      if (keptOf(now.current.current) === undefined) show(merged.kept[0]?.base.sheet ?? null);
      mark();
    });

  async function check(sheet: string): Promise<readonly Mark[]> {
    const sheets = now.current.kept.map(({ base }) => textOf(base.sheet));
    const own = sheets.find((one) => one.sheet === sheet);
    if (own === undefined) return [];
    try {
      // Before the first evaluation the calculator may not know the workbook yet.
      if (session.state.revision === 0) await session.settled();
      const found = await again(async () => {
        const asOf = session.state.asOf ?? today();
        const rules = rulesOf(sheets);
        now.current.words = session.calculator.vocabulary(rules, asOf).catch(() => null);
        return session.calculator.checkRules(rules, asOf);
      });
      const made = new Map(
        found.flatMap((problem) =>
          marksOf([problem], own, language).map((mark) => [
            problem,
            { mark, text: own.lines[mark.line - 1] ?? '' },
          ]),
        ),
      );
      setProblems(found);
      setMarks(made);
      setFailure(null);
      return [...made.values()].map(({ mark }) => mark);
    } catch (error) {
      if (session.state.failure === null) setFailure(failureText(error, language));
      return [];
    }
  }

  const hooks: Omit<EditorHooks, 'help'> = {
    language,
    check,
    vocabulary: async () => now.current.words,
    onChange: mark,
    onCursor: setCursor,
    onRefused: () => latest.current.say({ intent: 'info', text: w.fixedTouched }),
    onSave: () => void save(),
    onFormat: () => void format(),
    onGoTo: goToCell,
    onProblemsKey: () => (list.current?.querySelector('button') ?? list.current)?.focus(),
  };

  useEffect(() => {
    let wanted = true;
    const code = import(/* webpackChunkName: "editor" */ './editor/index.ts');
    Promise.all([code, loadHelp(language)]).then(([loaded, help]) => {
      if (wanted) setCode({ ...loaded, help });
    }, fail);
    return () => {
      wanted = false;
    };
  }, []);

  useEffect(() => {
    if (code === null || host.current === null) return;
    const made = code.createRuleEditor(host.current, { ...hooks, help: code.help });
    editor.current = made;
    let timer: ReturnType<typeof setTimeout> | undefined;
    reload().catch(fail);
    const unwatch = session.book.watch(() => {
      clearTimeout(timer);
      timer = setTimeout(() => reload().catch(fail), QUIET);
    });
    return () => {
      clearTimeout(timer);
      unwatch();
      editor.current = null;
      made.destroy();
      now.current = { kept: [], current: null, words: null };
      setKept(null);
    };
  }, [code, session]);

  useEffect(() => editor.current?.check(), [state.revision, state.asOf]);

  // Ctrl+S saves wherever on the page the focus is; the browser would save the page itself.
  const saving = useRef(save);
  saving.current = save;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const wanted = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's';
      if (!wanted || event.defaultPrevented || host.current?.offsetParent == null) return;
      event.preventDefault();
      void saving.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  async function save(over: RuleSheet | null = null): Promise<void> {
    const one = keptOf(now.current.current);
    if (one === undefined || !isDirty(one.base.sheet)) return;
    const name = one.base.sheet;
    setBusy('saving');
    try {
      await inTurn(async () => {
        const cells = cellsOf(one);
        if (one.gone) {
          const added = await session.book.addRuleSheet(nextName(name, []), cells);
          editor.current?.close(name);
          keep(now.current.kept.filter(({ base }) => base.sheet !== name));
          now.current.current = added;
          return;
        }
        const lines = textOf(name).lines;
        const written = await session.book.writeRuleSheet(name, cells, over ?? one.base);
        switch (written.kind) {
          case 'changed':
            setConflict({ sheet: name, theirs: written.sheet, mine: lines });
            break;
          case 'written':
            rebase(written.sheet);
            latest.current.say({ intent: 'success', text: w.saved(name, written.sheet.rows.length) });
            break;
          default: {
            const never: never = written;
            return never;
          }
        }
      });
      if (one.gone) {
        const added = now.current.current;
        now.current.current = null;
        await reload();
        if (added !== null) show(added);
      }
    } catch (error) {
      fail(error);
    } finally {
      setBusy(null);
    }
  }

  /** The text of a sheet is based on this from now on. */
  function rebase(base: RuleSheet): void {
    keep(
      now.current.kept.map((one) =>
        one.base.sheet === base.sheet ? { base, outdated: false, gone: false } : one,
      ),
    );
    // Where the text says the same, its rows that can't be text are where they are in the sheet.
    if (!isDirty(base.sheet)) editor.current?.replace(base, why(base.sheet));
    mark();
  }

  async function format(): Promise<void> {
    const name = now.current.current;
    if (name === null) return;
    const { lines, fixed } = textOf(name);
    try {
      const done = await session.calculator.format(forFormatting(lines, fixed));
      if (done === null) return latest.current.say({ intent: 'warning', text: w.cantFormat });
      const written = editor.current?.write(name, fromFormatted(done, lines));
      const { changed = 0, skipped = 0 } = written ?? {};
      const said = skipped > 0 ? w.formatSkipped : changed > 0 ? w.formatted : w.alreadyFormatted;
      latest.current.say({ intent: 'success', text: said });
    } catch (error) {
      fail(error);
    }
  }

  function goToCell(): void {
    const one = keptOf(now.current.current);
    const its = editor.current;
    if (one === undefined || its === null) return;
    const { sheet } = one.base;
    const row = its.sheetRow(one.base, its.cursor().line);
    const column = (one.base.rows[row - 1]?.depth ?? 0) + 1;
    latest.current.goTo({ kind: 'rule', line: { kind: 'cell', sheet, row, column }, start: 1, end: 1 });
  }

  /** Shows a place: in the text where it is in a rule sheet, else in the workbook. `saved`: it counts rows of the sheet as it is saved. */
  function goToPlace(at: Place | undefined, saved: boolean): void {
    if (at === undefined) return;
    const one = at.kind === 'rule' && at.line.kind === 'cell' ? keptOf(at.line.sheet) : undefined;
    const its = editor.current;
    if (at.kind !== 'rule' || at.line.kind !== 'cell' || one === undefined || its === null) {
      latest.current.goTo(at);
      return;
    }
    const { sheet, row } = at.line;
    if (sheet !== now.current.current) show(sheet);
    const lines = its.lines(sheet);
    const found = saved ? lines.findIndex((_, i) => its.sheetRow(one.base, i + 1) === row) : row - 1;
    const { from, to } = charactersOf(lines[found] ?? '', at);
    its.select(found + 1, from, to);
  }

  /** @param lines what the new sheet says; null: a template for the tables */
  async function addSheet(lines: readonly SourceLine[] | null): Promise<void> {
    setBusy('adding');
    try {
      const { addLines, addTemplate } = await import(/* webpackChunkName: "packs" */ './newSheet.ts');
      const sheets = now.current.kept.map(({ base }) => base);
      const added =
        lines === null
          ? await addTemplate(session.book, sheets, await now.current.words, language)
          : await addLines(session.book, sheets, lines, language);
      await reload();
      show(added);
      latest.current.say({ intent: 'success', text: w.added(added) });
      editor.current?.focus();
    } catch (error) {
      fail(error);
    } finally {
      setBusy(null);
    }
  }

  function takeSheet(theirs: RuleSheet): void {
    editor.current?.replace(theirs, why(theirs.sheet));
    rebase(theirs);
  }

  return {
    host,
    list,
    code,
    kept,
    current,
    edited,
    problems,
    failure,
    cursor,
    can,
    conflict,
    busy,
    show,
    save,
    format,
    goToCell,
    goToPlace,
    addSheet,
    /** Makes the text say again what its sheet says. */
    async discard() {
      const name = now.current.current;
      const found = (await session.book.ruleSheets()).find(({ sheet }) => sheet === name);
      if (found !== undefined) takeSheet(found);
      else if (name !== null) {
        editor.current?.close(name);
        keep(now.current.kept.filter(({ base }) => base.sheet !== name));
        await reload();
      }
    },
    async resolve(how: 'mine' | 'theirs' | null) {
      const asked = conflict;
      setConflict(null);
      if (asked === null || how === null) return;
      if (how === 'mine') await save(asked.theirs);
      else takeSheet(asked.theirs);
    },
    /** What may be written in place of what a problem in the sheet that is shown points at. */
    fixFor: (problem: Problem): string | null => marks.get(problem)?.mark.fix ?? null,
    mend(problem: Problem) {
      const { mark, text } = marks.get(problem) ?? {};
      if (mark === undefined || mark.fix === null || now.current.current === null) return;
      // What has been typed since may have moved it.
      if (textOf(now.current.current).lines[mark.line - 1] === text)
        editor.current?.mend(mark.line, mark.from, mark.to, mark.fix);
    },
    run(command: 'undo' | 'redo' | 'find') {
      editor.current?.run(command);
    },
  };
}
