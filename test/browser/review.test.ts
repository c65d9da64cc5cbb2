import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reviewPage } from '../../src/audit/review/index.ts';
import { edited, reviewXlsx, smallBytes } from '../audit/review/support.ts';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { looks } from './support/looks.ts';
import { type OpenPane, openBench, type PaneBench } from './support/paneTest.ts';
import { keep } from './support/seen.ts';

const chromium = findChromium();
const MARCH = '2026-03-31';

/** small.xlsx with a rule row that doesn't show. */
const hidden = (): Uint8Array =>
  edited(smallBytes(), (name, text) =>
    name === 'xl/worksheets/sheet1.xml' ? text.replace('<row r="12"', '<row hidden="1" r="12"') : text,
  );

describe.skipIf(chromium === null)(`the review’s page${chromium === null ? ` (${NO_CHROMIUM})` : ''}`, () => {
  let bench: PaneBench;
  beforeAll(async () => {
    bench = await openBench(chromium ?? '');
  });
  afterAll(() => bench.close());

  async function over(pane: OpenPane): Promise<void> {
    expect(await pane.close()).toEqual([]);
  }

  /** Opens the page as a person does: from the audit. */
  async function review(pane: OpenPane, zh = false): Promise<void> {
    await pane.tab(zh ? '核查' : 'Audit');
    await pane.page.getByRole('button', { name: zh ? '审阅规则' : 'Review the rules' }).click();
    await pane.page
      .getByRole('tabpanel', { name: zh ? '审阅' : 'Review' })
      .getByRole('heading', { name: zh ? '全部规则' : 'Every rule' })
      .waitFor();
  }

  test('an auditor sees what to look at, opens a rule, and goes to its cells', async () => {
    const pane = await bench.open({ asOf: MARCH, sample: hidden(), height: 900 });
    const { page } = pane;
    await review(pane);
    const panel = page.getByRole('tabpanel', { name: 'Review' });
    await pane.shot('review');
    expect(await pane.violations()).toEqual([]);
    expect(await page.getByRole('tab', { name: 'Audit' }).getAttribute('aria-selected')).toBe('true');

    // What is hidden leads to its row.
    await panel.locator('summary', { hasText: 'Hidden' }).click();
    await panel.getByRole('button', { name: 'row 12 of the rules in Rules' }).click();
    expect(await pane.selection()).toBe('Rules!12,1');
    // Four tables leave a row out each.
    const leftOut = panel.locator('details', { hasText: 'Rows that do not count' });
    await leftOut.locator('summary').click();
    await expect.poll(() => leftOut.locator('li').count()).toBe(4);
    expect(await leftOut.locator('li').first().textContent()).toContain('1 of 25');

    // A rule in its versions: 15% from 2026 on, 10% before.
    const rate = panel.locator('.rv-rules details', { hasText: 'pool_rate' }).first();
    await rate.locator('summary').click();
    await rate.getByText('from 2026-01-01', { exact: true }).waitFor();
    expect(await rate.locator('.rv-version').count()).toBe(2);
    expect(await rate.textContent()).toContain('2,530.68');
    await rate.getByRole('button', { name: 'Rules!A12' }).click();
    expect(await pane.selection()).toMatch(/^Rules!12,/);
    const points = panel.locator('.rv-rules details', { hasText: 'response_points' }).first();
    await points.locator('summary').click();
    await points.getByText('Hits 11').waitFor();
    await pane.shot('review-rule');
    expect(await pane.violations()).toEqual([]);

    // The most money first: what everybody is paid.
    await panel.getByLabel('Order').selectOption({ label: 'In statements: most first' });
    await panel.locator('.rv-rules > :first-child', { hasText: /^Staff\[net_pay\]/ }).waitFor();
    await page.getByRole('button', { name: 'Back to the audit' }).click();
    await page.getByRole('tabpanel', { name: 'Audit' }).getByLabel('Your name').waitFor();
    await over(pane);
  });

  test('results that were overwritten since the run are named, once it is reviewed again', async () => {
    const pane = await bench.open({ asOf: MARCH });
    const { page } = pane;
    await page.getByRole('button', { name: 'Run and write', exact: true }).click();
    await page
      .getByText(/Allot Shares/)
      .first()
      .waitFor();
    await review(pane);
    const panel = page.getByRole('tabpanel', { name: 'Review' });
    await panel.getByText('5 result sheets compared: every cell is as a run gives it.').waitFor();
    await pane.edit(['Allot Shares', 2, 4, '1300']);
    await panel.getByText('The workbook has changed since this review.').waitFor();
    await panel.getByRole('button', { name: 'Review again' }).click();
    await panel.getByText('5 result sheets compared: 1 difference.').waitFor();
    await panel.locator('summary', { hasText: 'Results that differ' }).click();
    await panel.getByRole('button', { name: "'Allot Shares'!D2" }).click();
    expect(await pane.selection()).toBe('Allot Shares!2,4');
    await pane.shot('review-changed');
    await over(pane);
  });

  test('a review can be given up, and made again', async () => {
    const pane = await bench.open({ asOf: MARCH });
    const { page } = pane;
    // A host that is long about giving its file.
    await page.evaluate(async () => {
      const { book } = await window.allot;
      const { bytes } = book;
      Object.assign(book, { bytes: () => new Promise(() => undefined), bytesAgain: bytes });
    });
    await pane.tab('Audit');
    await page.getByRole('button', { name: 'Review the rules' }).click();
    const panel = page.getByRole('tabpanel', { name: 'Review' });
    await panel.getByText('Reviewing the rules …').waitFor();
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await panel.getByText('Cancelled.').waitFor();
    await page.evaluate(async () => {
      const { book } = await window.allot;
      Object.assign(book, { bytes: Reflect.get(book, 'bytesAgain') });
    });
    await panel.getByRole('button', { name: 'Review again' }).click();
    await panel.getByRole('heading', { name: 'Every rule' }).waitFor();
    await over(pane);
  });

  test('says what it could not look at where the workbook gives no file', async () => {
    const pane = await bench.open({ asOf: MARCH });
    const { page } = pane;
    await page.evaluate(async () => {
      const { book } = await window.allot;
      Object.assign(book, { bytes: () => Promise.reject(new Error('no file')) });
    });
    await review(pane);
    await page.getByText('Not looked at here: what is hidden').waitFor();
    await pane.shot('review-no-file');
    expect(await pane.violations()).toEqual([]);
    await over(pane);
  });

  test('saves the page that the command line writes', async () => {
    const pane = await bench.open({ asOf: MARCH });
    const { page } = pane;
    await review(pane);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a page' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('small-review-2026-03-31.html');
    expect(readFileSync(await download.path(), 'utf8')).toBe(
      reviewPage(await reviewXlsx(smallBytes()), 'small.xlsx', 'en'),
    );
    await page.getByText(/^Saved as small-review/).waitFor();
    await over(pane);
  });

  test('prints all of it, with every rule open, and nothing else', async () => {
    const pane = await bench.open({ asOf: MARCH, theme: 'dark' });
    const { page } = pane;
    await review(pane);
    const printed = page.evaluate(() => new Promise((done) => addEventListener('beforeprint', done)));
    // A headless browser has no printer: the button asks for one all the same.
    await page.evaluate(() => Object.assign(window, { print: () => Object.assign(window, { asked: true }) }));
    await page.getByRole('button', { name: 'Print' }).click();
    expect(await page.evaluate(() => Reflect.get(window, 'asked'))).toBe(true);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    await printed;
    keep('review-printed.pdf', pdf);
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(1);
    // What stands on the paper, while it is there.
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    await page.getByText('from 2026-01-01', { exact: true }).waitFor();
    expect(await page.locator('.allot-paper .rv-rule').count()).toBe(
      (await reviewXlsx(smallBytes())).rules.length,
    );
    expect(await page.getByRole('tab', { name: 'Audit' }).isVisible()).toBe(false);
    await page.setViewportSize({ width: 794, height: 1123 });
    await pane.shot('review-paper');
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.locator('.allot-paper').count()).toBe(0);
    await over(pane);
  });

  test('rules with an error are not reviewed, and the way to it is shown', async () => {
    const pane = await bench.open({ asOf: MARCH });
    const { page } = pane;
    await pane.edit(['Rules', 1, 1, 'unit of nothing']);
    await pane.tab('Audit');
    await page.getByRole('button', { name: 'Review the rules' }).click();
    const panel = page.getByRole('tabpanel', { name: 'Review' });
    await panel.getByRole('button', { name: 'See why' }).waitFor();
    await pane.edit(['Rules', 1, 1, 'unit of currency 0.01']);
    await panel.getByRole('button', { name: 'Review again' }).waitFor();
    await over(pane);
  });

  test.each(
    looks([
      ['narrow', { width: 320 }],
      ['dark', { theme: 'dark' as const, language: 'zh-CN' as const }],
      ['contrast', { forcedColors: true }],
      ['wide', { width: 900 }],
    ] as const),
  )('%s: all of it fits and reads', async (look, options) => {
    const pane = await bench.open({ asOf: MARCH, sample: 'broadcast.xlsx', height: 1100, ...options });
    const { page } = pane;
    const zh = look === 'dark';
    await review(pane, zh);
    await pane.shot(`review-${look}`);
    const panel = page.getByRole('tabpanel', { name: zh ? '审阅' : 'Review' });
    for (const summary of await panel.locator('.section > details > summary').all()) await summary.click();
    for (const summary of (await panel.locator('.rv-rules summary').all()).slice(0, 30))
      await summary.click();
    await pane.shot(`review-${look}-open`);
    await panel.locator('.rv-rules').evaluate((element) => element.scrollIntoView());
    await pane.shot(`review-${look}-rules`);
    expect(await pane.violations()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    const main = page.locator('main');
    expect(await main.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false);
    await over(pane);
  });
});
