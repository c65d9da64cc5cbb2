import type { JSX } from 'preact';
import { type Place, placeText } from '../../problems/problem.ts';
import type { PageProps } from '../page.ts';
import { LinkButton } from './Button.tsx';

/** A place as text that selects its cell. */
export function PlaceLink({ place, goTo }: { readonly place: Place } & Pick<PageProps, 'goTo'>): JSX.Element {
  return (
    <LinkButton class="place" onClick={() => goTo(place)}>
      {placeText(place)}
    </LinkButton>
  );
}
