import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/commands.ts';
import { FUNCTION_IDS } from '../../src/functions/shapes.ts';
import { type Served, serve } from '../../webpack/serve.mjs';
import { findChromium, launch, NO_CHROMIUM } from '../browser/support/chromium.ts';
import { partsOf } from '../build/chunks.ts';
import { buildOnce, ROOT } from '../support/builds.ts';

const MICROSOFT = 'https://appsforoffice.microsoft.com/lib/1/hosted/';
const OFFICE_JS = path.join(ROOT, 'node_modules/@microsoft/office-js/dist');
const STUB = readFileSync(path.join(import.meta.dirname, 'office.stub.js'), 'utf8');

interface Stub {
  readonly log: readonly string[];
  readonly actions: Readonly<Record<string, (event: { completed(): void }) => void>>;
}

declare global {
  var stub: Stub;
}

interface Opened {
  readonly page: Page;
  /** Script errors, what the policy forbade, requests to hosts that are neither ours nor Microsoft's. */
  readonly wrong: string[];
  /** Files of ours that were asked for. */
  readonly asked: string[];
}

const chromium = findChromium();
if (chromium === null) console.info(NO_CHROMIUM);

describe.skipIf(chromium === null)('the add-in’s page', () => {
  let served: Served;
  let browser: Browser;
  beforeAll(async () => {
    served = await serve(await buildOnce('addin'));
    browser = await launch(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  /** A page whose Office.js is the real one, the stub, or out of reach. */
  async function opened(office: 'real' | 'stub' | 'none', options: object = {}): Promise<Opened> {
    const page = await browser.newPage({ viewport: { width: 380, height: 700 } });
    const wrong: string[] = [];
    const asked: string[] = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) wrong.push(message.text());
    });
    page.on('request', (request) => {
      const url = request.url();
      if (url.startsWith(served.url)) asked.push(url.slice(served.url.length));
      else if (!url.startsWith(MICROSOFT)) wrong.push(url);
    });
    await page.route(`${MICROSOFT}**`, (route) => {
      if (office === 'none') return route.abort();
      if (office === 'stub') return route.fulfill({ contentType: 'text/javascript', body: STUB });
      const file = path.join(
        OFFICE_JS,
        new URL(route.request().url()).pathname.replace('/lib/1/hosted/', ''),
      );
      return route.fulfill({ contentType: 'text/javascript', body: readFileSync(file) });
    });
    // The stub reads it; it survives the navigation.
    await page.addInitScript((name) => {
      window.name = name;
    }, JSON.stringify(options));
    return { page, wrong, asked };
  }

  test('outside Excel it says so, and how to try Allot without', async () => {
    const { page, wrong, asked } = await opened('real');
    await page.goto(`${served.url}taskpane.html`);
    await page.getByRole('heading', { name: 'This page belongs in Excel' }).waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('npm start');
    expect(wrong).toEqual([]);
    const { start } = partsOf('addin');
    expect(asked.filter((file) => file.endsWith('.js')).sort()).toEqual(
      [...start].filter((file) => file.endsWith('.js')).sort(),
    );
    await page.close();
  });

  test('without Office.js it says so', async () => {
    const { page } = await opened('none');
    await page.goto(`${served.url}taskpane.html`);
    await page.getByRole('heading', { name: 'Allot could not start' }).waitFor();
    await page.close();
  });

  test('an old Excel is told what it lacks, in its language', async () => {
    const { page, wrong } = await opened('stub', { language: 'zh-CN', sets: false });
    await page.goto(`${served.url}taskpane.html`);
    await page.getByRole('heading', { name: '此版本的 Excel 过旧' }).waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/ExcelApi \d/);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('functions and buttons are known before anything else, and the pane comes when it is seen', async () => {
    const { page, wrong } = await opened('stub');
    await page.goto(`${served.url}taskpane.html`);
    await page.getByRole('tab').first().waitFor();
    expect(await page.evaluate(() => stub.log.filter((entry) => entry !== 'batch'))).toEqual([
      'onReady',
      ...FUNCTION_IDS.map((id) => `function ${id}`),
      ...COMMANDS.map((name) => `action ${name}`),
    ]);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('while it is not seen no pane is loaded, until a button asks for it', async () => {
    const { page, wrong, asked } = await opened('stub');
    await page.route(`${served.url}frame.html`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<iframe src="taskpane.html" width="380" height="700" style="display:none"></iframe>',
      }),
    );
    await page.goto(`${served.url}frame.html`);
    const frame = page.frames()[1];
    if (frame === undefined) throw new Error('no frame');
    // The session is open: it has asked Excel for the workbook.
    await frame.waitForFunction(() => stub.log.includes('batch'));
    await page.waitForTimeout(300);
    const { pane, start } = partsOf('addin');
    const later = [...pane].filter((file) => !start.has(file));
    expect(asked.filter((file) => later.includes(file))).toEqual([]);
    await frame.evaluate(
      () => new Promise<void>((completed) => void stub.actions.explainSelection?.({ completed })),
    );
    expect(await frame.evaluate(() => stub.log.at(-1))).toBe('shown');
    expect(asked.some((file) => later.includes(file))).toBe(true);
    await page.locator('iframe').evaluate((element) => {
      element.style.display = 'block';
    });
    await frame.getByRole('tab', { selected: true }).waitFor();
    expect(await frame.getByRole('tab', { selected: true }).textContent()).toContain('Explain');
    expect(wrong).toEqual([]);
    await page.close();
  });

  test.each(['help', 'privacy', 'terms', 'support'])('%s can be read in both languages', async (name) => {
    const { page, wrong } = await opened('none');
    await page.goto(`${served.url}${name}.html`);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const title = await page.title();
    await page.getByRole('link', { name: '中文' }).click();
    await page.waitForURL(`${served.url}${name}.zh-CN.html`);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.title()).not.toBe(title);
    expect(await page.locator('script').count()).toBe(0);
    expect(wrong).toEqual([]);
    await page.close();
  });
});
