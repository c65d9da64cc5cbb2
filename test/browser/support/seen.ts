import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from '../../support/builds.ts';

const PICTURES = process.env.ALLOT_PICTURES !== '0';
const SHOTS = path.join(ROOT, 'out/screenshots');
const AXE = path.join(ROOT, 'node_modules/axe-core/axe.min.js');
/** Milliseconds that transitions may take. */
const LONGEST = 5000;
/** Milliseconds after which a page has done what it was at. */
const SETTLED = 1000;

/** Keeps a picture in out/screenshots/; with ALLOT_PICTURES=0 it doesn't, which takes less time. */
export async function picture(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
  if (!PICTURES) return;
  const take = () => page.screenshot(options);
  // A browser that has much to do now and then has no picture to give.
  keep(`${name}.png`, await take().catch(take));
}

/** Keeps a file beside the pictures, where there are any. */
export function keep(name: string, bytes: Uint8Array): void {
  if (!PICTURES) return;
  mkdirSync(SHOTS, { recursive: true });
  writeFileSync(path.join(SHOTS, name), bytes);
}

/**
 * What axe-core objects to, one line a rule; not within `except` (a selector). A page that goes on working meanwhile may
 * have been caught between two looks: what is objected to is looked at once more.
 */
export async function violations(page: Page, except?: string): Promise<readonly string[]> {
  const found = await objections(page, except);
  if (found.length === 0) return found;
  await page.waitForTimeout(SETTLED);
  return objections(page, except);
}

async function objections(page: Page, except: string | undefined): Promise<readonly string[]> {
  await page.evaluate(still, LONGEST);
  // The page's policy forbids foreign scripts; the debugger's evaluation is not the page's.
  if ((await page.evaluate('window.axe === undefined')) === true)
    await page.evaluate(`${readFileSync(AXE, 'utf8')}; undefined`);
  const where = except === undefined ? 'document' : JSON.stringify({ exclude: [[except]] });
  const found: unknown = await page.evaluate(
    `axe.run(${where}, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ': ' + nodes.map(({ target, any, all, none }) =>
        target.join(' ') + ' (' + [...any, ...all, ...none].map(({ message }) => message).join('; ') + ')').join(' | ')))`,
  );
  return Array.isArray(found) ? found.map(String) : [String(found)];
}

/** Waits until nothing is on its way from one look to another: colours are measured when they have come. */
async function still(longest: number): Promise<void> {
  const roots = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
    root,
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
      shadowRoot === null ? [] : roots(shadowRoot),
    ),
  ];
  let late = false;
  const limit = new Promise<void>((resolve) => {
    setTimeout(() => {
      late = true;
      resolve();
    }, longest);
  });
  while (!late) {
    const moving = roots(document)
      .flatMap((root) => root.getAnimations())
      .filter(
        ({ playState, effect }) =>
          playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime),
      );
    if (moving.length === 0) return;
    await Promise.race([limit, Promise.allSettled(moving.map(({ finished }) => finished))]);
  }
}
