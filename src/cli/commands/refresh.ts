import path from 'node:path';
import { LEDGER_SHEET } from '../../audit/index.ts';
import { parseDate } from '../../exact/date.ts';
import { words } from '../../report/words.ts';
import { fetchSource } from '../../sources/fetch/index.ts';
import {
  planRefresh,
  type Refreshed,
  refreshJson,
  refreshText,
  sourceWords,
  stageRefresh,
  stops,
} from '../../sources/index.ts';
import { openBook } from '../../workbook/open.ts';
import { answerProblems } from '../answer.ts';
import { doerOf, refuse, refusePlan, writePlan } from '../audited.ts';
import type { Io, Status } from '../io.ts';
import { watch } from '../progress.ts';
import type { RefreshRequest } from '../request.ts';
import { secretsOf, stampOf } from '../secrets.ts';
import { contextOf } from '../servers.ts';
import { texts } from '../texts.ts';

/** `allot refresh`: tables from their sources, all of them or none; shown before they are written. */
export async function refresh(request: RefreshRequest, io: Io): Promise<Status> {
  const { language, json } = request;
  const t = sourceWords(language);
  const doer = await doerOf({ ...request, out: request.out ?? request.book }, io);
  if (typeof doer === 'number') return doer;
  const secrets = await secretsOf(request.secrets, io);
  if (typeof secrets === 'string') return refuse(io, request, 'no-secret', t.cli.secretMissing(secrets), 2);
  const stamp = await stampOf(request.book);
  if (stamp.folder && request.out === null && !request.dryRun)
    return refuse(io, request, 'wrong-arguments', t.cli.folderNeedsOut, 2);
  const book = await openBook(request.book);
  const fetching = watch(io, t.cli.fetching);
  const context = contextOf(request, stamp.folder, secrets);
  const staged = await stageRefresh(book, {
    only: request.only,
    today: parseDate(io.today) ?? 0,
    fetch: (source) => fetchSource(source, context),
    progress: fetching,
  }).finally(() => fetching.stop());
  if (staged.kind === 'rules')
    return answerProblems(io, { language, json, asOf: null }, staged.problems, book.rules);
  const { report, tables } = staged;
  const stopped = stops(report.issues, request.accept);
  if (stopped || request.dryRun || tables.length === 0) {
    await tell(request, io, staged, null, hintOf(request, staged, stopped));
    return stopped ? statusOf(staged) : 0;
  }
  const plan = await planRefresh(book, staged, doer);
  if (plan.kind !== 'plan') return refusePlan(io, request, plan);
  const out = request.out ?? request.book;
  const now = await stampOf(request.book);
  if (path.resolve(out) === path.resolve(request.book) && now.text !== stamp.text)
    return refuse(io, request, 'changed-meanwhile', t.cli.changedMeanwhile, 2);
  // What is going to be written is shown first.
  if (!json) await io.out([refreshText(report, language, io.width)]);
  const written = await writePlan(io, { ...request, out }, book, plan);
  const { row, anchor } = plan;
  if (json) {
    const told = { ...(refreshJson(report, language) as object), row, anchor, path: written.path };
    await io.out([`${JSON.stringify(told, null, 2)}\n`]);
    return 0;
  }
  const names = tables.map(({ table }) => table);
  await io.out([`\n${t.refreshed(names, row.By)}\n${texts(language).anchorIs(anchor)}\n`]);
  const w = words(language);
  const shown = written.sheets.filter(({ asked }) => names.includes(asked) || asked === LEDGER_SHEET);
  await io.err([
    `\n${[w.wrote(written.path), ...shown.map(({ sheet, ref }) => w.wroteSheet(sheet, ref))].join('\n')}\n`,
  ]);
  return 0;
}

type Staged = Extract<Refreshed, { readonly kind: 'staged' }>;

/** 2 where the sheet of sources, a source or a file is wrong; 1 where what came is. */
function statusOf({ report: { issues } }: Staged): Status {
  const outside = ['no-sheet', 'no-column', 'bad-cell', 'unknown-table', 'twice', 'not-asked', 'fault'];
  return issues.some(({ kind }) => outside.includes(kind)) ? 2 : 1;
}

function hintOf({ language, dryRun }: RefreshRequest, { report }: Staged, stopped: boolean): string {
  const t = sourceWords(language);
  if (stopped)
    return report.issues.some(({ severity }) => severity === 'error')
      ? t.nothingWritten
      : `${t.nothingWritten}${language === 'en' ? ' ' : ''}${t.acceptHint}`;
  return dryRun ? t.dryRun : t.nothingChanged;
}

async function tell(
  { language, json }: RefreshRequest,
  io: Io,
  { report }: Staged,
  written: string | null,
  hint: string,
): Promise<void> {
  if (json) {
    const told = { ...(refreshJson(report, language) as object), path: written };
    await io.out([`${JSON.stringify(told, null, 2)}\n`]);
    return;
  }
  await io.out([refreshText(report, language, io.width)]);
  await io.err([`\n${hint}\n`]);
}
