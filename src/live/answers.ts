import type { Language } from '../problems/messages/index.ts';
import type { Problem } from '../problems/problem.ts';
import { bandReader } from './answers/band.ts';
import { notAvailable, problemLine } from './answers/book.ts';
import { type KeyIndex, keyIndex } from './answers/keys.ts';
import { type Named, nameIndex } from './answers/names.ts';
import { type Finder, ruleAnswer, scoreAnswer, supportScore } from './answers/rule.ts';
import { explainAnswerer, problemsAnswer, statementAnswerer } from './answers/tables.ts';
import { answerWords } from './answers/words.ts';
import type { Evaluated } from './evaluated.ts';
import type { Answer, FunctionError, Query } from './queries.ts';

/** What a cell shows while no as-of date is set. */
export function noDate(language: Language): FunctionError {
  return notAvailable(answerWords(language).noDate);
}

/** What a cell shows while the rules or the data have errors: the first one, and where it is. */
export function broken(problems: readonly Problem[], language: Language): FunctionError {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const first = errors[0] ?? problems[0];
  const said = first === undefined ? '' : problemLine(first, language);
  const others = Math.max(0, errors.length - 1);
  return { kind: 'error', error: '#VALUE!', message: answerWords(language).broken(said, others) };
}

/**
 * Answers what cells ask of one evaluation. Names and keys are indexed once, when they are first asked for, so that
 * thousands of queries cost little more than reading their values. A query's own date is not looked at: the evaluation
 * is of that date.
 */
export function createAnswerer(evaluated: Evaluated, language: Language): (query: Query) => Answer {
  const { done, problems, workbook, file } = evaluated;
  const payable = done !== null && !problems.some(({ severity }) => severity === 'error');
  if (!payable)
    return (query) =>
      query.kind === 'problems' ? problemsAnswer(problems, language) : broken(problems, language);

  const book = { ...done, workbook, file, language };
  const indexes = new Map<number, KeyIndex>();
  let score: Named | null = null;
  const finder: Finder = {
    book,
    named: nameIndex(book),
    keys(table) {
      const found = indexes.get(table) ?? keyIndex(book, table);
      indexes.set(table, found);
      return found;
    },
    score() {
      score ??= supportScore(book);
      return score;
    },
  };
  const band = bandReader(book);
  const statement = statementAnswerer(finder);
  const explain = explainAnswerer(finder);
  return (query) => {
    switch (query.kind) {
      case 'rule':
        return ruleAnswer(finder, query.name, query.key);
      case 'score':
        return scoreAnswer(finder, query.member, query.column);
      case 'band':
        return band(query.band, query.value);
      case 'statement':
        return statement(query.key);
      case 'explain':
        return explain(query.name, query.key);
      case 'problems':
        return problemsAnswer(problems, language);
      default: {
        const never: never = query;
        return never;
      }
    }
  };
}
