import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { openBench, type PaneBench } from './support/paneTest.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(
  `a company’s workbook in Chinese${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
    });
    afterAll(() => bench.close());

    test('从选定计薪日到打印工资条', async () => {
      const pane = await bench.open({ sample: '广电.xlsx', language: 'zh-CN', theme: 'dark' });
      const { page } = pane;
      const button = (name: string | RegExp) => page.getByRole('button', { name });
      await page.getByText('请选择计薪日').waitFor();
      await button('上月末 2026-03-31').click();
      await page.getByText('结果已是最新').waitFor({ timeout: 60_000 });
      // samples/README.md and broadcast.expected.json.
      await page.getByText('16 个数据表、23783 行').waitFor();
      await pane.shot('company-run');
      await button('计算并写入').click();
      await page
        .getByRole('status')
        .getByText(/^已写入 \d+ 个工作表/)
        .waitFor({ timeout: 120_000 });
      await page.locator('.written').getByRole('button', { name: 'Allot 员工' }).click();
      await expect.poll(() => pane.selection()).toBe('Allot 员工!1,1');

      // The first engineer with a reward, from the sheet that was written.
      const found = await page.evaluate(async () => {
        const { book } = await window.allot;
        const textAt = async (row: number, column: number): Promise<string> => {
          const { value } = await book.cell({ sheet: 'Allot 员工', row, column });
          return value === null ? '' : value.kind === 'text' ? value.value : value.kind;
        };
        let column = 1;
        while ((await textAt(1, column)) !== '支撑奖励') column++;
        for (let row = 3500; ; row++)
          if ((await textAt(row, column)) === 'number') return { row, column, key: await textAt(row, 1) };
      });
      await pane.select('Allot 员工', found.row, found.column);
      await pane.tab('解释');
      await page
        .getByRole('heading', { level: 2, name: `支撑奖励 ${found.key}` })
        .waitFor({ timeout: 60_000 });
      const reward = await page.locator('.reasons-value').textContent();
      await pane.shot('company-explain');
      await page.getByLabel('显示').selectOption('all');
      const cell = page
        .getByRole('treeitem')
        .getByRole('button', { name: /^工单!/ })
        .first();
      const place = (await cell.textContent()) ?? '';
      await cell.click();
      const [, letters = '', row = ''] = /^工单!([A-Z]+)(\d+)$/.exec(place) ?? [];
      await expect.poll(() => pane.selection()).toBe(`工单!${row},${letters.charCodeAt(0) - 64}`);

      await pane.tab('工资条');
      await page.getByRole('combobox', { name: '人员' }).fill(found.key);
      await pane.shot('company-person');
      await page.keyboard.press('Enter');
      const sheet = page.getByRole('article').first();
      await sheet.waitFor({ timeout: 60_000 });
      expect(
        (await sheet.locator('summary .number').allTextContents()).map((text) => text.replaceAll(',', '')),
      ).toContain(Number(reward?.replaceAll(',', '')).toFixed(2));
      await sheet.locator('summary').nth(2).click();
      await pane.shot('company-statement');
      expect(await pane.violations()).toEqual([]);
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 794, height: 1123 });
      // Paper is white, whatever the theme.
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).not.toContain(
        'dark',
      );
      await pane.shot('company-paper');
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
      expect(await pane.close()).toEqual([]);
    });
  },
);
