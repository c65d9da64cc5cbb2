import { readFile } from 'node:fs/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { parseDate } from '../../src/exact/date.ts';
import { integer } from '../../src/exact/rational.ts';
import { createCalculator } from '../../src/live/calculator.ts';
import { createSession } from '../../src/live/createSession.ts';
import { directHandle } from '../../src/live/handle.ts';
import { xlsxLiveBook } from '../../src/workbook/xlsx/live.ts';

afterEach(() => vi.useRealTimers());

it('a workbook that changes with every evaluation is followed ever more slowly', async () => {
  const book = xlsxLiveBook(await readFile('samples/small.xlsx'), 'small.xlsx', {
    settings: { asOf: '2026-03-31' },
  });
  vi.useFakeTimers();
  const session = createSession(book, directHandle(createCalculator()), {
    delay: 30,
    today: parseDate('2026-04-15') ?? Number.NaN,
  });
  let seen = 0;
  session.subscribe(({ revision }) => {
    if (revision === seen) return;
    seen = revision;
    const value = { kind: 'number', value: integer(revision) } as const;
    void book.edit([{ sheet: 'Sales', row: 2, column: 4, value }]);
  });
  await vi.advanceTimersByTimeAsync(120_000);
  session.close();
  // The first hundred come one every 30 ms; then the waits double up to five seconds.
  expect(seen).toBeGreaterThan(100);
  expect(seen).toBeLessThan(140);
}, 60_000);
