import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ShareView, WhatIf } from '../../../live/views.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { failureText } from '../../parts/failure.ts';
import { Field } from '../../parts/fields.tsx';
import { counted } from '../../parts/numbers.ts';
import { csvOf } from './csv.ts';
import { Grid } from './Grid.tsx';
import { arranged, type Column, changeRows, memberRows, nameAt, type Sorting } from './rows.ts';
import { allocationWords } from './words.ts';

/** Members of a share as a table: to search, sort, explain, write and copy. While something is tried, whom it changes. */
export function Members({
  view,
  tried,
  session,
  language,
  navigate,
  goTo,
  say,
}: PageProps & { readonly view: ShareView; readonly tried: WhatIf | null }): JSX.Element {
  const w = allocationWords(language);
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState<Sorting | null>(null);
  const [current, setCurrent] = useState<number | null>(null);
  const [writing, setWriting] = useState(false);
  const [toCopy, setToCopy] = useState<string | null>(null);
  const changing = tried !== null && tried.share !== null && tried.changes.length > 0;
  const rows = useMemo(
    () => (changing ? changeRows(tried, view, w) : memberRows(view, w)),
    [changing, tried, view, w],
  );
  const collator = useMemo(
    () => new Intl.Collator(language, { numeric: true, sensitivity: 'base' }),
    [language],
  );
  // Who loses most stands first until another order is asked for.
  const sorting = picked ?? (changing ? { column: 'difference', down: false } : null);
  const order = useMemo(
    () => arranged(rows, search, sorting, collator),
    [rows, search, sorting?.column, sorting?.down, collator],
  );
  useEffect(() => setPicked(null), [changing]);

  const sort = ({ id, kind }: Column): void => {
    const numbers = kind === 'number' || kind === 'difference';
    const down = sorting?.column === id ? !sorting.down : numbers;
    setPicked({ column: id, down });
  };
  const explain = (row: number): void =>
    navigate({ page: 'explain', name: `${view.table}[${view.name}]`, key: rows.key(row) });
  const write = async (): Promise<void> => {
    setWriting(true);
    try {
      const sheets = await session.write(language);
      if (sheets === null) say({ intent: 'error', text: w.nothingWritten });
      else
        say({
          intent: 'success',
          text: w.wroteResults(sheets.map(({ sheet, ref }) => `${sheet}!${ref}`).join(', ')),
        });
    } catch (error) {
      say({ intent: 'error', text: failureText(error, language) });
    } finally {
      setWriting(false);
    }
  };
  const copy = async (): Promise<void> => {
    const text = csvOf(rows, order, view.labels[nameAt(view.labels)]?.heading ?? null);
    try {
      await navigator.clipboard.writeText(text);
      say({ intent: 'success', text: w.copied(counted(order.length)) });
    } catch {
      setToCopy(text);
    }
  };

  const place = current === null ? undefined : view.cells[view.keys.indexOf(rows.key(current))];
  return (
    <section class="al-section" aria-label={changing ? w.changes : w.table}>
      <h2>{changing ? w.changes : w.membersHint}</h2>
      <div class="row">
        <Field label={w.search} hideLabel>
          {({ id }) => (
            <input
              id={id}
              class="control"
              type="search"
              placeholder={w.searchHint}
              autocomplete="off"
              spellcheck={false}
              value={search}
              onInput={(event) => setSearch(event.currentTarget.value)}
            />
          )}
        </Field>
        <span role="status" class="muted small">
          {w.shown(counted(order.length), counted(rows.count))}
        </span>
      </div>
      {order.length === 0 && search.trim() !== '' ? (
        <p class="muted">{w.nothingFound}</p>
      ) : (
        <div class="al-grid-box">
          <Grid
            label={changing ? w.changes : w.table}
            help={w.gridHelp}
            rows={rows}
            order={order}
            sorting={sorting}
            onSort={sort}
            onOpen={explain}
            onCurrent={setCurrent}
          />
          <div class="al-grid-foot">
            {current === null ? (
              <span class="muted small">{w.pickHint}</span>
            ) : (
              <>
                <span class="al-foot-name">
                  {rows.key(current)} <span class="muted">{rows.name(current)}</span>
                </span>
                <Button size="small" icon="help" onClick={() => explain(current)}>
                  {w.explain}
                </Button>
                {place === undefined ? null : (
                  <Button size="small" icon="cell" label={w.goToRow} onClick={() => goTo(place)} />
                )}
              </>
            )}
          </div>
        </div>
      )}
      <div class="row">
        <Button size="small" icon="save" disabled={changing || writing} onClick={() => void write()}>
          {w.writeResults}
        </Button>
        <Button size="small" icon="copy" onClick={() => void copy()}>
          {w.copy}
        </Button>
        {changing ? <span class="muted small">{w.writeWaits}</span> : null}
      </div>
      {toCopy === null ? null : (
        <Dialog
          title={w.copyTitle}
          onClose={() => setToCopy(null)}
          actions={
            <Button look="primary" onClick={() => setToCopy(null)}>
              {w.close}
            </Button>
          }
        >
          <p>{w.copyMore}</p>
          <Selected text={toCopy} label={w.copyTitle} />
        </Dialog>
      )}
    </section>
  );
}

/** Text that is selected as soon as it is shown. */
function Selected({ text, label }: { readonly text: string; readonly label: string }): JSX.Element {
  const ref = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    ref.current?.focus();
    ref.current?.select();
  }, []);
  return <textarea ref={ref} class="al-csv code" readOnly rows={8} value={text} aria-label={label} />;
}
