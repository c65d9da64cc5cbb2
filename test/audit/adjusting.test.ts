import { describe, expect, it } from 'vitest';
import type { RunAdjustments } from '../../src/audit/compare/adjust.ts';
import { periodLock } from '../../src/audit/index.ts';
import { adjustedRun, LEDGER_SHEET } from '../../src/audit/ledger.ts';
import { readRecord } from '../../src/audit/record.ts';
import { exactText } from '../../src/exact/decimal.ts';
import {
  adjustIn,
  adjustmentOf,
  copyOf,
  doer,
  enterFebruary,
  errors,
  ledgerOf,
  lockIn,
  type MemoryBook,
  payIn,
  readerOf,
  smallBook,
  stepIn,
  verify,
} from './memory.ts';

const JANUARY = '2026-01-31';
const SHEET = 'Allot Adjustments';

/** January paid as run 1 and locked in row 2. */
async function lockedJanuary(): Promise<MemoryBook> {
  const book = smallBook();
  await payIn(book, JANUARY, doer('Finance A'));
  await lockIn(book, '1', doer('Finance B'));
  return book;
}

/** What is given of a column, by key. */
function given({ columns }: RunAdjustments, name: string): Readonly<Record<string, string>> {
  const found = columns.find(({ column }) => column === name);
  return Object.fromEntries((found?.rows ?? []).map(({ key, adjustment }) => [key, exactText(adjustment)]));
}

const ticketOf = (book: MemoryBook, row: number) => book.sheets.Tickets?.[row] ?? [];

describe('adjusting a locked run', () => {
  it('gives what its period comes to now, less what was paid, and leaves a row that says so', async () => {
    const book = await lockedJanuary();
    // By hand: three weights 80, 80 and 60 of 220 share 1000.10, then 1200.20.
    book.names.pool = 1200.2;
    const { row, adjustments } = await adjustIn(book, '1', JANUARY, doer(' Finance A '));
    const rewards = given(adjustments, 'reward');
    const sum = Object.values(rewards).reduce((cents, text) => cents + Math.round(Number(text) * 100), 0);
    expect(sum).toBe(20010);
    expect(given(adjustments, 'net')).toEqual(rewards);
    expect(row).toMatchObject({
      Number: '3',
      'As of': JANUARY,
      By: 'Finance A',
      Event: 'adjusted',
      Totals: 'reward=200.1',
      Statements: '',
      Note: 'run 1',
    });
    expect(adjustedRun(row)).toBe('1');
    // Now paid is January with the pool as it is; what the run paid is in its record as ever.
    expect(await verify(book)).toEqual([]);
    const [, ...rows] = book.ours[SHEET] ?? [];
    expect(rows.map((cells) => cells.slice(0, 6))).toContainEqual([
      3,
      1,
      { date: JANUARY },
      'Staff',
      'reward',
      'E1',
    ]);
    expect(book.ours['Allot Adjustment Totals']?.[1]?.slice(3)).toEqual([
      'Staff',
      'reward',
      3,
      200.1,
      1000.1,
      0,
      1200.2,
      200.1,
      0,
      0,
    ]);
  });

  it('gives nothing the second time, and only the rest after that', async () => {
    const book = await lockedJanuary();
    book.names.pool = 1200.2;
    const first = await adjustIn(book, '1', JANUARY, doer('Finance A'));
    const second = await adjustIn(book, '1', JANUARY, doer('Finance A'), { language: 'zh-CN' });
    expect(second.row).toMatchObject({ Number: '4', Totals: 'reward=0', Note: 'run 1' });
    expect(second.adjustments.columns.map(({ rows }) => rows.length)).toEqual([0, 0]);
    expect(await verify(book)).toEqual([]);
    book.names.pool = 1000.1;
    const third = await adjustIn(book, '1', JANUARY, doer('Finance A'));
    const back = given(third.adjustments, 'reward');
    expect(third.row.Totals).toBe('reward=-200.1');
    for (const [key, amount] of Object.entries(given(first.adjustments, 'reward')))
      expect(back[key]).toBe(`-${amount}`);
    // All of them stand in the sheet, and together they are nothing.
    const amounts = (book.ours[SHEET] ?? []).slice(1).map((cells) => Math.round(Number(cells[9]) * 100));
    expect(amounts).toHaveLength(12);
    expect(amounts.reduce((a, b) => a + b, 0)).toBe(0);
    expect(await verify(book)).toEqual([]);
  });

  it('takes back what somebody got who is gone, and gives to who came', async () => {
    const book = await lockedJanuary();
    const [head = [], ...staff] = book.ours['Allot Staff'] ?? [];
    const paid = new Map(staff.map((cells) => [cells[0], cells[head.indexOf('reward')]]));
    book.sheets.Staff?.splice(3, 1);
    book.sheets.Staff?.push(['E4', 'back', 4300, null, null]);
    book.sheets.Tickets?.splice(3, 1);
    book.sheets.Tickets?.push(['T9', { date: '2026-01-20' }, 'E4', 1, true]);
    const { adjustments, row } = await adjustIn(book, '1', JANUARY, doer('Finance A'));
    const rewards = given(adjustments, 'reward');
    expect(Object.keys(rewards)).toContain('E3');
    expect(Number(rewards.E3)).toBe(-Number(paid.get('E3')));
    expect(Number(rewards.E4)).toBeGreaterThan(0);
    const cents = Object.values(rewards).reduce((sum, text) => sum + Math.round(Number(text) * 100), 0);
    expect([cents, row.Totals]).toEqual([0, 'reward=0']);
    // E3's base pay goes too.
    expect(Number(given(adjustments, 'net').E3)).toBe(-4100.25 - Number(paid.get('E3')));
    expect(await errors(book)).toEqual([]);
  });

  it('makes the change known: later ones are since the adjustment, and the next month builds on it', async () => {
    const book = await lockedJanuary();
    ticketOf(book, 1)[3] = 9;
    expect(await errors(book)).toMatchObject([{ kind: 'row-changed', run: '1', key: 'T1' }]);
    await adjustIn(book, '1', JANUARY, doer('Finance A'));
    expect(await verify(book)).toEqual([
      {
        severity: 'note',
        kind: 'between',
        from: '1',
        run: '3',
        adjustments: ['3'],
        table: 'Tickets',
        changed: 1,
        removed: 0,
      },
    ]);
    const later = copyOf(book);
    ticketOf(later, 2)[3] = 9;
    later.rules.splice(1, 0, 'extra = 1');
    expect(await errors(later)).toMatchObject([
      { kind: 'rule-added', run: '3', adjustments: ['3'] },
      { kind: 'row-changed', run: '3', adjustments: ['3'], key: 'T2' },
    ]);
    enterFebruary(book);
    const { row } = await payIn(book, '2026-02-28', doer('Finance A'));
    expect(await errors(book)).toEqual([]);
    const kept = readRecord(book.parts['record-4'] ?? null, row.Record);
    expect(kept.kind === 'record' && kept.record.base).toBe(3);
    // January is as it was adjusted: nothing is left to say of the locked period, until it changes again.
    expect((await verify(book)).filter(({ kind }) => kind === 'locked-differs')).toEqual([]);
    ticketOf(book, 2)[3] = 9;
    await payIn(book, '2026-02-28', doer('Finance A'));
    expect(await verify(book)).toContainEqual(
      expect.objectContaining({ kind: 'locked-differs', run: '1', changed: 1, removed: 0, added: 0 }),
    );
    await adjustIn(book, '1', JANUARY, doer('Finance A'));
    expect((await verify(book)).filter(({ kind }) => kind === 'locked-differs')).toEqual([]);
  });

  it('leaves the result sheets of the run that was paid last', async () => {
    const book = await lockedJanuary();
    enterFebruary(book);
    await payIn(book, '2026-02-28', doer('Finance A'));
    const before = structuredClone(book.ours['Allot Staff']);
    book.names.pool = 1200.2;
    await adjustIn(book, '1', JANUARY, doer('Finance A'));
    expect(book.ours['Allot Staff']).toEqual(before);
    expect(await errors(book)).toEqual([]);
  });

  it('is refused where the period may be paid anew, or was', async () => {
    const book = smallBook();
    await payIn(book, JANUARY, doer('Finance A'));
    const refused = (run: string, by = 'Finance A') => adjustmentOf(book, run, JANUARY, doer(by));
    expect(await refused('1')).toEqual({ kind: 'run-not-locked', run: '1', asOf: JANUARY });
    expect(await refused('7')).toEqual({ kind: 'no-run', run: '7', runs: ['1'] });
    expect(await refused('1', ' ')).toEqual({ kind: 'no-name' });
    await payIn(book, JANUARY, doer('Finance A'));
    expect(await refused('1')).toEqual({ kind: 'run-replaced', run: '1', by: '2' });
    await lockIn(book, '2', doer('Finance B'));
    expect(await refused('1')).toEqual({ kind: 'run-replaced', run: '1', by: '2' });
    expect(await refused('3')).toMatchObject({ kind: 'no-run' });
    expect((await refused('2')).kind).toBe('plan');
  });

  it('wants approved rules, or a reason, as paying does', async () => {
    const book = await lockedJanuary();
    await stepIn(book, 'propose', doer('Maker'));
    expect(await adjustmentOf(book, '1', JANUARY, doer('Finance A'))).toMatchObject({ kind: 'unapproved' });
    const { row } = await adjustIn(book, '1', JANUARY, doer('Finance A'), { override: ' the board ' });
    expect(row.Note).toBe('run 1; override: the board');
    expect(adjustedRun(row)).toBe('1');
    expect(await verify(book)).toEqual([
      {
        severity: 'note',
        kind: 'unapproved',
        run: '4',
        adjustments: ['4'],
        by: 'Finance A',
        reason: 'the board',
      },
    ]);
    await stepIn(book, 'approve', doer('Checker'));
    const free = await adjustIn(book, '1', JANUARY, doer('Finance A'), { override: 'x' });
    expect(free.row.Note).toBe('run 1');
  });

  it('is refused without the records that say what was given', async () => {
    const book = await lockedJanuary();
    book.names.pool = 1200.2;
    await adjustIn(book, '1', JANUARY, doer('Finance A'));
    for (const [part, run] of [
      ['record-1', '1'],
      ['record-3', '3'],
    ] as const) {
      const lost = copyOf(book);
      delete lost.parts[part];
      expect(await adjustmentOf(lost, '1', JANUARY, doer('Finance A'))).toEqual({
        kind: 'record-missing',
        run,
      });
      const changed = copyOf(book);
      changed.parts[part] = book.parts[part === 'record-1' ? 'record-3' : 'record-1'] ?? '';
      expect(await adjustmentOf(changed, '1', JANUARY, doer('Finance A'))).toEqual({
        kind: 'record-changed',
        run,
      });
    }
  });
});

describe('a locked period', () => {
  it('is known by its row of the ledger, also where that was changed', async () => {
    const book = await lockedJanuary();
    expect(await periodLock(readerOf(book), JANUARY)).toBe('1');
    expect(await periodLock(readerOf(book), '2026-02-28')).toBeNull();
    expect(await periodLock(readerOf(smallBook()), JANUARY)).toBeNull();
    for (const [column, text] of [
      [2, '2026-02-28'],
      [4, 'paid'],
      [11, ''],
    ] as const) {
      const changed = copyOf(book);
      const row = changed.ours[LEDGER_SHEET]?.[2] ?? [];
      expect(row[4]).toBe('locked');
      row[column] = text;
      // The note `run 1` stands in no other row: what locks what can't be told any more.
      expect(await periodLock(readerOf(changed), JANUARY)).toBe(column === 11 ? null : '1');
    }
  });
});

describe('verifying what was adjusted', () => {
  async function adjusted(): Promise<MemoryBook> {
    const book = await lockedJanuary();
    book.names.pool = 1200.2;
    await adjustIn(book, '1', JANUARY, doer('Finance A'));
    return book;
  }

  it('names a changed, removed and added amount', async () => {
    const book = await adjusted();
    const changed = copyOf(book);
    (changed.ours[SHEET]?.[2] ?? [])[9] = 1;
    expect(await verify(changed)).toMatchObject([
      {
        severity: 'error',
        kind: 'paid-changed',
        run: '3',
        adjustments: ['3'],
        heading: 'Adjustment',
        now: '1',
        at: { sheet: SHEET, row: 3, column: 10 },
      },
    ]);
    const removed = copyOf(book);
    removed.ours[SHEET]?.splice(2, 1);
    expect(await verify(removed)).toMatchObject([{ kind: 'paid-removed', run: '3', sheet: SHEET }]);
    const added = copyOf(book);
    added.ours[SHEET]?.push([3, 1, { date: JANUARY }, 'Staff', 'reward', 'X', null, 0, 5, 5]);
    expect(await verify(added)).toMatchObject([{ kind: 'paid-added', run: '3', adjustments: ['3'] }]);
    const gone = copyOf(book);
    delete gone.ours['Allot Adjustment Totals'];
    expect(await verify(gone)).toMatchObject([{ kind: 'sheet-missing', adjustments: ['3'] }]);
    const madeUp = await lockedJanuary();
    const sheet = book.ours[SHEET];
    if (sheet !== undefined) madeUp.ours[SHEET] = sheet;
    expect(await verify(madeUp)).toEqual([{ severity: 'error', kind: 'sheet-unknown', sheet: SHEET }]);
  });

  it('finds a lost record, and a row that is gone from the end', async () => {
    const book = await adjusted();
    const lost = copyOf(book);
    delete lost.parts['record-3'];
    expect(await errors(lost)).toContainEqual({
      severity: 'error',
      kind: 'record-missing',
      run: '3',
      adjustments: ['3'],
    });
    const dropped = copyOf(book);
    dropped.ours[LEDGER_SHEET]?.pop();
    expect(await errors(dropped)).toContainEqual({ severity: 'error', kind: 'ledger-dropped', row: '3' });
    expect((await ledgerOf(book)).map(({ Event }) => Event)).toEqual(['paid', 'locked', 'adjusted']);
  });
});
