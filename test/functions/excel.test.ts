import { describe, expect, it } from 'vitest';
import { metadata } from '../../src/functions/catalogue.ts';
import { registerFunctions } from '../../src/functions/excel.ts';
import { createFollower, type Follower } from '../../src/functions/follow.ts';
import type { Answer } from '../../src/live/queries.ts';
import { fakeExcel } from './fakeExcel.ts';
import { fakeSession, ticks } from './sessions.ts';

const follower = (answer: Answer, asked: unknown[] = []): Follower => ({
  follow(query, push) {
    asked.push(query);
    queueMicrotask(() => push(answer));
    return () => asked.push('left');
  },
  close() {},
});

const cells = (...rows: (readonly (string | number | boolean | null)[])[]): Answer => ({
  kind: 'cells',
  rows,
});

describe('in Excel', () => {
  it('has code behind every id of the metadata, and behind nothing else', () => {
    const excel = fakeExcel();
    registerFunctions(follower(cells([1])), 'en', excel);
    expect([...excel.ids].sort()).toEqual(
      metadata('en', 'https://example.test/')
        .functions.map(({ id }) => id)
        .sort(),
    );
  });

  it('hands a streaming function its question, and Excel its answers', async () => {
    const excel = fakeExcel();
    const asked: unknown[] = [];
    registerFunctions(follower(cells([93.4]), asked), 'en', excel);
    const cell = excel.stream('SUPPORTSCORE', 'E07', null, 46112);
    await ticks();
    expect(asked).toEqual([{ kind: 'score', member: 'E07', column: null, asOf: Date.UTC(2026, 2, 31) }]);
    expect(cell.shown).toEqual([93.4]);
    cell.cancel();
    expect(asked.at(-1)).toBe('left');
  });

  it('spills, with blanks as empty texts: Excel would show a null as 0', async () => {
    const excel = fakeExcel();
    registerFunctions(follower(cells([1, null], [null, 'x'])), 'en', excel);
    const spilled = excel.stream('RULE', 'reward', null, null);
    const single = excel.stream('BAND', 'points', 1, null);
    await ticks();
    expect(spilled.shown).toEqual([
      [
        [1, ''],
        ['', 'x'],
      ],
    ]);
    expect(single.shown).toEqual([1]);
  });

  it('gives messages with the error values that take them', async () => {
    for (const [error, shown] of [
      ['#N/A', '#N/A: why'],
      ['#VALUE!', '#VALUE!: why'],
      ['#NUM!', '#NUM!'],
      ['#DIV/0!', '#DIV/0!'],
    ] as const) {
      const excel = fakeExcel();
      registerFunctions(follower({ kind: 'error', error, message: 'why' }), 'en', excel);
      const cell = excel.stream('STATEMENT', 'E07', null);
      await ticks();
      expect(cell.shown).toEqual([shown]);
    }
  });

  it('computes functions of their arguments at once', () => {
    const excel = fakeExcel();
    registerFunctions(new Promise(() => {}), 'en', excel);
    expect(excel.call('STEPS', 35, 10)).toBe(3);
    expect(excel.call('WEIGHTED', [[45, 35, 20]], [[68, 60, null]], true)).toBe(64.5);
    expect(excel.call('ALLOCATE', 10, [[1], [1], [1]], null, null, null, null)).toEqual([
      [3.34],
      [3.33],
      [3.33],
    ]);
    expect(excel.call('STEPS', 35, 0)).toBe('#DIV/0!');
    expect(excel.call('ALLOCATE', -1, [[1]], null, null, null, null)).toMatch(
      /^#VALUE!: pool \(argument 1\)/,
    );
  });

  it('says at once what is wrong with the arguments of a streaming function', () => {
    const excel = fakeExcel();
    registerFunctions(new Promise(() => {}), 'zh-CN', excel);
    expect(excel.stream('RULE', null, null, null).shown).toEqual([
      expect.stringMatching(/^#VALUE!: name（第 1 个参数）/),
    ]);
  });

  it('can be called before the workbook has been read', async () => {
    const excel = fakeExcel();
    let arrive: (follower: Follower) => void = () => {};
    registerFunctions(new Promise((resolve) => (arrive = resolve)), 'en', excel);
    const [kept, left] = [excel.stream('PROBLEMS'), excel.stream('PROBLEMS')];
    left.cancel();
    await ticks();
    expect(kept.shown).toEqual([]);
    const asked: unknown[] = [];
    arrive(follower(cells(['No problems.']), asked));
    await ticks();
    expect([kept.shown, left.shown]).toEqual([[[['No problems.']]], []]);
    expect(asked).toEqual([{ kind: 'problems' }]);
  });

  it('says so where there will be no follower', async () => {
    const excel = fakeExcel();
    registerFunctions(Promise.reject(new Error('no workbook')), 'en', excel);
    const cell = excel.stream('PROBLEMS');
    await ticks();
    expect(cell.shown).toEqual([expect.stringMatching(/^#VALUE!: .*no workbook/)]);
  });

  it('speaks the language that is known when a function is called', () => {
    const excel = fakeExcel();
    let language: 'en' | 'zh-CN' = 'en';
    registerFunctions(new Promise(() => {}), () => language, excel);
    expect(excel.call('STEPS', null, 1)).toMatch(/^#VALUE!: x \(argument 1\)/);
    language = 'zh-CN';
    expect(excel.call('STEPS', null, 1)).toMatch(/^#VALUE!: x（第 1 个参数）/);
  });

  it('takes an invocation for no argument where arguments are left out', () => {
    const excel = fakeExcel();
    registerFunctions(new Promise(() => {}), 'en', excel);
    expect(excel.call('ALLOCATE', 10, [[1], [1], [1]])).toEqual([[3.34], [3.33], [3.33]]);
    expect(excel.call('STEPS', 5)).toMatch(/^#VALUE!: size \(argument 2\)/);
  });

  it('does nothing on a page outside Excel', () => {
    expect(() => registerFunctions(new Promise(() => {}), 'en')).not.toThrow();
  });

  it('follows a session from cell to cell', async () => {
    const excel = fakeExcel();
    const session = fakeSession();
    registerFunctions(createFollower(session, 'en'), 'en', excel);
    const all = Array.from({ length: 50 }, (_, i) => excel.stream('SUPPORTSCORE', `E${i % 5}`, null, null));
    await ticks();
    session.set({ revision: 2 });
    await ticks();
    expect(all.every(({ shown }) => shown.length === 2 && shown[1] === 2)).toBe(true);
    expect(session.asked.map((queries) => queries.length)).toEqual([5, 5]);
  });
});
