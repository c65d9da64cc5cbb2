import { expect, test } from 'vitest';
import { offers } from '../../../src/taskpane/parts/offers.ts';

const PEOPLE = [
  { value: 'E100', text: 'Wei' },
  { value: 'E1', text: 'Ana E100' },
  { value: 'E10', text: 'Bo' },
  { value: 'F1', text: 'Network' },
];

test('the one typed in full comes first, then those that begin so, then those that hold it', () => {
  expect(offers(PEOPLE, ' e10 ').map(({ value }) => value)).toEqual(['E10', 'E100', 'E1']);
});

test('the text beside a value is searched too', () => {
  expect(offers(PEOPLE, 'netw').map(({ value }) => value)).toEqual(['F1']);
  expect(offers(PEOPLE, 'nobody')).toEqual([]);
});

test('without anything typed they stand as they are given, as many as one reads', () => {
  const many = Array.from({ length: 5000 }, (_, i) => ({ value: `E${i}` }));
  expect(offers(PEOPLE, '')).toEqual(PEOPLE);
  expect(offers(many, '').length).toBeLessThan(100);
  expect(offers(many, 'E49').length).toBeLessThan(100);
  expect(offers(many, 'E4999')[0]).toEqual({ value: 'E4999' });
});
