import { FINDING_KINDS, REASON_KINDS } from './codes.ts';
import { closed, closedWith, count, list, ref, type Schema, text } from './schemaParts.ts';

const exact = ref('Exact');
const value = ref('Value');
const orNull = (schema: Schema): Schema => ({ oneOf: [schema, { type: 'null' }] });

/** The tree of reasons. Which members there are depends on `kind`; all that may be there are named. */
export const REASON_SCHEMAS: Readonly<Record<string, Schema>> = {
  Reason: {
    description:
      'Why a value is what it is. Values that it was made from are in `because`, in the order of reading.',
    ...closedWith(
      {
        kind: { type: 'string', enum: REASON_KINDS },
        value,
        error: closed({ code: text(), message: text(), at: text(), rule: text(), key: text() }, [
          'at',
          'rule',
          'key',
        ]),
        name: text(),
        table: text(),
        key: text(),
        at: text('The rule line or the cell.'),
        origin: text('The cell that a blank came from.'),
        seen: { const: true, description: 'It is told elsewhere in the tree.' },
        cut: { const: true, description: 'There is more below.' },
        because: list(ref('Reason')),
        by: { type: 'string', enum: ['rule', 'score', 'statement', 'share', 'rest', 'none'] },
        argument: value,
        slices: list(closed({ line: ref('BandLine'), amount: exact, rate: value })),
        line: orNull(ref('BandLine')),
        function: text(),
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
        of: text(),
        pool: exact,
        unit: exact,
        settled: exact,
        shared: exact,
        unallocated: exact,
        level: orNull(exact),
        members: count,
        weights: exact,
        open: closed({ members: count, weights: exact, units: text() }),
        member: closed({
          weight: exact,
          floor: { type: ['string', 'null'] },
          cap: { type: ['string', 'null'] },
          quota: orNull(exact),
          units: text(),
          by: text(),
        }),
      },
      ['kind', 'value'],
    ),
  },
  BandLine: closed(
    {
      at: text(),
      test: { type: 'string', enum: ['upTo', 'below', 'atLeast', 'above', 'texts', 'otherwise'] },
      bound: value,
      texts: list(text()),
    },
    ['bound', 'texts'],
  ),
};

const NAMES = list(text());
const ANYTHING = { oneOf: [text(), { type: 'null' }, NAMES] };

/** Something that is not as it was. Which members there are depends on `kind`. */
export const FINDING: Schema = closedWith(
  {
    severity: { type: 'string', enum: ['error', 'note'] },
    kind: { type: 'string', enum: FINDING_KINDS },
    message: text('In the language of Accept-Language.'),
    place: text(),
    at: closed({ sheet: text(), row: count, column: count }, ['column']),
    run: text('The paid run since which it changed.'),
    adjustments: NAMES,
    row: text('A number of the ledger.'),
    lacking: NAMES,
    heading: text(),
    was: ANYTHING,
    now: ANYTHING,
    by: text(),
    reason: text(),
    table: text(),
    key: text(),
    name: text(),
    sheet: text(),
    from: text(),
    asOf: text(),
    count,
    changed: count,
    removed: count,
    added: count,
  },
  ['severity', 'kind', 'message'],
);
