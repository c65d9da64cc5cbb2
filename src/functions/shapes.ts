/**
 * What our functions are called and take: all that is needed where they are called. Their words are in the catalogue.
 */
export type FunctionId =
  | 'SUPPORTSCORE'
  | 'RULE'
  | 'BAND'
  | 'STATEMENT'
  | 'EXPLAIN'
  | 'PROBLEMS'
  | 'ALLOCATE'
  | 'WEIGHTED'
  | 'STEPS';

/** The namespace that the manifest names. */
export const NAMESPACE = 'ALLOT';

export interface ParameterShape {
  readonly name: string;
  readonly optional: boolean;
  readonly dimension: 'scalar' | 'matrix';
}

export interface FunctionShape {
  readonly id: FunctionId;
  readonly parameters: readonly ParameterShape[];
  /** A matrix spills. */
  readonly result: 'scalar' | 'matrix';
  /** Whether it follows the workbook's rules, and so pushes new results by itself. */
  readonly streaming: boolean;
}

const one = (name: string): ParameterShape => ({ name, optional: false, dimension: 'scalar' });
const maybe = (name: string): ParameterShape => ({ name, optional: true, dimension: 'scalar' });
const cells = (name: string): ParameterShape => ({ name, optional: false, dimension: 'matrix' });
const maybeCells = (name: string): ParameterShape => ({ name, optional: true, dimension: 'matrix' });

/** In the order of the README's table. */
export const SHAPES: Readonly<Record<FunctionId, FunctionShape>> = {
  SUPPORTSCORE: {
    id: 'SUPPORTSCORE',
    parameters: [one('member'), maybe('column'), maybe('as_of')],
    result: 'scalar',
    streaming: true,
  },
  RULE: {
    id: 'RULE',
    parameters: [one('name'), maybe('key'), maybe('as_of')],
    result: 'matrix',
    streaming: true,
  },
  BAND: {
    id: 'BAND',
    parameters: [one('band'), one('value'), maybe('as_of')],
    result: 'scalar',
    streaming: true,
  },
  STATEMENT: {
    id: 'STATEMENT',
    parameters: [one('key'), maybe('as_of')],
    result: 'matrix',
    streaming: true,
  },
  EXPLAIN: {
    id: 'EXPLAIN',
    parameters: [one('name'), maybe('key'), maybe('as_of')],
    result: 'matrix',
    streaming: true,
  },
  PROBLEMS: { id: 'PROBLEMS', parameters: [], result: 'matrix', streaming: true },
  ALLOCATE: {
    id: 'ALLOCATE',
    parameters: [
      one('pool'),
      cells('weights'),
      maybeCells('floors'),
      maybeCells('caps'),
      maybe('unit'),
      maybeCells('keys'),
    ],
    result: 'matrix',
    streaming: false,
  },
  WEIGHTED: {
    id: 'WEIGHTED',
    parameters: [cells('weights'), cells('values'), maybe('skip_blank')],
    result: 'scalar',
    streaming: false,
  },
  STEPS: { id: 'STEPS', parameters: [one('x'), one('size')], result: 'scalar', streaming: false },
};

export const FUNCTION_IDS: readonly FunctionId[] = [
  'SUPPORTSCORE',
  'RULE',
  'BAND',
  'STATEMENT',
  'EXPLAIN',
  'PROBLEMS',
  'ALLOCATE',
  'WEIGHTED',
  'STEPS',
];
