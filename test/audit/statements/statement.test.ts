import { beforeAll, describe, expect, it } from 'vitest';
import { anchorLine, readAnchor } from '../../../src/audit/anchor.ts';
import { nextRow, readLedger } from '../../../src/audit/ledger.ts';
import type { PaidRun } from '../../../src/audit/record.ts';
import { contentDigest, type StatementData } from '../../../src/audit/statements/form.ts';
import { verifyStatement } from '../../../src/audit/statements/verify.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { type Files, filesOf, pageOf, runSample } from './support.ts';

const SEED = '00112233445566778899aabbccddeeff';

let small: PaidRun;
let files: Files;
beforeAll(async () => {
  small = await runSample('small.xlsx');
  files = filesOf(small, SEED);
});

const kinds = (page: string, anchor: string | null = null): string[] =>
  verifyStatement(page, anchor === null ? null : readAnchor(anchor)).findings.map(({ kind }) => kind);

/** Text of a page as a person sees it. */
const visible = (page: string): string =>
  page
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\s+/g, ' ');

describe('a statement of samples/small.xlsx', () => {
  it('has the amounts of E08, worked out by hand in test/samples/small.test.ts', () => {
    const said = visible(files.page('E08'));
    for (const text of [
      'Base pay by grade 6,500.00',
      'Support reward 245.45',
      'Late and early -10.00',
      'Total 6,735.45',
      'Pool 1,265.34',
      'Members 5',
      'Sum of all weights 416.9',
      '80 ÷ 317.9 × 97,534 ≈ 24,544.573765 units',
      'by your key you are number 1 of these 2',
      'Rules!A40',
    ])
      expect(said).toContain(text);
  });

  it('shows the numbers that the rule was computed with', () => {
    // E01: commission 2,734.70, of which 15% end in half a cent.
    expect(visible(files.page('E01'))).toContain('round(2,734.7 * 0.15)');
    expect(visible(files.page('E01'))).toContain('Given to the support pool -410.21');
  });

  it('is in order for everybody in both languages, and proven with the anchor line', () => {
    const anchor = anchorLine(files.row ?? nextRow(readLedger(null), { Event: 'paid' }));
    expect(files.keys).toHaveLength(12);
    for (const key of files.keys)
      for (const language of ['en', 'zh-CN'] as const) {
        const page = files.page(key, language);
        const found = verifyStatement(page, readAnchor(anchor));
        expect([key, found.findings, found.anchored, found.row?.Number]).toEqual([key, [], true, '1']);
        // Line ends of another system and a byte order mark change nothing.
        expect(kinds(`\ufeff${page.replaceAll('\n', '\r\n')}`)).toEqual([]);
      }
  });

  it('is the same statement in both languages', () => {
    expect(contentDigest(files.data('E03', 'en').content)).toBe(
      contentDigest(files.data('E03', 'zh-CN').content),
    );
  });

  it('has no other person’s key in its file', () => {
    for (const key of files.keys)
      for (const language of ['en', 'zh-CN'] as const) {
        const page = files.page(key, language);
        expect(page).toContain(key);
        for (const other of files.keys)
          if (other !== key)
            expect([key, other, new RegExp(`(?<![0-9A-Za-z])${other}(?![0-9A-Za-z])`).test(page)]).toEqual([
              key,
              other,
              false,
            ]);
      }
  });

  it('carries no row of anybody else, by the sheets themselves', () => {
    const { workbook } = small;
    for (const key of files.keys) {
      const { content, places } = files.data(key);
      for (const [t, table] of workbook.tables.entries()) {
        const person = table.columns.findIndex(({ heading }) =>
          ['Id', 'Engineer', 'About', 'Seller', 'Person'].includes(heading),
        );
        if (person < 0) continue;
        for (const row of places.tables[t]?.rows ?? []) {
          const at = [...table.sheetRows].indexOf(row);
          const { data } = table.columns[person] ?? table.columns[0] ?? { data: null };
          expect(data?.texts[data.payload[at] ?? -1]).toBe(key);
        }
        expect(content.tables[t]?.rows.every(({ own }) => own === 1)).toBe(true);
      }
    }
  });

  it('is the page alone: no script, no address, nothing indexed', () => {
    const page = files.page('E08');
    expect(page.match(/<script[^>]*>/g)).toEqual(['<script type="application/json" id="statement">']);
    expect(page).not.toMatch(/https?:|url\(|@import|\ssrc=|<link|<img|<iframe|javascript:|\son\w+=/i);
    expect(page).toContain('<meta name="robots" content="noindex, nofollow">');
    expect(page).toMatch(
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]+={0,2}'; base-uri 'none'; form-action 'none'">/,
    );
  });
});

describe('tampering', () => {
  /** Another digit in the place of the one at `i`. */
  const changed = (text: string, i: number): string =>
    `${text.slice(0, i)}${text[i] === '7' ? '3' : '7'}${text.slice(i + 1)}`;

  it('with any number in a file is found', () => {
    const page = files.page('E08');
    // One digit of every number: those of the page, of the data, of digests and of the style.
    const numbers = [...page.matchAll(/\d+/g)].map(({ index, 0: text }) => index + (text.length >> 1));
    expect(numbers.length).toBeGreaterThan(700);
    const missed = numbers.filter((i) => verifyStatement(changed(page, i)).findings.length === 0);
    expect(missed.map((i) => page.slice(i - 20, i + 20))).toEqual([]);
  });

  it('with a number of a preview is found as well', () => {
    const page = filesOf(small, null).page('E11', 'zh-CN');
    // What has no proof is found by the page alone: a third of its numbers does.
    const numbers = [...page.matchAll(/\d+/g)].map(({ index }) => index).filter((_, i) => i % 3 === 0);
    expect(numbers.length).toBeGreaterThan(250);
    expect(numbers.filter((i) => verifyStatement(changed(page, i)).findings.length === 0)).toEqual([]);
  });

  it('names the amount that the page shows otherwise', () => {
    const page = files
      .page('E08')
      .replace('<span class="amount">245.45</span>', '<span class="amount">345.45</span>');
    expect(verifyStatement(page).findings).toEqual([
      expect.objectContaining({ kind: 'page-differs', shown: expect.stringContaining('345.45') }),
    ]);
  });

  type Data = Omit<StatementData, 'sum'>;
  const content = (data: Data, change: Partial<Data['content']>): Data => ({
    ...data,
    content: { ...data.content, ...change },
  });

  it('with the person’s data, the page made anew, does not lead to the ledger', () => {
    const data = files.data('E08');
    const tables = data.content.tables.map((table) => ({
      ...table,
      rows: table.rows.map((row) => ({
        ...row,
        cells: row.cells.map(([c, value]) => [c, value === 'n:6500' ? 'n:7500' : value] as const),
      })),
    }));
    const page = pageOf(content(data, { tables }));
    expect(visible(page)).toContain('Total 7,735.45');
    expect(kinds(page)).toEqual(['not-in-ledger']);
  });

  it('with a given figure, the page made anew, contradicts the pool', () => {
    const data = files.data('E08');
    const figures = data.content.figures.map((figure) => ({ ...figure, value: 'n:1365.34' }));
    expect(figures).toHaveLength(1);
    expect(kinds(pageOf(content(data, { figures })))).toEqual(['share-differs', 'not-in-ledger']);
  });

  it('with anything of a share, the page made anew, contradicts the rules even in a preview', () => {
    const data = filesOf(small, null).data('E08');
    const [share] = data.content.shares;
    const { member, cutOff } = share ?? {};
    if (share == null || member == null || cutOff == null) throw new Error('no share');
    const changes: readonly Partial<typeof share>[] = [
      { pool: '1265.35' },
      { settled: '1265.33' },
      { shared: '1200' },
      { unallocated: '1' },
      { unit: '0.1' },
      { level: '300' },
      { open: { ...share.open, weights: '317.8' } },
      { open: { ...share.open, units: '97535' } },
      { member: { ...member, units: '24546' } },
      { member: { ...member, units: '24544', by: 'quota' } },
      { member: { ...member, weight: '81' } },
      { member: { ...member, cap: '30000' } },
      { member: { ...member, floor: '0' } },
      { member: { ...member, quota: '24544.9' } },
      { member: { ...member, units: '29000', by: 'cap', quota: null } },
      { cutOff: { ...cutOff, place: 2 } },
      { cutOff: { ...cutOff, place: null } },
      { cutOff: { ...cutOff, fraction: '0.9' } },
      { cutOff: null },
    ];
    for (const change of changes) {
      const page = pageOf(content(data, { shares: [{ ...share, ...change }] }));
      expect([change, kinds(page)]).toEqual([change, ['share-differs']]);
    }
    expect(kinds(pageOf(data))).toEqual([]);
  });

  it('with the ledger’s row or the anchor is found', () => {
    const data = files.data('E08');
    const { row, path } = data.proof ?? {};
    if (row === undefined || path === undefined) throw new Error('no proof');
    const withRow = (change: Partial<typeof row>): string =>
      pageOf({ ...data, proof: { path, row: { ...row, ...change } } });
    expect(kinds(withRow({ By: 'Somebody' }))).toEqual(['row-changed']);
    expect(kinds(withRow({ Statements: '0'.repeat(64) }))).toEqual(['row-changed', 'not-in-ledger']);
    const other = (change: Parameters<typeof nextRow>[1]): string =>
      withRow(nextRow(readLedger(null), { ...row, ...change }));
    expect(kinds(other({ Event: 'locked' }))).toEqual(['row-of-another']);
    expect(kinds(other({ Event: 'paid', 'As of': '2026-02-28' }))).toEqual(['row-of-another']);
    expect(kinds(other({ Event: 'paid', Rules: 'f'.repeat(64) }))).toEqual(['row-of-another']);
    const forged = other({ Event: 'paid', By: 'Somebody' });
    expect(kinds(forged)).toEqual([]);
    expect(kinds(forged, anchorLine(row))).toEqual(['anchor-differs']);
    expect(kinds(files.page('E08'), anchorLine({ ...row, Number: '2' }))).toEqual(['anchor-of-another-row']);
    expect(kinds(filesOf(small, null).page('E08'), anchorLine(row))).toEqual(['no-proof']);
    // Somebody else's path does not lead there.
    const path2 = files.data('E02').proof?.path ?? [];
    expect(kinds(pageOf({ ...data, proof: { row, path: path2 } }))).toEqual(['not-in-ledger']);
  });

  it('with what is no statement at all is told', () => {
    const page = files.page('E08');
    for (const text of ['', '<html></html>', page.slice(0, 3000), page.replace('"form":1', '"form":2')])
      expect(kinds(text)).toEqual(['not-a-statement']);
    // Members that nobody knows, and a data block beside the first.
    expect(kinds(page.replace('"form":1', '"form":1,"more":1'))).toEqual(['not-a-statement']);
    expect(kinds(page.replace('</body>', '<p>100</p></body>'))).toEqual(['page-differs']);
    expect(kinds(page.replace('<title>', '<script>alert(1)</script><title>'))).toEqual(['page-differs']);
  });
});

describe('statements of samples/broadcast.xlsx', () => {
  it('come to what the run comes to, and a changed number is found in each', async () => {
    const run = await runSample('broadcast.xlsx');
    const { createMaker } = await import('../../../src/audit/statements/make.ts');
    const maker = createMaker(run);
    expect(maker.targets.length).toBe(4866);
    let state = 12345;
    const next = (below: number): number => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state % below;
    };
    for (let n = 0; n < 12; n++) {
      const target = maker.targets[next(maker.targets.length)];
      if (target === undefined) throw new Error('no target');
      const made = maker.make(target, null);
      const page = pageOf({ ...made, language: n % 2 === 0 ? 'en' : 'zh-CN', proof: null });
      expect([target.key, kinds(page)]).toEqual([target.key, []]);
      const total = run.results.columns[target.column]?.at(target.row);
      const wanted = total?.kind === 'number' ? exactText(total.value) : 'none';
      const shown = /<p class="total">([^<]*)/.exec(page)?.[1]?.replaceAll(',', '');
      expect([target.key, Number(shown)]).toEqual([target.key, Number(wanted)]);
      const numbers = [...page.matchAll(/\d+/g)].map(({ index }) => index);
      for (let k = 0; k < 5; k++) {
        const i = numbers[next(numbers.length)] ?? 0;
        expect([target.key, page.slice(i - 10, i + 10), kinds(changed(page, i)).length > 0]).toEqual([
          target.key,
          page.slice(i - 10, i + 10),
          true,
        ]);
      }
      // Nobody else’s key: those are E and four digits, and no cells such as Staff!E1738.
      for (const [other] of page.matchAll(/(?<![0-9A-Za-z!])E\d{4}(?![0-9A-Za-z])/g))
        expect(other).toBe(target.key);
    }
  });

  const changed = (text: string, i: number): string =>
    `${text.slice(0, i)}${text[i] === '7' ? '3' : '7'}${text.slice(i + 1)}`;
});
