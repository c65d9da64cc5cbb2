/** The door of this room. Fetching from servers is behind `fetch/`, which needs Node. */

export { type Issue, stops } from './issues.ts';
export { type Fetched, KINDS, type Source, SourceFault, type SourceKind } from './model.ts';
export { planRefresh } from './plan.ts';
export { type Refreshed, type RefreshOptions, stageRefresh } from './refresh.ts';
export type { RefreshReport, TableReport } from './report.ts';
export { refreshJson, refreshText } from './text.ts';
export { type SourceWords, sourceWords } from './words.ts';
