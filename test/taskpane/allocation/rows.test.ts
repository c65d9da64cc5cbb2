import { describe, expect, it } from 'vitest';
import {
  arranged,
  changeRows,
  memberRows,
  type Rows,
  short,
  signed,
} from '../../../src/taskpane/pages/allocation/rows.ts';
import { allocationWords } from '../../../src/taskpane/pages/allocation/words.ts';
import { TRIED, VIEW } from './views.ts';

const en = allocationWords('en');
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const members = memberRows(VIEW, en);
const keys = (rows: Rows, search: string, column: string | null, down = false): string[] =>
  Array.from(arranged(rows, search, column === null ? null : { column, down }, collator), rows.key);
const texts = (rows: Rows, row: number): string[] => rows.columns.map(({ text }) => text(row));

describe('members', () => {
  it('shows what bound and what was won', () => {
    expect(members.columns.map(({ heading }) => heading)).toEqual([
      'Member',
      'Amount',
      'Weight',
      'Decided by',
      'Quota',
      'Floor',
      'Cap',
      'Team',
    ]);
    expect(texts(members, 0)).toEqual(['E10 Ann', '10.00', '1', 'Floor 10.00', '', '10.00', '', 'North']);
    expect(texts(members, 1)).toEqual([
      'E9 =cmd()',
      '33.34',
      '≈66.6667',
      'Remainder +0.01',
      '≈33.3333',
      '',
      '',
      'South',
    ]);
    expect(texts(members, 2)[3]).toBe('Cap 46.67');
  });

  it('takes the label that tells members apart as their name', () => {
    expect(members.name(2)).toBe('李雷');
  });

  it('leaves out floors and caps that nobody has', () => {
    const rows = memberRows({ ...VIEW, floors: ['', '', ''], caps: ['', '', ''] }, en);
    expect(rows.columns.map(({ id }) => id)).not.toContain('floor');
    expect(rows.columns.map(({ id }) => id)).not.toContain('cap');
  });

  it('speaks Chinese', () => {
    const rows = memberRows(VIEW, allocationWords('zh-CN'));
    expect(texts(rows, 2)[3]).toBe('封顶 46.67');
  });

  it('sorts keys with their numbers as numbers, and numbers by value', () => {
    expect(keys(members, '', null)).toEqual(['E10', 'E9', 'E1']);
    expect(keys(members, '', 'member')).toEqual(['E1', 'E9', 'E10']);
    expect(keys(members, '', 'amount', true)).toEqual(['E1', 'E9', 'E10']);
    // Who has no quota stands before every quota.
    expect(keys(members, '', 'quota', true)[0]).toBe('E9');
  });

  it('keeps the order of the sheet where rows are equal', () => {
    expect(keys(members, '', 'label0')).toEqual(['E10', 'E1', 'E9']);
    expect(keys(members, '', 'label0', true)).toEqual(['E9', 'E10', 'E1']);
  });

  it('finds every word somewhere, in any case', () => {
    expect(keys(members, 'north', null)).toEqual(['E10', 'E1']);
    expect(keys(members, ' NORTH  ann', null)).toEqual(['E10']);
    expect(keys(members, '李', null)).toEqual(['E1']);
    expect(keys(members, 'cap', null)).toEqual(['E1']);
    expect(keys(members, 'nobody', null)).toEqual([]);
  });
});

describe('changes', () => {
  const rows = changeRows(TRIED, VIEW, en);

  it('shows before, after and the difference', () => {
    expect(rows.columns.map(({ heading }) => heading)).toEqual([
      'Member',
      'Difference',
      'Before',
      'After',
      'Weight',
      'Team',
    ]);
    expect(texts(rows, 0)).toEqual(['E9 =cmd()', '+6.66', '33.34', '40.00', '≈66.6667', 'South']);
  });

  it('names who left the share and who is new in it', () => {
    expect(texts(rows, 1)).toEqual(['E1 李雷', '−46.67', '46.67', '0.00', '', 'North']);
    expect(texts(rows, 2)).toEqual(['N2 New', '+40.01', '0.00', '40.01', '100', 'West']);
  });

  it('sorts by the difference', () => {
    expect(keys(rows, '', 'difference')).toEqual(['E1', 'E9', 'N2']);
  });
});

describe('texts', () => {
  it('shortens a long number and says so', () => {
    expect(short('93.4')).toBe('93.4');
    expect(short('1.23456')).toBe('≈1.2346');
    expect(short('1.23454')).toBe('≈1.2345');
    expect(short('-0.99995')).toBe('≈-1.0000');
    expect(short('1.2345')).toBe('1.2345');
    expect(short('≈245.445737653')).toBe('≈245.4457');
    expect(short('≈0.00001')).toBe('≈0.0000');
    expect(short('')).toBe('');
  });

  it('signs a difference', () => {
    expect(signed('3.4')).toBe('+3.40');
    expect(signed('-1234.5')).toBe('−1,234.50');
    expect(signed('0')).toBe('0.00');
  });
});
