import { grouped } from '../exact/grouped.ts';
import { message } from '../problems/messages/index.ts';
import { placeText, sheetText } from '../problems/problem.ts';
import type { Example, Issue } from './issues.ts';
import type { SourcePlace } from './model.ts';
import type { SourceWords } from './words.ts';

const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
const rowOf = ({ sheet, row }: SourcePlace): string => `${sheetText(sheet)}, row ${row}`;
const plural = (n: number, one: string, many = `${one}s`): string =>
  `${grouped(String(n))} ${n === 1 ? one : many}`;
const shown = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;

function such(examples: readonly Example[], count: number): string {
  const told = examples.map(({ key, value }) => `${key === '' ? '?' : key}: ${shown(value)}`).join(', ');
  return count > examples.length ? `${told} and ${plural(count - examples.length, 'more', 'more')}` : told;
}

export const EN: SourceWords = {
  severity: { error: 'error', doubt: 'doubt', note: 'note' },
  mode: { replace: 'replace', merge: 'merge' },
  type: { number: 'number', text: 'text', date: 'date', logical: 'TRUE or FALSE' },
  fault: {
    'missing-file': (file) => `There is no file ${file}. Paths begin in the folder of the workbook.`,
    'not-readable': (code) => `The file cannot be read (${code}).`,
    'bad-file': (what) => `The answer is no text that can be read (${what}).`,
    'no-table': (what) => `The workbook has no table ${what}. Write FILE.xlsx#Table.`,
    'bad-address': () => 'This is no address that can be asked.',
    'not-https': (scheme) => `Only https addresses are asked, not ${scheme}.`,
    'user-in-address': () =>
      'There is a user or a password in the address. Keep them outside the workbook: the option user names the user, password or token the secret.',
    'secret-in-address': (name) =>
      `The parameter ${name} of the address looks like a secret. Keep it outside the workbook, and name it with the option token.`,
    'no-secret': (name) =>
      `There is no secret ${name}. Give it with --secret ${name}=env:VARIABLE or --secret ${name}=file:PATH, or in the variable ALLOT_SECRET_${name.toUpperCase()}.`,
    'secret-elsewhere': (what) => `The secret is for another host (${what}), so it is not sent to this one.`,
    unreachable: (code) => `Nobody answers there${code === '' ? '' : ` (${code})`}.`,
    timeout: () => 'No answer came in time. --timeout SECONDS waits longer.',
    status: (status) =>
      `The server answered ${status}${status === '401' || status === '403' ? ': the token is not accepted' : ''}.`,
    'cut-off': () => 'The answer was cut off before its end.',
    'too-large': (limit) => `The answer is too large (more than ${limit}).`,
    redirect: (to) =>
      `The server points to another place${to === '' ? '' : ` (${to})`}, which is not followed.`,
    'bad-json': () => 'The answer is no JSON.',
    'no-rows': (path) =>
      path === ''
        ? 'The answer has no list of rows, or several. The option rows names its path.'
        : `The answer has no list at ${path}.`,
    'bad-row': (row) => `Row ${row} does not have the form of the others; the data may be cut off.`,
    paging: (at) => `The pages do not come to an end, or the next one has no address (${at}).`,
    'bad-wsdl': (what) => `The description of the service (WSDL) cannot be understood: ${what}`,
    'no-operation': (name) =>
      `The service has no operation ${shown(name)}. Write Operation or Operation(name = value) under Query.`,
    'soap-fault': (what) => `The service reports a fault: ${what}`,
    database: (what) => `The database reports an error: ${what}`,
    'not-a-query': () => 'Write one query (select …) or the name of a table under Query.',
    'no-driver': (name) => `The package ${name} is not installed. Install it with: npm install ${name}`,
    'bad-option': (name) => `The option ${name} is missing or cannot be understood.`,
  },
  misfit: {
    type: (expected) => `not a ${expected ?? 'value that fits'}`,
    'date-amount': () => 'a date where a number is expected',
    digits: () => 'a number with more digits than a cell keeps (15)',
    zone: () =>
      'a moment with a time zone, while the option zone does not say which one the workbook has (such as zone = +08:00)',
    'error-value': () => 'an error value',
    'long-text': () => 'a text longer than a cell holds (32,767 characters)',
  },
  headings: { table: 'Table', column: 'Column', rows: 'rows', before: 'Before', after: 'After' },
  tableHead: (table, kind, location, mode) => `${table}, from ${kind} ${location} (${mode})`,
  counts: ({ fetched, added, changed, removed, locked }) =>
    `${plural(fetched, 'row')} came: ${added} new, ${changed} changed, ${removed} removed${
      locked === 0 ? '' : `; ${locked} of locked periods stay as they are`
    }`,
  changed: (key, heading, before, after) => `${key}: ${heading} ${shown(before)} → ${shown(after)}`,
  added: (key) => `${key}: new`,
  removed: (key) => `${key}: removed`,
  more: (count) => `… and ${plural(count, 'more row')}`,
  issue: (issue) => issueText(issue),
  nothingChanged: 'Nothing has changed, so nothing is written.',
  nothingWritten: 'Nothing is written.',
  acceptHint: 'With --accept it is written in spite of the doubts.',
  dryRun: 'This was a dry run: nothing is written.',
  refreshed: (tables, by) => `Refreshed ${tables.join(', ')}, by ${by}`,
  cli: {
    refresh: 'Refresh tables from the sources that the sheet Sources names, all of them or none',
    out: 'the .xlsx to write; without it the book itself is replaced',
    table: 'refresh this table only. May be given several times',
    dryRun: 'show what would change and write nothing',
    accept: 'write in spite of doubts, such as amounts that are ten times what they were',
    by: (usual) => `who does this; kept in the ledger (default: “${usual}”)`,
    secret:
      'a secret that a source names: NAME=env:VARIABLE or NAME=file:PATH; NAME@HOST=… is for that host only. May be given several times',
    timeout: (seconds) => `how long an answer may take (default: ${seconds})`,
    fetching: 'fetching',
    badSecret: () => 'Write NAME=env:VARIABLE, NAME=file:PATH or NAME@HOST=env:VARIABLE.',
    secretMissing: (text) => `This secret cannot be had: ${text}.`,
    badTimeout: 'Write a number of seconds, such as 30.',
    folderNeedsOut: 'A folder becomes a workbook: name the .xlsx to write with --out.',
    changedMeanwhile: 'The book was changed by somebody else meanwhile, so nothing is written. Run it again.',
  },
};

function issueText(issue: Issue): string {
  switch (issue.kind) {
    case 'no-sheet':
      return `There is no sheet ${issue.sheets.join(' or ')} that says where tables come from.`;
    case 'no-column':
      return `${rowOf(issue.at)}: there is no column ${issue.heading}.`;
    case 'bad-cell':
      return `${rowOf(issue.at)}: ${shown(issue.text)} under ${issue.heading} cannot be understood${
        issue.known.length === 0 ? '' : `; write ${issue.known.join(', ')}`
      }.`;
    case 'unknown-table':
      return `${rowOf(issue.at)}: there is no table ${shown(issue.table)} in the workbook.`;
    case 'twice':
      return `${rowOf(issue.at)}: ${issue.table} has a source already.`;
    case 'not-asked':
      return `${issue.table} has no source. Those that have one: ${list(issue.tables)}.`;
    case 'fault': {
      const { table, location, reason, detail, problem } = issue;
      const at = problem?.at === undefined ? '' : `${placeText(problem.at)}: `;
      return `${table} (${location}): ${problem === null ? EN.fault[reason](detail) : at + message(problem, 'en')}`;
    }
    case 'unknown-heading':
      return `${issue.table}: the mapping names ${shown(issue.heading)}, which is no heading of the table.`;
    case 'no-field':
      return `${issue.table}: the source has no field ${shown(issue.field)} for ${issue.heading}. It has: ${list(issue.fields)}.`;
    case 'unfilled':
      return `${issue.table}: no field of the source fills ${issue.heading}. Map it (${issue.heading} = field), or leave it as it is (${issue.heading} =). The source has: ${list(issue.fields)}.`;
    case 'misfit': {
      const { table, heading, why, expected, count, examples } = issue;
      const what = EN.misfit[why](expected === null ? null : EN.type[expected]);
      return `${table}, ${heading}: ${what} in ${plural(count, 'row')} (${such(examples, count)}).`;
    }
    case 'blank-key':
      return `${issue.table}: ${plural(issue.count, 'row')} of the source without ${issue.heading}, its key (row ${issue.rows.join(', ')}).`;
    case 'same-key':
      return `${issue.table}: ${plural(issue.count, 'row')} of the source with a key (${issue.heading}) that another one has: ${issue.keys.join(', ')}.`;
    case 'key-unfilled':
      return `${issue.table}: the source must fill ${issue.heading}, the key of the table.`;
    case 'orphan':
      return `${issue.table}, ${issue.heading}: ${plural(issue.count, 'row')} with a value that is no key of ${issue.target} (${such(issue.examples, issue.count)}).`;
    case 'control':
      return `${issue.table}: ${issue.heading ?? 'the number of rows'} should come to ${grouped(issue.expected)}, and comes to ${grouped(issue.found)}.`;
    case 'no-control':
      return `${issue.table}: the control total of ${issue.heading ?? 'the rows'}, ${shown(issue.asked)}, cannot be had.`;
    case 'date-like':
      return `${issue.table}, ${issue.heading}: ${plural(issue.count, 'number')} written like a date (${such(issue.examples, issue.count)}).`;
    case 'jump': {
      const when = (month: string): string => (month === '' ? '' : ` in ${month}`);
      const what = issue.heading === null ? 'the number of rows' : `the total of ${issue.heading}`;
      return `${issue.table}: ${what} goes from ${grouped(issue.before)}${when(issue.from)} to ${grouped(issue.now)}${when(issue.to)}, tenfold or more.`;
    }
    case 'row-jump':
      return `${issue.table}, ${issue.heading}: ${plural(issue.count, 'value')} differing tenfold or more from before (${such(issue.examples, issue.count)}).`;
    case 'emptied':
      return `${issue.table}: the source gives no rows; all ${grouped(String(issue.rows))} would go.`;
    case 'locked': {
      const parts = [
        ...(issue.differ === 0 ? [] : [`${plural(issue.differ, 'row')} the source has otherwise`]),
        ...(issue.missing === 0 ? [] : [`${plural(issue.missing, 'row')} the source no longer has`]),
      ];
      return `${issue.table}: the period ${issue.asOf} is locked (run ${issue.run}), so these stay as they are: ${parts.join(', ')}.`;
    }
    case 'late':
      return `${issue.table}: ${plural(issue.count, 'row')} came for the period ${issue.asOf}, which is locked (run ${issue.run}). Adjust under Audit, or \`allot adjust --run ${issue.run}\`, gives what is to be paid in addition.`;
    case 'orphans-before':
      return `${issue.table}, ${issue.heading}: ${plural(issue.count, 'row')} with a value that is no key of ${issue.target}, as before.`;
    default: {
      const never: never = issue;
      return never;
    }
  }
}
