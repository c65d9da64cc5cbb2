import type { ComponentType, JSX, VNode } from 'preact';
import { useCallback, useEffect, useErrorBoundary, useMemo, useRef, useState } from 'preact/hooks';
import type { Language } from '../problems/messages/index.ts';
import { placeText } from '../problems/problem.ts';
import type { PaneHost } from './host.ts';
import type { Notice, PageName, PageProps, Route } from './page.ts';
import { Allocation } from './pages/allocation/index.tsx';
import { Audit } from './pages/audit/index.tsx';
import { Compare } from './pages/compare/index.tsx';
import { Explain } from './pages/explain/index.tsx';
import { Insight } from './pages/insight/index.tsx';
import { Refresh } from './pages/refresh/index.tsx';
import { Review } from './pages/review/index.tsx';
import { Rules } from './pages/rules/index.tsx';
import { Run } from './pages/run/index.tsx';
import { Statement } from './pages/statement/index.tsx';
import { Commanded, Printing, Remembering, Routing } from './parts/contexts.ts';
import { cellOf, failureText } from './parts/failure.ts';
import { useSession } from './parts/hooks.ts';
import { memory } from './parts/remember.ts';
import { Broken, Busy, Failed, Header, MessageBar, Tabs, tabOf, Welcome } from './Shell.tsx';
import { paneWords } from './words.ts';

const PAGES: readonly { readonly page: PageName; readonly Page: ComponentType<PageProps> }[] = [
  { page: 'rules', Page: Rules },
  { page: 'run', Page: Run },
  { page: 'allocation', Page: Allocation },
  { page: 'explain', Page: Explain },
  { page: 'statement', Page: Statement },
  { page: 'audit', Page: Audit },
  { page: 'compare', Page: Compare },
  { page: 'review', Page: Review },
  { page: 'insight', Page: Insight },
  { page: 'refresh', Page: Refresh },
];

/** The shell: tabs, messages, progress, and the page that is shown. */
export function Pane({ host }: { readonly host: PaneHost }): JSX.Element {
  const { session, language, partition = '' } = host;
  const w = paneWords(language);
  const state = useSession(session);
  const memo = useMemo(() => memory(partition), [partition]);
  const [route, setRoute] = useState<Route>(host.route ?? { page: 'run' });
  const [commanded, setCommanded] = useState<Route | null>(host.route ?? null);
  const [notice, setNotice] = useState<Notice | null>(null);
  const [welcome, setWelcome] = useState(() => memo.get('welcomed') === null);

  const navigate = useCallback((to: Route) => {
    setNotice(null);
    setRoute(to);
  }, []);
  const goTo = useCallback<PageProps['goTo']>(
    (place) => {
      const cell = cellOf(place);
      if (cell === null) setNotice({ intent: 'info', text: w.noCell(placeText(place)) });
      else
        session.book
          .select(cell)
          .catch((error: unknown) => setNotice({ intent: 'error', text: failureText(error, language) }));
    },
    [session, language, w],
  );
  useEffect(
    () =>
      host.onRoute?.((to) => {
        setCommanded(to);
        navigate(to);
      }),
    [host, navigate],
  );

  const main = useRef<HTMLElement>(null);
  // A link that left with its page takes the focus with it: the new page gets it.
  useEffect(() => {
    const active = document.activeElement;
    const lost = active === document.body || active?.closest('[hidden]') != null;
    if (lost) main.current?.querySelector<HTMLElement>('[role=tabpanel]:not([hidden])')?.focus();
  }, [route]);

  const props = { session, state, language, navigate, goTo, say: setNotice };
  const print = host.print ?? (() => window.print());
  return (
    <div class="pane" lang={language}>
      <header class="top">
        <h1 class="visually-hidden">Allot</h1>
        <Header
          state={state}
          language={language}
          navigate={navigate}
          onHelp={() => setWelcome(!welcome)}
          helping={welcome}
        />
        <Tabs language={language} page={route.page} onPage={(page) => navigate({ page })} />
      </header>
      <div role="status" class="messages">
        {notice === null ? null : (
          <MessageBar notice={notice} language={language} onDismiss={() => setNotice(null)} />
        )}
      </div>
      <main ref={main} class="pages">
        {welcome ? (
          <Welcome
            language={language}
            onDone={() => {
              memo.set('welcomed', '1');
              setWelcome(false);
            }}
          />
        ) : null}
        <Failed session={session} state={state} language={language} />
        <Printing.Provider value={print}>
          <Commanded.Provider value={commanded}>
            <Routing.Provider value={route}>
              <Remembering.Provider value={memo}>
                {PAGES.map(({ page, Page }) => (
                  <div
                    key={page}
                    id={`panel-${page}`}
                    role="tabpanel"
                    class="page"
                    aria-labelledby={page === tabOf(page) ? `tab-${page}` : undefined}
                    aria-label={page === tabOf(page) ? undefined : w.pages[page]}
                    tabIndex={-1}
                    hidden={page !== route.page}
                  >
                    <Kept shown={page === route.page} language={language} draw={() => <Page {...props} />} />
                  </div>
                ))}
              </Remembering.Provider>
            </Routing.Provider>
          </Commanded.Provider>
        </Printing.Provider>
      </main>
      <Busy session={session} state={state} language={language} />
    </div>
  );
}

/**
 * A page keeps what was typed into it while another one is shown, and is not drawn meanwhile. A mistake of ours in one
 * page leaves the others alone.
 */
function Kept({
  shown,
  language,
  draw,
}: {
  readonly shown: boolean;
  readonly language: Language;
  readonly draw: () => VNode;
}): VNode | null {
  const last = useRef<VNode | null>(null);
  const [error, again] = useErrorBoundary((thrown: unknown) => console.error(thrown));
  if (error !== undefined && error !== null)
    return <Broken error={error} language={language} onAgain={again} />;
  if (shown) last.current = draw();
  return last.current;
}
