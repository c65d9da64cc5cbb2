import { auditWords } from '../audit/words.ts';
import { exactText } from '../exact/decimal.ts';
import { grouped } from '../exact/grouped.ts';
import { message } from '../problems/messages/index.ts';
import { type Problem, placeText, sheetText } from '../problems/problem.ts';
import { sourceWords } from '../sources/words.ts';
import type { Content, DeliveryPlace, Refused, Stop } from './model.ts';
import type { DeliveryWords } from './words.ts';

const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
const rowOf = ({ sheet, row }: DeliveryPlace): string => `${sheetText(sheet)} row ${row}`;
const shown = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;
const plural = (n: number, one: string, many = `${one}s`): string =>
  `${grouped(String(n))} ${n === 1 ? one : many}`;
const such = (members: readonly string[], count: number): string =>
  members.join(', ') + (count > members.length ? ` and ${grouped(String(count - members.length))} more` : '');
const totals = ({ amounts, totals: all }: Content): string =>
  `${plural(amounts, 'amount')}${all.map(([name, total]) => `, ${name} ${grouped(exactText(total))}`).join('')}`;
const problemText = (problem: Problem): string =>
  `${problem.at === undefined ? '' : `${placeText(problem.at)}: `}${message(problem, 'en')}`;

export const EN: DeliveryWords = {
  head: ({ kind, number, asOf, adjusts, run }) =>
    `${kind === 'payment' ? `Run ${number}` : `Adjustment ${number} of run ${adjusts ?? ''}`}, as of ${asOf} (${run})`,
  place: (name, kind, location) => `${name} (${kind} ${location})`,
  stop: (stop) => stopText(stop),
  refused: (refused) => refusedText(refused),
  delivered: (content) => `delivered: ${totals(content)}`,
  there: (content) => `already there, just as it is here: ${totals(content)}`,
  before: (row, time, same) =>
    `delivered before (ledger row ${row}, ${time}); not sent again without --again${
      same ? '' : '. What would be sent now differs: columns of the table changed since'
    }`,
  would: (content) => `would be delivered: ${totals(content)}`,
  notDelivered: (why) => `not delivered. ${why}`,
  unrecorded: (why) => {
    const again = 'Run the command again: nothing is paid twice, and the ledger gets its row.';
    switch (why.kind) {
      case 'changed-meanwhile':
        return `The destination has it, but the book was changed by somebody else meanwhile, so the ledger does not say so. ${again}`;
      case 'file':
        return `The destination has it, but the ledger does not say so: ${problemText(why.problem)} ${again}`;
      case 'refusal':
        return `The destination has it, but the ledger does not say so: ${auditWords('en').refusal(why.refusal)}`;
      default: {
        const never: never = why;
        return never;
      }
    }
  },
  changed: ({ table, count, members }) =>
    `${plural(count, 'row')} of ${table} changed since the run (${such(members, count)}); columns are sent as they are now.`,
  owing: (runs) =>
    `It does not have yet: ${runs.map(({ kind, run, asOf }) => `${kind === 'payment' ? 'run' : 'adjustment'} ${run} (${asOf})`).join(', ')}. --run sends one.`,
  more: (rows) => `… and ${plural(rows, 'more row')}`,
  dryRun: 'This was a dry run: nothing was sent.',
  nothingNew: 'The ledger says so already, so no workbook is written.',
  failed:
    'Not every destination has it. Run the command again when the cause is gone: nothing is paid twice.',
  cli: {
    deliver: 'Send what was paid in a run to the destinations that the sheet Deliveries names',
    run: 'the number of a paid run or an adjustment in the ledger (default: the newest)',
    only: 'send to this destination only. May be given several times',
    by: (usual) => `who does this; kept in the ledger (default: “${usual}”)`,
    out: 'the .xlsx to write with the ledger; without it the book itself is replaced',
    dryRun: 'show what would be sent, and send nothing',
    again: 'send again what the ledger says was delivered; a destination that has it stays as it is',
  },
};

function stopText(stop: Stop): string {
  switch (stop.kind) {
    case 'no-sheet':
      return `There is no sheet ${stop.sheets.join(' or ')} that says where paid amounts go to.`;
    case 'no-column':
      return `${rowOf(stop.at)}: there is no column ${stop.heading}.`;
    case 'bad-cell':
      return `${rowOf(stop.at)}: ${shown(stop.text)} under ${stop.heading} cannot be understood${
        stop.known.length === 0 ? '' : `; write ${stop.known.join(', ')}`
      }.`;
    case 'unknown-word':
      return `${rowOf(stop.at)}: ${shown(stop.text)} under ${stop.heading} means nothing${
        stop.known.length === 0 ? ' to this kind of destination' : `; there are ${stop.known.join(', ')}`
      }.`;
    case 'twice':
      return `${rowOf(stop.at)}: there is a destination ${stop.name} already.`;
    case 'nothing-listed':
      return 'The sheet names no destination.';
    case 'not-asked':
      return `There is no destination ${shown(stop.name)}. Those that there are: ${list(stop.names)}.`;
    case 'no-run':
      if (stop.runs.length === 0) return 'Nothing was paid in this workbook. `allot pay` pays.';
      return `Row ${stop.run ?? ''} of the ledger is no paid run and no adjustment. Those are ${list(stop.runs)}.`;
    case 'run-replaced':
      return `Run ${stop.run} was paid again as run ${stop.by} for the same as-of date, so it is not delivered. Deliver run ${stop.by}.`;
    default: {
      const never: never = stop;
      return never;
    }
  }
}

function refusedText(refused: Refused): string {
  switch (refused.kind) {
    case 'unknown-amount':
      return `Nothing called ${shown(refused.name)} was paid in this run. What was: ${list(refused.known)}.`;
    case 'same-amount':
      return `${shown(refused.name)} under What means several amounts of one name (${list(refused.known)}). Write one as Table[name], a destination each.`;
    case 'unknown-heading':
      return `The mapping names ${shown(refused.heading)}, which is no heading of ${refused.table}. It has: ${list(refused.known)}.`;
    case 'no-table':
      return `The table ${refused.table}, whose rows were paid, is not in the workbook any more, or has no key column.`;
    case 'no-field':
      return refused.field === 'department'
        ? 'The mapping must say where departments stand: department = Heading.'
        : `The mapping must have a field for ${refused.field}: their field = ${refused.field}.`;
    case 'same-field':
      return `The mapping fills the field ${shown(refused.field)} twice.`;
    case 'no-row':
      return `${plural(refused.count, 'person who was paid has', 'people who were paid have')} no row in ${refused.table} any more: ${such(refused.members, refused.count)}.`;
    case 'several-rows':
      return `${plural(refused.count, 'person who was paid has', 'people who were paid have')} several rows in ${refused.table} now: ${such(refused.members, refused.count)}. Whose columns are meant could not be told; leave one row each.`;
    case 'error-value':
      return `Under ${refused.heading} in ${refused.table}, ${refused.member} has the error value ${refused.error}, which cannot be sent. Mend the cell.`;
    case 'same-member':
      return `${plural(refused.count, 'key')} of ${refused.table} that ${refused.count === 1 ? 'stands' : 'stand'} there both as a number and as text: ${such(refused.members, refused.count)}. Who gets what could not be told; write keys one way, pay anew and deliver that.`;
    case 'no-department':
      return `${plural(refused.count, 'person', 'people')} without ${refused.heading} in ${refused.table}: ${such(refused.members, refused.count)}. Fill it in, for a voucher has every amount by department.`;
    case 'no-account':
      return `There is no account for ${shown(refused.name)}. Write debit = …; credit = … under Accounts.`;
    case 'decimals':
      return `${plural(refused.count, 'amount')} with more decimals than ${
        refused.decimals === null ? 'can be sent (10)' : refused.decimals
      }: ${such(refused.members, refused.count)}. Round them in the rules, or say otherwise with the option decimals.`;
    case 'digits':
      return `${plural(refused.count, 'amount')} with more digits than a cell keeps (15): ${such(refused.members, refused.count)}. Write a .csv.`;
    case 'bad-option':
      return `${shown(refused.text)} for ${refused.name} cannot be used.`;
    case 'file-type':
      return `${shown(refused.location)} is no file that is written; its name ends in ${refused.types.join(' or ')}.`;
    case 'changed-before':
      return 'Nothing was sent: the book was changed by somebody else meanwhile, so the ledger could not say so. Run the command again.';
    case 'period-delivered':
      return `Run ${refused.run} of the same period (${refused.asOf}) was delivered there before, and people would be paid twice. \`allot adjust BOOK --run ${refused.run}\` shows the differences. To give them, go back to the workbook as it was before the period was paid anew, lock run ${refused.run} there and use \`allot adjust\`.`;
    case 'fault':
      return sourceWords('en').fault[refused.reason](refused.detail);
    case 'file':
      return problemText(refused.problem);
    case 'differs':
      return /^[0-9a-f]{64}$/.test(refused.found)
        ? `It has something else under this run (digest ${refused.found}). It is left as it is; find out which of the two is right.`
        : `The table ${refused.found} has other rows of this run than would be sent. They are left as they are; find out which are right.`;
    case 'other-file':
      return `${refused.file} is there and holds something else. It is left as it is; {as-of}-{number} in the location gives every run a file of its own.`;
    case 'which-run':
      return `${refused.file} is there with the same amounts, and neither its name nor its lines say of which run: it may be an earlier one's. Write {as-of}-{number} into the location.`;
    case 'unconfirmed':
      return refused.why === 'not-there'
        ? 'The server took it and does not have it: it answers that there is nothing under this run.'
        : 'The server does not say what it has (JSON with a digest), so nobody knows whether it was taken.';
    case 'bad-table':
      return `The table ${refused.table} does not fit; it lacks: ${refused.what}.`;
    case 'paid-before':
      return `${plural(refused.count, 'person has', 'people have')} amounts there for this period from another run (${refused.run}): ${such(refused.members, refused.count)}. They would be paid twice.`;
    case 'kept-otherwise':
      return `The table ${refused.table} keeps something else than was sent (rounded, or cut off), so it was taken back.`;
    default: {
      const never: never = refused;
      return never;
    }
  }
}
