import { describe, expect, it } from 'vitest';
import { BOOK } from '../../contract/workbookContract.ts';
import { NOTHING_INVENTED } from '../../support/fakeOffice/conformance.ts';
import { fakeRoom } from '../../support/fakeOffice/room.ts';

/** What the fake must not let pass, since Excel would not. */
function run<T>(batch: (context: Excel.RequestContext) => Promise<T>, limit = 5_000_000): Promise<T> {
  const { office } = fakeRoom(BOOK);
  office.state.requestLimit = limit;
  return office.globals.Excel.run(batch);
}

const staff = (context: Excel.RequestContext): Excel.Worksheet =>
  context.workbook.worksheets.getItem('Staff');

describe('the fake of Office.js', () => {
  it('has no members of its own', () => {
    expect(NOTHING_INVENTED.every((one) => one)).toBe(true);
  });

  it('gives nothing that was not loaded, nor before a sync', async () => {
    const unloaded = run(async (context) => {
      const range = staff(context).getRange('A1');
      range.load('rowIndex');
      await context.sync();
      return range.values;
    });
    await expect(unloaded).rejects.toMatchObject({ code: 'PropertyNotLoaded' });
    const early = run(async (context) => {
      const range = staff(context).getRange('A1');
      range.load('values');
      return range.values;
    });
    await expect(early).rejects.toMatchObject({ code: 'PropertyNotLoaded' });
    const unasked = run(async (context) => context.workbook.worksheets.getItemOrNullObject('x').isNullObject);
    await expect(unasked).rejects.toMatchObject({ code: 'PropertyNotLoaded' });
  });

  it('changes nothing before a sync, and stops at the first operation that fails', async () => {
    const { office } = fakeRoom(BOOK);
    await office.globals.Excel.run(async (context) => {
      staff(context).getRange('B2').values = [[1]];
      expect(office.sheet('Staff').cells.get(2)?.get(2)?.value).toBe(4200.5);
      await context.sync();
      expect(office.sheet('Staff').cells.get(2)?.get(2)?.value).toBe(1);
    });
    const failing = office.globals.Excel.run(async (context) => {
      staff(context).getRange('B2').values = [[2]];
      staff(context).getRange('B2').values = [[3, 4]];
      staff(context).getRange('B2').values = [[5]];
      await context.sync();
    });
    await expect(failing).rejects.toMatchObject({ code: 'InvalidArgument' });
    expect(office.sheet('Staff').cells.get(2)?.get(2)?.value).toBe(2);
  });

  it('knows missing things, protected sheets and limits', async () => {
    const missing = run(async (context) => {
      context.workbook.worksheets.getItem('Nowhere').activate();
      await context.sync();
    });
    await expect(missing).rejects.toMatchObject({ code: 'ItemNotFound' });
    const there = await run(async (context) => {
      const sheet = context.workbook.worksheets.getItemOrNullObject('Nowhere');
      await context.sync();
      return !sheet.isNullObject;
    });
    expect(there).toBe(false);
    const large = run(async (context) => {
      staff(context).getRange('B2').values = [['x'.repeat(1000)]];
      await context.sync();
    }, 500);
    await expect(large).rejects.toMatchObject({ code: 'RequestPayloadSizeLimitExceeded' });
    const unknown = run(async (context) => {
      staff(context).load('colour');
      await context.sync();
    });
    await expect(unknown).rejects.toMatchObject({ code: 'InvalidArgument' });
  });
});
