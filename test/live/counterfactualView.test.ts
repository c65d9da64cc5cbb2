import { describe, expect, test } from 'vitest';
import { createCalculator } from '../../src/live/calculator.ts';
import { counterfactualsView } from '../../src/live/counterfactualView.ts';
import { day, evaluated, readSample } from './parts.ts';

const REWARD = { name: 'reward', key: 'E08' };
const workbook = await readSample('small.xlsx');
const march = evaluated(workbook, '2026-03-31');

describe('what would change a value', () => {
  // T07 was answered after 61 minutes; at 60 it earns 100 points in place of 80: see test/cli/whatWould.test.ts.
  test('is a cell with its place, what it holds and would hold, and what that gives', () => {
    const view = counterfactualsView(march, REWARD, 'en');
    const list = view.kind === 'changes' ? view.list : [];
    expect(list.find(({ key, heading }) => key === 'T07' && heading === 'Answered')).toEqual({
      moved: '1 minute earlier',
      heading: 'Answered',
      key: 'T07',
      place: { kind: 'cell', sheet: 'Tickets', row: 9, column: 4 },
      from: '2026-03-06T12:01:00',
      to: '2026-03-06T12:00:00',
      value: '249.56',
      difference: '+4.11',
    });
    expect(view).toMatchObject({ direction: 'raises', found: list.length, untried: 0 });
  });

  test('says in the language by how much a cell would be another', () => {
    const view = counterfactualsView(march, REWARD, 'zh-CN');
    expect(view.kind === 'changes' && view.list.some(({ moved }) => moved === '提前 1 分钟')).toBe(true);
  });

  test('lists so many and tells how many there are', () => {
    const all = counterfactualsView(march, REWARD, 'en', { most: Number.POSITIVE_INFINITY, budget: 60_000 });
    const one = counterfactualsView(march, REWARD, 'en', { most: 1, budget: 60_000 });
    if (all.kind !== 'changes' || one.kind !== 'changes') throw new Error('refused');
    expect(all.found).toBeGreaterThan(1);
    expect(one.list).toEqual(all.list.slice(0, 1));
    expect(one.found).toBe(all.list.length);
  });

  test('tells which cells there was no time for', () => {
    const view = counterfactualsView(march, REWARD, 'en', { most: 10, budget: -1 });
    if (view.kind !== 'changes') throw new Error(view.said);
    expect(view.list).toEqual([]);
    expect(view.inputs).toBeGreaterThan(0);
    expect(view.untried).toBe(view.inputs);
  });

  test.each([
    [{ name: 'pool', key: null }, 'pool is one value for all. Ask about a column and the key of a row.'],
    [
      { name: 'Tickets[Answered]', key: 'T07' },
      'Answered is not computed by a rule: it is what its cell says.',
    ],
  ])('refuses %o in words', (target, said) => {
    expect(counterfactualsView(march, target, 'en')).toEqual({ kind: 'refusal', said });
  });

  test('refuses a key that there is none of', () => {
    const view = counterfactualsView(march, { name: 'reward', key: 'E99' }, 'en');
    expect(view.kind === 'refusal' && view.said).toContain('Staff has no row with the key E99');
  });

  test('refuses where the run has errors, in both languages', () => {
    const rules = workbook.rules.map((line) =>
      line.text.includes('commission * pool_rate')
        ? { ...line, text: line.text.replace('commission', 'comission') }
        : line,
    );
    const wrong = evaluated(workbook, '2026-03-31', rules);
    expect(counterfactualsView(wrong, REWARD, 'en')).toEqual({
      kind: 'refusal',
      said: 'The run has errors, so there are no results to compare with. Correct them first.',
    });
    expect(counterfactualsView(wrong, REWARD, 'zh-CN')).toEqual({
      kind: 'refusal',
      said: '本次计算有错误，没有可供比较的结果。请先改正错误。',
    });
  });
});

test('a calculator gives plain data that can be posted', async () => {
  const { tables, rules, hasRules, names, problems } = workbook;
  const calculator = createCalculator();
  const heads = tables.map(({ name, sheet, columns }) => ({
    name,
    sheet,
    headings: columns.map(({ heading }) => heading),
  }));
  await calculator.open({ title: 'small.xlsx', rules, hasRules, names, problems, tables: heads });
  await calculator.put(tables);
  const view = await calculator.counterfactuals(day('2026-03-31'), REWARD, 'en');
  expect(structuredClone(view)).toEqual(view);
  expect(view.kind === 'changes' && view.list.map(({ value }) => value)).toContain('249.56');
});
