import { createExplain, type StatementAmount, statementReader } from '../../engine/plain/index.ts';
import { parseDecimal } from '../../exact/decimal.ts';
import { negate } from '../../exact/rational.ts';
import type { Value } from '../../exact/value.ts';
import { type Language, message } from '../../problems/messages/index.ts';
import { type Place, type Problem, placeText } from '../../problems/problem.ts';
import { knownOf } from '../../report/known.ts';
import { type ReasonView, reasonView } from '../../report/reasonView.ts';
import { findTarget } from '../../report/target.ts';
import { keyText } from '../../report/values.ts';
import { words } from '../../report/words.ts';
import { sourceText } from '../../rules/source.ts';
import type { Answer, CellValue } from '../queries.ts';
import { notAvailable, outcomeCell, refusal } from './book.ts';
import { cellOfValue } from './cells.ts';
import type { Finder } from './rule.ts';
import { answerWords } from './words.ts';

type Row = readonly CellValue[];

/** A place in the rules without its characters: `Rules!B12`. */
function lineText(at: Place): string {
  return placeText(at).replace(/:\d+(?:-\d+)?$/, '');
}

/**
 * STATEMENT: the lines of a row's pay (item, amount with its sign, the rule and where it stands), last the total. Where
 * the key has several statements they stand below one another.
 */
export function statementAnswerer(finder: Finder): (key: CellValue) => Answer {
  const { book } = finder;
  const { program, workbook, results, language } = book;
  const w = answerWords(language);
  const statements = program.columns.flatMap((column, id) =>
    column.definitions.some(({ kind }) => kind === 'statement') ? [{ column, id }] : [],
  );
  let reader: ReturnType<typeof statementReader> | null = null;
  const source = (at: Place): string => `${sourceText(workbook.rules, at).trim()} ← ${lineText(at)}`;
  const lineOf = ({ component: { sign, label, value }, amount }: StatementAmount): Row => [
    label ?? sourceText(workbook.rules, value.at).trim(),
    cellOfValue(sign === 'less' ? negated(amount) : amount),
    source(value.at),
  ];

  return (key) => {
    const rows: Row[] = [];
    let missing: Answer | null = null;
    let found: string | null = null;
    for (const { column, id } of statements) {
      const row = finder.keys(column.table).rowOf(key);
      if (typeof row !== 'number') {
        missing ??= row;
        continue;
      }
      found = keyText(program, workbook, column.table, row);
      reader ??= statementReader(program, workbook, knownOf(results));
      const components = reader(id, row);
      if (components === null) continue;
      rows.push(...components.map(lineOf));
      const total = outcomeCell(results.columns[id]?.at(row));
      rows.push([w.total(column.name), total, source(column.at)]);
    }
    if (rows.length > 0) return { kind: 'cells', rows };
    if (found !== null) return notAvailable(w.noStatement(found));
    return missing ?? notAvailable(w.noStatements);
  };
}

function negated(value: Value): Value {
  return value.kind === 'number' ? { kind: 'number', value: negate(value.value) } : value;
}

/** EXPLAIN: the tree of reasons, a row each: the text indented by its depth, the value, the place. */
export function explainAnswerer(finder: Finder): (name: string, key: CellValue) => Answer {
  const { program, workbook, results } = finder.book;
  let explain: ReturnType<typeof createExplain> | null = null;
  return (name, key) =>
    explainAnswer(finder, name, key, (target) => {
      explain ??= createExplain(program, workbook, { known: knownOf(results) });
      return explain(target);
    });
}

function explainAnswer(
  finder: Finder,
  name: string,
  key: CellValue,
  explain: ReturnType<typeof createExplain>,
): Answer {
  const { book } = finder;
  const { program, workbook, language } = book;
  const named = finder.named(name, key !== null);
  let row = -1;
  if (named.kind === 'error') return named;
  if (key !== null && (named.kind === 'column' || named.kind === 'sheet')) {
    const found = finder.keys(named.table).rowOf(key);
    if (typeof found !== 'number') return found;
    row = found;
  }
  const target =
    named.kind === 'scalar'
      ? ({ kind: 'scalar', scalar: named.scalar } as const)
      : named.kind === 'column' && row >= 0
        ? ({ kind: 'column', column: named.column, row } as const)
        : null;
  if (target !== null) {
    return viewAnswer(reasonView(explain(target), workbook.rules, language));
  }
  // A cell of the sheet, or a column without a key, which can't be explained.
  const found = findTarget(
    book,
    name,
    row < 0 || named.kind !== 'sheet' ? null : keyText(program, workbook, named.table, row),
    language,
  );
  if (found.kind === 'refusal') return refusal(found.problem, language, found.said);
  if (found.kind === 'target') throw new RangeError('a target that was not found');
  return viewAnswer(reasonView(found.reason, workbook.rules, language));
}

function viewAnswer(view: ReasonView): Answer {
  const rows: Row[] = [];
  const visit = ({ title, value, place, children }: ReasonView, depth: number): void => {
    rows.push([`${'  '.repeat(depth)}${title}`, shownNumber(value), place === null ? null : lineText(place)]);
    for (const child of children) visit(child, depth + 1);
  };
  visit(view, 0);
  return { kind: 'cells', rows };
}

/** A number that a cell can show in full is a number; a text that looks like one has quotation marks here. */
function shownNumber(text: string): CellValue {
  if (text === '') return null;
  const exact = parseDecimal(text);
  return exact !== null && text.replace(/\D/g, '').length <= 15 ? Number(text) : text;
}

/** So many problems are listed. */
const MOST_PROBLEMS = 1000;

/** PROBLEMS: under a row of headings severity, place and message, errors first; one cell where there are none. */
export function problemsAnswer(problems: readonly Problem[], language: Language): Answer {
  const w = answerWords(language);
  const { severity, ruleAndRow } = words(language);
  if (problems.length === 0) return { kind: 'cells', rows: [[w.noProblems]] };
  const sorted = [
    ...problems.filter((problem) => problem.severity === 'error'),
    ...problems.filter((problem) => problem.severity !== 'error'),
  ];
  const rows = sorted.slice(0, MOST_PROBLEMS).map((problem): Row => {
    const of = ruleAndRow(problem.rule, problem.key);
    const said = message(problem, language);
    const where = of === '' ? '' : language === 'en' ? ` (${of})` : `（${of}）`;
    return [
      severity[problem.severity],
      problem.at === undefined ? null : placeText(problem.at),
      said + where,
    ];
  });
  const more = sorted.length - rows.length;
  return {
    kind: 'cells',
    rows: [
      [w.severity, w.place, w.message],
      ...rows,
      ...(more > 0 ? [[null, null, w.moreProblems(more)]] : []),
    ],
  };
}
