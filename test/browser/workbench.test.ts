import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnValue } from '../../src/exact/column.ts';
import type { AllotWorkbench } from '../../src/workbench/testing.ts';
import { readXlsx } from '../../src/workbook/xlsx/book.ts';
import { partBytes } from '../../src/workbook/xlsx/zip.ts';
import { serve } from '../../webpack/serve.mjs';
import { buildOnce, ROOT } from '../support/builds.ts';
import { findChromium, launch, NO_CHROMIUM } from './support/chromium.ts';
import { looks } from './support/looks.ts';
import { picture, violations } from './support/seen.ts';

declare global {
  interface Window {
    allotWorkbench?: AllotWorkbench;
  }
}

const chromium = findChromium();
const MARCH = Date.UTC(2026, 2, 31);
const SMALL = path.join(ROOT, 'samples/small.xlsx');
/** A calm machine needs a tenth of it. */
const PATIENCE = 60_000;
/** Row of ticket T09: E08 answered it after 2 hours and a minute, which gives 60 points. */
const T09 = 11;
/** The grid's insides are another maker's. */
const GRID = '.bench-grid';

describe.skipIf(chromium === null)(`the workbench${chromium === null ? ` (${NO_CHROMIUM})` : ''}`, () => {
  let browser: Browser;
  let server: { readonly url: string; close(): Promise<void> };
  beforeAll(async () => {
    server = await serve(await buildOnce('workbench'));
    browser = await launch(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** A new page; `wrong` is what went wrong in it so far. */
  async function openPage(): Promise<{ readonly page: Page; readonly wrong: readonly string[] }> {
    const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1400, height: 800 } });
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(server.url))
        wrong.push(`asks ${request.url()}`);
    });
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(server.url);
    return { page, wrong };
  }

  async function opened(page: Page, count = 1): Promise<void> {
    await page.waitForFunction((n) => (window.allotWorkbench?.opened ?? 0) >= n, count, {
      timeout: PATIENCE,
    });
  }

  async function openSmall(): Promise<{ readonly page: Page; readonly wrong: readonly string[] }> {
    const open = await openPage();
    await open.page.getByRole('button', { name: /small\.xlsx/ }).click();
    await opened(open.page);
    return open;
  }

  const bench = {
    setAsOf: (page: Page) => page.evaluate((asOf) => window.allotWorkbench?.setAsOf(asOf), MARCH),
    setCell: (page: Page, sheet: string, a1: string, value: string | number) =>
      page.evaluate(
        ([name, at, input]) => window.allotWorkbench?.setCell(name as string, at as string, input as string),
        [sheet, a1, value] as const,
      ),
    cells: (page: Page, sheet: string, a1: string) =>
      page.evaluate(([name, at]) => window.allotWorkbench?.cells(name as string, at as string), [
        sheet,
        a1,
      ] as const),
    /** Until a range holds these values. */
    holds: (page: Page, sheet: string, a1: string, values: unknown) =>
      page.waitForFunction(
        ([name, at, wanted]) =>
          JSON.stringify(window.allotWorkbench?.cells(name as string, at as string)) === wanted,
        [sheet, a1, JSON.stringify(values)] as const,
        { timeout: PATIENCE },
      ),
  };

  test('a function in a cell follows a ticket, and so does a formula that refers to it', async () => {
    const { page, wrong } = await openSmall();
    await bench.setCell(page, 'About', 'H2', '=ALLOT.SUPPORTSCORE("E08")');
    // No as-of date yet: there is nothing to say.
    await bench.holds(page, 'About', 'H2', [['#N/A']]);
    await page.evaluate(() => window.allotWorkbench?.select('About', 'H2'));
    expect(await page.locator('.bench-message').textContent()).toMatch(/date/i);
    await bench.setAsOf(page);
    await bench.setCell(page, 'About', 'H3', '=H2*2');
    await bench.holds(page, 'About', 'H2:H3', [[80], [160]]);
    // Response is (100 + 80 + 80 + 60 + 80) / 5 = 80. A first answer within the hour makes a 60 a 100:
    // 45% of 88 + 35% of 80 + 20% of 80 = 83.6.
    const openedAt = (await bench.cells(page, 'Tickets', `C${T09}`))?.[0]?.[0];
    await bench.setCell(page, 'Tickets', `D${T09}`, Number(openedAt) + 0.5 / 24);
    await bench.holds(page, 'About', 'H2:H3', [[83.6], [167.2]]);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('ten thousand functions after one edit cost one evaluation', async () => {
    const { page, wrong } = await openSmall();
    await bench.setAsOf(page);
    await page.evaluate(() => {
      window.allotWorkbench?.addSheet('Calc');
      const who = ['E07', 'E08', 'E09', 'E10', 'E11'];
      const formulas = Array.from({ length: 10_000 }, (_, i) => [`=ALLOT.SUPPORTSCORE("${who[i % 5]}")`]);
      window.allotWorkbench?.setCells('Calc', 'A1:A10000', formulas);
    });
    const all = (scores: readonly number[]): unknown =>
      Array.from({ length: 10_000 }, (_, i) => [scores[i % 5]]);
    await bench.holds(page, 'Calc', 'A1:A10000', all([93.4, 80, 80, 64.5, 99]));
    const before = await page.evaluate(() => window.allotWorkbench?.state().revision);
    const openedAt = (await bench.cells(page, 'Tickets', `C${T09}`))?.[0]?.[0];
    const started = performance.now();
    await bench.setCell(page, 'Tickets', `D${T09}`, Number(openedAt) + 0.5 / 24);
    await bench.holds(page, 'Calc', 'A1:A10000', all([93.4, 83.6, 80, 64.5, 99]));
    console.info(`10,000 functions followed one edit in ${Math.round(performance.now() - started)} ms`);
    expect(await page.evaluate(() => window.allotWorkbench?.state().revision)).toBe((before ?? 0) + 1);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('what is saved is the file with the cell that was edited, all else byte for byte', async () => {
    const { page, wrong } = await openSmall();
    await bench.setCell(page, 'Grades', 'B2', 6789.25);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as file' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('small.xlsx');
    const bytes = readFileSync(await saved.path());
    const [before, after] = [readXlsx(readFileSync(SMALL), 'a.xlsx'), readXlsx(bytes, 'b.xlsx')];
    const grades = before.structure.sheets.find((sheet) => sheet.name === 'Grades');
    const changed = before.structure.zip.entries.flatMap((entry) => {
      const other = after.structure.zip.entries.find((one) => one.name === entry.name);
      const same =
        other !== undefined &&
        Buffer.from(partBytes(before.structure.zip, entry)).equals(partBytes(after.structure.zip, other));
      return same ? [] : [entry.name];
    });
    expect(changed).toEqual([grades?.part]);
    expect(after.structure.zip.entries.map((entry) => entry.name)).toEqual(
      before.structure.zip.entries.map((entry) => entry.name),
    );
    const [table] = (await after.read(['Grades'])).tables;
    const column = table?.columns[1];
    expect(column && columnValue(column.data, 0)).toEqual({
      kind: 'number',
      value: { n: 27157n, d: 4n },
    });
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('results are written beside the grid, and a file that is none is refused in words', async () => {
    const { page, wrong } = await openSmall();
    await bench.setAsOf(page);
    await page.getByRole('tab', { name: 'Run' }).click();
    await page.getByRole('button', { name: 'Run and write' }).click();
    await page.waitForFunction(
      () => {
        try {
          return window.allotWorkbench?.cells('Allot Staff', 'A1')[0]?.[0] !== null;
        } catch {
          return false;
        }
      },
      null,
      { timeout: PATIENCE },
    );
    expect((await bench.cells(page, 'Allot Staff', 'A2:A13'))?.flat()).toEqual(
      Array.from({ length: 12 }, (_, i) => `E${String(i + 1).padStart(2, '0')}`),
    );
    // The sheet that was looked at still is.
    expect(await page.evaluate(() => window.allotWorkbench?.selection())).toMatch(/^Rules!/);
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'notes.xlsx',
        mimeType: 'application/octet-stream',
        buffer: Buffer.from('not a workbook'),
      });
    await page.getByRole('alert').getByText('notes.xlsx').waitFor();
    expect((await page.getByRole('alert').textContent())?.match(/notes\.xlsx/g)).toHaveLength(1);
    // The workbook that was open still is.
    expect((await bench.cells(page, 'Allot Staff', 'A2'))?.flat()).toEqual(['E01']);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('what is wrong with the arguments of a function is said where its cell is selected', async () => {
    const { page, wrong } = await openSmall();
    const messageAt = async (a1: string): Promise<string | null> => {
      await page.evaluate((at) => window.allotWorkbench?.select('About', at), a1);
      const message = page.locator('.bench-message');
      return (await message.count()) === 0 ? null : message.textContent();
    };
    await bench.setAsOf(page);
    await bench.setCell(page, 'About', 'H2', '=ALLOT.STEPS("abc", 0.1)');
    await bench.setCell(page, 'About', 'H3', '=ALLOT.SUPPORTSCORE("E99")');
    await bench.holds(page, 'About', 'H2:H3', [['#VALUE!'], ['#N/A']]);
    await expect.poll(() => messageAt('H2')).toContain('x (argument 1)');
    await expect.poll(() => messageAt('H3')).toContain('E99');
    await bench.setCell(page, 'About', 'H2', '=ALLOT.STEPS(0.27, 0.1)');
    await bench.setCell(page, 'About', 'H3', 5);
    await bench.holds(page, 'About', 'H2:H3', [[2], [5]]);
    expect(await messageAt('H2')).toBe(null);
    expect(await messageAt('H3')).toBe(null);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('the pane goes by its own width, not by the window’s', async () => {
    const { page, wrong } = await openSmall();
    await bench.setAsOf(page);
    await page.getByRole('tab', { name: 'Allocation' }).click();
    await page.locator('.al-grid').waitFor();
    const lines = await page
      .locator('.al-tile-value')
      .evaluateAll((tiles) =>
        tiles.map((tile) =>
          Math.round(tile.clientHeight / Number.parseFloat(getComputedStyle(tile).lineHeight)),
        ),
      );
    expect(lines).toEqual([1, 1, 1, 1, 1]);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test.each(
    looks([
      ['light', 'none'],
      ['dark', 'none'],
      ['light', 'active'],
    ] as const),
  )('axe finds nothing in the page’s own parts: %s, forced colours %s', async (theme, forced) => {
    const { page, wrong } = await openPage();
    await page.emulateMedia({ forcedColors: forced });
    if (theme === 'dark') await page.getByRole('button', { name: 'Dark' }).click();
    expect(await violations(page, GRID)).toEqual([]);
    await page.getByRole('button', { name: /small\.xlsx/ }).click();
    await opened(page);
    await page.locator('.bench-pane').getByRole('button', { name: 'Run and write' }).waitFor();
    expect(await violations(page, GRID)).toEqual([]);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('speaks Chinese, and keeps what is open', async () => {
    const { page, wrong } = await openSmall();
    await bench.setAsOf(page);
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('button', { name: '保存为文件' }).waitFor();
    await page.getByRole('button', { name: '深色' }).click();
    await bench.setCell(page, 'About', 'H2', '=ALLOT.SUPPORTSCORE("E08")');
    await bench.holds(page, 'About', 'H2', [[80]]);
    await picture(page, 'workbench-zh-dark');
    expect(wrong).toEqual([]);
    await page.close();
  });
});
