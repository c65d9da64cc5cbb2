import { describe, expect, it, test } from 'vitest';
import { createCalculator } from '../../src/live/calculator.ts';
import type { CompareAsked, ComparedAnswer, ComparedView } from '../../src/live/compared.ts';
import type { Calculator } from '../../src/live/protocol.ts';
import type { Workbook } from '../../src/workbook/port.ts';
import { book } from '../support/book.ts';
import { day, readSample } from './parts.ts';

const DECEMBER = day('2025-12-31');
const MARCH = day('2026-03-31');

async function opened({ tables, rules, hasRules, names, problems }: Workbook): Promise<Calculator> {
  const calculator = createCalculator();
  const heads = tables.map(({ name, sheet, columns }) => ({
    name,
    sheet,
    headings: columns.map(({ heading }) => heading),
  }));
  await calculator.open({ title: 'book', rules, hasRules, names, problems, tables: heads });
  await calculator.put(tables);
  return calculator;
}

function viewOf(answer: ComparedAnswer): ComparedView {
  if (answer.kind !== 'compared') throw new Error(answer.kind);
  return answer.view;
}

const asked = (column: string, group: string | null = null): CompareAsked => ({
  before: DECEMBER,
  after: MARCH,
  column,
  group,
});

describe('a comparison of two dates', () => {
  test('names what people are paid by, and what gathers them', async () => {
    const calculator = await opened(await readSample('small.xlsx'));
    const columns = await calculator.comparable(MARCH);
    expect(columns.map(({ table, column }) => `${table}[${column}]`)).toEqual([
      'Staff[reward]',
      'Staff[net_pay]',
    ]);
    expect(columns[0]?.groups).toContain('Side');
    expect(columns[0]?.groups).not.toContain('Id');
  });

  test('has exact sums, parts to the cent, groups, and everybody whose amount differs', async () => {
    const calculator = await opened(await readSample('small.xlsx'));
    const heard: number[] = [];
    const view = viewOf(
      await calculator.compare(asked('Staff[net_pay]', 'Side'), (done, total) => {
        heard.push(done / total);
      }),
    );
    expect(view.total).toMatchObject({
      people: 12,
      winners: 10,
      losers: 1,
      before: '70800',
      after: '79175.5',
    });
    // −210.895, 4790701/600, 99517/150 and −9233/150; halves go away from zero.
    expect(view.parts).toEqual(['rules', 'own', 'pool', 'others']);
    expect(view.total.parts).toEqual({ rules: '-210.9', own: '7984.5', pool: '663.45', others: '-61.55' });
    expect(view.groups.map(({ group, people, difference }) => [group, people, difference])).toEqual([
      ['front', 6, '7120.16'],
      ['back', 6, '1255.34'],
    ]);
    expect(view.lists.all.count).toBe(11);
    expect(view.lists.less.people).toEqual([
      expect.objectContaining({ key: 'E06', before: '4200', after: '4170', difference: '-30' }),
    ]);
    expect(view.lists.less.people[0]?.cell).toMatchObject({ sheet: 'Staff', column: 1 });
    expect([...view.differences].sort((a, b) => a - b).slice(0, 2)).toEqual([-30, 197.89]);
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
    expect(heard.at(-1)).toBe(1);
  });

  it('lists at most 200 of each, the largest first, and says of how many', async () => {
    const ids = Array.from({ length: 250 }, (_, i) => i + 1);
    const calculator = await opened(
      book(
        { Staff: [['id', 'n'], ...ids.map((id) => [`P${id}`, id])] },
        {
          rules: 'table Staff key id\neach Staff\n  x = n * (1 + month(as_of))',
        },
      ),
    );
    const view = viewOf(await calculator.compare(asked('Staff[x]')));
    expect([view.lists.all.count, view.lists.more.count, view.lists.less.count]).toEqual([250, 0, 250]);
    expect(view.lists.less.people).toHaveLength(200);
    expect(view.lists.less.people[0]).toMatchObject({ key: 'P250', difference: '-2250' });
    expect(view.lists.less.people.at(-1)?.key).toBe('P51');
    expect(view.differences).toHaveLength(250);
  });

  it('says which date has errors, and that an amount is nowhere', async () => {
    const calculator = await opened(
      book(
        { Staff: [['id'], ['A']] },
        { rules: 'table Staff key id\neach Staff\n  x = 1 / (month(as_of) - 12)' },
      ),
    );
    const answer = await calculator.compare(asked('Staff[x]'));
    expect(answer).toMatchObject({ kind: 'errors', asOf: DECEMBER });
    expect(answer.kind === 'errors' ? answer.problems.length : 0).toBeGreaterThan(0);
    const later = { ...asked('Staff[y]'), before: day('2026-02-28') };
    expect(await calculator.compare(later)).toEqual({ kind: 'gone' });
  });
});
