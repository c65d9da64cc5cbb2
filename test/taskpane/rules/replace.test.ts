import { EditorState, Text } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from '../../../src/taskpane/pages/rules/Conflict.tsx';
import { changeOf, piecesOf, rowsOfLines } from '../../../src/taskpane/pages/rules/editor/replace.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', '  d'), { minLength: 1, maxLength: 12 });

describe('one text made into another', () => {
  it('is the other, by changes of lines', () => {
    fc.assert(
      fc.property(lines, lines, (was, wanted) => {
        const state = EditorState.create({ doc: Text.of([...was]) });
        const changes = piecesOf(was, wanted).map((piece) => changeOf(state.doc, piece));
        expect(state.update({ changes }).state.doc.toString().split('\n')).toEqual(wanted);
      }),
    );
  });

  it('touches only what differs', () => {
    expect(piecesOf(['a', 'b', 'c'], ['a', 'x', 'c'])).toEqual([{ from: 1, to: 2, lines: ['x'] }]);
    expect(piecesOf(['a', 'b'], ['a', 'b'])).toEqual([]);
    expect(piecesOf(['a'], ['a', 'b'])).toEqual([{ from: 1, to: 1, lines: ['b'] }]);
  });

  it('says which row a line stands in', () => {
    // Rows 1 to 4; a new line before row 2, row 3 taken out.
    expect(rowsOfLines(['a', 'b', 'c', 'd'], ['a', 'new', 'b', 'd'])).toEqual([1, 2, 2, 4]);
    expect(rowsOfLines(['a', 'b'], ['a', 'changed'])).toEqual([1, 2]);
    expect(rowsOfLines(['a'], ['a', 'x', 'y'])).toEqual([1, 2, 2]);
  });

  it('is shown with two equal lines around what differs', () => {
    const theirs = ['1', '2', '3', '4', '5', '6', '7', '8'];
    const mine = ['1', '2', '3', '4', 'x', '6', '7', '8'];
    expect(differences(theirs, piecesOf(theirs, mine))).toEqual([
      { kind: 'skip', count: 2 },
      { kind: 'same', text: '3' },
      { kind: 'same', text: '4' },
      { kind: 'theirs', text: '5' },
      { kind: 'mine', text: 'x' },
      { kind: 'same', text: '6' },
      { kind: 'same', text: '7' },
      { kind: 'skip', count: 1 },
    ]);
    expect(differences(theirs, [])).toEqual([]);
  });

  it('shows every line that differs, and each equal one once or counted', () => {
    fc.assert(
      fc.property(lines, lines, (theirs, mine) => {
        const rows = differences(theirs, piecesOf(theirs, mine));
        const count = (kind: string) => rows.filter((r) => r.kind === kind).length;
        const skipped = rows.reduce((sum, r) => sum + (r.kind === 'skip' ? r.count : 0), 0);
        const equal = rows.length === 0 ? theirs.length : 0;
        expect(count('same') + count('theirs') + skipped + equal).toBe(theirs.length);
        expect(count('same') + count('mine') + skipped + equal).toBe(mine.length);
      }),
    );
  });
});
