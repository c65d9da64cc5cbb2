import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SourceLine } from '../../src/workbook/port.ts';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { type OpenPane, openBench, type PaneBench } from './support/paneTest.ts';

const chromium = findChromium();
const ASOF = '2026-03-31';

/** Rows of the table that is shown, cell by cell; of a member the key. */
const rowsOf = (page: Page): Promise<string[][]> =>
  page
    .locator('.al-grid-line')
    .evaluateAll((lines) =>
      lines.map((line) =>
        [...line.querySelectorAll('.al-cell')].map(
          (cell) => (cell.querySelector('.al-member-key') ?? cell).textContent,
        ),
      ),
    );
const keysOf = async (page: Page): Promise<string[]> => (await rowsOf(page)).map(([key = '']) => key);
const said = async (locator: Locator): Promise<string> => (await locator.textContent()) ?? '';
/** What a tile says: `Pool` → `1,265.34`. */
const tile = (page: Page, name: string): Promise<string> =>
  said(page.locator('.al-tile', { has: page.locator('dt', { hasText: name }) }).locator('.al-tile-value'));
const literal = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const ruleLine = (pane: OpenPane, row: number): Promise<string | undefined> =>
  pane.page.evaluate(async (n) => {
    const [sheet] = await (await window.allot).book.ruleSheets();
    return sheet?.rows[n - 1]?.text;
  }, row);

/** What a colleague writes into the rule sheet meanwhile. */
async function rewrite(
  pane: OpenPane,
  change: (rows: readonly SourceLine[]) => readonly SourceLine[],
): Promise<void> {
  const rows = await pane.page.evaluate(async () => {
    const [sheet] = await (await window.allot).book.ruleSheets();
    return (sheet?.rows ?? []).map(({ text, depth }) => ({ text, depth }));
  });
  await pane.page.evaluate(
    async (lines) => {
      const { book } = await window.allot;
      const [sheet] = await book.ruleSheets();
      if (sheet !== undefined) await book.writeRuleSheet(sheet.sheet, lines, sheet);
    },
    [...change(rows)],
  );
}

describe.skipIf(chromium === null)(
  `the Allocation page${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
    });
    afterAll(() => bench?.close());

    async function open(options: Parameters<PaneBench['open']>[0] = {}): Promise<OpenPane> {
      const pane = await bench.open({ asOf: ASOF, height: 1100, ...options });
      await pane.tab(options.language === 'zh-CN' ? '分配' : 'Allocation');
      await pane.page.locator('.al-grid').waitFor();
      return pane;
    }

    test('shows the pool and its members', async () => {
      const pane = await open();
      const { page } = pane;
      expect(await tile(page, 'Pool')).toBe('1,265.34');
      expect(await tile(page, 'Shared')).toBe('1,265.34');
      expect(await tile(page, 'Unallocated')).toBe('0.00');
      expect(await tile(page, 'Members')).toBe('5');
      const rows = await rowsOf(page);
      expect(rows.map(([key, amount, , decided]) => [key, amount, decided])).toEqual([
        ['E07', '286.56', 'Remainder +0.01'],
        ['E08', '245.45', 'Remainder +0.01'],
        ['E09', '245.44', 'Quota'],
        ['E10', '197.89', 'Quota'],
        ['E11', '290.00', 'Cap 290.00'],
      ]);
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('6');
      await pane.shot('allocation');
      expect(await pane.violations()).toEqual([]);
      expect(await pane.close()).toEqual([]);
    });

    test('sorts, searches and moves by the keyboard alone', async () => {
      const pane = await open();
      const { page } = pane;
      await page.getByRole('columnheader', { name: 'Amount' }).click();
      expect(await keysOf(page)).toEqual(['E11', 'E07', 'E08', 'E09', 'E10']);
      expect(await page.getByRole('columnheader', { name: 'Amount' }).getAttribute('aria-sort')).toBe(
        'descending',
      );
      await page.getByRole('columnheader', { name: 'Amount' }).click();
      expect(await keysOf(page)).toEqual(['E10', 'E09', 'E08', 'E07', 'E11']);
      await page.getByRole('searchbox', { name: 'Search members' }).fill('cap');
      expect(await keysOf(page)).toEqual(['E11']);
      expect(await page.getByText('1 of 5 members').isVisible()).toBe(true);
      await page.getByRole('searchbox', { name: 'Search members' }).fill('');
      // From the search box the Tab key leads into the table, which is one stop.
      await page.keyboard.press('Tab');
      const grid = page.getByRole('grid');
      expect(await grid.evaluate((element) => element === document.activeElement)).toBe(true);
      const current = () =>
        grid.evaluate((element) => {
          const id = element.getAttribute('aria-activedescendant') ?? '';
          const cell = document.getElementById(id);
          return (cell?.querySelector('.al-member-key') ?? cell)?.textContent;
        });
      // Where it was left: on the heading that was clicked.
      expect(await current()).toBe('Amount');
      await page.keyboard.press('ArrowDown');
      expect(await current()).toBe('197.89');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      await page.keyboard.press('Home');
      expect(await current()).toBe('E09');
      await page.keyboard.press('Control+End');
      await page.keyboard.press('Home');
      expect(await current()).toBe('E11');
      await page.keyboard.press('PageUp');
      await page.keyboard.press('ArrowUp');
      expect(await current()).toBe('Member');
      await page.keyboard.press('Enter');
      expect(await keysOf(page)).toEqual(['E07', 'E08', 'E09', 'E10', 'E11']);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      expect(await current()).toBe('E08');
      await pane.shot('allocation-keyboard');
      expect(await pane.violations()).toEqual([]);
      await page.keyboard.press('Enter');
      expect(await page.getByRole('tab', { name: 'Explain' }).getAttribute('aria-selected')).toBe('true');
      await page.getByRole('tree').waitFor();
      expect(await said(page.getByRole('tree'))).toContain('E08');
      expect(await pane.close()).toEqual([]);
    });

    test('goes to the row of a member', async () => {
      const pane = await open();
      await pane.page.locator('.al-grid-line', { hasText: 'E09' }).click();
      await pane.page.getByRole('button', { name: 'Show the row' }).click();
      await expect.poll(() => pane.selection()).toBe('Staff!10,1');
      expect(await pane.close()).toEqual([]);
    });

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

    test('copies CSV, and shows it where the clipboard is closed', async () => {
      const pane = await open();
      const { page } = pane;
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Copy as CSV' }).click();
      await page.getByText('5 rows copied.').waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied.split('\r\n').slice(0, 3)).toEqual([
        'Member,Grade,Amount,Weight,Decided by,Quota,Cap,Team',
        'E07,G4,286.56,93.4,Remainder +0.01,286.55789871,290,Network',
        'E08,G3,245.45,80,Remainder +0.01,245.445737653,290,Network',
      ]);
      await page.evaluate(() => {
        Object.defineProperty(navigator.clipboard, 'writeText', {
          value: () => Promise.reject(new Error('no')),
        });
      });
      await page.getByRole('button', { name: 'Copy as CSV' }).click();
      const text = page.getByRole('textbox', { name: 'Copy as CSV' });
      await text.waitFor();
      expect((await text.inputValue()).replaceAll('\n', '\r\n').replaceAll('\r\r', '\r')).toBe(copied);
      expect(
        await text.evaluate((area: HTMLTextAreaElement) => area.selectionEnd - area.selectionStart > 100),
      ).toBe(true);
      expect(await pane.violations()).toEqual([]);
      expect(await pane.close()).toEqual([]);
    });

    test('writes the results', async () => {
      const pane = await open();
      await pane.page.getByRole('button', { name: 'Write to the sheet' }).click();
      await pane.page.getByText('Written to Allot').waitFor();
      expect(await said(pane.page.locator('.message'))).toContain('Allot Staff!A1:');
      await pane.settled();
      expect(await tile(pane.page, 'Pool')).toBe('1,265.34');
      expect(await pane.close()).toEqual([]);
    });

    test('draws a chart by group, each with its figures', async () => {
      const pane = await open();
      const { page } = pane;
      await page.getByText('Figures', { exact: true }).click();
      expect(await page.locator('.al-table tbody td:last-child').allInnerTexts()).toEqual([
        '1',
        '0',
        '0',
        '2',
        '0',
        '2',
      ]);
      await page.getByRole('button', { name: 'By group' }).click();
      await page.getByLabel('Group by').selectOption('Team');
      await page.getByLabel('Show', { exact: true }).selectOption('average');
      await page.getByText('Figures', { exact: true }).click();
      const rows = await page
        .locator('.al-table tbody tr')
        .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
      // 286.56 + 245.45 + 245.44 + 197.89 = 975.34, a quarter of it 243.835: halves up.
      expect(rows).toEqual([
        ['Network', '4', '975.34', '243.84'],
        ['5G', '1', '290.00', '290.00'],
      ]);
      await pane.shot('allocation-groups');
      expect(await pane.violations()).toEqual([]);
      expect(await pane.close()).toEqual([]);
    });

    test('speaks Chinese, dark and narrow', async () => {
      const pane = await open({ language: 'zh-CN', theme: 'dark', width: 320, height: 1500 });
      const { page } = pane;
      expect(await tile(page, '待分配总额')).toBe('1,265.34');
      await page.getByText('试算', { exact: true }).click();
      await literal(page, 'pool_rate').fill('20%');
      await page.getByText('4 个成员增加，没有成员减少').waitFor();
      await pane.shot('allocation-zh-dark');
      expect(await pane.violations()).toEqual([]);
      // Nothing sticks out of the pane.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      expect(await page.locator('.pages').evaluate((e) => e.scrollWidth <= e.clientWidth)).toBe(true);
      await page.getByRole('button', { name: '写入规则' }).click();
      await page.getByRole('dialog').waitFor();
      await pane.shot('allocation-zh-dark-write');
      expect(await pane.violations()).toEqual([]);
      expect(await pane.close()).toEqual([]);
    });

    test('can be read in forced colours', async () => {
      const pane = await open({ forcedColors: true, height: 1500 });
      const { page } = pane;
      await page.getByText('Try other figures').click();
      await literal(page, 'reward · cap').fill('300');
      await page.getByText('1 gains, 4 lose').waitFor();
      await page.locator('.al-grid').focus();
      await pane.shot('allocation-forced');
      expect(await pane.violations()).toEqual([]);
      expect(await pane.close()).toEqual([]);
    });

    test('says what is missing: a date, or rules without errors', async () => {
      const pane = await bench.open();
      const { page } = pane;
      await pane.tab('Allocation');
      await page.getByText('Which day is it for?').waitFor();
      await pane.shot('allocation-no-date');
      expect(await pane.violations()).toEqual([]);
      await page.getByRole('button', { name: 'Pick a date' }).click();
      expect(await page.getByRole('tab', { name: 'Run' }).getAttribute('aria-selected')).toBe('true');
      expect(await pane.close()).toEqual([]);

      const other = await open();
      await rewrite(other, (rows) =>
        rows.map((row) => (row.text === 'cap 290' ? { ...row, text: 'cap' } : row)),
      );
      await other.page.getByText('Nothing is shared while there are errors').waitFor();
      expect(await other.violations()).toEqual([]);
      await rewrite(other, (rows) =>
        rows.map((row) => (row.text === 'cap' ? { ...row, text: 'cap 280' } : row)),
      );
      await other.page.getByText('Cap 280.00').first().waitFor();
      expect(await other.close()).toEqual([]);
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
      test('scrolls 1,926 members with few rows drawn', async () => {
        const pane = await open({ sample: 'broadcast.xlsx', width: 420 });
        const { page } = pane;
        expect(await tile(page, 'Pool')).toBe('753,443.30');
        await page.getByLabel('Share', { exact: true }).selectOption({ label: 'Staff · reward' });
        await page.getByText('1,926 members').waitFor();
        const grid = page.getByRole('grid');
        expect(await grid.getAttribute('aria-rowcount')).toBe('1927');
        const drawn = (): Promise<number> => page.locator('.al-grid-line').count();
        expect(await drawn()).toBeLessThan(40);
        await pane.shot('allocation-company');
        await grid.focus();
        await page.keyboard.press('Control+End');
        const last = page.locator('.al-grid-line[aria-rowindex="1927"]');
        await last.waitFor();
        expect(await drawn()).toBeLessThan(40);
        const [box, around] = [await last.boundingBox(), await grid.boundingBox()];
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(
          (around?.y ?? 0) + (around?.height ?? 0) + 1,
        );
        await page.keyboard.press('PageUp');
        await page.keyboard.press('Control+Home');
        await page.locator('.al-grid-line[aria-rowindex="2"]').waitFor();
        expect(await pane.violations()).toEqual([]);

        await page.getByLabel('Pool', { exact: true }).selectOption('=5G Core');
        await page.getByText('208 members').waitFor();
        expect(await tile(page, 'Pool')).toBe('79,766.41');
        expect(await pane.close()).toEqual([]);
      });

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
