/**
 * Everything that can be wrong, as data: one code, one data type. Prose is made from it in the catalogues
 * (`messages/`), so that it can be said in English and Chinese and tests never compare it.
 */

/** Where a line of rules stands: a line of a text file, or a cell of a rule sheet (row and column from 1). */
export type LinePlace =
  | { readonly kind: 'text'; readonly file: string; readonly line: number }
  | { readonly kind: 'cell'; readonly sheet: string; readonly row: number; readonly column: number };

/** A place that a problem points at. Characters count from 1, inclusive, as Excel's LEN counts (UTF-16 units). */
export type Place =
  | { readonly kind: 'rule'; readonly line: LinePlace; readonly start: number; readonly end: number }
  | { readonly kind: 'cell'; readonly sheet: string; readonly row: number; readonly column: number }
  | { readonly kind: 'file'; readonly path: string };

type Code<C extends string, D = unknown> = { readonly code: C } & Readonly<D>;

/** What kind of value was found or wanted, in the catalogue's terms. */
export type KindName =
  | 'blank'
  | 'number'
  | 'text'
  | 'date'
  | 'logical'
  | 'number or date'
  | 'number or logical';

/**
 * How a value that is no key differs from one: it is a `text` where the key is a number that is written alike, the
 * other way round, or only white space at an end (`space`) keeps them apart.
 */
export type KeyDifference = 'text' | 'number' | 'space';

export type ProblemData =
  // In the rules.
  | Code<'syntax', { reason: SyntaxReason; found?: string; expected?: readonly string[]; hint?: string }>
  | Code<'unknown-name', { name: string; table?: string; suggestion?: string }>
  | Code<'unknown-table', { name: string; suggestion?: string }>
  /** `instead`: how this language says what a function of Excel of that name does. */
  | Code<'unknown-function', { name: string; suggestion?: string; instead?: string }>
  | Code<'wrong-arguments', { name: string; usage: string }>
  | Code<
      'duplicate-name',
      { name: string; other: 'rule' | 'sheet column' | 'function' | 'reserved' | 'unit'; first?: Place }
    >
  | Code<'ambiguous-name', { name: string; tables: readonly string[] }>
  | Code<'column-outside-aggregate', { table: string; column: string }>
  | Code<'duplicate-version', { name: string; from: string | null; first?: Place }>
  | Code<'no-version-in-force', { name: string; asOf: string }>
  | Code<'cycle', { path: readonly string[] }>
  | Code<'type-mismatch', { expected: KindName; found: KindName; value?: string }>
  | Code<'weights-not-100', { name: string; total: string }>
  | Code<
      'band-order',
      { reason: 'not-rising' | 'not-falling' | 'mixed' | 'otherwise-last' | 'after-otherwise' | 'marginal' }
    >
  | Code<'unreachable-line', { reason: 'same-bound' | 'same-text' }>
  | Code<'band-open-ended', { name: string }>
  | Code<'thousands-separator', { written: string; meant: string }>
  // In the data.
  | Code<'duplicate-key', { table: string; first?: Place }>
  | Code<'blank-key', { table: string }>
  | Code<'duplicate-heading', { heading: string; first?: Place }>
  | Code<'cell-error', { value: string }>
  | Code<'orphan', { value: string; table: string; differs?: KeyDifference }>
  /** `leftOut`: the row is in the sheet, but the table's `where` leaves it out. */
  | Code<'not-found', { value: string; table: string; leftOut?: boolean; differs?: KeyDifference }>
  | Code<'not-settled', { value: string; unit: string }>
  | Code<'time-of-day', { column: string }>
  | Code<'blank-value'>
  | Code<'division-by-zero'>
  | Code<'not-an-integer', { value: string }>
  | Code<'lookup-not-unique', { table: string }>
  | Code<'overlapping-definitions', { name: string; table: string; first?: Place }>
  | Code<'score-out-of-range', { value: string; scale: string }>
  | Code<'check-failed', { message?: string; condition: string }>
  | Code<'negative-pool', { value: string }>
  | Code<'negative-weight', { value: string }>
  | Code<'floor-above-cap', { floor: string; cap: string }>
  | Code<'floors-exceed-pool', { floors: string; pool: string }>
  | Code<'no-weight', { pool: string }>
  // Of the machine.
  | Code<'too-large'>
  | Code<'file', { reason: FileReason; detail?: string }>;

export type SyntaxReason =
  | 'unexpected'
  | 'missing'
  | 'indentation'
  | 'no-body'
  | 'unclosed-text'
  | 'unclosed-bracket'
  | 'bad-date'
  | 'bad-character'
  | 'too-deep'
  | 'second-cell'
  | 'line-break'
  | 'formula'
  | 'not-text'
  | 'needs-literal';

export type FileReason =
  | 'missing'
  | 'not-readable'
  | 'not-zip'
  | 'encrypted'
  | 'truncated'
  | 'bomb'
  | 'not-workbook'
  | 'broken-part'
  | 'broken-quote'
  | 'long-row'
  | 'encoding'
  | 'no-rules'
  | 'not-writable'
  /** Of an open workbook: nothing was written, or what was could not all be taken back. */
  | 'not-written'
  | 'half-written'
  /** Of a table that gets other rows: a cell of it holds a formula; there is something below it. */
  | 'formula-cell'
  | 'no-room'
  | 'unsupported';

export type ProblemCode = ProblemData['code'];

/** One problem with its place, the rule that was computed and the key of its row, where there are any. */
export type Problem = ProblemData & {
  readonly severity: 'error' | 'warning';
  readonly at?: Place;
  readonly rule?: string;
  readonly key?: string;
};

const PLAIN_SHEET = /^[\p{L}\p{M}\p{N}_.]+$/u;

/** A sheet's name before `!`: in quotes, as in Excel, where it has other characters than letters and digits. */
export function sheetText(sheet: string): string {
  return PLAIN_SHEET.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`;
}

/** `A`, `Z`, `AA`, … of a column number from 1. */
export function columnLetters(column: number): string {
  let text = '';
  for (let n = column; n > 0; n = Math.floor((n - 1) / 26))
    text = String.fromCharCode(65 + ((n - 1) % 26)) + text;
  return text;
}

/** `Rules!B12:5-9`, `Rules.allot:12:5`, `Tickets!D7` or a file's path. */
export function placeText(place: Place): string {
  switch (place.kind) {
    case 'cell':
      return `${sheetText(place.sheet)}!${columnLetters(place.column)}${place.row}`;
    case 'file':
      return place.path;
    case 'rule': {
      const { line } = place;
      const where =
        line.kind === 'text'
          ? `${line.file}:${line.line}`
          : `${sheetText(line.sheet)}!${columnLetters(line.column)}${line.row}`;
      return `${where}:${place.start}${place.end > place.start ? `-${place.end}` : ''}`;
    }
  }
}
