import { periodLock } from '../../audit/index.ts';
import { type ColumnOptions, freshStats, type Stats } from '../../engine/columns/index.ts';
import { isoOfMs } from '../../exact/date.ts';
import { hasErrors } from '../../problems/errors.ts';
import { runJson } from '../../report/json.ts';
import { problemsText } from '../../report/problems.ts';
import { resultSheets } from '../../report/sheets.ts';
import { runText } from '../../report/text.ts';
import { words } from '../../report/words.ts';
import type { OpenBook, OutputSheet, WriteReport } from '../../workbook/port.ts';
import { answerProblems } from '../answer.ts';
import { refuse } from '../audited.ts';
import { computeLoaded, loadBook } from '../compute.ts';
import type { Io, Status } from '../io.ts';
import { watch } from '../progress.ts';
import type { RunRequest } from '../request.ts';
import { withSet } from '../setting.ts';
import { texts } from '../texts.ts';

/** Rows of each table that are shown to people. */
const ROWS = 10;

/** `allot run`: computes, writes `--out`, and shows the results; with an error nothing but the problems. */
export async function run(request: RunRequest, io: Io): Promise<Status> {
  const { language, json, out } = request;
  const w = words(language);
  const t = texts(language);
  const start = performance.now();
  const opened = await loadBook(request.book, request.asOf, io, t);
  const read = performance.now();
  const others = opened.book.tables.filter(
    ({ name }) => !opened.workbook.tables.some((table) => table.name === name),
  );
  const set = withSet(opened, request.asOf, others, request.set, language);
  if (set.kind === 'refused') return refuse(io, request, set.code, set.said, 2, request.asOf);
  let stats: Readonly<Stats> | null = null;
  const options: ColumnOptions = {
    stats: (found) => {
      stats = found;
    },
  };
  const { loaded, run: done, problems } = computeLoaded({ ...opened, ...set }, io, t, options);
  const evaluated = performance.now();
  if (done === null || hasErrors(problems)) {
    const status = await answerProblems(io, request, problems, loaded.workbook.rules);
    if (!json) await io.out([`${w.nothingComputed}\n`]);
    return status;
  }
  const { program, results } = done;
  if (out !== null) {
    const day = isoOfMs(request.asOf);
    const lock = await periodLock(loaded.book, day);
    if (lock !== null) return refuse(io, request, 'period-locked', t.lockedRun(day, lock), 1, request.asOf);
  }
  // First the file: what is shown as done has been written.
  const written =
    out === null
      ? null
      : await write(loaded.book, resultSheets(program, loaded.workbook, results, language), out);
  if (json) await io.out(runJson(program, loaded.workbook, results, language));
  else {
    await io.out(runText(program, loaded.workbook, results, { language, rows: ROWS, width: io.width }));
    if (problems.length > 0) await io.out([`\n${problemsText(problems, loaded.workbook.rules, language)}`]);
  }
  if (written !== null) {
    const lines = [
      w.wrote(written.path),
      ...written.sheets.map(({ sheet, ref }) => w.wroteSheet(sheet, ref)),
    ];
    await io.err([`${json ? '' : '\n'}${lines.join('\n')}\n`]);
  }
  if (request.stats) {
    const how = t.computedSo({
      ...(stats ?? freshStats()),
      read: read - start,
      evaluated: evaluated - read,
      columns: program.columns.length,
    });
    await io.err([`${json ? '' : '\n'}${how}\n`]);
  }
  return 0;

  /** Writes the sheets, with a bar for people where that takes long. */
  function write(book: OpenBook, sheets: readonly OutputSheet[], path: string): Promise<WriteReport> {
    const writing = watch(io, t.writing);
    return book.writeSheets(sheets, path, writing).finally(() => writing.stop());
  }
}
