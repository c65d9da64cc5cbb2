import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { SourceView } from '../../../live/refreshed.ts';
import { Button } from '../../parts/Button.tsx';
import { Select } from '../../parts/fields.tsx';
import { type FileView, filesOf, fitting, type Picks, withChoice, withFiles, withoutFile } from './picks.ts';
import type { RefreshPageWords } from './words.ts';

/** A file is known by its place among those that were picked. */
const NONE = '';

/** The sources that are files, each with the file that it is read from. */
export function FileSources({
  sources,
  picks,
  disabled,
  words: w,
  onPicks,
}: {
  readonly sources: readonly FileView[];
  readonly picks: Picks;
  readonly disabled: boolean;
  readonly words: RefreshPageWords;
  readonly onPicks: (picks: Picks) => void;
}): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const files = filesOf(sources, picks);
  const used = new Set(files.values());
  const unused = picks.files.filter((file) => !used.has(file));
  return (
    <section class="rf-part" aria-label={w.sources}>
      <div class="rf-drop">
        <Button icon="add" disabled={disabled} onClick={() => input.current?.click()}>
          {`${w.choose} …`}
        </Button>
        <span class="muted small">{w.drop}</span>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept=".csv,.txt,.xlsx,.xlsm"
          onChange={(event) => {
            const { currentTarget } = event;
            onPicks(withFiles(picks, [...(currentTarget.files ?? [])]));
            // The same file can be picked again once it is another.
            currentTarget.value = '';
          }}
        />
      </div>
      <ul class="rf-sources">
        {sources.map((source) => {
          const { table, file, mode, note } = source;
          const options = fitting(source, picks);
          const now = files.get(table) ?? null;
          return (
            <li key={table}>
              <Select
                label={w.fileFor(table)}
                hint={w.wanted(file)}
                value={now === null ? NONE : String(picks.files.indexOf(now))}
                disabled={disabled || options.length === 0}
                options={[
                  { value: NONE, text: w.noFile },
                  ...options.map((one) => ({ value: String(picks.files.indexOf(one)), text: one.name })),
                ]}
                onValue={(value) =>
                  onPicks(
                    withChoice(picks, table, value === NONE ? null : (picks.files[Number(value)] ?? null)),
                  )
                }
              />
              <span class="muted small">{[w.mode(mode), ...(note === '' ? [] : [note])].join(' · ')}</span>
            </li>
          );
        })}
      </ul>
      {unused.length === 0 ? null : (
        <ul class="rf-unused">
          {unused.map((file) => (
            <li key={file.name} class="row">
              <span class="rf-name small">{w.notUsed(file.name)}</span>
              <Button
                look="subtle"
                size="small"
                icon="close"
                disabled={disabled}
                label={w.remove(file.name)}
                onClick={() => onPicks(withoutFile(picks, file))}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Those that the pane can't ask. */
export function OtherSources({
  sources,
  words: w,
}: {
  readonly sources: readonly SourceView[];
  readonly words: RefreshPageWords;
}): JSX.Element | null {
  if (sources.length === 0) return null;
  return (
    <section class="rf-part" aria-label={w.others}>
      <h3>{w.others}</h3>
      <p class="hint">{w.othersText}</p>
      <ul class="rf-others small">
        {sources.map(({ table, kind, location }) => (
          <li key={table}>
            <strong>{table}</strong> · {kind} · <span class="rf-name">{location}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
