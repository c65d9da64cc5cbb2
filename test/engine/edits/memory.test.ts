import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { parseRules } from '../../../grammar/index.ts';
import { editedWorkbook, startEditable } from '../../../src/engine/edits/index.ts';
import { integer } from '../../../src/exact/rational.ts';
import { numberValue } from '../../../src/exact/value.ts';
import { checkRules } from '../../../src/rules/check.ts';
import { book } from '../../support/book.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const RULES = `
each Staff
  points = average(Tickets[x] where who = id)
fair = 1000 / count(Staff)
share 1000 among Staff by points as reward
  floor 20% * fair
  rest as left_over
each Staff
  twice = reward * 2
`;

test('nothing of an edit is held on to once others have followed and nobody has its results', async () => {
  const people = ['a', 'b', 'c', 'd', 'e'];
  let workbook = book(
    {
      Staff: [['id'], ...people.map((id) => [id])],
      Tickets: [['k', 'who', 'x'], ...people.map((id, i) => [`T${i}`, id, 10 + i])],
    },
    { rules: RULES },
  );
  const { program, problems } = checkRules(parseRules(workbook.rules), workbook, Date.UTC(2026, 2, 31));
  expect(problems).toEqual([]);
  if (program === null) return;
  const editable = startEditable(program, workbook);
  const pools: WeakRef<object>[] = [];
  for (let i = 0; i < 12; i++) {
    const cell = { row: i % people.length, column: 2, value: numberValue(integer(20 + i)) };
    const changes = [{ table: 1, cells: [cell] }];
    workbook = editedWorkbook(workbook, changes);
    const { results, stats } = editable.edit(changes, workbook);
    expect(stats.full).toBe(false);
    const [pool] = results.shares;
    if (pool !== undefined) pools.push(new WeakRef(pool));
  }
  // What a WeakRef was made of in a turn lives as long as that.
  await new Promise((resolve) => setTimeout(resolve, 0));
  collect();
  // Those of the last edit are there, and may be those of the one before it.
  expect(pools.map((pool) => pool.deref() !== undefined).slice(0, 10)).toEqual(new Array(10).fill(false));
  expect(pools).toHaveLength(12);
});
