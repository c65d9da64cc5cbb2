import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { looks } from './support/looks.ts';
import { type OpenPane, openBench, type PaneBench } from './support/paneTest.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(`the audit’s page${chromium === null ? ` (${NO_CHROMIUM})` : ''}`, () => {
  let bench: PaneBench;
  beforeAll(async () => {
    bench = await openBench(chromium ?? '');
  });
  afterAll(() => bench.close());

  async function over(pane: OpenPane): Promise<void> {
    expect(await pane.close()).toEqual([]);
  }

  /** Pays what is open in the name of somebody. */
  async function pay({ page }: OpenPane, by: string): Promise<void> {
    await page.getByLabel('Your name').fill(by);
    await page.getByRole('button', { name: /^Pay as of/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pay', exact: true }).click();
    await page
      .getByRole('status')
      .getByText(/^Paid: run/)
      .waitFor();
  }

  test('March is paid, all is as it was, and a ticket that is changed afterwards is named', async () => {
    const pane = await bench.open({ asOf: '2026-03-31' });
    const { page } = pane;
    await pane.tab('Audit');
    const panel = page.getByRole('tabpanel', { name: 'Audit' });
    await panel.getByText('Nothing has been paid yet').waitFor();
    await pane.shot('audit-nothing');
    // Without a name nothing is done.
    await page.getByRole('button', { name: 'Pay as of 2026-03-31' }).click();
    await page.getByText('Type your name: the ledger keeps who did it.').waitFor();
    await page.getByLabel('Your name').fill('Wang Li');
    await page.getByRole('button', { name: 'Pay as of 2026-03-31' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Pay as of 2026-03-31' });
    await dialog.getByText('row 1 of the sheet “Allot Ledger”').waitFor();
    await pane.shot('audit-pay');
    expect(await pane.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.getByRole('status').getByText('Paid: run 1').waitFor();
    expect(await dialog.count()).toBe(0);
    await panel.getByRole('button', { name: 'Row 1' }).waitFor();
    expect(await panel.locator('.audit-row').textContent()).toContain('Wang Li · 2026-04-08');
    expect(await panel.locator('.audit-line').textContent()).toMatch(/^allot:1:[0-9a-f]{64}:2026-03-31$/);

    await panel.getByRole('button', { name: 'Verify' }).click();
    await panel.getByText('1 ledger row, 1 paid run: nothing was changed.').waitFor();
    await pane.shot('audit-verified');
    expect(await pane.violations()).toEqual([]);

    await pane.edit(['Tickets', 3, 5, '2']);
    await panel.getByText('The workbook has changed since; verify again.').waitFor();
    await panel.getByRole('button', { name: 'Verify' }).click();
    await panel.getByText('1 ledger row, 1 paid run: 1 change.').waitFor();
    const finding = panel.locator('.problem');
    expect(await finding.count()).toBe(1);
    expect(await finding.textContent()).toMatch(/of “Tickets” changed since run 1/);
    await pane.shot('audit-changed');
    await finding.getByRole('button', { name: /^Tickets!/ }).click();
    expect(await pane.selection()).toMatch(/^Tickets!3,/);
    expect(await pane.violations()).toEqual([]);
    await over(pane);
  });

  test.each([320, 380])('while the ledger is read, it says so (%i px)', async (width) => {
    const pane = await bench.open({ asOf: '2026-03-31', width });
    const { page } = pane;
    // A ledger of many years takes its time.
    await page.evaluate(async () => {
      const { calculator } = (await window.allot).session;
      const { ledger } = calculator;
      const slow: typeof ledger = async (...asked) => {
        await new Promise<void>((go) => window.addEventListener('go on', () => go(), { once: true }));
        return ledger(...asked);
      };
      Object.assign(calculator, { ledger: slow });
    });
    await pane.tab('Audit');
    const panel = page.getByRole('tabpanel', { name: 'Audit', exact: true });
    const waiting = panel.getByRole('status');
    expect(await waiting.evaluate((element) => getComputedStyle(element).animationName)).toBe('none');
    expect(await waiting.textContent()).toBe('Reading the ledger …');
    expect(await panel.getByRole('progressbar').isVisible()).toBe(true);
    await pane.shot(`audit-waiting-${width}`);
    expect(await pane.violations()).toEqual([]);
    await page.evaluate(() => window.dispatchEvent(new Event('go on')));
    await panel.getByLabel('Your name').waitFor();
    expect(await panel.getByRole('progressbar').count()).toBe(0);
    expect(await pane.close()).toEqual([]);
  });

  test('a paid run is locked, and its period is not paid again', async () => {
    const pane = await bench.open({ asOf: '2026-03-31' });
    const { page } = pane;
    await pane.tab('Audit');
    await pay(pane, 'Wang Li');
    await page.getByRole('button', { name: 'Lock run 1' }).click();
    const dialog = page.getByRole('dialog', { name: 'Lock 2026-03-31' });
    expect(await pane.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('fluent-button[aria-label="Lock run 1"]:focus').waitFor();
    await page.getByRole('button', { name: 'Lock run 1' }).click();
    await dialog.getByRole('button', { name: 'Lock', exact: true }).click();
    await page.getByText('Locked, in row 2 of the ledger.').waitFor();
    await page.getByText('2026-03-31 is locked (run 1) and is not paid again.').waitFor();
    expect(
      await page.getByRole('button', { name: 'Pay as of 2026-03-31' }).getAttribute('aria-disabled'),
    ).toBe('true');
    await over(pane);
  });

  test('rules are proposed and approved by two people; others are paid for a reason', async () => {
    const pane = await bench.open({ asOf: '2026-03-31' });
    const { page } = pane;
    await pane.tab('Audit');
    await page.getByLabel('Your name').fill('Wang Li');
    await page.getByRole('button', { name: 'Propose' }).click();
    await page.getByText('Entered as row 1 of the ledger.').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Wang Li proposed these rules; somebody else has to approve them.').waitFor();
    await page.getByRole('button', { name: 'Pay as of 2026-03-31' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Pay', exact: true }).click();
    await dialog.getByText('Give a reason, or have the rules approved first.').waitFor();
    await dialog.getByLabel('Why these rules are paid with all the same').fill('The board meets next week');
    await dialog.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.getByText('Paid: run 2').waitFor();
    await page.getByText('override: The board meets next week').waitFor();
    await page.getByLabel('Your name').fill('Zhao Min');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Entered as row 3 of the ledger.').waitFor();
    await page.getByText(/Rules: approved by Zhao Min/).waitFor();
    await over(pane);
  });

  test('a ledger that was changed is said, and nothing is added to it', async () => {
    const pane = await bench.open({ asOf: '2026-03-31' });
    const { page } = pane;
    await pane.tab('Audit');
    await pay(pane, 'Wang Li');
    await pane.edit(['Allot Ledger', 2, 4, 'Somebody']);
    await page
      .getByText(/Ledger row 1 (?:\(.*\) )?was changed/)
      .first()
      .waitFor();
    expect(
      await page.getByRole('button', { name: 'Pay as of 2026-03-31' }).getAttribute('aria-disabled'),
    ).toBe('true');
    await pane.shot('audit-broken');
    expect(await pane.violations()).toEqual([]);
    await over(pane);
  });

  test('an error in the rules stands in the way of paying', async () => {
    const pane = await bench.open({ asOf: '2026-03-31' });
    const { page } = pane;
    await pane.edit(['Rules', 1, 1, 'unit of nothing']);
    await pane.tab('Audit');
    await page.getByText('Nothing can be paid until the errors are corrected.').waitFor();
    await pane.shot('audit-errors');
    await page.getByRole('tabpanel', { name: 'Audit' }).getByRole('button', { name: 'See why' }).click();
    await page.getByRole('tabpanel', { name: 'Run' }).waitFor();
    await over(pane);
  });

  test('the workbook is verified against an anchor line', async () => {
    const pane = await bench.open({ asOf: '2026-03-31' });
    const { page } = pane;
    await pane.tab('Audit');
    await pay(pane, 'Wang Li');
    const line = (await page.locator('.audit-line code').textContent()) ?? '';
    await page.getByText('Verify against an anchor line or a public key').click();
    const field = page.getByRole('textbox', { name: 'Anchor line' });
    await field.fill('allot:1');
    await field.press('Enter');
    await page.getByText('This is no anchor line.').waitFor();
    await field.fill(
      line.replace(/:(.)/, (_, one: string) => `:${one}`).replace(/[0-9a-f]{4}:2026/, '0000:2026'),
    );
    await field.press('Enter');
    await page.getByText('Ledger row 1 is not the one that the anchor line proves').waitFor();
    await field.fill(line);
    await field.press('Enter');
    await page.getByText('nothing was changed.').waitFor();
    await over(pane);
  });

  test.each(
    looks([
      ['narrow', { width: 320 }],
      ['dark', { theme: 'dark' as const, language: 'zh-CN' as const }],
      ['contrast', { forcedColors: true }],
    ] as const),
  )('%s: all of it fits and reads', async (look, options) => {
    const pane = await bench.open({ asOf: '2026-03-31', height: 1000, ...options });
    const { page } = pane;
    const zh = look === 'dark';
    await pane.tab(zh ? '核查' : 'Audit');
    await page.getByLabel(zh ? '经办人' : 'Your name').fill('Wang Li');
    await page.getByRole('button', { name: zh ? /^发放 2026/ : /^Pay as of/ }).click();
    const dialog = page.getByRole('dialog');
    await pane.shot(`audit-pay-${look}`);
    expect(await pane.violations()).toEqual([]);
    await dialog.getByRole('button', { name: zh ? '发放' : 'Pay', exact: true }).click();
    await page.locator('.audit-row').waitFor();
    await page.getByRole('button', { name: zh ? '关闭' : 'Dismiss' }).click();
    await pane.edit(['Tickets', 3, 5, '2']);
    await page.getByRole('button', { name: zh ? '核查' : 'Verify', exact: true }).click();
    await page.locator('.problem').waitFor();
    await pane.shot(`audit-${look}`);
    expect(await pane.violations()).toEqual([]);
    const over320 = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(over320).toBe(false);
    await over(pane);
  });
});
