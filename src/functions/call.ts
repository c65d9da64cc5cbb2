import { TooLarge } from '../exact/rational.ts';
import type { Answer, CellValue, Query } from '../live/queries.ts';
import type { Language } from '../problems/messages/index.ts';
import { allocate } from './allocate.ts';
import { type Arguments, isBlank, isRefusal, readArguments, refuse } from './arguments.ts';
import type { FunctionId } from './shapes.ts';
import { steps, weighted } from './weighted.ts';
import { functionWords } from './words.ts';

/** What a call in a cell comes to: an answer at once, or a question of the workbook's rules. */
export type Called =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'query'; readonly query: Query };

/**
 * Reads a call as a host hands it over: `given` has an entry for every parameter, those left out being null or
 * undefined; matrices are rows of cells. Never throws: what is wrong with the arguments is an answer.
 */
export function readCall(id: FunctionId, given: readonly unknown[], language: Language): Called {
  try {
    return read(id, readArguments(id, given, language));
  } catch (error) {
    if (isRefusal(error)) return { kind: 'answer', answer: error.error };
    const words = functionWords(language);
    if (error instanceof TooLarge)
      return { kind: 'answer', answer: { kind: 'error', error: '#NUM!', message: words.tooLarge } };
    return {
      kind: 'answer',
      answer: { kind: 'error', error: '#VALUE!', message: words.crash(String(error)) },
    };
  }
}

function read(id: FunctionId, args: Arguments): Called {
  const query = (asked: Query): Called => ({ kind: 'query', query: asked });
  const answer = (found: Answer): Called => ({ kind: 'answer', answer: finite(found, args) });
  switch (id) {
    case 'SUPPORTSCORE':
      return query({
        kind: 'score',
        member: present(args, 0),
        column: args.maybeName(1),
        asOf: args.maybeDay(2),
      });
    case 'RULE':
      return query({ kind: 'rule', name: args.name(0), key: maybeKey(args, 1), asOf: args.maybeDay(2) });
    case 'BAND':
      return query({
        kind: 'band',
        band: args.name(0),
        value: present(args, 1),
        asOf: args.maybeDay(2),
      });
    case 'STATEMENT':
      return query({ kind: 'statement', key: present(args, 0), asOf: args.maybeDay(1) });
    case 'EXPLAIN':
      return query({ kind: 'explain', name: args.name(0), key: maybeKey(args, 1), asOf: args.maybeDay(2) });
    case 'PROBLEMS':
      return query({ kind: 'problems' });
    case 'ALLOCATE':
      return answer(allocate(args));
    case 'WEIGHTED':
      return answer(weighted(args));
    case 'STEPS':
      return answer(steps(args));
    default: {
      const never: never = id;
      return never;
    }
  }
}

function present(args: Arguments, index: number): CellValue {
  const value = args.scalar(index);
  return isBlank(value) ? refuse(args.words.blank(args.at(index))) : value;
}

/** An empty text is a formula's way of leaving a key blank: it must not turn a cell into a whole column. */
function maybeKey(args: Arguments, index: number): CellValue {
  const value = args.scalar(index);
  return value === '' ? refuse(args.words.blank(args.at(index))) : value;
}

/** Excel has no cell for an infinite number. */
function finite(found: Answer, { words }: Arguments): Answer {
  if (found.kind === 'error') return found;
  const lost = found.rows.some((row) => row.some((x) => typeof x === 'number' && !Number.isFinite(x)));
  return lost ? { kind: 'error', error: '#NUM!', message: words.tooLarge } : found;
}
