import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { integer } from '../../src/exact/rational.ts';
import type { Language } from '../../src/problems/messages/index.ts';
import { buildWorkbook } from '../../src/workbook/xlsx/build.ts';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { looks } from './support/looks.ts';
import { type OpenPane, openBench, type PaneBench } from './support/paneTest.ts';

const chromium = findChromium();
const TABS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Rules', 'Run', 'Allocation', 'Explain', 'Statement', 'Audit'],
  'zh-CN': ['规则', '计算', '分配', '解释', '工资条', '核查'],
};

/** A workbook with a table and no rules. */
const bare = (): Uint8Array =>
  buildWorkbook({
    sheets: [
      {
        kind: 'table',
        name: 'Staff',
        columns: [
          { heading: 'Id', width: 8 },
          { heading: 'Pay', width: 8 },
        ],
        rows: [
          [
            { kind: 'text', value: 'E1' },
            { kind: 'number', value: integer(5) },
          ],
        ],
      },
    ],
  });

describe.skipIf(chromium === null)(`the pane’s shell${chromium === null ? ` (${NO_CHROMIUM})` : ''}`, () => {
  let bench: PaneBench;
  beforeAll(async () => {
    bench = await openBench(chromium ?? '');
  });
  afterAll(() => bench.close());

  async function over(pane: OpenPane): Promise<void> {
    expect(await pane.close()).toEqual([]);
  }

  test('tabs are changed by arrows, and the others keep what was typed', async () => {
    const pane = await bench.open({ asOf: '2026-03-31' });
    const { page } = pane;
    await pane.tab('Statement');
    await page.getByRole('combobox', { name: 'Person' }).fill('E0');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Statement' }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('tabpanel', { name: 'Explain' }).waitFor();
    expect(await page.getByRole('tab', { selected: true }).allTextContents()).toEqual(['Explain']);
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('combobox', { name: 'Person' }).inputValue()).toBe('E0');
    await over(pane);
  });

  test('a link to another page takes the focus with it, a ribbon command shows its page', async () => {
    const pane = await bench.open({ asOf: '2026-03-31' });
    const { page } = pane;
    await page.getByRole('button', { name: 'pool_rate' }).press('Enter');
    await page.getByRole('heading', { level: 2, name: 'pool_rate' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('panel-explain');
    await page.evaluate(async () => (await window.allot).go({ page: 'statement', key: 'E02' }));
    await page.getByRole('article', { name: 'net_pay E02' }).waitFor();
    await pane.select('Staff', 9, 3);
    await page.evaluate(async () => (await window.allot).go({ page: 'explain' }));
    await page.getByRole('heading', { level: 2, name: 'Side E08' }).waitFor();
    await over(pane);
  });

  test('the first lines can be put away and found again', async () => {
    const pane = await bench.open({ welcome: true, asOf: '2026-03-31' });
    const { page } = pane;
    const lines = page.getByRole('region', { name: 'What Allot does' });
    await lines.waitFor();
    await pane.shot('welcome');
    await lines.getByRole('button', { name: 'Got it' }).click();
    expect(await lines.count()).toBe(0);
    await page.reload();
    await pane.settled();
    expect(await lines.count()).toBe(0);
    await page.getByRole('button', { name: 'What Allot does' }).click();
    expect(await lines.count()).toBe(1);
    await over(pane);
  });

  test('without rules every page leads to a new rule sheet', async () => {
    const pane = await bench.open({ sample: bare() });
    const { page } = pane;
    for (const name of ['Explain', 'Statement', 'Run']) {
      await pane.tab(name);
      await page.getByRole('tabpanel', { name }).getByText('This workbook has no rules yet').waitFor();
    }
    await pane.shot('run-no-rules');
    await page.getByRole('tabpanel', { name: 'Run' }).getByRole('button', { name: 'New rule sheet' }).click();
    await page.getByRole('tabpanel', { name: 'Rules' }).waitFor();
    await over(pane);
  });

  test('a place that is no cell of the workbook any more is said', async () => {
    const pane = await bench.open({ asOf: '2026-03-31' });
    const { page } = pane;
    await page.getByRole('button', { name: 'Run and write' }).click();
    await page.locator('.written').waitFor();
    await page.evaluate(async () => {
      const { book } = await window.allot;
      Object.assign(book, { select: () => Promise.reject(new Error('the sheet is gone')) });
    });
    await page.locator('.written').getByRole('button', { name: 'Allot Staff' }).click();
    await page.getByRole('status').getByText('the sheet is gone').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    expect(await page.getByText('the sheet is gone').count()).toBe(0);
    await over(pane);
  });

  test('a page that we can’t draw says so and leaves the others alone', async () => {
    const pane = await bench.open({ asOf: '2026-03-31' });
    const { page } = pane;
    await page.evaluate(async () => {
      const { calculator } = (await window.allot).session;
      const { statement } = calculator;
      Object.assign(calculator, {
        statement: async () => {
          Object.assign(calculator, { statement });
          return [{ name: 'broken' }];
        },
      });
    });
    await pane.tab('Statement');
    await page.getByRole('combobox', { name: 'Person' }).fill('E08');
    await page.keyboard.press('Enter');
    await page.getByText('Allot made a mistake and stopped').waitFor();
    expect(await page.locator('.report').isVisible()).toBe(false);
    await pane.shot('broken-page');
    await pane.tab('Run');
    expect(await page.getByText('Up to date.').isVisible()).toBe(true);
    await pane.tab('Statement');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Whose pay?').waitFor();
    expect((await pane.close()).filter((said) => !said.startsWith('console: TypeError'))).toEqual([]);
  });

  test.each([320, 380])('at %i px nothing is cut off, and the right corner is clear', async (width) => {
    const pane = await bench.open({ asOf: '2026-03-31', width, height: 500 });
    const { page } = pane;
    for (const name of TABS.en) {
      await pane.tab(name);
      await pane.settled();
      if (name === 'Explain') {
        await page.getByRole('combobox', { name: 'Name' }).fill('reward');
        await page.getByRole('combobox', { name: 'Row’s key' }).fill('E08');
        await page.keyboard.press('Enter');
        await page.getByLabel('Show').selectOption('all');
      }
      if (name === 'Statement') {
        await page.getByRole('combobox', { name: 'Person' }).fill('E08');
        await page.keyboard.press('Enter');
        await page.getByRole('article').waitFor();
      }
      const wide = await page.evaluate(() => {
        const panes = document.querySelector('.pages');
        const tabs = document.querySelector('.tabs');
        return [document.documentElement, panes, tabs].map((node) =>
          node === null ? 0 : node.scrollWidth - node.clientWidth,
        );
      });
      expect({ name, wide }).toEqual({ name, wide: [0, 0, 0] });
      await pane.shot(`narrow-${width}-${name.toLowerCase()}`);
    }
    const corner = await page.evaluate(() =>
      [1, 17, 33].map((x) => {
        const at = document.elementFromPoint(window.innerWidth - x, 16);
        return at?.closest('button, fluent-button, fluent-tab, a, input') === null;
      }),
    );
    expect(corner).toEqual([true, true, true]);
    await over(pane);
  });

  describe.each(['en', 'zh-CN'] as const)('in %s, axe-core finds nothing', (language) => {
    test.each(
      looks([
        ['light', false],
        ['dark', false],
        ['light', true],
        ['dark', true],
      ] as const),
    )('%s, forced colours: %s', async (theme, forcedColors) => {
      const zh = language === 'zh-CN';
      const pane = await bench.open({ language, theme, forcedColors, asOf: '2026-03-31' });
      const { page } = pane;
      const look = `${language}-${theme}${forcedColors ? '-forced' : ''}`;
      for (const name of TABS[language]) {
        await pane.tab(name);
        await pane.settled();
        if (name === '解释' || name === 'Explain') {
          await page.getByRole('combobox', { name: zh ? '名称' : 'Name' }).fill('reward');
          await page.getByRole('combobox', { name: zh ? '行的编号' : 'Row’s key' }).fill('E08');
          expect(await pane.violations()).toEqual([]);
          await page.keyboard.press('Enter');
          await page.getByRole('tree').waitFor();
        }
        if (name === '工资条' || name === 'Statement') {
          await page.getByRole('combobox', { name: zh ? '人员' : 'Person' }).fill('E08');
          await page.keyboard.press('Enter');
          await page.getByRole('article').waitFor();
          await page.locator('.line > summary').first().click();
        }
        expect({ name, violations: await pane.violations() }).toEqual({ name, violations: [] });
        await pane.shot(`look-${look}-${TABS[language].indexOf(name) + 1}`);
      }
      await over(pane);
    });
  });
});
