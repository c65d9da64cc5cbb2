import type { SampleTable } from './cells.ts';
import { customers, customersTable } from './customers.ts';
import { dailyCounts, dailyTable } from './daily.ts';
import { complaintsTable, demand, ticketsTable } from './demand.ts';
import { expensesTable } from './expenses.ts';
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
export function broadcastTables(): readonly SampleTable[] {
  const company = departments();
  const everybody = people(company);
  const front = everybody.filter((p) => p.department.side === 'front');
  const back = everybody.filter((p) => p.department.side === 'back');
  const force = workforce(company, everybody);
  const clients = customers();
  const counts = dailyCounts();
  const { tickets, complaints } = demand(force, counts, clients);
  return [
    staffTable(everybody),
    departmentsTable(company),
    postsTable(company),
    gradesTable(),
    monthsTable(),
    supportTable(company),
    customersTable(clients),
    complaintsTable(complaints),
    ticketsTable(tickets),
    expensesTable(force),
    feedbackTable(company, back),
    salesTable(front),
    satisfactionTable(front),
    cooperationTable(company),
    attendanceTable(everybody),
    dailyTable(counts),
  ];
}
