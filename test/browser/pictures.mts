import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from './support/chromium.ts';
import { openBench } from './support/paneTest.ts';

// The README's pictures of the pane, made anew: npx tsx test/browser/pictures.mts
const chromium = findChromium();
if (chromium === null) throw new Error('needs Chromium');
const bench = await openBench(chromium);
const root = path.resolve(import.meta.dirname, '../..');

async function picture(name: string, tab: string, prepare: (page: OpenPage) => Promise<void>): Promise<void> {
  const pane = await bench.open({ asOf: '2026-03-31', width: 380, height: 640 });
  await pane.tab(tab);
  await pane.settled();
  await prepare(pane.page);
  await pane.page.waitForTimeout(500);
  await pane.shot(`picture-${name}`);
  copyFileSync(
    path.join(root, `out/screenshots/picture-${name}.png`),
    path.join(root, `samples/pictures/pane-${name}.png`),
  );
  await pane.close();
}

type OpenPage = Awaited<ReturnType<typeof bench.open>>['page'];

await picture('rules', 'Rules', async (page) => {
  await page.locator('.cm-content').waitFor();
});
await picture('allocation', 'Allocation', async (page) => {
  await page.getByText('E08').first().waitFor();
});
await picture('explain', 'Explain', async (page) => {
  await page.getByLabel('Name').fill('reward');
  await page.getByLabel('Row’s key').fill('E08');
  await page.keyboard.press('Enter');
  await page.getByText('245.45').first().waitFor();
});
await bench.close();
