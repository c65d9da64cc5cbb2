import { expect, it } from 'vitest';
import type { Finding, FindingData } from '../../src/audit/findings.ts';
import type { LedgerRow } from '../../src/audit/ledger.ts';
import { cellsOf } from '../../src/audit/ledger.ts';
import type { Refusal } from '../../src/audit/pay.ts';
import { auditPlace, auditWords } from '../../src/audit/words.ts';

const at = { sheet: '薪酬 1', row: 7, column: 28 };
const run = '4';
const table = 'Tickets';
const key = 'T-9';
const [was, now] = ['old', 'new'];

/** One of every kind: the type asks for each. */
const FINDINGS: { readonly [K in FindingData['kind']]: Extract<FindingData, { kind: K }> } = {
  'ledger-gone': { kind: 'ledger-gone' },
  'ledger-columns': { kind: 'ledger-columns', lacking: ['By', 'Note'] },
  'ledger-changed': { kind: 'ledger-changed', row: '4', at, heading: 'By', was },
  'ledger-order': { kind: 'ledger-order', row: '4', at },
  'ledger-missing': { kind: 'ledger-missing', row: '4' },
  'ledger-twice': { kind: 'ledger-twice', row: '4', at },
  'ledger-rewritten': { kind: 'ledger-rewritten', row: '4', at },
  'ledger-dropped': { kind: 'ledger-dropped', row: '4' },
  'anchor-missing': { kind: 'anchor-missing', row: '4' },
  'anchor-differs': { kind: 'anchor-differs', row: '4', at },
  unsigned: { kind: 'unsigned', row: '4', at },
  'signature-wrong': { kind: 'signature-wrong', row: '4', at },
  'after-signature': { kind: 'after-signature', row: '4', at },
  'record-missing': { kind: 'record-missing', run },
  'record-changed': { kind: 'record-changed', run },
  unapproved: { kind: 'unapproved', run, by: 'A', reason: was },
  'rule-text': { kind: 'rule-text', run, at, was, now },
  'rule-comment': { kind: 'rule-comment', run, at, was, now },
  'rule-added': { kind: 'rule-added', run, at, now },
  'rule-moved': { kind: 'rule-moved', run, at, now },
  'rule-removed': { kind: 'rule-removed', run, at, was },
  'rules-differ': { kind: 'rules-differ', run },
  'table-missing': { kind: 'table-missing', run, table },
  'table-differs': { kind: 'table-differs', run, table },
  headings: { kind: 'headings', run, table, was: [was, 'x'], now: [now, 'x'] },
  'row-changed': { kind: 'row-changed', run, table, key, at },
  'row-added': { kind: 'row-added', run, table, key, at },
  'row-removed': { kind: 'row-removed', run, table, key },
  'rows-added': { kind: 'rows-added', run, table, count: 3 },
  'rows-removed': { kind: 'rows-removed', run, table, count: 3 },
  name: { kind: 'name', run, name: 'pool', at, was, now },
  'sheet-missing': { kind: 'sheet-missing', run, sheet: 'Allot Staff' },
  'sheet-unknown': { kind: 'sheet-unknown', sheet: 'Allot Adjustments' },
  'other-results': { kind: 'other-results', run, at, was, now },
  'other-run': { kind: 'other-run', run, at, was, now },
  'paid-heading': { kind: 'paid-heading', run, sheet: 'Allot Staff', was: [was], now: [now] },
  'paid-changed': { kind: 'paid-changed', run, at, key, heading: 'net', was, now },
  'paid-removed': { kind: 'paid-removed', run, sheet: 'Allot Staff', key },
  'paid-added': { kind: 'paid-added', run, at, key },
  'delivered-replaced': {
    kind: 'delivered-replaced',
    run,
    asOf: '2026-01-31',
    by: '6',
    name: 'payroll',
    row: '5',
  },
  between: { kind: 'between', from: '3', run, table, changed: 2, removed: 1 },
  'locked-differs': {
    kind: 'locked-differs',
    run,
    asOf: '2026-01-31',
    table,
    changed: 1,
    removed: 2,
    added: 3,
  },
};

/** Every fact that a finding has stands in its sentence. */
function facts(data: FindingData): readonly string[] {
  return Object.entries(data).flatMap(([name, value]): readonly string[] => {
    if (name === 'kind' || value === undefined) return [];
    if (name === 'at') return [auditPlace(at)];
    return Array.isArray(value) ? value.map(String) : [String(value)];
  });
}

it('says every finding with its facts in both languages', () => {
  for (const data of Object.values(FINDINGS)) {
    const finding: Finding = { severity: 'error', ...data };
    const [english, chinese] = [auditWords('en').finding(finding), auditWords('zh-CN').finding(finding)];
    const told = facts(data).filter((fact) => data.kind !== 'anchor-differs' || fact !== auditPlace(at));
    for (const said of [english, chinese]) {
      expect(said).not.toMatch(/undefined|\[object|NaN/);
      const places = ['unsigned', 'signature-wrong', 'after-signature'].includes(data.kind);
      for (const fact of told) if (!places || fact !== auditPlace(at)) expect(said).toContain(fact);
    }
    expect(chinese).toMatch(/[\u4e00-\u9fff]/);
    expect(chinese).not.toBe(english);
  }
});

it('tells adjustments from runs', () => {
  const names: readonly (keyof typeof FINDINGS)[] = [
    'row-changed',
    'rule-text',
    'paid-changed',
    'record-missing',
  ];
  for (const name of names) {
    const finding: Finding = { severity: 'error', ...FINDINGS[name] };
    expect(auditWords('en').finding(finding)).toContain('run 4');
    expect(auditWords('zh-CN').finding(finding)).toContain('第 4 号发放');
    const adjusted: Finding = { ...finding, adjustments: ['4'] };
    expect(auditWords('en').finding(adjusted)).toContain('adjustment 4');
    expect(auditWords('zh-CN').finding(adjusted)).toContain('第 4 号补差');
  }
  const between: Finding = { severity: 'note', ...FINDINGS.between, adjustments: ['4'] };
  expect(auditWords('en').finding(between)).toContain('Between run 3 and adjustment 4');
  const unapproved: Finding = { severity: 'note', ...FINDINGS.unapproved, adjustments: ['4'] };
  expect(auditWords('en').finding(unapproved)).toMatch(/^Adjustment 4 was paid by “A”/);
});

it('says every refusal in both languages', () => {
  const row: LedgerRow = {
    sheetRow: 2,
    cells: cellsOf((heading) => (heading === 'Number' ? '6' : heading === 'By' ? 'Maker' : '2026-01-02')),
  };
  const refusals: { readonly [K in Refusal['kind']]: Extract<Refusal, { kind: K }> } = {
    'ledger-broken': {
      kind: 'ledger-broken',
      findings: [{ severity: 'error', kind: 'ledger-missing', row: '6' }],
    },
    'no-name': { kind: 'no-name' },
    'period-locked': { kind: 'period-locked', asOf: '2026-01-31', run: '6', lock: row },
    'period-delivered': { kind: 'period-delivered', asOf: '2026-01-31', run: '6', name: 'bank' },
    unapproved: { kind: 'unapproved', status: { kind: 'proposed', row, last: row } },
    'no-run': { kind: 'no-run', run: '6', runs: ['2', '3'] },
    'run-locked': { kind: 'run-locked', run: '6', lock: row },
    'run-superseded': { kind: 'run-superseded', run: '6', by: '7' },
    'run-not-locked': { kind: 'run-not-locked', run: '6', asOf: '2026-01-31' },
    'run-replaced': { kind: 'run-replaced', run: '6', by: '7' },
    'record-missing': { kind: 'record-missing', run: '6' },
    'record-changed': { kind: 'record-changed', run: '6' },
    'not-proposed': { kind: 'not-proposed' },
    already: { kind: 'already', status: 'approved', row },
    'same-person': { kind: 'same-person', row },
  };
  for (const refusal of Object.values(refusals)) {
    const [english, chinese] = [auditWords('en').refusal(refusal), auditWords('zh-CN').refusal(refusal)];
    for (const said of [english, chinese]) expect(said).not.toMatch(/undefined|\[object/);
    expect(chinese).toMatch(/[\u4e00-\u9fff]/);
    const number = ['no-name', 'not-proposed', 'already', 'same-person'].includes(refusal.kind) ? '' : '6';
    for (const said of [english, chinese]) expect(said).toContain(number);
  }
});

it('shortens what is long, and takes text for text', () => {
  const long = 'x'.repeat(500);
  const said = auditWords('en').finding({
    severity: 'error',
    kind: 'rule-text',
    run,
    at,
    was: long,
    now: '<b>',
  });
  expect(said.length).toBeLessThan(250);
  expect(said).toContain('“<b>”');
});
