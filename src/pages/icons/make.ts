/** Draws the PNG files that Office asks for from the SVG files beside this one: `npx tsx src/pages/icons/make.ts`. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';

const SIZES = [16, 20, 24, 32, 40, 48, 64, 80, 96];
const here = import.meta.dirname;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
const page = await browser.newPage();
for (const file of (await fs.readdir(here)).filter((name) => name.endsWith('.svg'))) {
  const svg = await fs.readFile(path.join(here, file), 'base64');
  for (const size of SIZES) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<body style="margin:0"><img style="display:block" width="${size}" height="${size}" src="data:image/svg+xml;base64,${svg}">`,
    );
    await page.screenshot({
      path: path.join(here, `${path.basename(file, '.svg')}-${size}.png`),
      omitBackground: true,
    });
  }
}
await browser.close();
