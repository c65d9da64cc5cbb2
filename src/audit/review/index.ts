/** What an auditor asks of a rule file. Nothing here needs Node. */
export { reviewPage } from './html.ts';
export { reviewJson } from './json.ts';
export type * from './review.ts';
export { isUnmet, isUnused, reviewBook } from './reviewBook.ts';
export { reviewText } from './text.ts';
export { type ReviewWords, reviewWords } from './words.ts';
