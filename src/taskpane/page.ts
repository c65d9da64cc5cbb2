import type { Session, SessionState } from '../live/session.ts';
import type { Language } from '../problems/messages/index.ts';
import type { Place } from '../problems/problem.ts';

/** What every page of the pane gets. A page keeps no copy of the workbook: it asks the session's calculator. */
export interface PageProps {
  readonly session: Session;
  /** The session's state now; a page is drawn anew with every new one. */
  readonly state: SessionState;
  readonly language: Language;
  readonly navigate: (to: Route) => void;
  /** Selects the cell of a place in the workbook (a rule's line: its cell), or shows why it can't. */
  readonly goTo: (place: Place) => void;
  /** Says something in the pane's message bar, to screen readers too. */
  readonly say: (notice: Notice) => void;
}

/** Where the pane is. */
export type Route =
  | { readonly page: 'rules'; readonly at?: Place }
  | { readonly page: 'run' }
  | { readonly page: 'allocation'; readonly share?: string }
  /** Without a name: the selected cell. */
  | { readonly page: 'explain'; readonly name?: string; readonly key?: string }
  | { readonly page: 'statement'; readonly key?: string }
  | { readonly page: 'audit' }
  /** Opened from the allocation, whose tab stays the current one. `share`: as `Staff[reward]`. */
  | { readonly page: 'compare'; readonly share?: string }
  /** Opened from the run, whose tab stays the current one. */
  | { readonly page: 'insight' }
  /** Likewise. */
  | { readonly page: 'refresh' }
  /** Opened from the audit, whose tab stays the current one. */
  | { readonly page: 'review' };

export type PageName = Route['page'];

export interface Notice {
  readonly intent: 'info' | 'success' | 'warning' | 'error';
  readonly text: string;
}
