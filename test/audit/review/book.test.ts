import { describe, expect, it } from 'vitest';
import { parseRules } from '../../../grammar/index.ts';
import { type ChangedCell, type Review, reviewPage } from '../../../src/audit/review/index.ts';
import { run } from '../../../src/engine/run.ts';
import { parseDate } from '../../../src/exact/date.ts';
import { rational } from '../../../src/exact/rational.ts';
import { exactValueText } from '../../../src/exact/text.ts';
import type { Language } from '../../../src/problems/messages/index.ts';
import { placeText } from '../../../src/problems/problem.ts';
import { resultSheets } from '../../../src/report/sheets.ts';
import { checkRules } from '../../../src/rules/check.ts';
import { readXlsx } from '../../../src/workbook/xlsx/book.ts';
import type { CellEdit } from '../../../src/workbook/xlsx/cellContent.ts';
import { book } from '../../support/book.ts';
import { edited, reviewOf, reviewXlsx, smallBytes } from './support.ts';

/** small.xlsx with its results of 2026-03-31 in a language. */
async function withResults(language: Language): Promise<Uint8Array> {
  const xlsx = readXlsx(smallBytes(), 'small.xlsx');
  const workbook = await xlsx.read();
  const { program } = checkRules(parseRules(workbook.rules), workbook, parseDate('2026-03-31') ?? 0);
  if (program === null) throw new Error('no program');
  return xlsx.withSheets(resultSheets(program, workbook, run(program, workbook), language)).bytes;
}

const typed = (bytes: Uint8Array, edits: readonly CellEdit[]): Uint8Array =>
  readXlsx(bytes, 'small.xlsx').withCells(edits);

const changes = ({ results }: Review): readonly string[] =>
  results.kind !== 'compared' ? [results.kind] : results.changed.map(said);

const said = ({ at, kind, key, heading, result, found }: ChangedCell): string =>
  [
    placeText(at),
    kind,
    key,
    heading,
    ...[result, found].map((x) => (x === null ? 'none' : exactValueText(x))),
  ].join('|');

describe('results that were overwritten', () => {
  it.each(['en', 'zh-CN'] as const)('are as a run gives them (%s)', async (language) => {
    const review = await reviewXlsx(await withResults(language));
    expect(review.results).toEqual({ kind: 'compared', sheets: 5, changed: [] });
  });

  it('are found cell by cell, and formulas in their place', async () => {
    const bytes = typed(await withResults('en'), [
      { sheet: 'Allot Shares', row: 2, column: 4, value: { kind: 'number', value: rational(1300n) } },
      {
        sheet: 'Allot Scalars',
        row: 4,
        column: 2,
        value: {
          kind: 'formula',
          formula: '=1265.34',
          cached: { kind: 'number', value: rational(126534n, 100n) },
        },
      },
    ]);
    expect(changes(await reviewXlsx(bytes))).toEqual([
      "'Allot Shares'!D2|cell|reward · Staff · |Pool|1265.34|1300",
      "'Allot Scalars'!B4|formula|pool|Value|1265.34|1265.34",
    ]);
  });

  it('are those of another day', async () => {
    expect(changes(await reviewXlsx(await withResults('en'), '2026-02-28'))).toEqual(['other-day']);
  });

  it('lack a row, or have one too many', async () => {
    const bytes = typed(await withResults('en'), [
      { sheet: 'Allot Scalars', row: 4, column: 1, value: { kind: 'text', value: 'poll' } },
    ]);
    expect(changes(await reviewXlsx(bytes))).toEqual([
      "'Allot Scalars'!A1|row-missing|pool||none|none",
      "'Allot Scalars'!A4|row-added|poll||none|none",
    ]);
  });
});

describe('what is hidden', () => {
  it('is found: sheets, rows and columns of rules', async () => {
    const bytes = edited(smallBytes(), (name, text) => {
      if (name === 'xl/workbook.xml')
        return text
          .replace(/<sheet name="Grades"/, '<sheet state="hidden" name="Grades"')
          .replace(/<sheet name="Rules"/, '<sheet state="veryHidden" name="Rules"');
      return text;
    });
    const review = await reviewXlsx(bytes);
    expect(review.hidden).toEqual(
      expect.arrayContaining([
        { kind: 'sheet', sheet: 'Grades', use: 'data', deep: false },
        { kind: 'sheet', sheet: 'Rules', use: 'rules', deep: true },
      ]),
    );
    expect(review.hidden).toHaveLength(2);
  });

  it('is found in the rows of the rule sheet alone', async () => {
    const { structure } = readXlsx(smallBytes(), 'small.xlsx');
    const part = structure.sheets.find(({ use }) => use === 'rules')?.part;
    const bytes = edited(smallBytes(), (name, text) =>
      name === part
        ? text
            .replace(/<row r="12"/, '<row hidden="1" r="12"')
            .replace(/<row r="15"/, '<row ht="0" customHeight="1" r="15"')
            .replace(
              /<cols>.*<\/cols>|(?=<sheetData)/s,
              '<cols><col min="2" max="9" width="9" hidden="1"/></cols>',
            )
        : text,
    );
    expect((await reviewXlsx(bytes)).hidden).toEqual([
      { kind: 'column', sheet: 'Rules', column: 2 },
      { kind: 'column', sheet: 'Rules', column: 3 },
      { kind: 'row', sheet: 'Rules', row: 12 },
      { kind: 'row', sheet: 'Rules', row: 15 },
    ]);
  });
});

describe('the page', () => {
  it('has no text of cells or rules as HTML, no scripts and nothing from elsewhere', async () => {
    const evil = '<script>alert(1)</script><img src=http://x.example/a onerror="b">';
    const review = await reviewOf(
      book(
        {
          Staff: [
            ['id', 'n'],
            [evil, 1],
            ['E2', 2],
          ],
        },
        {
          rules: `table Staff key id where n > 1 # ${evil}\nband b\n  "${evil.replaceAll('"', '""')}" -> 1 # ${evil}\n  otherwise -> 2\neach Staff\n  y = b("x") # ${evil}`,
        },
      ),
    );
    for (const language of ['en', 'zh-CN'] as const) {
      const page = reviewPage(review, `${evil}.xlsx`, language);
      expect(page).not.toMatch(/<script|<img|<link|<iframe|\bon\w+\s*=\s*"/i);
      expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(page.match(/(?:src|href)="(?!#)/g)).toBeNull();
      expect(page).toContain(`<html lang="${language}">`);
      // Every tag that is opened is closed.
      for (const tag of ['section', 'article', 'table', 'div', 'p', 'code', 'tr', 'td', 'th', 'span', 'h3'])
        expect([tag, page.split(new RegExp(`<${tag}[ >]`)).length]).toEqual([
          tag,
          page.split(`</${tag}>`).length,
        ]);
    }
  });
});
