import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { type OpenPane, openBench, type PaneBench } from './support/paneTest.ts';

const chromium = findChromium();

/** The row of the sheet Rules that says how much of the commission goes into the pool. */
const RULE = 12;

/** Words of a test in the pane's languages. */
const EN = {
  audit: 'Audit',
  run: 'Run',
  name: 'Your name',
  pay: /^Pay as of/,
  payNow: 'Pay',
  paid: /^Paid: run/,
  lock: 'Lock run 1',
  lockNow: 'Lock',
  locked: 'Locked, in row 2 of the ledger.',
  adjust: 'Adjust run 1',
  title: 'Adjust 2026-03-31',
  write: 'Write adjustment',
};
const ZH: typeof EN = {
  audit: '核查',
  run: '计算',
  name: '经办人',
  pay: /^发放 2026/,
  payNow: '发放',
  paid: /^已发放：第/,
  lock: '锁定第 1 号',
  lockNow: '锁定',
  locked: '已锁定，记入台账第 2 号。',
  adjust: '对第 1 号补差',
  title: '补差 2026-03-31',
  write: '写入补差',
};

describe.skipIf(chromium === null)(
  `adjusting in the pane${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
    });
    afterAll(() => bench.close());

    async function over(pane: OpenPane): Promise<void> {
      expect(await pane.close()).toEqual([]);
    }

    /** March is paid as run 1 and locked; then the rules give the back end 20% instead of 15% of what was sold. */
    async function lockedAndChanged(pane: OpenPane, w: typeof EN): Promise<void> {
      const { page } = pane;
      await pane.tab(w.audit);
      await page.getByLabel(w.name).fill('Finance A');
      await page.getByRole('button', { name: w.pay }).click();
      await page.getByRole('dialog').getByRole('button', { name: w.payNow, exact: true }).click();
      await page.getByRole('status').getByText(w.paid).waitFor();
      await page.getByRole('button', { name: w.lock }).click();
      await page.getByRole('dialog').getByRole('button', { name: w.lockNow, exact: true }).click();
      await page.getByText(w.locked).waitFor();
      await pane.edit(['Rules', RULE, 1, 'pool_rate = 20% from 2026-01-01']);
      await pane.settled();
    }

    test('a locked run is adjusted: who gets how much more, once and no more', async () => {
      const pane = await bench.open({ asOf: '2026-03-31', height: 1000 });
      const { page } = pane;
      await lockedAndChanged(pane, EN);
      await page.getByRole('button', { name: EN.adjust }).click();
      const dialog = page.getByRole('dialog', { name: EN.title });
      const reward = dialog.getByRole('region', { name: 'Staff[reward]' });
      // Paid 1,265.34; five people under a cap of 290 get 1,450 now, and 237.10 of the pool is left.
      await reward.getByText('4 people · Given out: paid 1,265.34, now 1,450.00').waitFor();
      await reward.getByText('Left over in its pools: 0.00 then, 237.10 now').waitFor();
      const people = await reward.locator('li').allTextContents();
      expect(people).toHaveLength(4);
      expect(people[0]).toMatch(/^E10.*paid 197\.89, now 290\.00\+92\.11$/);
      expect(await reward.locator('.audit-total').textContent()).toBe('reward+184.66');
      await dialog.getByText('row 3 of the sheet “Allot Ledger”').waitFor();
      await pane.shot('audit-adjust');
      expect(await pane.violations()).toEqual([]);
      await dialog.getByRole('button', { name: EN.write }).click();
      await page.getByText('Adjusted, in row 3 of the ledger.').waitFor();
      const row = page.locator('.audit-row', { hasText: 'Row 3' });
      await row.waitFor();
      expect(await row.textContent()).toMatch(/Row 3Adjusted2026-03-31reward184\.66Finance A/);
      await page.getByRole('button', { name: 'Verify', exact: true }).click();
      await page.getByText('3 ledger rows, 1 paid run: nothing was changed.').waitFor();
      await pane.shot('audit-adjusted');

      await page.getByRole('button', { name: EN.adjust }).click();
      await dialog.getByText('Nothing is due: the period comes to what was paid.').waitFor();
      expect(await dialog.getByRole('button', { name: EN.write }).getAttribute('aria-disabled')).toBe('true');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      // An amount of the sheet that is changed is named.
      await pane.edit(['Allot Adjustments', 2, 10, '1000']);
      await page.getByRole('button', { name: 'Verify', exact: true }).click();
      await page.getByText(/^Paid value changed since adjustment 3, 'Allot Adjustments'!J2/).waitFor();
      await over(pane);
    });

    test('what changes while the amounts are shown is shown before it is written', async () => {
      const pane = await bench.open({ asOf: '2026-03-31', height: 1000 });
      const { page } = pane;
      await lockedAndChanged(pane, EN);
      await page.getByRole('button', { name: EN.adjust }).click();
      const dialog = page.getByRole('dialog', { name: EN.title });
      await dialog.getByText('+184.66').waitFor();
      await pane.edit(['Rules', RULE, 1, 'pool_rate = 15% from 2026-01-01']);
      await dialog.getByText('Nothing is due: the period comes to what was paid.').waitFor();
      await pane.edit(['Rules', RULE, 1, 'unit of nothing']);
      await dialog.getByText('The period has errors now').waitFor();
      expect(await dialog.getByRole('button', { name: EN.write }).getAttribute('aria-disabled')).toBe('true');
      await over(pane);
    });

    test('the results of a locked period are not written; those of another date are', async () => {
      const pane = await bench.open({ asOf: '2026-03-31', height: 1000 });
      const { page } = pane;
      await lockedAndChanged(pane, EN);
      await pane.tab(EN.run);
      await page.getByRole('button', { name: 'Run and write' }).click();
      await page.getByText('2026-03-31 is locked (run 1): its results are not written anew.').waitFor();
      await pane.shot('run-locked');
      expect(await page.getByText(/^Wrote \d+ sheets/).count()).toBe(0);
      await page.getByLabel('As-of date').fill('2026-02-28');
      await pane.settled();
      await page.getByRole('button', { name: 'Run and write' }).click();
      await page.getByText(/^Wrote \d+ sheets/).waitFor();
      await over(pane);
    });

    test('in Chinese, with rules that are not approved', async () => {
      const pane = await bench.open({ asOf: '2026-03-31', height: 1000, language: 'zh-CN', width: 320 });
      const { page } = pane;
      await lockedAndChanged(pane, ZH);
      await page.getByRole('button', { name: '提交', exact: true }).click();
      await page.getByText('已记入台账第 3 号。').waitFor();
      await page.getByRole('button', { name: ZH.adjust }).click();
      const dialog = page.getByRole('dialog', { name: ZH.title });
      await dialog.getByText('4 人 · 分配总额：已发 1,265.34，应发 1,450.00').waitFor();
      await dialog.getByRole('button', { name: ZH.write }).click();
      await dialog.getByText('请填写理由，或先让规则获得批准。').waitFor();
      await dialog.getByLabel('仍使用这些规则的理由').fill('董事会下周开会');
      await pane.shot('audit-adjust-zh');
      expect(await pane.violations()).toEqual([]);
      await dialog.getByRole('button', { name: ZH.write }).click();
      await page.getByText('已补差，记入台账第 4 号。').waitFor();
      await page.getByText('run 1; override: 董事会下周开会').waitFor();
      const over320 = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(over320).toBe(false);
      await pane.tab(ZH.run);
      await page.getByRole('button', { name: '计算并写入结果' }).click();
      await page.getByText('2026-03-31 已锁定（第 1 号发放），不再重新写入结果。').waitFor();
      await over(pane);
    });
  },
);
