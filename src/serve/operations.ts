import type { FaultCode } from './faults.ts';

/** A route. What the server answers and what the document says of it both come from this list. */
export interface Operation {
  readonly id: OperationId;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** Names of schemas; `request` null where there is no body, `answer` null for the document itself. */
  readonly request: string | null;
  readonly answer: string | null;
  /** Whether it needs the token. */
  readonly token: boolean;
  /** What may go wrong, besides what may with every request. */
  readonly faults: readonly FaultCode[];
  /** A body that works with `samples/small.xlsx` served. */
  readonly example: Readonly<Record<string, unknown>> | null;
}

export type OperationId = 'health' | 'openapi' | 'books' | 'evaluate' | 'explain' | 'verify';

/** Of whatever a worker does. */
const WORK: readonly FaultCode[] = [
  'bad-json',
  'bad-request',
  'unknown-book',
  'too-long',
  'unsupported-type',
  'unreadable-book',
  'busy',
  'timed-out',
  'out-of-memory',
  'stopping',
];

export const OPERATIONS: readonly Operation[] = [
  {
    id: 'health',
    method: 'GET',
    path: '/v1/health',
    summary: 'Whether the server is there',
    description: 'Needs no token. It answers while evaluations run.',
    request: null,
    answer: 'HealthAnswer',
    token: false,
    faults: [],
    example: null,
  },
  {
    id: 'openapi',
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'This document',
    description: 'OpenAPI 3.1.',
    request: null,
    answer: null,
    token: true,
    faults: [],
    example: null,
  },
  {
    id: 'books',
    method: 'GET',
    path: '/v1/books',
    summary: 'The books that are served',
    description: 'As they are now: a book that was put into a served folder is among them.',
    request: null,
    answer: 'BooksAnswer',
    token: true,
    faults: [],
    example: null,
  },
  {
    id: 'evaluate',
    method: 'POST',
    path: '/v1/evaluate',
    summary: 'Compute the rules as of a day',
    description:
      'Of a served book, or of rules and tables in the request. With an error in the rules or the data there are no results at all, but the problems with their places.',
    request: 'EvaluateRequest',
    answer: 'EvaluateAnswer',
    token: true,
    faults: [...WORK, 'rules-or-data', 'unknown-name'],
    example: { book: 'small.xlsx', asOf: '2026-03-31', statements: ['pool', 'net_pay'] },
  },
  {
    id: 'explain',
    method: 'POST',
    path: '/v1/explain',
    summary: 'Say how a value came about, down to the cells',
    description: 'Where the data have errors the value is explained all the same, and `errors` is above 0.',
    request: 'ExplainRequest',
    answer: 'ExplainAnswer',
    token: true,
    faults: [...WORK, 'rules-or-data', 'unknown-name'],
    example: { book: 'small.xlsx', asOf: '2026-03-31', name: 'reward', key: 'E08' },
  },
  {
    id: 'verify',
    method: 'POST',
    path: '/v1/verify',
    summary: 'Say what was changed in a book since which of its paid runs',
    description: 'Something that was changed is a finding, not an error of the request.',
    request: 'VerifyRequest',
    answer: 'VerifyAnswer',
    token: true,
    faults: WORK,
    example: { book: 'small.xlsx' },
  },
];
