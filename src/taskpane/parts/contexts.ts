import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PageName, Route } from '../page.ts';
import type { Memory } from './remember.ts';

export const Routing = createContext<Route>({ page: 'run' });
/** The route that a ribbon command asked for last. */
export const Commanded = createContext<Route | null>(null);
export const Printing = createContext<() => void>(() => undefined);
/** What stays on this computer; nothing does outside a pane. */
export const Remembering = createContext<Memory>({ get: () => null, set: () => undefined });

/**
 * Where the pane was sent, to the page that it was sent to: `useRoute('statement')?.key`. Another value with every
 * navigation, so that an effect on it hears the same link twice. Null while another page is shown.
 */
export function useRoute<P extends PageName>(page: P): Extract<Route, { page: P }> | null {
  const route = useContext(Routing);
  return isRoute(route, page) ? route : null;
}

function isRoute<P extends PageName>(route: Route, page: P): route is Extract<Route, { page: P }> {
  return route.page === page;
}

/** Whether it was a ribbon command that sent the pane where it is. */
export function useCommanded(): boolean {
  return useContext(Routing) === useContext(Commanded);
}

/** Prints the page by the host's way. */
export function usePrint(): () => void {
  return useContext(Printing);
}
