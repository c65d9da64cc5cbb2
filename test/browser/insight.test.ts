import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { looks } from './support/looks.ts';
import { type OpenPane, openBench, type PaneBench } from './support/paneTest.ts';

const chromium = findChromium();
const MARCH = '2026-03-31';

describe.skipIf(chromium === null)(
  `the insight’s page${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
    });
    afterAll(() => bench.close());

    async function over(pane: OpenPane): Promise<void> {
      expect(await pane.close()).toEqual([]);
    }

    /** Opens the page as a person does: from the run. */
    async function look(pane: OpenPane, zh = false) {
      await pane.tab(zh ? '计算' : 'Run');
      await pane.page.getByRole('button', { name: zh ? /^洞察/ : /^Insight/ }).click();
      const panel = pane.page.getByRole('tabpanel', { name: zh ? '洞察' : 'Insight', exact: true });
      await panel
        .getByRole('heading', { name: zh ? '薪酬与绩效' : 'Pay and performance' })
        .waitFor({ timeout: 120_000 });
      return panel;
    }

    test('finds what was planted, draws it, and writes it as sheets', async () => {
      const pane = await bench.open({ asOf: MARCH, sample: 'broadcast.xlsx', height: 1400 });
      const { page } = pane;
      const panel = await look(pane);
      await pane.shot('insight');
      expect(await pane.violations()).toEqual([]);
      expect(await page.getByRole('tab', { name: 'Run' }).getAttribute('aria-selected')).toBe('true');
      const heads = await panel.locator('.in-finding strong').allTextContents();
      expect(heads.slice(0, 3).map((head) => head.replace(/ takes .*/, ''))).toEqual([
        '1. Finance · Second signature: approval',
        '2. Northwest Transmission: first answer',
        '3. 5G Core · 5G slice engineer: first answer',
      ]);
      await panel.getByText(/^Spring Festival: /).waitFor();
      // What was found is in the picture for those who hear it.
      expect(
        await panel.getByRole('img', { name: /Second signature: 14\.7 hours, elsewhere 3\.73/ }).count(),
      ).toBe(1);
      await panel.getByRole('heading', { name: 'Forecast' }).evaluate((element) => element.scrollIntoView());
      await pane.shot('insight-forecast');
      await panel.getByText('with charts beside it').waitFor();
      await panel.getByRole('button', { name: 'Write as sheets' }).click();
      await page.getByText(/^Wrote \d+ sheets/).waitFor();
      // Sheets of ours are no change of the data.
      expect(await panel.getByText('The workbook has changed since.').count()).toBe(0);
      const drawn = await page.evaluate(async () => {
        const bytes = await (await window.allot).book.bytes();
        // Names of parts are not compressed.
        return new Set(new TextDecoder('latin1').decode(bytes).match(/xl\/charts\/chart\d+\.xml/g)).size;
      });
      expect(drawn).toBeGreaterThan(3);
      await page.getByRole('button', { name: 'Back to the run' }).click();
      await page
        .getByRole('tabpanel', { name: 'Run' })
        .getByRole('button', { name: 'Run and write' })
        .waitFor();
      await over(pane);
    }, 240_000);

    test('says what it lacks, and that the workbook has changed since', async () => {
      const pane = await bench.open({ asOf: MARCH });
      const panel = await look(pane);
      await panel.getByText('with charts beside it').waitFor();
      await panel.getByText(/^No table was found for: expenses, complaints, sales/).waitFor();
      await panel.getByText('No bottleneck: 0 posts and steps were compared.').waitFor();
      await pane.edit(['Feedback', 2, 4, '91']);
      await panel.getByText('The workbook has changed since.').waitFor();
      await panel.getByRole('button', { name: 'Look again' }).click();
      await panel.getByRole('heading', { name: 'Pay and performance' }).waitFor();
      expect(await pane.violations()).toEqual([]);
      await over(pane);
    });

    test('says where the host draws no charts', async () => {
      const pane = await bench.open({ asOf: MARCH });
      await pane.page.evaluate(async () => {
        Object.assign((await window.allot).book, { charts: false });
      });
      const panel = await look(pane);
      await panel.getByText('This grid draws no charts').waitFor();
      await over(pane);
    });

    test.each(
      looks([
        ['narrow', { width: 320 }],
        ['dark', { theme: 'dark' as const, language: 'zh-CN' as const, sample: '广电.xlsx' }],
        ['contrast', { forcedColors: true }],
        ['wide', { width: 900 }],
      ] as const),
    )(
      '%s: all of it fits and reads',
      async (name, options) => {
        const pane = await bench.open({ asOf: MARCH, sample: 'broadcast.xlsx', height: 1100, ...options });
        const { page } = pane;
        const panel = await look(pane, name === 'dark');
        await pane.shot(`insight-${name}`);
        await panel
          .locator('section')
          .nth(2)
          .evaluate((element) => element.scrollIntoView());
        await pane.shot(`insight-${name}-below`);
        expect(await pane.violations()).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
        const main = page.locator('main');
        expect(await main.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false);
        await over(pane);
      },
      240_000,
    );
  },
);
