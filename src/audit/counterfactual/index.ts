/** What a person's inputs would have to be for another result. Nothing here needs Node. */
export { baseOf, type RunBook } from './base.ts';
export { type Cell, type Step, withCell } from './cell.ts';
export {
  type Counterfactual,
  type CounterfactualOptions,
  type Counterfactuals,
  counterfactuals,
  createCounterfactuals,
} from './counterfactuals.ts';
export { counterfactualJson, counterfactualText, movedBy } from './text.ts';
export { type CounterfactualWords, counterfactualWords } from './words.ts';
