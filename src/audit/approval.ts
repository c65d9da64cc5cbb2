import {
  type Ledger,
  type LedgerCells,
  type LedgerEvent,
  type LedgerRow,
  nextRow,
  rowsOf,
} from './ledger.ts';

/** Where rules stand between their maker and their checker. */
export type RuleStatus =
  /** Nothing was ever proposed or approved in this workbook: whoever has it may pay. */
  | { readonly kind: 'unused' }
  /** Nobody proposed these rules as they are now, or the proposal was withdrawn. `last`: what was approved last. */
  | { readonly kind: 'draft'; readonly last: LedgerRow | null }
  | { readonly kind: 'proposed'; readonly row: LedgerRow; readonly last: LedgerRow | null }
  | { readonly kind: 'approved'; readonly row: LedgerRow };

const STEPS: readonly string[] = ['proposed', 'approved', 'draft'] satisfies readonly LedgerEvent[];

/** The status of rules (their digest): the last step that anybody took about exactly these. */
export function ruleStatus(ledger: Ledger, rules: string): RuleStatus {
  const steps = ledger.rows.filter(({ cells }) => STEPS.includes(cells.Event));
  if (steps.length === 0) return { kind: 'unused' };
  const row = steps.findLast(({ cells }) => cells.Rules === rules);
  const last = rowsOf(ledger, 'approved').at(-1) ?? null;
  switch (row?.cells.Event) {
    case 'approved':
      return { kind: 'approved', row };
    case 'proposed':
      return { kind: 'proposed', row, last };
    default:
      return { kind: 'draft', last };
  }
}

/** Names of people, as they are told apart: without regard to case, width and spaces. */
export function samePerson(a: string, b: string): boolean {
  const fold = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  return fold(a) === fold(b);
}

/** `withdraw` takes a proposal or an approval back: the rules are a draft again. */
export type Step = 'propose' | 'withdraw' | 'approve';

export type StepRefusal =
  /** Rules are approved after somebody proposed them, and withdrawn while they are proposed. */
  | { readonly kind: 'not-proposed' }
  | { readonly kind: 'already'; readonly status: 'proposed' | 'approved'; readonly row: LedgerRow }
  | { readonly kind: 'same-person'; readonly row: LedgerRow };

/** The row of a step, or why it can't be taken. */
export function stepRow(
  ledger: Ledger,
  step: Step,
  { rules, by, time }: { readonly rules: string; readonly by: string; readonly time: string },
): { readonly kind: 'row'; readonly cells: LedgerCells } | StepRefusal {
  const status = ruleStatus(ledger, rules);
  const row = (event: LedgerEvent): { readonly kind: 'row'; readonly cells: LedgerCells } => ({
    kind: 'row',
    cells: nextRow(ledger, { Time: time, By: by, Event: event, Rules: rules }),
  });
  switch (step) {
    case 'propose':
      if (status.kind === 'proposed' || status.kind === 'approved')
        return { kind: 'already', status: status.kind, row: status.row };
      return row('proposed');
    case 'withdraw':
      return status.kind === 'proposed' || status.kind === 'approved'
        ? row('draft')
        : { kind: 'not-proposed' };
    case 'approve':
      if (status.kind === 'approved') return { kind: 'already', status: 'approved', row: status.row };
      if (status.kind !== 'proposed') return { kind: 'not-proposed' };
      if (samePerson(status.row.cells.By, by)) return { kind: 'same-person', row: status.row };
      return row('approved');
    default: {
      const never: never = step;
      return never;
    }
  }
}
