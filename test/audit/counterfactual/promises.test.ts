import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCounterfactuals } from '../../../src/audit/counterfactual/index.ts';
import type { Target } from '../../../src/engine/plain/index.ts';
import { ranBook, randomCompany } from './books.ts';
import { checkPromise, hasErrors, outcomeIn } from './promise.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 40);

const NAMES = ['reward', 'net', 'commission', 'support', 'class', 'response', 'base'];

describe('a promise', () => {
  test('is what a run of the changed book gives, and one step less does not', { timeout: 900_000 }, () => {
    let payments = 0;
    let promises = 0;
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(fc.nat(0x7fffffff), fc.nat(99), fc.nat(6), fc.boolean(), (seed, at, nth, lower) => {
        const company = ranBook(randomCompany(seed));
        if (hasErrors(company.results)) return;
        const { program, workbook, results } = company;
        const column = program.columns.findIndex(({ name }) => name === NAMES[nth]);
        const row = at % (workbook.tables[0]?.rows ?? 1);
        const target: Target = { kind: 'column', column, row };
        const value = outcomeIn(results, target);
        if (value === undefined || value.kind === 'blank') return;
        payments++;
        const { list, untried } = createCounterfactuals(company)(target, { lower });
        expect(untried).toBe(0);
        for (const promise of list) {
          promises++;
          const kind = `${promise.from.kind} ${promise.direction}`;
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
          checkPromise(company, target, promise);
        }
      }),
      { numRuns: RUNS },
    );
    if (process.env.ALLOT_RUNS !== undefined)
      console.info(`${payments} payments, ${promises} promises:`, Object.fromEntries(kinds));
    expect(payments).toBeGreaterThan(RUNS / 4);
    expect(promises).toBeGreaterThan(payments);
  });
});
