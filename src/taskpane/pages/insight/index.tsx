import type { JSX } from 'preact';
import type { PageProps } from '../../page.ts';
import { Lazy } from '../../parts/Lazy.tsx';

const load = () => import(/* webpackChunkName: "insight-page" */ './Page.tsx');

/** What the tables show beyond what is paid. Its code comes when the page is first opened. */
export function Insight(props: PageProps): JSX.Element {
  return <Lazy load={load} {...props} />;
}
