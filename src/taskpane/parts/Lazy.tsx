import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PageProps } from '../page.ts';
import { paneWords } from '../words.ts';
import { failureText } from './failure.ts';
import { Note, Spinner } from './states.tsx';

/** A page whose code comes when it is first opened. */
export function Lazy({
  load,
  ...props
}: PageProps & { readonly load: () => Promise<{ readonly Page: ComponentType<PageProps> }> }): JSX.Element {
  const [page, setPage] = useState<{ readonly Page: ComponentType<PageProps> } | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    load().then(setPage, setError);
  }, []);
  if (error !== null) return <Note intent="error">{failureText(error, props.language)}</Note>;
  return page === null ? <Spinner label={paneWords(props.language).loading} /> : <page.Page {...props} />;
}
