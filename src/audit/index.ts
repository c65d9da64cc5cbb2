/** The door of this room. Nothing in it needs Node or knows a host: it works on values of the port. */

export { type AdjustmentPlan, adjustmentsOf, paidSoFar, planAdjustment } from './adjusting.ts';
export { type Anchor, anchorLine, readAnchor } from './anchor.ts';
export { type RuleStatus, ruleStatus, type Step } from './approval.ts';
export type { AuditPlace, Finding } from './findings.ts';
export { isError } from './findings.ts';
export { LEDGER_SHEET, type Ledger, type LedgerCells, readLedger } from './ledger.ts';
export {
  type Doer,
  type PayOptions,
  type Plan,
  planLock,
  planPayment,
  planStep,
  type Refusal,
} from './pay.ts';
export type { PaidRun } from './record.ts';
export { makeKeys, readPrivateKey, readPublicKey } from './sign.ts';
export { hasErrors, periodLock, type Verification, type VerifyOptions, verifyBook } from './verify.ts';
