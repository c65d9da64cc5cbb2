import { expect, test } from 'vitest';
import { createCounterfactuals } from '../../../src/audit/counterfactual/index.ts';
import { load } from '../../../src/cli/load.ts';
import { run } from '../../../src/engine/run.ts';
import { parseDate } from '../../../src/exact/date.ts';
import { findTarget } from '../../../src/report/target.ts';
import { sample } from '../../samples/run.ts';
import { checkPromise } from './promise.ts';

const PAYMENTS = [
  ['reward', 'E4001'],
  ['net_pay', 'E1001'],
  ['reward', 'E3900'],
] as const;

test('promises over broadcast.xlsx are what whole runs give', { timeout: 600_000 }, async () => {
  const { program, workbook, file } = await load(sample('broadcast.xlsx'), parseDate('2026-03-31') ?? 0);
  if (program === null) throw new Error('no program');
  const results = run(program, workbook);
  const search = createCounterfactuals({ program, workbook, results });
  for (const [name, key] of PAYMENTS) {
    const found = findTarget({ program, workbook, results, file }, name, key, 'en');
    if (found.kind !== 'target') throw new Error(`no ${name} of ${key}`);
    const { list, untried } = search(found.target);
    expect(untried).toBe(0);
    expect(list.length).toBeGreaterThan(2);
    // Two runs of the whole network: one of each must do.
    for (const promise of list.slice(0, 1))
      checkPromise({ program, workbook, results }, found.target, promise);
  }
});
