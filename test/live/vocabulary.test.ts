import { describe, expect, it } from 'vitest';
import { parseRules } from '../../grammar/index.ts';
import { vocabularyOf } from '../../src/live/vocabulary.ts';
import { book, type Sheets } from '../support/book.ts';

const HEADS = [
  { name: 'Staff', sheet: 'People', headings: ['id', 'Response hours', 'response_hours'] },
  { name: 'Tickets', sheet: 'Tickets', headings: ['ticket', 'engineer'] },
  { name: 'Regions', sheet: 'Regions', headings: ['id'] },
];

function vocabulary(rules: string, sheets: Sheets = {}, names: Readonly<Record<string, number>> = {}) {
  const workbook = book(sheets, { rules, names });
  return vocabularyOf(parseRules(workbook.rules), workbook, HEADS);
}

describe('the vocabulary of a rule file', () => {
  it('has what each kind of statement defines, each name once', () => {
    const found = vocabulary(`
unit 0.01
table Staff key id
Pool_rate = 10%
pool_rate = 12% from 2026-01-01
band points
  otherwise -> 1
each TICKETS
  fast = 1
  FAST = 2 from 2026-01-01
  check fast > 0
score support for staff
  100% 1
share Pool_rate among Staff by support as reward
  rest as left_over
each Regions
  share 1 among Staff by 1 as local_reward
    rest as regional_rest
statement net_pay for Staff
  add 1 "x"`);
    expect(found.scalars).toEqual(['Pool_rate', 'left_over']);
    expect(found.bands).toEqual(['points']);
    expect(found.computed).toEqual([
      { table: 'Tickets', name: 'fast' },
      { table: 'Staff', name: 'support' },
      { table: 'Staff', name: 'reward' },
      { table: 'Staff', name: 'local_reward' },
      { table: 'Regions', name: 'regional_rest' },
      { table: 'Staff', name: 'net_pay' },
    ]);
  });

  it('has every table with its headings, those that are the same name once', () => {
    expect(vocabulary('').tables).toEqual([
      { name: 'Staff', columns: ['id', 'Response hours'] },
      { name: 'Tickets', columns: ['ticket', 'engineer'] },
      { name: 'Regions', columns: ['id'] },
    ]);
  });

  it('has defined names, and nothing of lines that cannot be read or tables that are not there', () => {
    const found = vocabulary('a = = 1\nb = 2\neach Nowhere\n  c = 1', {}, { bonus: 3 });
    expect(found.names).toEqual(['bonus']);
    expect(found.scalars).toEqual(['b']);
    expect(found.computed).toEqual([]);
  });

  it('says how functions are written, of values and over tables', () => {
    const { functions } = vocabulary('');
    const usage = new Map(functions.map((f) => [f.name, f.usage]));
    expect(functions).toHaveLength(usage.size);
    expect(usage.get('round')).toBe('round(x, digits)');
    expect(usage.get('sum')).toBe('sum(Table[x] where …)');
    expect(usage.get('max')).toBe('max(a, b, …) / max(Table[x] where …)');
  });
});
