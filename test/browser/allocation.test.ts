import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keysOf, literal, openAllocation, rewrite, rowsOf, said, tile } from './support/allocation.ts';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { type OpenPane, openBench, type PaneBench, type PaneOptions } from './support/paneTest.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(
  `the Allocation page${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
    });
    afterAll(() => bench?.close());

    const open = (options?: PaneOptions): Promise<OpenPane> => openAllocation(bench, options);

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
    });
  },
);
