import type { JSX } from 'preact';
import type { ComparedView } from '../../../live/compared.ts';
import type { PageProps } from '../../page.ts';
import { counted, dayText, money } from '../../parts/numbers.ts';
import { Chart } from './Chart.tsx';
import { People } from './People.tsx';
import { type CompareWords, compareWords, signed } from './words.ts';

/** A comparison: the sums, why they differ, by group, how the differences lie, and whose they are. */
export function Result(
  props: PageProps & { readonly view: ComparedView; readonly group: string | null },
): JSX.Element {
  const { view, group, language } = props;
  const w = compareWords(language);
  const { total } = view;
  return (
    <section class="stack cm-result" aria-label={w.result}>
      <dl class="al-tiles">
        <Tile name={`${w.before} · ${dayText(view.before)}`} value={money(total.before)} />
        <Tile name={`${w.after} · ${dayText(view.after)}`} value={money(total.after)} />
        <Tile name={w.difference} value={signed(money(total.difference))} />
      </dl>
      <p role="status">{w.counts(counted(total.people), counted(total.winners), counted(total.losers))}</p>
      {view.lists.all.count === 0 ? (
        <p>{w.nobody}</p>
      ) : (
        <>
          <Reasons view={view} words={w} />
          {group === null || view.groups.length === 0 ? null : (
            <Groups view={view} heading={group} words={w} />
          )}
          {view.differences.length === 0 ? null : <Chart view={view} words={w} />}
          <People {...props} words={w} />
        </>
      )}
    </section>
  );
}

function Tile({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <div class="al-tile cm-tile">
      <dt class="small">{name}</dt>
      <dd>
        <span class="al-tile-value">{value}</span>
      </dd>
    </div>
  );
}

interface PartProps {
  readonly view: ComparedView;
  readonly words: CompareWords;
}

function Reasons({ view, words: w }: PartProps): JSX.Element {
  return (
    <section class="al-section">
      <h2>{w.reasons}</h2>
      <table class="al-table cm-reasons">
        <thead>
          <tr>
            <th scope="col">{w.reason}</th>
            <th scope="col">{w.difference}</th>
          </tr>
        </thead>
        <tbody>
          {view.parts.map((part) => (
            <tr key={part}>
              <th scope="row">
                {w.part[part]} <span class="muted cm-means">{w.partMeans[part]}</span>
              </th>
              <td>{signed(money(view.total.parts[part] ?? '0'))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{w.difference}</th>
            <td>{signed(money(view.total.difference))}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Groups({ view, heading, words: w }: PartProps & { readonly heading: string }): JSX.Element {
  return (
    <section class="al-section">
      <h2>{w.groups}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys. */}
      <section class="al-scroll cm-scroll" aria-label={w.groups} tabIndex={0}>
        <table class="al-table cm-groups">
          <thead>
            <tr>
              <th scope="col">{heading}</th>
              <th scope="col">{w.difference}</th>
              <th scope="col">{w.people}</th>
              <th scope="col">{w.winners}</th>
              <th scope="col">{w.losers}</th>
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
            {view.groups.map((group) => (
              <tr key={group.group}>
                <th scope="row">{group.group === '' ? w.none : group.group}</th>
                <td>{signed(money(group.difference))}</td>
                <td>{counted(group.people)}</td>
                <td>{counted(group.winners)}</td>
                <td>{counted(group.losers)}</td>
                <td>{money(group.before)}</td>
                <td>{money(group.after)}</td>
                {view.parts.map((part) => (
                  <td key={part}>{signed(money(group.parts[part] ?? '0'))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
