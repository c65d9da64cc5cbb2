import type { SampleTable } from './cells.ts';
import { customers, customersTable } from './customers.ts';
import { dailyCounts, dailyTable } from './daily.ts';
import { complaintsTable, demand, ticketsTable } from './demand.ts';
import { expensesTable } from './expenses.ts';
import type { Making } from './making.ts';
import {
  departments,
  departmentsTable,
  gradesTable,
  people,
  postsTable,
  staffTable,
  supportTable,
} from './organisation.ts';
import {
  attendanceTable,
  cooperationTable,
  feedbackTable,
  monthsTable,
  salesTable,
  satisfactionTable,
} from './results.ts';
import { workforce } from './workforce.ts';

/** Every table of the broadcast network, in the order of its sheets. */
export function broadcastTables(made: Making): readonly SampleTable[] {
  const company = departments(made);
  const everybody = people(company, made);
  const front = everybody.filter((p) => p.department.side === 'front');
  const back = everybody.filter((p) => p.department.side === 'back');
  const force = workforce(company, everybody);
  const clients = customers(made);
  const counts = dailyCounts(made);
  const { tickets, complaints } = demand(force, counts, clients, made);
  return [
    staffTable(everybody, made),
    departmentsTable(company, made),
    postsTable(company),
    gradesTable(),
    monthsTable(),
    supportTable(company),
    customersTable(clients, made),
    complaintsTable(complaints),
    ticketsTable(tickets),
    expensesTable(force, made),
    feedbackTable(company, back, made),
    salesTable(front, made),
    satisfactionTable(front, made),
    cooperationTable(company, made),
    attendanceTable(everybody, made),
    dailyTable(counts),
  ];
}
