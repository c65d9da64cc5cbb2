import { describe, expect, it } from 'vitest';
import { ruleStatus } from '../../src/audit/approval.ts';
import { isError } from '../../src/audit/findings.ts';
import { planLock, planStep } from '../../src/audit/index.ts';
import { LEDGER_SHEET, readLedger } from '../../src/audit/ledger.ts';
import { verifyBook } from '../../src/audit/verify.ts';
import {
  apply,
  copyOf,
  doer,
  enterFebruary,
  errors,
  ledgerOf,
  lockIn,
  type MemoryBook,
  payIn,
  paymentOf,
  readerOf,
  smallBook,
  stepIn,
  twoMonths,
  verify,
} from './memory.ts';

describe('maker and checker', () => {
  it('may be left alone: until somebody proposes, whoever has the workbook pays', async () => {
    const book = smallBook();
    expect((await payIn(book, '2026-01-31', doer('Payer'))).row.Note).toBe('');
  });

  it('have to agree before rules are paid with', async () => {
    const book = smallBook();
    await stepIn(book, 'propose', doer('Maker'));
    expect(await paymentOf(book, '2026-01-31', doer('Payer'))).toMatchObject({
      kind: 'unapproved',
      status: { kind: 'proposed', last: null },
    });
    for (const same of ['Maker', ' maker', 'ＭＡＫＥＲ', 'Ma ker'])
      expect(await planStep(readerOf(book), 'approve', doer(same))).toMatchObject({ kind: 'same-person' });
    expect(await planStep(readerOf(book), 'propose', doer('Maker'))).toMatchObject({ kind: 'already' });
    const { row } = await stepIn(book, 'approve', doer('Checker'));
    expect(row).toMatchObject({ Number: '2', Event: 'approved', By: 'Checker', 'As of': '' });
    expect((await payIn(book, '2026-01-31', doer('Payer'))).row.Rules).toBe(row.Rules);
    expect(await planStep(readerOf(book), 'approve', doer('Other'))).toMatchObject({ kind: 'already' });
  });

  it('have to agree again where anything in the rules changed, or a reason is kept', async () => {
    const book = smallBook();
    await stepIn(book, 'propose', doer('Maker'));
    await stepIn(book, 'approve', doer('Checker'));
    book.rules[0] = '# Who gets what';
    expect(await paymentOf(book, '2026-01-31', doer('Payer'))).toMatchObject({
      kind: 'unapproved',
      status: { kind: 'draft', last: { cells: { Number: '2' } } },
    });
    expect(await paymentOf(book, '2026-01-31', doer('Payer'), { override: '  ' })).toMatchObject({
      kind: 'unapproved',
    });
    expect(await planStep(readerOf(book), 'approve', doer('Checker'))).toMatchObject({
      kind: 'not-proposed',
    });
    const { row } = await payIn(book, '2026-01-31', doer('Payer'), { override: 'checker is ill' });
    expect(row.Note).toBe('override: checker is ill');
    expect(await verify(book)).toEqual([
      { severity: 'note', kind: 'unapproved', run: '3', by: 'Payer', reason: 'checker is ill' },
    ]);
    // As they were, they are approved still; a reason that is not needed is not kept.
    book.rules[0] = '# Who gets what, and why';
    expect((await payIn(book, '2026-01-31', doer('Payer'), { override: 'x' })).row.Note).toBe('');
  });

  it('may take back what they said', async () => {
    const book = smallBook();
    expect(await planStep(readerOf(book), 'withdraw', doer('Maker'))).toMatchObject({ kind: 'not-proposed' });
    await stepIn(book, 'propose', doer('Maker'));
    const { row } = await stepIn(book, 'withdraw', doer('Maker'));
    expect(row.Event).toBe('draft');
    expect(await planStep(readerOf(book), 'approve', doer('Checker'))).toMatchObject({
      kind: 'not-proposed',
    });
    expect(await paymentOf(book, '2026-01-31', doer('Payer'))).toMatchObject({ kind: 'unapproved' });
    const ledger = readLedger(await readerOf(book).ours(LEDGER_SHEET));
    expect(ruleStatus(ledger, row.Rules)).toEqual({ kind: 'draft', last: null });
  });

  it('have names', async () => {
    const book = smallBook();
    expect(await paymentOf(book, '2026-01-31', doer(' '))).toEqual({ kind: 'no-name' });
    expect(await planStep(readerOf(book), 'propose', doer(''))).toEqual({ kind: 'no-name' });
  });
});

describe('a locked period', () => {
  it('is not paid again', async () => {
    const book = await twoMonths();
    const { row } = await lockIn(book, '1', doer('Checker'));
    const [paid] = await ledgerOf(book);
    expect(row).toMatchObject({
      Event: 'locked',
      Note: 'run 1',
      'As of': '2026-01-31',
      Results: paid?.Results,
      Record: paid?.Record,
    });
    expect(await paymentOf(book, '2026-01-31', doer('Payer'))).toMatchObject({
      kind: 'period-locked',
      asOf: '2026-01-31',
      run: '1',
    });
    await payIn(book, '2026-02-28', doer('Payer'));
    expect(await errors(book)).toEqual([]);
  });

  it('is one of a run that was paid last for its date, once', async () => {
    const book = await twoMonths();
    await payIn(book, '2026-01-31', doer('Payer'));
    const lock = (run: string) => planLock(readerOf(book), run, doer('Checker'));
    expect(await lock('9')).toEqual({ kind: 'no-run', run: '9', runs: ['1', '2', '3'] });
    expect(await lock('1')).toEqual({ kind: 'run-superseded', run: '1', by: '3' });
    await lockIn(book, '3', doer('Checker'));
    expect(await lock('3')).toMatchObject({ kind: 'run-locked', run: '3' });
    expect(await lock('1')).toMatchObject({ kind: 'run-locked', run: '3' });
    expect(await lock('4')).toMatchObject({ kind: 'no-run' });
  });

  it('shows what it would find otherwise today', async () => {
    const book = await twoMonths();
    await lockIn(book, '1', doer('Checker'));
    // A ticket of January that comes late, one that was mended, and February as it was; all paid with in a third run.
    book.sheets.Tickets?.push(['T9', { date: '2026-01-20' }, 'E3', 1, true]);
    (book.sheets.Tickets?.[1] ?? [])[3] = 9;
    await payIn(book, '2026-02-28', doer('Payer'));
    const found = await verify(book);
    expect(found.filter(isError)).toEqual([]);
    expect(found).toContainEqual({
      severity: 'note',
      kind: 'locked-differs',
      run: '1',
      asOf: '2026-01-31',
      table: 'Tickets',
      changed: 1,
      removed: 0,
      added: 1,
    });
    expect(found).toContainEqual({
      severity: 'note',
      kind: 'between',
      from: '2',
      run: '4',
      table: 'Tickets',
      changed: 1,
      removed: 0,
    });
  });
});

describe('what changes from month to month', () => {
  it('is a note as long as it counts for no run', async () => {
    const book = smallBook();
    await payIn(book, '2026-01-31', doer('Payer'));
    enterFebruary(book);
    // T5 was opened in December, which nobody paid.
    book.sheets.Tickets?.splice(5, 1);
    expect(await verify(book)).toEqual([
      { severity: 'note', kind: 'rows-removed', run: '1', table: 'Tickets', count: 1 },
      { severity: 'note', kind: 'rows-added', run: '1', table: 'Tickets', count: 3 },
    ]);
  });

  it('is an error where it does', async () => {
    const book = await twoMonths();
    book.sheets.Tickets?.push(['T10', { date: '2026-01-20' }, 'E3', 1, true]);
    book.sheets.Tickets?.splice(2, 1);
    expect(await verify(book)).toEqual([
      { severity: 'error', kind: 'row-removed', run: '2', table: 'Tickets', key: 'T2' },
      {
        severity: 'error',
        kind: 'row-added',
        run: '2',
        table: 'Tickets',
        key: 'T10',
        at: { sheet: 'Tickets', row: 9 },
      },
    ]);
  });

  it('may be the order of rows, of results too', async () => {
    const book = await twoMonths();
    for (const rows of [...Object.values(book.sheets), ...Object.values(book.ours)]) {
      if (rows === book.ours[LEDGER_SHEET]) continue;
      const [head = [], ...below] = rows;
      rows.splice(0, rows.length, head, ...below.reverse());
    }
    expect(await verify(book)).toEqual([]);
  });

  it('is told once where columns are put in, taken out or renamed', async () => {
    const book = await twoMonths();
    const wider = copyOf(book);
    for (const [i, row] of (wider.sheets.Staff ?? []).entries()) row.splice(1, 0, i === 0 ? 'new' : i);
    expect(await verify(wider)).toMatchObject([{ kind: 'headings', table: 'Staff' }]);
    const renamed = copyOf(book);
    (renamed.sheets.Staff?.[0] ?? [])[4] = 'remark';
    (renamed.sheets.Staff?.[2] ?? [])[2] = 1;
    expect(await verify(renamed)).toMatchObject([
      { kind: 'headings', table: 'Staff' },
      { kind: 'row-changed', key: 'E2' },
    ]);
    const gone = copyOf(book);
    delete gone.sheets.Tickets;
    expect(await verify(gone)).toMatchObject([{ kind: 'table-missing', table: 'Tickets' }]);
  });

  it('may be lines of rules that came, went or moved', async () => {
    const book = await twoMonths();
    const [, , , key = ''] = book.rules;
    const added = copyOf(book);
    added.rules.splice(1, 0, 'extra = 1');
    expect(await verify(added)).toEqual([
      {
        severity: 'error',
        kind: 'rule-added',
        run: '2',
        at: { sheet: 'Rules.allot', row: 2, column: 1 },
        now: 'extra = 1',
      },
    ]);
    const removed = copyOf(book);
    removed.rules.splice(1, 1);
    expect(await verify(removed)).toMatchObject([{ kind: 'rule-removed', was: 'unit 0.01', at: { row: 2 } }]);
    const moved = copyOf(book);
    moved.rules.splice(3, 1);
    moved.rules.splice(8, 0, key);
    expect(await verify(moved)).toMatchObject([{ kind: 'rule-moved', now: key, at: { row: 9 } }]);
  });

  /** Two months, then the result sheets of another date, as `allot run` writes them: without a row of the ledger. */
  async function ranAgain(book: MemoryBook, asOf: string, language: 'en' | 'zh-CN' = 'en'): Promise<void> {
    const other = copyOf(book);
    await payIn(other, asOf, doer('Payer'), { language });
    for (const [name, rows] of Object.entries(other.ours)) if (name !== LEDGER_SHEET) book.ours[name] = rows;
  }

  it('may be results of another date, which were looked at: what was paid is in the record', async () => {
    for (const [asOf, language] of [
      ['2026-01-31', 'en'],
      ['2025-12-31', 'zh-CN'],
    ] as const) {
      const book = await twoMonths();
      await ranAgain(book, asOf, language);
      expect(await verify(book)).toEqual([
        {
          severity: 'note',
          kind: 'other-results',
          run: '2',
          at: { sheet: 'Allot Scalars', row: 2, column: 2 },
          was: '2026-02-28',
          now: asOf,
        },
      ]);
    }
  });

  it('are errors where they are not what that date comes to, or that of a locked period', async () => {
    const changed = await twoMonths();
    await ranAgain(changed, '2026-01-31');
    (changed.ours['Allot Staff']?.[1] ?? [])[1] = 12;
    expect(await errors(changed)).toContainEqual(
      expect.objectContaining({ kind: 'other-run', was: '2026-02-28', now: '2026-01-31' }),
    );
    const locked = await twoMonths();
    await ranAgain(locked, '2026-01-31');
    await lockIn(locked, '1', doer('Checker'));
    expect(await errors(locked)).toContainEqual(
      expect.objectContaining({ kind: 'other-run', was: '2026-02-28', now: '2026-01-31' }),
    );
  });

  it('is nothing where nothing was ever paid', async () => {
    expect(await verifyBook(readerOf(smallBook()))).toEqual({
      findings: [],
      rows: 0,
      runs: 0,
      anchor: null,
      status: { kind: 'unused' },
    });
    const book = smallBook();
    apply(book, {});
    expect(await verify(book)).toEqual([]);
  });
});
