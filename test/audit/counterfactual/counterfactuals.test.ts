import { describe, expect, it } from 'vitest';
import {
  type Counterfactual,
  counterfactuals,
  counterfactualText,
  movedBy,
  type RunBook,
} from '../../../src/audit/counterfactual/index.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { exactValueText } from '../../../src/exact/text.ts';
import { book, type Cell } from '../../support/book.ts';
import { ranBook } from './books.ts';

const asked = (ran: RunBook, name: string, row: number, options = {}) =>
  counterfactuals(
    ran,
    { kind: 'column', column: ran.program.columns.findIndex((column) => column.name === name), row },
    options,
  );

/** `Answered of T1: 14 minutes earlier -> 100 (+20)`. */
const said = (one: Counterfactual): string =>
  `${one.heading} of ${one.key}: ${movedBy(one, 'en')} -> ${exactValueText(one.after)}${
    one.difference === null ? '' : ` (${exactText(one.difference)})`
  }`;

const day = (date: string): Cell => ({ date });

describe('counterfactuals', () => {
  it('find the nearest bound of a band, through a division among colleagues', () => {
    // Hours 2.75 -> 60 points, 1 -> 100. Pool 160: 60 of E1, 100 of E2.
    // E1's ticket 45 minutes faster: 80 points of 180, 71.111... -> 71.11; an hour more gives 100 of 200: 80.
    const ran = ranBook(
      book(
        {
          Staff: [['id'], ['E1'], ['E2']],
          Tickets: [
            ['ticket', 'engineer', 'opened', 'answered'],
            ['T1', 'E1', day('2026-03-02 09:00'), day('2026-03-02 11:45')],
            ['T2', 'E2', day('2026-03-03 09:00'), day('2026-03-03 10:00')],
          ],
        },
        {
          rules: `table Staff key id
table Tickets key ticket
  engineer in Staff
band points
  up to 1 -> 100
  up to 2 -> 80
  otherwise -> 60
each Tickets
  points = points(hours(opened, answered))
each Staff
  support = average(Tickets[points] where engineer = id)
share 160 among Staff by support as reward`,
        },
      ),
    );
    expect(asked(ran, 'reward', 0).list.map(said).sort()).toEqual([
      'answered of T1: 45 minutes earlier -> 71.11 (11.11)',
      'opened of T1: 45 minutes later -> 71.11 (11.11)',
    ]);
    // E2 has the best band already; one minute more than an hour is the next one down: 160 x 80 / 140.
    const { list, inputs } = asked(ran, 'reward', 1, { lower: true });
    expect(inputs).toBe(2);
    expect(list.map(said).sort()).toEqual([
      'answered of T2: 1 minute later -> 91.43 (-8.57)',
      'opened of T2: 1 minute earlier -> 91.43 (-8.57)',
    ]);
  });

  it('go in the decimals of the column, days, logicals and texts of bands', () => {
    // base 1000 + 50 a full year (at 2026-03-31: 3), 10% of 200.5 to the cent, 30 where full time, factor of the grade.
    const ran = ranBook(
      book(
        {
          Staff: [
            ['id', 'grade', 'hired', 'sold', 'full_time'],
            ['E1', 'B', day('2022-04-10'), { number: '200.5' }, false],
            ['E2', 'a', day('2020-01-01'), { number: '10' }, true],
          ],
        },
        {
          rules: `table Staff key id
band factor
  "A" -> 2
  "B" -> 1
  otherwise -> 0.5
each Staff
  pay = (1000 + 50 * floor(months(hired, as_of) / 12, 1)) * factor(grade) + round(sold * 10%, 0) + if(full_time, 30, 0)`,
        },
      ),
    );
    const { list, inputs } = asked(ran, 'pay', 0);
    expect(inputs).toBe(4);
    // 20.05 rounds to 20; 20.5 is the next one up: 205.0 - 200.5 = 4.5 more.
    expect(list.map(said).sort()).toEqual([
      'full_time of E1: TRUE -> 1200 (30)',
      'grade of E1: a -> 2320 (1150)',
      'hired of E1: 10 days earlier -> 1220 (50)',
      'sold of E1: +4.5 -> 1171 (1)',
    ]);
    expect(list[0]?.from).toBeDefined();
  });

  it('promise nothing that a check would stop, and look beyond it', () => {
    // 5 a full 10 units; a check forbids 20 to 29 units.
    const ran = ranBook(
      book(
        {
          Staff: [
            ['id', 'units'],
            ['E1', 12],
          ],
        },
        {
          rules: `table Staff key id
each Staff
  pay = 5 * steps(units, 10)
check count(Staff where units >= 20 and units < 30) = 0, "not so many"`,
        },
      ),
    );
    expect(asked(ran, 'pay', 0).list.map(said)).toEqual(['units of E1: +18 -> 15 (10)']);
  });

  it('find a rise beyond a fall', () => {
    const ran = ranBook(
      book(
        {
          Staff: [
            ['id', 'units'],
            ['E1', 12],
          ],
        },
        {
          rules: `table Staff key id
band odd
  up to 12 -> 50
  up to 900 -> 10
  up to 901 -> 70
  otherwise -> 20
each Staff
  pay = odd(units)`,
        },
      ),
    );
    // The column's largest number is 12; it is moved up to 120 only.
    expect(asked(ran, 'pay', 0).list).toEqual([]);
    const far = ranBook(
      book(
        {
          Staff: [
            ['id', 'units'],
            ['E1', 12],
            ['E2', 500],
          ],
        },
        { rules: textOf(ran) },
      ),
    );
    expect(asked(far, 'pay', 0).list.map(said)).toEqual(['units of E1: +889 -> 70 (20)']);
  });

  it('leave keys, references, errors and blanks alone, and rows that do not refer', () => {
    const ran = ranBook(
      book(
        {
          Staff: [['id'], ['E1'], ['E2']],
          Sales: [
            ['sale', 'seller', 'amount', 'bonus'],
            ['S1', 'E1', 10, null],
            ['S2', 'E2', 20, 5],
          ],
        },
        {
          rules: `table Staff key id
table Sales key sale
each Staff
  pay = sum(Sales[amount] where seller = id) + sum(Sales[bonus] where seller = id) + sum(Sales[amount]) / 100`,
        },
      ),
    );
    const { list, inputs } = asked(ran, 'pay', 0);
    expect(inputs).toBe(1);
    expect(list.map(said)).toEqual(['amount of S1: +1 -> 11.31 (1.01)']);
  });

  it('has nothing to say where the run has errors, and stops when its time is up', () => {
    const broken = ranBook(
      book(
        {
          Staff: [
            ['id', 'units'],
            ['E1', 0],
          ],
        },
        { rules: 'table Staff key id\neach Staff\n  pay = 1 / units' },
      ),
    );
    expect(asked(broken, 'pay', 0)).toEqual({ list: [], inputs: 0, untried: 0 });
    const ran = ranBook(
      book(
        {
          Staff: [
            ['id', 'units'],
            ['E1', 3],
          ],
        },
        { rules: 'table Staff key id\neach Staff\n  pay = 1 + units' },
      ),
    );
    expect(asked(ran, 'pay', 0, { budget: -1 })).toEqual({ list: [], inputs: 1, untried: 1 });
    expect(() => asked(ran, 'pay', 0, { signal: AbortSignal.abort(new Error('enough')) })).toThrow('enough');
  });

  it('are told in columns', () => {
    const ran = ranBook(
      book(
        {
          Staff: [
            ['id', 'units'],
            ['E1', 3],
          ],
        },
        { rules: 'table Staff key id\neach Staff\n  pay = 2 * units' },
      ),
    );
    const told = { name: 'pay', key: 'E1', most: 5 };
    expect(counterfactualText('6', asked(ran, 'pay', 0, { lower: true }), { ...told, language: 'en' })).toBe(
      'pay of E1 = 6\n\nIt would be more with\n  +1  units of E1 (Staff!B2)  3 → 4  8  +2\n\nIt would be less with\n  −1  units of E1 (Staff!B2)  3 → 2  4  −2\n',
    );
    expect(counterfactualText('6', asked(ran, 'pay', 0), { ...told, language: 'zh-CN' })).toBe(
      'E1 的 pay = 6\n\n以下任一变化会使其增加\n  +1  E1 的 units（Staff!B2）  3 → 4  8  +2\n',
    );
  });
});

function textOf({ workbook }: RunBook): string {
  return workbook.rules.map((line) => line.text).join('\n');
}
