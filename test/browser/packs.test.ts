import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../webpack/serve.mjs';
import { buildOnce, ROOT } from '../support/builds.ts';
import { findChromium, launch, NO_CHROMIUM } from './support/chromium.ts';
import { type OpenPane, openBench, type PaneBench } from './support/paneTest.ts';
import { picture } from './support/seen.ts';

const chromium = findChromium();
const MARCH = Date.UTC(2026, 2, 31);
const tables = (id: string): Uint8Array => readFileSync(path.join(ROOT, `samples/packs/pack-${id}.xlsx`));
/** A calm machine needs a tenth of it. */
const PATIENCE = 60_000;

/** What each pack's pools give; worked out by hand in test/samples/packs.test.ts. */
const SHARED = {
  broadcast: ['E05 141.36', 'E06 91.14', 'E07 250.00', 'E08 221.00'],
  manufacturing: ['W01 180.00', 'W02 155.63', 'W03 105.37', 'W04 67.16', 'W05 48.84', 'W06 25.00'],
  retail: [
    'R01 825.00',
    'R02 825.00',
    'R03 150.00',
    'R04 0.00',
    'R05 0.00',
    'R06 0.00',
    'R07 0.00',
    'R08 440.00',
    'R09 110.00',
  ],
  internet: ['N01 15,000.00', 'N02 10,000.00', 'N03 5,000.00', 'N04 10,000.00', 'N05 0.00'],
};

/** Members of all pools, with what they get. */
const members = (page: Page): Promise<string[]> =>
  page.locator('.al-grid-line').evaluateAll((lines) =>
    lines.map((line) => {
      const [key, amount] = line.querySelectorAll('.al-cell');
      return `${(key?.querySelector('.al-member-key') ?? key)?.textContent} ${amount?.textContent}`;
    }),
  );

describe.skipIf(chromium === null)(
  `rule packs in the pane${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
    });
    afterAll(() => bench?.close());

    async function open(options: Parameters<PaneBench['open']>[0], tab: string): Promise<OpenPane> {
      const pane = await bench.open({ asOf: '2026-03-31', height: 1100, ...options });
      // The editor waits by the clock, so the clock must go.
      await pane.page.clock.setSystemTime('2026-04-08T09:00:00');
      await pane.tab(tab);
      return pane;
    }

    test('from “New rule sheet” to the allocation', async () => {
      const pane = await open({ sample: tables('retail') }, 'Rules');
      const { page } = pane;
      await page.getByRole('button', { name: 'New rule sheet' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'New rule sheet' });
      await dialog.waitFor();
      // Of the four it is the one whose tables are here.
      expect(
        await dialog
          .locator('button', { hasText: 'Its tables are here' })
          .locator('strong')
          .allTextContents(),
      ).toEqual(['Retail']);
      await pane.shot('packs-choice');
      expect(await pane.violations()).toEqual([]);
      await dialog.getByRole('button', { name: /^Retail/ }).click();
      await page.getByText('Added the sheet Rules.').waitFor();
      await page.locator('.rules-standing').getByText('No problems').waitFor();
      await pane.settled();
      await pane.shot('packs-rules');
      await pane.tab('Allocation');
      await page.locator('.al-grid').waitFor();
      await pane.shot('packs-allocation');
      expect(await members(page)).toEqual(SHARED.retail);
      expect(await pane.close()).toEqual([]);
    });

    test('tables and columns that are missing are named before the rules are added', async () => {
      // small.xlsx has Staff, Grades, Tickets, Feedback, Sales and Attendance.
      const pane = await open({ sample: 'small.xlsx' }, 'Rules');
      const { page } = pane;
      await page.getByRole('button', { name: 'New rule sheet' }).last().click();
      await page.getByRole('button', { name: /^Broadcast network/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Broadcast network' });
      await dialog.waitFor();
      const said = await dialog
        .locator('dl > div')
        .evaluateAll((all) => all.map((one) => [...one.children].map(({ textContent }) => textContent)));
      expect(said).toEqual([
        ['Staff', 'Region'],
        ['Regions', 'Region, Reward cap'],
        ['Sales', 'Amount'],
      ]);
      await pane.shot('packs-missing');
      expect(await pane.violations()).toEqual([]);
      const sheets = () =>
        page.evaluate(async () => (await (await window.allot).book.ruleSheets()).map(({ sheet }) => sheet));
      expect(await sheets()).toEqual(['Rules']);
      await dialog.getByRole('button', { name: 'Back' }).click();
      await page.getByRole('dialog', { name: 'New rule sheet' }).waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
      expect(await sheets()).toEqual(['Rules']);
      // They may be added all the same.
      await page.getByRole('button', { name: 'New rule sheet' }).last().click();
      await page.getByRole('button', { name: /^Internet/ }).click();
      await page.getByRole('button', { name: 'Add the rules' }).click();
      await page.getByText('Added the sheet Rules 2.').waitFor();
      expect(await sheets()).toEqual(['Rules', 'Rules 2']);
      await page.locator('.rules-problem', { hasText: 'KeyResults' }).first().waitFor();
      expect(await pane.close()).toEqual([]);
    });

    test('中文：选择规则包，直到分配', async () => {
      const pane = await open({ sample: tables('manufacturing'), language: 'zh-CN' }, '规则');
      const { page } = pane;
      await page.getByRole('button', { name: '新建规则表' }).first().click();
      await page.getByRole('dialog', { name: '新建规则表' }).waitFor();
      await pane.shot('packs-choice-zh');
      expect(await pane.violations()).toEqual([]);
      await page.getByRole('button', { name: /^制造业/ }).click();
      await page.getByText('已新建工作表 规则。').waitFor();
      await page.locator('.rules-standing').getByText('没有问题').waitFor();
      await pane.settled();
      await pane.tab('分配');
      await page.locator('.al-grid').waitFor();
      expect(await members(page)).toEqual(SHARED.manufacturing);
      expect(await pane.close()).toEqual([]);
    });
  },
);

describe.skipIf(chromium === null)(
  `rule packs in the workbench${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
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

    test.each([
      ['Broadcast network', SHARED.broadcast],
      ['Manufacturing', SHARED.manufacturing],
      ['Retail', SHARED.retail],
      ['Internet', SHARED.internet],
    ])('%s: its tables, its rules, the allocation', async (name, shared) => {
      const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1400, height: 1100 } });
      page.setDefaultTimeout(PATIENCE);
      const wrong: string[] = [];
      page.on('pageerror', (error) => wrong.push(error.message));
      await page.goto(server.url);
      if (name === 'Retail') await picture(page, 'packs-workbench');
      await page.getByRole('button', { name, exact: true }).click();
      await page.waitForFunction(() => (window.allotWorkbench?.opened ?? 0) >= 1);
      await page.evaluate((asOf) => window.allotWorkbench?.setAsOf(asOf), MARCH);
      await page.getByRole('tab', { name: 'Rules' }).click();
      await page.getByRole('button', { name: 'New rule sheet' }).first().click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .click();
      await page.getByText('Added the sheet Rules.').waitFor();
      await page.evaluate(() => window.allotWorkbench?.settled());
      await page.getByRole('tab', { name: 'Allocation' }).click();
      await page.locator('.al-grid').waitFor();
      expect(await members(page)).toEqual(shared);
      expect(wrong).toEqual([]);
      await page.close();
    });
  },
);
