import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { formatRules, formatText, linesOfText, parseRules, sheetCells } from '../../../grammar/index.ts';
import type { Problem } from '../../problems/problem.ts';
import { problemsText } from '../../report/problems.ts';
import { words } from '../../report/words.ts';
import { fileError, systemError } from '../../workbook/bookError.ts';
import { decodeText } from '../../workbook/csv/decode.ts';
import { openBook } from '../../workbook/open.ts';
import { answerProblems } from '../answer.ts';
import type { Io, Status } from '../io.ts';
import type { RulesRequest } from '../request.ts';

/** `allot rules`: the rules as text; with `--from` and `--out`, a text file's rules into a workbook. */
export async function rules(request: RulesRequest, io: Io): Promise<Status> {
  return request.put === null ? print(request, io) : put(request, request.put, io);
}

async function print({ book: bookPath, format, language }: RulesRequest, io: Io): Promise<Status> {
  const book = await openBook(bookPath);
  if (!book.hasRules) throw fileError(bookPath, 'no-rules');
  const lines = format ? formatRules(parseRules(book.rules)) : sheetCells(book.rules);
  await io.out([formatText(lines)]);
  // A cell that is no line of rules would be missing in the text.
  if (book.problems.length === 0) return 0;
  await io.err([problemsText(book.problems, book.rules, language)]);
  return 1;
}

async function put(
  { book: bookPath, language }: RulesRequest,
  { from, out }: NonNullable<RulesRequest['put']>,
  io: Io,
): Promise<Status> {
  const lines = linesOfText(path.basename(from), await readRules(from));
  const file = parseRules(lines);
  const problems = file.problems.map(({ span, ...data }): Problem => {
    const line = lines[span.line]?.place ?? { kind: 'text', file: path.basename(from), line: span.line + 1 };
    return { ...data, severity: 'error', at: { kind: 'rule', line, start: span.start, end: span.end } };
  });
  if (problems.length > 0) return answerProblems(io, { language, json: false, asOf: null }, problems, lines);
  const book = await openBook(bookPath);
  const written = await book.writeRules(sheetCells(lines), out);
  const w = words(language);
  const said = [w.wrote(written.path), ...written.sheets.map(({ sheet, ref }) => w.wroteSheet(sheet, ref))];
  await io.err([`${said.join('\n')}\n`]);
  return 0;
}

async function readRules(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw systemError(file, error);
  });
  return decodeText(bytes, file);
}
