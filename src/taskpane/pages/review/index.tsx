import type { JSX } from 'preact';
import type { PageProps } from '../../page.ts';
import { Lazy } from '../../parts/Lazy.tsx';

const load = () => import(/* webpackChunkName: "review-page" */ './Page.tsx');

/** The rules for an auditor. Its code comes when the page is first opened. */
export function Review(props: PageProps): JSX.Element {
  return <Lazy load={load} {...props} />;
}
