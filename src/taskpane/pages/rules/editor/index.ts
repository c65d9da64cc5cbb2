import { acceptCompletion, completionKeymap } from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  redo,
  redoDepth,
  undo,
  undoDepth,
} from '@codemirror/commands';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { type Action, type Diagnostic, linter, nextDiagnostic, previousDiagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, StateEffect, type TransactionSpec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { RuleRow, RuleSheet } from '../../../../workbook/live.ts';
import { wordHelp } from '../help.ts';
import { indentOf, rowText, sheetText } from '../text.ts';
import { tokensOf } from '../tokens.ts';
import { rulesWords } from '../words.ts';
import type { Cursor, EditorHooks, RuleEditor } from './contract.ts';
import { type FixedRow, fixedLines, fixedRows, fromSheet, setFixed } from './fixed.ts';
import { rulesLanguage } from './language.ts';
import { changeOf, piecesOf, rowsOfLines } from './replace.ts';
import { suggestions } from './suggest.ts';

export { piecesOf } from './replace.ts';

/** Milliseconds without typing before rules are checked. */
const PAUSE = 250;

/** Writes something in place of what a problem points at. */
const mend =
  (text: string): Action['apply'] =>
  (view, from, to) => {
    view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
    view.focus();
  };

const recheck = StateEffect.define<null>();

/** An editor in `parent` for the rule sheets of a workbook, one of them shown at a time. */
export function createRuleEditor(parent: HTMLElement, hooks: EditorHooks): RuleEditor {
  const w = rulesWords(hooks.language);
  const states = new Map<string, EditorState>();
  let shown: string | null = null;
  const view = new EditorView({
    parent,
    state: EditorState.create({ extensions: EditorState.readOnly.of(true) }),
  });

  // A list of problems that opens below takes room from the editor: the line that is typed stays in sight.
  let height = 0;
  const resized = new ResizeObserver(() => {
    const now = view.scrollDOM.clientHeight;
    const at = view.coordsAtPos(view.state.selection.main.head);
    const { top } = view.scrollDOM.getBoundingClientRect();
    const wasSeen = at !== null && at.bottom > top && at.top < top + height;
    if (view.hasFocus && now < height && wasSeen)
      view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head) });
    height = now;
  });
  resized.observe(view.scrollDOM);

  function extensions(sheet: string): Extension {
    return [
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      bracketMatching(),
      highlightSelectionMatches(),
      search({ top: true }),
      rulesLanguage(),
      indentUnit.of('  '),
      EditorState.tabSize.of(2),
      EditorState.phrases.of(w.phrases),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': w.editor(sheet), tabindex: '0', lang: hooks.language }),
      fixedRows(() => hooks.onRefused()),
      suggestions(hooks),
      linter(async () => (shown === sheet ? marks(await hooks.check(sheet)) : []), {
        delay: PAUSE,
        needsRefresh: (update) =>
          update.transactions.some(({ effects }) => effects.some((e) => e.is(recheck))),
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) hooks.onChange(sheet);
        if (update.docChanged || update.selectionSet) hooks.onCursor(cursor());
      }),
      keymap.of([
        { key: 'Mod-s', run: () => act(hooks.onSave), preventDefault: true },
        { key: 'Mod-Enter', run: () => act(hooks.onGoTo) },
        { key: 'Shift-Alt-f', run: () => act(hooks.onFormat) },
        { key: 'Mod-Shift-m', run: () => act(hooks.onProblemsKey) },
        { key: 'F8', run: nextDiagnostic },
        { key: 'Shift-F8', run: previousDiagnostic },
        { key: 'Tab', run: acceptCompletion },
        ...completionKeymap,
        ...searchKeymap,
        ...historyKeymap,
        indentWithTab,
        ...defaultKeymap,
      ]),
    ];

    function marks(problems: Awaited<ReturnType<EditorHooks['check']>>) {
      const { doc } = stateOf(sheet);
      return problems.flatMap(({ line, from, to, severity, text, fix }): Diagnostic[] => {
        if (line > doc.lines) return [];
        const its = doc.line(line);
        const at = (n: number): number => its.from + Math.min(n, its.length);
        const actions = fix === null ? [] : [{ name: w.use(fix), apply: mend(fix) }];
        return [{ from: at(from), to: at(to), severity, message: text, actions }];
      });
    }
  }

  function stateOf(sheet: string): EditorState {
    if (sheet === shown) return view.state;
    return states.get(sheet) ?? EditorState.create();
  }

  function dispatch(sheet: string, spec: TransactionSpec): void {
    if (sheet === shown) view.dispatch(spec);
    else states.set(sheet, stateOf(sheet).update(spec).state);
  }

  const linesOf = (state: EditorState): readonly string[] => state.doc.toString().split('\n');

  function cursor(): Cursor {
    const { state } = view;
    const { head } = state.selection.main;
    const line = state.doc.lineAt(head);
    const column = head - line.from;
    const tokens = tokensOf(line.text);
    const index = tokens.findIndex(({ from, to }) => from <= column && column <= to);
    const next = tokens[index + 1];
    const token = tokens[index];
    const help =
      token === undefined || token.kind === 'text' || token.kind === 'comment'
        ? null
        : token.kind === 'call'
          ? wordHelp(token.text, next?.text === '(', hooks.help)
          : token.keyword === null
            ? null
            : wordHelp(token.text, false, hooks.help);
    return {
      line: line.number,
      character: column - indentOf(line.text).length + 1,
      word: token?.text ?? '',
      help,
      fixed:
        fixedLines(state)
          .get(line.number - 1)
          ?.why() ?? null,
    };
  }

  function fixedOf(state: EditorState, sheet: RuleSheet, why: (row: number) => string): readonly FixedRow[] {
    return sheet.rows.flatMap((row, i) =>
      row.fixed && i < state.doc.lines
        ? [{ pos: state.doc.line(i + 1).from, row, why: () => why(i + 1) }]
        : [],
    );
  }

  return {
    open(sheet, why) {
      const state = EditorState.create({ doc: sheetText(sheet), extensions: extensions(sheet.sheet) });
      const effects = setFixed.of(fixedOf(state, sheet, why));
      states.set(sheet.sheet, state.update({ effects }).state);
    },
    close(sheet) {
      states.delete(sheet);
      if (shown === sheet) shown = null;
    },
    show(sheet) {
      if (shown === sheet) return;
      if (shown !== null) states.set(shown, view.state);
      const next = states.get(sheet);
      if (next === undefined) return;
      shown = sheet;
      view.setState(next);
      hooks.onCursor(cursor());
    },
    lines: (sheet) => linesOf(stateOf(sheet)),
    fixed: (sheet) =>
      new Map([...fixedLines(stateOf(sheet))].map(([line, { row }]): [number, RuleRow] => [line, row])),
    replace(sheet, why) {
      const name = sheet.sheet;
      const { doc } = stateOf(name);
      const wanted = sheet.rows.map(rowText);
      const changes = piecesOf(linesOf(stateOf(name)), wanted.length === 0 ? [''] : wanted).map((piece) =>
        changeOf(doc, piece),
      );
      if (changes.length > 0) dispatch(name, { changes, annotations: fromSheet.of(true) });
      dispatch(name, { effects: setFixed.of(fixedOf(stateOf(name), sheet, why)) });
    },
    write(sheet, lines) {
      const state = stateOf(sheet);
      const fixed = fixedLines(state);
      const touches = ({ from, to }: { readonly from: number; readonly to: number }): boolean =>
        [...fixed.keys()].some((line) => line >= from && line < to);
      const pieces = piecesOf(linesOf(state), lines);
      const allowed = pieces.filter((piece) => !touches(piece));
      if (allowed.length > 0) {
        dispatch(sheet, {
          changes: allowed.map((piece) => changeOf(state.doc, piece)),
          userEvent: 'input.format',
        });
      }
      return { changed: allowed.length, skipped: pieces.length - allowed.length };
    },
    mend(line, from, to, text) {
      const its = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
      mend(text)(view, Math.min(its.from + from, its.to), Math.min(its.from + to, its.to));
    },
    select(line, from, to) {
      const its = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
      const at = (n: number): number => its.from + Math.max(0, Math.min(n, its.length));
      view.dispatch({
        selection: { anchor: at(from), head: at(to) },
        effects: EditorView.scrollIntoView(at(from), { y: 'center' }),
      });
      view.focus();
    },
    cursor,
    sheetRow(sheet, line) {
      return rowsOfLines(sheet.rows.map(rowText), linesOf(stateOf(sheet.sheet)))[line - 1] ?? 1;
    },
    run(command) {
      switch (command) {
        case 'undo':
          undo(view);
          view.focus();
          break;
        case 'redo':
          redo(view);
          view.focus();
          break;
        case 'find':
          openSearchPanel(view);
          break;
        default: {
          const never: never = command;
          return never;
        }
      }
    },
    can: () => ({ undo: undoDepth(view.state) > 0, redo: redoDepth(view.state) > 0 }),
    check() {
      view.dispatch({ effects: recheck.of(null) });
      if (shown !== null) hooks.onCursor(cursor());
    },
    focus: () => view.focus(),
    destroy() {
      resized.disconnect();
      view.destroy();
    },
  };

  function act(action: () => void): boolean {
    action();
    return true;
  }
}
