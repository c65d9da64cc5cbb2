import { beforeEach, describe, expect, it } from 'vitest';
import type { CellAddress, LiveBook, RuleSheet } from '../../src/workbook/live.ts';
import type { SourceLine } from '../../src/workbook/port.ts';
import type { LiveRoom } from './liveContract.ts';

const at = (sheet: string, row: number, column: number): CellAddress => ({ sheet, row, column });

const RULES: readonly SourceLine[] = [
  { depth: 0, text: '# how the pool is shared' },
  { depth: 0, text: 'unit 0.01' },
  { depth: 0, text: '' },
  { depth: 0, text: 'each Staff' },
  { depth: 1, text: 'half = [Base pay] / 2' },
  { depth: 0, text: '分档 响应 # 注' },
  { depth: 1, text: '不超过 1 -> 100' },
];

/** Beside which rows a person has written something in column D. */
const NOTED = [1, 4, 5, 7];

/** What every open workbook has to do with its rule sheets: a part of `liveContract`. `get` gives a new room for each test. */
export function ruleSheetContract(get: () => LiveRoom): void {
  describe('rule sheets', () => {
    let book: LiveBook;
    let room: LiveRoom;
    beforeEach(async () => {
      room = get();
      book = room.book;
      for (const row of NOTED) await room.type(at('Rules', row, 4), { t: `n${row}` });
    });

    it('are given row for row', async () => {
      expect(await book.ruleSheets()).toEqual([ruleSheet(RULES)]);
    });

    it('mark rows that are no line of text', async () => {
      await room.type(at('Rules', 2, 3), { t: 'x' });
      await room.type(at('Rules', 3, 2), { f: '=1+1' });
      await room.type(at('Rules', 4, 1), { t: 'a\nb' });
      const [sheet] = await book.ruleSheets();
      expect(sheet?.rows.map((row) => row.fixed)).toEqual([false, true, true, true, false, false, false]);
      expect(sheet?.rows[1]).toMatchObject({ depth: 0, text: 'unit 0.01' });
      expect(sheet?.rows[3]).toMatchObject({ depth: 0, text: 'a b' });
    });

    it('take new and changed lines; what stands in D onwards stays beside its line', async () => {
      const was = await only(book);
      const lines = [
        ...RULES.slice(0, 2),
        { depth: 2, text: '=floor 1' },
        ...RULES.slice(2, 4),
        { depth: 1, text: 'half = [Base pay] / 3' },
        ...RULES.slice(5),
        { depth: 1, text: '-1' },
      ];
      expect(await book.writeRuleSheet('Rules', lines, was)).toEqual({
        kind: 'written',
        sheet: ruleSheet(lines),
      });
      expect(await book.ruleSheets()).toEqual([ruleSheet(lines)]);
      expect(await room.cell(at('Rules', 3, 3))).toEqual({ t: '=floor 1' });
      expect(await notes(room, 10)).toEqual({ 1: 'n1', 5: 'n4', 6: 'n5', 8: 'n7' });
      expect((await book.open()).problems).toEqual([]);
    });

    it('lose lines; a row that something else stands in is only emptied', async () => {
      const was = await only(book);
      const lines = [RULES[0], RULES[2], RULES[3], RULES[4]].flatMap((line) => line ?? []);
      expect(await book.writeRuleSheet('Rules', lines, was)).toEqual({
        kind: 'written',
        sheet: ruleSheet(lines),
      });
      expect(await notes(room, 10)).toEqual({ 1: 'n1', 3: 'n4', 4: 'n5', 5: 'n7' });
      const shorter = lines.filter((_, i) => i !== 2);
      const gap = [lines[0], lines[1], { depth: 0, text: '' }, lines[3]].flatMap((line) => line ?? []);
      expect(await book.writeRuleSheet('Rules', shorter, await only(book))).toEqual({
        kind: 'written',
        sheet: ruleSheet(gap),
      });
      expect(await notes(room, 10)).toEqual({ 1: 'n1', 3: 'n4', 4: 'n5', 5: 'n7' });
    });

    it('can be emptied and filled', async () => {
      const emptied = await book.writeRuleSheet('Rules', [], await only(book));
      expect(emptied.kind).toBe('written');
      expect(await book.ruleSheets()).toEqual([ruleSheet([])]);
      await book.writeRuleSheet('Rules', RULES, await only(book));
      expect(await book.ruleSheets()).toEqual([ruleSheet(RULES)]);
    });

    it('leave a row that is no line of text as it is while its line stays', async () => {
      await room.type(at('Rules', 2, 3), { t: 'x' });
      const was = await only(book);
      const lines = was.rows.map(({ depth, text }) => ({ depth, text }));
      await book.writeRuleSheet('Rules', [{ depth: 0, text: '# new' }, ...lines], was);
      expect(await room.cell(at('Rules', 3, 3))).toEqual({ t: 'x' });
      expect(await room.cell(at('Rules', 3, 1))).toEqual({ t: 'unit 0.01' });
    });

    it('are not written where somebody else changed them', async () => {
      const was = await only(book);
      await room.type(at('Rules', 5, 2), { t: 'half = 1' });
      const now = RULES.map((line, i) => (i === 4 ? { depth: 1, text: 'half = 1' } : line));
      expect(await book.writeRuleSheet('Rules', RULES.slice(0, 2), was)).toEqual({
        kind: 'changed',
        sheet: ruleSheet(now),
      });
      expect(await book.ruleSheets()).toEqual([ruleSheet(now)]);
    });

    it('are refused where there is none of that name', async () => {
      await expect(book.writeRuleSheet('Rules 9', [], ruleSheet([]))).rejects.toMatchObject({
        problem: { code: 'file' },
      });
    });

    it('can be added: under a name of their own, after the last one', async () => {
      const lines = [
        { depth: 0, text: 'each Staff' },
        { depth: 1, text: '1/2' },
      ];
      expect(await book.addRuleSheet('Rules', lines)).toBe('Rules (2)');
      expect(await book.addRuleSheet('Rules pay', lines)).toBe('Rules pay');
      expect(await book.ruleSheets()).toEqual([
        ruleSheet(RULES),
        { ...ruleSheet(lines), sheet: 'Rules (2)' },
        { ...ruleSheet(lines), sheet: 'Rules pay' },
      ]);
      expect(await room.cell(at('Rules pay', 2, 2))).toEqual({ t: '1/2' });
    });
  });
}

/** The rule sheet `Rules` that holds these lines. */
function ruleSheet(lines: readonly SourceLine[]): RuleSheet {
  return { sheet: 'Rules', rows: lines.map((line) => ({ ...line, fixed: false })) };
}

async function only(book: LiveBook): Promise<RuleSheet> {
  const [sheet] = await book.ruleSheets();
  if (sheet === undefined) throw new Error('no rule sheet');
  return sheet;
}

/** What stands in column D, by row. */
async function notes(room: LiveRoom, rows: number): Promise<Record<number, unknown>> {
  const found: Record<number, unknown> = {};
  for (let row = 1; row <= rows; row++) {
    const cell = await room.cell(at('Rules', row, 4));
    if (cell !== null) found[row] = 't' in cell ? cell.t : cell;
  }
  return found;
}
