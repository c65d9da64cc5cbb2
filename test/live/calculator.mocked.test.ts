import { afterEach, expect, it, vi } from 'vitest';
import { createCalculator } from '../../src/live/calculator.ts';
import { evaluate } from '../../src/live/evaluated.ts';
import type { Query } from '../../src/live/queries.ts';
import { day, readSample } from './parts.ts';

vi.mock('../../src/live/evaluated.ts', async (original) => {
  const real = await original<typeof import('../../src/live/evaluated.ts')>();
  return { ...real, evaluate: vi.fn(real.evaluate) };
});

afterEach(() => {
  vi.mocked(evaluate).mockClear();
});

/** A table of people by months asks row by row: dates take turns, and they are more than are kept. */
it('evaluates once a date, in whatever order dates are asked for', async () => {
  const { tables, rules, hasRules, names, problems } = await readSample('small.xlsx');
  const calculator = createCalculator();
  const heads = tables.map(({ name, sheet, columns }) => ({
    name,
    sheet,
    headings: columns.map(({ heading }) => heading),
  }));
  await calculator.open({ title: 'small.xlsx', rules, hasRules, names, problems, tables: heads });
  await calculator.put(tables);
  const months = Array.from({ length: 9 }, (_, i) => day(`2025-0${i + 1}-15`));
  const dates = [...months, day('2026-02-28'), day('2026-03-31')];
  const queries = ['pool', 'pool_rate', 'carried_over'].flatMap((name) =>
    dates.map((asOf): Query => ({ kind: 'rule', name, key: null, asOf })),
  );
  const answers = await calculator.answers([...queries, { kind: 'problems' }], day('2026-03-31'), 'en');
  expect(vi.mocked(evaluate)).toHaveBeenCalledTimes(dates.length);
  const values = answers.map((answer) => (answer.kind === 'cells' ? answer.rows[0]?.[0] : answer.error));
  expect(values.slice(9, 11)).toEqual([75, 1265.34]);
  expect(values.slice(11, 22)).toEqual([...months.map(() => 0.1), 0.15, 0.15]);
  expect(values.at(-1)).toBe('No problems.');
});
