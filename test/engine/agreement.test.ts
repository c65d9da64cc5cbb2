import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/engine/plain/index.ts';
import type { Outcome, Results, ShareResult } from '../../src/engine/results.ts';
import { run } from '../../src/engine/run.ts';
import { exactText } from '../../src/exact/decimal.ts';
import type { Rational } from '../../src/exact/rational.ts';
import { type Problem, placeText } from '../../src/problems/problem.ts';
import type { Program } from '../../src/rules/program.ts';
import { randomCase } from './columns/random.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 1000);

const problemText = (p: Problem): string =>
  `${p.code} at ${p.at === undefined ? '' : placeText(p.at)} in ${p.rule} of ${p.key}`;

function outcomeText(x: Outcome): string {
  switch (x.kind) {
    case 'blank':
      return 'blank';
    case 'number':
      return exactText(x.value);
    case 'text':
      return JSON.stringify(x.value);
    case 'date':
      return `date ${exactText(x.ms)}`;
    case 'logical':
      return String(x.value);
    case 'fault':
      return `fault ${problemText(x.problem)}`;
  }
}

const maybe = (x: Rational | null): string => (x === null ? 'null' : exactText(x));

function shareText(share: ShareResult): readonly string[] {
  const { of, pool, unit, settled, shared, unallocated, level, members } = share;
  return [
    `${share.share} of ${of}: ${[pool, unit, settled, shared, unallocated].map(exactText).join(' ')} level ${maybe(level)}`,
    ...members.map(
      (m) => `${m.row} ${exactText(m.weight)} ${m.floor} ${m.cap} ${maybe(m.quota)} ${m.units} ${m.by}`,
    ),
  ];
}

/** Everything that two runs have to have in common, as text. */
function picture(program: Program, results: Results) {
  return {
    asOf: results.asOf,
    tables: results.tables.map(({ rows, excluded }) => ({ rows: [...rows], excluded })),
    scalars: results.scalars.map((x, i) => `${program.scalars[i]?.name}: ${outcomeText(x)}`),
    columns: results.columns.map((column, i) => {
      const rows = results.tables[program.columns[i]?.table ?? 0]?.rows ?? new Uint32Array();
      return [...rows].map((row) => `${program.columns[i]?.name}[${row}]: ${outcomeText(column.at(row))}`);
    }),
    shares: results.shares.map(shareText),
    problems: results.problems.map(problemText).sort(),
  };
}

describe('both evaluators', () => {
  test('give the same results for random programs and data', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 0xffff }), { maxLength: 700, size: 'max' }), (tape) => {
        const { program, workbook } = randomCase(tape);
        // Joins and columns in one go, or cut into pieces.
        const pairsAtOnce = tape.length % 2 === 0 ? 1_000_000 : 3;
        const rowsAtOnce = tape.length % 4 < 2 ? 1_000_000 : 2;
        const columns = run(program, workbook, {}, { pairsAtOnce, rowsAtOnce });
        const plain = evaluate(program, workbook, {}, { scan: true });
        expect(picture(program, columns)).toEqual(picture(program, plain));
      }),
      // Making a failing case smaller takes hours: seed and path are told.
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});
