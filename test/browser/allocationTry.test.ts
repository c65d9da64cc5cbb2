import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  keysOf,
  literal,
  openAllocation,
  rewrite,
  rowsOf,
  ruleLine,
  said,
  tile,
} from './support/allocation.ts';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { type OpenPane, openBench, type PaneBench, type PaneOptions } from './support/paneTest.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(
  `trying figures on the Allocation page${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
    });
    afterAll(() => bench?.close());

    const open = (options?: PaneOptions): Promise<OpenPane> => openAllocation(bench, options);

    test('tries another rate and writes it to the rules', async () => {
      const pane = await open({ height: 1500 });
      const { page } = pane;
      await page.getByText('Try other figures').click();
      await literal(page, 'pool_rate').fill('12%');
      await page.getByText('Nobody gains, 5 lose').waitFor();
      expect(await page.getByText('−253.09 in all').isVisible()).toBe(true);
      expect(await tile(page, 'Pool')).toBe('1,012.25');
      expect((await rowsOf(page)).map((row) => row.slice(0, 4))).toEqual([
        ['E07', '−59.78', '286.56', '226.78'],
        ['E08', '−51.21', '245.45', '194.24'],
        ['E09', '−51.20', '245.44', '194.24'],
        ['E11', '−49.62', '290.00', '240.38'],
        ['E10', '−41.28', '197.89', '156.61'],
      ]);
      // Nothing has been written.
      expect(await ruleLine(pane, 12)).toContain('15%');
      await pane.shot('allocation-try');
      expect(await pane.violations()).toEqual([]);

      await page.getByRole('button', { name: 'Write to the rules' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await said(page.getByRole('dialog'))).toContain('pool_rate = 12% from 2026-01-01');
      await pane.shot('allocation-write');
      expect(await pane.violations()).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      expect(await ruleLine(pane, 12)).toContain('15%');
      await page.getByRole('button', { name: 'Write to the rules' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Write', exact: true }).click();
      await page.getByText('The rules say so now.').waitFor();
      expect(await ruleLine(pane, 12)).toBe('pool_rate = 12% from 2026-01-01          # 5G campaign');
      await expect.poll(() => tile(page, 'Pool')).toBe('1,012.25');
      expect(await literal(page, 'pool_rate').inputValue()).toBe('12%');
      expect(await page.getByRole('button', { name: 'Discard' }).count()).toBe(0);
      expect(await pane.close()).toEqual([]);
    });

    test('says what is wrong with what is tried, and discards it', async () => {
      const pane = await open({ height: 1500 });
      const { page } = pane;
      await page.getByText('Try other figures').click();
      await literal(page, 'pool_rate').fill('much');
      await expect.poll(() => literal(page, 'pool_rate').getAttribute('aria-invalid')).toBe('true');
      expect(
        await page.getByRole('button', { name: 'Write to the rules' }).getAttribute('aria-disabled'),
      ).toBe('true');
      await literal(page, 'pool_rate').fill('15%');
      await literal(page, 'support · 45% response').fill('50%');
      await page.getByText('With these figures nothing is shared:').waitFor();
      expect(await said(page.locator('.al-effect'))).toContain('105%');
      await pane.shot('allocation-problem');
      expect(await pane.violations()).toEqual([]);
      await literal(page, 'support · 35% resolution').fill('30%');
      await page.getByText('in all').waitFor();
      await page.getByRole('button', { name: 'Discard' }).click();
      expect(await literal(page, 'support · 45% response').inputValue()).toBe('45%');
      expect(await keysOf(page)).toEqual(['E07', 'E08', 'E09', 'E10', 'E11']);
      expect(await pane.close()).toEqual([]);
    });

    test('does not write over rules that were changed meanwhile', async () => {
      const pane = await open({ height: 1500 });
      const { page } = pane;
      await page.getByText('Try other figures').click();
      await literal(page, 'reward · cap').fill('300');
      await page.getByText('1 gains, 4 lose').waitFor();
      // A colleague changes the very line between the look and the click.
      await page.evaluate(async () => {
        const { book } = await window.allot;
        const real = book.ruleSheets.bind(book);
        let first = true;
        Object.assign(book, {
          ruleSheets: async () => {
            const sheets = await real();
            if (!first) return sheets;
            first = false;
            return sheets.map((sheet) => ({
              ...sheet,
              rows: sheet.rows.map((row) => (row.text === 'cap 290' ? { ...row, text: 'cap 280' } : row)),
            }));
          },
        });
      });
      await page.getByRole('button', { name: 'Write to the rules' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Write', exact: true }).click();
      await page.getByText('The rule sheet was changed meanwhile').waitFor();
      expect(await ruleLine(pane, 41)).toBe('cap 290');
      expect(await literal(page, 'reward · cap').inputValue()).toBe('300');
      expect(await pane.close()).toEqual([]);
    });

    test('keeps what is tried with its rule where lines move in the sheet', async () => {
      const pane = await open({ height: 1500 });
      const { page } = pane;
      await page.getByText('Try other figures').click();
      await literal(page, 'pool_rate').fill('12%');
      await page.getByText('Nobody gains, 5 lose').waitFor();
      await rewrite(pane, (rows) => [{ text: '# a line above them all', depth: 0 }, ...rows]);
      await page.getByRole('button', { name: /^Rules!A13:/ }).waitFor();
      expect(await literal(page, 'pool_rate').inputValue()).toBe('12%');
      await page.getByText('Nobody gains, 5 lose').waitFor();
      await page.getByRole('button', { name: 'Write to the rules' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Write', exact: true }).click();
      await page.getByText('The rules say so now.').waitFor();
      expect(await ruleLine(pane, 13)).toBe('pool_rate = 12% from 2026-01-01          # 5G campaign');
      expect(await ruleLine(pane, 12)).toBe('pool_rate = 10%');
      expect(await pane.close()).toEqual([]);
    });

    describe('of a company', () => {
      test('tries the old rate on everybody', async () => {
        const pane = await open({ sample: '广电.xlsx', language: 'zh-CN', width: 420, height: 1300 });
        const { page } = pane;
        await page.getByLabel('分配项', { exact: true }).selectOption({ index: 1 });
        await page.getByText('共 1,926 个成员').waitFor();
        await page.getByText('试算', { exact: true }).click();
        await literal(page, await said(page.locator('.al-literal label').first())).fill('12%');
        await page.locator('.al-effect-box').waitFor({ timeout: 60_000 });
        const [now, before] = [
          await tile(page, '待分配总额'),
          await said(page.locator('.al-tile-was').first()),
        ];
        expect(before).toBe('原 753,443.30');
        // 12/15 of the pool but for the rounding of each colleague's part.
        expect(Math.abs(Number(now.replaceAll(',', '')) - 753_443.3 * 0.8)).toBeLessThan(20);
        expect(await said(page.locator('.al-effect-main'))).toMatch(/^没有成员增加，1,\d{3} 个减少$/);
        expect(await page.locator('.al-grid-line').count()).toBeLessThan(40);
        // A thousand on the axis is not cut off.
        const cut = await page.locator('.al-chart').evaluate((chart) => {
          const { left } = chart.getBoundingClientRect();
          return [...chart.querySelectorAll('.al-axis')]
            .filter((text) => text.getBoundingClientRect().left < left)
            .map((text) => text.textContent);
        });
        expect(cut).toEqual([]);
        // What it comes to stays in sight beside the first figure, however many there are.
        await page.setViewportSize({ width: 420, height: 700 });
        await page.locator('.al-literal').first().scrollIntoViewIfNeeded();
        const effect = await page.locator('.al-effect-box').boundingBox();
        expect((effect?.y ?? 0) + (effect?.height ?? 0)).toBeLessThanOrEqual(700);
        await page.setViewportSize({ width: 420, height: 1300 });
        await page.getByRole('button', { name: '分组对比' }).click();
        await page.locator('.al-try summary').first().click();
        await pane.shot('allocation-zh-company');
        expect(await pane.violations()).toEqual([]);
        expect(await pane.close()).toEqual([]);
      });
    });
  },
);
