import type { Anchor } from './anchor.ts';
import type { AuditPlace, Finding } from './findings.ts';
import {
  EVENTS,
  type Heading,
  type Ledger,
  type LedgerCells,
  type LedgerRow,
  NO_DIGEST,
  recordName,
  rowDigest,
} from './ledger.ts';
import { isSigned } from './sign.ts';

/** A ledger that was looked at: its rows by their true numbers, and what is wrong with it. */
export interface CheckedLedger {
  readonly findings: readonly Finding[];
  /** In the order of their numbers, the first of those that are there twice. */
  readonly rows: readonly CheckedRow[];
}

export interface CheckedRow {
  readonly number: number;
  /** As they were written, where that can be told. */
  readonly cells: LedgerCells;
  readonly sheetRow: number;
  /** What the row's digest is, whatever its cell says. */
  readonly digest: string;
  readonly intact: boolean;
}

/** Records of runs that are looked for beyond the last row. */
const BEYOND = 12;

/**
 * Checks the chain of a ledger. `digestOf` gives the digest of the text that is kept of a run, null where nothing
 * is: it tells which cell of a row was changed, and that a row at the end is gone.
 */
export async function checkLedger(
  ledger: Ledger,
  digestOf: (part: string) => Promise<string | null>,
): Promise<CheckedLedger> {
  const { rows, table, lacking } = ledger;
  if (lacking.length > 0)
    return { findings: [{ severity: 'error', kind: 'ledger-columns', lacking }], rows: [] };
  const findings: Finding[] = [];
  const placed: CheckedRow[] = [];
  for (const [i, row] of rows.entries()) {
    const { checked, changed } = await checkRow(ledger, i, digestOf);
    placed.push(checked);
    if (changed === null) continue;
    const at = placeOf(ledger, row, changed.heading);
    findings.push({ severity: 'error', kind: 'ledger-changed', row: String(checked.number), at, ...changed });
  }
  findings.push(...orderFindings(ledger, placed));
  const sorted = [...placed].sort((a, b) => a.number - b.number);
  const unique = sorted.filter((row, i) => row.number !== sorted[i - 1]?.number);
  findings.push(...chainFindings(ledger, unique));
  const last = unique.at(-1)?.number ?? 0;
  for (let n = last + 1; n <= last + BEYOND; n++) {
    if ((await digestOf(recordName(n))) === null) continue;
    if (table === null) return { findings: [{ severity: 'error', kind: 'ledger-gone' }], rows: [] };
    findings.push({ severity: 'error', kind: 'ledger-dropped', row: String(n) });
  }
  return { findings, rows: unique };
}

function placeOf(
  { table }: Ledger,
  { sheetRow }: Pick<LedgerRow, 'sheetRow'>,
  heading?: Heading,
): AuditPlace {
  const column = table?.columns.find((one) => one.heading === heading)?.column;
  return { sheet: table?.sheet ?? '', row: sheetRow, ...(column === undefined ? {} : { column }) };
}

interface RowCheck {
  readonly checked: CheckedRow;
  readonly changed: { readonly heading?: Heading; readonly was?: string } | null;
}

async function checkRow(
  { rows }: Ledger,
  index: number,
  digestOf: (part: string) => Promise<string | null>,
): Promise<RowCheck> {
  const { cells, sheetRow } = rows[index] ?? { cells: null, sheetRow: 0 };
  if (cells === null) throw new RangeError(`no row ${index}`);
  const digest = rowDigest(cells);
  const declared = Number(cells.Number);
  const numbered = /^[1-9]\d{0,8}$/.test(cells.Number);
  const row = (n: number, own: LedgerCells, intact: boolean, d: string): CheckedRow => ({
    number: n,
    cells: own,
    sheetRow,
    digest: d,
    intact,
  });
  if (digest === cells.Digest && numbered)
    return { checked: row(declared, cells, true, digest), changed: null };
  // The next row names this one's digest: then it is the cell of the digest that was changed.
  if (numbered && rows.some((other) => other.cells.Previous === digest))
    return {
      checked: row(declared, { ...cells, Digest: digest }, false, digest),
      changed: { heading: 'Digest', was: digest },
    };
  const number = numbered ? declared : index + 1;
  for await (const [heading, was] of candidates(rows, index, number, digestOf)) {
    const restored = { ...cells, [heading]: was };
    if (was === cells[heading] || rowDigest(restored) !== cells.Digest) continue;
    const n = heading === 'Number' ? Number(was) : number;
    return { checked: row(n, restored, false, cells.Digest), changed: { heading, was } };
  }
  return { checked: row(number, cells, false, cells.Digest), changed: {} };
}

/** What a changed cell may have said. */
async function* candidates(
  rows: readonly LedgerRow[],
  index: number,
  number: number,
  digestOf: (part: string) => Promise<string | null>,
): AsyncGenerator<readonly [Heading, string]> {
  for (let n = 1; n <= rows.length + 1; n++) yield ['Number', String(n)];
  yield ['Previous', NO_DIGEST];
  for (const { cells } of rows) yield ['Previous', cells.Digest];
  yield ['Record', (await digestOf(recordName(number))) ?? ''];
  const columns = ['Rules', 'As of', 'By', 'Inputs', 'Results', 'Totals', 'Note'] as const;
  for (const event of EVENTS) yield ['Event', event];
  // Rows say the same things over and over.
  for (const heading of columns) {
    yield [heading, ''];
    for (const [i, { cells }] of rows.entries()) if (i !== index) yield [heading, cells[heading]];
  }
}

function orderFindings(ledger: Ledger, rows: readonly CheckedRow[]): readonly Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<number>();
  const unique: CheckedRow[] = [];
  for (const row of rows) {
    const at = placeOf(ledger, row);
    if (seen.has(row.number))
      findings.push({ severity: 'error', kind: 'ledger-twice', row: String(row.number), at });
    else unique.push(row);
    seen.add(row.number);
  }
  const sorted = [...unique].sort((a, b) => a.number - b.number);
  for (const [i, row] of unique.entries())
    if (sorted[i] !== row)
      findings.push({
        severity: 'error',
        kind: 'ledger-order',
        row: String(row.number),
        at: placeOf(ledger, row),
      });
  let next = 1;
  for (const { number } of sorted) {
    // A number that was made up would leave a gap of any size.
    for (; next < number && next <= rows.length + BEYOND; next++)
      findings.push({ severity: 'error', kind: 'ledger-missing', row: String(next) });
    next = number + 1;
  }
  return findings;
}

function chainFindings(ledger: Ledger, rows: readonly CheckedRow[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1];
    if (!row.intact || (before !== undefined && before.number !== row.number - 1)) continue;
    if (before === undefined && row.number !== 1) continue;
    if (row.cells.Previous === (before?.digest ?? NO_DIGEST)) continue;
    // A row that was changed is told already.
    if (before !== undefined && !before.intact) continue;
    const told = before ?? row;
    findings.push({
      severity: 'error',
      kind: 'ledger-rewritten',
      row: String(told.number),
      at: placeOf(ledger, told),
    });
  }
  return findings;
}

/** What an anchor line says of a ledger. */
export function anchorFindings(
  ledger: Ledger,
  rows: readonly CheckedRow[],
  anchor: Anchor,
): readonly Finding[] {
  const row = rows.find(({ number }) => String(number) === anchor.number);
  if (row === undefined) return [{ severity: 'error', kind: 'anchor-missing', row: anchor.number }];
  if (row.digest === anchor.digest && row.cells['As of'] === anchor.asOf) return [];
  const at = placeOf(ledger, row);
  return [{ severity: 'error', kind: 'anchor-differs', row: anchor.number, at }];
}

/**
 * What signatures say of it. A signature proves all rows before its own too; so rows that are no payment may be
 * unsigned, but nothing proves those after the last signature.
 */
export async function signatureFindings(
  ledger: Ledger,
  rows: readonly CheckedRow[],
  keys: readonly CryptoKey[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  let proven = 0;
  for (const row of rows) {
    const { cells, number, digest } = row;
    const pays = cells.Event === 'paid' || cells.Event === 'adjusted';
    const at = placeOf(ledger, row, 'Signature');
    if (cells.Signature === '') {
      if (pays) findings.push({ severity: 'error', kind: 'unsigned', row: String(number), at });
    } else if (
      (await isSigned(keys, digest, cells.Signature)) ||
      // Where the cell of the digest was changed, which is told, the signature still fits the row.
      (await isSigned(keys, rowDigest(cells), cells.Signature))
    )
      proven = number;
    else findings.push({ severity: 'error', kind: 'signature-wrong', row: String(number), at });
  }
  for (const row of rows) {
    const { cells, number } = row;
    if (number > proven && cells.Signature === '' && cells.Event !== 'paid' && cells.Event !== 'adjusted')
      findings.push({
        severity: 'note',
        kind: 'after-signature',
        row: String(number),
        at: placeOf(ledger, row),
      });
  }
  return findings;
}
