import { keywordOf } from '../../../grammar/keywords.ts';
import { type KeyDifference, placeText } from '../problem.ts';
import {
  type Catalogue,
  type FileSentences,
  isDoubledEquals,
  type KindWords,
  type SyntaxSentences,
  shown,
  type TokenWords,
} from './catalogue.ts';

const quote = (text: string): string => `“${shown(text)}”`;
const didYouMean = (suggestion: string | undefined): string =>
  suggestion === undefined ? '' : ` Did you mean ${shown(suggestion)}?`;

function list(words: readonly string[], last: 'and' | 'or'): string {
  const [only = ''] = words;
  if (words.length < 2) return only;
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

const KINDS: KindWords = {
  blank: 'a blank',
  number: 'a number',
  text: 'a text',
  date: 'a date',
  logical: 'TRUE or FALSE',
  'number or date': 'a number or a date',
  'number or logical': 'a number or TRUE/FALSE',
};

const TOKENS: TokenWords = {
  name: 'a name',
  '[name]': 'a name in brackets',
  '[@name]': '`[@name]`',
  number: 'a number',
  percent: 'a percentage',
  text: 'a text in quotation marks',
  date: 'a date such as 2026-01-31',
  operator: 'an operator',
  value: 'a value',
};

function tokenText(token: string): string {
  return TOKENS[token] ?? `\`${keywordOf(token)?.en ?? token}\``;
}

function expectedText(expected: readonly string[] | undefined): string {
  if (expected === undefined || expected.length === 0) return '';
  return list(expected.map(tokenText), 'or');
}

const SYNTAX: SyntaxSentences = {
  unexpected: (data) => {
    const { found, expected } = data;
    if (isDoubledEquals(data)) return 'One `=` is enough. Remove the second.';
    const wanted = expectedText(expected);
    const what =
      found === undefined
        ? 'Something here does not belong in this line.'
        : `${quote(found)} does not belong here.`;
    return wanted === ''
      ? `${what} Remove it, or check the line against the language reference.`
      : `${what} Expected ${wanted}.`;
  },
  missing: ({ expected }) => {
    const wanted = expectedText(expected);
    return `The line is not complete: ${wanted === '' ? 'something is missing' : `${wanted} is missing`} here. Add it.`;
  },
  indentation: () =>
    'The indentation fits no statement above. Indent with two spaces (or one column of the sheet) a level, under a statement that has a body.',
  'no-body': () =>
    'This statement needs at least one line below it, one level deeper. Add one, or remove the statement.',
  'unclosed-text': () =>
    'A text that begins here does not end. Close it with the quotation mark that matches its first.',
  'unclosed-bracket': () => 'A bracket that opens here is not closed. Add the closing one.',
  'bad-date': ({ found }) =>
    `${found === undefined ? 'This' : quote(found)} is no date of the calendar. Write a day that exists, such as 2026-01-31, or a time such as 2026-01-31 09:30.`,
  'bad-character': ({ found, hint }) =>
    `${found === undefined ? 'This character' : quote(found)} has no meaning in a rule.${hint === undefined ? ' Remove it, or put a name that holds it in brackets: [name].' : ''}`,
  'too-deep': () => 'The expression is too long or too deeply nested. Split it into several rules.',
  'second-cell': () =>
    'A rule line is one cell, and columns A to C hold nothing else. Move this cell to column D or further right, or to a row of its own.',
  'line-break': () => 'A rule cell holds one line. Remove the line break, or put the rest into the next row.',
  formula: () => 'A rule cell holds text, not a formula. Write the rule itself here.',
  'not-text': () =>
    'A rule cell holds text. Write the rule as text, with an apostrophe before it where Excel turns it into something else.',
  'needs-literal': () =>
    'Only a number, text or date may be written here. Move the computation to a rule of its own.',
};

const FILE: FileSentences = {
  missing: () => 'There is no such file or folder. Check the path.',
  'not-readable': (detail) =>
    `It cannot be read${inParens(detail)}. Check that you may open it and that it is not in use.`,
  'not-zip': () => 'This is no .xlsx workbook. Open it in Excel and save it as an Excel workbook (.xlsx).',
  encrypted: () => 'The workbook is protected by a password. Remove the password in Excel and save it again.',
  truncated: () => 'The file ends before its contents do. Copy or download it again.',
  bomb: (detail) =>
    `Unpacked, the file would be far larger than a workbook is${inParens(detail)}. It is not opened; save it again from Excel if it is yours.`,
  'not-workbook': (detail) =>
    `This is a zip file but no Excel workbook${inParens(detail)}. Save it from Excel as .xlsx.`,
  'broken-part': (detail) =>
    `A part of the workbook cannot be understood${inParens(detail)}. Open it in Excel, let Excel repair it, and save it again.`,
  'broken-quote': (detail) =>
    `A quoted field is not closed, or text follows its closing mark${inParens(detail)}. Correct the quotes; a quote inside a field is doubled.`,
  'long-row': (detail) =>
    `A row has more fields than there are headings, and a number in it seems to be split at its thousands separators${inParens(detail)}. Write 1000 instead of 1,000.`,
  encoding: (detail) =>
    `The text is in no encoding that can be read${inParens(detail)}: UTF-8, UTF-16 or GB18030. Save the file as “CSV UTF-8” and try again.`,
  'no-rules': () =>
    'There are no rules here. Add a sheet named Rules (in a folder: a file that ends in .allot) with the rules.',
  'not-writable': (detail) =>
    `It cannot be written${inParens(detail)}. Check the path, and close the file if it is open in Excel.`,
  'not-written': (detail) =>
    `Nothing was written${inParens(detail)}: the workbook is what it was before. Leave the cell that is being edited, unprotect the sheet if it is protected, and try again.`,
  'half-written': (detail) =>
    `Writing failed, and not everything could be put back${inParens(detail)}. Undo in the workbook, or close it without saving.`,
  'formula-cell': (detail) =>
    `A cell of a table that is refreshed holds a formula${inParens(detail)}. Keep formulas in columns beside the table, or turn this one into a value.`,
  'no-room': (detail) =>
    `A table that is refreshed needs more rows, and something stands in the way${inParens(detail)}. Move what is below the table, such as a totals row, to another place.`,
  unsupported: (detail) =>
    `This is not supported${inParens(detail)}. Use an .xlsx workbook, or a folder of CSV files.`,
};

/** What the system says, where people would not know its word for it. */
const SYSTEM: TokenWords = {
  EACCES: 'access denied',
  EPERM: 'access denied',
  EBUSY: 'in use',
  EISDIR: 'it is a folder',
  ENOTDIR: 'the path goes through a file',
  ENOENT: 'no such folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
};

function inParens(detail: string | undefined): string {
  return detail === undefined || detail === '' ? '' : ` (${SYSTEM[detail] ?? shown(detail)})`;
}

const FIRST_AT = (first: Parameters<typeof placeText>[0] | undefined): string =>
  first === undefined ? '' : ` (first at ${placeText(first)})`;

export const EN: Catalogue = {
  syntax: (data) =>
    `${SYNTAX[data.reason](data)}${data.hint === undefined || isDoubledEquals(data) ? '' : ` Did you mean \`${shown(data.hint)}\`?`}`,
  'unknown-name': ({ name, table, suggestion }) => {
    const what =
      table === undefined
        ? `Nothing is called ${quote(name)}.`
        : `${shown(table)} has no column ${quote(name)}.`;
    if (suggestion !== undefined) return what + didYouMean(suggestion);
    return table !== undefined || name.startsWith('@')
      ? `${what} Check the spelling, or define it with a rule.`
      : `${what} Check the spelling, or define it with a rule; a text needs quotation marks: "${shown(name, 20)}".`;
  },
  'unknown-table': ({ name, suggestion }) =>
    `There is no table ${quote(name)}.${suggestion === undefined ? ' Check the name of the Excel table or sheet.' : didYouMean(suggestion)}`,
  'unknown-function': ({ name, suggestion, instead }) =>
    `There is no function or band ${quote(name)}.${instead !== undefined ? ` Write ${instead}.` : suggestion === undefined ? ' Check the spelling, or define a band of that name.' : didYouMean(suggestion)}`,
  'wrong-arguments': ({ name, usage }) =>
    `${shown(name)} does not take these arguments. Write ${shown(usage, 120)}.`,
  'duplicate-name': ({ name, other, first }) => {
    switch (other) {
      case 'rule':
        return `${quote(name)} is defined twice${FIRST_AT(first)}. Rename one, or give the newer one a first day with \`from\`.`;
      case 'sheet column':
        return `${quote(name)} is already a column of the sheet. A computed column needs a name of its own.`;
      case 'function':
        return `${quote(name)} is the name of a function. Choose another name.`;
      case 'reserved':
        return `${quote(name)} has a meaning of its own and cannot be defined. Choose another name.`;
      case 'unit':
        return `The unit is stated twice${FIRST_AT(first)}. Keep one of the two lines.`;
    }
  },
  'ambiguous-name': ({ name, tables }) =>
    `${quote(name)} is a column of ${list(
      tables.map((table) => shown(table)),
      'and',
    )}. Write ${list(
      tables.map((table) => `${shown(table)}[${shown(name)}]`),
      'or',
    )}, or [@${shown(name)}] for the row of this statement.`,
  'column-outside-aggregate': ({ table, column }) =>
    `${shown(table)}[${shown(column)}] is a whole column, and one value is needed here. Put it into sum(…), average(…), lookup(…) or another aggregate.`,
  'duplicate-version': ({ name, from, first }) =>
    `${quote(name)} has two versions ${from === null ? 'without a first day' : `from ${from}`}${FIRST_AT(first)}. Change the date of one, or remove it.`,
  'no-version-in-force': ({ name, asOf }) =>
    `No version of ${quote(name)} is in force on ${asOf}. Add a version for that day, or choose another as-of date.`,
  cycle: ({ path }) =>
    `${path.map((name) => shown(name)).join(' → ')}: this needs its own result. Break the circle by computing one of them from something else.`,
  'type-mismatch': ({ expected, found, value }) =>
    `${capital(KINDS[expected])} is needed here, but ${value === undefined ? KINDS[found] : `${quote(value)} (${KINDS[found]})`} was found. ${
      value === undefined ? 'Correct the rule' : 'Correct the cell or the rule'
    }.`,
  'weights-not-100': ({ name, total }) =>
    `The weights of ${quote(name)} add to ${total}. ${total === '10000%' ? 'Write them as percentages: 15% rather than 15' : 'Change them so that they add to exactly 100%'}.`,
  'band-order': ({ reason }) => {
    switch (reason) {
      case 'not-rising':
        return 'The bounds of `up to` and `below` must rise from line to line. Put the lines in order.';
      case 'not-falling':
        return 'The bounds of `at least` and `above` must fall from line to line. Put the lines in order.';
      case 'mixed':
        return 'A band is of one family: `up to`/`below`, `at least`/`above`, or texts; and its bounds are all numbers or all dates. Write this line like the others.';
      case 'otherwise-last':
        return '`otherwise` is the last line of a band. Move it to the end.';
      case 'after-otherwise':
        return 'This line stands after `otherwise`, so it can never be reached. Move it before.';
      case 'marginal':
        return 'A marginal band has rising `up to` lines with numbers only, and `otherwise`. Write the line with `up to`.';
    }
  },
  'unreachable-line': ({ reason }) =>
    reason === 'same-bound'
      ? 'This line can never be reached: the line before has the same bound. Change the bound, or remove the line.'
      : 'This text stands in the band before, so the line can never be reached for it. Remove it here or there.',
  'band-open-ended': ({ name }) =>
    `The band ${quote(name)} has no \`otherwise\` and is blank past its last line. Add one unless that is meant.`,
  'thousands-separator': ({ written, meant }) =>
    `Numbers are written without thousands separators. Write ${shown(meant)} instead of ${shown(written)}.`,
  'duplicate-key': ({ table, first }) =>
    `This key stands in ${shown(table)} more than once${FIRST_AT(first)}. Remove the row, or correct its key.`,
  'blank-key': ({ table }) => `This row of ${shown(table)} has no key. Enter one, or clear the whole row.`,
  'duplicate-heading': ({ heading, first }) =>
    `Two columns are headed ${quote(heading)} to the rules${FIRST_AT(first)}. Rename one; upper and lower case and _ make no difference.`,
  'cell-error': ({ value }) =>
    value === '#GETTING_DATA'
      ? 'The formula in this cell has not been calculated yet. Open the workbook in Excel and save it.'
      : `The cell shows ${shown(value)}. Correct its formula, or enter a value.`,
  orphan: ({ value, table, differs }) =>
    differs !== undefined
      ? differenceText(value, table, differs)
      : `${quote(value)} is no key of ${shown(table)}. Correct it, or add the row to ${shown(table)}.`,
  'not-found': ({ value, table, leftOut, differs }) =>
    differs !== undefined
      ? differenceText(value, table, differs)
      : leftOut
        ? `${shown(table)} has a row with the key ${quote(value)}, but the condition of the table leaves it out. Correct the key, or widen the \`where\` of table ${shown(table)}.`
        : `${shown(table)} has no row with the key ${quote(value)}. Correct it, or add the row to ${shown(table)}.`,
  'not-settled': ({ value, unit }) =>
    `${value} is not a whole number of ${unit}, so it cannot be paid. Write round(…) around it.`,
  'time-of-day': ({ column }) =>
    `${shown(column)} has times of day, and a date without one means midnight: the rest of that day is left out. Write date(${shown(column)}) unless that is meant.`,
  'blank-value': () =>
    'There is no value here, and blank is not zero. Fill in the cell, or write default(…, 0) if zero is meant.',
  'division-by-zero': () =>
    'Nothing can be divided by 0, or counted in units of 0. Correct the rule or the cell, or leave such rows out with `where` or if(…).',
  'not-an-integer': ({ value }) =>
    `A whole number is needed here, but ${shown(value)} was found. Use a whole number, or round it.`,
  'lookup-not-unique': ({ table }) =>
    `More than one row of ${shown(table)} matches. Narrow the condition, or remove the extra row.`,
  'overlapping-definitions': ({ name, table, first }) =>
    `Two definitions of ${quote(name)} cover this row of ${shown(table)}${first === undefined ? '' : ` (the other is at ${placeText(first)})`}. Change a \`where\` so that only one does.`,
  'score-out-of-range': ({ value, scale }) =>
    `The input ${value} is not between 0 and ${scale}. Correct it, or state the scale with \`out of\`.`,
  'check-failed': ({ message, condition }) =>
    message !== undefined
      ? `Check failed: ${shown(message, 200).replace(/[.。!！]$/, '')}. Correct the data or the rule it guards.`
      : `Check failed${condition === '' ? '' : `: ${shown(condition, 120)}`}. Correct the data or the rule it guards.`,
  'negative-pool': ({ value }) =>
    `The pool is ${value}, and a negative amount cannot be shared. Correct it, or write max(…, 0).`,
  'negative-weight': ({ value }) =>
    `The weight is ${value}; a weight is 0 or more. Correct it, or write max(…, 0).`,
  'floor-above-cap': ({ floor, cap }) =>
    `The floor ${floor} is above the cap ${cap}. Lower the floor, or raise the cap.`,
  'floors-exceed-pool': ({ floors, pool }) =>
    `The floors add to ${floors}, more than the pool of ${pool}. Lower the floors, or raise the pool.`,
  'no-weight': ({ pool }) =>
    `Nobody has a weight, so the pool of ${pool} cannot be shared. Correct the weights or the \`where\`.`,
  'too-large': () =>
    'This is too large: a number of over 2,000 digits, or a date outside the years 1 to 9999. Round on the way, or use a smaller exponent or number of days or months.',
  file: ({ reason, detail }) => FILE[reason](detail),
};

function differenceText(value: string, table: string, differs: KeyDifference): string {
  switch (differs) {
    case 'text':
      return `${quote(value)} is a text, and the key of ${shown(table)} is a number. Enter both as numbers, or both as texts.`;
    case 'number':
      return `${quote(value)} is a number, and the key of ${shown(table)} is a text. Enter both as texts, or both as numbers.`;
    case 'space':
      return `${quote(value)} differs from a key of ${shown(table)} only by a space at an end. Remove the space.`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
