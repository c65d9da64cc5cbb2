import { readFile } from 'node:fs/promises';
import { fileError, systemError } from '../bookError.ts';
import { breathe } from '../breathe.ts';
import type { BookChanges, OpenBook, OutputSheet, Progress, SourceLine, WriteReport } from '../port.ts';
import { saveFile } from '../save.ts';
import { extensionOf, readXlsx, type WrittenBook } from './book.ts';
import { charts } from './drawing.ts';
import { inspectBook } from './inspect.ts';

/** Opens a workbook file. Refuses with a BookError. */
export async function openXlsx(file: string): Promise<OpenBook> {
  return openXlsxBytes(await readBytes(file), file);
}

/** The bytes of a file. Refuses with a BookError. */
export async function readBytes(file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: unknown) => {
    throw systemError(file, error);
  });
}

/** Opens the bytes of a workbook; `file` is for problems only. Refuses with a BookError. */
export function openXlsxBytes(bytes: Uint8Array, file: string): OpenBook {
  const book = readXlsx(bytes, file, charts);
  const { rules, hasRules, names, problems, tables, read, ours, part, withSheets, withRules, withChanges } =
    book;

  async function save(out: string, written: WrittenBook): Promise<WriteReport> {
    await saveFile(out, written.bytes);
    return { path: out, sheets: written.sheets };
  }

  return {
    path: file,
    rules,
    hasRules,
    names,
    problems,
    tables,
    read,
    ours,
    part,
    inspect: async () => inspectBook(book.structure),
    async writeSheets(sheets: readonly OutputSheet[], out: string, progress?: Progress) {
      sameKind(file, out);
      await breathe(progress?.signal);
      return save(out, withSheets(sheets));
    },
    async writeRules(lines: readonly SourceLine[], out: string) {
      sameKind(file, out);
      return save(out, withRules(lines));
    },
    async write(changes: BookChanges, out: string, progress?: Progress) {
      sameKind(file, out);
      await breathe(progress?.signal);
      return save(out, withChanges(changes));
    },
  };
}

/** Refuses to write a workbook under another kind of name: Excel would not open one with macros called `.xlsx`. */
export function sameKind(file: string, out: string): void {
  const kind = extensionOf(out);
  if (kind !== (extensionOf(file) || '.xlsx')) throw fileError(out, 'unsupported', kind);
}
