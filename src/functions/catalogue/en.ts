import type { FunctionTexts } from './texts.ts';

const AS_OF =
  'The as-of date, which decides the rules in force. Left out: the date set in the pane under Run.';

export const EN: FunctionTexts = {
  title: 'Functions of Allot',
  introduction: [
    'The first six functions answer from the rules in this workbook. They follow every run and every edit by themselves, with the pane closed too. Without as_of they take the date that is set in the pane under Run and kept in the workbook; while none is set they show #N/A, and while the rules or the data have an error #VALUE!; the message names the first one.',
    'The last three compute from their arguments alone, exactly: what is rounded is only what their description says.',
    'Dates are given as date cells, as DATE(…) or as text such as "2026-03-31"; results that are dates are serial numbers, so give their cells a date format.',
    'Where whole tables are wanted, one call that spills is far quicker than a call in every row: =ALLOT.RULE("reward") beside a table gives its whole column.',
    'Versions of Excel from before the summer of 2024 hand an empty cell over to such functions as 0. Where blank and 0 differ there (caps, values of WEIGHTED) write IF(range="","",range) for the range.',
    'In workbooks with the 1904 date system dates that are numbers are four years and a day off, both in arguments and in results: give dates as text there, and take 1462 from a result that is a date.',
  ],
  headings: {
    function: 'Function',
    gives: 'What it gives',
    optional: '(may be left out)',
    example: 'Example:',
  },
  functions: {
    SUPPORTSCORE: {
      description:
        'The support score of a member, by the rules of this workbook. Blank where no score covers it.',
      parameters: {
        member: 'The key of the member in its table, such as "E1007".',
        column:
          'The column to read, such as "support" or "Staff[support]". Left out: the score called support_score, support, 支撑评分 or 支撑效能.',
        as_of: AS_OF,
      },
      example: '=ALLOT.SUPPORTSCORE("E1007")',
      notes: [
        'Keys match as in the rules: upper and lower case are alike, and the text "7" is not the number 7.',
      ],
    },
    RULE: {
      description:
        'A value of the rules: a scalar, the value of a column in one row, or without a key the whole column.',
      parameters: {
        name: 'A rule or column, such as "pool" or "reward"; "Staff[reward]" where several tables have it.',
        key: 'The key of the row. Left out: a column spills, one row for every row of its table in the sheet.',
        as_of: AS_OF,
      },
      example: '=ALLOT.RULE("reward", "E08")',
      notes: [
        'A whole column begins with the row below the headings and has a row for every row of the sheet, so that it can stand beside the table. Rows that do not count for the rules are blank.',
      ],
    },
    BAND: {
      description:
        'The value of a band of the rules at a number, date or text. Blank past the end of an open band.',
      parameters: {
        band: 'The name of the band, such as "response_points".',
        value: 'The number, date or text to look up.',
        as_of: AS_OF,
      },
      example: '=ALLOT.BAND("response_points", 1.5)',
      notes: [],
    },
    STATEMENT: {
      description:
        'The pay statement of one row: item, signed amount and source of every line, last the total. Spills.',
      parameters: { key: 'The key of the row, such as "E1007".', as_of: AS_OF },
      example: '=ALLOT.STATEMENT("E08")',
      notes: ['What is taken off has a minus, so the amounts above the total add up to it.'],
    },
    EXPLAIN: {
      description:
        'How a value came about: reasons, values and places, down to the cells of the sheets. Spills.',
      parameters: {
        name: 'A rule or column, such as "pool" or "reward"; "Staff[reward]" where several tables have it.',
        key: 'The key of the row, for a column.',
        as_of: AS_OF,
      },
      example: '=ALLOT.EXPLAIN("reward", "E08")',
      notes: [],
    },
    PROBLEMS: {
      description:
        'What is wrong in the rules and the data: severity, place and message, under headings. Spills.',
      parameters: {},
      example: '=ALLOT.PROBLEMS()',
      notes: [
        'Where nothing is wrong it is one cell that says so. The first 1,000 problems are listed, errors first.',
      ],
    },
    ALLOCATE: {
      description:
        'Divides a pool in proportion to weights, to the last unit, between floors and caps. Spills in the shape of the weights.',
      parameters: {
        pool: 'The amount to divide, 0 or more. It is rounded to whole units, halves up.',
        weights: 'The weights, 0 or more; a weight of 0 gets nothing. Blanks are errors.',
        floors: 'The least each gets: a range of the size of weights, or one value for all. Blank is none.',
        caps: 'The most each gets: a range of the size of weights, or one value for all. Blank is none.',
        unit: 'The smallest amount that is paid. Left out: 0.01.',
        keys: 'Keys that decide between equal remainders: the smaller one wins. Left out: the smaller position.',
      },
      example: '=ALLOT.ALLOCATE(1000, B2:B9, , 300)',
      notes: [
        'It divides as a share statement of the rules does: those at their floor or cap get it, the others the whole units of their exact quota, and the units left over go one each to the largest remainders. The amounts add up to the rounded pool, or to all the caps where these are less.',
        'Ranges are read row by row. With keys the result does not depend on the order of the rows.',
      ],
    },
    WEIGHTED: {
      description:
        'The weighted average of values, computed exactly: the sum of weight × value, divided by the sum of weights.',
      parameters: {
        weights: 'The weights. They need not add to 100%.',
        values: 'The values, a range of the same size.',
        skip_blank:
          'TRUE: values that are blank do not count, nor do their weights. Left out or FALSE: they are errors.',
      },
      example: '=ALLOT.WEIGHTED(B1:D1, B2:D2, TRUE)',
      notes: ['Weights that count and add to 0 give #DIV/0!.'],
    },
    STEPS: {
      description: 'How many whole steps of a size fit in a number; 0 where it is 0 or less.',
      parameters: {
        x: 'The number, such as minutes late.',
        size: 'The size of a step; its sign does not count.',
      },
      example: '=ALLOT.STEPS(35, 10)',
      notes: ['Computed exactly: three steps of 0.1 fit in 0.3.'],
    },
  },
};
