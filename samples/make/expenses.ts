import { DAY } from '../../src/exact/date.ts';
import { EXPORTED, MONTHS } from './calendar.ts';
import {
  BLANK,
  cents,
  code,
  column,
  MONEY_FORMAT,
  moment,
  type SampleTable,
  TIME_FORMAT,
  text,
  words,
} from './cells.ts';
import type { Making } from './making.ts';
import { department, type Workforce } from './workforce.ts';

const MINUTE = 60_000;

/** Reimbursements and resource transfers, each with the one who approves. */
export function expensesTable(force: Workforce, making: Making): SampleTable {
  const random = making.stream('expenses');
  const asking = force.departments.filter((d) => d.side === 'front');
  const rows = MONTHS.flatMap((month) =>
    Array.from({ length: 580 }, () => {
      const day = month.first + random.between(0, month.days - 1) * DAY;
      const transfer = random.happens(0.35);
      const approver = force.someone(department(force, transfer ? 'Procurement' : 'Finance'), day, random);
      const applicant = force.someone(random.pick(asking), day, random);
      const submitted = day + random.between(8 * 60 + 30, 17 * 60) * MINUTE;
      const hours =
        month.responseHours * 2.2 * approver.post.slowness * (1 - 0.1 * approver.skill) * random.wait();
      const approved = submitted + Math.max(10, Math.round(hours * 60)) * MINUTE;
      return { submitted, applicant, approver, transfer, amount: random.between(3_000, 180_000), approved };
    }),
  ).sort((a, b) => a.submitted - b.submitted);
  return {
    name: 'Expenses',
    columns: [
      column('Expense', 10),
      column('Applicant', 10),
      column('Approver', 10),
      words('Request', 18),
      column('Amount', 12, MONEY_FORMAT),
      column('Submitted', 17, TIME_FORMAT),
      column('Approved', 17, TIME_FORMAT),
    ],
    rows: rows.map((r, i) => [
      text(code('X-', i + 1, 5)),
      text(r.applicant.id),
      text(r.approver.id),
      text(r.transfer ? 'resource transfer' : 'reimbursement'),
      cents(r.amount),
      moment(r.submitted),
      r.approved > EXPORTED ? BLANK : moment(r.approved),
    ]),
  };
}
