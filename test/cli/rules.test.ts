import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { allot, buildBundle } from './bundle.ts';
import { filesIn, folderBook, RULES, STAFF_CSV, scratch } from './files.ts';

beforeAll(buildBundle);

const staff = (): string => folderBook({ 'Staff.csv': STAFF_CSV, 'Rules.allot': RULES });

describe('rules', () => {
  it('prints them as they are', () => {
    expect(allot(['rules', staff()])).toEqual({ status: 0, out: RULES, err: '' });
  });

  it('prints them in canonical form where that is asked for', () => {
    const book = folderBook({
      'Rules.allot': 'band b\n  up to 10->1 # ten\n  otherwise ->  2\n\nx=b( 1 )\n',
    });
    const said = allot(['rules', book, '--format']);
    expect(said.out).toBe('band b\n  up to 10  -> 1  # ten\n  otherwise -> 2\n\nx = b(1)\n');
  });

  it('go from text into a workbook and back without loss', () => {
    const folder = scratch();
    const text = `# 规则\n${RULES}\n分档 档  # note\n  不超过 １ → 1\n\n  其余 → 2\n`;
    const from = path.join(folder, 'new.allot');
    writeFileSync(from, text);
    const out = path.join(folder, 'new.xlsx');
    const said = allot(['rules', staff(), '--from', from, '--out', out]);
    expect(said.status).toBe(0);
    expect(said.out).toBe('');
    expect(said.err).toContain('new.xlsx');
    expect(allot(['rules', out]).out).toBe(text);
    // The book's own data are still there.
    expect(allot(['run', out, '--as-of', '2026-03-31']).status).toBe(0);
    // Once more, from the workbook into another one.
    const again = path.join(folder, 'again.xlsx');
    writeFileSync(from, allot(['rules', out]).out);
    expect(allot(['rules', out, '--from', from, '--out', again]).status).toBe(0);
    expect(allot(['rules', again]).out).toBe(text);
  });

  it('with a syntax problem are not written', () => {
    const folder = scratch();
    const from = path.join(folder, 'bad.allot');
    writeFileSync(from, 'x = = 1\n');
    const said = allot(['rules', staff(), '--from', from, '--out', path.join(folder, 'new.xlsx')]);
    expect(said.status).toBe(1);
    expect(said.out).toContain('bad.allot:1:5  error syntax');
    expect(filesIn(folder)).toEqual(['bad.allot']);
  });

  it('that are not there are a problem of the file', () => {
    const missing = path.join(scratch(), 'none.allot');
    const said = allot(['rules', staff(), '--from', missing, '--out', path.join(scratch(), 'new.xlsx')]);
    expect(said.status).toBe(2);
    expect(said.err).toContain('none.allot');
    expect(allot(['rules', folderBook({ 'Staff.csv': STAFF_CSV })]).status).toBe(2);
  });

  it('keep the source file as it was', () => {
    const book = staff();
    const before = readFileSync(path.join(book, 'Rules.allot'));
    allot(['rules', book, '--format']);
    expect(readFileSync(path.join(book, 'Rules.allot'))).toEqual(before);
  });
});
