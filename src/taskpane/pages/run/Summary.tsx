import type { JSX } from 'preact';
import type { RunOutcome, ShareSummary } from '../../../live/protocol.ts';
import { words } from '../../../report/words.ts';
import type { PageProps } from '../../page.ts';
import { LinkButton } from '../../parts/Button.tsx';
import { counted, dayText, grouped, money } from '../../parts/numbers.ts';
import { runWords } from './words.ts';

/** More pools than this are folded together at first. */
const OPEN_POOLS = 3;

/** What a run came to: pools, single values, tables. */
export function Summary({
  asOf,
  outcome,
  language,
  navigate,
}: Pick<PageProps, 'language' | 'navigate'> & {
  readonly asOf: number;
  readonly outcome: RunOutcome;
}): JSX.Element {
  const w = runWords(language);
  const r = words(language);
  const { inputs, values, scalars, tables, shares } = outcome;
  const said = r.summary({
    asOf: dayText(asOf),
    tables: inputs.length,
    rows: inputs.reduce((sum, { rows }) => sum + rows, 0),
    excluded: inputs.reduce((sum, { excluded }) => sum + excluded, 0),
    values,
    pools: shares.length,
  });
  return (
    <section class="section">
      <h2>{w.results}</h2>
      <p class="summary">{said}</p>
      {shares.length === 0 ? null : (
        <details open>
          <summary>
            {w.pools} <span class="muted">{counted(shares.length)}</span>
          </summary>
          <ul class="pools">
            {shares.map((share) => (
              <Pool
                key={`${share.name} ${share.of ?? ''}`}
                share={share}
                open={shares.length <= OPEN_POOLS}
                language={language}
                navigate={navigate}
              />
            ))}
          </ul>
        </details>
      )}
      {scalars.length === 0 ? null : (
        <details open={scalars.length <= 12}>
          <summary>
            {w.scalars} <span class="muted">{counted(scalars.length)}</span>
          </summary>
          <ul class="values">
            {scalars.map(({ name, value }) => (
              <li key={name}>
                <LinkButton onClick={() => navigate({ page: 'explain', name })}>{name}</LinkButton>
                <span class="number">{grouped(value)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <details>
        <summary>
          {w.tables} <span class="muted">{counted(inputs.length)}</span>
        </summary>
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">{w.table}</th>
              <th scope="col" class="number">
                {w.rows}
              </th>
              <th scope="col" class="number">
                {w.leftOut}
              </th>
            </tr>
          </thead>
          <tbody>
            {inputs.map(({ name, rows, excluded }) => (
              <tr key={name}>
                <th scope="row">
                  {name}
                  <Columns of={tables.find((table) => table.name === name)?.columns} label={w.columns} />
                </th>
                <td class="number">{counted(rows)}</td>
                <td class="number">{counted(excluded)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

function Columns({
  of,
  label,
}: {
  readonly of: readonly string[] | undefined;
  readonly label: string;
}): JSX.Element | null {
  if (of === undefined || of.length === 0) return null;
  return (
    <div class="muted small computed">
      <span class="visually-hidden">{label}: </span>
      {of.join(', ')}
    </div>
  );
}

function Pool({
  share,
  open,
  language,
  navigate,
}: Pick<PageProps, 'language' | 'navigate'> & {
  readonly share: ShareSummary;
  readonly open: boolean;
}): JSX.Element {
  const w = runWords(language);
  const r = words(language);
  const title = (
    <>
      <strong>{share.name}</strong>
      {share.of === null ? null : <span class="muted"> {w.of(share.of)}</span>}
    </>
  );
  return (
    <li>
      <details class="pool" open={open}>
        <summary>
          <span class="pool-head">
            <span class="pool-name">{title}</span>
            <span class="number">{money(share.shared)}</span>
          </span>
        </summary>
        <dl>
          <Fact name={r.pool} value={money(share.pool)} />
          <Fact name={r.settled} value={money(share.settled)} />
          <Fact name={r.shared} value={money(share.shared)} />
          <Fact name={r.unallocated} value={money(share.unallocated)} />
          <Fact name={r.members} value={counted(share.members)} />
        </dl>
        <LinkButton onClick={() => navigate({ page: 'allocation', share: share.name })}>
          {w.toAllocation}
        </LinkButton>
      </details>
    </li>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd class="number">{value}</dd>
    </div>
  );
}
