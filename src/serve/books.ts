import type { BigIntStats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileError, systemError } from '../workbook/bookError.ts';

/** Something of the command line that is served: one book, or a folder whose books are found when they are asked for. */
export type Shelf =
  | { readonly kind: 'book'; readonly name: string; readonly path: string }
  | { readonly kind: 'books'; readonly path: string };

/** A book that may be asked for by its name. */
export interface ServedBook {
  readonly name: string;
  readonly kind: 'workbook' | 'folder';
  /** Without links in it. Never sent to anybody. */
  readonly path: string;
  /** When it was changed last, in milliseconds. */
  readonly modified: number;
  readonly bytes: number;
  /** Another one where the book was written to: times, sizes and inodes of its files. */
  readonly stamp: string;
}

const WORKBOOK = /^[^.~].*\.xls[xm]$/i;
const OF_FOLDER = /^[^.~].*\.(?:csv|allot)$/i;
const RULES = /^[^.~].*\.allot$/i;

/**
 * What paths of the command line mean: a workbook, a folder that is a book (it has `.allot` rules), or a folder of books.
 * Refuses with a BookError.
 */
export async function shelvesOf(paths: readonly string[]): Promise<readonly Shelf[]> {
  return Promise.all(
    paths.map(async (asked): Promise<Shelf> => {
      const real = await realpath(asked).catch((error: unknown) => {
        throw systemError(asked, error);
      });
      // What it is called where it was named; a link of that name is its owner's own doing.
      const name = nameOf(path.basename(path.resolve(asked)));
      if ((await stat(real)).isDirectory())
        return (await filesOf(real)).some((file) => RULES.test(file))
          ? { kind: 'book', name, path: real }
          : { kind: 'books', path: real };
      if (!WORKBOOK.test(name)) throw fileError(asked, 'unsupported');
      return { kind: 'book', name, path: real };
    }),
  );
}

/**
 * Books that are served now, in the order of the command line, then of their names. Left out is what a link leads to
 * outside its folder, and what can't be looked at. Of two that are called alike the first counts.
 */
export async function servedBooks(shelves: readonly Shelf[]): Promise<readonly ServedBook[]> {
  const lists = await Promise.all(shelves.map(booksOf));
  const books = new Map<string, ServedBook>();
  for (const book of lists.flat()) if (!books.has(book.name)) books.set(book.name, book);
  return [...books.values()];
}

/** The names that more than one book has. */
export async function namesTwice(shelves: readonly Shelf[]): Promise<readonly string[]> {
  const names = (await Promise.all(shelves.map(booksOf))).flat().map(({ name }) => name);
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

/**
 * The book of a name. Names are compared, never put together into a path: what is not among the served ones is not
 * there. Null where there is none.
 */
export async function findBook(shelves: readonly Shelf[], asked: string): Promise<ServedBook | null> {
  const name = nameOf(asked);
  for (const shelf of shelves) {
    if (shelf.kind === 'book') {
      const book = shelf.name === name ? await bookAt(shelf.name, shelf.path, shelf.path) : null;
      if (book !== null) return book;
      continue;
    }
    const entry = (await entriesOf(shelf.path)).find((one) => nameOf(one) === name);
    const book = entry === undefined ? null : await entryOf(shelf.path, entry);
    if (book !== null) return book;
  }
  return null;
}

/** File systems differ in how they keep accents. */
const nameOf = (name: string): string => name.normalize('NFC');

async function booksOf(shelf: Shelf): Promise<readonly ServedBook[]> {
  if (shelf.kind === 'book') {
    const book = await bookAt(shelf.name, shelf.path, shelf.path);
    return book === null ? [] : [book];
  }
  const books = await Promise.all((await entriesOf(shelf.path)).map((entry) => entryOf(shelf.path, entry)));
  return books.filter((book) => book !== null);
}

function entryOf(folder: string, entry: string): Promise<ServedBook | null> {
  return bookAt(nameOf(entry), path.join(folder, entry), folder);
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder).catch(() => []);
  return entries.filter((entry) => !/^[.~]/.test(entry)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A book with what tells whether it changed; null where there is none, or where a part of it lies outside `root`. */
async function bookAt(name: string, at: string, root: string): Promise<ServedBook | null> {
  const real = await insideOf(at, root);
  const found = real === null ? null : await stat(real, { bigint: true }).catch(() => null);
  if (real === null || found === null) return null;
  if (!found.isDirectory())
    return WORKBOOK.test(name) && found.isFile()
      ? { name, kind: 'workbook', path: real, ...sums([found]), stamp: stampOf(real, found) }
      : null;
  const files = await filesOf(real);
  if (!files.some((file) => RULES.test(file))) return null;
  const parts: BigIntStats[] = [];
  const stamps: string[] = [];
  for (const file of files) {
    const part = await insideOf(path.join(real, file), root);
    const stats = part === null ? null : await stat(part, { bigint: true }).catch(() => null);
    if (part === null || stats === null || !stats.isFile()) return null;
    parts.push(stats);
    stamps.push(stampOf(file, stats));
  }
  return { name, kind: 'folder', path: real, ...sums(parts), stamp: stamps.join('\n') };
}

function sums(files: readonly BigIntStats[]): Pick<ServedBook, 'modified' | 'bytes'> {
  return {
    modified: Math.max(...files.map(({ mtimeMs }) => Number(mtimeMs))),
    bytes: files.reduce((sum, { size }) => sum + Number(size), 0),
  };
}

const stampOf = (file: string, { mtimeNs, size, ino }: BigIntStats): string =>
  JSON.stringify([file, String(mtimeNs), String(size), String(ino)]);

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory() && OF_FOLDER.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** A path without links; null where it leads out of a folder, or nowhere. */
async function insideOf(at: string, root: string): Promise<string | null> {
  const real = await realpath(at).catch(() => null);
  if (real === null) return null;
  const way = path.relative(root, real);
  const outside = way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way);
  return outside ? null : real;
}
