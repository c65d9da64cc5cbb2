import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ComparedList, ComparedView } from '../../../live/compared.ts';
import type { PageProps } from '../../page.ts';
import { Button, LinkButton } from '../../parts/Button.tsx';
import { counted, money } from '../../parts/numbers.ts';
import { type CompareWords, signed } from './words.ts';

const LISTS: readonly ComparedList[] = ['all', 'more', 'less'];

/** Who gets more or less, the largest difference first: a key leads to its explanation, the mark beside it to its cell. */
export function People({
  view,
  words: w,
  navigate,
  goTo,
}: PageProps & { readonly view: ComparedView; readonly words: CompareWords }): JSX.Element {
  const [list, setList] = useState<ComparedList>('all');
  const { count, people } = view.lists[list];
  const name = `${view.table}[${view.column}]`;
  return (
    <section class="al-section">
      <h2>{w.differences}</h2>
      <fieldset class="al-switch" aria-label={w.differences}>
        {LISTS.map((one) => (
          <button
            key={one}
            type="button"
            class="al-switch-part"
            aria-pressed={list === one}
            onClick={() => setList(one)}
          >
            {`${w.list[one]} ${counted(view.lists[one].count)}`}
          </button>
        ))}
      </fieldset>
      {people.length === 0 ? (
        <p class="muted">{w.nobody}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys.
        <section class="al-scroll cm-scroll" aria-label={w.differences} tabIndex={0}>
          <table class="al-table cm-people">
            <thead>
              <tr>
                <th scope="col">{w.person}</th>
                <th scope="col">{w.difference}</th>
                <th scope="col">{w.before}</th>
                <th scope="col">{w.after}</th>
                {view.parts.map((part) => (
                  <th key={part} scope="col">
                    {w.part[part]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {people.map(({ key, label, cell, before, after, difference, parts }) => (
                <tr key={key}>
                  <th scope="row">
                    <span class="cm-person">
                      {cell === null ? null : (
                        <Button
                          look="subtle"
                          size="small"
                          icon="cell"
                          label={w.goTo(key)}
                          onClick={() => goTo(cell)}
                        />
                      )}
                      <span class="cm-who">
                        <LinkButton
                          label={w.explain(key)}
                          onClick={() => navigate({ page: 'explain', name, key })}
                        >
                          {key}
                        </LinkButton>
                        {label === '' ? null : <span class="muted cm-label">{label}</span>}
                      </span>
                    </span>
                  </th>
                  <td class={difference.includes('-') ? 'al-less' : undefined}>
                    {signed(money(difference))}
                  </td>
                  <td>{amount(before)}</td>
                  <td>{amount(after)}</td>
                  {view.parts.map((part) => (
                    <td key={part}>{signed(money(parts[part] ?? '0'))}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {count > people.length ? <p class="muted small">{w.more(counted(count - people.length))}</p> : null}
    </section>
  );

  function amount(text: string | null): JSX.Element | string {
    if (text !== null) return money(text);
    return (
      <>
        <span aria-hidden="true">–</span>
        <span class="visually-hidden">{w.noAmount}</span>
      </>
    );
  }
}
