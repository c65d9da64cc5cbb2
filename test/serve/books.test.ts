import { cpSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBook, namesTwice, servedBooks, shelvesOf } from '../../src/serve/books.ts';
import { BookError } from '../../src/workbook/bookError.ts';
import { ROOT } from '../cli/bundle.ts';
import { scratch } from '../cli/files.ts';

const SMALL = path.join(ROOT, 'samples/small.xlsx');

/** `served/` with a workbook, a book as a folder, and things that are neither; `beside/` with the same. */
function folders(): { readonly served: string; readonly beside: string } {
  const root = scratch();
  for (const name of ['served', 'beside']) {
    const folder = path.join(root, name);
    mkdirSync(path.join(folder, 'march'), { recursive: true });
    mkdirSync(path.join(folder, 'empty'));
    cpSync(SMALL, path.join(folder, 'small.xlsx'));
    cpSync(SMALL, path.join(folder, '~$small.xlsx'));
    cpSync(SMALL, path.join(folder, '.hidden.xlsx'));
    writeFileSync(path.join(folder, 'notes.txt'), 'no book');
    writeFileSync(path.join(folder, 'march/Rules.allot'), 'pool = 1\n');
    writeFileSync(path.join(folder, 'march/Staff.csv'), 'id\nE1\n');
  }
  return { served: path.join(root, 'served'), beside: path.join(root, 'beside') };
}

const names = async (...paths: readonly string[]) =>
  (await servedBooks(await shelvesOf(paths))).map(({ name }) => name);

describe('what is served', () => {
  it('of a folder: workbooks, and folders with rules', async () => {
    expect(await names(folders().served)).toEqual(['march', 'small.xlsx']);
  });

  it('of a folder with rules: that book', async () => {
    expect(await names(path.join(folders().served, 'march'))).toEqual(['march']);
  });

  it('nothing that a link leads to outside the folder', async () => {
    const { served, beside } = folders();
    symlinkSync(path.join(beside, 'small.xlsx'), path.join(served, 'linked.xlsx'));
    symlinkSync(path.join(beside, 'march'), path.join(served, 'linked'));
    symlinkSync(beside, path.join(served, 'all'));
    // A book of which one file lies outside.
    mkdirSync(path.join(served, 'half'));
    writeFileSync(path.join(served, 'half/Rules.allot'), 'pool = 1\n');
    symlinkSync(path.join(beside, 'march/Staff.csv'), path.join(served, 'half/Staff.csv'));
    const shelves = await shelvesOf([served]);
    expect((await servedBooks(shelves)).map(({ name }) => name)).toEqual(['march', 'small.xlsx']);
    for (const name of ['linked.xlsx', 'linked', 'all', 'half', 'all/small.xlsx', '../beside/small.xlsx'])
      expect(await findBook(shelves, name), name).toBeNull();
  });

  it('what a link leads to within the folder, and a link that was named itself', async () => {
    const { served, beside } = folders();
    symlinkSync('small.xlsx', path.join(served, 'newest.xlsx'));
    const link = path.join(path.dirname(served), 'link.xlsx');
    symlinkSync(path.join(beside, 'small.xlsx'), link);
    expect(await names(served, link)).toEqual(['march', 'newest.xlsx', 'small.xlsx', 'link.xlsx']);
  });

  it('by names only, however accents are kept', async () => {
    const { served } = folders();
    cpSync(SMALL, path.join(served, 'M\u0061\u0308rz.xlsx'));
    const shelves = await shelvesOf([served]);
    const found = await findBook(shelves, 'M\u00e4rz.xlsx');
    expect(found?.name).toBe('M\u00e4rz.xlsx');
    for (const name of [
      '',
      '.',
      '..',
      'notes.txt',
      'empty',
      '~$small.xlsx',
      '.hidden.xlsx',
      'SMALL.XLSX',
      served,
    ])
      expect(await findBook(shelves, name), name).toBeNull();
  });

  it('with another stamp where a file was written, came or went', async () => {
    const { served } = folders();
    const shelves = await shelvesOf([served]);
    const stamp = async (name: string) => (await findBook(shelves, name))?.stamp;
    const march = path.join(served, 'march');
    const seen = [await stamp('march')];
    utimesSync(path.join(march, 'Staff.csv'), 1, 1);
    seen.push(await stamp('march'));
    writeFileSync(path.join(march, 'Sales.csv'), 'id\n');
    seen.push(await stamp('march'));
    rmSync(path.join(march, 'Staff.csv'));
    seen.push(await stamp('march'));
    expect(new Set(seen).size).toBe(4);
    expect(await stamp('march')).toBe(seen[3]);
    rmSync(march, { recursive: true });
    expect(await stamp('march')).toBeUndefined();
  });

  it('not twice under one name', async () => {
    const { served, beside } = folders();
    const shelves = await shelvesOf([served, beside]);
    expect(await namesTwice(shelves)).toEqual(['march', 'small.xlsx']);
    expect((await findBook(shelves, 'small.xlsx'))?.path).toBe(path.join(served, 'small.xlsx'));
  });

  it.each(['nothing.xlsx', 'notes.txt'])('not %s', async (name) => {
    await expect(shelvesOf([path.join(folders().served, name)])).rejects.toThrow(BookError);
  });
});
