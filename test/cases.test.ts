import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { allot, buildBundle, ROOT } from './cli/bundle.ts';
import { inProcess, type Said } from './cli/inProcess.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

const isObject = (x: Json | undefined): x is JsonObject =>
  typeof x === 'object' && x !== null && !Array.isArray(x);
const isList = (x: Json | undefined): x is readonly Json[] => Array.isArray(x);

/** Where `found` is not what `expected` names a part of, as its README says; empty where it is. */
function differences(expected: Json, found: Json | undefined, at: string): readonly string[] {
  if (isList(expected)) {
    if (!isList(found)) return [`${at}: no list`];
    const member = at.slice(at.lastIndexOf('.') + 1);
    if (member === 'rows') return expected.flatMap((row) => rowDifferences(row, found, at));
    if (member === 'shares' || member === 'problems') {
      if (expected.length === 0) return found.length === 0 ? [] : [`${at}: ${JSON.stringify(found)}, not []`];
      return expected.flatMap((entry) =>
        found.some((other) => differences(entry, other, at).length === 0)
          ? []
          : [`${at}: nothing printed matches ${JSON.stringify(entry)}`],
      );
    }
    return JSON.stringify(expected) === JSON.stringify(found) ? [] : [`${at}: ${JSON.stringify(found)}`];
  }
  if (isObject(expected)) {
    if (!isObject(found)) return [`${at}: no object`];
    return Object.entries(expected).flatMap(([name, value]) => {
      const other = Object.hasOwn(found, name) ? found[name] : undefined;
      return other === undefined ? [`${at}.${name}: missing`] : differences(value, other, `${at}.${name}`);
    });
  }
  return expected === found ? [] : [`${at}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`];
}

function rowDifferences(row: Json, found: readonly Json[], at: string): readonly string[] {
  if (!isObject(row)) return [`${at}: a row that is no object`];
  const match = found.find((other) => isObject(other) && other.key === row.key);
  const key = JSON.stringify(row.key);
  return match === undefined ? [`${at}: no row ${key}`] : differences(row, match, `${at}[${key}]`);
}

function cases(folder: string): readonly (readonly [name: string, folder: string])[] {
  const all = path.join(ROOT, 'test', folder);
  if (!existsSync(all)) return [];
  return readdirSync(all)
    .filter((name) => existsSync(path.join(all, name, 'expected.json')))
    .map((name) => [name, path.join(all, name)] as const);
}

const expectedIn = (where: string): JsonObject =>
  JSON.parse(readFileSync(path.join(where, 'expected.json'), 'utf8'));
const asked = (where: string, { asOf }: JsonObject): readonly string[] => [
  'run',
  path.join(where, 'book'),
  '--as-of',
  String(asOf),
  '--json',
];

/** Holds what was said to what a case expects. */
function fits(
  { exit, note: _, ...part }: JsonObject,
  said: Omit<Said, 'status'> & { status: unknown },
): void {
  expect(said.err).toBe('');
  const found: Json = JSON.parse(said.out);
  expect(differences(part, found, '')).toEqual([]);
  expect(said.status).toBe(exit);
}

// In this process: a hundred and fifty programs would take most of their time to start.
describe.each(['cases', 'cases-own'])('%s', (folder) => {
  it.each(cases(folder))('%s', async (_name, where) => {
    const expected = expectedIn(where);
    fits(expected, await inProcess(asked(where, expected)));
  });
});

describe('the command line as it is shipped', () => {
  beforeAll(buildBundle);

  it.each(cases('cases').filter((_, i) => i % 10 === 0))('%s', (_name, where) => {
    const expected = expectedIn(where);
    fits(expected, allot(asked(where, expected)));
  });
});

describe('the comparison itself', () => {
  const part: Json = {
    tables: { Staff: { rows: [{ key: '1', pay: '2.50' }] } },
    shares: [{ name: 'a', of: 'North' }],
    problems: [],
  };
  it('takes more rows, members and shares than are named', () => {
    const found: Json = {
      tables: {
        Staff: {
          key: 'id',
          rows: [
            { key: '2', pay: null },
            { key: '1', pay: '2.50', base: '1' },
          ],
        },
      },
      shares: [{ name: 'b' }, { name: 'a', of: 'North', pool: '1' }],
      problems: [],
    };
    expect(differences(part, found, '')).toEqual([]);
  });
  it.each<readonly [string, Json]>([
    ['another value', { ...part, tables: { Staff: { rows: [{ key: '1', pay: '2.5' }] } } }],
    ['a missing row', { ...part, tables: { Staff: { rows: [{ key: '2', pay: '2.50' }] } } }],
    ['a missing share', { ...part, shares: [{ name: 'a', of: 'South' }] }],
    ['a problem where there is none', { ...part, problems: [{ code: 'cycle' }] }],
    ['a missing member', { shares: [{ name: 'a', of: 'North' }], problems: [] }],
  ])('sees %s', (_what, found) => {
    expect(differences(part, found, '')).not.toEqual([]);
  });
});

// The cases' origin, where the checkout has it beside it: the copy must not fall behind.
const origin = path.resolve(ROOT, '../shared/cases');

describe.skipIf(!existsSync(origin))('the copy of the cases', () => {
  it('is the same, byte for byte', () => {
    expect(filesOf(path.join(ROOT, 'test/cases'))).toEqual(filesOf(origin));
  });
});

function filesOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names
      .filter((name) => statSync(path.join(folder, name)).isFile())
      .map((name) => [name, readFileSync(path.join(folder, name)).toString('base64')]),
  );
}
