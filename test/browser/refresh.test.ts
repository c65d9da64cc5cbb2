import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scratch } from '../cli/files.ts';
import { said } from '../cli/inProcess.ts';
import { smallBook } from '../sources/books.ts';
import { HEAD, RULES, TABLES } from '../sources/company.ts';
import { ROOT } from '../support/builds.ts';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { looks } from './support/looks.ts';
import { type OpenPane, openBench, type PaneBench } from './support/paneTest.ts';
import { book, csv, EN, PEOPLE, TICKETS, type Upload, ZH } from './support/refresh.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(
  `tables from picked files${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
    });
    afterAll(() => bench?.close());

    async function open(
      sample: Uint8Array,
      options: Parameters<PaneBench['open']>[0] = {},
    ): Promise<{ readonly pane: OpenPane; readonly panel: ReturnType<OpenPane['page']['getByRole']> }> {
      const pane = await bench.open({ asOf: '2026-02-28', height: 1300, sample, ...options });
      const w = options.language === 'zh-CN' ? ZH : EN;
      await pane.tab(w.run);
      await pane.page.getByRole('button', { name: w.open }).click();
      const panel = pane.page.getByRole('tabpanel', { name: w.page, exact: true });
      return { pane, panel };
    }

    /** As a person does in the browser's own dialog. */
    async function choose({ page }: OpenPane, files: readonly Upload[], w = EN): Promise<void> {
      const asked = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: w.choose }).click();
      await (await asked).setFiles([...files]);
    }

    /** A table as it stands in the workbook that is open. */
    const rowsOf = ({ page }: OpenPane, table: string): Promise<string[][]> =>
      page.evaluate(async (name) => {
        const { book } = await window.allot;
        const cells: string[][] = [];
        for (let row = 2; ; row++) {
          const line: string[] = [];
          for (let column = 1; column <= 5; column++) {
            const { value } = await book.cell({ sheet: name, row, column });
            if (value === null || value.kind === 'blank') continue;
            line.push(
              value.kind === 'number'
                ? String(Number(value.value.n) / Number(value.value.d))
                : value.kind === 'date'
                  ? new Date(Number(value.ms.n / value.ms.d)).toISOString().slice(0, 10)
                  : String(value.value),
            );
          }
          if (line.length === 0) return cells;
          cells.push(line);
        }
      }, table);

    const BEFORE = [
      ['T1', 'E1', '2026-02-03', '1.5', '100'],
      ['T2', 'E2', '2026-02-10', '2', '200'],
      ['T3', 'E3', '2026-02-20', '4', '150'],
    ];

    test('two files are matched, shown, and written in one go with a row of the ledger', async () => {
      const { pane, panel } = await open(book().bytes);
      const { page } = pane;
      await panel.getByText('Complaints · rest · https://api.example.com/complaints?since=…').waitFor();
      expect(await page.getByRole('tab', { name: 'Run' }).getAttribute('aria-selected')).toBe('true');
      expect(await panel.getByRole('button', { name: EN.check }).getAttribute('aria-disabled')).toBe('true');
      await pane.shot('refresh-empty');
      expect(await pane.violations()).toEqual([]);
      await choose(pane, [PEOPLE, TICKETS, csv('notes.csv', 'a\n1\n')]);
      const picked = (label: string): Promise<string> =>
        panel
          .getByLabel(label)
          .evaluate((select) => (select as HTMLSelectElement).selectedOptions[0]?.text ?? '');
      expect(await picked(EN.tickets)).toBe('tickets_2026-04.csv');
      expect(await picked(EN.staff)).toBe('people.xlsx');
      await panel.getByText('notes.csv is for no table yet.').waitFor();
      await panel.getByRole('button', { name: 'Take notes.csv away' }).click();
      expect(await panel.getByText('notes.csv').count()).toBe(0);
      await panel.getByRole('button', { name: EN.check }).press('Enter');

      const tickets = panel.getByRole('region', { name: 'Tickets', exact: true });
      await tickets.getByText('3 rows came: 1 new, 1 changed, 1 removed').waitFor();
      // 1.5 + 2 + 4 hours become 1.5 + 2 + 1; 100 + 200 + 150 become 110 + 200 + 120.
      const figures = await tickets
        .locator('tbody tr')
        .evaluateAll((rows) => rows.map((row) => row.textContent));
      expect(figures).toEqual(['rows33', 'Hours7.54.5', 'Pay450430']);
      expect(await tickets.locator('.rf-lines li').allTextContents()).toEqual([
        'T1: Pay “100” → “110”',
        'T4: new',
        'T3: removed',
      ]);
      await panel
        .getByRole('region', { name: 'Staff', exact: true })
        .getByText('2 rows came: 1 new, 1 changed, 0 removed')
        .waitFor();
      await pane.shot('refresh-staged');
      expect(await pane.violations()).toEqual([]);
      expect(await rowsOf(pane, 'Tickets')).toEqual(BEFORE);

      await panel.getByRole('button', { name: EN.write }).click();
      await panel.getByText('Type your name: the ledger keeps who did it.').waitFor();
      await page.getByLabel(EN.name).fill('Finance A');
      await panel.getByRole('button', { name: EN.write }).click();
      const dialog = page.getByRole('dialog', { name: 'Write these tables?' });
      await dialog.getByText('Tickets: 3 rows came: 1 new, 1 changed, 1 removed').waitFor();
      await pane.shot('refresh-confirm');
      expect(await pane.violations()).toEqual([]);
      // Given up, nothing has been written.
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await rowsOf(pane, 'Tickets')).toEqual(BEFORE);
      await panel.getByRole('button', { name: EN.write }).click();
      await dialog.getByRole('button', { name: EN.writeNow }).click();
      await page.getByRole('status').getByText(EN.done).waitFor();
      expect(await rowsOf(pane, 'Tickets')).toEqual([
        ['T1', 'E1', '2026-02-03', '1.5', '110'],
        ['T2', 'E2', '2026-02-10', '2', '200'],
        ['T4', 'E4', '2026-03-05', '1', '120'],
      ]);
      expect((await rowsOf(pane, 'Staff')).map((row) => row.join(' '))).toEqual([
        'E1 Anna 5600',
        'E2 Bo 4500.5',
        'E3 Cy 4000.25',
        'E4 Di 4100',
      ]);
      // The picks are gone with what came of them; the ledger proves what was written.
      expect(await panel.getByRole('button', { name: EN.check }).getAttribute('aria-disabled')).toBe('true');
      await pane.settled();
      await pane.tab('Audit');
      await page.getByText('Tickets from csv: 1 added, 1 changed, 1 removed').waitFor();
      await page.getByRole('button', { name: 'Verify', exact: true }).click();
      await page.getByText('1 ledger row, 0 paid runs: nothing was changed.').waitFor();
      expect(await pane.close()).toEqual([]);
    });

    test('doubts are to be looked into first; a workbook that changed meanwhile is left alone', async () => {
      const { pane, panel } = await open(book().bytes);
      const { page } = pane;
      // 100 becomes 1,000, and the 9th of March 2026 stands among the amounts.
      const odd = `${HEAD}T1,E1,2026-02-03,1.5,1000\nT2,E2,2026-02-10,2,20260309\nT3,E3,2026-02-20,4,150\n`;
      await choose(pane, [csv('tickets.csv', odd)]);
      await panel.getByRole('button', { name: EN.check }).click();
      await panel.getByText(/1 number written like a date \(T2: “20260309”\)/).waitFor();
      await panel.getByText(/values? differing tenfold or more from before/).waitFor();
      await page.getByLabel(EN.name).fill('Finance A');
      const replace = panel.getByRole('button', { name: 'Replace …' });
      await replace.click();
      await panel.getByText('Look into the doubts first, then tick this.').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
      await pane.shot('refresh-doubts');
      expect(await pane.violations()).toEqual([]);
      await panel.getByRole('checkbox').press('Space');
      await replace.click();
      const dialog = page.getByRole('dialog');
      // Somebody else types into the table while the question stands there.
      await pane.edit(['Tickets', 2, 5, '99']);
      await dialog.getByRole('button', { name: 'Replace', exact: true }).click();
      await dialog.getByText('The workbook has changed since this was checked.').waitFor();
      await dialog.getByRole('button', { name: EN.cancel }).click();
      await panel.getByRole('button', { name: 'Check again' }).click();
      await panel.getByText('T1: Pay “99” → “1000”').waitFor();
      expect((await rowsOf(pane, 'Tickets')).map((row) => row[4])).toEqual(['99', '200', '150']);
      expect(await pane.close()).toEqual([]);
    });

    test('what can’t be written says why: an orphan, a file cut off, a file that is none', async () => {
      const { pane, panel } = await open(book().bytes);
      const { page } = pane;
      // C1 is of T1, which the file no longer has; E9 is nobody.
      await choose(pane, [csv('tickets.csv', `${HEAD}T2,E9,2026-02-10,2,200\n`)]);
      await panel.getByRole('button', { name: EN.check }).click();
      await panel.getByText('Nothing can be written.').waitFor();
      await panel
        .getByText('Tickets, Engineer: 1 row with a value that is no key of Staff (T2: “E9”).')
        .waitFor();
      await panel
        .getByText('Complaints, TicketNo: 1 row with a value that is no key of Tickets (C1: “T1”).')
        .waitFor();
      expect(await page.getByLabel(EN.name).count()).toBe(0);
      await pane.shot('refresh-orphan');
      expect(await pane.violations()).toEqual([]);
      // The same name again takes the place of the file that was cut off.
      await choose(pane, [csv('tickets.csv', `${HEAD}T2,E2,2026`)]);
      expect(await panel.getByText('Nothing can be written.').count()).toBe(0);
      await panel.getByRole('button', { name: EN.check }).click();
      await panel.getByText(/Row 2 does not have the form of the others/).waitFor();
      await choose(pane, [{ ...PEOPLE, buffer: Buffer.from('no workbook') }]);
      await panel.getByRole('button', { name: EN.check }).click();
      await panel.getByText(/^Staff \(exports\/people\.xlsx#Staff\): /).waitFor();
      expect(await rowsOf(pane, 'Tickets')).toEqual(BEFORE);
      expect(await pane.close()).toEqual([]);
    });

    test('rows of a locked period stay; files may be dropped', async () => {
      const { file } = book();
      await said(['pay', file, '--as-of', '2026-02-28', '--by', 'Finance A', '--out', file]);
      await said(['lock', file, '--run', '1', '--by', 'Finance B', '--out', file]);
      const { pane, panel } = await open(readFileSync(file));
      const { page } = pane;
      const dropped = await page.evaluateHandle(
        ([name, text]) => {
          const data = new DataTransfer();
          data.items.add(new File([text], name, { type: 'text/csv' }));
          return data;
        },
        ['Tickets.csv', `${HEAD}T1,E1,2026-02-03,1.5,999\nT9,E2,2026-03-02,1,80\n`] as const,
      );
      await panel.getByText('or drop them on this page.').waitFor();
      // The workbench opens what is dropped on it: this is not for it.
      await page.evaluate(() => {
        window.addEventListener('drop', () => {
          document.body.dataset.dropped = 'too';
        });
      });
      await page.dispatchEvent('.rf-page', 'dragover', { dataTransfer: dropped });
      expect(await page.locator('.rf-over').count()).toBe(1);
      await page.dispatchEvent('.rf-page', 'drop', { dataTransfer: dropped });
      expect(await page.locator('.rf-over').count()).toBe(0);
      expect(await page.evaluate(() => document.body.dataset.dropped)).toBeUndefined();
      await panel.getByRole('button', { name: EN.check }).click();
      await panel.getByText(/the period 2026-02-28 is locked \(run 1\), so these stay as they are/).waitFor();
      await page.getByLabel(EN.name).fill('Finance A');
      await panel.getByRole('button', { name: 'Replace …' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Replace', exact: true }).click();
      await page.getByRole('status').getByText('Refreshed Tickets, in row 3 of the ledger.').waitFor();
      expect(await rowsOf(pane, 'Tickets')).toEqual([...BEFORE, ['T9', 'E2', '2026-03-02', '1', '80']]);
      expect(await pane.close()).toEqual([]);
    });

    test('checking is given up, and the book stays open', async () => {
      const { pane, panel } = await open(book().bytes);
      const lines = Array.from({ length: 60_000 }, (_, i) => `N${i},E1,2026-03-05,1,${100 + (i % 7)}\n`);
      await choose(pane, [
        csv('tickets.csv', HEAD + TICKETS.buffer.toString().slice(HEAD.length) + lines.join('')),
      ]);
      await panel.getByRole('button', { name: EN.check }).click();
      await panel.getByRole('button', { name: EN.cancel }).click();
      await panel.getByText('Cancelled. Nothing was changed.').waitFor();
      await pane.shot('refresh-cancelled');
      expect(await pane.violations()).toEqual([]);
      expect(await rowsOf(pane, 'Tickets')).toEqual(BEFORE);
      await choose(pane, [PEOPLE]);
      await panel.getByLabel(EN.tickets).selectOption('none');
      await panel.getByRole('button', { name: EN.check }).click();
      await panel.getByText('2 rows came: 1 new, 1 changed, 0 removed').waitFor();
      expect(await panel.getByRole('region', { name: 'Tickets', exact: true }).count()).toBe(0);
      expect(await pane.close()).toEqual([]);
    });

    test('a workbook without sources says how to name them, one whose sheet is wrong says where', async () => {
      const none = await open(readFileSync(path.join(ROOT, 'samples/small.xlsx')), { asOf: '2026-03-31' });
      await none.panel.getByText('No sheet says where tables come from').waitFor();
      await none.pane.shot('refresh-none');
      expect(await none.pane.violations()).toEqual([]);
      expect(await none.pane.close()).toEqual([]);
      const file = smallBook(scratch(), TABLES, [{ table: 'Nobody', kind: 'csv', location: 'x.csv' }], RULES);
      const wrong = await open(readFileSync(file));
      await wrong.panel.getByText('Sources, row 2: there is no table “Nobody” in the workbook.').waitFor();
      // Corrected in the sheet, it is read again.
      await wrong.pane.edit(['Sources', 2, 1, 'Tickets']);
      await wrong.panel.getByLabel(EN.tickets).waitFor();
      expect(await wrong.pane.close()).toEqual([]);
    });

    test.each(['read', 'drawn'] as const)('what is changed while the sheet is %s is seen', async (when) => {
      const file = smallBook(scratch(), TABLES, [{ table: 'Nobody', kind: 'csv', location: 'x.csv' }], RULES);
      const pane = await bench.open({ asOf: '2026-02-28', sample: readFileSync(file) });
      await pane.page.evaluate(async (moment) => {
        const { session, type } = await window.allot;
        const { calculator } = session;
        const correct = () => void type([['Sources', 2, 1, 'Tickets']]);
        if (moment === 'read') {
          const { sources } = calculator;
          Object.assign(calculator, {
            async sources(...asked: Parameters<typeof sources>) {
              Object.assign(calculator, { sources });
              const found = await sources(...asked);
              correct();
              return found;
            },
          });
        } else {
          // Whoever sees it first: before the browser has painted it.
          const watch = new MutationObserver(() => {
            if (!document.body.textContent.includes('there is no table “Nobody”')) return;
            watch.disconnect();
            correct();
          });
          watch.observe(document.body, { subtree: true, childList: true, characterData: true });
        }
      }, when);
      await pane.tab(EN.run);
      await pane.page.getByRole('button', { name: EN.open }).click();
      await pane.page.getByLabel(EN.tickets).waitFor();
      expect(await pane.close()).toEqual([]);
    });

    test.each(
      looks([
        ['narrow', { width: 320 }],
        ['dark', { theme: 'dark' as const, language: 'zh-CN' as const }],
        ['contrast', { forcedColors: true }],
        ['wide', { width: 900 }],
      ] as const),
    )('%s: all of it fits and reads', async (look, options) => {
      const { pane, panel } = await open(book().bytes, options);
      const { page } = pane;
      const w = look === 'dark' ? ZH : EN;
      await choose(pane, [PEOPLE, TICKETS], w);
      await panel.getByRole('button', { name: w.check }).click();
      await page.getByLabel(w.name).fill('财务甲');
      await pane.shot(`refresh-${look}`);
      expect(await pane.violations()).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
      const main = page.locator('main');
      expect(await main.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false);
      await panel.getByRole('button', { name: w.write }).click();
      await pane.shot(`refresh-${look}-confirm`);
      expect(await pane.violations()).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: w.writeNow, exact: true }).click();
      await page.getByRole('status').getByText(w.done).waitFor();
      expect(await pane.close()).toEqual([]);
    });
  },
);
