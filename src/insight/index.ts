/** The door of this room. Nothing in it needs Node or knows a host: it works on values of the port. */

export { type Asked, type Insight, insightOf } from './insight.ts';
export { insightJson } from './json.ts';
export { mayPlay } from './roles.ts';
export { insightSheets } from './sheets.ts';
export { insightText } from './text.ts';
export { unmetOf } from './unmet.ts';
export type { Period } from './waits.ts';
export { insightWords } from './words.ts';
