import { readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { looks } from './support/looks.ts';
import { type OpenPane, openBench, type PaneBench, type PaneOptions } from './support/paneTest.ts';

const chromium = findChromium();

/** So high that the editor draws every line of the small sample. */
const HIGH = { asOf: '2026-03-31', height: 1700 } as const;

/** The sample with its rules out of the way, on a sheet that is nobody's. */
function withoutRules(): Uint8Array {
  const parts = unzipSync(readFileSync(path.resolve('samples/small.xlsx')));
  const name = 'xl/workbook.xml';
  parts[name] = strToU8(
    strFromU8(parts[name] ?? new Uint8Array()).replace('name="Rules"', 'name="Allot Notes"'),
  );
  return zipSync(parts);
}

describe.skipIf(chromium === null)(
  `the Rules page as a person uses it${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
    });
    afterAll(() => bench.close());

    async function open(options: PaneOptions = HIGH): Promise<OpenPane> {
      const pane = await bench.open(options);
      // The editor waits by the clock, so the clock must go.
      await pane.page.clock.setSystemTime('2026-04-08T09:00:00');
      await pane.tab(options.language === 'zh-CN' ? '规则' : 'Rules');
      return pane;
    }

    async function over(pane: OpenPane): Promise<void> {
      expect(await pane.close()).toEqual([]);
    }

    const line = (pane: OpenPane, text: string): Locator =>
      pane.page.locator('.cm-line', { hasText: text }).first();
    const button = (pane: OpenPane, name: string): Locator =>
      pane.page.getByRole('button', { name, exact: true });
    const unsaved = (pane: OpenPane): Locator => pane.page.locator('.rules-unsaved');
    const standing = (pane: OpenPane): Locator => pane.page.locator('.rules-standing');

    /** Puts the cursor to the end of a line. */
    async function end(pane: OpenPane, text: string): Promise<void> {
      await line(pane, text).click();
      await pane.page.keyboard.press('End');
      // A line that is broken has several ends.
      await pane.page.keyboard.press('End');
    }

    /** Lines of the first rule sheet that hold a text, as depth and cell. */
    function cells(pane: OpenPane, text: string) {
      return pane.page.evaluate(async (wanted) => {
        const [sheet] = await (await window.allot).book.ruleSheets();
        return (sheet?.rows ?? []).flatMap((row, i) =>
          row.text.includes(wanted) ? [`${i + 1} ${row.depth} ${row.text}`] : [],
        );
      }, text);
    }

    /** Somebody else writes into a cell of the rule sheet. */
    async function elsewhere(pane: OpenPane, row: number, text: string): Promise<void> {
      await pane.edit(['Rules', row, 1, text]);
    }

    test('a wrong rule is underlined and told, mended, and the name completed', async () => {
      const pane = await open();
      const { page } = pane;
      await standing(pane).getByText('No problems').waitFor();
      await end(pane, 'pool_rate = 10%');
      await page.keyboard.press('Enter');
      await page.keyboard.type('x = pol_rate');
      const wrong = page.locator('.cm-lintRange-error');
      await expect.poll(() => wrong.allTextContents()).toEqual(['pol_rate']);
      await standing(pane).getByText('1 error').waitFor();
      const problem = page.locator('.rules-problem');
      expect(await problem.textContent()).toMatch(/Row 12 .*pol_rate.*pool_rate/);
      await pane.shot('rules-wrong');

      // The list leads to the line, and typing over the selected name mends it.
      await problem.click();
      await page.getByText('Did you mean').first().waitFor();
      await page.keyboard.type('pool_ra');
      await page.locator('.cm-tooltip-autocomplete').getByText('pool_rate').waitFor();
      await page.waitForTimeout(150);
      await pane.shot('rules-completion');
      await page.keyboard.press('Enter');
      await standing(pane).getByText('No problems').waitFor();
      expect(await wrong.count()).toBe(0);
      expect(await line(pane, 'x = pool_rate').textContent()).toBe('x = pool_rate');
      await over(pane);
    });

    test('the line that is typed stays in sight where problems are listed below it', async () => {
      const pane = await open({ height: 600 });
      const { page } = pane;
      await line(pane, 'table Staff').click();
      await page.keyboard.press('Control+End');
      await page.keyboard.press('Enter');
      await page.keyboard.insertText('bonus = pol * 2');
      await expect.poll(() => standing(pane).textContent()).toContain('1 error');
      const below = (): Promise<number> =>
        page.evaluate(() => {
          const bottom = (selector: string): number =>
            document.querySelector(selector)?.getBoundingClientRect().bottom ?? Number.NaN;
          return bottom('.cm-cursor-primary') - bottom('.cm-scroller');
        });
      await expect.poll(below).toBeLessThanOrEqual(0);
      await over(pane);
    });

    test('中文: 写错、看到下划线、改正、保存', async () => {
      const pane = await open({ ...HIGH, language: 'zh-CN', sample: '广电.xlsx' });
      const { page } = pane;
      await standing(pane).getByText('没有问题').waitFor();
      await page.locator('.cm-content').click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.type('人数 = count(原工)');
      await page.keyboard.press('Enter');
      const wrong = page.locator('.cm-lintRange-error');
      await expect.poll(() => wrong.allTextContents()).toEqual(['原工']);
      await wrong.hover();
      await page.locator('.cm-tooltip-lint').getByText('原工').waitFor();
      await pane.shot('rules-wrong-zh');
      // The name that was probably meant is a click away.
      await button(pane, '改为 员工').first().click();
      await standing(pane).getByText('没有问题').waitFor();
      await page.keyboard.press('Control+s');
      await page.getByText(/已保存：/).waitFor();
      expect(await cells(pane, 'count(员工)')).toEqual(['1 0 人数 = count(员工)']);
      await over(pane);
    });

    test('a column is completed by the keyboard, formatted, and saved into its cell', async () => {
      const pane = await open();
      const { page } = pane;
      await standing(pane).getByText('No problems').waitFor();
      await end(pane, 'commission = sum(');
      await page.keyboard.press('Enter');
      await page.keyboard.type('sold  =count(Sales where Sales');
      await page.locator('.cm-tooltip-autocomplete li[aria-selected]').getByText('Sales').waitFor();
      await page.waitForTimeout(150);
      await page.keyboard.press('Tab');
      await page.locator('.cm-tooltip-autocomplete').getByText('Seller').waitFor();
      await page.keyboard.type('sel');
      await page.waitForTimeout(300);
      await page.keyboard.press('Enter');
      await page.keyboard.type(' = id)');
      await standing(pane).getByText('No problems').waitFor();
      expect(await unsaved(pane).count()).toBe(1);
      await page.keyboard.press('Shift+Alt+f');
      await page.getByText('The rules are in the usual layout.').waitFor();
      expect(await line(pane, '  sold = ').textContent()).toBe(
        '  sold = count(Sales where Sales[Seller] = id)',
      );
      await page.keyboard.press('Control+s');
      await page.getByText(/Saved: \d+ rows in Rules\./).waitFor();
      expect(await unsaved(pane).count()).toBe(0);
      // Row 25 was `commission`; one column further right is one level.
      expect(await cells(pane, 'sold = ')).toEqual(['26 1 sold = count(Sales where Sales[Seller] = id)']);
      await pane.settled();
      const known = await page.evaluate(async () => {
        const { session } = await window.allot;
        return session.state.outcome?.tables.find(({ name }) => name === 'Staff')?.columns.includes('sold');
      });
      expect(known).toBe(true);
      await over(pane);
    });

    test('the cell of a line, finding, undo, and leaving the editor by the keyboard', async () => {
      const pane = await open();
      const { page } = pane;
      await standing(pane).getByText('No problems').waitFor();
      await end(pane, 'cap 290');
      await page.keyboard.press('Control+Enter');
      // Row 41, column B.
      await expect.poll(() => pane.selection()).toBe('Rules!41,2');
      await line(pane, 'cap 290').click();
      await page.keyboard.press('End');
      await page.keyboard.type('0');
      expect(await unsaved(pane).count()).toBe(1);
      await page.keyboard.press('Control+z');
      await expect.poll(() => unsaved(pane).count()).toBe(0);
      await button(pane, 'Find').click();
      await page.getByRole('textbox', { name: 'Find' }).pressSequentially('carried');
      await page.keyboard.press('Enter');
      await page.locator('.cm-searchMatch-selected').waitFor();
      await pane.shot('rules-find');
      expect(await pane.violations()).toEqual([]);
      await page.keyboard.press('Escape');
      // Tab indents; after Escape it moves on.
      await line(pane, 'cap 290').click();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('.cm-editor') ?? null)).toBeNull();
      expect(await unsaved(pane).count()).toBe(0);
      await over(pane);
    });

    test('changes stay while another page is shown; the sheet’s own come by themselves', async () => {
      const pane = await open();
      const { page } = pane;
      await standing(pane).getByText('No problems').waitFor();
      await elsewhere(pane, 1, '# changed in the sheet');
      await line(pane, '# changed in the sheet').waitFor();
      expect(await unsaved(pane).count()).toBe(0);
      await end(pane, 'pool_rate = 10%');
      await page.keyboard.type('  # mine');
      await pane.tab('Run');
      await pane.tab('Rules');
      await line(pane, 'pool_rate = 10%  # mine').waitFor();
      await unsaved(pane).waitFor();
      await elsewhere(pane, 1, '# changed again');
      await page.getByText('The sheet has changed while you were editing here.').waitFor();
      expect(await line(pane, '# changed in the sheet').count()).toBe(1);
      await button(pane, 'Discard').click();
      await line(pane, '# changed again').waitFor();
      expect(await unsaved(pane).count()).toBe(0);
      expect(await line(pane, '# mine').count()).toBe(0);
      await over(pane);
    });

    test('a sheet that changed underneath: compare, keep mine, take the sheet’s', async () => {
      const pane = await open();
      const { page } = pane;
      await standing(pane).getByText('No problems').waitFor();
      await end(pane, 'pool_rate = 10%');
      await page.keyboard.type('  # mine');
      await elsewhere(pane, 1, '# theirs');
      await button(pane, 'Save').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Nothing has been written.').waitFor();
      expect(await cells(pane, '# mine')).toEqual([]);
      await pane.shot('rules-conflict');
      expect(await pane.violations()).toEqual([]);
      await dialog.getByRole('button', { name: 'Compare' }).click();
      expect(await dialog.locator('.difference-theirs code').allTextContents()).toEqual([
        '# theirs',
        'pool_rate = 10%',
      ]);
      expect(await dialog.locator('.difference-mine code').allTextContents()).toEqual([
        expect.stringContaining('SUPPORT PAY'),
        'pool_rate = 10%  # mine',
      ]);
      await pane.shot('rules-compare');
      expect(await pane.violations()).toEqual([]);
      await dialog.getByRole('button', { name: 'Keep mine' }).click();
      await page.getByText(/Saved: \d+ rows in Rules\./).waitFor();
      expect(await cells(pane, '# mine')).toEqual(['11 0 pool_rate = 10%  # mine']);
      expect(await cells(pane, '# theirs')).toEqual([]);

      await end(pane, '# mine');
      await page.keyboard.type(' again');
      await elsewhere(pane, 1, '# theirs now');
      await page.keyboard.press('Control+s');
      await dialog.getByRole('button', { name: 'Take the sheet’s' }).click();
      await line(pane, '# theirs now').waitFor();
      expect(await line(pane, 'mine again').count()).toBe(0);
      expect(await unsaved(pane).count()).toBe(0);
      expect(await cells(pane, 'again')).toEqual([]);
      await over(pane);
    });

    test('a row that is no text is shown, told and left alone', async () => {
      const pane = await open();
      const { page } = pane;
      await standing(pane).getByText('No problems').waitFor();
      await page.evaluate(async () => {
        const { book } = await window.allot;
        const value = {
          kind: 'formula',
          formula: '="cap "&1',
          cached: { kind: 'text', value: 'cap 1' },
        } as const;
        await book.edit([{ sheet: 'Rules', row: 41, column: 2, value }]);
      });
      const fixed = page.locator('.cm-line.cm-fixed');
      await fixed.waitFor();
      expect(await fixed.textContent()).toBe('  cap 1');
      await fixed.click();
      await page.locator('.rules-help').getByText('A rule cell holds text, not a formula.').waitFor();
      await standing(pane).getByText('1 error').waitFor();
      await page.keyboard.type('z');
      await page.getByText('That row can only be changed in the sheet').waitFor();
      expect(await fixed.textContent()).toBe('  cap 1');
      await pane.shot('rules-fixed');
      await end(pane, 'share pool among');
      await page.keyboard.press('Enter');
      await page.keyboard.type('# a line more');
      await page.keyboard.press('Control+s');
      await page.getByText(/Saved:/).waitFor();
      expect(await cells(pane, 'cap 1')).toEqual(['42 1 cap 1']);
      expect(
        await page.evaluate(
          async () => (await (await window.allot).book.cell({ sheet: 'Rules', row: 42, column: 2 })).formula,
        ),
      ).toContain('"cap "&1');
      await over(pane);
    });

    test('a new rule sheet starts from a template without problems', async () => {
      const pane = await open({ ...HIGH, sample: withoutRules() });
      const { page } = pane;
      await page.locator('.rules').getByText('This workbook has no rules yet').waitFor();
      await pane.shot('rules-none');
      expect(await pane.violations()).toEqual([]);
      await button(pane, 'New rule sheet').first().click();
      await page.getByRole('button', { name: /^Template for these tables/ }).click();
      await page.getByText('Added the sheet Rules.').waitFor();
      await standing(pane).getByText('No problems').waitFor();
      await pane.settled();
      expect(await cells(pane, 'share ')).toHaveLength(1);
      expect(await page.evaluate(async () => (await window.allot).session.state.outcome?.shares.length)).toBe(
        1,
      );
      await pane.shot('rules-template');

      await button(pane, 'New rule sheet').last().click();
      await page.getByRole('button', { name: /^Template for these tables/ }).click();
      await page.getByText('Added the sheet Rules 2.').waitFor();
      await standing(pane).getByText('No problems').waitFor();
      expect(await page.getByLabel('Rule sheet', { exact: true }).inputValue()).toBe('Rules 2');
      await pane.settled();
      expect(await page.evaluate(async () => (await window.allot).session.state.outcome?.shares.length)).toBe(
        2,
      );
      await page.getByLabel('Rule sheet', { exact: true }).selectOption('Rules');
      await line(pane, 'table Staff key').waitFor();
      await over(pane);
    });

    test('a problem of the Run page leads to its characters', async () => {
      const pane = await open();
      await standing(pane).getByText('No problems').waitFor();
      await pane.tab('Run');
      await pane.page.evaluate(async () => {
        const line = { kind: 'cell', sheet: 'Rules', row: 41, column: 2 } as const;
        (await window.allot).go({ page: 'rules', at: { kind: 'rule', line, start: 5, end: 7 } });
      });
      await expect.poll(() => pane.page.evaluate(() => window.getSelection()?.toString())).toBe('290');
      await over(pane);
    });

    test.each(
      looks([
        ['light', { theme: 'light' }],
        ['dark', { theme: 'dark' }],
        ['forced', { forcedColors: true, width: 320, height: 560 }],
      ] as const),
    )('has nothing that axe objects to: %s', async (name, options) => {
      for (const language of ['en', 'zh-CN'] as const) {
        const pane = await open({ asOf: '2026-03-31', language, ...options });
        const { page } = pane;
        await standing(pane)
          .getByText(language === 'en' ? 'No problems' : '没有问题')
          .waitFor();
        expect(await pane.violations()).toEqual([]);
        await page.locator('.cm-content').click();
        await page.keyboard.press('Control+Home');
        await page.keyboard.type('x = rou');
        await page.locator('.cm-tooltip-autocomplete').waitFor();
        await page.locator('.cm-lintRange-error').first().waitFor();
        await pane.shot(`rules-${name}-${language}`);
        expect(await pane.violations()).toEqual([]);
        await page.keyboard.press('Escape');
        await button(pane, language === 'en' ? 'Keys' : '快捷键').click();
        await pane.shot(`rules-${name}-${language}-keys`);
        expect(await pane.violations()).toEqual([]);
        await over(pane);
      }
    });
  },
);
