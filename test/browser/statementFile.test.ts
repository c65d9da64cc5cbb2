import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../src/problems/messages/index.ts';
import { filesOf, runSample } from '../audit/statements/support.ts';
import { findChromium, launch, NO_CHROMIUM } from './support/chromium.ts';
import { keep, picture, violations } from './support/seen.ts';

const chromium = findChromium();
const SEED = '00112233445566778899aabbccddeeff';

describe.skipIf(chromium === null)(
  `a statement’s file in a browser${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let browser: Browser;
    let folder: string;
    const pages = new Map<string, string>();
    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'allot-statement-'));
      browser = await launch(chromium ?? '');
      const small = filesOf(await runSample('small.xlsx'), SEED);
      pages.set('small en', small.page('E08', 'en'));
      pages.set('small zh-CN', small.page('E08', 'zh-CN'));
      const run = await runSample('广电.xlsx');
      const { createMaker } = await import('../../src/audit/statements/make.ts');
      const { pageOf } = await import('../audit/statements/support.ts');
      const maker = createMaker(run);
      // An engineer with tickets, complaints and two pools: the longest kind.
      const busiest = maker.targets
        .filter((_, i) => i % 40 === 0)
        .map((target) => maker.make(target, null))
        .sort((a, b) => rows(b.content.tables) - rows(a.content.tables))[0];
      if (busiest === undefined) throw new Error('no statement');
      pages.set('广电 zh-CN', pageOf({ ...busiest, language: 'zh-CN', proof: null }));
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const rows = (tables: readonly { readonly rows: readonly unknown[] }[]): number =>
      tables.reduce((sum, table) => sum + table.rows.length, 0);

    async function open(name: string): Promise<{ page: Page; wrong: string[] }> {
      const file = path.join(folder, `${name.replace(' ', '-')}.html`);
      writeFileSync(file, pages.get(name) ?? '');
      const context = await browser.newContext({
        viewport: { width: 360, height: 740 },
        deviceScaleFactor: 2,
      });
      const page = await context.newPage();
      const wrong: string[] = [];
      page.on('console', (message) => wrong.push(message.text()));
      page.on('pageerror', (error) => wrong.push(String(error)));
      page.on('request', (request) => {
        if (request.url() !== pathToFileURL(file).href) wrong.push(request.url());
      });
      await page.goto(pathToFileURL(file).href);
      return { page, wrong };
    }

    const cases: readonly (readonly [name: string, language: Language, shot: string])[] = [
      ['small en', 'en', 'statement-small'],
      ['small zh-CN', 'zh-CN', 'statement-small-zh'],
      ['广电 zh-CN', 'zh-CN', 'statement-broadcast-zh'],
    ];

    it.each(cases)('%s is readable on a phone, and on one page of paper', async (name, language, shot) => {
      const { page, wrong } = await open(name);
      await picture(page, `${shot}-phone`);
      const width = (): Promise<unknown> =>
        page.evaluate('[document.documentElement.scrollWidth, document.body.scrollWidth]');
      expect(await width()).toEqual([360, 360]);
      expect(await violations(page)).toEqual([]);
      // Everything opened, nothing is wider either.
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      await picture(page, `${shot}-phone-open`, { fullPage: true });
      expect(await width()).toEqual([360, 360]);
      expect(await violations(page)).toEqual([]);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      keep(`${shot}.pdf`, pdf);
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
      // A4 in points.
      expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 59\d\.?\d* 84[12]\.?\d*\]/);
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 695, height: 1038 });
      await picture(page, `${shot}-print`);
      expect(wrong).toEqual([]);
      await page.context().close();
    });

    it('is styled under its own policy, and tells its rules without a script', async () => {
      const { page } = await open('small en');
      expect(await page.evaluate('getComputedStyle(document.querySelector("header")).backgroundColor')).toBe(
        'rgb(15, 76, 92)',
      );
      await page.getByText('Step by step').nth(3).click();
      expect(await page.getByText('reward of E08 = 245.45', { exact: false }).first().isVisible()).toBe(true);
      await page.context().close();
    });
  },
);
