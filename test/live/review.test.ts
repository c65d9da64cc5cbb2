import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { reviewPage } from '../../src/audit/review/index.ts';
import { rational } from '../../src/exact/rational.ts';
import { createCalculator } from '../../src/live/calculator.ts';
import { createSession } from '../../src/live/createSession.ts';
import { directHandle } from '../../src/live/handle.ts';
import { openReview, type ReviewRule, type ReviewView } from '../../src/live/reviewed.ts';
import type { Session } from '../../src/live/session.ts';
import type { Language } from '../../src/problems/messages/index.ts';
import { placeText } from '../../src/problems/problem.ts';
import type { LiveBook } from '../../src/workbook/live.ts';
import { xlsxLiveBook } from '../../src/workbook/xlsx/live.ts';
import { edited, reviewXlsx, smallBytes } from '../audit/review/support.ts';
import { headless } from '../workbook/univer/headless.ts';
import { day } from './parts.ts';

const MARCH = day('2026-03-31');
const grids = headless();
afterAll(() => grids.close());
const sessions: Session[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});

/** small.xlsx with a row of rules that doesn't show, and a sheet that not even the menu shows. */
const hiding = (): Uint8Array =>
  edited(smallBytes(), (name, text) =>
    name === 'xl/workbook.xml'
      ? text.replace(/<sheet name="Sales"/, '<sheet state="veryHidden" name="Sales"')
      : name === 'xl/worksheets/sheet1.xml'
        ? text.replace(/<row r="12"/, '<row hidden="1" r="12"')
        : text,
  );

const HIDDEN = [
  {
    title: '',
    at: {
      place: { kind: 'cell', sheet: 'Rules', row: 12, column: 1 },
      text: 'row 12 of the rules in Rules',
    },
    facts: [],
  },
  { title: 'the sheet Sales (even from the menu that shows sheets)', at: null, facts: [] },
];

async function opened(book: LiveBook): Promise<Session> {
  const session = createSession(book, directHandle(createCalculator()), { delay: 0, today: MARCH });
  sessions.push(session);
  await session.setAsOf(MARCH);
  return session;
}

async function reviewed(session: Session, language: Language = 'en'): Promise<ReviewView> {
  const view = await openReview(session, MARCH, language);
  if (view === null) throw new Error('no review');
  return view;
}

function ruleOf({ rules }: ReviewView, name: string): ReviewRule {
  const found = rules.find((rule) => rule.name === name);
  if (found === undefined) throw new Error(`no rule ${name}`);
  return found;
}

const heading = (view: ReviewView, wanted: string) => view.found.find((list) => list.heading === wanted);

/** The figures are worked out in test/audit/review/review.test.ts. */
describe('the review of a workbook that is open', () => {
  test('says of each rule its money, its rows, who reads it, and its versions side by side', async () => {
    const view = await reviewed(await opened(xlsxLiveBook(smallBytes(), 'small.xlsx')));
    expect(view).toMatchObject({ asOf: MARCH, errors: 0, inspected: true });
    const rate = ruleOf(view, 'pool_rate');
    // What goes to the pool, and the reward that comes out of it: 2 x 1265.34.
    expect(rate.amounts?.statements).toMatchObject({ text: '2,530.68', about: 2530.68 });
    expect(rate.amounts?.shares.text).toBe('1,265.34');
    expect(rate.versions.map(({ at, period, inForce }) => [at.text, period, inForce])).toEqual([
      ['Rules!A11', 'always', false],
      ['Rules!A12', 'from 2026-01-01', true],
    ]);
    expect(rate.versions.map(({ constants }) => constants.map(({ texts }) => texts))).toEqual([
      ['10%'],
      ['15%'],
    ]);
    const support = ruleOf(view, 'Staff[support]');
    expect(support.facts).toContainEqual({ label: 'Where', text: 'side = "back"' });
    expect(support.facts).toContainEqual({ label: 'Rows', text: '6' });
    const points = ruleOf(view, 'response_points').versions[0];
    expect(points?.lines.map(({ hits }) => hits)).toEqual(['', 'Hits 11', 'Hits 6', 'Hits 6']);
    expect(points?.constants.map(({ at, texts }) => [at.text, texts])).toEqual([
      ['Rules!B16', '1, 100'],
      ['Rules!B17', '2, 80'],
      ['Rules!B18', '60'],
    ]);
  });

  test('names rows that do not count, with the cell of the condition', async () => {
    const view = await reviewed(await opened(xlsxLiveBook(smallBytes(), 'small.xlsx')));
    const rows = heading(view, 'Rows that do not count')?.rows ?? [];
    expect(rows.map(({ title, facts }) => [title, facts.map(({ text }) => text)])).toEqual([
      ['Tickets', ['1 of 25', 'T00']],
      ['Feedback', ['1 of 7', 'F06']],
      ['Sales', ['1 of 8', 'S05']],
      ['Attendance', ['1 of 6', 'A03']],
    ]);
    for (const { at } of rows) {
      expect(at === null ? '' : placeText(at.place)).toMatch(/^Rules!/);
      expect(at?.text).not.toBe('');
    }
  });

  test('finds what is hidden and what stands in place of results, in the workbook as it is now', async () => {
    const book = xlsxLiveBook(hiding(), 'small.xlsx');
    const session = await opened(book);
    await session.write('en');
    const before = await reviewed(session);
    expect(before.results).toBe('5 result sheets compared: every cell is as a run gives it.');
    expect(heading(before, 'Hidden')?.rows).toEqual(HIDDEN);
    await book.edit([
      { sheet: 'Allot Shares', row: 2, column: 4, value: { kind: 'number', value: rational(1300n) } },
    ]);
    await session.settled();
    const after = await reviewed(session);
    expect(heading(after, 'Results that differ from what a run gives')?.rows).toEqual([
      {
        title: 'reward · Staff',
        at: {
          place: { kind: 'cell', sheet: 'Allot Shares', row: 2, column: 4 },
          text: "'Allot Shares'!D2",
        },
        facts: [
          { label: 'Column', text: 'Pool' },
          { label: 'What', text: 'another value' },
          { label: 'A run gives', text: '1265.34' },
          { label: 'In the book', text: '1300' },
        ],
      },
    ]);
  });

  test('finds what is hidden in the grid’s workbook, by the file that it gives', async () => {
    const { book } = await grids.open(hiding(), 'small.xlsx');
    const session = await opened(book);
    await session.write('en');
    const view = await reviewed(session);
    expect(view.inspected).toBe(true);
    expect(heading(view, 'Hidden')?.rows).toEqual(HIDDEN);
    expect(view.results).toBe('5 result sheets compared: every cell is as a run gives it.');
  });

  test.each(['en', 'zh-CN'] as const)('is the page that the command line writes (%s)', async (language) => {
    const view = await reviewed(await opened(xlsxLiveBook(smallBytes(), 'small.xlsx')), language);
    expect(view.page).toBe(reviewPage(await reviewXlsx(smallBytes()), 'small.xlsx', language));
  });

  test('says that it could not look where the workbook gives no file', async () => {
    const book = xlsxLiveBook(smallBytes(), 'small.xlsx');
    const session = await opened({ ...book, bytes: () => Promise.reject(new Error('no file')) });
    const view = await reviewed(session);
    expect(view.inspected).toBe(false);
    expect(heading(view, 'Hidden')).toBeUndefined();
  });

  test('tells no amounts of a run with errors, and has nothing to say of rules with errors', async () => {
    const book = xlsxLiveBook(smallBytes(), 'small.xlsx');
    const session = await opened(book);
    await book.edit([{ sheet: 'Staff', row: 2, column: 1, value: { kind: 'text', value: 'E02' } }]);
    await session.settled();
    const view = await reviewed(session);
    expect(view.errors).toBeGreaterThan(0);
    expect(view.rules.every(({ amounts }) => amounts === null)).toBe(true);
    expect(view.results).toMatch(/^This run has .*error/);
    await book.edit([{ sheet: 'Rules', row: 1, column: 1, value: { kind: 'text', value: 'unit of' } }]);
    await session.settled();
    expect(await openReview(session, MARCH, 'en')).toBeNull();
  });

  test('refuses with what the workbook refused', async () => {
    const book = xlsxLiveBook(smallBytes(), 'small.xlsx');
    const refusal = new Error('the host is busy');
    const session = await opened({ ...book, ours: () => Promise.reject(refusal) });
    await expect(openReview(session, MARCH, 'en')).rejects.toBe(refusal);
  });
});
