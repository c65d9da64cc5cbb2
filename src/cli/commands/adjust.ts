import type { RunAdjustments } from '../../audit/compare/adjust.ts';
import { adjustmentJson, adjustmentObject, adjustmentText } from '../../audit/compare/adjustText.ts';
import { allColumns, type ColumnName, namedColumns } from '../../audit/compare/columns.ts';
import type { PaidRun, Refusal } from '../../audit/index.ts';
import { adjustmentsOf, type Doer, paidSoFar, planAdjustment } from '../../audit/index.ts';
import { parseDate } from '../../exact/date.ts';
import { hasErrors } from '../../problems/errors.ts';
import { problemsText } from '../../report/problems.ts';
import { openBook } from '../../workbook/open.ts';
import type { OpenBook } from '../../workbook/port.ts';
import { answerProblems } from '../answer.ts';
import { answerPlan, doerOf, refuse, refusePlan, writePlan } from '../audited.ts';
import { compareTexts } from '../compareTexts.ts';
import { compute } from '../compute.ts';
import type { Io, Status } from '../io.ts';
import type { AdjustRequest, AdjustWrite } from '../request.ts';
import { texts } from '../texts.ts';

/** `allot adjust`: what paid periods come to now, less what was paid; with `--out` it is given. */
export async function adjust(request: AdjustRequest, io: Io): Promise<Status> {
  const { language, json, write } = request;
  const doer = write === null ? null : await doerOf({ ...request, ...write }, io);
  if (typeof doer === 'number') return doer;
  const runs: RunAdjustments[] = [];
  const book = await openBook(request.book);
  for (const run of request.runs) {
    const known = await paidSoFar(book, run);
    if (known.kind !== 'paid') return refusedRun(request, io, known);
    const asOf = parseDate(known.paid.asOf) ?? 0;
    const { loaded, run: done, problems } = await compute(request.book, asOf, io, texts(language));
    const { workbook, file, book: read } = loaded;
    if (done === null || hasErrors(problems))
      return answerProblems(io, { language, json, asOf }, problems, workbook.rules);
    const now: PaidRun = { ...done, workbook, file };
    if (write !== null && doer !== null) {
      if (!json && problems.length > 0)
        await io.err([`${problemsText(problems, workbook.rules, language)}\n`]);
      return give(request, write, read, run, now, doer, io);
    }
    const columns = columnsAsked(request.columns, now);
    if (typeof columns === 'string') {
      const there = allColumns([now]).map(({ table, column }) => `${table}[${column}]`);
      return refuse(io, request, 'unknown-name', compareTexts(language).unknownColumn(columns, there), 2);
    }
    runs.push(adjustmentsOf(known, now, columns));
  }
  if (json) await io.out([adjustmentJson(runs)]);
  else await io.out(adjustmentText(runs, language, io.width));
  return 0;
}

/** Undefined for all of them; a text where there is no such column. */
function columnsAsked(asked: readonly string[], now: PaidRun): readonly ColumnName[] | string | undefined {
  return asked.length === 0 ? undefined : namedColumns([now], asked);
}

/** Writes an adjustment: its sheets, its record and a row of the ledger in one go, or nothing at all. */
async function give(
  request: AdjustRequest,
  write: AdjustWrite,
  book: OpenBook,
  run: string,
  now: PaidRun,
  doer: Doer,
  io: Io,
): Promise<Status> {
  const { language, json } = request;
  const { override } = write;
  const plan = await planAdjustment(book, run, now, doer, { override, language });
  if (plan.kind !== 'plan') return refusedRun(request, io, plan);
  const written = await writePlan(io, { ...request, ...write }, book, plan);
  if (!json) await io.out(adjustmentText([plan.adjustments], language, io.width));
  const { row } = plan;
  const unused = override !== null && !row.Note.includes('; ') ? `\n${texts(language).overrideUnused}` : '';
  return answerPlan(io, request, plan, written, `${compareTexts(language).adjusted(row, run)}${unused}`, {
    runs: [adjustmentObject(plan.adjustments)],
  });
}

function refusedRun(request: AdjustRequest, io: Io, refusal: Refusal): Promise<Status> {
  const t = compareTexts(request.language);
  switch (refusal.kind) {
    case 'no-run':
      return refuse(io, request, refusal.kind, t.noRun(refusal.run, refusal.runs), 2);
    case 'record-missing':
      return refuse(io, request, 'no-record', t.noRecord(refusal.run), 2);
    case 'record-changed':
      return refuse(io, request, refusal.kind, t.brokenLedger(refusal.run), 2);
    default:
      return refusePlan(io, request, refusal);
  }
}
