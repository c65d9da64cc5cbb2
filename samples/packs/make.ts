/** Makes a workbook of every pack's tables, without rules, beside its folder: `npx tsx samples/packs/make.ts [FOLDER]`. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBook } from '../../src/workbook/open.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const [folder = here] = process.argv.slice(2);
for (const entry of readdirSync(here, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const tables = mkdtempSync(path.join(tmpdir(), 'allot-pack-'));
  for (const file of readdirSync(path.join(here, entry.name)).filter((name) => name.endsWith('.csv')))
    copyFileSync(path.join(here, entry.name, file), path.join(tables, file));
  const { path: written } = await (await openBook(tables)).writeSheets(
    [],
    path.join(folder, `pack-${entry.name}.xlsx`),
  );
  console.error(written);
  rmSync(tables, { recursive: true });
}
