import { PROBLEM_CODES } from './codes.ts';
import { FAULTS } from './faults.ts';
import { closed, count, list, ref, type Schema, text } from './schemaParts.ts';
import { FINDING, REASON_SCHEMAS } from './schemasOfAnswers.ts';

const mapOf = (additionalProperties: Schema, description: string): Schema => ({
  type: 'object',
  additionalProperties,
  description,
});

const DAY: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'The day that decides which rules are in force, such as 2026-03-31.',
};
const DIGEST: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };

/** What is computed: a served book, or rules and tables that come with the request. */
const SUBJECT: Readonly<Record<string, Schema>> = {
  book: {
    type: 'string',
    minLength: 1,
    description: 'The name of a served book, as GET /v1/books lists it.',
  },
  rules: {
    type: 'string',
    description: 'Rules as text, in place of a book: lines as in an .allot file.',
  },
  tables: {
    type: 'array',
    items: ref('InlineTable'),
    description: 'With `rules`: the tables that they speak of.',
  },
  names: {
    type: 'object',
    additionalProperties: ref('Cell'),
    description: 'With `rules`: defined names and their values.',
  },
};
const SUBJECT_NAMES = Object.keys(SUBJECT);

/** Either `book`, or `rules` and what goes with it. */
const EITHER: Schema = {
  oneOf: [
    {
      required: ['book'],
      not: { anyOf: [{ required: ['rules'] }, { required: ['tables'] }, { required: ['names'] }] },
    },
    { required: ['rules'], not: { required: ['book'] } },
  ],
};

/** A problem of the rules or the data, as in every `--json` of the command line. */
const problemMembers: Readonly<Record<string, Schema>> = {
  severity: { type: 'string', enum: ['error', 'warning'] },
  code: { type: 'string', enum: PROBLEM_CODES },
  message: text('In the language of Accept-Language.'),
  at: text('`Rules!B12:5-9`, `rules:12:5-9` or `Tickets!D7`.'),
  rule: text('The rule that was computed.'),
  key: text('The key of its row.'),
};

/** All schemas that have a name in the document. */
export const SCHEMAS: Readonly<Record<string, Schema>> = {
  EvaluateRequest: closed(
    {
      ...SUBJECT,
      asOf: DAY,
      statements: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        minItems: 1,
        description:
          'Which results to answer with: names of rules, computed columns, scores, shares and pay statements, `Table[name]` where several tables have it. All where absent.',
      },
    },
    [...SUBJECT_NAMES, 'statements'],
    EITHER,
  ),
  ExplainRequest: closed(
    {
      ...SUBJECT,
      asOf: DAY,
      name: {
        type: 'string',
        minLength: 1,
        description: 'A rule or a computed column; `Table[column]` where several tables have it.',
      },
      key: { type: 'string', description: 'The key of the row, for a column.' },
    },
    [...SUBJECT_NAMES, 'key'],
    EITHER,
  ),
  VerifyRequest: closed(
    {
      book: SUBJECT.book ?? {},
      anchors: {
        type: 'array',
        items: { type: 'string', pattern: '^allot:[1-9]\\d*:[0-9a-f]{64}:(\\d{4}-\\d{2}-\\d{2})?$' },
        description: 'Anchor lines that were kept outside the book.',
      },
      keys: {
        type: 'array',
        items: { type: 'string', pattern: '^allot-key:' },
        description: 'Public keys; every payment must be signed with one of them where any is given.',
      },
    },
    ['anchors', 'keys'],
  ),
  InlineTable: closed({
    name: { type: 'string', minLength: 1 },
    columns: list(text(), 'Headings. The first is the key unless the rules say otherwise.'),
    rows: list(
      list(ref('Cell')),
      'One list of cells a row; cells that are missing at its end are blank (up to 10,000,000 of all tables).',
    ),
  }),
  Cell: {
    description:
      'A number counts with its 15 significant digits, as in Excel; `{ "number": "0.1" }` counts as it is written. A string is a text, also where it looks like a number.',
    anyOf: [
      { type: ['null', 'boolean', 'number', 'string'] },
      closed({ number: { type: 'string', pattern: '^-?\\d{1,400}(\\.\\d{1,400})?$' } }),
      closed({ date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2})?)?$' } }),
    ],
  },

  EvaluateAnswer: closed({
    digest: closed({
      rules: { ...DIGEST, description: 'SHA-256 of the rules, as a ledger has it in its column Rules.' },
      results: {
        ...DIGEST,
        description: 'SHA-256 of all results, as in the column Results, whatever `statements` asks for.',
      },
    }),
    results: ref('Results'),
  }),
  Results: closed(
    {
      asOf: DAY,
      inputs: mapOf(
        closed({ rows: count, excluded: count }),
        'Rows of each table that count, and that do not.',
      ),
      scalars: mapOf(ref('Value'), 'Values of rules without rows.'),
      tables: mapOf(
        closed({
          key: text('The heading of the key.'),
          rows: list({
            type: 'object',
            properties: { key: text() },
            required: ['key'],
            additionalProperties: ref('Value'),
          }),
        }),
        'Computed columns by table.',
      ),
      shares: list(
        closed(
          {
            name: text(),
            table: text(),
            of: text('The row whose pool it is.'),
            pool: ref('Exact'),
            settled: ref('Exact'),
            shared: ref('Exact'),
            unallocated: ref('Exact'),
            members: count,
          },
          ['of'],
        ),
      ),
      problems: list(ref('PlainProblem'), 'Warnings.'),
    },
    [],
    { description: 'What `allot run --json` prints.' },
  ),
  Value: {
    description: 'A number as an exact text, a text, a date as text, a logical value, or null for a blank.',
    type: ['string', 'boolean', 'null'],
  },
  Exact: {
    description: 'An exact number: a decimal such as `-12.5`, or a fraction such as `260/3`.',
    type: 'string',
    pattern: '^-?\\d+(\\.\\d+)?(/\\d+)?$',
  },

  ExplainAnswer: closed(
    { asOf: DAY, name: text(), key: text(), errors: count, reason: ref('Reason') },
    ['key'],
    { description: 'What `allot explain --json` prints; `errors`: how many the run has.' },
  ),
  ...REASON_SCHEMAS,

  VerifyAnswer: closed(
    {
      rows: { ...count, description: 'Rows of the ledger.' },
      runs: { ...count, description: 'Those among them that are paid runs.' },
      rules: closed(
        {
          status: { type: 'string', enum: ['unused', 'draft', 'proposed', 'approved'] },
          row: text(),
          by: text(),
          time: text(),
        },
        ['row', 'by', 'time'],
      ),
      anchor: { type: ['string', 'null'], description: 'The anchor line of the last row.' },
      findings: list(ref('Finding')),
    },
    [],
    { description: 'What `allot verify --json` prints.' },
  ),
  Finding: FINDING,

  BooksAnswer: closed({
    books: list(
      closed({
        name: text(),
        kind: { type: 'string', enum: ['workbook', 'folder'] },
        modified: { type: 'string', format: 'date-time' },
        bytes: count,
      }),
    ),
  }),
  HealthAnswer: closed({ status: { const: 'ok' } }),

  PlainProblem: closed(problemMembers, ['at', 'rule', 'key']),
  PlacedProblem: closed({ ...problemMembers, place: ref('Place') }, ['at', 'rule', 'key', 'place']),
  Place: {
    description:
      'Rows, columns, lines and characters count from 1. In tables of a request, row 1 is that of the headings.',
    oneOf: [
      closed({ kind: { const: 'cell' }, sheet: text(), row: count, column: count }),
      closed({ kind: { const: 'file' }, path: text('The name of the book, and of the file in it.') }),
      closed({
        kind: { const: 'rule' },
        line: {
          oneOf: [
            closed({ kind: { const: 'text' }, file: text(), line: count }),
            closed({ kind: { const: 'cell' }, sheet: text(), row: count, column: count }),
          ],
        },
        start: count,
        end: count,
      }),
    ],
  },
  Problem: closed(
    {
      type: {
        type: 'string',
        format: 'uri-reference',
        description: `A place in this document: ${Object.keys(FAULTS).join(', ')}.`,
      },
      title: text(),
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: text('What to do about it, in the language of Accept-Language.'),
      pointer: text('The part of the body that is wrong: a JSON pointer (RFC 6901).'),
      asOf: DAY,
      problems: list(ref('PlacedProblem'), 'What is wrong with the rules, the data or the book.'),
    },
    ['detail', 'pointer', 'asOf', 'problems'],
    { description: 'Problem details (RFC 9457).' },
  ),
};
