import type { Outcome, ResultColumn, Results } from '../engine/results.ts';
import { isoOfMs, isoText } from '../exact/date.ts';
import { exactText } from '../exact/decimal.ts';
import { hasErrors } from '../problems/errors.ts';
import { type Language, message } from '../problems/messages/index.ts';
import { type Problem, placeText } from '../problems/problem.ts';
import type { Program } from '../rules/program.ts';
import type { Workbook } from '../workbook/port.ts';
import { keyHeading, keyText } from './values.ts';

/**
 * The object of `allot run --json` as text, in pieces: a table of a million rows never stands in memory as one string.
 * Written by hand rather than through an object, so that a column may be called anything, `__proto__` included.
 * With an error among the problems it is that of `problemsJson`.
 */
export function* runJson(
  program: Program,
  workbook: Workbook,
  results: Results,
  language: Language,
): Generator<string> {
  if (hasErrors(results.problems)) {
    yield* problemsJson(results.asOf, results.problems, language);
    return;
  }
  yield `{\n  "asOf": ${quote(isoOfMs(results.asOf))},\n  "inputs": `;
  yield object(inputs(program, results));
  yield ',\n  "scalars": ';
  yield object(
    program.scalars.map((scalar, i) => [scalar.name, outcomeJson(results.scalars[i] ?? { kind: 'blank' })]),
  );
  yield ',\n  "tables": {';
  let first = true;
  for (const [index, table] of program.tables.entries()) {
    if (table.columns.length === 0) continue;
    yield `${first ? '' : ','}\n    ${quote(table.name)}: `;
    first = false;
    yield* tableJson(program, workbook, results, index);
  }
  yield `${first ? '' : '\n  '}},\n  "shares": `;
  yield list(shares(program, workbook, results));
  yield ',\n  "problems": ';
  yield list(results.problems.map((problem) => problemJson(problem, language)));
  yield '\n}\n';
}

/** The object of a run that has errors, or of a book that could not be read. */
export function* problemsJson(
  asOf: number | null,
  problems: readonly Problem[],
  language: Language,
): Generator<string> {
  yield asOf === null ? '{\n' : `{\n  "asOf": ${quote(isoOfMs(asOf))},\n`;
  yield '  "problems": ';
  if (problems.length === 0) yield '[]';
  else {
    yield '[';
    for (const [i, problem] of problems.entries())
      yield `${i === 0 ? '' : ','}\n    ${problemJson(problem, language)}`;
    yield '\n  ]';
  }
  yield '\n}\n';
}

/** One problem on one line. */
export function problemJson(problem: Problem, language: Language): string {
  const { severity, code, at, rule, key } = problem;
  const members: Member[] = [
    ['severity', quote(severity)],
    ['code', quote(code)],
    ['message', quote(message(problem, language))],
  ];
  if (at !== undefined) members.push(['at', quote(placeText(at))]);
  if (rule !== undefined) members.push(['rule', quote(rule)]);
  if (key !== undefined) members.push(['key', quote(key)]);
  return inline(members);
}

/** A value as JSON: numbers and texts are strings, numbers exact; a fault, which no run without errors has, is null. */
export function outcomeJson(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'number':
      return quote(exactText(outcome.value));
    case 'text':
      return quote(outcome.value);
    case 'date':
      return quote(isoText(outcome.ms));
    case 'logical':
      return outcome.value ? 'true' : 'false';
    case 'blank':
    case 'fault':
      return 'null';
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

/** A member's name and its value as JSON text. */
type Member = readonly [name: string, json: string];

const quote = (text: string): string => JSON.stringify(text);
const inline = (members: readonly Member[]): string =>
  `{ ${members.map(([name, json]) => `${quote(name)}: ${json}`).join(', ')} }`;

function object(members: readonly Member[]): string {
  if (members.length === 0) return '{}';
  return `{\n${members.map(([name, json]) => `    ${quote(name)}: ${json}`).join(',\n')}\n  }`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${item}`).join(',\n')}\n  ]`;
}

function inputs(program: Program, results: Results): readonly Member[] {
  return program.tables.flatMap(({ name, named }, i): readonly Member[] => {
    const counted = results.tables[i];
    if (!named || counted === undefined) return [];
    return [
      [
        name,
        inline([
          ['rows', String(counted.rows.length)],
          ['excluded', String(counted.excluded)],
        ]),
      ],
    ];
  });
}

function* tableJson(
  program: Program,
  workbook: Workbook,
  results: Results,
  table: number,
): Generator<string> {
  const columns = (program.tables[table]?.columns ?? []).flatMap((id): readonly [string, ResultColumn][] => {
    const values = results.columns[id];
    const name = program.columns[id]?.name;
    return values === undefined || name === undefined ? [] : [[`, ${quote(name)}: `, values]];
  });
  yield `{ "key": ${quote(keyHeading(program, workbook, table))}, "rows": [`;
  const rows = results.tables[table]?.rows ?? [];
  let text = '';
  for (const [i, row] of rows.entries()) {
    text += `${i === 0 ? '' : ','}\n      { "key": ${quote(keyText(program, workbook, table, row))}`;
    for (const [name, values] of columns) text += name + outcomeJson(values.at(row));
    text += ' }';
    if (text.length > PIECE) {
      yield text;
      text = '';
    }
  }
  yield `${text}${rows.length === 0 ? '' : '\n    '}] }`;
}

/** Length of a piece of JSON in characters, about. */
const PIECE = 65_536;

function shares(program: Program, workbook: Workbook, results: Results): readonly string[] {
  return results.shares.flatMap((result) => {
    const share = program.shares[result.share];
    if (share === undefined) return [];
    const of: readonly Member[] =
      share.each === null || result.of === null
        ? []
        : [['of', quote(keyText(program, workbook, share.each.table, result.of))]];
    return [
      inline([
        ['name', quote(share.name)],
        ['table', quote(program.tables[share.table]?.name ?? '')],
        ...of,
        ['pool', quote(exactText(result.pool))],
        ['settled', quote(exactText(result.settled))],
        ['shared', quote(exactText(result.shared))],
        ['unallocated', quote(exactText(result.unallocated))],
        ['members', String(result.members.length)],
      ]),
    ];
  });
}
