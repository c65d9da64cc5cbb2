import type { PaneHost } from '../taskpane/host.ts';
import type { Route } from '../taskpane/page.ts';

/** The pane of a page that starts without one. */
export interface LazyPane {
  /** Loads and mounts the pane, once; where it can't be loaded, the next call tries again. */
  mount(): Promise<void>;
  /** Where the pane goes, now or when it is mounted. */
  go(to: Route): void;
}

export type Mount = (element: HTMLElement, host: PaneHost) => () => void;

/** Keeps a pane unloaded until it is wanted, and a route for it until it listens. */
export function lazyPane(
  element: HTMLElement,
  load: () => Promise<Mount>,
  host: Omit<PaneHost, 'route' | 'onRoute'>,
): LazyPane {
  const listeners = new Set<(to: Route) => void>();
  let first: Route | null = null;
  let mounting: Promise<void> | null = null;

  async function loadAndMount(): Promise<void> {
    const mount = await load();
    mount(element, {
      ...host,
      ...(first === null ? {} : { route: first }),
      onRoute(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    });
  }

  return {
    mount() {
      mounting ??= loadAndMount().catch((error: unknown) => {
        mounting = null;
        throw error;
      });
      return mounting;
    },
    go(to) {
      first = to;
      for (const listener of [...listeners]) listener(to);
    },
  };
}

/** Calls `seen` once when an element comes into view; a page that runs without a pane is in nobody's view. */
export function whenSeen(element: Element, seen: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    seen();
  });
  observer.observe(element);
}
