import { describe, expect, it } from 'vitest';
import { parseRules } from '../../grammar/index.ts';
import { run } from '../../src/engine/run.ts';
import { type AnswerBook, refusal } from '../../src/live/answers/book.ts';
import { nameIndex } from '../../src/live/answers/names.ts';
import { findTarget } from '../../src/report/target.ts';
import { checkRules } from '../../src/rules/check.ts';
import { book } from '../support/book.ts';
import { ms } from './answering.ts';

/** One name in as many roles as names have. */
const RULES = [
  'both = 1',
  'rate = 2',
  'later = 3 from 2027-01-01',
  'each A',
  '  both = x',
  '  same = x',
  '  [own one] = x + rate',
  'each B',
  '  same = y',
  'total = sum(A[both]) + budget + sum(B[same]) + both',
].join('\n');

const workbook = book(
  {
    A: [
      ['id', 'x', 'Note'],
      ['a', 1, 'n'],
    ],
    B: [
      ['id', 'y', 'Note'],
      ['b', 2, 'n'],
    ],
  },
  { rules: RULES, names: { budget: 5, x: 7 } },
);

describe('names in functions', () => {
  const file = parseRules(workbook.rules);
  const { program, problems } = checkRules(file, workbook, ms('2026-03-31'));
  if (program === null) throw new Error(JSON.stringify(problems));
  const results = run(program, workbook);
  const asked: AnswerBook = { program, workbook, results, file, language: 'en' };
  const named = nameIndex(asked);

  const names = [
    'both',
    'BOTH',
    'rate',
    'later',
    'same',
    'own one',
    '[Own_one]',
    'total',
    'x',
    'y',
    'note',
    'budget',
    'id',
    'nil',
  ];
  const qualified = names.flatMap((name) =>
    name.startsWith('[') ? [] : [`A[${name}]`, `b [ ${name} ]`, `C[${name}]`],
  );

  it.each([...names, ...qualified].map((name) => [name]))(
    '%s means what it means to the command line',
    (name) => {
      for (const key of [null, 'a', 'b', 'c']) {
        const found = findTarget(asked, name, key, 'en');
        const ours = named(name, key !== null);
        if (found.kind === 'target') {
          const { target } = found;
          if (target.kind === 'scalar') expect(ours).toEqual({ kind: 'scalar', scalar: target.scalar });
          else expect(ours).toMatchObject({ kind: 'column', column: target.column });
        } else if (found.kind === 'cell') {
          expect(ours.kind).toBe(found.reason.kind);
        } else if (ours.kind === 'error') {
          expect(ours).toEqual(refusal(found.problem, 'en', found.said));
        } else {
          // What is wrong is the key alone: missing, or not there.
          expect(['not-found', 'wrong-arguments']).toContain(found.problem.code);
          expect(['column', 'sheet']).toContain(ours.kind);
        }
      }
    },
  );
});
