import { FINDING_KINDS, REASON_KINDS } from './codes.ts';

type Schema = { readonly [keyword: string]: unknown };

const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer', minimum: 0 };
const exact: Schema = { $ref: '#/components/schemas/Exact' };
const value: Schema = { $ref: '#/components/schemas/Value' };
const orNull = (schema: Schema): Schema => ({ oneOf: [schema, { type: 'null' }] });

const closed = (
  properties: Readonly<Record<string, Schema>>,
  required = Object.keys(properties),
): Schema => ({ type: 'object', properties, required, additionalProperties: false });

/** The tree of reasons. Which members there are depends on `kind`; all that may be there are named. */
export const REASON_SCHEMAS: Readonly<Record<string, Schema>> = {
  Reason: {
    description:
      'Why a value is what it is. Values that it was made from are in `because`, in the order of reading.',
    ...closed(
      {
        kind: { type: 'string', enum: REASON_KINDS },
        value,
        error: closed({ code: text, message: text, at: text, rule: text, key: text }, ['code', 'message']),
        name: text,
        table: text,
        key: text,
        at: { ...text, description: 'The rule line or the cell.' },
        origin: { ...text, description: 'The cell that a blank came from.' },
        seen: { const: true, description: 'It is told elsewhere in the tree.' },
        cut: { const: true, description: 'There is more below.' },
        because: { type: 'array', items: { $ref: '#/components/schemas/Reason' } },
        by: { type: 'string', enum: ['rule', 'score', 'statement', 'share', 'rest', 'none'] },
        argument: value,
        slices: {
          type: 'array',
          items: closed({ line: { $ref: '#/components/schemas/BandLine' }, amount: exact, rate: value }),
        },
        line: orNull({ $ref: '#/components/schemas/BandLine' }),
        function: text,
        rows: count,
        blank: count,
        more: count,
        found: { type: ['string', 'null'] },
        weight: value,
        counted: orNull(exact),
        points: orNull(exact),
        sign: { type: 'string', enum: ['add', 'less'] },
        label: { type: ['string', 'null'] },
        role: {
          type: 'string',
          enum: ['where', 'pool', 'unit', 'weight', 'floor', 'cap', 'argument', 'value', 'key'],
        },
        of: text,
        pool: exact,
        unit: exact,
        settled: exact,
        shared: exact,
        unallocated: exact,
        level: orNull(exact),
        members: count,
        weights: exact,
        open: closed({ members: count, weights: exact, units: text }),
        member: closed({
          weight: exact,
          floor: { type: ['string', 'null'] },
          cap: { type: ['string', 'null'] },
          quota: orNull(exact),
          units: text,
          by: text,
        }),
      },
      ['kind', 'value'],
    ),
  },
  BandLine: closed(
    {
      at: text,
      test: { type: 'string', enum: ['upTo', 'below', 'atLeast', 'above', 'texts', 'otherwise'] },
      bound: value,
      texts: { type: 'array', items: text },
    },
    ['at', 'test'],
  ),
};

const NAMES = { type: 'array', items: text };
const ANYTHING = { oneOf: [text, { type: 'null' }, NAMES] };

/** Something that is not as it was. Which members there are depends on `kind`. */
export const FINDING: Schema = closed(
  {
    severity: { type: 'string', enum: ['error', 'note'] },
    kind: { type: 'string', enum: FINDING_KINDS },
    message: { ...text, description: 'In the language of Accept-Language.' },
    place: text,
    at: closed({ sheet: text, row: count, column: count }, ['sheet', 'row']),
    run: { ...text, description: 'The paid run since which it changed.' },
    adjustments: NAMES,
    row: { ...text, description: 'A number of the ledger.' },
    lacking: NAMES,
    heading: text,
    was: ANYTHING,
    now: ANYTHING,
    by: text,
    reason: text,
    table: text,
    key: text,
    name: text,
    sheet: text,
    from: text,
    asOf: text,
    count,
    changed: count,
    removed: count,
    added: count,
  },
  ['severity', 'kind', 'message'],
);
