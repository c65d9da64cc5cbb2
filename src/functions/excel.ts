import type { Answer, CellValue, FunctionError } from '../live/queries.ts';
import type { Language } from '../problems/messages/index.ts';
import { readCall } from './call.ts';
import { type Follower, failureError } from './follow.ts';
import { FUNCTION_IDS, type FunctionId, SHAPES } from './shapes.ts';

/** What we need of Excel's runtime of custom functions. */
export type FunctionHost = Pick<typeof CustomFunctions, 'associate' | 'Error' | 'ErrorCode'>;

/** Excel has no empty result: it would show a null as 0. */
type ExcelCell = Exclude<CellValue, null>;
type ExcelResult = ExcelCell | readonly (readonly ExcelCell[])[];

type Streaming = CustomFunctions.StreamingInvocation<ExcelResult>;

/** The language of messages; a function where it is not known yet when functions are registered. */
export type Spoken = Language | (() => Language);

/**
 * Tells Excel which code stands behind the ids of the metadata. It is to be called before the interface loads, and once:
 * Excel keeps what was associated when it first calls a function. The follower may come later, and cells wait for it.
 */
export function registerFunctions(
  follower: Follower | Promise<Follower>,
  spoken: Spoken,
  host: FunctionHost | null = typeof CustomFunctions === 'undefined' ? null : CustomFunctions,
): void {
  // A page outside Excel.
  if (host === null) return;
  // Nobody may be waiting yet when it fails.
  const ready = Promise.resolve(follower);
  ready.catch(() => {});
  const language = typeof spoken === 'function' ? spoken : (): Language => spoken;
  for (const id of FUNCTION_IDS) {
    host.associate(
      id,
      SHAPES[id].streaming ? streaming(id, ready, language, host) : plain(id, language, host),
    );
  }
}

/** A function of its arguments: what is wrong with them is thrown, as Excel wants it. */
function plain(
  id: FunctionId,
  language: () => Language,
  host: FunctionHost,
): (...given: unknown[]) => ExcelResult {
  return (...given) => {
    const called = readCall(id, argumentsOf(given), language());
    if (called.kind === 'query') throw new RangeError(`${id} asks the rules`);
    const result = resultOf(id, called.answer, host);
    if (result instanceof host.Error) throw result;
    return result;
  };
}

/** A function of the rules: Excel calls it once with an invocation after its parameters, and is told what is new. */
function streaming(
  id: FunctionId,
  ready: Promise<Follower>,
  language: () => Language,
  host: FunctionHost,
): (...given: unknown[]) => void {
  return (...given) => {
    const invocation = given.at(-1) as Streaming;
    const called = readCall(id, argumentsOf(given), language());
    const push = (answer: Answer): void => invocation.setResult(resultOf(id, answer, host));
    if (called.kind === 'answer') {
      push(called.answer);
      return;
    }
    let cancelled = false;
    let leave: () => void = () => {};
    invocation.onCanceled = () => {
      cancelled = true;
      leave();
    };
    ready.then(
      (follower) => {
        if (!cancelled) leave = follower.follow(called.query, push);
      },
      (error: unknown) => {
        if (!cancelled) push(failureError({ kind: 'crash', text: String(error) }, language()));
      },
    );
  };
}

/** Excel puts an invocation behind the arguments of every call. */
function argumentsOf(given: readonly unknown[]): readonly unknown[] {
  const last = given.at(-1);
  return typeof last === 'object' && last !== null && 'functionName' in last ? given.slice(0, -1) : given;
}

function resultOf(id: FunctionId, answer: Answer, host: FunctionHost): ExcelResult | CustomFunctions.Error {
  if (answer.kind === 'error') return errorOf(answer, host);
  const rows = answer.rows.map((row) => row.map((cell): ExcelCell => cell ?? ''));
  return SHAPES[id].result === 'matrix' ? rows : (rows[0]?.[0] ?? '');
}

/** Excel takes a message with two of its error values only. */
function errorOf({ error, message }: FunctionError, host: FunctionHost): CustomFunctions.Error {
  switch (error) {
    case '#VALUE!':
      return new host.Error(host.ErrorCode.invalidValue, message);
    case '#N/A':
      return new host.Error(host.ErrorCode.notAvailable, message);
    case '#NUM!':
      return new host.Error(host.ErrorCode.invalidNumber);
    case '#DIV/0!':
      return new host.Error(host.ErrorCode.divisionByZero);
    default: {
      const never: never = error;
      return never;
    }
  }
}
