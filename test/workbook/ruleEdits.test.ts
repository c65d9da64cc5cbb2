import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleRow } from '../../src/workbook/live.ts';
import { type RuleEdit, ruleEdits } from '../../src/workbook/ruleEdits.ts';

const row = (text: string, depth = 0): RuleRow => ({ depth, text, fixed: false });
const line = (text: string, depth = 0): { depth: number; text: string } => ({ depth, text });

interface Kept {
  readonly text: string;
  readonly depth: number;
  readonly note: string | null;
}

/** A sheet as its rows, with a note beside each: what carrying out the edits means, written down plainly. */
function carriedOut(rows: readonly Kept[], edits: readonly RuleEdit[]): readonly Kept[] {
  const sheet = [...rows];
  const blank: Kept = { text: '', depth: 0, note: null };
  for (const edit of edits) {
    const at = edit.row - 1;
    while (sheet.length < at) sheet.push(blank);
    if (edit.kind === 'set') sheet[at] = { ...edit.line, note: sheet[at]?.note ?? null };
    else if (edit.kind === 'insert')
      sheet.splice(at, 0, ...edit.lines.map((one) => ({ ...one, note: null })));
    else {
      const gone = sheet.slice(at, at + edit.count);
      sheet.splice(
        at,
        edit.count,
        ...gone.flatMap((one) => (one.note === null ? [] : [{ ...blank, note: one.note }])),
      );
    }
  }
  return sheet;
}

describe('edits of a rule sheet', () => {
  it('are none where nothing changed', () => {
    expect(ruleEdits([row('a'), row('b', 1)], [line('a'), line('b', 1), line(''), line('  ', 2)])).toEqual(
      [],
    );
  });

  it('come from the bottom up', () => {
    expect(
      ruleEdits(
        [row('a'), row('b'), row('c'), row('d')],
        [line('x'), line('a'), line('c'), line('e'), line('f')],
      ),
    ).toEqual([
      { kind: 'insert', row: 5, lines: [line('f')] },
      { kind: 'set', row: 4, line: line('e') },
      { kind: 'delete', row: 2, count: 1 },
      { kind: 'insert', row: 1, lines: [line('x')] },
    ]);
  });

  it('see a change of depth, and put what is too deep into column C', () => {
    expect(ruleEdits([row('a')], [line('a', 5)])).toEqual([{ kind: 'set', row: 1, line: line('a', 2) }]);
  });

  it('make one sheet into another, each note beside the line that it stood beside', () => {
    const some = fc.array(
      fc.record({
        text: fc.constantFrom('', 'a', 'b', 'c', 'd'),
        depth: fc.integer({ min: 0, max: 2 }),
        note: fc.option(fc.string({ minLength: 1, maxLength: 2 }), { nil: null }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(some, some, (before, after) => {
        const clean = before.map((one) => (one.text === '' ? { ...one, depth: 0 } : one));
        const was = clean.map(({ text, depth }) => row(text, depth));
        while (was.at(-1)?.text === '') was.pop();
        const lines = after.map(({ text, depth }) => line(text, text === '' ? 0 : depth));
        const noted = clean.map((one, i) => (one.note === null ? one : { ...one, note: `${i}` }));
        const sheet = carriedOut(noted, ruleEdits(was, lines));
        // Notes are neither lost nor put in another order.
        const notes = sheet.flatMap((one) => one.note ?? []);
        expect(notes).toEqual(noted.flatMap((one) => one.note ?? []));
        // Rows that were only emptied aside, the sheet says the lines.
        const wanted = lines.filter((one) => one.text !== '');
        expect(sheet.flatMap(({ text, depth }) => (text === '' ? [] : [{ depth, text }]))).toEqual(wanted);
        // Without notes it says them row for row.
        const bare = carriedOut(
          noted.map((one) => ({ ...one, note: null })),
          ruleEdits(was, lines),
        ).map(({ text, depth }) => ({ depth, text }));
        while (bare.at(-1)?.text === '') bare.pop();
        while (lines.at(-1)?.text === '') lines.pop();
        expect(bare).toEqual(lines);
      }),
    );
  });

  it('are found for sheets that have nothing in common too', () => {
    const many = Array.from({ length: 6000 }, (_, i) => row(`a${i}`));
    const others = Array.from({ length: 6001 }, (_, i) => line(`b${i}`));
    const edits = ruleEdits(many, others);
    expect(edits).toHaveLength(6001);
    expect(edits[0]).toEqual({ kind: 'insert', row: 6001, lines: [line('b6000')] });
  });
});
