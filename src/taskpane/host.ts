import type { Session } from '../live/session.ts';
import type { Language } from '../problems/messages/index.ts';
import type { Route } from './page.ts';

/** What the pane needs of the page that it is mounted in. */
export interface PaneHost {
  readonly session: Session;
  readonly language: Language;
  readonly theme: Theme;
  /** Hears of themes that the host changes to, until the function that it gives is called. */
  readonly onTheme?: (listener: (theme: Theme) => void) => () => void;
  /** Where to begin; the Run page where absent. */
  readonly route?: Route;
  /** Hears where ribbon commands want the pane to go, until the function that it gives is called. */
  readonly onRoute?: (listener: (to: Route) => void) => () => void;
  /** Put before the keys of what is remembered on this computer: Office's partition key. */
  readonly partition?: string;
  /** Prints what the page's print style shows; `window.print` where absent. */
  readonly print?: () => void;
}

/** As the host's; `system` follows the computer's setting. */
export type Theme = 'light' | 'dark' | 'system';
