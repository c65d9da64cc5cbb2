import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { type OpenPane, openBench, type PaneBench } from './support/paneTest.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(
  `the pane as a person uses it${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
    });
    afterAll(() => bench.close());

    /** Every test ends with a page in which nothing went wrong. */
    async function over(pane: OpenPane): Promise<void> {
      expect(await pane.close()).toEqual([]);
    }
    const button = (pane: OpenPane, name: string | RegExp) => pane.page.getByRole('button', { name });

    describe('Run', () => {
      test('asks for a date, takes the last month’s end, computes, writes and leads to what was written', async () => {
        const pane = await bench.open({ today: '2026-04-08T09:00:00' });
        const { page } = pane;
        await page.getByText('Pick the as-of date, usually a month’s end').waitFor();
        expect(await page.getByText('No as-of date yet').count()).toBe(1);
        expect(await button(pane, 'Run and write').getAttribute('aria-disabled')).toBe('true');
        await pane.shot('run-no-date');

        await button(pane, 'Last month’s end, 2026-03-31').click();
        await page.getByText('Up to date.').waitFor();
        expect(await page.getByLabel('As-of date').inputValue()).toBe('2026-03-31');
        expect(await page.evaluate(async () => (await window.allot).book.setting('asOf'))).toBe('2026-03-31');
        // The arithmetic of test/samples/small.test.ts.
        const pool = page.locator('.pool');
        expect(await pool.locator('dd').allTextContents()).toEqual([
          '1,265.34',
          '1,265.34',
          '1,265.34',
          '0.00',
          '5',
        ]);

        await button(pane, 'Run and write').click();
        await page.getByRole('status').getByText('Wrote 5 sheets.').waitFor();
        const sheets = page.locator('.written');
        expect(await sheets.getByRole('button').allTextContents()).toContain('Allot Staff');
        await pane.shot('run-written');
        await sheets.getByRole('button', { name: 'Allot Staff' }).click();
        await expect.poll(() => pane.selection()).toBe('Allot Staff!1,1');

        // Another grade has another base pay.
        await pane.edit(['Staff', 2, 4, 'G4']);
        await page.getByText('The workbook has changed since').waitFor();
        await over(pane);
      });

      test('a date is typed; a year that is half typed is none', async () => {
        const pane = await bench.open();
        const date = pane.page.getByLabel('As-of date');
        await date.fill('2026-02-28');
        await pane.page.getByText('Up to date.').waitFor();
        expect(await pane.page.evaluate(async () => (await window.allot).book.setting('asOf'))).toBe(
          '2026-02-28',
        );
        await date.fill('0202-02-28');
        await pane.settled();
        expect(await pane.page.evaluate(async () => (await window.allot).book.setting('asOf'))).toBe(
          '2026-02-28',
        );
        await over(pane);
      });

      test('a wrong rule is listed with its line, its place selects the cell, and mending it brings results', async () => {
        const pane = await bench.open({ asOf: '2026-03-31' });
        const { page } = pane;
        await pane.edit(['Rules', 26, 2, 'to_pool = round(comission * pool_rate)']);
        await page.getByText('No results until the errors are corrected.').waitFor();
        const problem = page.locator('.problem').first();
        expect(await problem.getByRole('img', { name: 'error' }).count()).toBe(1);
        expect(await problem.locator('mark').textContent()).toBe('comission');
        expect(await problem.locator('.problem-said').textContent()).toContain('commission');
        expect(await button(pane, 'Run and write').getAttribute('aria-disabled')).toBe('true');
        await pane.shot('run-problem');
        await problem.getByRole('button', { name: /^Rules!B26/ }).click();
        await expect.poll(() => pane.selection()).toBe('Rules!26,2');

        await button(pane, 'Check').click();
        await page
          .getByRole('status')
          .getByText(/^Checked: \d+ errors?/)
          .waitFor();
        await pane.edit(['Rules', 26, 2, 'to_pool = round(commission * pool_rate)']);
        await page.getByText('Up to date.').waitFor();
        await button(pane, 'Check').click();
        await page
          .getByRole('status')
          .getByText(/^Checked: no problems in \d+ lines of rules/)
          .waitFor();
        await over(pane);
      });

      test('problems that are alike are folded together', async () => {
        const pane = await bench.open({ asOf: '2026-03-31' });
        // Eight tickets of engineers that nobody knows.
        await pane.edit(...Array.from({ length: 8 }, (_, i) => ['Tickets', 8 + i, 2, `X${i}`] as const));
        await pane.page.locator('.problem').first().waitFor();
        expect(await pane.page.locator('.problem').count()).toBe(5);
        await pane.shot('run-problems-alike');
        await button(pane, '3 more like this').click();
        expect(await pane.page.locator('.problem').count()).toBe(8);
        await over(pane);
      });

      test('writing can be stopped, and says that nothing has changed', async () => {
        const pane = await bench.open({ asOf: '2026-03-31' });
        const { page } = pane;
        await page.evaluate(async () => {
          const { book } = await window.allot;
          const writeSheets: typeof book.writeSheets = (_, progress) =>
            new Promise((_done, refuse) => {
              progress?.report?.(1, 2);
              progress?.signal?.addEventListener('abort', () => refuse(progress.signal?.reason));
            });
          Object.assign(book, { writeSheets });
        });
        await button(pane, 'Run and write').click();
        const bar = page.getByRole('progressbar', { name: 'Writing the results' });
        await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('50');
        await pane.shot('run-writing');
        await button(pane, 'Stop').click();
        await page.getByRole('status').getByText('Stopped. The sheets are what they were.').waitFor();
        expect(await page.locator('.written').count()).toBe(0);
        expect(await button(pane, 'Run and write').getAttribute('aria-disabled')).toBeNull();
        await over(pane);
      });

      test('a workbook that can’t be read is said on every page, until it can', async () => {
        const pane = await bench.open({ asOf: '2026-03-31' });
        const { page } = pane;
        await page.evaluate(async () => {
          const { refuse, session } = await window.allot;
          refuse('encrypted');
          await session.refresh();
        });
        const said = page.locator('.failed');
        await said.getByText('small.xlsx').waitFor();
        await pane.tab('Statement');
        expect(await said.isVisible()).toBe(true);
        await pane.shot('book-failed');
        await page.evaluate(async () => (await window.allot).refuse(null));
        await said.getByRole('button', { name: 'Read again' }).click();
        await expect.poll(() => said.count()).toBe(0);
        await over(pane);
      });

      test('a run that takes long shows how far it is and can be cancelled', async () => {
        const pane = await bench.open({ asOf: '2026-03-31', slow: 60_000 });
        const strip = pane.page.getByRole('contentinfo');
        await strip.getByText('Computing, 25%').waitFor();
        await pane.shot('run-computing');
        await strip.getByRole('button', { name: 'Cancel' }).click();
        await pane.page.getByText('Cancelled. What is shown is from before.').waitFor();
        expect(await strip.count()).toBe(0);
        expect(await button(pane, 'Compute again').count()).toBe(1);
        await over(pane);
      });
    });

    describe('Explain', () => {
      test('from a result cell down to a ticket’s cell, by keyboard', async () => {
        const pane = await bench.open({ asOf: '2026-03-31' });
        const { page } = pane;
        await button(pane, 'Run and write').click();
        await page.getByRole('status').getByText('Wrote').waitFor();
        const column = await page.evaluate(async () => {
          const { book } = await window.allot;
          for (let at = 2; at < 40; at++) {
            const { value } = await book.cell({ sheet: 'Allot Staff', row: 1, column: at });
            if (value?.kind === 'text' && value.value === 'reward') return at;
          }
          return 0;
        });
        await pane.select('Allot Staff', 9, column);
        await pane.tab('Explain');
        const tree = page.getByRole('tree');
        await tree.waitFor();
        expect(await page.getByRole('heading', { level: 2, name: 'reward E08' }).count()).toBe(1);
        expect(await page.locator('.reasons-value').textContent()).toBe('245.45');
        expect(await page.locator('.reason-source').first().textContent()).toContain(
          'share pool among Staff',
        );
        await pane.shot('explain-reward');

        await page.getByLabel('Show').selectOption('all');
        const leaf = tree.getByRole('treeitem').filter({ hasText: 'Answered of T06' }).first();
        expect(await leaf.textContent()).toContain('2026-03-03T09:45:00');
        await leaf.getByRole('button', { name: 'Tickets!D8' }).click();
        await expect.poll(() => pane.selection()).toBe('Tickets!8,4');

        await page.getByLabel('Show').selectOption('1');
        await tree.getByRole('treeitem').first().focus();
        expect(await tree.getByRole('treeitem').count()).toBe(1);
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowRight');
        const focused = page.locator('[role=treeitem]:focus');
        expect(await focused.getAttribute('aria-level')).toBe('2');
        expect(await focused.getAttribute('aria-expanded')).toBe('true');
        await page.keyboard.press('End');
        await page.keyboard.press('Enter');
        await expect.poll(() => pane.selection()).toMatch(/^Rules!/);

        await focused.press('Home');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('p');
        expect(await tree.getByRole('treeitem').first().textContent()).toContain('from pool 1265.34');
        const trail = page.getByRole('navigation', { name: 'The way to this part' });
        await pane.shot('explain-pinned');
        await trail.getByRole('button', { name: 'reward of E08' }).click();
        expect(await trail.count()).toBe(0);
        expect(await tree.getByRole('treeitem').first().textContent()).toContain('reward of E08');
        await over(pane);
      });

      test('a cell with one of our functions, a statement’s and one that is about nothing', async () => {
        const pane = await bench.open({ asOf: '2026-03-31' });
        const { page } = pane;
        await pane.edit(
          ['About', 40, 1, '=ALLOT.SUPPORTSCORE("E11")'],
          ['About', 41, 1, '=ALLOT.STATEMENT("E08")'],
          ['About', 42, 1, 'nothing'],
        );
        await pane.tab('Explain');
        await page.getByText('Why is a figure what it is?').waitFor();
        await pane.select('About', 40, 1);
        await button(pane, 'Explain the selected cell').click();
        await page.getByRole('heading', { level: 2, name: 'support E11' }).waitFor();
        expect(await page.locator('.reasons-value').textContent()).toBe('99');
        await pane.select('About', 42, 1);
        await button(pane, 'Explain the selected cell').click();
        await page
          .getByRole('status')
          .getByText('The selected cell is nothing that Allot computes')
          .waitFor();
        await pane.select('About', 41, 1);
        await button(pane, 'Explain the selected cell').click();
        await page.getByRole('article', { name: 'net_pay E08' }).waitFor();
        await over(pane);
      });

      test('names and keys are offered while one types; a wrong key is said', async () => {
        const pane = await bench.open({ asOf: '2026-03-31' });
        const { page } = pane;
        await pane.tab('Explain');
        const name = page.getByRole('combobox', { name: 'Name' });
        const key = page.getByRole('combobox', { name: 'Row’s key' });
        await name.pressSequentially('rew');
        await page.getByRole('option', { name: 'reward' }).waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        expect(await name.inputValue()).toBe('reward');
        await key.fill('E1');
        expect(await page.getByRole('option').allTextContents()).toEqual(['E10', 'E11', 'E12']);
        await pane.shot('explain-suggestions');
        await key.fill('E99');
        await page.keyboard.press('Enter');
        await page.getByText('Staff has no row with the key E99').waitFor();
        await key.fill('E11');
        await page.keyboard.press('Enter');
        await page.getByRole('tree').waitFor();
        expect(await page.locator('.reasons-value').textContent()).toBe('290');
        // It follows the workbook: with a lower cap there is less.
        await pane.edit(['Rules', 41, 2, 'cap 200']);
        await expect.poll(() => page.locator('.reasons-value').textContent()).toBe('200');
        await over(pane);
      });
    });

    describe('Statement', () => {
      test('a person’s pay with its sources, found by name, turned over, printed on one page', async () => {
        const pane = await bench.open({ asOf: '2026-03-31' });
        const { page } = pane;
        await page.evaluate(() => {
          const printed: { count: number } = { count: 0 };
          Object.assign(window, { printed, print: () => printed.count++ });
        });
        await pane.tab('Statement');
        await page.getByText('Whose pay?').waitFor();
        await page.getByRole('combobox', { name: 'Person' }).fill('E08');
        await page.keyboard.press('Enter');
        const sheet = page.getByRole('article', { name: 'net_pay E08' });
        await sheet.waitFor();
        expect(await sheet.locator('summary').allTextContents()).toEqual([
          'Base pay by grade6,500.00',
          'Commission0.00',
          'Given to the support pool0.00',
          'Support reward245.45',
          'Late and early-10.00',
        ]);
        expect(await sheet.locator('.sheet-total').textContent()).toBe('Total6,735.45');
        await sheet.locator('summary').first().click();
        await pane.shot('statement');
        await sheet.getByRole('button', { name: 'Grades!B4' }).first().click();
        await expect.poll(() => pane.selection()).toBe('Grades!4,2');

        await button(pane, 'Next person').click();
        await page.getByRole('article', { name: 'net_pay E09' }).waitFor();
        await button(pane, 'Previous person').click();
        await sheet.waitFor();

        await button(pane, 'Print').click();
        expect(await page.evaluate(() => Reflect.get(window, 'printed'))).toEqual({ count: 1 });
        await page.emulateMedia({ media: 'print' });
        expect(await page.locator('.pane').isVisible()).toBe(false);
        const paper = page.locator('.paper');
        expect(await paper.locator('tfoot').textContent()).toBe('Total6,735.45');
        expect(await paper.locator('tbody tr').first().textContent()).toContain('Grades!B4');
        await page.setViewportSize({ width: 794, height: 1123 });
        await pane.shot('statement-paper');
        const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
        expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
        await page.emulateMedia({ media: 'screen' });
        await page.setViewportSize({ width: 380, height: 720 });

        await sheet.getByRole('button', { name: 'Explain the total' }).click();
        await page.getByRole('heading', { level: 2, name: 'net_pay E08' }).waitFor();
        // The paper belongs to its page: another one prints itself.
        expect(await page.locator('.allot-paper').count()).toBe(0);
        await over(pane);
      });

      test('nobody of that key, and rules without a statement', async () => {
        const pane = await bench.open({ asOf: '2026-03-31' });
        await pane.tab('Statement');
        await pane.page.getByRole('combobox', { name: 'Person' }).fill('E77');
        await pane.page.keyboard.press('Enter');
        await pane.page.getByText('Nobody with this key has a statement').waitFor();
        await pane.edit(
          ...Array.from({ length: 6 }, (_, i) => ['Rules', 44 + i, i === 0 ? 1 : 2, ''] as const),
        );
        await pane.page.getByText('The rules have no statement').waitFor();
        await over(pane);
      });
    });
  },
);
