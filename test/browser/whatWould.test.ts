import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CounterfactualsView } from '../../src/live/counterfactualView.ts';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { type OpenPane, openBench, type PaneBench, type PaneOptions } from './support/paneTest.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(
  `what would change a value${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
    });
    afterAll(() => bench.close());

    /** The page of explanations with a value of March in it. */
    async function explained(name: string, key: string | null, options: PaneOptions = {}): Promise<OpenPane> {
      const pane = await bench.open({ asOf: '2026-03-31', ...options });
      await goTo(pane, name, key);
      return pane;
    }
    async function goTo(pane: OpenPane, name: string, key: string | null): Promise<void> {
      await pane.page.evaluate(
        async ([asked, row]) => {
          (await window.allot).go({ page: 'explain', name: asked, ...(row === null ? {} : { key: row }) });
        },
        [name, key] as const,
      );
      await pane.page.locator('.reasons').waitFor();
    }
    const section = (pane: OpenPane) => pane.page.getByRole('region', { name: 'What would change it' });
    const ask = (pane: OpenPane) => section(pane).getByRole('button', { name: 'Find what would change it' });

    // T07 was answered after 61 minutes and earns 80 points; at 60 it earns 100: see test/cli/whatWould.test.ts.
    test('an answer one minute earlier brings 4.11 more, and its link selects the cell; by keyboard', async () => {
      const pane = await explained('reward', 'E08');
      expect(await section(pane).getByRole('listitem').count()).toBe(0);
      await ask(pane).focus();
      await pane.page.keyboard.press('Enter');
      const change = section(pane).getByRole('listitem').filter({ hasText: 'Answered of T07' });
      await change.waitFor();
      expect(await section(pane).getByText('It would be more with').count()).toBe(1);
      const said = await change.textContent();
      expect(said).toContain('Answered of T07: 1 minute earlier');
      expect(said).toContain('gives 249.56 (+4.11)');
      expect(said).toContain('2026-03-06T12:01:00 → 2026-03-06T12:00:00');
      await change.scrollIntoViewIfNeeded();
      await pane.shot('explain-what-would');
      expect(await pane.violations()).toEqual([]);

      // The keyboard goes on where the button was: the first link is next.
      await pane.page.keyboard.press('Tab');
      const links = section(pane).getByRole('listitem').getByRole('button');
      expect(await links.first().evaluate((link) => link === document.activeElement)).toBe(true);
      const link = change.getByRole('button', { name: 'Go to Tickets!D9' });
      await link.focus();
      await pane.page.keyboard.press('Enter');
      await expect.poll(() => pane.selection()).toBe('Tickets!9,4');

      // What was found is of the workbook as it was: it has to be asked for anew.
      await pane.edit(['Tickets', 9, 4, '=DATE(2026,3,6)+TIME(12,0,0)']);
      await ask(pane).waitFor();
      expect(await section(pane).getByRole('listitem').count()).toBe(0);
      expect(await pane.close()).toEqual([]);
    });

    test('in Chinese, in the dark', async () => {
      const pane = await explained('reward', 'E08', { language: 'zh-CN', theme: 'dark' });
      const { page } = pane;
      const there = page.getByRole('region', { name: '什么会改变它' });
      await there.getByRole('button', { name: '查找什么会改变它' }).click();
      const change = there.getByRole('listitem').filter({ hasText: 'T07 的 Answered' });
      await change.waitFor();
      const said = await change.textContent();
      expect(said).toContain('提前 1 分钟');
      expect(said).toContain('得 249.56（+4.11）');
      await change.getByRole('button', { name: '转到 Tickets!D9' }).click();
      await expect.poll(() => pane.selection()).toBe('Tickets!9,4');
      await pane.shot('explain-what-would-zh');
      expect(await pane.violations()).toEqual([]);
      expect(await pane.close()).toEqual([]);
    });

    test('nothing raises a value that stands at its cap', async () => {
      const pane = await bench.open({ asOf: '2026-03-31' });
      await pane.edit(['Rules', 41, 2, 'cap 200']);
      await pane.settled();
      await goTo(pane, 'reward', 'E11');
      await expect.poll(() => pane.page.locator('.reasons-value').textContent()).toBe('200');
      await ask(pane).click();
      await section(pane)
        .getByText(/^None of the \d+ cells looked at would raise it alone\.$/)
        .waitFor();
      expect(await section(pane).getByRole('listitem').count()).toBe(0);
      expect(await pane.violations()).toEqual([]);
      expect(await pane.close()).toEqual([]);
    });

    test('a run with errors has nothing to compare with, and that is said', async () => {
      const pane = await bench.open({ asOf: '2026-03-31' });
      // An engineer whom nobody knows.
      await pane.edit(['Tickets', 20, 2, 'X1']);
      await pane.settled();
      await goTo(pane, 'support', 'E08');
      await ask(pane).click();
      await section(pane).getByText('The run has errors, so there are no results to compare with.').waitFor();
      expect(await pane.close()).toEqual([]);
    });

    test('what there was no time or room for is said', async () => {
      const pane = await explained('reward', 'E08');
      const view: CounterfactualsView = {
        kind: 'changes',
        direction: 'raises',
        list: [],
        found: 7,
        inputs: 9,
        untried: 2,
      };
      await pane.page.evaluate(async (given) => {
        Object.assign((await window.allot).session.calculator, { counterfactuals: async () => given });
      }, view);
      await ask(pane).click();
      await section(pane).getByText('The time was up: 2 cells were not looked at.').waitFor();
      expect(await section(pane).getByText('7 more would too.').count()).toBe(1);
      expect(await section(pane).getByText('None of the').count()).toBe(0);
      expect(await pane.close()).toEqual([]);
    });

    test('one value for all and a cell as it is offer nothing to change', async () => {
      const pane = await explained('pool', null);
      expect(await section(pane).count()).toBe(0);
      await goTo(pane, 'Tickets[Answered]', 'T07');
      await pane.page.getByRole('heading', { level: 2, name: 'Answered T07' }).waitFor();
      expect(await section(pane).count()).toBe(0);
      expect(await pane.close()).toEqual([]);
    });
  },
);
