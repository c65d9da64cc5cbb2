import {
  adjustmentJson,
  adjustmentSheet,
  adjustments,
  adjustmentText,
  type PaidAmounts,
  paidAmounts,
  type RunAdjustments,
} from '../../audit/compare/adjust.ts';
import { allColumns, namedColumns, payColumns } from '../../audit/compare/compare.ts';
import { LEDGER_SHEET, readLedger, recordName, rowsOf } from '../../audit/ledger.ts';
import { readRecord } from '../../audit/record.ts';
import { parseDate } from '../../exact/date.ts';
import { words } from '../../report/words.ts';
import { openBook } from '../../workbook/open.ts';
import type { OpenBook } from '../../workbook/port.ts';
import { answerProblems, hasErrors } from '../answer.ts';
import { refuse } from '../audited.ts';
import { compareTexts } from '../compareTexts.ts';
import { compute } from '../compute.ts';
import type { Io, Status } from '../io.ts';
import type { AdjustRequest } from '../request.ts';
import { texts } from '../texts.ts';

/** `allot adjust`: what paid periods come to now, less what was paid. */
export async function adjust(request: AdjustRequest, io: Io): Promise<Status> {
  const { language, json, out } = request;
  const t = compareTexts(language);
  const book = await openBook(request.book);
  const runs: RunAdjustments[] = [];
  for (const run of new Set(request.paid)) {
    const paid = await paidRun(book, run);
    if (typeof paid === 'string') return refuse(io, request, paid, await said(book, paid, run), 2);
    const asOf = parseDate(paid.asOf) ?? 0;
    const { loaded, run: done, problems } = await compute(request.book, asOf, io, texts(language));
    if (done === null || hasErrors(problems))
      return answerProblems(io, { language, json, asOf }, problems, loaded.workbook.rules);
    const side = { ...done, workbook: loaded.workbook };
    const columns = request.columns.length === 0 ? payColumns([side]) : namedColumns([side], request.columns);
    if (typeof columns === 'string') {
      const there = allColumns([side]).map(({ table, column }) => `${table}[${column}]`);
      return refuse(io, request, 'unknown-name', t.unknownColumn(columns, there), 2);
    }
    runs.push(adjustments(paid, side, columns));
  }
  const written = out === null ? null : await book.writeSheets([adjustmentSheet(runs, language)], out);
  if (json) await io.out([adjustmentJson(runs)]);
  else await io.out(adjustmentText(runs, language, io.width));
  if (written !== null) {
    const w = words(language);
    const lines = [
      w.wrote(written.path),
      ...written.sheets.map(({ sheet, ref }) => w.wroteSheet(sheet, ref)),
    ];
    await io.err([`${lines.join('\n')}\n`]);
  }
  return 0;

  async function said(from: OpenBook, why: Missing, run: string): Promise<string> {
    if (why === 'no-record') return t.noRecord(run);
    if (why === 'record-changed') return t.brokenLedger(run);
    const ledger = readLedger(await from.ours(LEDGER_SHEET));
    return t.noRun(
      run,
      rowsOf(ledger, 'paid').map(({ cells }) => cells.Number),
    );
  }
}

type Missing = 'no-run' | 'no-record' | 'record-changed';

/** What a run paid, from its record, whose digest the ledger vouches for. */
async function paidRun(book: OpenBook, run: string): Promise<PaidAmounts | Missing> {
  const ledger = readLedger(await book.ours(LEDGER_SHEET));
  const row = rowsOf(ledger, 'paid').find(({ cells }) => cells.Number === run);
  if (row === undefined) return 'no-run';
  const kept = readRecord(await book.part(recordName(run)), row.cells.Record);
  switch (kept.kind) {
    case 'missing':
      return 'no-record';
    case 'changed':
      return 'record-changed';
    case 'record':
      return paidAmounts(kept.record);
    default: {
      const never: never = kept;
      return never;
    }
  }
}
