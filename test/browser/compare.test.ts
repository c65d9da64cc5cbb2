import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { type OpenPane, openBench, type PaneBench } from './support/paneTest.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(
  `comparing with another date${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
    });
    afterAll(() => bench?.close());

    /** From the allocation's button to the form. */
    async function open(options: Parameters<PaneBench['open']>[0] = {}): Promise<OpenPane> {
      const pane = await bench.open({ asOf: '2026-03-31', height: 1400, ...options });
      const chinese = options.language === 'zh-CN';
      await pane.tab(chinese ? '分配' : 'Allocation');
      await pane.page
        .getByRole('button', { name: chinese ? '与另一日期比较' : 'Compare with another date' })
        .click();
      await pane.page.getByLabel(chinese ? '另一日期' : 'Other date').waitFor();
      return pane;
    }

    const rowsOf = (pane: OpenPane, table: string): Promise<string[][]> =>
      pane.page
        .locator('#panel-compare')
        .locator(`${table} tbody tr, ${table} tfoot tr`)
        .evaluateAll((rows) =>
          rows.map((row) =>
            [...row.querySelectorAll('th, td')].map(
              (cell) => (cell.querySelector('.link') ?? cell).textContent,
            ),
          ),
        );

    test('the share of March against December: sums, reasons, groups, people', async () => {
      const pane = await open();
      const { page } = pane;
      const panel = page.getByRole('tabpanel', { name: 'Compare', exact: true });
      expect(await page.getByRole('tab', { name: 'Allocation' }).getAttribute('aria-selected')).toBe('true');
      expect(await page.getByLabel('Other date').inputValue()).toBe('2026-02-28');
      expect(await page.getByLabel('Amount', { exact: true }).inputValue()).toBe('Staff[reward]');
      await page.getByLabel('Other date').fill('2025-12-31');
      await page.getByLabel('Add up by').selectOption('Side');
      expect(await pane.violations()).toEqual([]);
      await page.getByRole('button', { name: 'Compare', exact: true }).press('Enter');
      await panel.getByText('Of 5, 5 get more, 0 less.').waitFor();
      expect(await panel.locator('.al-tile').allTextContents()).toEqual([
        'Before · 2025-12-310.00',
        'After · 2026-03-311,265.34',
        'Difference+1,265.34',
      ]);
      // Two thirds and a bit less: 99517/150 twice, −9233/150.
      expect(await rowsOf(pane, '.cm-reasons')).toEqual([
        ['Rules the rule lines in force', '0.00'],
        ['Own rows the person, and rows that refer to them', '+663.45'],
        ['Pool the sums that are shared out', '+663.45'],
        ['All other rows everybody and everything else', '-61.55'],
        ['Difference', '+1,265.34'],
      ]);
      expect(await rowsOf(pane, '.cm-groups')).toEqual([
        ['back', '+1,265.34', '5', '5', '0', '0.00', '1,265.34', '0.00', '+663.45', '+663.45', '-61.55'],
      ]);
      expect((await rowsOf(pane, '.cm-people')).map((cells) => cells.slice(0, 6))).toEqual([
        ['E11', '+290.00', '–no amount', '290.00', '0.00', '+145.00'],
        ['E07', '+286.56', '–no amount', '286.56', '0.00', '+143.85'],
        ['E08', '+245.45', '–no amount', '245.45', '0.00', '+130.15'],
        ['E09', '+245.44', '–no amount', '245.44', '0.00', '+130.15'],
        ['E10', '+197.89', '–no amount', '197.89', '0.00', '+114.30'],
      ]);
      // The picture's data: everybody on the right of 0.
      await panel.getByText('Figures', { exact: true }).click();
      const bins = await rowsOf(pane, '.al-data');
      expect(bins.map(([, , n]) => Number(n)).reduce((a, b) => a + b)).toBe(5);
      expect(bins.every(([from = '']) => !from.startsWith('-'))).toBe(true);
      await pane.shot('compare');
      expect(await pane.violations()).toEqual([]);

      await panel.getByRole('button', { name: 'Select the cell of E07' }).click();
      expect(await pane.selection()).toMatch(/^Staff!\d+,1$/);
      await panel.getByRole('button', { name: 'Explain E07' }).click();
      await page.getByRole('tabpanel', { name: 'Explain' }).getByText('286.56').first().waitFor();
      expect(await pane.close()).toEqual([]);
    });

    test('net pay: who gets less, and what is out of date', async () => {
      const pane = await open({ width: 320 });
      const { page } = pane;
      const panel = page.getByRole('tabpanel', { name: 'Compare', exact: true });
      await page.getByLabel('Other date').fill('2026-03-31');
      await panel.getByText('Pick a date other than the workbook’s.').waitFor();
      await page.getByLabel('Other date').fill('2025-12-31');
      await page.getByLabel('Amount', { exact: true }).selectOption('Staff[net_pay]');
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
      await panel.getByText('Of 12, 10 get more, 1 less.').waitFor();
      await panel.getByRole('button', { name: 'Less 1' }).click();
      expect(await rowsOf(pane, '.cm-people')).toEqual([
        ['E06', '-30.00', '4,200.00', '4,170.00', '0.00', '-30.00', '0.00', '0.00'],
      ]);
      await panel.getByText('Figures', { exact: true }).click();
      const counts = (await rowsOf(pane, '.al-data')).map(
        ([from = '', , n]) => [from[0], Number(n)] as const,
      );
      const on = (negative: boolean): number =>
        counts.reduce((sum, [first, n]) => sum + ((first === '-') === negative ? n : 0), 0);
      expect([on(true), on(false)]).toEqual([1, 10]);
      await panel.getByText('Figures', { exact: true }).click();
      await pane.shot('compare-narrow');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      expect(await pane.violations()).toEqual([]);
      // Another amount is asked for than is shown; then the workbook is another.
      await page.getByLabel('Amount', { exact: true }).selectOption('Staff[reward]');
      await panel.getByText(/compare again/).waitFor();
      await page.getByLabel('Amount', { exact: true }).selectOption('Staff[net_pay]');
      expect(await panel.getByText(/compare again/).count()).toBe(0);
      await pane.edit(['Tickets', 3, 5, '2']);
      await panel.getByText(/compare again/).waitFor();
      await page.getByRole('button', { name: 'Back to the allocation' }).click();
      await page.getByRole('tabpanel', { name: 'Allocation' }).locator('.al-grid').waitFor();
      expect(await pane.close()).toEqual([]);
    });

    test('a comparison is given up, and the book stays open; the tab leads back', async () => {
      const pane = await open({ sample: 'broadcast.xlsx' });
      const { page } = pane;
      const panel = page.getByRole('tabpanel', { name: 'Compare', exact: true });
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
      await panel.getByRole('progressbar').waitFor();
      await pane.shot('compare-running');
      expect(await pane.violations()).toEqual([]);
      await panel.getByRole('button', { name: 'Cancel' }).click();
      await panel.getByText('Cancelled. Nothing was changed.').waitFor();
      expect(await panel.getByRole('progressbar').count()).toBe(0);
      await page.getByRole('tab', { name: 'Allocation' }).click();
      await page.getByRole('tabpanel', { name: 'Allocation' }).locator('.al-grid').waitFor();
      // The calculator that was started anew has the book.
      const columns = await page.evaluate(async () =>
        (await window.allot).session.calculator.comparable(Date.UTC(2026, 2, 31)),
      );
      expect(columns.length).toBeGreaterThan(1);
      expect(await pane.close()).toEqual([]);
    });

    test('in Chinese, in the dark', async () => {
      const pane = await open({ language: 'zh-CN', theme: 'dark' });
      const { page } = pane;
      const panel = page.getByRole('tabpanel', { name: '比较', exact: true });
      await page.getByLabel('另一日期').fill('2025-12-31');
      await page.getByLabel('金额', { exact: true }).selectOption('Staff[net_pay]');
      await page.getByRole('button', { name: '比较', exact: true }).click();
      await panel.getByText('共 12 人：增加 10 人，减少 1 人。').waitFor();
      await pane.shot('compare-zh');
      expect(await pane.violations()).toEqual([]);
      expect(await pane.close()).toEqual([]);
    });
  },
);
