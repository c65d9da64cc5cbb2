import {
  Annotation,
  EditorState,
  type Extension,
  RangeSet,
  StateEffect,
  StateField,
} from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutterLineClass, hoverTooltip } from '@codemirror/view';
import type { RuleRow } from '../../../../workbook/live.ts';

/** A row that can't be text, where its line begins; and why. */
export interface FixedRow {
  readonly pos: number;
  readonly row: RuleRow;
  readonly why: () => string;
}

export const setFixed = StateEffect.define<readonly FixedRow[]>();

/** A change that comes from the sheet: it may touch any line. */
export const fromSheet = Annotation.define<boolean>();

const mark = Decoration.line({ class: 'cm-fixed' });
const gutterMark = new (class extends GutterMarker {
  override elementClass = 'cm-fixed-number';
})();

const field = StateField.define<readonly FixedRow[]>({
  create: () => [],
  update(rows, transaction) {
    for (const effect of transaction.effects) if (effect.is(setFixed)) return effect.value;
    return transaction.docChanged
      ? rows.map((row) => ({ ...row, pos: transaction.changes.mapPos(row.pos, 1) }))
      : rows;
  },
  provide: (f) => [
    EditorView.decorations.from(f, (rows) =>
      Decoration.set(
        rows.map(({ pos }) => mark.range(pos)),
        true,
      ),
    ),
    gutterLineClass.from(f, (rows) =>
      RangeSet.of(
        rows.map(({ pos }) => gutterMark.range(pos)),
        true,
      ),
    ),
  ],
});

/** Fixed rows of a state, by line from 0. */
export function fixedLines(state: EditorState): ReadonlyMap<number, FixedRow> {
  return new Map(
    (state.field(field, false) ?? []).map((fixed) => [state.doc.lineAt(fixed.pos).number - 1, fixed]),
  );
}

/** Rows that can't be text: shown, said why, and kept as they are; `refused` hears of attempts to change one. */
export function fixedRows(refused: () => void): Extension {
  return [
    field,
    EditorState.changeFilter.of((transaction) => {
      if (!transaction.docChanged || transaction.annotation(fromSheet) === true) return true;
      const { startState, newDoc, changes } = transaction;
      const kept = (startState.field(field, false) ?? []).every(({ pos }) => {
        const line = startState.doc.lineAt(pos);
        const now = newDoc.lineAt(changes.mapPos(pos, 1));
        return now.text === line.text && now.from === changes.mapPos(pos, 1);
      });
      if (!kept) refused();
      return kept;
    }),
    hoverTooltip((view, pos) => {
      const line = view.state.doc.lineAt(pos);
      const fixed = fixedLines(view.state).get(line.number - 1);
      if (fixed === undefined) return null;
      return {
        pos: line.from,
        end: line.to,
        create() {
          const dom = document.createElement('div');
          dom.className = 'cm-why';
          dom.textContent = fixed.why();
          return { dom };
        },
      };
    }),
  ];
}
