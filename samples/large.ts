/**
 * Makes a big BOOK for timing: a folder with a rule file, 10,000 people and 1,000,000 tickets, the same every time.
 * `npx tsx samples/large.ts FOLDER [TICKETS [PEOPLE]]`
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { code } from './make/cells.ts';
import { chance } from './make/random.ts';

const RULES = `# A million tickets: banding, averages by person, a weighted score, a pool with floors and caps
unit 0.01
table Staff key id
table Tickets key ticket
  engineer in Staff

pool_rate = 12%

band response_points
  up to 1   -> 100
  up to 2   -> 80
  otherwise -> 60

each Tickets
  points = response_points(hours)

each Staff where side = "back"
  response = average(Tickets[points] where engineer = id)
  resolution = average(if(Tickets[solved], 100, 0) where engineer = id)
  feedback = average(Tickets[rating] where engineer = id)

score support for Staff where side = "back"
  40% response
  30% resolution
  30% feedback

each Staff where side = "front"
  to_pool = round(commission * pool_rate)

pool = sum(Staff[to_pool])
fair = pool / count(Staff where side = "back")

share pool among Staff where side = "back" by support as reward
  floor 98.5% * fair
  cap 101.5% * fair
  rest as carried_over

statement net_pay for Staff where side = "front"
  add base "Base pay"
  add commission "Commission"
  less to_pool "Given to the pool"

statement net_pay for Staff where side = "back"
  add base "Base pay"
  add reward "Support reward"

check response_points(1) = 100 and response_points(2) = 80
check sum(Staff[reward]) + carried_over = pool
`;

const two = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

/** Writes a CSV in pieces of some thousand lines; never the whole file in memory. */
function writeRows(file: string, heading: string, count: number, row: (i: number) => string): void {
  const descriptor = openSync(file, 'w');
  try {
    let piece = `${heading}\n`;
    for (let i = 0; i < count; i++) {
      piece += `${row(i)}\n`;
      if (piece.length > 1 << 18) {
        writeSync(descriptor, piece);
        piece = '';
      }
    }
    writeSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
}

/** The book in `folder`; two people in five are in the back and take the tickets in turn of chance. */
export function makeLarge(folder: string, tickets: number, people: number): void {
  const random = chance('large');
  const front = Math.ceil(people * 0.6);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'Rules.allot'), RULES);
  writeRows(join(folder, 'Staff.csv'), 'Id,Side,Base,Commission', people, (i) => {
    const base = two(random.between(3_600, 12_000) * 100);
    const id = code('E', i + 1, 5);
    return i < front ? `${id},front,${base},${two(random.between(10_000, 300_000))}` : `${id},back,${base},`;
  });
  writeRows(join(folder, 'Tickets.csv'), 'Ticket,Engineer,Hours,Solved,Rating', tickets, (i) => {
    // everybody gets a first ticket: a score needs all its inputs
    const back = people - front;
    const engineer = front + (i < back ? i : random.between(0, back - 1)) + 1;
    const hours = random.happens(0.1) ? random.between(1, 4) * 100 : Math.round(random.wait() * 150);
    const solved = random.happens(0.92) ? 'TRUE' : 'FALSE';
    return `${code('T', i + 1, 7)},${code('E', engineer, 5)},${two(hours)},${solved},${random.between(60, 100)}`;
  });
}

const [folder, tickets, people] = process.argv.slice(2);
if (process.argv[1]?.endsWith('large.ts') === true) {
  if (folder === undefined) {
    console.error('npx tsx samples/large.ts FOLDER [TICKETS [PEOPLE]]');
    process.exitCode = 2;
  } else makeLarge(folder, Number(tickets ?? 1_000_000), Number(people ?? 10_000));
}
