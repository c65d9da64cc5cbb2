import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Language } from '../../../src/problems/messages/index.ts';
import { serve } from '../../../webpack/serve.mjs';
import { buildFixture, ROOT } from '../../support/builds.ts';
import { launch } from './chromium.ts';
import { picture, violations } from './seen.ts';

/**
 * The pane in a real Chromium, over a workbook in memory, with the real worker, under the policy of our pages:
 *
 * ```ts
 * const chromium = findChromium();
 * describe.skipIf(chromium === null)('…', () => {
 *   let bench: PaneBench;
 *   beforeAll(async () => { bench = await openBench(chromium ?? ''); });
 *   afterAll(() => bench.close());
 *   test('…', async () => {
 *     const pane = await bench.open({ sample: 'small.xlsx', asOf: '2026-03-31' });
 *     await pane.tab('Run');
 *     await pane.page.getByRole('button', { name: 'Check' }).click();
 *     await pane.shot('run-checked');
 *     expect(await pane.violations()).toEqual([]);
 *     expect(await pane.close()).toEqual([]);
 *   });
 * });
 * ```
 */
export interface PaneBench {
  open(options?: PaneOptions): Promise<OpenPane>;
  close(): Promise<void>;
}

export interface PaneOptions {
  /** A file of samples/, or the bytes of a workbook. */
  readonly sample?: string | Uint8Array;
  readonly language?: Language;
  readonly theme?: 'light' | 'dark';
  readonly forcedColors?: boolean;
  /** `2026-03-31`: kept in the workbook from the start. */
  readonly asOf?: string;
  /** 380 × 720 where absent. */
  readonly width?: number;
  readonly height?: number;
  /** Leave the first screen's lines where they are. */
  readonly welcome?: boolean;
  /** Milliseconds that an evaluation takes longer, to see its progress. */
  readonly slow?: number;
  /** What the browser takes today for. */
  readonly today?: string;
}

export interface OpenPane {
  readonly page: Page;
  /** Opens a page of the pane by the name on its tab. */
  tab(name: string): Promise<void>;
  /** Waits until the session has nothing to do. */
  settled(): Promise<void>;
  /** Selects a cell as a person would in the grid: `Staff`, row, column from 1. */
  select(sheet: string, row: number, column: number): Promise<void>;
  /** Types into cells: `Staff`, row, column, and what is typed. */
  edit(...cells: readonly (readonly [string, number, number, string])[]): Promise<void>;
  /** The selected cell, as `Staff!9,4`. */
  selection(): Promise<string | null>;
  /** Keeps a picture in out/screenshots/; with ALLOT_PICTURES=0 it doesn't, which takes less time. */
  shot(name: string): Promise<void>;
  /** What axe-core objects to, one line a rule. */
  violations(): Promise<readonly string[]>;
  /** Closes the page; gives what went wrong in it: script errors, violations of its policy, requests to other hosts. */
  close(): Promise<readonly string[]>;
}

/** Builds the page where it is out of date, serves it and starts the browser. */
export async function openBench(chromium: string): Promise<PaneBench> {
  const folder = await buildFixture('pane', 'test/browser/support/pane/harness.ts');
  // Another test's process may build it anew meanwhile.
  const copy = mkdtempSync(path.join(tmpdir(), 'allot-pane-'));
  cpSync(folder, copy, { recursive: true });
  const server = await serve(copy);
  const browser = await launch(chromium);
  return {
    open: (options = {}) => openPane(browser, server.url, options),
    async close() {
      await browser.close();
      await server.close();
      rmSync(copy, { recursive: true, force: true });
    },
  };
}

async function openPane(browser: Browser, url: string, options: PaneOptions): Promise<OpenPane> {
  const { sample = 'small.xlsx', language = 'en', theme = 'light', width = 380, height = 720 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language,
    reducedMotion: 'reduce',
    forcedColors: options.forcedColors === true ? 'active' : 'none',
  });
  const wrong: string[] = [];
  await watch(context, url, wrong);
  const bytes = typeof sample === 'string' ? readFileSync(path.join(ROOT, 'samples', sample)) : sample;
  await context.route('**/samples/*', (route) => route.fulfill({ body: Buffer.from(bytes) }));
  if (options.welcome !== true)
    await context.addInitScript(() => {
      if (location.protocol !== 'about:') window.localStorage.setItem('allot.welcomed', '1');
    });
  const page = await context.newPage();
  await page.clock.setFixedTime(options.today ?? '2026-04-08T09:00:00');
  const query = new URLSearchParams({
    sample: typeof sample === 'string' ? sample : 'book.xlsx',
    language,
    theme,
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
    ...(options.slow === undefined ? {} : { slow: String(options.slow) }),
  });
  await page.goto(`${url}index.html?${query}`);
  const pane: OpenPane = {
    page,
    async tab(name) {
      await page.getByRole('tab', { name, exact: true }).click();
    },
    async settled() {
      await page.evaluate(async () => {
        await (await window.allot).session.settled();
      });
    },
    async select(sheet, row, column) {
      await page.evaluate(
        async (cell) => {
          await (await window.allot).book.select(cell);
        },
        { sheet, row, column },
      );
    },
    async edit(...cells) {
      await page.evaluate(async (typed) => (await window.allot).type(typed), cells);
    },
    selection() {
      return page.evaluate(async () => {
        const at = await (await window.allot).book.selection();
        return at === null ? null : `${at.sheet}!${at.row},${at.column}`;
      });
    },
    shot: (name) => picture(page, name),
    violations: () => violations(page),
    async close() {
      await context.close();
      return wrong;
    },
  };
  if (options.slow === undefined) await pane.settled();
  return pane;
}

/** Collects what no page of ours may do. */
async function watch(context: BrowserContext, url: string, wrong: string[]): Promise<void> {
  context.on('weberror', (error) => wrong.push(`error: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error') wrong.push(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    const to = request.url();
    if (!to.startsWith(url) && !/^(?:data|blob):/.test(to)) wrong.push(`request: ${to}`);
  });
  await context.exposeFunction('allotViolated', (said: string) => wrong.push(said));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell: unknown = Reflect.get(window, 'allotViolated');
      if (typeof tell === 'function')
        tell(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
}
