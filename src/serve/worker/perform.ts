import { parseRules } from '../../../grammar/index.ts';
import { readAnchor, readPublicKey, verifyBook } from '../../audit/index.ts';
import { verificationJson } from '../../audit/verificationJson.ts';
import { openLedger } from '../../audit/verify.ts';
import { anchorFindings } from '../../audit/verifyLedger.ts';
import { explain as explainValue } from '../../engine/plain/index.ts';
import { DAY, isoOfMs, parseDate } from '../../exact/date.ts';
import { hasErrors } from '../../problems/errors.ts';
import { type Language, message } from '../../problems/messages/index.ts';
import type { Problem } from '../../problems/problem.ts';
import { explanationJson } from '../../report/explanationJson.ts';
import { runJson } from '../../report/json.ts';
import { knownOf } from '../../report/known.ts';
import { findTarget } from '../../report/target.ts';
import { suggestion } from '../../rules/names.ts';
import { BookError } from '../../workbook/bookError.ts';
import type { Progress } from '../../workbook/port.ts';
import { type Shelf, servedBooks } from '../books.ts';
import { faultAnswer } from '../faults.ts';
import { type Answer, bytesOf, type Job } from '../protocol.ts';
import { texts } from '../texts.ts';
import { chosen } from './chosen.ts';
import { inlineWorkbook } from './inline.ts';
import { type Computed, computeTables, type Kept, library } from './library.ts';
import { placedProblem, withoutPath } from './placed.ts';
import { type Read, requestReader, type Subject } from './requests.ts';

/** What a worker does. It refuses with the signal's reason where the job is cancelled. */
export type Perform = (job: Job, progress: Progress) => Promise<Answer>;

/** Length of a piece of an answer in characters, about. */
const PIECE = 1 << 18;

export function performer(shelves: readonly Shelf[]): Perform {
  const books = library(shelves);
  const reader = requestReader();

  /** What a subject comes to as of a day; an answer where that can't be told. */
  async function computed(
    subject: Subject,
    day: string,
    language: Language,
    progress: Progress,
  ): Promise<{ readonly asOf: number; readonly found: Computed } | Answer> {
    const asOf = parseDate(day);
    if (asOf === null || asOf % DAY !== 0)
      return faultAnswer('bad-request', language, { detail: texts(language).body.day, pointer: '/asOf' });
    if (!('book' in subject)) {
      const inline = inlineWorkbook(subject, language);
      if (inline.kind === 'wrong') return faultAnswer('bad-request', language, { ...inline.wrong });
      const file = parseRules(inline.workbook.rules);
      return { asOf, found: computeTables(file, inline.workbook, asOf, [], progress) };
    }
    const kept = await bookOf(subject.book, language);
    return 'status' in kept ? kept : { asOf, found: await books.compute(kept, asOf, progress) };
  }

  async function bookOf(name: string, language: Language): Promise<Kept | Answer> {
    const kept = await books.book(name);
    if (kept !== null) return kept;
    const near = suggestion(
      name,
      (await servedBooks(shelves)).map((book) => book.name),
    );
    return faultAnswer('unknown-book', language, {
      detail: texts(language).unknownBook(name, near),
      pointer: '/book',
    });
  }

  async function evaluate({ body, language }: Job, progress: Progress): Promise<Answer> {
    const read = reader.evaluate(body, language);
    if (read.kind === 'refused') return refused(read, language);
    const { request } = read;
    const done = await computed(request, request.asOf, language, progress);
    if ('status' in done) return done;
    const { run, problems, workbook } = done.found;
    if (run === null || hasErrors(problems)) return withErrors(problems, done.asOf, language);
    const narrow = request.statements === undefined ? null : chosen(run, request.statements);
    if (narrow?.kind === 'unknown')
      return faultAnswer('unknown-name', language, {
        detail: message(narrow.problem, language),
        pointer: `/statements/${narrow.index}`,
        problems: [placedProblem({ ...narrow.problem, severity: 'error' }, language)],
      });
    const digest = done.found.digests();
    const { program, results } = narrow?.run ?? run;
    return answer(function* () {
      yield `{ "digest": ${JSON.stringify(digest)}, "results": `;
      yield* runJson(program, workbook, results, language);
      yield '}\n';
    });
  }

  async function explain({ body, language }: Job, progress: Progress): Promise<Answer> {
    const read = reader.explain(body, language);
    if (read.kind === 'refused') return refused(read, language);
    const { name, key = null, ...request } = read.request;
    const done = await computed(request, request.asOf, language, progress);
    if ('status' in done) return done;
    const { run, problems, workbook, file } = done.found;
    if (run === null) return withErrors(problems, done.asOf, language);
    const found = findTarget({ ...run, workbook, file }, name, key, language);
    if (found.kind === 'refusal') {
      const { problem, said = message(problem, language) } = found;
      const pointer = problem.code === 'not-found' || problem.code === 'wrong-arguments' ? '/key' : '/name';
      const told = { ...placedProblem(problem, language), message: said };
      return faultAnswer('unknown-name', language, { detail: said, pointer, problems: [told] });
    }
    const reason =
      found.kind === 'cell'
        ? found.reason
        : explainValue(run.program, workbook, found.target, { known: knownOf(run.results) });
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    return answer(() => [`${JSON.stringify(explanationJson(done.asOf, found, errors, reason, language))}\n`]);
  }

  async function verify({ body, language }: Job, progress: Progress): Promise<Answer> {
    const read = reader.verify(body, language);
    if (read.kind === 'refused') return refused(read, language);
    const { book: name, anchors = [], keys = [] } = read.request;
    const known: CryptoKey[] = [];
    for (const [i, text] of keys.entries()) {
      const key = await readPublicKey(text);
      if (key === null)
        return faultAnswer('bad-request', language, {
          detail: texts(language).body.key,
          pointer: `/keys/${i}`,
        });
      known.push(key);
    }
    const kept = await bookOf(name, language);
    if ('status' in kept) return kept;
    const [first, ...others] = anchors.flatMap((line) => readAnchor(line) ?? []);
    const verification = await verifyBook(kept.book, {
      keys: known,
      progress,
      ...(first === undefined ? {} : { anchor: first }),
    });
    const { ledger, checked } = await openLedger(kept.book);
    const further = others.flatMap((anchor) => anchorFindings(ledger, checked.rows, anchor));
    const all = { ...verification, findings: [...verification.findings, ...further] };
    return answer(() => [`${JSON.stringify(verificationJson(all, language))}\n`]);
  }

  return async (job, progress) => {
    try {
      switch (job.work) {
        case 'evaluate':
          return await evaluate(job, progress);
        case 'explain':
          return await explain(job, progress);
        case 'verify':
          return await verify(job, progress);
        default: {
          const never: never = job.work;
          return never;
        }
      }
    } catch (error) {
      if (!(error instanceof BookError)) throw error;
      const problem = await withoutPath(error.problem, shelves);
      // A cell that can't be read is wrong data, not a wrong file.
      if (problem.code !== 'file') return withErrors([problem], null, job.language);
      return faultAnswer('unreadable-book', job.language, {
        detail: message(problem, job.language),
        problems: [placedProblem(problem, job.language)],
      });
    }
  };
}

function refused(read: Extract<Read<unknown>, { readonly kind: 'refused' }>, language: Language): Answer {
  return faultAnswer(read.code, language, { ...read.more });
}

function withErrors(problems: readonly Problem[], asOf: number | null, language: Language): Answer {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return faultAnswer('rules-or-data', language, {
    detail: texts(language).rulesOrData(errors),
    ...(asOf === null ? {} : { asOf: isoOfMs(asOf) }),
    problems: problems.map((problem) => placedProblem(problem, language)),
  });
}

/** JSON text as an answer, in pieces: a large one never stands in memory as one string. */
function answer(text: () => Iterable<string>): Answer {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let piece = '';
  for (const part of text()) {
    piece += part;
    if (piece.length < PIECE) continue;
    pieces.push(bytesOf(piece));
    piece = '';
  }
  if (piece !== '') pieces.push(bytesOf(piece));
  return { status: 200, type: 'application/json', pieces };
}
