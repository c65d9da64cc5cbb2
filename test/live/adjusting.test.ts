import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { integer } from '../../src/exact/rational.ts';
import { act, openAdjustment, openLedgerView, verify } from '../../src/live/audit.ts';
import { createCalculator } from '../../src/live/calculator.ts';
import { createSession } from '../../src/live/createSession.ts';
import { directHandle } from '../../src/live/handle.ts';
import { PeriodLocked } from '../../src/live/periodLocked.ts';
import type { Session } from '../../src/live/session.ts';
import { failureText } from '../../src/taskpane/parts/failure.ts';
import { xlsxLiveBook } from '../../src/workbook/xlsx/live.ts';

const BYTES = readFileSync('samples/small.xlsx');
const FEBRUARY = Date.UTC(2026, 1, 28);
const MARCH = Date.UTC(2026, 2, 31);
const MAKER = { by: 'Finance A', time: '2026-04-08T09:00:00Z' };
const CHECKER = { by: 'Finance B', time: '2026-04-09T09:00:00Z' };

const sessions: Session[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});

/** March is paid as run 1 and locked. `sold` types the commission of the first sale. */
async function lockedMarch() {
  const book = xlsxLiveBook(BYTES, 'small.xlsx');
  const session = createSession(book, directHandle(createCalculator()), { delay: 0, today: MARCH });
  sessions.push(session);
  await session.setAsOf(MARCH);
  const pay = { kind: 'pay', asOf: MARCH, override: null, language: 'en' } as const;
  await act(session, pay, MAKER, session.state.outcome);
  await act(session, { kind: 'lock', run: '1' }, CHECKER, null);
  const sales = (await (await book.open()).read(['Sales'])).tables[0];
  const column = sales?.columns.find(({ heading }) => heading === 'Commission')?.column ?? 0;
  const row = sales?.sheetRows[0] ?? 0;
  const sold = async (commission: number): Promise<void> => {
    await book.edit([{ sheet: 'Sales', row, column, value: { kind: 'number', value: integer(commission) } }]);
    await session.settled();
  };
  return { book, session, sold };
}

async function due(session: Session) {
  const answer = await openAdjustment(session, '1', MARCH);
  if (answer.kind !== 'adjustment') throw new Error(answer.kind);
  return answer;
}

const adjust = (agreed: string, override: string | null = null) =>
  ({ kind: 'adjust', run: '1', asOf: MARCH, agreed, override, language: 'en' }) as const;

describe('adjusting in an open workbook', () => {
  test('gives what is due once, whatever date the pane is at', async () => {
    const { session, sold } = await lockedMarch();
    expect((await due(session)).columns.map(({ count, total }) => [count, total])).toEqual([
      [0, '0'],
      [0, '0'],
    ]);
    await sold(77);
    await session.setAsOf(FEBRUARY);
    const found = await due(session);
    const [reward] = found.columns;
    const { paid, now, difference } = reward?.shared ?? { paid: '', now: '', difference: '' };
    expect([paid, reward?.total]).toEqual(['1265.34', difference]);
    expect(Number(now) - 1265.34).toBeCloseTo(Number(difference), 6);
    expect(Number(difference)).not.toBe(0);
    expect(await act(session, adjust(found.agreed), MAKER, null)).toMatchObject({
      kind: 'done',
      number: '3',
    });
    const { rows, broken } = await openLedgerView(session, 'en');
    expect(broken).toEqual([]);
    expect(rows[0]).toMatchObject({
      number: '3',
      asOf: '2026-03-31',
      event: 'adjusted',
      totals: [{ share: 'reward', amount: difference }],
      lockable: false,
    });
    expect(await verify(session, { anchor: null, key: null }, 'en')).toMatchObject({ errors: 0 });
    const again = await due(session);
    expect(again.columns.map(({ count }) => count)).toEqual([0, 0]);
    expect(again.columns[0]?.shared).toMatchObject({ earlier: difference, difference: '0' });
  });

  test('writes nothing else than what was seen', async () => {
    const { book, session, sold } = await lockedMarch();
    await sold(77);
    const seen = await due(session);
    await sold(99);
    expect(await act(session, adjust(seen.agreed), MAKER, null)).toEqual({ kind: 'results-changed' });
    expect(await book.ours('Allot Adjustments')).toBeNull();
    expect((await openLedgerView(session, 'en')).rows).toHaveLength(2);
  });

  test('wants approved rules, or a reason', async () => {
    const { session, sold } = await lockedMarch();
    await sold(77);
    await act(session, { kind: 'step', step: 'propose' }, MAKER, null);
    const { agreed } = await due(session);
    expect(await act(session, adjust(agreed), MAKER, null)).toMatchObject({ kind: 'unapproved' });
    expect(await act(session, adjust(agreed, 'the board'), MAKER, null)).toMatchObject({ kind: 'done' });
    expect((await openLedgerView(session, 'en')).rows[0]?.note).toBe('run 1; override: the board');
  });

  test('says why it can’t', async () => {
    const { book, session } = await lockedMarch();
    expect(await openAdjustment(session, '7', MARCH)).toEqual({ kind: 'no-run', run: '7', runs: ['1'] });
    const wrong = { kind: 'text', value: 'unit of nothing' } as const;
    await book.edit([{ sheet: 'Rules', row: 1, column: 1, value: wrong }]);
    expect(await openAdjustment(session, '1', MARCH)).toEqual({ kind: 'no-results' });
  });
});

describe('the results of a locked period', () => {
  test('are not written anew; those of another date are, and verify says so', async () => {
    const { book, session, sold } = await lockedMarch();
    await sold(77);
    const before = await book.ours('Allot Staff');
    const refused: unknown = await session.write('en').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PeriodLocked);
    expect(refused).toMatchObject({ asOf: '2026-03-31', run: '1' });
    expect(failureText(refused, 'en')).toMatch(/^2026-03-31 is locked \(run 1\).*Adjust/);
    expect(failureText(refused, 'zh-CN')).toMatch(/^2026-03-31 已锁定（第 1 号发放）.*补差/);
    expect(await book.ours('Allot Staff')).toEqual(before);
    await sold(150);
    await session.setAsOf(FEBRUARY);
    expect(await session.write('en')).toHaveLength(5);
    const found = await verify(session, { anchor: null, key: null }, 'en');
    if (found.kind !== 'verified') throw new Error(found.kind);
    const notes = found.findings.filter(({ severity }) => severity === 'note').map(({ text }) => text);
    expect(notes).toContainEqual(
      expect.stringMatching(/^The result sheets hold the results of 2026-02-28 as they are computed now/),
    );
  });
});
