import type { JSX } from 'preact';
import type { RefreshIssue, StagedTable, StagedView } from '../../../live/refreshed.ts';
import { Note } from '../../parts/states.tsx';
import type { RefreshPageWords } from './words.ts';

const INTENT = { error: 'error', doubt: 'warning', note: 'info' } as const;

/** What stands against it, the worst first. */
export function Issues({ issues }: { readonly issues: readonly RefreshIssue[] }): JSX.Element {
  return (
    <>
      {(['error', 'doubt', 'note'] as const).map((severity) => {
        const these = issues.filter((issue) => issue.severity === severity);
        return these.length === 0 ? null : (
          <Note key={severity} intent={INTENT[severity]}>
            <ul class="rf-issues">
              {these.map(({ text }) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </Note>
        );
      })}
    </>
  );
}

/** Before and after, table by table. */
export function Tables({
  view: { tables },
  words: w,
}: {
  readonly view: StagedView;
  readonly words: RefreshPageWords;
}): JSX.Element {
  return (
    <>
      {tables.map((table) => (
        <TableChanges key={table.table} table={table} words={w} />
      ))}
    </>
  );
}

function TableChanges({
  table: { table, said, changes, figures, lines },
  words: w,
}: {
  readonly table: StagedTable;
  readonly words: RefreshPageWords;
}): JSX.Element {
  return (
    <section class="rf-table" aria-label={table}>
      <h3>{table}</h3>
      <p class="small">{said}</p>
      {changes ? null : <p class="small muted">{w.same}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled with the keyboard too */}
      <section class="rf-scroll" tabIndex={0} aria-label={`${table}: ${w.before}, ${w.after}`}>
        <table class="rf-figures">
          <thead>
            <tr>
              <td />
              <th scope="col">{w.before}</th>
              <th scope="col">{w.after}</th>
            </tr>
          </thead>
          <tbody>
            {figures.map(({ name, before, after }) => (
              <tr key={name} class={before === after ? '' : 'rf-differs'}>
                <th scope="row">{name}</th>
                <td>{before}</td>
                <td>{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {lines.length === 0 ? null : (
        <ul class="rf-lines small">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
