import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { integer } from '../../src/exact/rational.ts';
import { readXlsx } from '../../src/workbook/xlsx/book.ts';
import { cellOf, partsOf } from '../workbook/xlsx/parts.ts';
import { findChromium } from './support/chromium.ts';
import { openBench, type PaneBench } from './support/paneTest.ts';

const chromium = findChromium();

/** A sample with two calls of our functions in free cells, with what they came to. */
function withCalls(): Uint8Array {
  const call = (formula: string, n: number, column: number) => ({
    sheet: 'Staff',
    row: 2,
    column,
    value: {
      kind: 'formula' as const,
      formula,
      cached: { kind: 'number' as const, value: integer(n) },
    },
  });
  return readXlsx(readFileSync('samples/small.xlsx'), 'small.xlsx').withCells([
    call('=ALLOT.SUPPORTSCORE("E08")', 80, 20),
    call('=1+1', 2, 21),
  ]);
}

describe.skipIf(chromium === null)('functions in cells', () => {
  let bench: PaneBench;
  beforeAll(async () => {
    bench = await openBench(chromium ?? '');
  });
  afterAll(() => bench?.close());

  it('saves a copy with values in place of our calls, and of nothing else', async () => {
    const pane = await bench.open({ sample: withCalls(), asOf: '2026-03-31' });
    await pane.page.getByText('Functions in cells').click();
    const [file] = await Promise.all([
      pane.page.waitForEvent('download'),
      pane.page.getByRole('button', { name: 'Save a copy with values' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('book-values.xlsx');
    await pane.page.getByText('The copy has values in place of 1 formula.').waitFor();
    await pane.shot('run-functions');
    expect(await pane.violations()).toEqual([]);
    const parts = Object.values(partsOf(readFileSync(await file.path())));
    expect(parts.map((xml) => cellOf(xml, 'T2')).join('')).toBe('<c r="T2"><v>80</v></c>');
    expect(parts.map((xml) => cellOf(xml, 'U2')).join('')).toBe('<c r="U2"><f>1+1</f><v>2</v></c>');
    expect(await pane.close()).toEqual([]);
  });

  it('adds short names and takes them away, in Chinese too', async () => {
    const pane = await bench.open({ asOf: '2026-03-31', language: 'zh-CN' });
    await pane.page.getByText('单元格中的函数').click();
    await pane.page.getByRole('button', { name: '添加名称' }).click();
    await pane.page.getByText('名称已添加到工作簿。').waitFor();
    const names = () => pane.page.evaluate(async () => (await window.allot).book.functionNames());
    expect(await names()).toContain('SUPPORTSCORE');
    await pane.page.getByRole('button', { name: '移除名称' }).click();
    await pane.page.getByText('名称已移除。').waitFor();
    expect(await names()).toEqual([]);
    expect(await pane.close()).toEqual([]);
  });
});
