import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import {
  DeliveryRefused,
  deliver as deliverBook,
  deliveryJsonReport,
  deliveryText,
  deliveryWords,
  planDelivered,
  type Report,
  stopsText,
  type Unrecorded,
} from '../../delivery/index.ts';
import { send } from '../../delivery/send/index.ts';
import { words } from '../../report/words.ts';
import { sourceWords } from '../../sources/words.ts';
import { BookError, systemError } from '../../workbook/bookError.ts';
import { openBook } from '../../workbook/open.ts';
import type { WriteReport } from '../../workbook/port.ts';
import { doerOf, refuse, refusePlan, writePlan } from '../audited.ts';
import type { Io, Status } from '../io.ts';
import type { DeliverRequest } from '../request.ts';
import { secretsOf, stampOf } from '../secrets.ts';
import { contextOf } from '../servers.ts';
import { texts } from '../texts.ts';

/** `allot deliver`: what was paid in a run to its destinations; the ledger gets a row of each that has it, at once. */
export async function deliver(request: DeliverRequest, io: Io): Promise<Status> {
  const { language, json, run, only, dryRun, again } = request;
  const w = deliveryWords(language);
  const out = request.out ?? request.book;
  const asked = { ...request, out };
  const doer = await doerOf(asked, io);
  if (typeof doer === 'number') return doer;
  if (doer.by.trim() === '') return refusePlan(io, request, { kind: 'no-name' });
  const secrets = await secretsOf(request.secrets, io);
  if (typeof secrets === 'string')
    return refuse(io, request, 'no-secret', sourceWords(language).cli.secretMissing(secrets), 2);
  const stamp = await stampOf(request.book);
  const book = await openBook(request.book);
  const context = contextOf(request, stamp.folder, secrets);
  // The ledger grows by a row a destination: each is written as soon as it is true.
  let latest = { file: request.book, stamp: stamp.text };
  let written: { readonly anchor: string; readonly report: WriteReport } | null = null;
  const result = await deliverBook(book, {
    run,
    only,
    dryRun,
    again,
    async send(destination, paying, content) {
      // What the ledger can't say afterwards is not sent: some destinations could not tell it from a second time.
      if ((await stampOf(latest.file)).text !== latest.stamp)
        throw new DeliveryRefused({ kind: 'changed-before' });
      await access(path.dirname(path.resolve(out)), constants.W_OK).catch((error: unknown) => {
        throw systemError(out, error, true);
      });
      return send(destination, paying, content, context);
    },
    async record(destination, paying, content): Promise<Unrecorded | null> {
      try {
        if ((await stampOf(latest.file)).text !== latest.stamp) return { kind: 'changed-meanwhile' };
        const now = await openBook(latest.file);
        const plan = await planDelivered(now, destination, paying, content, doer);
        if (plan.kind !== 'plan') return { kind: 'refusal', refusal: plan };
        if ((await stampOf(latest.file)).text !== latest.stamp) return { kind: 'changed-meanwhile' };
        const done = await writePlan(io, asked, now, plan);
        latest = { file: out, stamp: (await stampOf(out)).text };
        written = { anchor: plan.anchor, report: done };
        return null;
      } catch (error) {
        if (error instanceof BookError) return { kind: 'file', problem: error.problem };
        throw error;
      }
    },
  });
  if (result.kind === 'refusal') return refusePlan(io, request, result.refusal);
  if (result.kind === 'stopped') {
    const { stops } = result;
    if (json) {
      const problems = stops.map((stop) => ({ severity: 'error', code: stop.kind, message: w.stop(stop) }));
      await io.out([`${JSON.stringify({ problems }, null, 2)}\n`]);
    } else await io.err([stopsText(stops, language)]);
    return 2;
  }
  await answer(request, io, result.report, written);
  return statusOf(result.report);
}

type Written = { readonly anchor: string; readonly report: WriteReport } | null;

async function answer(
  { language, json, dryRun }: DeliverRequest,
  io: Io,
  report: Report,
  written: Written,
): Promise<void> {
  const w = deliveryWords(language);
  if (json) {
    const told = {
      ...(deliveryJsonReport(report, language) as object),
      anchor: written?.anchor ?? null,
      path: written?.report.path ?? null,
    };
    return io.out([`${JSON.stringify(told, null, 2)}\n`]);
  }
  const anchored = written === null ? '' : `\n${texts(language).anchorIs(written.anchor)}\n`;
  await io.out([`${deliveryText(report, language, io.width)}${anchored}`]);
  const of = words(language);
  const said = [
    ...(written === null ? [] : [of.wrote(written.report.path)]),
    ...(written?.report.sheets ?? []).map(({ sheet, ref }) => of.wroteSheet(sheet, ref)),
    ...(statusOf(report) === 0 ? [] : [w.failed]),
    ...(dryRun ? [w.dryRun] : written === null && statusOf(report) === 0 ? [w.nothingNew] : []),
  ];
  if (said.length > 0) await io.err([`\n${said.join('\n')}\n`]);
}

/** Reasons that lie in the data of the workbook, which rules or people mend. */
const DATA: readonly string[] = [
  'no-row',
  'several-rows',
  'error-value',
  'same-member',
  'no-department',
  'decimals',
  'digits',
  'period-delivered',
];

/** 0 where every destination has it and the ledger says so; 1 where data stand against it; 2 for all else. */
function statusOf({ destinations }: Report): Status {
  let status: Status = 0;
  for (const { outcome } of destinations) {
    if (outcome.kind === 'refused') {
      if (!DATA.includes(outcome.refused.kind)) return 2;
      status = 1;
    } else if ('unrecorded' in outcome && outcome.unrecorded !== null) return 2;
  }
  return status;
}
