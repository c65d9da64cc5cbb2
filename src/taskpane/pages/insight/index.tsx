import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PageProps } from '../../page.ts';
import { failureText } from '../../parts/failure.ts';
import { Note, Spinner } from '../../parts/states.tsx';
import { paneWords } from '../../words.ts';

/** What the tables show beyond what is paid. Its code comes when the page is first opened. */
export function Insight(props: PageProps): JSX.Element {
  const [page, setPage] = useState<{ readonly Page: ComponentType<PageProps> } | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    import(/* webpackChunkName: "insight-page" */ './Page.tsx').then(setPage, setError);
  }, []);
  if (error !== null) return <Note intent="error">{failureText(error, props.language)}</Note>;
  return page === null ? <Spinner label={paneWords(props.language).loading} /> : <page.Page {...props} />;
}
