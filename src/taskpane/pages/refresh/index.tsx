import type { JSX } from 'preact';
import type { PageProps } from '../../page.ts';
import { Lazy } from '../../parts/Lazy.tsx';

const load = () => import(/* webpackChunkName: "refresh-page" */ './Page.tsx');

/** Tables from files that somebody picks. Its code comes when the page is first opened. */
export function Refresh(props: PageProps): JSX.Element {
  return <Lazy load={load} {...props} />;
}
