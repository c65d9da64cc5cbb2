import { afterEach, describe, expect, test } from 'vitest';
import { createCalculator } from '../../src/live/calculator.ts';
import { createSession } from '../../src/live/createSession.ts';
import { directHandle } from '../../src/live/handle.ts';
import { openInsight } from '../../src/live/insighted.ts';
import type { Session } from '../../src/live/session.ts';
import { buildWorkbook } from '../../src/workbook/xlsx/build.ts';
import { xlsxLiveBook } from '../../src/workbook/xlsx/live.ts';
import { day } from './parts.ts';

const MARCH = day('2026-03-31');
const sessions: Session[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});

const text = (value: string) => ({ kind: 'text', value }) as const;
const head = (...names: readonly string[]) => names.map((heading) => ({ heading, width: 10 }));

/** A book whose rules speak of its staff alone. */
function bytes(rules: readonly string[]): Uint8Array {
  return buildWorkbook({
    sheets: [
      { kind: 'rules', name: 'Rules', lines: rules.map((line) => ({ depth: 0, text: line })) },
      {
        kind: 'table',
        name: 'Staff',
        columns: head('Id', 'Department'),
        rows: [[text('E1'), text('North')]],
      },
      { kind: 'table', name: 'Complaints', columns: head('Complaint', 'Received'), rows: [[text('P1')]] },
      { kind: 'table', name: 'Notes', columns: head('Note'), rows: [[text('nothing')]] },
    ],
    names: [],
  });
}

async function opened(rules: readonly string[]): Promise<Session> {
  const book = xlsxLiveBook(bytes(rules), 'book.xlsx');
  const session = createSession(book, directHandle(createCalculator()), { delay: 0, today: MARCH });
  sessions.push(session);
  await session.setAsOf(MARCH);
  return session;
}

const RULES = ['table Staff key id', 'people = count(Staff)'];

describe('the insight of an open workbook', () => {
  test('reads the tables that play a part though no rule speaks of them, and no others', async () => {
    const session = await opened(RULES);
    const asked: (readonly string[])[] = [];
    const view = await session.calculator.insight(
      MARCH,
      {
        async tables(names) {
          asked.push(names);
          return (await (await session.book.open()).read(names)).tables;
        },
      },
      'en',
    );
    expect(asked).toEqual([['Complaints']]);
    // staff and complaints are there, the rest of the chain is not
    expect(view?.head.at(-1)).toMatch(/^No table was found for: tickets, expenses, sales\./);
    expect(view?.sections.map(({ name }) => name)).toEqual(['bottlenecks', 'reform', 'forecast', 'pay']);
    expect(view?.sheets[0]?.name).toBe('Allot Insight');
  });

  test('is in the reader’s language', async () => {
    const view = await openInsight(await opened(RULES), MARCH, 'zh-CN');
    expect(view?.sections[0]?.heading).toBe('瓶颈');
    expect(view?.head.at(-1)).toMatch(/^没有找到以下数据表：工单、报销、业务。/);
  });

  test('is none where the run has errors', async () => {
    expect(await openInsight(await opened([...RULES, 'x = 1 / 0']), MARCH, 'en')).toBeNull();
  });

  test('is refused with what the workbook refuses', async () => {
    const session = await opened(RULES);
    const refusal = new Error('the host is away');
    Object.assign(session.book, { open: () => Promise.reject(refusal) });
    await expect(openInsight(session, MARCH, 'en')).rejects.toBe(refusal);
  });
});
