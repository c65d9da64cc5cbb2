import { render } from 'preact';
import './parts/fluent.ts';
import './pane.css';
import './parts/parts.css';
import './parts/popups.css';
import type { PaneHost } from './host.ts';
import { Pane } from './Pane.tsx';
import { followTheme } from './theme.ts';

export type { PaneHost, Theme } from './host.ts';

/**
 * Draws the pane into an element, which gives it its size, and keeps it up with the session. The function that it
 * gives takes the pane away; the session stays open.
 */
export function mountPane(element: HTMLElement, host: PaneHost): () => void {
  const unfollow = followTheme(host);
  render(<Pane host={host} />, element);
  return () => {
    render(null, element);
    unfollow();
  };
}
