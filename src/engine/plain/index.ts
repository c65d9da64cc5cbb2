/**
 * The plain evaluator: one value at a time, exact rationals, no columns. It is the definition that the column engine
 * is held to, the place where a problem of the data gets its code, place, rule and key, and the source of reasons.
 */
export { evaluate } from './evaluate.ts';
export { createEvaluator, type Evaluator, type EvaluatorOptions, type ShareFailure } from './evaluator.ts';
export { createExplain, type ExplainOptions, explain } from './explain.ts';
export type { Known } from './known.ts';
export { rowKey } from './reading.ts';
export type * from './reasons.ts';
export { type Claim, type Division, type DivisionFault, divideUnits } from './share.ts';
export { type StatementAmount, statementReader } from './statementLines.ts';
export { compareCodePoints, compareKeys } from './values.ts';
