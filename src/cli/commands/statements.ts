import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isError } from '../../audit/findings.ts';
import { LEDGER_SHEET, type LedgerCells, readLedger } from '../../audit/index.ts';
import {
  compile,
  contentDigest,
  fileNamer,
  makeStatements,
  pageFrame,
  type Statements,
  seedName,
  statementPage,
} from '../../audit/statements/index.ts';
import { statementMessages } from '../../audit/statements/messages.ts';
import { openLedger } from '../../audit/verify.ts';
import { isoOfMs } from '../../exact/date.ts';
import { foldText } from '../../exact/value.ts';
import { hasErrors } from '../../problems/errors.ts';
import { words } from '../../report/words.ts';
import { systemError } from '../../workbook/bookError.ts';
import type { OpenBook } from '../../workbook/port.ts';
import { answerProblems } from '../answer.ts';
import { refuse } from '../audited.ts';
import { compute } from '../compute.ts';
import type { Io, Status } from '../io.ts';
import { watch } from '../progress.ts';
import type { StatementsRequest } from '../request.ts';
import { texts } from '../texts.ts';

/** Files that are written at once. */
const AT_ONCE = 16;

/** `allot statements`: a file a person into a new folder: all of them, or nothing at all. */
export async function statements(request: StatementsRequest, io: Io): Promise<Status> {
  const { language, asOf, out, keys, json } = request;
  const t = texts(language);
  const say = statementMessages(language);
  if (!(await isFree(out))) return refuse(io, request, 'folder-not-empty', say.folderNotEmpty(out), 2, asOf);
  const { loaded, run, problems } = await compute(request.book, asOf, io, t);
  const { workbook, book, file } = loaded;
  if (run === null || hasErrors(problems)) {
    const status = await answerProblems(io, request, problems, workbook.rules);
    if (!json) await io.out([`${words(language).nothingComputed}\n`]);
    return status;
  }
  const found = await paidRun(book, isoOfMs(asOf));
  if (found === 'broken') return refuse(io, request, 'ledger-broken', say.ledgerBroken, 1, asOf);
  const paid = found;
  const making = watch(io, say.making);
  let all: Statements;
  try {
    all = makeStatements({ ...run, workbook, file }, paid?.seed ?? null, making.report);
  } finally {
    making.stop();
  }
  const { maker, made, tree } = all;
  if (tree === null) return refuse(io, request, 'no-statements', say.noStatements, 1, asOf);
  if (paid !== null && tree.root !== paid.row.Statements)
    return refuse(io, request, 'statements-differ', say.differ(paid.row.Number), 1, asOf);
  const wanted = keys.map((key) => foldText(key.trim()));
  const missing = keys.find((_, i) => !maker.targets.some(({ key }) => foldText(key) === wanted[i]));
  if (missing !== undefined) return refuse(io, request, 'no-such-key', say.noSuchKey(missing), 2, asOf);
  const written = await write();
  const answer = { asOf: isoOfMs(asOf), folder: out, run: paid?.row.Number ?? null, files: written };
  if (json) await io.out([`${JSON.stringify(answer, null, 2)}\n`]);
  else
    await io.out([
      `${say.wrote(written.length, out)}\n${paid === null ? say.draft : say.proven(paid.row.Number)}\n`,
    ]);
  return 0;

  /** First into a folder beside the wanted one, which then takes its name. */
  async function write(): Promise<readonly { readonly key: string; readonly file: string }[]> {
    const writing = watch(io, t.writing);
    const folder = path.resolve(out);
    const files: { key: string; file: string }[] = [];
    let temporary: string | null = null;
    try {
      await mkdir(path.dirname(folder), { recursive: true });
      const beside = path.join(path.dirname(folder), `.${path.basename(folder)}.${randomUUID()}`);
      await mkdir(beside);
      temporary = beside;
      const [first] = made;
      const compiled = first === undefined ? null : compile(first.content, first.places);
      if (compiled === null) throw new RangeError('rules that were computed do not compile');
      const frame = { ...pageFrame(), memo: all.memo };
      const nameOf = fileNamer();
      let open: Promise<void>[] = [];
      for (const [i, target] of maker.targets.entries()) {
        const one = made[i];
        // Names are given to all, so that a person's file is called alike whoever else is asked for.
        const name = nameOf(target.key);
        if (one === undefined || (wanted.length > 0 && !wanted.includes(foldText(target.key)))) continue;
        writing.report(i, maker.targets.length);
        const path_ = paid === null ? null : tree?.path(contentDigest(one.content, all.memo));
        const proof = paid === null || path_ == null ? null : { path: path_, row: paid.row };
        const page = statementPage(compiled, { ...one, language, proof }, frame);
        if (page === null) throw new RangeError(`the statement of ${target.key} can't be shown`);
        open.push(writeFile(path.join(beside, name), page));
        files.push({ key: target.key, file: name });
        if (open.length < AT_ONCE) continue;
        await Promise.all(open);
        open = [];
      }
      await Promise.all(open);
      // An empty folder of that name gives way.
      await rmdir(folder).catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      });
      await rename(beside, folder);
      temporary = null;
    } catch (error) {
      if (error instanceof RangeError) throw error;
      throw systemError(out, error, true);
    } finally {
      writing.stop();
      if (temporary !== null) await rm(temporary, { recursive: true, force: true });
    }
    return files;
  }
}

/** Whether there is nothing of that name, or an empty folder. */
async function isFree(out: string): Promise<boolean> {
  const found = await stat(out).catch(() => null);
  if (found === null) return true;
  return found.isDirectory() && (await readdir(out)).length === 0;
}

interface Paid {
  readonly row: LedgerCells;
  readonly seed: string;
}

/** The last payment as of a date, with the seed of its statements; null where there is none. */
async function paidRun(book: OpenBook, asOf: string): Promise<Paid | 'broken' | null> {
  const ledger = readLedger(await book.ours(LEDGER_SHEET));
  const row = ledger.rows.findLast(({ cells }) => cells.Event === 'paid' && cells['As of'] === asOf)?.cells;
  if (row === undefined || row.Statements === '') return null;
  const { checked } = await openLedger(book);
  if (checked.findings.some(isError)) return 'broken';
  return { row, seed: (await book.part(seedName(row.Number))) ?? '' };
}
