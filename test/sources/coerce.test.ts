import { describe, expect, it } from 'vitest';
import { exactValueText } from '../../src/exact/text.ts';
import { type Coerced, coerce } from '../../src/sources/coerce.ts';
import { clockIn, looksLikeDay, readDate } from '../../src/sources/dates.ts';
import { atPath, jsonCell, readJson, rowsIn, tableOf } from '../../src/sources/fetch/json.ts';
import type { CellType, SourceCell } from '../../src/sources/model.ts';
import { mappingOf, optionsOf, pairsOf } from '../../src/sources/pairs.ts';

const shown = (value: Coerced): string =>
  value.kind === 'misfit' ? `misfit ${value.why}` : `${value.kind} ${exactValueText(value)}`.trim();
const written = (text: string): SourceCell => ({ kind: 'written', text });
const east = clockIn('+08:00');

describe('values for a column', () => {
  it.each<[string, CellType | null, string]>([
    ['12.50', 'number', 'number 12.5'],
    [' 12.50 ', 'number', 'number 12.5'],
    ['007', 'number', 'number 7'],
    ['15%', 'number', 'number 0.15'],
    ['1.5e3', 'number', 'number 1500'],
    ['1,234.50', 'number', 'misfit type'],
    ['１２', 'number', 'misfit type'],
    ['2026-03-31', 'number', 'misfit date-amount'],
    ['1234567890.1234567', 'number', 'misfit digits'],
    ['', 'number', 'blank'],
    ['007', 'text', 'text 007'],
    ['12.50', 'text', 'text 12.50'],
    ['2026-03-31', 'date', 'date 2026-03-31'],
    ['2026/3/31', 'date', 'date 2026-03-31'],
    ['2026-03-31T09:30', 'date', 'date 2026-03-31T09:30:00'],
    ['2026-03-31 01:30:00Z', 'date', 'date 2026-03-31T09:30:00'],
    ['2026-02-30', 'date', 'misfit type'],
    ['31.03.2026', 'date', 'misfit type'],
    ['45931', 'date', 'misfit type'],
    ['true', 'logical', 'logical TRUE'],
    ['0', 'logical', 'logical FALSE'],
    ['yes', 'logical', 'misfit type'],
    ['12.50', null, 'number 12.5'],
    ['007', null, 'text 007'],
    ['1e5', null, 'text 1e5'],
    [' 12', null, 'text  12'],
    ['2026-03-31', null, 'date 2026-03-31'],
    ['TRUE', null, 'logical TRUE'],
    ['x', null, 'text x'],
  ])('%j as %s is %s', (text, type, expected) => {
    expect(shown(coerce(written(text), type, east))).toBe(expected);
  });

  it('keeps texts texts where nothing else is wanted, and takes moments only where their zone is known', () => {
    expect(shown(coerce({ kind: 'text', value: '12' }, null, null))).toBe('text 12');
    expect(shown(coerce({ kind: 'text', value: '12' }, 'number', null))).toBe('number 12');
    expect(shown(coerce(written('2026-03-31T01:30:00Z'), 'date', null))).toBe('misfit zone');
    expect(shown(coerce({ kind: 'moment', ms: 0 }, 'date', east))).toBe('date 1970-01-01T08:00:00');
    expect(shown(coerce({ kind: 'moment', ms: 0 }, 'number', east))).toBe('misfit date-amount');
    expect(shown(coerce({ kind: 'error', text: '#N/A' }, 'number', null))).toBe('misfit error-value');
    expect(shown(coerce({ kind: 'text', value: 'x'.repeat(32_768) }, 'text', null))).toBe('misfit long-text');
  });

  it('knows what clocks show, in summer too', () => {
    const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
    const berlin = clockIn('Europe/Berlin');
    expect(iso(berlin?.(Date.UTC(2026, 2, 29, 0, 59)) ?? 0)).toBe('2026-03-29T01:59');
    expect(iso(berlin?.(Date.UTC(2026, 2, 29, 1, 0)) ?? 0)).toBe('2026-03-29T03:00');
    expect(iso(clockIn('-05:30')?.(0) ?? 0)).toBe('1969-12-31T18:30');
    expect(clockIn('Nowhere/City')).toBeNull();
    expect(readDate('2026-03-31T10:00:00.2505+05:30')).toEqual({
      kind: 'moment',
      ms: Date.UTC(2026, 2, 31, 4, 30, 0, 251),
    });
  });

  it('finds numbers that are written like days', () => {
    const today = Date.UTC(2026, 2, 31);
    // 46112 is what Excel keeps for 2026-03-31.
    expect(
      [20260331, 46112, 20261301, 1000, 5000, 46112.5, 99999].map((x) => looksLikeDay(x, today)),
    ).toEqual([true, true, false, false, false, false, false]);
  });

  it('reads numbers of JSON without losing a digit', () => {
    const value = readJson(
      '{"id": 12345678901234567890, "x": [0.1, -1.5e3, 123456789012345.678], "t": "12345678901234567890"}',
    ) as {
      id: unknown;
      x: unknown[];
      t: unknown;
    };
    const textOf = (one: unknown, type: CellType | null): string =>
      shown(coerce(jsonCell(one) ?? { kind: 'error', text: '' }, type, null));
    expect(textOf(value.id, 'text')).toBe('text 12345678901234567890');
    expect(textOf(value.id, 'number')).toBe('misfit digits');
    expect(value.x.map((one) => textOf(one, 'number'))).toEqual([
      'number 0.1',
      'number -1500',
      'misfit digits',
    ]);
    expect(textOf(value.t, 'text')).toBe('text 12345678901234567890');
    expect(() => readJson('{"a": 1')).toThrow('bad-json');
  });
});

describe('objects as rows', () => {
  it('have fields by paths; what is no value in one row is asked of nobody', () => {
    const rows = [
      { id: 1, customer: { id: 'C1', tags: ['x'] }, note: null },
      { id: 2, customer: null },
      { id: 3, 'a.b': 5 },
    ];
    const texts = (wanted: readonly string[]) => {
      const { fields, rows: cells } = tableOf(rows, wanted);
      return [fields, cells.map((row) => row.map((one) => shown(coerce(one, null, null))))];
    };
    expect(texts([])).toEqual([
      ['id', 'customer.id', 'note', 'customer', 'a.b'],
      [
        ['number 1', 'text C1', 'blank', 'misfit error-value', 'blank'],
        ['number 2', 'blank', 'blank', 'blank', 'blank'],
        ['number 3', 'blank', 'blank', 'blank', 'number 5'],
      ],
    ]);
    expect(texts(['customer.tags.0'])[0]).toContain('customer.tags.0');
    expect(() => tableOf(rows, ['customer'])).toThrow('bad-row: 1: customer');
    expect(() => tableOf([1], [])).toThrow('bad-row: 1');
    expect(rowsIn({ meta: { n: 1 }, data: { items: [1] } }, undefined)).toEqual([1]);
    expect(atPath({ a: [{ b: 2 }] }, 'a.0.b')).toBe(2);
    expect(atPath({}, '__proto__.constructor')).toBeUndefined();
  });
});

describe('cells of the sheet Sources', () => {
  it('hold pairs', () => {
    expect(pairsOf('a = 1; b=2；c = "x; = ""y"""\nd =')).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', 'x; = "y"'],
      ['d', ''],
    ]);
    expect([pairsOf(''), pairsOf('a'), pairsOf('= 1')]).toEqual([[], null, null]);
  });

  it('map headings to fields, with their kind where it is said', () => {
    expect(
      mappingOf('Opened on = opened_at as date; Note =; 金额 = amt 作为 数字; X = same as before'),
    ).toEqual([
      { heading: 'Opened on', field: 'opened_at', type: 'date' },
      { heading: 'Note', field: null, type: null },
      { heading: '金额', field: 'amt', type: 'number' },
      { heading: 'X', field: 'same as before', type: null },
    ]);
  });

  it('name options in either language', () => {
    expect([...(optionsOf('Token = T; check Amount = 5; 核对 金额 = @total; 时区 = +08:00') ?? [])]).toEqual([
      ['token', 'T'],
      ['check Amount', '5'],
      ['check 金额', '@total'],
      ['zone', '+08:00'],
    ]);
  });
});
