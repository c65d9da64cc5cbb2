import type {
  FileReason,
  Place,
  ProblemCode,
  ProblemData,
  SyntaxReason,
} from '../../src/problems/problem.ts';

const first: Place = { kind: 'cell', sheet: 'Staff', row: 2, column: 1 };

type Of<C extends ProblemCode> = readonly Extract<ProblemData, { code: C }>[];
type Reasons<R extends string, D> = Readonly<Record<R, D>>;

const syntax: Reasons<SyntaxReason, Omit<Of<'syntax'>[number], 'code' | 'reason'>> = {
  unexpected: { found: '=', expected: ['value'] },
  missing: { expected: ['where', 'name'] },
  indentation: {},
  'no-body': {},
  'unclosed-text': { found: '"abc', hint: '"abc"' },
  'unclosed-bracket': { found: '[abc', hint: '[abc]' },
  'bad-date': { found: '2026-02-30' },
  'bad-character': { found: '$' },
  'too-deep': {},
  'second-cell': {},
  'line-break': {},
  formula: {},
  'not-text': {},
  'needs-literal': { found: 'x', expected: ['number'] },
};

const file: Reasons<FileReason, string | undefined> = {
  missing: undefined,
  'not-readable': 'EACCES',
  'not-zip': undefined,
  encrypted: undefined,
  truncated: undefined,
  bomb: '70000 parts',
  'not-workbook': undefined,
  'broken-part': 'xl/worksheets/sheet1.xml',
  'broken-quote': 'row 5',
  'long-row': 'row 6',
  encoding: undefined,
  'no-rules': undefined,
  'not-writable': 'EROFS',
  'not-written': 'Allot Staff: AccessDenied',
  'half-written': 'Allot Staff',
  'formula-cell': 'Tickets!D7',
  'no-room': 'Tickets!A12',
  unsupported: '.xls',
};

const entries = <R extends string, D>(record: Reasons<R, D>): [R, D][] => Object.entries(record) as [R, D][];

/** At least one problem of every code, and of every variant whose sentence is its own. */
export const SAMPLES: { readonly [C in ProblemCode]: Of<C> } = {
  syntax: [
    ...entries(syntax).map(([reason, data]) => ({ code: 'syntax', reason, ...data }) as const),
    { code: 'syntax', reason: 'unexpected' },
    { code: 'syntax', reason: 'unexpected', found: 'wehre', expected: ['where'], hint: 'where' },
    { code: 'syntax', reason: 'unexpected', found: '=', expected: ['value'], hint: '=' },
    { code: 'syntax', reason: 'bad-character', found: '%', hint: '15%' },
    { code: 'syntax', reason: 'missing' },
    { code: 'syntax', reason: 'missing', expected: ['up to', 'otherwise', '->', 'text'] },
  ],
  'unknown-name': [
    { code: 'unknown-name', name: 'comission', suggestion: 'commission' },
    { code: 'unknown-name', name: 'comission' },
    { code: 'unknown-name', name: 'comission', table: 'Sales', suggestion: 'commission' },
    { code: 'unknown-name', name: 'comission', table: 'Sales' },
  ],
  'unknown-table': [
    { code: 'unknown-table', name: 'Staf', suggestion: 'Staff' },
    { code: 'unknown-table', name: 'Staf' },
  ],
  'unknown-function': [
    { code: 'unknown-function', name: 'rond', suggestion: 'round' },
    { code: 'unknown-function', name: 'rond' },
    { code: 'unknown-function', name: 'SUMIF', instead: 'sum(Table[x] where …)' },
  ],
  'wrong-arguments': [{ code: 'wrong-arguments', name: 'round', usage: 'round(x, digits)' }],
  'duplicate-name': [
    { code: 'duplicate-name', name: 'pool', other: 'rule', first },
    { code: 'duplicate-name', name: 'pool', other: 'sheet column' },
    { code: 'duplicate-name', name: 'pool', other: 'function' },
    { code: 'duplicate-name', name: 'pool', other: 'reserved' },
    { code: 'duplicate-name', name: 'pool', other: 'unit' },
  ],
  'ambiguous-name': [{ code: 'ambiguous-name', name: 'amount', tables: ['Sales', 'Staff'] }],
  'column-outside-aggregate': [{ code: 'column-outside-aggregate', table: 'Sales', column: 'amount' }],
  'duplicate-version': [
    { code: 'duplicate-version', name: 'pool', from: '2026-01-01', first },
    { code: 'duplicate-version', name: 'pool', from: null },
  ],
  'no-version-in-force': [{ code: 'no-version-in-force', name: 'pool', asOf: '2026-03-31' }],
  cycle: [{ code: 'cycle', path: ['a', 'b', 'a'] }],
  'type-mismatch': [
    { code: 'type-mismatch', expected: 'number', found: 'text', value: 'abc' },
    { code: 'type-mismatch', expected: 'number or date', found: 'logical' },
  ],
  'weights-not-100': [
    { code: 'weights-not-100', name: 'support', total: '90%' },
    { code: 'weights-not-100', name: 'support', total: '10000%' },
  ],
  'band-order': (
    ['not-rising', 'not-falling', 'mixed', 'otherwise-last', 'after-otherwise', 'marginal'] as const
  ).map((reason) => ({ code: 'band-order', reason })),
  'unreachable-line': [
    { code: 'unreachable-line', reason: 'same-bound' },
    { code: 'unreachable-line', reason: 'same-text' },
  ],
  'band-open-ended': [{ code: 'band-open-ended', name: 'grade' }],
  'thousands-separator': [{ code: 'thousands-separator', written: '1,000', meant: '1000' }],
  'duplicate-key': [
    { code: 'duplicate-key', table: 'Staff', first },
    { code: 'duplicate-key', table: 'Staff' },
  ],
  'blank-key': [{ code: 'blank-key', table: 'Staff' }],
  'duplicate-heading': [{ code: 'duplicate-heading', heading: 'Base_pay', first }],
  'cell-error': [
    { code: 'cell-error', value: '#N/A' },
    { code: 'cell-error', value: '#GETTING_DATA' },
  ],
  orphan: [
    { code: 'orphan', value: 'E9', table: 'Staff' },
    { code: 'orphan', value: '1001', table: 'Staff', differs: 'text' },
    { code: 'orphan', value: '1001', table: 'Staff', differs: 'number' },
    { code: 'orphan', value: 'E9 ', table: 'Staff', differs: 'space' },
  ],
  'not-found': [
    { code: 'not-found', value: 'G9', table: 'Grades' },
    { code: 'not-found', value: 'G9', table: 'Grades', leftOut: true },
    { code: 'not-found', value: 'G9 ', table: 'Grades', differs: 'space' },
  ],
  'not-settled': [{ code: 'not-settled', value: '12.345', unit: '0.01' }],
  'time-of-day': [{ code: 'time-of-day', column: 'opened' }],
  'blank-value': [{ code: 'blank-value' }],
  'division-by-zero': [{ code: 'division-by-zero' }],
  'not-an-integer': [{ code: 'not-an-integer', value: '1.5' }],
  'lookup-not-unique': [{ code: 'lookup-not-unique', table: 'Grades' }],
  'overlapping-definitions': [
    { code: 'overlapping-definitions', name: 'pay', table: 'Staff', first },
    { code: 'overlapping-definitions', name: 'pay', table: 'Staff' },
  ],
  'score-out-of-range': [{ code: 'score-out-of-range', value: '101', scale: '100' }],
  'check-failed': [
    { code: 'check-failed', message: 'slower than any band pays', condition: 'x > 1' },
    { code: 'check-failed', condition: 'x > 1' },
    { code: 'check-failed', condition: '' },
  ],
  'negative-pool': [{ code: 'negative-pool', value: '-1' }],
  'negative-weight': [{ code: 'negative-weight', value: '-2' }],
  'floor-above-cap': [{ code: 'floor-above-cap', floor: '10', cap: '5' }],
  'floors-exceed-pool': [{ code: 'floors-exceed-pool', floors: '30', pool: '20' }],
  'no-weight': [{ code: 'no-weight', pool: '20' }],
  'too-large': [{ code: 'too-large' }],
  file: entries(file).map(([reason, detail]) => ({
    code: 'file',
    reason,
    ...(detail === undefined ? {} : { detail }),
  })),
};

export const ALL: readonly ProblemData[] = Object.values(SAMPLES).flat();
