import { expect, test } from 'vitest';
import { parseRules } from '../../../grammar/index.ts';
import { runColumns } from '../../../src/engine/columns/index.ts';
import { checkRules } from '../../../src/rules/check.ts';
import { book } from '../../support/book.ts';

/** What did not stay in the integers, with so many rows at once. */
function statsOf(rule: string, rowsAtOnce: number) {
  const rows = Array.from({ length: 20 }, (_, i) => [i, 2 + i, i % 3 === 0 ? 'x' : 'y']);
  const workbook = book({ T: [['id', 'h', 't'], ...rows] }, { rules: `each T\n  v = ${rule}` });
  const { program, problems } = checkRules(parseRules(workbook.rules), workbook, 0);
  if (program === null) throw new Error(JSON.stringify(problems));
  return runColumns(program, workbook, {}, { rowsAtOnce }).stats;
}

test.each([
  ['of numbers beyond all integers', 'h * 123456789012345678901234567890'],
  ['of quotients', '1 / (h + 1) * 123456789012345678901234567890'],
  ['of both', 'if(h > 9, h * 123456789012345678901234567890, h)'],
  ['of texts', 'if(h > 9, t, "z")'],
])('a column %s is evaluated once, in parts too', (_, rule) => {
  // Parts may leave out what no row of theirs needs.
  expect(statsOf(rule, 5).boxed).toBeLessThanOrEqual(statsOf(rule, 1_000_000).boxed);
});

test('ranks leave out blanks, which are no zeros', () => {
  const points = [-5, null, -7, 3, null, -5];
  const rows = points.map((x, i) => [i, x]);
  const workbook = book({ T: [['id', 'x'], ...rows] }, { rules: 'each T\n  v = rank(x)' });
  const { program } = checkRules(parseRules(workbook.rules), workbook, 0);
  if (program === null) throw new Error('the rules');
  const { results } = runColumns(program, workbook);
  const found = points.map((_, row) => results.columns[0]?.at(row));
  const rank = (n: bigint) => ({ kind: 'number', value: { n, d: 1n } });
  expect(found).toEqual([rank(2n), { kind: 'blank' }, rank(4n), rank(1n), { kind: 'blank' }, rank(2n)]);
});
