import { expect, test } from 'vitest';
import { ownRows } from '../../../src/audit/compare/ownership.ts';
import { side } from './sides.ts';

const RULES = `table Staff key id
table Departments key name
table Tickets key ticket
  engineer in Staff
table Calls key call
table Complaints key complaint
table Notes key note
each Complaints
  handled_by = lookup(Tickets[engineer], ticket_no)
each Staff
  calls = count(Calls where length > 1 and caller = id)
  complaints = count(Complaints where handled_by = [@id])
  same = count(Notes where about = id or length = 3)
share pool among Staff where Staff[department] = "d" by calls as reward
pool = 0
each Departments
  share 0 among Staff where Staff[department] = [@name] by 1 as extra`;

const book = (caller: string) => ({
  Staff: [
    ['id', 'department', 'boss'],
    ['A', 'd', 'B'],
    ['B', 'd', null],
  ],
  Departments: [['name'], ['d']],
  Tickets: [
    ['ticket', 'engineer'],
    ['t1', 'A'],
    ['t2', null],
  ],
  Calls: [
    ['call', 'caller', 'length'],
    ['c1', caller, 2],
    ['c2', 'b', 1],
  ],
  Complaints: [
    ['complaint', 'ticket_no'],
    ['k1', 't1'],
    ['k2', null],
  ],
  Notes: [
    ['note', 'about', 'length'],
    ['n1', 'A', 3],
  ],
});

const shown = (own: ReturnType<typeof ownRows>): object =>
  Object.fromEntries(
    [...own].map(([person, tables]) => [
      person,
      [...tables].map(([table, keys]) => `${table} ${[...keys].sort().join(' ')}`).sort(),
    ]),
  );

const sides = [side(book('A'), RULES), side(book('B'), RULES)] as const;

test('own rows are the row itself, declared references and what the rules join to the key', () => {
  // A row is one's own if it is before or after: c1 was A's call, then B's. Notes are not joined by the key alone.
  expect(shown(ownRows(sides, 'Staff'))).toEqual({
    ta: ['calls tc1', 'complaints tk1', 'staff ta', 'tickets tt1'],
    tb: ['calls tc1 tc2', 'staff tb'],
  });
});

test('the members of a pool are own rows of the row that has it', () => {
  expect(shown(ownRows(sides, 'Departments'))).toEqual({ td: ['departments td', 'staff ta tb'] });
});
