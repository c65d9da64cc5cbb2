import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRules } from '../../grammar/index.ts';
import { resultsText, valueField } from '../../src/audit/canonical.ts';
import { base64ToBytes, bytesToBase64, packed, sortedJson, unpacked } from '../../src/audit/codec.ts';
import { digestTable } from '../../src/audit/digest.ts';
import { compareRows, keepTable, restoreTable, type TableState } from '../../src/audit/inputs.ts';
import { paidRows, paidText } from '../../src/audit/paid.ts';
import { makeRecord, readRecord, recordStates } from '../../src/audit/record.ts';
import { run } from '../../src/engine/run.ts';
import { parseDate } from '../../src/exact/date.ts';
import { checkRules } from '../../src/rules/check.ts';
import { book } from '../support/book.ts';
import { readerOf, smallBook } from './memory.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 1000);

describe('the text of a part', () => {
  it('comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array(), (text, bytes) => {
        expect(unpacked(packed(text))).toBe(text);
        expect([...(base64ToBytes(bytesToBase64(bytes)) ?? [])]).toEqual([...bytes]);
        expect(bytesToBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      }),
      { numRuns: RUNS / 4 },
    );
  });

  it('is nothing where it is damaged', () => {
    const part = packed('some text that is long enough');
    for (const broken of ['', 'x', '%%%%', part.slice(0, -8), `AAAA${part}`])
      expect(unpacked(broken)).toBeNull();
  });

  it('is JSON with its members in order', () => {
    expect(sortedJson({ b: [1, { d: null, c: 'é"' }], a: true, x: undefined })).toBe(
      '{"a":true,"b":[1,{"c":"é\\"","d":null}]}',
    );
  });
});

describe('the rows of a table', () => {
  const entry = fc.record({ key: fc.integer({ min: 1, max: 30 }), x: fc.integer({ min: 0, max: 2 }) });
  const entries = fc.uniqueArray(entry, { selector: ({ key }) => key, maxLength: 20 });
  type Entry = { readonly key: number; readonly x: number };
  const tableOf = (list: readonly Entry[]) => {
    const [table] = book({ T: [['key', 'x'], ...list.map(({ key, x }) => [`K${key}`, x])] }).tables;
    if (table === undefined) throw new Error('no table');
    return table;
  };
  const kept = (list: readonly Entry[], base: TableState | null) => {
    const table = tableOf(list);
    const counts = Uint32Array.from(list.flatMap(({ x }, row) => (x === 1 ? [row] : [])));
    return keepTable(table, digestTable(table), 0, counts, base);
  };

  it('are kept as what changed, month after month', () => {
    fc.assert(
      fc.property(fc.array(entries, { minLength: 1, maxLength: 5 }), (months) => {
        let state: TableState | null = null;
        for (const list of months) {
          const one = kept(list, state);
          // A row that was known is not kept again.
          const known: ReadonlySet<string> = new Set(state?.rows);
          const { rows } = digestTable(tableOf(list));
          expect(one.keys).toHaveLength(rows.filter((digest) => !known.has(digest)).length);
          state = restoreTable(JSON.parse(JSON.stringify(one)), state);
          const flags = state?.keys.map((key, i) => [key, state?.rows[i], state?.counted[i]]).sort();
          expect(flags).toEqual(list.map(({ key, x }, i) => [`K${key}`, rows[i], x === 1]).sort());
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('that changed, came and went are told apart', () => {
    fc.assert(
      fc.property(entries, entries, (was, now) => {
        const state = restoreTable(kept(was, null), null);
        if (state === null) throw new Error('no state');
        const { rows } = digestTable(tableOf(now));
        const found = compareRows(state, rows, (row) => `K${now[row]?.key}`);
        const before = new Map(was.map(({ key, x }) => [key, x]));
        const after = new Map(now.map(({ key, x }) => [key, x]));
        const keys = (list: readonly number[], of: readonly Entry[]): readonly (number | undefined)[] =>
          list.map((row) => of[row]?.key).sort();
        const both = [...before.keys()].filter((key) => after.has(key) && after.get(key) !== before.get(key));
        expect(
          keys(
            found.changed.map((one) => one.was),
            was,
          ),
        ).toEqual(both.sort());
        expect(
          keys(
            found.changed.map((one) => one.now),
            now,
          ),
        ).toEqual(both.sort());
        expect(keys(found.removed, was)).toEqual([...before.keys()].filter((key) => !after.has(key)).sort());
        expect(keys(found.added, now)).toEqual([...after.keys()].filter((key) => !before.has(key)).sort());
      }),
      { numRuns: RUNS },
    );
  });

  it('can not be had back without what they build on', () => {
    const first = kept([{ key: 1, x: 1 }], null);
    const second = kept([{ key: 2, x: 1 }], restoreTable(first, null));
    expect(second.drop).toEqual([0, 1]);
    expect(restoreTable(second, null)).toBeNull();
    expect(restoreTable({ ...first, rows: 'AAAA' }, null)).toBeNull();
  });
});

describe('a record', () => {
  async function made() {
    const reader = readerOf(smallBook());
    const workbook = await reader.read();
    const file = parseRules(reader.rules);
    const { program } = checkRules(file, workbook, parseDate('2026-01-31') ?? 0);
    if (program === null) throw new Error('no program');
    const results = run(program, workbook);
    return {
      program,
      workbook,
      results,
      made: makeRecord({ file, program, workbook, results }, 'en', 1, null),
    };
  }

  it('has the results exactly, and the sheets as they are written', async () => {
    const { program, workbook, results, made: one } = await made();
    const { record, output } = one;
    expect(paidText(record.asOf, record.sheets)).toBe(resultsText(program, workbook, results));
    for (const [i, sheet] of record.sheets.entries()) {
      const wanted = output[i]?.rows.map((row) => row.map(valueField).join('\t')).sort();
      expect([...paidRows(sheet, record.sheets)].map((row) => row.join('\t')).sort()).toEqual(wanted);
      expect(sheet.name).toBe(output[i]?.name);
    }
    expect(record.sheets.map(({ kind }) => kind)).toEqual([
      'table',
      'table',
      'shares',
      'statements',
      'scalars',
    ]);
  });

  it('names amounts of statements by the column that has them', async () => {
    const { made: one } = await made();
    const statements = one.record.sheets.find((sheet) => sheet.kind === 'statements');
    const [back] = statements?.groups ?? [];
    // The total is the column `net`; base pay is none of the computed ones.
    expect(back?.amounts.map((amounts) => typeof amounts)).toEqual(['object', 'object', 'number']);
  });

  it('is read where it is what the ledger says, and not otherwise', async () => {
    const { made: one } = await made();
    const { part, digest, record } = one;
    expect(readRecord(part, digest)).toEqual({ kind: 'record', record });
    expect(readRecord(null, digest)).toEqual({ kind: 'missing' });
    expect(readRecord(packed('{}'), digest)).toEqual({ kind: 'changed' });
    expect(
      readRecord(
        part,
        digest.replace(/^./, (x) => (x === '0' ? '1' : '0')),
      ),
    ).toEqual({ kind: 'changed' });
    const states = recordStates([record]).get(1);
    expect(states?.get('tickets')?.keys).toEqual(['T1', 'T2', 'T3', 'T4', 'T5']);
    expect(states?.get('tickets')?.counted).toEqual([true, true, true, true, false]);
  });
});
