import type { Locator, Page } from 'playwright-core';
import type { SourceLine } from '../../../src/workbook/port.ts';
import type { OpenPane, PaneBench, PaneOptions } from './paneTest.ts';

/** The pane at the Allocation page, once its members are drawn. */
export async function openAllocation(bench: PaneBench, options: PaneOptions = {}): Promise<OpenPane> {
  const pane = await bench.open({ asOf: '2026-03-31', height: 1100, ...options });
  await pane.tab(options.language === 'zh-CN' ? '分配' : 'Allocation');
  await pane.page.locator('.al-grid').waitFor();
  return pane;
}

/** Rows of the table that is shown, cell by cell; of a member the key. */
export const rowsOf = (page: Page): Promise<string[][]> =>
  page
    .locator('.al-grid-line')
    .evaluateAll((lines) =>
      lines.map((line) =>
        [...line.querySelectorAll('.al-cell')].map(
          (cell) => (cell.querySelector('.al-member-key') ?? cell).textContent,
        ),
      ),
    );
export const keysOf = async (page: Page): Promise<string[]> => (await rowsOf(page)).map(([key = '']) => key);
export const said = async (locator: Locator): Promise<string> => (await locator.textContent()) ?? '';
/** What a tile says: `Pool` → `1,265.34`. */
export const tile = (page: Page, name: string): Promise<string> =>
  said(page.locator('.al-tile', { has: page.locator('dt', { hasText: name }) }).locator('.al-tile-value'));
export const literal = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
export const ruleLine = (pane: OpenPane, row: number): Promise<string | undefined> =>
  pane.page.evaluate(async (n) => {
    const [sheet] = await (await window.allot).book.ruleSheets();
    return sheet?.rows[n - 1]?.text;
  }, row);

/** What a colleague writes into the rule sheet meanwhile. */
export async function rewrite(
  pane: OpenPane,
  change: (rows: readonly SourceLine[]) => readonly SourceLine[],
): Promise<void> {
  const rows = await pane.page.evaluate(async () => {
    const [sheet] = await (await window.allot).book.ruleSheets();
    return (sheet?.rows ?? []).map(({ text, depth }) => ({ text, depth }));
  });
  await pane.page.evaluate(
    async (lines) => {
      const { book } = await window.allot;
      const [sheet] = await book.ruleSheets();
      if (sheet !== undefined) await book.writeRuleSheet(sheet.sheet, lines, sheet);
    },
    [...change(rows)],
  );
}
