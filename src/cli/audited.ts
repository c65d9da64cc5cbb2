import { readFile } from 'node:fs/promises';
import { type Doer, type Plan, type Refusal, readPrivateKey } from '../audit/index.ts';
import { auditWords } from '../audit/words.ts';
import { isoOfMs } from '../exact/date.ts';
import type { Language } from '../problems/messages/index.ts';
import { words } from '../report/words.ts';
import { systemError } from '../workbook/bookError.ts';
import type { OpenBook, WriteReport } from '../workbook/port.ts';
import type { Io, Status } from './io.ts';
import { watch } from './progress.ts';
import { texts } from './texts.ts';

interface Asked {
  readonly language: Language;
  readonly json: boolean;
}

/** What the commands that add to the ledger have in common. */
export interface DoerRequest extends Asked {
  readonly by: string;
  readonly out: string;
  /** A file with a private key. */
  readonly sign: string | null;
}

/** Something that is not done, and why: a sentence on stderr, or an object like that of problems. */
export async function refuse(
  io: Io,
  { language, json }: Asked,
  code: string,
  said: string,
  status: Status,
  asOf: number | null = null,
): Promise<Status> {
  if (json) {
    const problems = [{ severity: 'error', code, message: said }];
    const object = { ...(asOf === null ? {} : { asOf: isoOfMs(asOf) }), problems };
    await io.out([`${JSON.stringify(object, null, 2)}\n`]);
  } else await io.err([`${words(language).severity.error}${language === 'en' ? ': ' : '：'}${said}\n`]);
  return status;
}

export function refusePlan(
  io: Io,
  asked: Asked,
  refusal: Refusal,
  asOf: number | null = null,
): Promise<Status> {
  const status = refusal.kind === 'no-name' || refusal.kind === 'no-run' ? 2 : 1;
  return refuse(io, asked, refusal.kind, auditWords(asked.language).refusal(refusal), status, asOf);
}

/** Who does it and when; a status where the key is none. Refuses with a BookError where it can't be read. */
export async function doerOf(request: DoerRequest, io: Io): Promise<Doer | Status> {
  const { by, sign } = request;
  const time = new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
  if (sign === null) return { by, time, key: null };
  const key = await readPrivateKey(await readText(sign));
  if (key === null) return refuse(io, request, 'bad-key', texts(request.language).badPrivateKey(sign), 2);
  return { by, time, key };
}

export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw systemError(file, error);
  });
}

/** Writes a plan, with a bar for people where that takes long. */
export async function writePlan(
  io: Io,
  { language, out }: DoerRequest,
  book: OpenBook,
  { changes }: Plan,
): Promise<WriteReport> {
  const writing = watch(io, texts(language).writing);
  return book.write(changes, out, writing).finally(() => writing.stop());
}

/** Says what was done: the ledger's row, where it was written, and the line that proves it. */
export async function answerPlan(
  io: Io,
  { language, json }: Asked,
  { row, anchor }: Plan,
  written: WriteReport,
  said: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Status> {
  const w = words(language);
  if (json) await io.out([`${JSON.stringify({ row, anchor, path: written.path, ...more }, null, 2)}\n`]);
  else await io.out([`${said}\n${texts(language).anchorIs(anchor)}\n`]);
  const lines = [w.wrote(written.path), ...written.sheets.map(({ sheet, ref }) => w.wroteSheet(sheet, ref))];
  await io.err([`${json ? '' : '\n'}${lines.join('\n')}\n`]);
  return 0;
}
