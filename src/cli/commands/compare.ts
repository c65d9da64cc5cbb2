import path from 'node:path';
import { parseRules } from '../../../grammar/index.ts';
import { foldName } from '../../../grammar/tree.ts';
import { compareAmounts, oldAmounts } from '../../audit/compare/amounts.ts';
import {
  allColumns,
  type Comparison,
  compareSides,
  hasColumn,
  namedColumns,
  payColumns,
} from '../../audit/compare/compare.ts';
import { type Compared, compareJson, compareSheets, compareText } from '../../audit/compare/report.ts';
import type { Side } from '../../audit/compare/sides.ts';
import type { ColumnName } from '../../audit/compare/split.ts';
import { run as runProgram } from '../../engine/run.ts';
import { isoOfMs } from '../../exact/date.ts';
import { hasErrors } from '../../problems/errors.ts';
import { once } from '../../problems/once.ts';
import type { Problem } from '../../problems/problem.ts';
import { words } from '../../report/words.ts';
import { checkRules } from '../../rules/check.ts';
import { wordsOf } from '../../rules/words.ts';
import { fileError } from '../../workbook/bookError.ts';
import { decodeText } from '../../workbook/csv/decode.ts';
import { fileLines } from '../../workbook/csv/rules.ts';
import { csvTable } from '../../workbook/csv/table.ts';
import { openBook } from '../../workbook/open.ts';
import type { OpenBook, RuleLine, SheetTable, TableHead, Workbook } from '../../workbook/port.ts';
import { readBytes } from '../../workbook/xlsx/open.ts';
import { answerProblems } from '../answer.ts';
import { refuse } from '../audited.ts';
import { compareTexts } from '../compareTexts.ts';
import type { Io, Status } from '../io.ts';
import { watch } from '../progress.ts';
import type { CompareRequest } from '../request.ts';
import { type Ruled, withSet } from '../setting.ts';
import { texts } from '../texts.ts';

/** Rules and rows of one side, before they are checked. */
interface Draft {
  readonly rules: readonly RuleLine[];
  readonly workbook: Workbook;
  readonly others: readonly TableHead[];
  readonly asOf: number;
}

/** Ends the command with what has been said. */
interface Ended {
  readonly kind: 'ended';
  readonly status: Status;
}

/** `allot compare`: who is paid differently, by how much and why. */
export async function compare(request: CompareRequest, io: Io): Promise<Status> {
  const { language, out } = request;
  const t = compareTexts(language);
  const book = await openBook(request.book);
  if (!book.hasRules) throw fileError(request.book, 'no-rules');
  const reading = watch(io, texts(language).reading);
  const drafts = await draftsOf(request, book, reading).finally(() => reading.stop());
  const before = await sideOf(request, drafts[0], request.withAmounts === null ? [] : request.set, io);
  if ('kind' in before) return before.status;
  const compared = comparedOf(request);
  let comparison: Comparison;
  if (request.withAmounts !== null) {
    const found = await amountsOf(request, request.withAmounts, before, io);
    if ('kind' in found) return found.status;
    comparison = found;
  } else {
    const after = await sideOf(request, drafts[1], request.set, io);
    if ('kind' in after) return after.status;
    const sides = [before, after] as const;
    const columns = request.columns.length === 0 ? payColumns(sides) : namedColumns(sides, request.columns);
    if (typeof columns === 'string')
      return refuse(io, request, 'unknown-name', t.unknownColumn(columns, namesOf(allColumns(sides))), 2);
    const unknown = unknownGroup(request.group, sides, columns);
    if (unknown !== null) return refuse(io, request, 'unknown-name', unknown, 2);
    const comparing = watch(io, t.comparing);
    try {
      comparison = compareSides(sides, columns, { group: request.group, report: comparing.report });
    } finally {
      comparing.stop();
    }
  }
  const written =
    out === null ? null : await book.writeSheets(compareSheets(comparison, compared, language), out);
  if (request.json) await io.out(compareJson(comparison, compared));
  else await io.out(compareText(comparison, compared, language, io.width));
  if (written !== null) {
    const w = words(language);
    const lines = [
      w.wrote(written.path),
      ...written.sheets.map(({ sheet, ref }) => w.wroteSheet(sheet, ref)),
    ];
    await io.err([`${request.json ? '' : '\n'}${lines.join('\n')}\n`]);
  }
  return 0;

  function unknownGroup(
    group: string | null,
    sides: readonly Side[],
    columns: readonly ColumnName[],
  ): string | null {
    const tables = [...new Set(columns.map(({ table }) => table))];
    if (group === null || tables.some((table) => sides.some((side) => hasColumn(side, table, group))))
      return null;
    const headings = sides.flatMap(({ workbook, program }) =>
      program.tables.flatMap(({ name }, i) =>
        tables.includes(name) ? (workbook.tables[i]?.columns.map(({ heading }) => heading) ?? []) : [],
      ),
    );
    return t.unknownColumn(group, [...new Set(headings)]);
  }
}

/** The two sides; they share their tables where they are of one book. */
async function draftsOf(
  request: CompareRequest,
  book: OpenBook,
  progress: { readonly report: (done: number, total: number) => void },
): Promise<readonly [Draft, Draft]> {
  const { asOf, withAsOf, withRules, withBook } = request;
  const otherBook = withBook === null ? book : await openBook(withBook);
  const rules =
    withRules === null
      ? otherBook.rules
      : fileLines(decodeText(await readBytes(withRules), withRules), path.basename(withRules));
  if (withBook !== null && withRules === null && !otherBook.hasRules) throw fileError(withBook, 'no-rules');
  const spoken = [spokenBy(book.rules), spokenBy(rules)] as const;
  const read = async (one: OpenBook, wanted: readonly ReadonlySet<string>[]) => {
    const names = one.tables.filter(({ name }) => wanted.some((set) => set.has(foldName(name))));
    const workbook = await one.read(
      names.map(({ name }) => name),
      progress,
    );
    return { workbook, others: one.tables.filter((head) => !names.includes(head)) };
  };
  const first = await read(book, otherBook === book ? spoken : [spoken[0]]);
  const second = otherBook === book ? first : await read(otherBook, [spoken[1]]);
  const problems = withRules === null ? second.workbook.problems : [];
  return [
    { rules: book.rules, asOf, ...first },
    {
      rules,
      asOf: withAsOf ?? asOf,
      workbook: { ...second.workbook, rules, problems, hasRules: true },
      others: second.others,
    },
  ];
}

const spokenBy = (rules: readonly RuleLine[]): ReadonlySet<string> => wordsOf(parseRules(rules));

/** Checks and runs a side; says what is wrong where that can't be done. */
async function sideOf(
  request: CompareRequest,
  { rules, workbook, others, asOf }: Draft,
  set: readonly string[],
  io: Io,
): Promise<Side | Ended> {
  const { language } = request;
  const file = parseRules(rules);
  const checked: Ruled = { file, workbook, ...checkRules(file, workbook, asOf, others) };
  const found = withSet(checked, asOf, others, set, language);
  if (found.kind === 'refused')
    return { kind: 'ended', status: await refuse(io, request, found.code, found.said, 2) };
  const fail = async (problems: readonly Problem[]): Promise<Ended> => ({
    kind: 'ended',
    status: await answerProblems(io, { ...request, asOf }, problems, found.workbook.rules),
  });
  const { program } = found;
  if (program === null) return fail(found.problems);
  const computing = watch(io, texts(language).computing);
  try {
    const results = runProgram(program, found.workbook, computing);
    const problems = once([...found.problems, ...results.problems]);
    if (hasErrors(problems)) return fail(problems);
    return { program, workbook: found.workbook, results };
  } finally {
    computing.stop();
  }
}

function comparedOf({
  book,
  asOf,
  withAsOf,
  withRules,
  withBook,
  withAmounts,
  set,
}: CompareRequest): Compared {
  const before = `${path.basename(book)} ${isoOfMs(asOf)}`;
  if (withAmounts !== null) return { before: path.basename(withAmounts), after: before, set };
  const what = [withBook ?? book, ...(withRules === null ? [] : [withRules])].map((one) =>
    path.basename(one),
  );
  return { before, after: `${what.join(' + ')} ${isoOfMs(withAsOf ?? asOf)}`, set };
}

const namesOf = (columns: readonly ColumnName[]): readonly string[] =>
  columns.map(({ table, column }) => `${table}[${column}]`);

/** Against a column of a file: `NAME[:KEYCOLUMN]`, or `OURS=NAME[:KEYCOLUMN]`. */
async function amountsOf(
  request: CompareRequest,
  file: string,
  side: Side,
  io: Io,
): Promise<Comparison | Ended> {
  const t = compareTexts(request.language);
  const [asked = ''] = request.columns;
  const [, ours, theirs = '', key] = /^(?:([^=]*)=)?([^:]*)(?::(.*))?$/s.exec(asked) ?? [];
  const refused = async (name: string, there: readonly string[]): Promise<Ended> => ({
    kind: 'ended',
    status: await refuse(io, request, 'unknown-name', t.unknownColumn(name, there), 2),
  });
  const columns = namedColumns([side], [(ours ?? theirs).trim()]);
  const [column] = typeof columns === 'string' ? [] : columns;
  if (column === undefined) return refused((ours ?? theirs).trim(), namesOf(allColumns([side])));
  if (request.group !== null && !hasColumn(side, column.table, request.group))
    return refused(request.group, []);
  const tables = await tablesOf(file);
  const found = oldAmounts(tables, theirs.trim(), key === undefined ? null : key.trim());
  if (found.kind === 'unknown') return refused(found.name, found.there);
  if (found.problems.length > 0)
    return { kind: 'ended', status: await answerProblems(io, request, found.problems, side.workbook.rules) };
  return { columns: [compareAmounts(side, column, found, request.group)] };
}

async function tablesOf(file: string): Promise<readonly SheetTable[]> {
  if (!/\.csv$/i.test(file)) return (await (await openBook(file)).read()).tables;
  const text = decodeText(await readBytes(file), file);
  return [csvTable(text, path.basename(file).replace(/\.csv$/i, ''), file)];
}
